"""Data for other programs: true to its schemas and to the index, month by month."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import structs

from digest.index.memory import MemoryIndex as Index
from digest.model.settings import PageFamily
from digest.pages.compose import Composer
from digest.pages.data import DataView
from digest.pages.plan import FAMILIES, plan
from digest.pages.schemas import SCHEMAS
from digest.pages.sheet import Document
from digest.pages.tongue import Tongue


def text(composer: Composer, key: str) -> str:
    view = FAMILIES["data"].view(composer, key).view
    assert isinstance(view, Document)
    return view.text


def edition(composer: Composer, day: str = "2025-07-01") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(composer, f"edition:{day}"))
    return found


def test_every_file_has_its_address(index: Index) -> None:
    found = {p.address for p in plan(index) if p.family == "data"}
    assert found == {
        "data/", "data/index.json", "data/edition.schema.json", "data/claim.schema.json", "data/claim.csv.schema.json",
        "data/claims.csv", "data/claims.jsonl", "data/claims/2025-07.csv", "data/claims/2025-07.jsonl",
        "2025/07/01/index.json", "2025/07/02/index.json",
    }  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_published_schemas_are_sound_and_say_what_each_key_holds(composer: Composer, name: str) -> None:
    schema = json.loads(text(composer, f"schema:{name}"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"https://example.org/a/data/{name}.schema.json"
    for definition in schema["$defs"].values():
        if "properties" in definition:
            assert set(definition["required"]) == set(definition["properties"])
            assert definition["description"]
    if name != "edition":
        assert all(entry.get("description") for entry in schema["$defs"]["ClaimRow"]["properties"].values())


def test_a_schema_refuses_what_is_not_of_its_kind() -> None:
    row = {"id": "a", "text": "b", "label": "likely"}
    assert list(Draft202012Validator(SCHEMAS["claim"]()).iter_errors(row))
    assert list(Draft202012Validator(SCHEMAS["edition"]()).iter_errors({"date": "1 July"}))


def test_an_edition_as_data_says_what_its_page_says(composer: Composer) -> None:
    found = edition(composer)
    assert (found["date"], found["url"]) == ("2025-07-01", "https://example.org/a/2025/07/01/")
    assert (found["previous"], found["following"]) == (None, "2025-07-02")
    assert found["note"] == {
        "title": "A quiet day", "text": "See the labels (https://example.org/a/labels/).", "authors": ["Desk"],
    }  # fmt: skip
    (region,) = found["regions"]
    assert [r["name"] for r in region["within"]] == ["Europe", "Eastern Europe", "Ukraine"]
    (article,) = region["articles"]
    assert (article["id"], article["sources"]) == ("village", "1 source, none independent")
    (claim,) = article["claims"]
    assert (claim["id"], claim["label"]) == ("village-retaken", "party-claim")
    assert claim["now"] == {"label": "corroborated", "label_name": "Corroborated", "since": "2025-07-02"}


def test_an_edition_without_region_topic_or_note_is_valid_too(composer: Composer) -> None:
    found = edition(composer, "2025-07-02")
    assert found["note"] is None
    assert {region["url"] for region in found["regions"]} >= {None}
    Draft202012Validator(SCHEMAS["edition"]()).validate(found)


def test_without_a_url_addresses_are_relative_to_the_root(index: Index) -> None:
    bare = replace(index, settings=structs.replace(index.settings, url=""))
    found = edition(Composer(bare, Tongue("en")))
    assert (found["url"], found["$schema"]) == ("2025/07/01/", "../../../data/edition.schema.json")
    Draft202012Validator(SCHEMAS["edition"]()).validate(found)
    assert "$id" not in json.loads(text(Composer(bare, Tongue("en")), "schema:claim"))


def test_the_newest_month_has_an_address_of_its_own(composer: Composer) -> None:
    for format_ in ("csv", "jsonl"):
        assert text(composer, f"newest:{format_}") == text(composer, f"claims:2025-07:{format_}") != ""


def test_a_claim_stands_in_the_month_of_the_article_that_defines_it_with_all_its_articles(composer: Composer) -> None:
    rows = [json.loads(line) for line in text(composer, "claims:2025-07:jsonl").splitlines()]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert {row["id"]: row["articles"] for row in rows}["village-retaken"] == ["village", "monitors"]


def test_the_list_of_files_names_every_month_and_the_newest_edition(composer: Composer) -> None:
    found = json.loads(text(composer, "index"))
    assert [m["csv"] for m in found["claims"]] == ["https://example.org/a/data/claims/2025-07.csv"]
    assert found["newest"] == "https://example.org/a/2025/07/02/index.json"
    assert found["newest"] == found["editions"].format(year="2025", month="07", day="02")


def test_the_page_links_the_months_newest_first_and_the_newest_edition(composer: Composer) -> None:
    view = FAMILIES["data"].view(composer, "").view
    assert isinstance(view, DataView)
    assert [(m.month.text, m.csv) for m in view.months] == [("July 2025", "data/claims/2025-07.csv")]
    assert view.edition_json == "2025/07/02/index.json"


def test_an_empty_digest_has_empty_data(index: Index) -> None:
    empty = replace(index, all_articles={}, courses={}, groups={})
    composer = Composer(empty, Tongue("en"))
    assert text(composer, "newest:jsonl") == ""
    assert text(composer, "newest:csv").startswith("id,text,kind,label,")
    assert json.loads(text(composer, "index"))["newest"] is None
    view = FAMILIES["data"].view(composer, "").view
    assert isinstance(view, DataView)
    assert (view.months, view.edition) == ((), None)


def test_settings_may_leave_mail_and_data_out(index: Index) -> None:
    chosen = structs.replace(index.settings, pages=frozenset({PageFamily.HOME, PageFamily.EDITION}))
    assert {p.family for p in plan(replace(index, settings=chosen))} == {"home", "edition"}
