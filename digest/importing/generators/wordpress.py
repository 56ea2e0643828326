"""WordPress export files (WXR)."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from digest.importing.confined import RefusedError
from digest.importing.generators.posts import Post
from digest.importing.markup import sound_xml
from digest.importing.raw import Known
from digest.problems import Problem

_MOST_POSTS = 20_000
_BLOCK = re.compile(r"<!-- /?wp:.*?-->", re.DOTALL)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|video|audio|playlist|contact-form|su_\w+|vc_\w+)\b[^\]]{0,500}\]"
)
_TYPES = frozenset({"post", "page"})


def wordpress_posts(origin: str, data: bytes, known: Known) -> tuple[list[Post], list[Problem]]:
    """The posts and pages of an export file. Pictures, comments, menus and revisions have no place."""
    entries, problems = known.confined("wordpress", origin, data, seconds=120)
    return [
        Post(
            f"{origin} ({entry['id']})",
            "wordpress",
            entry["fields"],
            entry["body"],
            entry["address"],
            entry["name"],
            tuple(entry["notes"]),
        )
        for entry in entries
    ], problems


def read_export(data: bytes) -> list[dict[str, Any]]:
    """The posts of an export as plain data. Raises RefusedError where the bytes are none."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 (an extra)
    from defusedxml.ElementTree import ParseError, iterparse  # noqa: PLC0415

    try:
        found, other = _items(iterparse(io.BytesIO(sound_xml(data)), forbid_dtd=True))
    except ParseError as error:
        raise RefusedError(f"this is no whole XML file: {error}") from error
    except DefusedXmlException as error:
        raise RefusedError("the XML holds a document type, which no export has: it is refused") from error
    if not found and not other:
        raise RefusedError("this is no WordPress export: it holds no item with a type")
    if found and other:
        listed = ", ".join(f"{n} {kind}" for kind, n in sorted(other.items()))
        found[0]["notes"].append(f"Of the whole export, these have no place: {listed}")
    return found


def _items(events: Iterable[tuple[str, Any]]) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The posts and pages, and how many items there are of each other type."""
    found: list[dict[str, Any]] = []
    other: Counter[str] = Counter()
    names: dict[str, str] = {}
    for _, element in events:
        if _name(element) == "author" and (name := _text(element, "author_display_name")):
            names[_text(element, "author_login")] = name
        if element.tag != "item":
            continue
        kind = _text(element, "post_type")
        if kind in _TYPES and _text(element, "status") not in {"trash", "auto-draft", "inherit"}:
            found.append(_entry(element, names))
        elif kind:
            other[kind] += 1
        element.clear()
        if len(found) >= _MOST_POSTS:
            break
    return found, other


def _entry(element: Any, names: Mapping[str, str]) -> dict[str, Any]:
    from digest.importing.generators.html import to_markdown  # noqa: PLC0415 (an extra)

    html = _BLOCK.sub("", _text(element, "encoded", "content"))
    codes = sorted(set(re.findall(r"\[(\w+)", " ".join(_SHORTCODE.findall(html)))))
    html = _SHORTCODE.sub("", html)
    if "<p" not in html:
        html = "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html))
    taxa = [(c.get("domain"), c.text or "") for c in element.iter() if _name(c) == "category"]
    comments = sum(_name(child) == "comment" for child in element)
    fields = {
        "title": _text(element, "title"),
        "date": _text(element, "post_date") if "0000" not in _text(element, "post_date") else "",
        "updated": _text(element, "post_modified") if "0000" not in _text(element, "post_modified") else "",
        "summary": to_markdown(_text(element, "encoded", "excerpt")),
        "author": names.get(_text(element, "creator"), _text(element, "creator")),
        "categories": [text for domain, text in taxa if domain == "category" and text != "Uncategorized"],
        "tags": [text for domain, text in taxa if domain == "post_tag"],
        "status": _text(element, "status"),
        "slug": _text(element, "post_name"),
    }
    notes = [f"Shortcodes taken out: {', '.join(codes)}"] if codes else []
    notes += [f"{comments} comments have no place"] if comments else []
    notes += ["It was protected with a password in wordpress"] if _text(element, "post_password") else []
    return {
        "id": _text(element, "post_id"),
        "fields": {key: value for key, value in fields.items() if value},
        "body": to_markdown(html),
        "address": _path(_text(element, "link")),
        "name": _text(element, "post_name"),
        "notes": notes,
    }


def _path(link: str) -> str:
    path = re.sub(r"^https?://[^/]+", "", link)
    return path if path.startswith("/") and "?" not in path and len(path) > 1 else ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str, space: str) -> Iterator[Any]:
    return (child for child in element if _name(child) == name and (not space or space in str(child.tag)))


def _text(element: Any, name: str, space: str = "") -> str:
    return next((str(child.text or "").strip() for child in _children(element, name, space)), "")
