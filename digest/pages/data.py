"""Data for other programs: editions and months of claims as files, their schemas, and a page that explains them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.edition import compose_edition
from digest.pages.edition_data import edition_data
from digest.pages.parts import Day, Link
from digest.pages.rows import ClaimRow, rows_of
from digest.pages.schemas import SCHEMAS
from digest.pages.sheet import Document, Family, Sheet
from digest.pages.tables import as_csv, as_document, as_jsonl

FORMATS = ("csv", "jsonl")
ADDRESS = "data/"


class DataMonth(Frozen, frozen=True):
    """A month and the addresses of its files of claims."""

    month: Link
    csv: str
    jsonl: str


class DataView(Frozen, frozen=True):
    """The page that explains the data: months, newest first; the newest edition and its file, if there is one."""

    months: tuple[DataMonth, ...]
    edition: Day | None
    edition_json: str


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """The page, the list of files, schemas, the newest month; each month's claims; each edition."""
    yield from _plan_site()
    for month in index.keys("month"):
        yield from plan_month(month)
    for day in index.keys("day"):
        yield plan_day(day)


def _plan_site() -> Iterator[tuple[str, str]]:
    yield "", ADDRESS
    yield "index", f"{ADDRESS}index.json"
    for name in SCHEMAS:
        yield f"schema:{name}", f"{ADDRESS}{name}.schema.json"
    for format_ in FORMATS:
        yield f"newest:{format_}", f"{ADDRESS}claims.{format_}"


def plan_month(month: str) -> Iterator[tuple[str, str]]:
    """A month's claims ("2025-07")."""
    for format_ in FORMATS:
        yield f"claims:{month}:{format_}", _claims(month, format_)


def plan_day(day: str) -> tuple[str, str]:
    """An edition ("2025-07-01")."""
    return f"edition:{day}", f"{day.replace('-', '/')}/index.json"


def _claims(month: str, format_: str) -> str:
    return f"{ADDRESS}claims/{month}.{format_}"


def month_keys(index: Index, month: str) -> Iterator[str]:
    """The keys of the files that show something of the claims that a month's articles define."""
    yield from (key for key, _ in plan_month(month))
    if month >= max(index.keys("month"), default=""):
        yield from (f"newest:{format_}" for format_ in FORMATS)


def reads(key: str) -> tuple[str, ...]:
    """Of an edition its day, and which days there are; of claims a month's articles, and where each claim stands."""
    kind, _, about = key.partition(":")
    if kind == "edition":
        return (f"day:{about}", "day:*")
    if kind == "claims":
        return (f"month:{about.partition(':')[0]}", "claim:*")
    return () if kind == "schema" else ("month:*", "claim:*") if kind == "newest" else ("month:*", "day:*")


def view(composer: Composer, key: str) -> Sheet:
    """One of the files, or the page (""): "edition:2025-07-01", "claims:2025-07:csv", "newest:csv", "schema:claim",
    "index"."""
    kind, _, about = key.partition(":")
    if not kind:
        return _page(composer)
    if kind == "edition":
        data: object = edition_data(
            compose_edition(composer, about, composer.index.settings.url), composer.index.settings
        )
        return _file(about, as_document(data))
    if kind == "schema":
        return _file(about, as_document(_identified(composer, about)))
    if kind == "index":
        return _file("index", as_document(_catalogue(composer)))
    if kind == "newest":
        about = f"{max(composer.index.keys('month'), default='')}:{about}"
    month, _, format_ = about.partition(":")
    rows = composer.lately(_month_rows, month)
    return _file(month, as_csv(rows, ClaimRow) if format_ == "csv" else as_jsonl(rows))


def _month_rows(composer: Composer, month: str) -> list[ClaimRow]:
    return rows_of(composer, f"month:{month}")


def _file(title: str, text: str) -> Sheet:
    return Sheet(title, "", (), Document(text), listed=False)


def _page(composer: Composer) -> Sheet:
    index, _ = composer.index, composer.tongue.gettext
    days = index.keys("day")
    months = tuple(
        DataMonth(
            Link(composer.tongue.month(date.fromisoformat(f"{month}-01")), f"{month.replace('-', '/')}/"),
            _claims(month, "csv"),
            _claims(month, "jsonl"),
        )
        for month in reversed(index.keys("month"))
    )
    newest = composer.day(date.fromisoformat(days[-1])) if days else None
    description = _("Every edition and every claim as files for spreadsheets, databases and programs.")
    made = DataView(months, newest, plan_day(days[-1])[1] if days else "")
    return Sheet(_("Data"), description, (), made)


def _identified(composer: Composer, name: str) -> dict[str, object]:
    """A schema with its own address, where the digest has a url."""
    url = composer.index.settings.url
    return ({"$id": f"{url}{ADDRESS}{name}.schema.json"} if url else {}) | SCHEMAS[name]()


def _catalogue(composer: Composer) -> dict[str, object]:
    """Which files there are, for programs."""
    index, url = composer.index, composer.index.settings.url
    days = index.keys("day")
    newest = f"{url}{plan_day(days[-1])[1]}" if days else None
    return {
        "title": index.settings.title,
        "url": url,
        "schemas": {name: f"{url}{ADDRESS}{name}.schema.json" for name in SCHEMAS},
        "claims": [
            {"month": month, **{format_: f"{url}{_claims(month, format_)}" for format_ in FORMATS}}
            for month in index.keys("month")
        ],
        "editions": f"{url}{{year}}/{{month}}/{{day}}/index.json",
        "newest": newest,
    }


FAMILY = Family("data", "data.html", plan, reads, view)
