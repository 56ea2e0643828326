"""The addresses that posts had: what a site's settings say of them, else what its generator does by default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from slugify import slugify

from digest.importing.generators.posts import DATE, moment

JEKYLL_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's names of patterns, https://jekyllrb.com/docs/permalinks/."""
_DEFAULTS = {"hugo": "/:sections/:slugorcontentbasename/", "jekyll": "date", "pelican": "{slug}.html"}
_TOKEN = re.compile(r":([a-z_]+)(\[)?")
_BRACES = re.compile(r"\{([a-z_]+)(?::%([YmdHMS]))?\}")
_TELLING = re.compile(r"[:{](?:slug|title|filename|contentbasename|name)")
"""What tells one post from another: without any, all posts would have one address."""
_LONGEST = 100
_NO_WORD = re.compile(r"[^\w\s.~+@-]+")


@dataclass(frozen=True, slots=True)
class Permalinks:
    """How a site forms addresses: by section (Hugo), for all posts (""), and for Pelican's pages ("pages").

    `lower` is whether Hugo writes paths in small letters, `ugly` whether they end in .html; `unclear` says why nobody
    can tell the site's addresses.
    """

    patterns: Mapping[str, str] = field(default_factory=dict)
    lower: bool = True
    ugly: bool = False
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A post's name, the address that it had ("" where that cannot be told), and a note where it cannot."""

    name: str
    path: str = ""
    notes: tuple[str, ...] = ()


def address_of(generator: str, origin: PurePosixPath, fields: Mapping[str, Any], links: Permalinks) -> Address:
    """The name of a post and the address that it had; `origin` is the place of its file in the site's content."""
    dated = JEKYLL_NAME.fullmatch(origin.stem) if generator == "jekyll" else None
    base = origin.parent.name if origin.stem == "index" and origin.parent.name else origin.stem
    name = str(fields.get("slug") or "") or (dated[4] if dated else base)
    address = Address(name)
    if generator == "hugo" and fields.get("url"):
        return address
    if generator == "jekyll" and not dated:
        return address
    pattern = _pattern(generator, origin, fields, links)
    if generator == "jekyll" and fields.get("permalink") and not _TOKEN.search(pattern):
        return address
    values = _values(generator, origin, fields, base)
    path = "" if links.unclear or not _TELLING.search(pattern) else _filled(pattern, values)
    if not path:
        why = links.unclear or f"the site's permalinks are “{pattern[:_LONGEST]}”"
        return replace(address, notes=(f"Old address unknown: {why}",))
    if generator == "hugo":
        path = (path.rstrip("/") + ".html" if links.ugly else path).replace(" ", "-")
        path = path.lower() if links.lower else path
    return replace(address, path=path)


def is_pattern(permalink: object) -> bool:
    """Whether a post's own permalink (Jekyll) is a pattern, and no address."""
    return str(permalink) in _STYLES or bool(_TOKEN.search(str(permalink)))


def _pattern(generator: str, origin: PurePosixPath, fields: Mapping[str, Any], links: Permalinks) -> str:
    default = _DEFAULTS[generator]
    if generator == "jekyll":
        pattern = str(fields.get("permalink") or links.patterns.get("", default))
        return _STYLES.get(pattern, pattern)
    section = origin.parts[0] if len(origin.parts) > 1 else ""
    if generator == "pelican" and section == "pages":
        return links.patterns.get("pages", "pages/{slug}.html")
    return links.patterns.get(section.casefold() if generator == "hugo" else "", default)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """The address of a pattern; "" where it asks for something that nobody knows."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        name = f"date_{match[2]}" if match.re is _BRACES and match[2] else match[1]
        found = values.get(name, "")
        missing = missing or (not found and name not in {"categories", "sections"}) or match[2] == "["
        return found

    path = _BRACES.sub(value, _TOKEN.sub(value, pattern))
    return "" if missing or set("{:").intersection(path) else "/" + re.sub(r"/{2,}", "/", path).lstrip("/")


def _values(generator: str, origin: PurePosixPath, fields: Mapping[str, Any], base: str) -> dict[str, str]:
    """What may stand in a pattern, by name."""
    slug, title = str(fields.get("slug") or ""), str(fields.get("title") or "")
    when, _ = moment(str(next((fields[key] for key in DATE if fields.get(key)), "")))
    year, month, day = when[:4], when[5:7], when[8:10]
    values = {"year": year, "month": month, "day": day, "date_Y": year, "date_m": month, "date_d": day}
    if generator == "hugo":
        sections = (origin.parent.parent if origin.stem == "index" else origin.parent).parts
        titled = "-".join(_NO_WORD.sub("", title).split())
        return values | {
            "section": sections[0] if sections else "",
            "sections": "/".join(sections),
            "title": titled,
            "slug": slug or titled,
            **dict.fromkeys(("filename", "contentbasename"), base),
            **dict.fromkeys(("slugorfilename", "slugorcontentbasename"), slug or base),
        }
    category = fields.get("categories") or fields.get("category") or []
    listed = [str(one) for one in category] if isinstance(category, list) else str(category).split()
    if generator == "pelican":
        category = str(fields.get("category") or origin.parent.name)
        return values | {
            "slug": slug or slugify(title),
            "category": slugify(category),
            "lang": str(fields.get("lang", "")),
        }
    dated = JEKYLL_NAME.fullmatch(origin.stem)
    named = slug or (dated[4] if dated else base)
    return values | {
        "categories": "/".join(one.casefold().replace(" ", "-") for one in listed),
        "i_month": month.lstrip("0"),
        "i_day": day.lstrip("0"),
        "short_year": year[2:],
        "title": named,
        "slug": slugify(named),
        "output_ext": ".html",
    }
