"""What only all articles together show: names that stand twice, and claims and sources that lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from digest.content.articles import Parsed, ParsedNote
from digest.content.claims import merged, one_off_conflict
from digest.content.suggest import Names
from digest.model import Claim, Registry, Source
from digest.problems import Location, Problem, Severity


def cross_problems(parsed: Sequence[Parsed], notes: Sequence[ParsedNote], sources: Collection[str]) -> list[Problem]:
    """All problems between articles, which are sorted by path; `sources` are the ids of the registry."""
    return [
        *_same_ids(parsed),
        *_same_addresses(parsed),
        *_claims(parsed, notes),
        *_derived(parsed, sources),
        *_notes(notes),
        *_one_off_conflicts(parsed),
    ]


def with_one_offs(registry: Registry, parsed: Iterable[Parsed]) -> Registry:
    """The registry and all sources that articles describe in place."""
    sources = dict(registry.sources)
    for article in parsed:
        for id_, source in article.one_offs.items():
            sources[id_] = merged(sources[id_], source) if id_ in sources else source
    return Registry(registry.parties, sources)


def _same_ids(parsed: Iterable[Parsed]) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    for article in (p.article for p in parsed):
        if article is None:
            continue
        at = first.setdefault(article.id, article.at)
        if at != article.at:
            message = f"two articles have the id “{article.id}”"
            yield Problem("D502", message, article.at, hint="give one of them another id:", also=(at,))


def _same_addresses(parsed: Sequence[Parsed]) -> Iterator[Problem]:
    first = {p.article.address: p.article.at for p in parsed if p.article}
    for one in parsed:
        own = one.article.address if one.article else ""
        for alias, at in one.alias_at.items():
            address = alias.strip("/").removesuffix("index.html").strip("/") + "/"
            taken = first.setdefault(address, at)
            if taken != at:
                message = f"the old address “{alias}” leads to two articles"
                if address == own:
                    message = f"“{alias}” is this article's address, not an old one"
                yield Problem("D505", message, at, hint="keep it with one of them", also=(taken,))


class _Definitions:
    """Which claims are defined, where, and by a published article or not."""

    def __init__(self, parsed: Iterable[Parsed]) -> None:
        self.claims: dict[str, Claim] = {}
        self.published: set[str] = set()
        self.maybe: set[str] = set()
        self.twice: list[Problem] = []
        self._names: Names | None = None
        for one in parsed:
            self.maybe |= one.maybe_claims
            for claim in one.claims:
                if claim.defines:
                    self._add(claim, published=_published(one))

    def _add(self, claim: Claim, *, published: bool) -> None:
        first = self.claims.setdefault(claim.id, claim)
        if published:
            self.published.add(claim.id)
        if first.at != claim.at:
            hint = "keep the text in one article; in the others the id and their statements are enough"
            message = f"the claim “{claim.id}” is defined twice"
            self.twice.append(Problem("D401", message, claim.at, hint=hint, also=(first.at,)))

    def check(self, id_: str, at: Location, code: str, *, published: bool) -> Iterator[Problem]:
        """What is wrong with naming a claim at a place."""
        if id_ in self.claims:
            if published and id_ not in self.published:
                hint = "publish that article, or give the claim's text here"
                message = f"the claim “{id_}” is defined in a draft only, or in an article that is gone"
                yield Problem("D404", message, at, hint=hint, also=(self.claims[id_].at,))
        elif id_ not in self.maybe:
            self._names = self._names or Names({known: known for known in self.claims})
            hint = self._names.meant(id_) or "add a text: to define it here"
            yield Problem(code, f"no article defines the claim “{id_}”", at, hint=hint)


def _claims(parsed: Sequence[Parsed], notes: Sequence[ParsedNote]) -> Iterator[Problem]:
    definitions = _Definitions(parsed)
    yield from definitions.twice
    dependencies = {id_: at for one in parsed for id_, at in one.dependency_at.items()}
    for one in parsed:
        published = _published(one)
        for claim in one.claims:
            if not claim.defines:
                yield from definitions.check(claim.id, claim.at, "D402", published=published)
            if claim.depends_on:
                at = dependencies.get(claim.id, claim.at)
                yield from definitions.check(claim.depends_on, at, "D406", published=published)
    for note in notes:
        for id_, at in note.claim_words:
            yield from definitions.check(id_, at, "D402", published=True)
    yield from _circles(definitions.claims, dependencies)


def _published(one: Parsed) -> bool:
    return one.article is not None and not one.article.withheld


def _circles(defined: dict[str, Claim], places: dict[str, Location]) -> Iterator[Problem]:
    done: set[str] = set()
    for start in sorted(defined):
        way: list[str] = []
        step = start
        while step in defined and step not in done:
            done.add(step)
            way.append(step)
            step = defined[step].depends_on
        if step in way:
            circle = way[way.index(step) :]
            first = min(circle)
            turned = circle[circle.index(first) :] + circle[: circle.index(first)]
            at = [places.get(id_, defined[id_].at) for id_ in turned]
            message = f"claims that depend on one another in a circle: {' → '.join([*turned, first])}"
            yield Problem("D407", message, at[0], hint="delete one depends_on", also=tuple(at[1:]))


def _derived(parsed: Sequence[Parsed], sources: Collection[str]) -> Iterator[Problem]:
    speakers: dict[str, set[str]] = {}
    unsure = {id_ for one in parsed for id_ in one.maybe_claims}
    for one in parsed:
        for claim in one.claims:
            speakers.setdefault(claim.id, set()).update(statement.by for statement in claim.statements)
    for one in parsed:
        for claim in one.claims:
            for statement in claim.statements:
                for id_ in statement.derived_from:
                    known = id_ in sources or id_ in one.one_offs
                    if known and id_ not in speakers[claim.id] and claim.id not in unsure:
                        message = f"“{id_}” has no statement on the claim “{claim.id}”, so nothing derives from it"
                        hint = f"add a statement by: {id_}"
                        yield Problem("D411", message, statement.at, Severity.WARNING, hint)


def _notes(notes: Iterable[ParsedNote]) -> Iterator[Problem]:
    first: dict[object, Location] = {}
    for note in notes:
        at = first.setdefault(note.note.day, note.at)
        if at != note.at:
            message = f"two notes for the edition of {note.note.day}"
            yield Problem("D214", message, note.at, hint="keep one of them", also=(at,))


def _one_off_conflicts(parsed: Iterable[Parsed]) -> Iterator[Problem]:
    first: dict[str, tuple[Source, Location]] = {}
    for one in parsed:
        for id_, source in one.one_offs.items():
            earlier, at = first.setdefault(id_, (source, one.one_off_at[id_]))
            conflict = one_off_conflict(earlier, source)
            if conflict:
                hint = "describe it alike everywhere, or add it to content/sources.yaml"
                yield Problem("D306", conflict, one.one_off_at[id_], hint=hint, also=(at,))
            else:
                first[id_] = merged(earlier, source), at
