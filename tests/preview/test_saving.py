"""Whatever way files are saved, each change is seen, and once."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.preview.changes import MOST
from tests.digests import write
from tests.preview.running import Running, running, settle, until

LONG, VILLAGE = "2025/07/02/long/", "2025/07/01/village/"
FILE = "content/2025/07/02/long.md"
OLD, NEW = "Paragraph number 1 of", "Sentence number one of"

pytestmark = pytest.mark.xdist_group("preview")


def tool(name: str) -> str:
    """The path of a program, without which the test fails."""
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is missing: `make test` installs it")
    return path


def in_place(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")


def in_pieces(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(OLD, NEW)
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, len(text), 500):
            file.write(text[start : start + 500])
            file.flush()


def renamed_into_place(path: Path) -> None:
    beside = path.with_name(".long.md.tmp")
    beside.write_text(path.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    beside.replace(path)


def by_sed(path: Path) -> None:
    subprocess.run([tool("sed"), "-i", f"s/{OLD}/{NEW}/", str(path)], check=True)


def by_vim(path: Path) -> None:
    """Vim moves the file aside, writes a new one and deletes the old one."""
    commands = ["-c", "set nocompatible backupcopy=no backup writebackup", "-c", f"%s/{OLD}/{NEW}/", "-c", "wq"]
    subprocess.run([tool("vim"), "-u", "NONE", "-es", *commands, str(path)], check=True, stdin=subprocess.DEVNULL)
    assert NEW in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("save", [in_place, in_pieces, renamed_into_place, by_sed, by_vim])
def test_a_save_is_seen_once(preview: Running, save: Callable[[Path], None]) -> None:
    with preview.news(LONG) as events:
        with preview.held():
            save(preview.root / FILE)
        preview.wait_for(LONG, NEW)
        until(lambda: "look" in events or None, "the news")
        time.sleep(3 * MOST)
    assert events == ["look"]


def test_a_checkout_of_five_hundred_files_is_seen_in_few_steps(tmp_path: Path) -> None:
    root = write(tmp_path / "many", {"digest.yaml": "title: Many\n", ".gitignore": ".digest/\n"})
    git = [tool("git"), "-C", str(root), "-c", "user.name=Desk", "-c", "user.email=desk@example.org"]

    def articles(words: str) -> dict[str, str]:
        return {
            f"content/{n:03}.md": f"---\ntitle: Report {n}\ndate: 2025-07-01\n---\n{words} {n}.\n" for n in range(500)
        }

    subprocess.run([*git, "init", "-q", "-b", "one"], check=True)
    for branch, words in (("one", "First"), ("two", "Second")):
        subprocess.run([*git, "checkout", "-q", "-B", branch], check=True)
        write(root, articles(words))
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", words], check=True)
    with running(root) as preview:
        preview.wait_for("2025/07/01/499/", "Second 499")
        settle(preview, "2025/07/01/499/")
        with preview.news("2025/07/01/250/") as events:
            with preview.held():
                subprocess.run([*git, "checkout", "-q", "one"], check=True)
            for n in range(500):
                preview.wait_for(f"2025/07/01/{n:03}/", f"First {n}.")
            time.sleep(3 * MOST)
        assert events == ["look"]


@pytest.mark.parametrize("save", [in_place, in_pieces, renamed_into_place, by_sed, by_vim])
def test_a_save_that_is_watched_as_it_happens_is_seen(preview: Running, save: Callable[[Path], None]) -> None:
    save(preview.root / FILE)
    preview.wait_for(LONG, NEW)


def test_a_renamed_folder_takes_its_articles_along(preview: Running) -> None:
    folder = preview.root / "content/2025/07/02"
    with preview.news(LONG) as events:
        folder.rename(folder.with_name("moved"))
        in_place(folder.with_name("moved") / "long.md")
        preview.wait_for(LONG, NEW)
        until(lambda: "look" in events or None, "the news")
    assert preview.ask("2025/07/02/bridge/")[0] == 200
    shutil.rmtree(folder.with_name("moved"))
    until(lambda: preview.ask("2025/07/02/bridge/")[0] == 404 or None, "the folder's end")
    assert preview.ask(VILLAGE)[0] == 200


def test_new_files_and_folders_are_seen(preview: Running) -> None:
    article = "---\ntitle: {0}\ndate: 2025-07-09\n---\nText.\n"
    write(preview.root, {"content/new/deep/fresh.md": article.format("Fresh")})
    preview.wait_for("2025/07/09/fresh/", "Fresh")
    write(preview.root, {"content/new/deep/second.md": article.format("Second")})
    preview.wait_for("2025/07/09/", "Second")


def test_templates_registries_settings_and_notes_are_seen(preview: Running) -> None:
    write(preview.root, {"templates/parts/pager.html": "<p>Own pager</p>"})
    preview.wait_for(VILLAGE, "Own pager")
    (preview.root / "templates/parts/pager.html").unlink()
    until(lambda: "Own pager" not in preview.page(VILLAGE) or None, "the template's end")
    sources = (preview.root / "content/sources.yaml").read_text(encoding="utf-8")
    write(preview.root, {"content/sources.yaml": sources.replace("Monitor Group", "Monitoring Group")})
    preview.wait_for(VILLAGE, "Monitoring Group")
    write(preview.root, {"content/regions.yaml": "regions:\n  UA-59: {name: Sumshchyna}\n"})
    preview.wait_for(VILLAGE, "Sumshchyna")
    settings = (preview.root / "digest.yaml").read_text(encoding="utf-8")
    write(preview.root, {"digest.yaml": settings.replace("Test digest", "Renamed digest")})
    preview.wait_for(VILLAGE, "Renamed digest")
    write(preview.root, {"content/2025/07/01/_edition.md": "---\ntitle: A loud day\n---\nNoise.\n"})
    preview.wait_for("2025/07/01/", "A loud day")


def test_static_files_are_served_and_their_changes_told(preview: Running) -> None:
    write(preview.root, {"static/notes/a.txt": "one"})
    until(lambda: preview.ask("notes/a.txt") == (200, "one") or None, "the file")
    with preview.news(LONG) as events:
        write(preview.root, {"static/notes/a.txt": "two"})
        until(lambda: "files" in events or None, "the news")
    assert preview.ask("notes/a.txt") == (200, "two")


def test_all_files_of_a_static_folder_that_comes_at_once_are_told(preview: Running) -> None:
    write(preview.root, {"elsewhere/notes/a.txt": "one", "elsewhere/.hidden/b.txt": "two"})
    with preview.news(LONG) as events:
        (preview.root / "elsewhere").rename(preview.root / "static")
        until(lambda: "files" in events or None, "the news")
    assert preview.ask("notes/a.txt") == (200, "one")


def test_a_digest_that_is_looked_at_again_and_again_sees_every_kind_of_save(root: Path) -> None:
    with running(root, "--poll") as preview:
        settle(preview, LONG)
        renamed_into_place(root / FILE)
        preview.wait_for(LONG, NEW)
        by_sed_back = [tool("sed"), "-i", f"s/{NEW}/{OLD}/", str(root / FILE)]
        subprocess.run(by_sed_back, check=True)
        preview.wait_for(LONG, OLD)
        (root / "content/2025/07/02").rename(root / "content/elsewhere")
        (root / "content/elsewhere/bridge.md").unlink()
        until(lambda: preview.ask("2025/07/02/bridge/")[0] == 404 or None, "the article's end")
        assert preview.ask(LONG)[0] == 200


@pytest.mark.parametrize("poll", [(), ("--poll",)])
def test_what_changes_behind_links_to_elsewhere_in_the_digest_is_seen(root: Path, poll: tuple[str, ...]) -> None:
    first, other = (
        "---\ntitle: A wire\ndate: 2025-07-02\n---\nText.\n",
        "---\ntitle: Other\ndate: 2025-07-02\n---\nText.\n",
    )
    write(root, {"wires/old.md": first, "lone/one.md": other})
    (root / "content/linked").symlink_to("../wires")
    with running(root, *poll) as preview:
        settle(preview, LONG)
        preview.wait_for("2025/07/02/old/", "Text.")
        write(root, {"wires/old.md": first.replace("Text.", "Told again.")})
        preview.wait_for("2025/07/02/old/", "Told again.")
        (root / "content/one.md").symlink_to("../lone/one.md")
        preview.wait_for("2025/07/02/one/", "Text.")
        renamed_into_place(write(root, {"lone/one.md": other.replace("Text.", OLD)}) / "lone/one.md")
        preview.wait_for("2025/07/02/one/", NEW)


def test_folders_that_leave_and_come_back_are_followed_without_a_word(preview: Running) -> None:
    folder, other = preview.root / "content/2025/07/02", preview.root / "content/2025/07/x"
    for there in (other, preview.root / "aside"):
        folder.rename(there)
        preview.wait_for(LONG, OLD if there == other else "gone")
        there.rename(folder)
        preview.wait_for(LONG, OLD)
    by_sed_there = [tool("sed"), "-i", f"s/{OLD}/{NEW}/", str(preview.root / FILE)]
    subprocess.run(by_sed_there, check=True)
    preview.wait_for(LONG, NEW)
    assert not [line for line in preview.said if "arning" in line]
