"""Reading in batches."""

from __future__ import annotations

import shutil
from pathlib import Path

from digest.build.packed import RECORDS
from digest.build.parsing import ParseJob, parse_batch
from digest.build.sealed import seal
from digest.content.read import read_context
from tests.digests import FRONT, small_digest, write


def test_a_folder_that_turns_into_a_link_out_of_the_digest_between_two_batches_is_not_followed(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    context, _ = read_context(root)
    assert context is not None
    job, path = seal(ParseJob(root, context, None)), "content/2025/07/01/village.md"
    assert [record.kind for record in RECORDS.unpack(parse_batch(job, [path]))] == ["article"]
    write(tmp_path, {"elsewhere/village.md": FRONT})
    folder = root / "content/2025/07/01"
    shutil.rmtree(folder)
    folder.symlink_to(tmp_path / "elsewhere")
    assert [record.kind for record in RECORDS.unpack(parse_batch(job, [path]))] == ["broken"]
