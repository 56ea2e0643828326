"""Which addresses are gone for good, and why: as digest.yaml says, as articles say of themselves, and what goes with
those whose time is over."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase

from digest.build.packed import whole
from digest.model import Article
from digest.pages.mail import FORMS
from digest.problems import Location, Problem, Severity

SETTINGS = "digest.yaml"


def fits(address: str, patterns: Collection[str]) -> bool:
    """Whether an address is one of these, or the page that its file lies beside; * stands for anything."""
    return any(fnmatchcase(one, pattern) for pattern in patterns for one in {address, page_beside(address)})


def page_beside(address: str) -> str:
    """The page that an address goes with, for most pages themselves: a feed, a letter or a card goes where the page in
    its folder goes, the data of a month where the month goes."""
    if month := _MONTH.fullmatch(address):
        return f"/{month[1]}/{month[2]}/"
    own = is_page(address) and not address.endswith(f"/{FORMS['html']}")
    return address if own else address[: address.rindex("/") + 1]


_MONTH = re.compile(r"/data/claims/(\d{4})-(\d\d)\.\w+")


def is_page(address: str) -> bool:
    """Whether a page in HTML can stand at an address; at that of a feed none can."""
    return address.endswith(("/", ".html"))


@dataclass(frozen=True, slots=True)
class Gone:
    """`listed` is what digest.yaml says: patterns of addresses, each with a reason. `articles` are those that say it of
    themselves."""

    listed: Mapping[str, str]
    articles: tuple[Article, ...]

    @property
    def addresses(self) -> set[str]:
        """The addresses of pages that say so whether they were published or not: those that are named in full."""
        named = {address for address in self.listed if "*" not in address}
        own = {address for one in self.articles for address in (f"/{one.address}", *one.aliases)}
        return {address for address in named | own if is_page(address)}

    def reason(self, address: str, article: str = "") -> str:
        """Why nothing stands at an address, which belonged to an article ("" for none); "" where nobody says it."""
        for named in (address, page_beside(address)):
            if named in self.listed:
                return self.listed[named]
        for one in self.articles:
            if one.id == article or address in (f"/{one.address}", *one.aliases):
                return one.gone
        found = (reason for pattern, reason in self.listed.items() if fnmatchcase(address, pattern))
        with_it = (one.gone for one in self.articles if fits(address, tuple(went_with(one))))
        return next(found, "") or next(with_it, "")

    def idle(self, there: Collection[str]) -> Iterator[Problem]:
        """A warning for each listed address at which a page stands."""
        for address in sorted(self.listed):
            if address in there:
                message = f"{address} is said to be gone, but a page stands there"
                hint = "take the line out of `gone:`, or the page away"
                yield Problem("D508", message, Location(SETTINGS), Severity.WARNING, hint)


def gone_of(db: sqlite3.Connection, listed: Mapping[str, str]) -> Gone:
    """What is gone, by digest.yaml and by the articles in the store."""
    query = "SELECT main, rest FROM inputs JOIN contents USING (num) WHERE kind = 'article' AND draft ORDER BY path"
    found = [whole(main, rest).article for main, rest in db.execute(query)]
    return Gone(listed, tuple(article for article in found if article is not None and article.gone))


def expired(db: sqlite3.Connection, clock: datetime) -> tuple[str, ...]:
    """Addresses, as patterns, that go with articles whose `expires` has come, which was said before."""
    query = (
        "SELECT main, rest FROM inputs JOIN contents USING (num) WHERE kind = 'article' AND ends <> '' AND ends <= ?"
    )
    found: set[str] = set()
    for main, rest in db.execute(query, (clock.isoformat(),)):
        article = whole(main, rest).article
        if article is not None:
            found |= set(went_with(article))
    return tuple(found)


def went_with(article: Article) -> Iterator[str]:
    """The pages, as patterns, that an article may have been the last reason for."""
    year, month, day = article.day.isoformat().split("-")
    yield from (f"/{article.address}", f"/{year}/", f"/{year}/{month}/", f"/{year}/{month}/{day}/")
    yield from article.aliases
    yield from (f"/claims/{claim.id}/" for claim in article.claims)
    yield from (f"/sources/{name}/" for c in article.claims for s in c.statements for name in (s.by, *s.via))
    if article.thread:
        yield f"/threads/{article.thread}/"
    yield from ("/regions/*", "/topics/*") if article.regions or article.topics else ()
