"""A built-in list of regions or topics, read when somebody first asks for something on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from digest.content.catalogue.slugs import distinct, slug_of, slugs_of, squeeze

AMBIGUOUS = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A built-in taxon. `tail` is the end of its slug where others have its name too."""

    id: str
    name: str
    parent: str
    tail: str


def nothing_further() -> Iterable[tuple[str, str]]:
    """For lists whose taxa have one name each."""
    return ()


class Shelf:
    """A list of rows with the words that find them.

    `read` gives the rows; `as_code` what a word would be if it were one of the list's codes ("" if it cannot be one,
    which spares reading the list); `further` more (word, id) pairs.
    """

    def __init__(
        self,
        read: Callable[[], Iterable[Row]],
        as_code: Callable[[str], str],
        further: Callable[[], Iterable[tuple[str, str]]] = nothing_further,
    ) -> None:
        self._read = read
        self.as_code = as_code
        self._further = further

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every row by id."""
        return {row.id: row for row in self._read()}

    def row(self, id_: str) -> Row | None:
        """The row of an id written exactly so."""
        return self.rows.get(id_) if self.as_code(id_) == id_ else None

    def coded(self, word: str) -> str | None:
        """The id that a word means if it is a code."""
        code = self.as_code(word)
        return code if code and code in self.rows else None

    def slugs(self, taken: Mapping[str, str]) -> dict[str, str]:
        """Slugs by id, all different and different from those in `taken` (id by squeezed word)."""
        tails = {row.id: row.tail for row in self.rows.values()}
        return distinct(self._plain, tails, self._squeezed_codes | dict(taken))

    @cached_property
    def plain_ids(self) -> dict[str, str]:
        """Ids by the slugs that the rows have as long as no own entry takes them."""
        return {slug: id_ for id_, slug in self.slugs({}).items()}

    @cached_property
    def spelt(self) -> dict[str, str]:
        """Ids by casefolded name, AMBIGUOUS where rows share it."""
        return _ids_by(((row.id, row.name.casefold()) for row in self.rows.values()), {})

    @cached_property
    def words(self) -> dict[str, str]:
        """Ids by squeezed name, then by squeezed further name, then by squeezed code; AMBIGUOUS as above."""
        others = {squeeze(slug): id_ for id_, slug in reversed(self._others)}
        names = ((id_, squeeze(slug)) for id_, slug in self._plain.items())
        return _ids_by(names, self._squeezed_codes | others)

    def names(self) -> Iterator[tuple[str, str]]:
        """The id and slug of every name."""
        yield from self._plain.items()
        yield from self._others

    @cached_property
    def _squeezed_codes(self) -> dict[str, str]:
        return {squeeze(id_.lower()): id_ for id_ in self.rows}

    @cached_property
    def _plain(self) -> dict[str, str]:
        slugs = slugs_of(row.name for row in self.rows.values())
        return {id_: slug or slug_of(id_) for id_, slug in zip(self.rows, slugs, strict=True)}

    @cached_property
    def _others(self) -> list[tuple[str, str]]:
        further = list(self._further())
        slugs = slugs_of(word for word, _ in further)
        return [(id_, slug) for (_, id_), slug in zip(further, slugs, strict=True)]


def _ids_by(words: Iterable[tuple[str, str]], otherwise: Mapping[str, str]) -> dict[str, str]:
    """Ids by word from (id, word) pairs."""
    ids: dict[str, str] = {}
    for id_, word in words:
        ids[word] = AMBIGUOUS if word in ids else id_
    return {**otherwise, **ids}
