"""A catalogue: built-in shelves, with a digest's own entries over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from digest.content.catalogue.entry import Entry
from digest.content.catalogue.shelf import Row, Shelf
from digest.content.catalogue.slugs import distinct, slug_of, squeeze
from digest.content.catalogue.suggest import closest
from digest.model.taxa import Taxon, Taxonomy


class Catalogue:
    """Finds regions or topics by any word that names them, and knows their names, slugs and parents.

    Earlier shelves go before later ones (countries before subdivisions), and a later one is read only when the
    earlier ones do not have the answer. Slugs depend on the shelves and on the own entries, never on what a digest
    uses. Of two own entries for one taxon the last one counts.
    """

    def __init__(self, shelves: Sequence[Shelf], own: Sequence[Entry], *, codes_shown: bool) -> None:
        self._tiers = [_Tier(shelf, partial(self._taken_before, place)) for place, shelf in enumerate(shelves)]
        self._entries = tuple(own)
        self._codes_shown = codes_shown

    def find(self, word: str) -> str | None:
        """The id that a code, name or slug means, whatever its case, accents and punctuation.

        None if nothing has that name, or if several have it and none goes before the others.
        """
        word = word.strip()
        if id_ := self._exact(word) or self._coded(word):
            return id_
        key = squeeze(slug_of(word))
        return (self._own_words.get(key) or self._named(word)) if key else None

    def taxon(self, id: str) -> Taxon:  # noqa: A002 - the word of the model
        """The taxon of an id. A parent that nothing is known by counts as none. KeyError if the id is unknown."""
        entry, row = self._own.get(id), self._row(id)
        if entry is None and row is None:
            raise KeyError(id)
        parent = row.parent if row else ""
        if entry and entry.parent:
            parent = self.find(entry.parent) or ""
        return Taxon(id, self._name(id), self._slug(id), parent)

    def taxonomy(self, used: Iterable[str]) -> Taxonomy:
        """The taxa of some ids with all their ancestors, sorted by id. KeyError if an id is unknown."""
        taxa: dict[str, Taxon] = {}
        for used_id in used:
            id_ = used_id
            while id_ and id_ not in taxa:
                taxa[id_] = self.taxon(id_)
                id_ = taxa[id_].parent
        drawn = {id_: entry.shapes for id_, entry in self._own.items() if entry.shapes is not None}
        return Taxonomy({id_: taxa[id_] for id_ in sorted(taxa)}, drawn)

    def nearest(self, word: str, n: int = 3) -> list[str]:
        """Up to `n` taxa that a word may have been meant for, the likeliest first, as an editor would write them."""
        slug, known = slug_of(word), self._names
        if self._codes_shown and (shelf := next((t.shelf for t in self._tiers if t.shelf.as_code(word)), None)):
            known = {id_.lower(): (id_,) for id_ in shelf.rows}
        return [self._shown(id_) for id_ in closest(slug, known, n)]

    def listed(self) -> Iterator[tuple[str, str]]:
        """Every taxon as the shortest word that an editor would write for it, and its name; own ones first."""
        for id_ in dict.fromkeys((*self._own, *(id_ for tier in self._tiers for id_ in tier.shelf.rows))):
            yield id_ if self._codes_shown else self._slug(id_), self._name(id_)

    def _exact(self, word: str) -> str | None:
        """The first shelf's codes, and slugs as they stand: one that looks like a later code is still a slug."""
        first = self._tiers[0]
        return first.shelf.coded(word) or first.ids.get(word) or self._own_exact.get(word)

    def _coded(self, word: str) -> str | None:
        return next((id_ for tier in self._tiers if (id_ := tier.shelf.coded(word))), None)

    def _named(self, word: str) -> str | None:
        slug, spelt = slug_of(word), word.casefold()
        squeezed = squeeze(slug)
        for tier in self._tiers:
            found = tier.shelf.spelt.get(spelt) or tier.ids.get(slug) or tier.shelf.words.get(squeezed)
            if id_ := found or self._own_names.get(squeezed):
                return id_
        return None

    def _row(self, id_: str) -> Row | None:
        return next((row for tier in self._tiers if (row := tier.shelf.row(id_))), None)

    def _name(self, id_: str) -> str:
        if (entry := self._own.get(id_)) and entry.name:
            return entry.name
        if row := self._row(id_):
            return row.name
        return (id_[:1].upper() + id_[1:]).replace("-", " ")

    def _slug(self, id_: str) -> str:
        if slug := self._own_slugs.get(id_):
            return slug
        return next(tier.slugs[id_] for tier in self._tiers if tier.shelf.row(id_))

    def _shown(self, id_: str) -> str:
        return f"{id_} ({self._name(id_)})" if self._codes_shown else self._name(id_)

    @cached_property
    def _own(self) -> dict[str, Entry]:
        """Own entries by the built-in id that theirs means, or by their own."""
        return {self._built_in(entry.id) or entry.id: entry for entry in self._entries}

    def _built_in(self, word: str) -> str | None:
        """Codes mean all shelves' taxa; words only the first one's, so that a new id needs no search of the others."""
        first, slug = self._tiers[0].shelf, slug_of(word)
        return self._coded(word) or first.plain_ids.get(slug) or first.words.get(squeeze(slug))

    @cached_property
    def _new_ids(self) -> dict[str, str]:
        return {squeeze(slug_of(id_)): id_ for id_ in self._own if self._row(id_) is None}

    @cached_property
    def _chosen_slugs(self) -> dict[str, str]:
        """Slugs that own entries give, by id. They go before all built-in slugs, but not before ids and codes."""
        chosen = {id_: slug_of(entry.slug) for id_, entry in self._own.items() if slug_of(entry.slug)}
        codes = {id_.lower(): id_ for id_ in self._tiers[0].shelf.rows}
        return distinct(chosen, {}, codes | self._new_ids)

    @cached_property
    def _own_slugs(self) -> dict[str, str]:
        """Slugs that own entries give, and those of their names, which go after the first shelf's. By id."""
        named = {
            id_: slug_of(self._name(id_)) or slug_of(id_) or id_
            for id_, entry in self._own.items()
            if id_ not in self._chosen_slugs and (entry.name or self._row(id_) is None)
        }
        if not named:
            return self._chosen_slugs
        return self._chosen_slugs | distinct(named, {}, self._taken_before(0) | self._tiers[0].words)

    @cached_property
    def _own_exact(self) -> dict[str, str]:
        return {slug: id_ for id_, slug in self._own_slugs.items()} | {id_: id_ for id_ in self._own}

    @cached_property
    def _own_words(self) -> dict[str, str]:
        return {squeeze(slug): id_ for id_, slug in self._own_slugs.items()} | self._new_ids

    @cached_property
    def _own_names(self) -> dict[str, str]:
        return {squeeze(slug_of(entry.name)): id_ for id_, entry in self._own.items() if entry.name}

    def _taken_before(self, place: int) -> dict[str, str]:
        """Ids by the squeezed words that a shelf's slugs may not be."""
        if place == 0:
            return {squeeze(slug): id_ for id_, slug in self._chosen_slugs.items()} | self._new_ids
        taken: dict[str, str] = {}
        for tier in self._tiers[:place]:
            taken = tier.words | taken
        return taken | self._own_names | self._own_words

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Ids by the slug of every name and every own id."""
        names: dict[str, tuple[str, ...]] = {}
        for id_, slug in self._all_names():
            names[slug] = (*names.get(slug, ()), id_)
        return names

    def _all_names(self) -> Iterator[tuple[str, str]]:
        for id_, entry in self._own.items():
            yield id_, slug_of(entry.name or id_)
        for tier in self._tiers:
            yield from tier.shelf.names()


class _Tier:
    """A shelf in its place: its slugs, given what is taken before it."""

    def __init__(self, shelf: Shelf, taken: Callable[[], Mapping[str, str]]) -> None:
        self.shelf = shelf
        self._taken = taken

    @cached_property
    def slugs(self) -> dict[str, str]:
        return self.shelf.slugs(self._taken())

    @cached_property
    def ids(self) -> dict[str, str]:
        return {slug: id_ for id_, slug in self.slugs.items()}

    @cached_property
    def words(self) -> dict[str, str]:
        """Ids by every squeezed word that finds something here."""
        return self.shelf.words | {squeeze(slug): id_ for slug, id_ in self.ids.items()}
