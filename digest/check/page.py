"""What one page of a site holds as far as it can be wrong: references, ids, pictures, words for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree

from digest.check.linked_data import json_ld_faults
from digest.frozen import Frozen

_HOST = "https://site.invalid"
_LEADING = {"a": "href", "area": "href", "form": "action"}
_SHOWN = {
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
}
_NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_ABSOLUTE = ("og:url", "og:image", "twitter:image")
TITLE = 200
"""Characters of a title beyond which it is no title; search engines cut far earlier, at a word."""
DESCRIPTION = 500
"""Characters of a description beyond which it is none; search engines show some 160 to 320 of them."""


class Target(Frozen, frozen=True):
    """Where a reference leads: a file of the site and an id in it ("" for none), on which line of the page it stands;
    `written` is the reference itself, `shown` says whether the page needs the file to be shown."""

    file: str
    fragment: str
    line: int
    written: str
    shown: bool


class Fault(Frozen, frozen=True):
    """Something wrong on one page: the problem's code, words, the line, and what the page has written there."""

    code: str
    message: str
    line: int
    hint: str = ""
    written: str = ""


class Facts(Frozen, frozen=True):
    """A page as it was found: `external` are addresses elsewhere with their lines."""

    name: str
    ids: frozenset[str]
    targets: tuple[Target, ...]
    external: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]


def read_page(name: str, data: bytes, url: str, base_path: str) -> Facts:
    """The facts of a page, from its file's name in the site and its bytes; `url` is the site's, "" if it has none."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True)) if data.strip() else None
    if root is None:
        return Facts(name, frozenset(), (), (), (Fault("D828", "the page is empty", 0),))
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    ids: set[str] = set()
    faults: list[Fault] = []
    for element in elements:
        id_ = element.get("id")
        if id_ is not None and id_ in ids:
            faults.append(Fault("D823", f"the id “{id_}” stands twice", element.sourceline or 0))
        if id_ is not None:
            ids.add(id_)
    place = _Place(name, url, base_path)
    targets: dict[tuple[str, str], Target] = {}
    external: dict[str, int] = {}
    for element, written, shown in _references(elements, url):
        line = element.sourceline or 0
        found = place.leads_to(written, line, shown=shown)
        if isinstance(found, Target):
            targets.setdefault((found.file, found.fragment), found)
        elif isinstance(found, Fault):
            faults.append(found)
        elif found:
            external.setdefault(found, line)
    faults += _pictures(elements)
    faults += _data(elements)
    faults += _words(name, root)
    return Facts(name, frozenset(ids), tuple(targets.values()), tuple(external.items()), tuple(faults))


def _references(elements: list[etree._Element], url: str) -> Iterator[tuple[etree._Element, str, bool]]:
    """Element, reference, and whether it is of something that the page shows."""
    for element in elements:
        tag = str(element.tag)
        if tag in _LEADING and element.get(_LEADING[tag]):
            yield element, element.get(_LEADING[tag], ""), False
        if tag in _SHOWN and element.get(_SHOWN[tag]):
            yield element, element.get(_SHOWN[tag], ""), not _points(element)
        if element.get("srcset"):
            for part in element.get("srcset", "").split(", "):
                yield element, part.split()[0], True
        if tag == "use":
            yield element, element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or "", True
        for name in _NAMING:
            yield from ((element, f"#{id_}", False) for id_ in (element.get(name) or "").split())
        if tag == "meta" and (element.get("property") or element.get("name")) in _ABSOLUTE:
            content = element.get("content", "")
            if url and content.startswith(url):
                yield element, content, element.get("property") != "og:url"


def _points(element: etree._Element) -> bool:
    """Whether a <link> only says where something is."""
    rel = (element.get("rel") or "").split()
    return element.tag == "link" and not {"stylesheet", "icon", "preload", "modulepreload", "manifest"} & set(rel)


class _Place:
    """From a page's references to files of the site."""

    def __init__(self, name: str, url: str, base_path: str) -> None:
        self._name = name
        self._url = url
        self._base = base_path
        self._here = _HOST + base_path + name.removesuffix("index.html")

    def leads_to(self, written: str, line: int, *, shown: bool) -> Target | Fault | str:
        """The file of the site, what is wrong with the reference, or the address elsewhere ("" for none that can be
        asked)."""
        written = written.strip()
        inside = (
            _HOST + self._base + written[len(self._url) :] if self._url and written.startswith(self._url) else written
        )
        try:
            full, fragment = urldefrag(urljoin(self._here, inside))
            parts = urlsplit(full)
        except ValueError:
            return Fault("D820", f"“{written}” is not an address", line, written=written)
        if not full.startswith(f"{_HOST}/"):
            return written if parts.scheme in ("http", "https") else ""
        path = unquote(parts.path)
        if not path.startswith(self._base):
            message = f"the link “{written}” leads out of the site"
            return Fault("D824", message, line, "write addresses from the digest’s root: [words](/labels/)", written)
        return Target(file_at(path.removeprefix(self._base)), unquote(fragment), line, written, shown)


def file_at(address: str) -> str:
    """The file behind an address."""
    return address + "index.html" if not address or address.endswith("/") else address


def _pictures(elements: list[etree._Element]) -> Iterator[Fault]:
    for element in elements:
        if element.tag == "img" and element.get("alt") is None:
            hint = 'say what it shows: ![a map of the front](map.png); alt="" only for ornaments'
            yield Fault(
                "D825",
                f"the picture “{element.get('src')}” has no text for those who do not see it",
                line_of(element),
                hint,
            )


def line_of(element: etree._Element) -> int:
    """The element's line in its file."""
    return int(element.sourceline or 0)


def _data(elements: list[etree._Element]) -> Iterator[Fault]:
    for element in elements:
        if element.tag == "script" and element.get("type") == "application/ld+json":
            for message in json_ld_faults(element.text or ""):
                yield Fault("D826", f"JSON-LD: {message}", line_of(element))


def _words(name: str, root: etree._Element) -> Iterator[Fault]:
    """Title and description of a page that search engines may list."""
    robots = " ".join(str(value) for value in root.xpath("//meta[@name='robots']/@content"))
    if root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']"):
        return
    title = "".join(str(t) for t in root.xpath("//head/title/text()")).strip()
    if not title:
        yield Fault("D829", "the page has no title", 0)
    elif len(title) > TITLE:
        yield Fault(
            "D829", f"the title has {len(title)} characters; at most {TITLE} are shown anywhere", 0, "shorten it"
        )
    if "noindex" in robots or not name.endswith("index.html"):
        return
    found = [str(c).strip() for c in root.xpath("//meta[@name='description']/@content")]
    if not found or not found[0]:
        yield Fault(
            "D830", "the page has no description", 0, "add a summary: to the article, or description: to digest.yaml"
        )
    elif len(found[0]) > DESCRIPTION:
        message = f"the description has {len(found[0])} characters; at most {DESCRIPTION} are of use"
        yield Fault("D830", message, 0, "shorten the summary")
