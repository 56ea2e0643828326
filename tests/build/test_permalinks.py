"""Addresses that were published work for ever, or a build says which ones would not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.build.build import Options, Outcome, build
from digest.build.lost import PERMALINKS
from digest.build.permalinks import add_permalinks, read_permalinks
from digest.problems import Severity
from digest.publish.site import moves_of, published_addresses
from tests.build.test_incremental import clean_tree, run, tree
from tests.digests import FRONT, PLAIN, small_digest, write

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest that was built, and its addresses recorded."""
    root = small_digest(tmp_path / "digest")
    run(root)
    add_permalinks(root, published_addresses(root))
    return root


def built(root: Path, *allowed: str) -> Outcome:
    return build(root, Options(CLOCK, root / "site", allowed=allowed))


def test_every_address_is_recorded_once_and_sorted_with_its_articles_id(root: Path) -> None:
    lines = (root / PERMALINKS).read_text().splitlines()
    assert lines == sorted(set(lines))
    assert '{"address":"/2025/07/01/village/","id":"village"}' in lines
    assert '{"address":"/old/monitors/","id":"monitors"}' in lines
    assert '{"address":"/sources/tass/"}' in lines
    pages = {
        f"/{p.parent.relative_to(root / 'site').as_posix()}/".replace("/./", "/")
        for p in root.glob("site/**/index.html")
    }
    assert {address for address in read_permalinks(root)[0] if address.endswith("/")} == pages
    assert add_permalinks(root, published_addresses(root)) == 0


def test_lines_are_only_added(root: Path) -> None:
    before = set((root / PERMALINKS).read_text().splitlines())
    write(root, {"content/2025/07/03/ferry.md": PLAIN.replace("07-02", "07-03")})
    run(root)
    assert add_permalinks(root, published_addresses(root)) > 0
    after = (root / PERMALINKS).read_text().splitlines()
    assert before < set(after)
    assert after == sorted(after)


def test_a_moved_article_is_led_to_from_where_it_was_published(root: Path) -> None:
    write(root, {"content/2025/07/02/bridge.md": PLAIN.replace("2025-07-02", "2025-07-01")})
    run(root)
    page = (root / "site/2025/07/02/bridge/index.html").read_text()
    assert 'url=../../../../2025/07/01/bridge/"' in page
    assert tree(root) == clean_tree(root)
    again = built(root)
    assert again.written is not None
    assert again.written.total == 0
    assert again.rendered == ()


def test_an_article_that_moves_on_and_back_leaves_no_page_too_many(root: Path) -> None:
    first = tree(root)
    for day in ("2025-07-01", "2025-07-03", "2025-07-02"):
        write(root, {"content/2025/07/02/bridge.md": PLAIN.replace("2025-07-02", day)})
        outcome = built(root, "/2025/07/*")
        assert not outcome.failed
    assert tree(root) == first


def test_a_published_article_that_is_gone_is_an_error_with_three_ways_out(root: Path) -> None:
    before = tree(root)
    (root / "content/2025/07/02/bridge.md").unlink()
    outcome = built(root)
    assert outcome.failed
    messages = [problem.message for problem in outcome.problems if problem.code == "D506"]
    assert messages == [
        "/2025/07/02/bridge/ was published, and the article “bridge” is not in the site any more",
        "/claims/bridge/, /sources/agency/ were published, and they lead to nothing any more",
    ]
    hint = outcome.problems[1].hint
    assert "`aliases: [/claims/bridge/, /sources/agency/]`" in hint
    assert "`gone: REASON` in the article" in hint
    assert "gone:\n    /claims/bridge/: REASON\n    /sources/agency/: REASON\n" in hint
    assert "--allow '/claims/bridge/' --allow '/sources/agency/'" in hint
    assert tree(root) == before


def test_each_way_out_is_one(root: Path) -> None:
    (root / "content/2025/07/02/bridge.md").unlink()
    aliases = "aliases: [/2025/07/02/bridge/, /claims/bridge/, /sources/agency/]\nclaims:"
    write(root, {"content/2025/07/01/village.md": FRONT.replace("claims:", aliases, 1)})
    assert not built(root).failed
    write(root, {"content/2025/07/01/village.md": FRONT})
    assert built(root).failed
    assert not built(root, "/2025/07/02/bridge/", "/claims/*", "/sources/agency/").failed
    assert built(root).failed  # allowed once only
    add_permalinks(root, published_addresses(root), ["/2025/07/02/bridge/", "/claims/*", "/sources/agency/"])
    assert not built(root).failed
    assert read_permalinks(root)[0]["/2025/07/01/village/"].id == "village"


def test_an_address_that_comes_back_after_it_was_given_up_is_promised_again(root: Path) -> None:
    bridge = root / "content/2025/07/02/bridge.md"
    for time in range(3):
        text = bridge.read_text(encoding="utf-8")
        bridge.unlink()
        assert built(root).failed
        assert not built(root, "*").failed
        add_permalinks(root, published_addresses(root), ["*"])
        assert not built(root).failed
        bridge.write_text(text, encoding="utf-8")
        run(root)
        assert add_permalinks(root, published_addresses(root)) > 0
        assert add_permalinks(root, published_addresses(root)) == 0
        assert read_permalinks(root)[0]["/2025/07/02/bridge/"].again == time + 1
    lines = (root / PERMALINKS).read_text().splitlines()
    assert '{"address":"/2025/07/02/bridge/","id":"bridge","given_up":true,"again":2}' in lines
    assert lines == sorted(set(lines))


GONE = PLAIN.replace("sources:", "gone: Withdrawn, because the bridge & the town are <one>.\nsources:")


def page(root: Path, address: str) -> str:
    return (root / f"site{address}index.html").read_text(encoding="utf-8")


def test_an_article_that_says_it_is_gone_leaves_pages_that_say_why(root: Path) -> None:
    write(root, {"content/2025/07/02/bridge.md": GONE})
    assert built(root).problems == ()
    for address in ("/2025/07/02/bridge/", "/claims/bridge/", "/sources/agency/"):
        assert "<h1>This page is gone for good</h1>" in page(root, address)
        assert "Withdrawn, because the bridge &amp; the town are &lt;one&gt;." in page(root, address)
        assert '<meta name="robots" content="noindex">' in page(root, address)
        assert "410" in page(root, address)
    assert "A bridge is closed" not in page(root, "/2025/07/02/")
    assert tree(root) == clean_tree(root)
    again = built(root)
    assert again.written is not None
    assert (again.written.total, again.rendered) == (0, ())


def test_an_article_that_is_gone_can_come_back(root: Path) -> None:
    before = tree(root)
    for text in (GONE, GONE.replace("Withdrawn", "Still withdrawn"), PLAIN):
        write(root, {"content/2025/07/02/bridge.md": text})
        assert not built(root).failed
        assert tree(root) == clean_tree(root)
    assert tree(root) == before


def test_an_article_that_is_gone_says_so_at_every_address_that_it_had(root: Path) -> None:
    moved = GONE.replace("2025-07-02", "2025-07-03").replace("sources:", "aliases: [/never/published/]\nsources:")
    write(root, {"content/2025/07/02/bridge.md": moved})
    assert not built(root).failed
    for address in ("/2025/07/02/bridge/", "/2025/07/03/bridge/", "/never/published/"):
        assert "Withdrawn" in page(root, address)


def test_digest_yaml_says_of_addresses_that_they_are_gone(root: Path) -> None:
    settings = (root / "digest.yaml").read_text()
    gone = "gone:\n  /2025/07/02/bridge/: Taken down.\n  /claims/*: Gone with it.\n  /sources/agency/: No longer.\n"
    (root / "content/2025/07/02/bridge.md").unlink()
    write(root, {"digest.yaml": settings + gone + "  /from/before/: Older than this site.\n"})
    assert built(root).problems == ()
    assert "Taken down." in page(root, "/2025/07/02/bridge/")
    assert "Gone with it." in page(root, "/claims/bridge/")
    assert "Gone with it." not in page(root, "/claims/village-retaken/")
    assert "Older than this site." in page(root, "/from/before/")
    assert tree(root) == clean_tree(root)


def test_an_address_that_is_said_to_be_gone_and_is_not_is_a_warning(root: Path) -> None:
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + "gone: {/2025/07/02/bridge/: Taken down.}\n"})
    outcome = built(root)
    assert [(p.code, p.severity) for p in outcome.problems] == [("D508", Severity.WARNING)]
    assert not outcome.failed
    assert "A bridge is closed" in page(root, "/2025/07/02/bridge/")


def test_what_is_no_address_cannot_be_gone(root: Path) -> None:
    write(root, {"digest.yaml": (root / "digest.yaml").read_text() + "gone:\n  ../x: Taken down.\n  /y/:\n"})
    found = [(p.code, str(p.at)) for p in built(root).problems]
    assert ("D504", "digest.yaml:5:3") in found
    assert len(found) == 2


def test_what_expires_may_go(root: Path) -> None:
    expired = PLAIN.replace("sources:", "expires: 2025-07-20\nsources:")
    write(root, {"content/2025/07/02/bridge.md": expired})
    assert not built(root).failed
    assert not (root / "site/2025/07/02/bridge").exists()


def test_two_branches_lines_merge_in_any_order(root: Path) -> None:
    path = root / PERMALINKS
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*reversed(lines), *lines[:3]]) + "\n")
    assert not built(root).failed
    add_permalinks(root, {"/new/": ""})
    assert path.read_text().splitlines() == sorted({*lines, '{"address":"/new/"}'})


def test_a_line_that_is_no_address_is_a_problem_at_its_place(root: Path) -> None:
    path = root / PERMALINKS
    path.write_text("<<<<<<< HEAD\n" + path.read_text())
    problem = built(root).problems[0]
    assert (problem.code, str(problem.at)) == ("D507", f"{PERMALINKS}:1:1")


@pytest.mark.parametrize(
    "address",
    ["/../../out/", "/../out/", "//out/", "/a/./b/", "/.digest/x/", r"/back\\slash/", r"/a/\u0000/", "", "out/", "//"],
)
def test_a_line_whose_address_is_not_inside_the_site_is_none(root: Path, address: str) -> None:
    before = tree(root.parent)
    write(root, {PERMALINKS: f'{{"address":"/a/","id":"bridge"}}\n{{"address":"{address}","id":"bridge"}}\n'})
    problem = built(root).problems[0]
    assert (problem.code, str(problem.at)) == ("D507", f"{PERMALINKS}:2:1")
    assert tree(root.parent).keys() == before.keys()


@pytest.mark.parametrize(
    "address", ["/", "/a/", "/a.html", "/~a/b.c/", "/жовтень/", '/\\"a\\"/', "/a/.well-known/b.html"]
)
def test_any_address_inside_the_site_is_one(tmp_path: Path, address: str) -> None:
    write(tmp_path, {PERMALINKS: f'{{"address":"{address}"}}\n'})
    found, problems = read_permalinks(tmp_path)
    assert not problems
    assert list(found) == [address.replace("\\", "")]


def test_what_lies_beside_a_page_goes_where_the_page_goes(root: Path) -> None:
    feeds = {"/sources/agency/feed.xml", "/sources/agency/feed.json"}
    assert feeds <= read_permalinks(root)[0].keys()
    (root / "content/2025/07/02/bridge.md").unlink()
    assert not [p for p in built(root).problems if "feed." in p.message]
    away = ["/2025/07/02/bridge/", "/claims/*", "/sources/agency/"]
    assert not built(root, *away).failed
    add_permalinks(root, published_addresses(root), away)
    assert not feeds & read_permalinks(root)[0].keys()


DATA = ("/data/claims/2025-07.csv", "/data/claims/2025-07.jsonl")


def lost(outcome: Outcome) -> set[str]:
    return {found for p in outcome.problems if p.code == "D506" for found in re.findall("--allow '(.+?)'", p.hint)}


REST = ("/2025/07/02/monitors/", "/old/*", "/claims/*", "/sources/*", "/regions/*")
"""What goes with an article of the 2nd that no test is about."""
LETTER = "/2025/07/02/email.html"


def empty_the_second(root: Path) -> None:
    """Take the articles of the 2nd away."""
    for article in ("bridge", "monitors"):
        (root / f"content/2025/07/02/{article}.md").unlink()


def test_a_day_whose_articles_have_other_dates_now_leads_to_the_day_that_they_have(root: Path) -> None:
    empty_the_second(root)
    write(root, {"content/2025/08/01/bridge.md": PLAIN.replace("2025-07-02", "2025-08-01")})
    assert LETTER in read_permalinks(root)[0]
    assert not built(root, *REST).failed
    assert 'url=../../../2025/08/01/"' in page(root, "/2025/07/02/")
    assert "Friday 1 August 2025" in page(root, "/2025/07/02/")
    assert '2025/08/01/"' in (root / f"site{LETTER}").read_text(encoding="utf-8")
    assert moves_of(root, "/base/").moved["/base/2025/07/02/"] == "/base/2025/08/01/"
    assert built(root, *REST).rendered == ()


def test_a_month_and_a_year_lead_on_as_a_day_does(root: Path) -> None:
    empty_the_second(root)
    (root / "content/2025/07/01/village.md").unlink()
    write(root, {"content/2024/02/01/bridge.md": PLAIN.replace("2025-07-02", "2024-02-01")})
    assert not built(root, *REST, "/2025/07/01/*", "/topics/*", "/threads/*", "/corrections/*").failed
    assert 'url=../../2024/02/"' in page(root, "/2025/07/")
    assert "February 2024" in page(root, "/2025/07/")
    assert 'url=../2024/"' in page(root, "/2025/")


def test_a_day_whose_articles_are_all_gone_leads_nowhere(root: Path) -> None:
    empty_the_second(root)
    assert "/2025/07/02/" in lost(built(root))


def test_a_days_letter_goes_where_the_day_goes(root: Path) -> None:
    empty_the_second(root)
    assert LETTER not in lost(built(root))
    aliases = "aliases: [/2025/07/02/, /2025/07/02/bridge/]\nclaims:"
    write(root, {"content/2025/07/01/village.md": FRONT.replace("claims:", aliases, 1)})
    assert not built(root, *REST).failed
    assert "07/01/village/" in (root / f"site{LETTER}").read_text(encoding="utf-8")


def test_a_letter_that_is_not_made_any_more_leads_to_its_day(root: Path) -> None:
    write(root, {"digest.yaml": (root / "digest.yaml").read_text().replace("url: https://example.org/a/\n", "")})
    assert LETTER not in lost(built(root))
    assert not built(root, "*").failed
    assert 'url=../../../2025/07/02/"' in (root / f"site{LETTER}").read_text(encoding="utf-8")


def test_many_lost_addresses_are_named_by_what_they_begin_with(root: Path) -> None:
    more = {f"/claims/c{number}/": "" for number in range(9)} | {"/2024/02/01/": "", "/old/one/": "", "/old/two/": ""}
    add_permalinks(root, more)
    (problem,) = built(root).problems
    assert problem.message.startswith("/2024/02/01/, /claims/c0/, /claims/c1/ and 9 more were published")
    assert "--allow '/2024/02/01/' --allow '/claims/*' --allow '/old/*'" in problem.hint
    assert all(f"\n    {address}: REASON" in problem.hint for address in more)
    assert not built(root, "/claims/*", "/2024/02/01/", "/old/*").failed


def test_a_page_that_leads_on_names_the_page_it_leads_to_as_the_one_to_keep(root: Path) -> None:
    assert '<link rel="canonical" href="https://example.org/a/2025/07/02/monitors/">' in page(root, "/old/monitors/")
    write(root, {"digest.yaml": (root / "digest.yaml").read_text().replace("url: https://example.org/a/\n", "")})
    assert not built(root, "*").failed
    assert '<link rel="canonical" href="../../2025/07/02/monitors/">' in page(root, "/old/monitors/")


def test_an_article_that_is_gone_takes_the_days_letter_and_the_months_data_with_it(root: Path) -> None:
    assert set(DATA) <= read_permalinks(root)[0].keys()
    for article in ("content/2025/07/01/village.md", "content/2025/07/02/monitors.md", "content/2025/07/02/bridge.md"):
        text = (root / article).read_text(encoding="utf-8")
        write(root, {article: text.replace("title:", "gone: Withdrawn.\ntitle:", 1)})
    assert lost(built(root)) == set()
    assert "Withdrawn." in (root / "site/2025/07/02/email.html").read_text(encoding="utf-8")


def test_lists_for_machines_are_not_promised(root: Path) -> None:
    assert (root / "site/sitemap-2025-07.xml").is_file()
    assert not [address for address in read_permalinks(root)[0] if "sitemap" in address or "robots" in address]
