"""Pictures beside articles, from their files into the site."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image

from digest.build import build as building
from digest.build import pictures
from digest.build.build import Options, Outcome, build
from digest.build.checking import check
from tests.digests import FRONT, SETTINGS, png, small_digest, write

PICTURE = "content/2025/07/01/map.png"
PAGE = "2025/07/01/village/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest with one article that shows a picture above its text and in it."""
    root = small_digest(tmp_path)
    head = "image: {src: map.png, alt: The river}\nclaims:\n"
    text = FRONT.replace("claims:\n", head, 1).replace("See [", "![A map](map.png) See [")
    write(root, {"content/2025/07/01/village.md": text})
    (root / PICTURE).write_bytes(png(700))
    return root


def run(root: Path, **options: object) -> Outcome:
    made = Options(datetime(2026, 1, 1, tzinfo=UTC), root / "site", jobs=1)
    for name, value in options.items():
        object.__setattr__(made, name, value)
    return build(root, made)


def beside(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "site" / PAGE).iterdir() if path.name != "index.html")


def page(root: Path) -> str:
    return (root / "site" / PAGE / "index.html").read_text(encoding="utf-8")


def test_a_page_gives_its_pictures_their_size_and_smaller_copies(root: Path) -> None:
    run(root)
    assert beside(root) == ["map.png", "map.png.480w.webp", "map.png.700w.webp"]
    images = re.findall(r"<picture>(.+?)</picture>", page(root))
    assert len(images) == 2
    for image in images:
        assert 'width="700" height="6"' in image
        assert 'loading="lazy" decoding="async"' in image
        assert "map.png.480w.webp 480w, " in image
        assert re.search(r'alt="(The river|A map)"', image)


def test_the_place_where_a_photo_was_taken_is_in_no_file_of_the_site(root: Path) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (50.0, 27.0, 1.0), "2025:07:01"
    made = BytesIO()
    Image.new("RGB", (800, 500), "green").save(made, "JPEG", exif=exif.tobytes())
    assert b"2025:07:01" in made.getvalue()
    (root / PICTURE).write_bytes(made.getvalue())
    run(root)
    for file in (root / "site" / PAGE).iterdir():
        assert b"2025:07:01" not in file.read_bytes()
        if file.suffix != ".html":
            with Image.open(file) as image:
                assert dict(image.getexif()) == {}


def test_pictures_are_made_again_only_when_their_bytes_change(root: Path) -> None:
    run(root)
    made: list[str] = []
    real = pictures._made

    def told(data: bytes, files: tuple[tuple[str, int], ...]) -> object:
        made.extend(name for name, _ in files)
        return real(data, files)

    with patch.object(pictures, "_made", told):
        assert run(root).written is not None
        os.utime(root / PICTURE, (1, 1))
        write(root, {"content/2025/07/02/bridge.md": "---\ntitle: A\ndate: 2025-07-02\n---\nText.\n"})
        run(root)
        assert made == []
        (root / PICTURE).write_bytes(png(800))
        outcome = run(root)
    assert len(made) == 3
    assert [address for address, _ in outcome.rendered] == [PAGE]
    assert outcome.reasons == ("the size of its picture “map.png” changed",)
    assert beside(root) == ["map.png", "map.png.480w.webp", "map.png.800w.webp"]
    assert run(root).rendered == ()


def test_another_picture_of_the_same_size_alters_no_page(root: Path) -> None:
    run(root)
    before = (root / "site" / PAGE / "map.png").read_bytes()
    (root / PICTURE).write_bytes(png(700, "blue"))
    outcome = run(root)
    assert outcome.rendered == ()
    assert outcome.written is not None
    assert outcome.written.changed == 3
    assert (root / "site" / PAGE / "map.png").read_bytes() != before


def test_a_picture_that_goes_takes_its_copies_along(root: Path) -> None:
    run(root)
    write(root, {"content/2025/07/01/village.md": FRONT})
    outcome = run(root)
    assert beside(root) == []
    assert outcome.written is not None
    assert outcome.written.removed == 3


def test_settings_may_do_without_copies(root: Path) -> None:
    write(root, {"digest.yaml": SETTINGS + "outputs: {pictures: none}\n"})
    run(root)
    assert beside(root) == ["map.png"]
    assert "srcset" not in page(root)
    assert 'width="700" height="6"' in page(root)
    write(root, {"digest.yaml": SETTINGS})
    run(root)
    assert "srcset" in page(root)


@pytest.mark.parametrize("data", [b"", b"png", png(300)[:70]])
def test_a_broken_picture_is_a_problem_where_the_article_names_it(root: Path, data: bytes) -> None:
    run(root)
    before = page(root)
    (root / PICTURE).write_bytes(data)
    for outcome in (run(root), run(root), check(root, Options(datetime(2026, 1, 1, tzinfo=UTC), root / "site"))):
        places = [(p.code, p.at.path, p.at.line) for p in outcome.problems]
        assert set(places) == {("D813", "content/2025/07/01/village.md", 8)}
        assert outcome.failed
    assert page(root) == before
    (root / PICTURE).write_bytes(png(700))
    assert run(root).problems == ()


def test_a_huge_picture_is_a_problem(root: Path) -> None:
    made = BytesIO()
    Image.new("1", (10_000, 10_000)).save(made, "PNG")
    (root / PICTURE).write_bytes(made.getvalue())
    assert {p.code for p in run(root).problems} == {"D814"}


def test_a_drawing_in_svg_is_copied_as_it_is(root: Path) -> None:
    text = (root / "content/2025/07/01/village.md").read_text(encoding="utf-8").replace("map.png", "map.svg")
    write(root, {"content/2025/07/01/village.md": text, "content/2025/07/01/map.svg": "<svg/>"})
    run(root)
    assert (root / "site" / PAGE / "map.svg").read_text(encoding="utf-8") == "<svg/>"


def test_pictures_are_the_same_whoever_makes_them(root: Path) -> None:
    run(root)
    one = {name: (root / "site" / PAGE / name).read_bytes() for name in beside(root)}
    with patch.object(pictures, "WEIGHT", 1000), patch.object(building, "WEIGHT", 1000):
        run(root, clean=True, jobs=2)
    assert {name: (root / "site" / PAGE / name).read_bytes() for name in beside(root)} == one


def test_smaller_copies_come_and_go_with_the_setting_though_the_picture_stays(root: Path) -> None:
    os.utime(root / PICTURE, (1_700_000_000, 1_700_000_000))
    run(root)
    before = page(root)
    write(root, {"digest.yaml": SETTINGS + "outputs: {pictures: [bar]}\n"})
    run(root)
    assert beside(root) == ["map.png"]
    assert "srcset" not in page(root)
    write(root, {"digest.yaml": SETTINGS})
    run(root)
    assert (beside(root), page(root)) == (["map.png", "map.png.480w.webp", "map.png.700w.webp"], before)


def test_a_drawing_is_given_its_size_and_copied_as_it_is(root: Path) -> None:
    village = root / "content/2025/07/01/village.md"
    village.write_text(village.read_text(encoding="utf-8").replace("map.png", "map.svg"), encoding="utf-8")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><path d="M0 0h9v9z"/></svg>'
    (root / "content/2025/07/01/map.svg").write_bytes(drawing)
    run(root)
    assert page(root).count('width="640" height="480"') == 2
    assert (root / "site" / PAGE / "map.svg").read_bytes() == drawing
    (root / "content/2025/07/01/map.svg").write_bytes(drawing.replace(b"640", b"320"))
    run(root)
    assert page(root).count('width="320" height="480"') == 2
