"""Mail and data as a build writes them: read back by others, whatever titles hold; incremental; nothing hidden."""

from __future__ import annotations

import email
import json
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator

from digest.build.build import Options, Outcome, build
from digest.build.memory import make_index
from digest.content import read
from digest.pages.mail import LIMIT
from tests.build.test_incremental import clean, tree
from tests.digests import FRONT, SETTINGS, small_digest, write
from tests.site.markup import Markup

CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
TITLES = {
    "ampersand": "War & peace <b>bold</b> &amp; \"quotes\" 'more'",
    "cdata": "An end ]]> of nothing {{ 7 * 7 }} {% raw %}",
    "rtl": "\u202eعنوان بالعربية\u202c (and Latin)",
    "emoji": "👩\u200d🚒 puts out 🔥 with 💧",
    "long": "word " * 800,
    "separators": "one\u2028two\u2029three\x85four\ttab",
    "formula": '=HYPERLINK("https://evil.example","Click")',
    "minus": "-5 °C was measured",
    "unbroken": "a" * 4000,
    "newlines": "one\n\ntwo\nthree",
    "signature": "-- \nBcc: someone@evil.example",
}


def quoted(value: object) -> str:
    """A value as YAML has it: JSON, with line ends that only Unicode knows escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\u2028\u2029\x85" else c for c in text)


def article(title: str, day: str = "2025-07-01", *lines: str) -> str:
    claims = [{"id": None, "text": title, "statements": [{"by": "agency"}, {"by": "monitor", "says": "denies"}]}]
    return "\n".join(["---", f"title: {quoted(title)}", f"date: {day}", *lines, f"claims: {quoted(claims)}"])


def fuzzed(root: Path) -> Path:
    """The small digest with an article for each title."""
    files = {
        f"content/{name}.md": article(title, "2025-08-01", f"summary: {quoted(title)}", "regions: [UA]").replace(
            "null", f'"c-{name}"'
        )
        + "\n---\nText.\n"
        for name, title in TITLES.items()
    }
    return write(small_digest(root), files)


def run(root: Path, *, eml: bool = False) -> Outcome:
    outcome = build(root, Options(CLOCK, root / "site", jobs=1, eml=eml))
    assert not outcome.failed, outcome.problems
    return outcome


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = fuzzed(tmp_path_factory.mktemp("fuzzed") / "digest")
    run(root, eml=True)
    return root / "site"


def letter(path: Path) -> EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _schema(site: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / f"data/{name}.schema.json").read_text(encoding="utf-8"))
    return found


def schema(site: Path, name: str) -> Draft202012Validator:
    return Draft202012Validator(_schema(site, name))


def test_a_control_character_in_a_title_is_refused_before_any_output(tmp_path: Path) -> None:
    text = article("a\x1fb").replace("null", '"c"') + "\n---\nText.\n"
    assert "\\u001f" in text
    root = write(small_digest(tmp_path / "digest"), {"content/x.md": text})
    outcome = build(root, Options(CLOCK, root / "site"))
    assert outcome.failed, [name for name, data in tree(root).items() if b"\x1f" in data]


def test_every_edition_is_valid_against_its_published_schema(site: Path) -> None:
    files = sorted(site.glob("*/*/*/index.json"))
    assert len(files) == 3
    for file in files:
        schema(site, "edition").validate(json.loads(file.read_text(encoding="utf-8")))


def test_every_row_of_claims_is_valid_against_its_published_schema(site: Path) -> None:
    found = [row for file in sorted(site.glob("data/claims/*.jsonl")) for row in rows(file)]
    assert len(found) == len(TITLES) + 3
    for row in found:
        schema(site, "claim").validate(row)


def test_titles_come_back_from_data_as_they_are(site: Path) -> None:
    edition = json.loads((site / "2025/08/01/index.json").read_text(encoding="utf-8"))
    titles = {a["id"]: a["title"] for region in edition["regions"] for a in region["articles"]}
    claims = {row["id"].removeprefix("c-"): row["text"] for row in rows(site / "data/claims/2025-08.jsonl")}
    for name, title in TITLES.items():
        assert titles[name] == claims[name] == (" ".join(title.split()) if "\n" in title else title).strip()


def test_duckdb_reads_csv_and_json_lines_alike_and_as_the_index_has_them(site: Path) -> None:
    reading = read(site.parent)
    assert reading.digest is not None
    index = make_index(reading.digest, CLOCK)
    lines = duckdb.read_json(str(site / "data/claims/*.jsonl"))
    types = dict(zip(lines.columns, map(str, lines.types), strict=True))
    assert types["badges"] == types["articles"] == "VARCHAR[]"
    assert types["history"].startswith("STRUCT(")
    assert {types[name] for name in ("recorded", "since")} <= {"TIMESTAMP", "TIMESTAMP WITH TIME ZONE"}
    assert {types[name] for name in ("id", "text", "label", "rule", "why")} == {"VARCHAR"}
    expected = {str(label): number for label, number in index.label_counts("newest:all").items()}
    table = duckdb.read_csv(str(site / "data/claims/*.csv"), all_varchar=True)
    for relation in (lines, table):
        assert dict(relation.aggregate("label, count(*)").fetchall()) == expected
    listed = table.project("""id, text, from_json(badges, '["VARCHAR"]'), from_json(articles, '["VARCHAR"]')""")
    again = {id_: (re.sub("^'(?='*[=+@-])", "", text), *lists) for id_, text, *lists in listed.fetchall()}
    plain = lines.project("id, text, badges, articles").fetchall()
    assert again == {id_: tuple(rest) for id_, *rest in plain}
    assert again.keys() == set(index.claims())


def test_csv_rows_are_valid_against_their_published_schema(site: Path) -> None:
    table = duckdb.read_csv(str(site / "data/claims.csv"), all_varchar=True)
    found = schema(site, "claim.csv")
    labelled = Draft202012Validator({"$ref": "#/$defs/Labelled", "$defs": _schema(site, "claim")["$defs"]})
    for row in table.fetchall():
        cells = {name: cell or "" for name, cell in zip(table.columns, row, strict=True)}
        found.validate(cells)
        for entry in json.loads(cells["history"]):
            labelled.validate(entry)


def test_no_cell_of_a_table_begins_like_a_formula(site: Path) -> None:
    text = (site / "data/claims/2025-08.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert not re.search(r'(?:^|,)"?[=+@\-\t]', text, re.MULTILINE)


def test_mails_are_under_the_limit_with_absolute_links_and_nothing_from_elsewhere(site: Path) -> None:
    for file in sorted(site.glob("*/*/*/email.html")):
        assert file.stat().st_size < LIMIT
        found = Markup.read(file)
        assert {e.tag for e in found.elements} & {"script", "img", "link", "iframe", "object", "form"} == set()
        assert found.references
        assert [r for r in found.references if not r.startswith("https://example.org/a/")] == []
        assert "url(" not in file.read_text(encoding="utf-8")


def test_titles_are_escaped_in_html_and_plain_in_text(site: Path) -> None:
    html = (site / "2025/08/01/email.html").read_text(encoding="utf-8")
    text = (site / "2025/08/01/email.txt").read_text(encoding="utf-8")
    assert "War &amp; peace &lt;b&gt;bold&lt;/b&gt; &amp;amp;" in html
    assert TITLES["ampersand"] in text
    assert TITLES["cdata"] in text
    assert TITLES["emoji"] in html


def test_a_letter_has_both_parts_and_says_the_same_as_the_files(site: Path) -> None:
    for day in ("2025/07/01", "2025/08/01"):
        found = letter(site / day / "email.eml")
        assert found.get_content_type() == "multipart/alternative"
        text, html = (part.get_content() for part in found.iter_parts())
        assert text.replace("\r\n", "\n") == (site / day / "email.txt").read_text(encoding="utf-8")
        assert html.replace("\r\n", "\n") == (site / day / "email.html").read_text(encoding="utf-8")
        assert found["From"] == "Test digest <noreply@example.org>"
        assert found["Bcc"] is None
        raw = (site / day / "email.eml").read_bytes()
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_letters_head_comes_from_the_edition_and_not_from_the_clock(tmp_path: Path, site: Path) -> None:
    again = fuzzed(tmp_path / "digest")
    build(again, Options(datetime(2027, 5, 5, tzinfo=UTC), again / "site", jobs=1, eml=True))
    for file in sorted(site.glob("*/*/*/email.eml")):
        assert (again / "site" / file.relative_to(site)).read_bytes() == file.read_bytes()
    found = letter(site / "2025/07/01/email.eml")
    assert found["Message-ID"] == "<edition.2025-07-01@example.org>"
    assert found["Date"].datetime == datetime(2025, 7, 1, 6, 30, tzinfo=UTC)
    assert found["Subject"] == "Test digest, 1 July 2025: A quiet day"


def huge(root: Path, number: int) -> Path:
    """A day with many articles, each with claims."""
    text = FRONT.replace("2025-07-01T09:30", "2025-07-03").replace("thread: front\n", "")
    files = {}
    for n in range(number):
        one = text.replace("village-retaken", f"claim-{n}").replace("a village", f"village number {n}")
        files[f"content/many/a{n:04}.md"] = one
    return write(small_digest(root), files)


def test_a_huge_edition_is_cut_where_there_is_no_more_room_and_leads_to_the_rest(tmp_path: Path) -> None:
    root = huge(tmp_path / "digest", 600)
    run(root, eml=True)
    html = (root / "site/2025/07/03/email.html").read_text(encoding="utf-8")
    text = (root / "site/2025/07/03/email.txt").read_text(encoding="utf-8")
    assert 0.6 * LIMIT < len(html.encode()) < LIMIT
    shown = html.count("<h3")
    assert 20 < shown < 600
    assert text.count("Kyiv reports village number") == shown
    more = f"The edition has {600 - shown} more articles"
    assert more in html
    assert more in text
    assert f"{more}: https://example.org/a/2025/07/03/" in text
    assert html.count("<table") == html.count("</table>")
    whole = json.loads((root / "site/2025/07/03/index.json").read_text(encoding="utf-8"))
    assert sum(len(region["articles"]) for region in whole["regions"]) == 600


def test_an_article_with_very_many_claims_is_cut_too(tmp_path: Path) -> None:
    claims = [{"id": f"c{n}", "text": f"Sentence {n} & more.", "statements": [{"by": "agency"}]} for n in range(400)]
    text = f"---\ntitle: Many\ndate: 2025-07-03\nclaims: {json.dumps(claims)}\n---\nText.\n"
    root = write(small_digest(tmp_path / "digest"), {"content/many.md": text})
    run(root)
    html = (root / "site/2025/07/03/email.html").read_text(encoding="utf-8")
    assert len(html.encode()) < LIMIT
    shown = html.count('class="verdict"')
    assert 40 < shown < 400
    assert f"{400 - shown} more claims on the web" in html


def test_a_template_that_writes_more_than_the_themes_is_cut_too(tmp_path: Path) -> None:
    wordy = """{% for s in view.sections %}{% for a in s.articles %}<p>{{ a.card.title }}{{ "x" * 4000 }}</p>
    {% endfor %}{% endfor %}<p>{{ view.left_out }} more</p>"""
    root = write(huge(tmp_path / "digest", 100), {"templates/mail.html": wordy})
    run(root)
    html = (root / "site/2025/07/03/email.html").read_text(encoding="utf-8")
    assert 0.5 * LIMIT < len(html.encode()) <= LIMIT
    assert f"{100 - html.count('xxxx</p>')} more" in html


def test_styles_of_ones_own_templates_are_put_in_place_and_those_for_the_dark_stay(tmp_path: Path) -> None:
    dark = "@media (prefers-color-scheme: dark) { .x p { color: pink !important } }"
    mine = f'<style>.x p {{ color: red }}</style><style data-css-inline="keep">{dark}</style>'
    files = {"templates/mail.html": f"<html><head>{mine}</head><body class=x><p>Mine</p></body></html>"}
    root = write(small_digest(tmp_path / "digest"), files)
    run(root)
    html = (root / "site/2025/07/01/email.html").read_text(encoding="utf-8")
    assert '<p style="color: red;">Mine</p>' in html
    assert "pink !important" in html


def test_letters_come_and_go_with_the_option_and_nothing_else_is_rendered(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    run(root)
    letters = ["2025/07/01/email.eml", "2025/07/02/email.eml"]
    with_them = run(root, eml=True)
    assert sorted(address for address, _ in with_them.rendered) == letters
    assert {why for _, why in with_them.rendered} == {"letters"}
    assert tree(root) == clean(root, CLOCK, eml=True)[1]
    assert run(root, eml=True).rendered == ()
    without = run(root)
    assert without.rendered == ()
    assert without.written is not None
    assert without.written.removed == 2
    assert tree(root) == clean(root, CLOCK)[1]


def test_letters_of_the_settings_stay_without_the_option(tmp_path: Path) -> None:
    root = write(small_digest(tmp_path / "digest"), {"digest.yaml": f"{SETTINGS}outputs: {{eml: true}}\n"})
    run(root)
    assert "2025/07/01/email.eml" in tree(root)
    assert run(root, eml=True).rendered == ()


def test_letters_that_cannot_be_made_are_a_warning(tmp_path: Path) -> None:
    root = write(small_digest(tmp_path / "digest"), {"digest.yaml": "title: No url\n"})
    outcome = run(root, eml=True)
    assert [p.code for p in outcome.problems] == ["D709"]
    assert [name for name in tree(root) if "email" in name] == []


def test_an_edit_rewrites_the_claims_of_its_month_alone(tmp_path: Path) -> None:
    root = fuzzed(tmp_path / "digest")
    run(root)
    write(root, {"content/2025/07/01/village.md": FRONT.replace("has been retaken", "was retaken")})
    found = {address for address, _ in run(root).rendered if address.startswith("data/")}
    assert found == {"data/claims/2025-07.csv", "data/claims/2025-07.jsonl"}
    assert tree(root) == clean(root, CLOCK)[1]


def test_an_article_of_another_month_that_names_a_claim_reaches_the_claims_own_month(tmp_path: Path) -> None:
    root = fuzzed(tmp_path / "digest")
    run(root)
    later = "---\ntitle: Later\ndate: 2025-08-02\nclaims: [{id: village-retaken}]\n---\nText.\n"
    write(root, {"content/later.md": later})
    run(root)
    row = next(r for r in rows(root / "site/data/claims/2025-07.jsonl") if r["id"] == "village-retaken")
    assert row["articles"] == ["village", "monitors", "later"]
    assert tree(root) == clean(root, CLOCK)[1]


def test_what_is_not_out_is_in_no_mail_and_no_data(tmp_path: Path) -> None:
    root = small_digest(tmp_path / "digest")
    hidden = {"draft": "status: draft", "embargoed": "embargo: 2027-01-01", "expired": "expires: 2025-12-01"}
    for name, line in hidden.items():
        text = article(f"Xylophone{name}", "2025-07-01", line).replace("null", f'"xylophone-{name}"')
        write(root, {f"content/xylophone-{name}.md": f"{text}\n---\nXylophone.\n"})
    run(root, eml=True)
    assert [name for name, data in tree(root).items() if b"xylophone" in data.lower() + name.encode().lower()] == []
    assert b"xylophone" not in b"".join(part.lower() for part in _decoded(root))


def _decoded(root: Path) -> list[bytes]:
    files = sorted((root / "site").rglob("*.eml"))
    return [bytes(part.get_payload(decode=True)) for file in files for part in letter(file).iter_parts()]
