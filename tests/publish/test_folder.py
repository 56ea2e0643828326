"""Publishing into a folder: the plan, releases, the one link that switches, and the way back."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from digest.cli import main
from digest.publish import folder as folder_module
from digest.publish.manifest import plain, unpack
from digest.publish.targets import Named
from tests.digests import PLAIN, write
from tests.publish.desk import NOW, digest, edit, files_of, lost_links, plan, publish, run, small_edit


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return digest(tmp_path)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "www"


def test_the_first_publish_brings_the_whole_site(root: Path, place: Path) -> None:
    done = publish(root, f"file://{place}")
    assert files_of(place / "current") == files_of(root / "site")
    assert f"published to file://{place}. Files: " in done.stdout


def test_links_of_what_is_served_lead_somewhere(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    served = files_of(place / "current")
    assert lost_links(served.get) == []


def test_a_dry_run_changes_nothing_at_the_target(root: Path, place: Path) -> None:
    run("publish", f"file://{place}", "--dry-run", root=root)
    assert not place.exists()
    publish(root, f"file://{place}")
    before = {path: path.lstat().st_mtime_ns for path in place.rglob("*")}
    edit(root)
    run("publish", f"file://{place}", "--dry-run", root=root)
    assert {path: path.lstat().st_mtime_ns for path in place.rglob("*")} == before


def test_the_plan_says_what_readers_would_notice(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    edit(root)
    words = run("publish", f"file://{place}", "--dry-run", root=root).stdout
    assert "    + A ferry sails  /2025/07/03/ferry/\n" in words
    assert "    ~ Kyiv says a village is retaken  /2025/07/01/village/\n" in words
    assert "    - A bridge is closed  /2025/07/02/bridge/\n" in words
    assert "    The village has been retaken.  Corroborated → Disputed\n" in words
    assert "    Kyiv says a village is retaken (2025-07-04): It is another village.\n" in words
    assert "  Addresses that would stop working\n" in words
    assert "    /2025/07/02/bridge/\n" in words
    assert words.splitlines()[-1].startswith("  Files: ")


def test_the_plan_as_json_lists_everything(root: Path, place: Path) -> None:
    assert plan(root, f"file://{place}")["over"] == ""
    publish(root, f"file://{place}")
    edit(root)
    found = plan(root, f"file://{place}")
    assert found["over"] == json.loads(run("releases", f"file://{place}", "--json", root=root).stdout)[0]["id"]
    assert [a["id"] for a in found["articles"]["added"]] == ["ferry"]
    assert [a["id"] for a in found["articles"]["changed"]] == ["village"]
    assert [a["id"] for a in found["articles"]["removed"]] == ["bridge"]
    assert [label["claim"] for label in found["labels"]] == ["village-retaken"]
    assert "/2025/07/02/bridge/" in found["addresses_lost"]
    assert "2025/07/03/ferry/index.html" in found["files"]["new"]
    assert found["sent"] is False


def test_publishing_again_sends_nothing(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    before = sorted(place.rglob("*"))
    assert "nothing to send" in publish(root, f"file://{place}").stdout
    assert sorted(place.rglob("*")) == before


def test_an_edit_makes_a_release_beside_the_first(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    first = (place / "current").resolve()
    before = files_of(first)
    edit(root)
    publish(root, f"file://{place}")
    assert files_of(place / "current") == files_of(root / "site")
    assert files_of(first) == before


def test_files_that_did_not_change_are_not_copied(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    first = (place / "current").resolve()
    small_edit(root, 1)
    publish(root, f"file://{place}")
    assert (first / "map.txt").samefile(place / "current/map.txt")


def test_a_release_whose_files_others_cut_short_is_not_taken_over(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    (place / "current/map.txt").write_bytes(b"")
    small_edit(root, 1)
    publish(root, f"file://{place}")
    assert files_of(place / "current") == files_of(root / "site")


def test_rollback_serves_the_release_before_and_releases_lists_both(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    before = files_of(place / "current")
    edit(root)
    publish(root, f"file://{place}")
    (earlier, written), _ = sorted((path, path.stat().st_mtime_ns) for path in (place / "manifests").iterdir())
    run("rollback", f"file://{place}", "--yes", root=root)
    assert files_of(place / "current") == before
    assert earlier.stat().st_mtime_ns == written  # files that are later were changed by others
    found = json.loads(run("releases", f"file://{place}", "--json", root=root).stdout)
    assert [release["current"] for release in found] == [False, True]
    assert run("releases", f"file://{place}", root=root).stdout.splitlines()[1].startswith("* ")


def test_rollback_shows_what_would_change_before_it_asks(root: Path, place: Path) -> None:
    command = ["rollback", f"file://{place}", "--root", str(root)]
    publish(root, f"file://{place}")
    alone = CliRunner().invoke(main, command, input="y\n", catch_exceptions=False)
    assert "error D918" in alone.stderr
    assert "again?" not in alone.output
    edit(root)
    publish(root, f"file://{place}")
    served = files_of(place / "current")
    asked = CliRunner().invoke(main, command, input="n\n", catch_exceptions=False)
    assert "    + A bridge is closed  /2025/07/02/bridge/\n" in asked.output
    assert "  Addresses that would stop working\n    /2025/07/03/email.html\n" in asked.output
    assert "again?" in asked.output
    assert asked.exit_code == 1
    assert files_of(place / "current") == served
    done = CliRunner().invoke(main, command, input="y\n", catch_exceptions=False)
    assert done.exit_code == 0
    assert files_of(place / "current") != served


def test_a_web_server_may_read_all_whatever_the_umask(root: Path, place: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(root, f"file://{place}")
    finally:
        os.umask(before)
    served = (place / "current").resolve()
    assert {stat.S_IMODE(path.stat().st_mode) for path in served.rglob("*") if path.is_file()} == {0o644}
    folders = [place, place / "releases", served, *(path for path in served.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o755}


def test_rollback_takes_a_release_by_its_name(root: Path, place: Path) -> None:
    for number in range(3):
        small_edit(root, number)
        publish(root, f"file://{place}")
    oldest = json.loads(run("releases", f"file://{place}", "--json", root=root).stdout)[-1]["id"]
    run("rollback", f"file://{place}", oldest, "--yes", root=root)
    assert (place / "current").resolve().name == oldest


def test_rollback_without_an_earlier_release_says_so(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    assert "error D918" in run("rollback", f"file://{place}", "--yes", root=root, ok=False).stderr
    assert "error D918" in run("rollback", f"file://{place}", "20990101T000000Z-0", "--yes", root=root, ok=False).stderr


def test_only_the_newest_releases_are_kept(root: Path, place: Path) -> None:
    write(
        root,
        {"digest.yaml": (root / "digest.yaml").read_text() + f'publish: {{live: {{to: "file://{place}", keep: 2}}}}\n'},
    )
    for number in range(4):
        small_edit(root, number)
        publish(root, "live")
    assert len(list((place / "releases").iterdir())) == 2
    assert files_of(place / "current") == files_of(root / "site")


def test_the_one_target_of_the_settings_needs_no_name(root: Path, place: Path) -> None:
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + f'publish: {{live: "file://{place}"}}\n'})
    publish(root, "")
    assert (place / "current/index.html").is_file()


def test_a_folder_with_files_of_others_is_refused(root: Path, place: Path) -> None:
    write(place, {"mine.txt": "mine"})
    assert "error D914" in publish(root, f"file://{place}", ok=False).stderr
    assert [path.name for path in place.iterdir()] == ["mine.txt"]


def test_a_folder_of_the_name_that_is_to_be_the_link_is_not_taken_for_ours(root: Path, place: Path) -> None:
    write(place, {"current/index.html": "mine"})
    assert "holds files of others, current among them" in publish(root, f"file://{place}", ok=False).stderr
    assert [path.name for path in place.iterdir()] == ["current"]


def test_what_the_system_refuses_is_a_problem_and_what_is_served_stays(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    before = files_of(place / "current")
    manifests = place / "manifests"
    manifests.rename(place.parent / "away")
    manifests.symlink_to("/dev/full/nothing")
    small_edit(root, 1)
    assert "error D91" in publish(root, f"file://{place}", ok=False).stderr
    manifests.unlink()
    (place.parent / "away").rename(manifests)
    (place / "current.new").mkdir()
    done = publish(root, f"file://{place}", "--json", ok=False)
    assert json.loads(done.stdout)["problems"][0]["code"] == "D914"
    assert files_of(place / "current") == before


@pytest.mark.parametrize("name", ["back\\slash.txt", ".digest/x.txt"])
def test_a_file_that_no_target_can_take_is_refused_before_anything_is_sent(root: Path, place: Path, name: str) -> None:
    publish(root, f"file://{place}")
    before = files_of(place / "current")
    write(root, {f"static/{name}": "x"})
    assert "error D810" in publish(root, f"file://{place}", ok=False).stderr
    assert files_of(place / "current") == before


def test_what_is_served_is_never_cleared_away(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    served = (place / "current").resolve()
    (place / "manifests" / served.name).write_bytes(b"damaged")
    folder_module.FolderTarget(Named(f"file://{place}"), root)._prune()
    assert (served / "index.html").is_file()


@pytest.mark.parametrize("address", ["file:///srv/ha#sh", "ssh://desk@host/srv/www#staging", "s3://bucket/a?b"])
def test_an_address_that_would_be_cut_short_is_refused(root: Path, address: str) -> None:
    assert "which would end the address" in publish(root, address, ok=False).stderr


@pytest.mark.parametrize("name", ["per%cent", "100%", "50%zz", "%c3%28"])
@pytest.mark.parametrize("place", ["file:///srv", "ssh://desk@host/srv", "s3://bucket"])
def test_a_per_cent_sign_that_stands_for_no_letter_is_refused(root: Path, place: str, name: str) -> None:
    said = run("publish", f"{place}/{name}", "--check", root=root, ok=False).stderr
    assert "error D912" in said
    assert "write %25" in said


def test_per_cent_signs_stand_for_what_a_name_has(root: Path, tmp_path: Path) -> None:
    publish(root, f"file://{tmp_path}/100%25%20%C3%A4")
    assert (tmp_path / "100% ä/current/index.html").is_file()


def test_a_folder_inside_the_digest_is_refused(root: Path) -> None:
    assert "error D912" in publish(root, f"file://{root}/site/www", ok=False).stderr


def test_more_deletions_than_half_the_site_are_refused_unless_said(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    before = files_of(place / "current")
    for path in (root / "content/2025").rglob("*.md"):
        path.unlink()
    done = publish(root, f"file://{place}", ok=False)
    assert "error D917" in done.stderr
    assert files_of(place / "current") == before
    count = done.stderr.split("--max-deletes ")[1].split()[0]
    publish(root, f"file://{place}", "--max-deletes", count)
    assert files_of(place / "current") == files_of(root / "site")


def test_a_publish_is_asked_for_and_no_means_no(root: Path, place: Path) -> None:
    assert "nothing was sent" in run("publish", f"file://{place}", root=root, ok=False).stderr
    assert not place.exists()


def test_errors_in_the_content_send_nothing(root: Path, place: Path) -> None:
    write(root, {"content/x.md": "no front matter"})
    assert "error D113" in publish(root, f"file://{place}", ok=False).stderr
    assert not place.exists()


def test_a_second_publisher_is_refused_after_waiting(root: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "_PATIENCE", 0.1)
    publish(root, f"file://{place}")
    small_edit(root, 1)
    with FileLock(place / ".digest-lock"):
        assert "error D916" in publish(root, f"file://{place}", ok=False).stderr
    publish(root, f"file://{place}")


def test_what_a_stopped_publish_left_is_cleared_away(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    write(place, {"releases/20250101T000000Z-00000000.new/index.html": "half"})
    small_edit(root, 1)
    publish(root, f"file://{place}")
    assert not list((place / "releases").glob("*.new"))
    assert files_of(place / "current") == files_of(root / "site")


def test_a_site_with_a_file_missing_is_not_published(root: Path, place: Path) -> None:
    run("build", "--now", "2025-08-01", root=root)
    (root / "site/index.html").unlink()
    done = publish(root, f"file://{place}", "--no-build", ok=False)
    assert "error D911" in done.stderr
    assert "index.html" in done.stderr
    assert not place.exists()


def test_a_manifest_that_cannot_be_read_is_said_with_the_way_out(root: Path, place: Path) -> None:
    publish(root, f"file://{place}")
    next((place / "manifests").iterdir()).write_bytes(b"\x1f\x8bnothing")
    assert "error D915" in publish(root, f"file://{place}", ok=False).stderr
    (place / "current").rename(place / "current.new")
    publish(root, f"file://{place}")
    assert files_of(place / "current") == files_of(root / "site")


def test_check_writes_nothing(root: Path, place: Path) -> None:
    assert "may be written to" in run("publish", f"file://{place}", "--check", root=root).stdout
    assert not place.exists()


def test_a_link_in_the_target_is_never_followed_out_of_the_release(root: Path, place: Path, tmp_path: Path) -> None:
    publish(root, f"file://{place}")
    (tmp_path / "outside.txt").write_text("a map")
    link = place / "current/map.txt"
    link.unlink()
    link.symlink_to(tmp_path / "outside.txt")
    small_edit(root, 1)
    publish(root, f"file://{place}")
    assert not (place / "current/map.txt").is_symlink()


def test_drafts_and_what_is_embargoed_are_not_told(root: Path, place: Path) -> None:
    write(root, {"content/secret.md": "---\ntitle: Hush\ndate: 2025-07-01\nembargo: 2030-01-01\n---\nText.\n"})
    publish(root, f"file://{place}")
    manifest = unpack(next((place / "manifests").iterdir()).read_bytes())
    assert sorted(manifest.told.articles) == ["bridge", "monitors", "village"]
    assert b"Hush" not in plain(manifest)


def test_a_site_whose_articles_a_failed_build_has_read_anew_is_not_told_of(tmp_path: Path) -> None:
    root = digest(tmp_path)
    run("build", "--now", NOW, root=root)
    for broken in ("---\ntitle: [\n---\n", PLAIN.replace("title: ", "title: Not built, ")):
        write(root, {"content/2025/07/02/bridge.md": broken, "content/2025/07/02/other.md": "---\ntitle: [\n---\n"})
        run("build", "--now", NOW, root=root, ok=False)
        done = publish(root, f"file://{tmp_path}/www", "--no-build", ok=False)
        assert "site: error D911: the text of “bridge” has changed" in done.stderr
    assert not (tmp_path / "www").exists()
