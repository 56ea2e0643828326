"""Preview and build cannot disagree: after any edits the preview's store gives the bytes that a build writes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, build
from digest.build.output import file_of
from digest.index.store import Store
from digest.preview.desk import Desk, Look
from digest.preview.proof import Proof
from digest.preview.site import Site
from digest.preview.store import open_store
from tests.build.newsroom import Newsroom
from tests.build.test_incremental import clean_tree
from tests.digests import small_digest

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)


class Workshop:
    """A desk and a site over one digest, in this process."""

    def __init__(self, root: Path, *, drafts: bool = False) -> None:
        self.root = root
        path = root / ".digest" / "preview.sqlite"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.store: Store = open_store(path)
        self.site = Site(root, path)
        self.proofs: list[Proof] = []
        self.desk = Desk(root, self.store, Look(CLOCK, drafts=drafts), self.publish)
        self.desk.begin()
        self.desk.catch_up()

    def publish(self, proof: Proof) -> None:
        self.proofs.append(proof)
        self.site.adopt(proof)

    @property
    def last(self) -> Proof:
        return self.proofs[-1]

    def pages(self) -> dict[str, bytes | None]:
        """Every page, by the file that a build writes it to."""
        addresses = [address for (address,) in self.store.db.execute("SELECT address FROM pages")]
        found = {address: self.site.look(address) for address in addresses}
        return {file_of(address): shown.data if shown else None for address, shown in found.items()}

    def close(self) -> None:
        self.site.close()
        self.store.close()


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 12))])
def test_every_page_is_the_one_that_a_build_writes_after_any_edits(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "digest"
    room = Newsroom(root, seed)
    edits = [edit for edit in room.edits() if edit.__name__ not in ("time_passes", "look_back")]
    workshop = Workshop(root)
    for number in range(1, 16):
        before = room.snapshot()
        room.rng.choice(edits)()
        after = room.snapshot()
        workshop.desk.follow({n for n in before.keys() | after.keys() if before.get(n) != after.get(n)})
        problems = [p for p in workshop.last.problems if p.severity == "error"]
        if number % 3 == 0 and not problems:
            clean = {name: data for name, data in clean_tree(root).items() if name in workshop.pages()}
            assert workshop.pages() == clean
    workshop.close()


def test_a_changed_registry_gives_what_a_build_gives(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    workshop = Workshop(root)
    sources = root / "content/sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("kind: open_source", "kind: ngo"), encoding="utf-8")
    workshop.desk.follow({"content/sources.yaml"})
    clean = clean_tree(root)
    assert workshop.pages() == {name: clean[name] for name in workshop.pages()}
    workshop.close()


def test_a_warm_store_shows_what_stood_there_then_what_changed_meanwhile(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    Workshop(root).close()
    path = root / "content/2025/07/02/bridge.md"
    path.write_text(path.read_text(encoding="utf-8").replace("A bridge", "Another bridge"), encoding="utf-8")
    workshop = Workshop(root)
    assert workshop.proofs[0].footing is not None
    assert workshop.proofs[0].reading is not None
    clean = clean_tree(root)
    assert b"Another bridge" in clean["2025/07/02/bridge/index.html"]
    assert workshop.pages() == {name: clean[name] for name in workshop.pages()}
    workshop.close()


def test_the_builds_own_store_and_site_are_left_alone(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    assert not build(root, Options(CLOCK, root / "site", jobs=1)).failed
    before = {p: p.read_bytes() for p in (root / "site", root / ".digest/index.sqlite") if p.is_file()}
    workshop = Workshop(root, drafts=True)
    (root / "content/2025/07/02/bridge.md").unlink()
    workshop.desk.follow({"content/2025/07/02/bridge.md"})
    workshop.close()
    assert {p: p.read_bytes() for p in before} == before
    shutil.rmtree(root)
