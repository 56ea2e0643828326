"""A post of any generator as an item: which of its keys have a place in an article, and what is said of those that have
none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from digest.content.text import LANGUAGE, LONGEST
from digest.importing.generators.body import not_brought, portable
from digest.importing.items import Item
from digest.importing.markdown import clean, one_line
from digest.importing.raw import Known

_TITLE = ("title",)
DATE = ("date", "publishdate", "published", "created")
_UPDATED = ("lastmod", "last_modified_at", "modified", "updated")
_SUMMARY = ("summary", "description", "excerpt", "subtitle")
_AUTHORS = ("authors", "author", "byline")
_LANGUAGE = ("lang", "language", "locale")
_TAXA = ("topics", "tags", "tag", "categories", "category", "keywords", "regions", "locations")
_OLD = ("aliases", "redirect_from", "url", "permalink", "save_as", "old_urls")
_PICTURES = ("image", "images", "featured_image", "featureimage", "cover", "thumbnail", "banner", "teaser", "header")
_STATE = ("draft", "status", "published", "state")
_WORDS = frozenset({*_TITLE, *DATE, *_UPDATED, *_SUMMARY, *_AUTHORS, *_LANGUAGE, *_TAXA, *_OLD, *_STATE, "slug"})
"""Keys whose values are words: a mapping in their place is none."""
_PICTURE_NAME = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)\b", re.IGNORECASE)
_ALIAS = re.compile(r"/(?:[^\s/?#\\<>\"]+/)*[^\s/?#\\<>\"]+/?")
_ALIAS_STEPS = 10
_CODE = re.compile(r"[A-Za-z]{2,3}|\d{3}")
"""Tags of this form would be taken for codes of countries."""
_CODES_MEANT = frozenset({"UK", "USA", "UAE", "EU"})


@dataclass(frozen=True, slots=True)
class Post:
    """A post: the file that it is from, its keys in small letters with their values, its text in Markdown, the address
    that it had ("" where unknown), and what could not be read of it."""

    origin: str
    generator: str
    fields: Mapping[str, Any]
    body: str
    address: str = ""
    name: str = ""
    notes: tuple[str, ...] = ()


def post_item(post: Post, known: Known) -> Item:
    """The item of a post; its review notes say what had no place."""
    fields = post.fields
    topics, regions, homeless = _taxa(_words(fields, _TAXA), known)
    when, doubt = moment(_first(fields, DATE))
    updated, _ = moment(_first(fields, _UPDATED))
    body, changed = portable(clean(post.body))
    old, bad = _aliases([*_words(fields, _OLD), post.address])
    lang = _first(fields, _LANGUAGE).replace("_", "-")
    notes = [*post.notes, *changed, *map(not_brought, _addresses(fields, _PICTURES))]
    if homeless:
        notes.append(f"Tags that are neither a topic nor a region: {', '.join(homeless)}")
    if bad:
        notes.append(f"Old addresses that cannot be aliases: {', '.join(bad)}")
    if doubt:
        notes.append(f"The date “{doubt}” could not be read")
    state = {key: str(fields[key]).casefold() for key in _STATE if key in fields}
    if (
        state.get("draft") == "true"
        or state.get("published") == "false"
        or state.get("status") in {"draft", "hidden", "private", "pending"}
    ):
        notes.append(f"It was no published post in {post.generator}")
    unplaced = sorted(key for key, value in fields.items() if not _has_place(key, value))
    if unplaced:
        notes.append(f"Keys that have no place in an article: {', '.join(unplaced)}")
    title = one_line(_first(fields, _TITLE)) or post.name.replace("-", " ").strip().capitalize() or "Untitled"
    return Item(
        origin=f"{post.generator}: {post.origin}",
        title=title,
        text=body,
        key=f"{post.generator}:{post.address or post.origin}",
        when=when or doubt,
        summary=one_line(_first(fields, _SUMMARY)),
        markdown=True,
        extra=(
            ("slug", (str(fields.get("slug") or post.name),)),
            ("topics", topics),
            ("regions", regions),
            ("aliases", old),
            ("authors", tuple(_words(fields, _AUTHORS))),
            ("lang", (lang,) if LANGUAGE.fullmatch(lang) else ()),
            ("updated", (updated,) if _follows(updated, when) else ()),
        ),
        notes=tuple(notes),
    )


def _has_place(key: str, value: Any) -> bool:
    return key in _PICTURES or (key in _WORDS and not isinstance(value, dict))


def moment(text: str) -> tuple[str, str]:
    """A date as front matter has it, and the text where it cannot be read ("" where it can, or is empty)."""
    plain = " ".join(text.split())
    if not plain:
        return "", ""
    tight = re.sub(r" ([+-]\d{2}:?\d{2}|UTC|Z)$", lambda m: m[1].replace("UTC", "Z"), plain)
    for form in (tight, plain):
        try:
            return (form if len(form) == 10 else datetime.fromisoformat(form).isoformat(timespec="minutes")), _bad_day(
                form
            )
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(plain).isoformat(timespec="minutes"), ""
    except (ValueError, TypeError):
        return "", plain


def _bad_day(form: str) -> str:
    date.fromisoformat(form[:10])
    return ""


def _follows(updated: str, when: str) -> bool:
    """Whether one moment can be compared with the other, and comes after it."""
    same = len(updated) == len(when) or (len(when) == 10) or (len(updated) == 10)
    return bool(updated) and same and updated > when and updated[:10] >= when[:10]


def _first(fields: Mapping[str, Any], keys: Iterable[str]) -> str:
    value = next((fields[key] for key in keys if fields.get(key) not in (None, "", [])), "")
    return str(value[0]) if isinstance(value, list) else str(value) if not isinstance(value, dict) else ""


def _addresses(fields: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """The texts in the values of some keys that look like the address of a picture, however deep."""
    for key in keys:
        waiting = [fields.get(key)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict | list):
                waiting += value.values() if isinstance(value, dict) else value
            elif isinstance(value, str) and _PICTURE_NAME.search(value):
                yield value


def _words(fields: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = fields.get(key)
        parts = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
        found += [one_line(str(part.get("name", "") if isinstance(part, dict) else part)) for part in parts]
    return [word for word in dict.fromkeys(found) if word and word != "None"]


def _taxa(words: list[str], known: Known) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    topics, regions, homeless = [], [], []
    for word in words:
        if _CODE.fullmatch(word) and word not in _CODES_MEANT:
            homeless.append(word)
        elif known.is_topic(word):
            topics.append(word)
        elif known.is_region(word):
            regions.append(word)
        else:
            homeless.append(word)
    return tuple(topics), tuple(regions), homeless


def _aliases(addresses: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    good: list[str] = []
    bad: list[str] = []
    for address in dict.fromkeys(a for a in addresses if a):
        path = re.sub(r"^https?://[^/]+", "", address)
        path = path if path.startswith("/") else f"/{path}"
        steps = path.strip("/").split("/")
        fits = (
            _ALIAS.fullmatch(path)
            and len(steps) <= _ALIAS_STEPS
            and not any(len(s) > LONGEST or s in {".", ".."} for s in steps)
        )
        (good if fits else bad).append(path)
    return tuple(dict.fromkeys(good)), bad
