"""Templates and assets come from the digest's own folder first, then from the default theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.render.theme import default_theme, theme
from tests.digests import write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "digest"


def test_a_digest_without_templates_has_the_default_theme_alone(root: Path) -> None:
    found = theme(root)
    assert found.folders == (default_theme(),)
    assert {"digest.css", "icon.svg"} <= {asset.name for asset in found.assets}


def test_the_digests_own_templates_come_first(root: Path) -> None:
    write(root, {"templates/a.html": ""})
    assert theme(root).folders == (root / "templates", default_theme())


def test_an_asset_of_the_digest_takes_the_place_of_the_default_one_and_others_stay(root: Path) -> None:
    write(root, {"templates/assets/digest.css": "p {}", "templates/assets/fonts/a.woff2": "font"})
    paths = {asset.name: asset.path for asset in theme(root).assets}
    assert paths["digest.css"] == root / "templates/assets/digest.css"
    assert paths["fonts/a.woff2"] == root / "templates/assets/fonts/a.woff2"
    assert paths["icon.svg"] == default_theme() / "assets/icon.svg"


def test_the_address_of_a_stylesheet_changes_with_its_bytes_alone(root: Path) -> None:
    write(root, {"templates/assets/css/a.css": "p {}"})
    first = theme(root).asset("css/a.css")
    assert re.fullmatch(r"assets/css/a-[0-9a-f]{10}\.css", first)
    assert theme(root).asset("css/a.css") == first
    write(root, {"templates/assets/css/a.css": "p { margin: 0 }"})
    assert theme(root).asset("css/a.css") != first


def test_files_that_are_named_from_elsewhere_keep_their_names(root: Path) -> None:
    write(root, {"templates/assets/fonts/a.woff2": "font"})
    assert theme(root).asset("fonts/a.woff2") == "assets/fonts/a.woff2"


def test_an_asset_that_is_not_there_has_no_address(root: Path) -> None:
    assert theme(root).asset("nowhere.css") == ""


def test_hidden_files_and_links_out_of_the_theme_are_left_out(root: Path, tmp_path: Path) -> None:
    write(root, {"templates/assets/.DS_Store": "", "templates/assets/a.txt": "a"})
    write(tmp_path, {"secret.txt": "secret"})
    (root / "templates/assets/leak.txt").symlink_to(tmp_path / "secret.txt")
    (root / "templates/assets/inside.txt").symlink_to(root / "templates/assets/a.txt")
    names = {asset.name for asset in theme(root).assets}
    assert {"a.txt", "inside.txt"} <= names
    assert names.isdisjoint({".DS_Store", "leak.txt"})


def test_assets_are_in_order_of_their_names(root: Path) -> None:
    write(root, {"templates/assets/z.txt": "", "templates/assets/a.txt": ""})
    names = [asset.name for asset in theme(root).assets]
    assert names == sorted(names)
