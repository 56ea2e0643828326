"""What the tests look for in a page's HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_REFERENCES = {"href", "src", "poster", "action", "xlink:href"}


@dataclass(frozen=True)
class Element:
    """A start tag with its attributes; one without a value has the empty string."""

    tag: str
    attributes: dict[str, str]


@dataclass
class Markup(HTMLParser):
    """A page's elements, read from its file."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def read(cls, file: Path) -> Markup:
        """Parse the HTML in a file."""
        return cls.parse(file.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Markup:
        """Parse HTML."""
        markup = cls()
        markup.feed(text)
        markup.close()
        return markup

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    @property
    def ids(self) -> set[str]:
        """Every id that a link may lead to."""
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes}

    @property
    def references(self) -> list[str]:
        """Every URL that an element links to or loads, as it is written."""
        plain = [e.attributes[name] for e in self.elements for name in _REFERENCES & e.attributes.keys()]
        sets = [e.attributes["srcset"] for e in self.elements if "srcset" in e.attributes]
        return plain + [part.split()[0] for several in sets for part in several.split(",")]

    @property
    def stylesheets(self) -> list[str]:
        """The URLs of the page's stylesheets, as they are written."""
        links = [e.attributes for e in self.elements if e.tag == "link"]
        return [link["href"] for link in links if "stylesheet" in link.get("rel", "").split()]
