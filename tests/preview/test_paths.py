"""What a changed path means for the preview."""

from __future__ import annotations

import pytest

from digest.preview.paths import Kind, kind_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("static/.well-known/security.txt", Kind.FILE),
        ("static/.well-known/.security.txt.swp", Kind.NOTHING),
        ("static/.hidden/security.txt", Kind.NOTHING),
        ("content/.well-known/article.md", Kind.NOTHING),
        ("static/file.txt", Kind.FILE),
        ("digest.yaml", Kind.GROUND),
    ],
)
def test_well_known_files_are_followed_though_their_folder_begins_with_a_dot(path: str, kind: Kind) -> None:
    assert kind_of(path) is kind
