"""What can be put in the place of a mistake, for each kind of problem where that is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from digest.content.context import Context, Lookup
from digest.content.settings import timezone_names
from digest.problems import Problem
from digest.writing.dates import iso_date
from digest.writing.draft import Draft, Edit
from digest.writing.nodes import Mapping, Scalar
from digest.writing.quoting import value_text
from digest.writing.shape import Placed, keys, placed
from digest.writing.slips import meant_name, meant_word


@dataclass(frozen=True, slots=True)
class Found:
    """A problem in a file that can be read: the place that it points to, with what the schema has for it, and what the
    digest knows. `claims` are the ids of all claims that are defined."""

    draft: Draft
    index: int
    kind: type
    context: Context
    claims: tuple[str, ...]

    def places(self) -> Iterable[Placed]:
        """All nodes of the file."""
        return placed(self.draft.root, self.kind) if self.draft.root else ()

    def word(self) -> Placed | None:
        """The word that the problem points to."""
        return next((p for p in self.places() if isinstance(p.node, Scalar) and p.node.start == self.index), None)


def proven(problem: Problem, found: Found) -> Edit | None:
    """The edit that makes of a mistake what can only have been meant; None where that is not certain."""
    proof = _PROOFS.get(problem.code)
    return proof(found) if proof else None


def _key(found: Found) -> Edit | None:
    """An unknown key, if one slip makes it one of those that are not there yet, and no other unknown key the same."""
    for one in found.places():
        node, struct = one.node, one.struct
        if isinstance(node, Mapping) and struct is not None:
            for pair in node.pairs:
                if pair.key.start == found.index:
                    there = {other.key.value for other in node.pairs}
                    free = [key for key in keys(struct) if key not in there]
                    meant = meant_word(pair.key.value, free)
                    rivals = [other for other in there - set(keys(struct)) if meant_word(other, free) == meant]
                    return Edit(pair.key.start, pair.key.end, meant) if meant and len(rivals) == 1 else None
    return None


def _allowed(found: Found) -> Edit | None:
    one = found.word()
    return _written(found, meant_word(_text(one), one.words)) if one else None


def _name(known: Callable[[Found], dict[str, str]]) -> Callable[[Found], Edit | None]:
    """A word that names nothing, if it is a name or one slip away from one: then the id."""

    def proof(found: Found) -> Edit | None:
        names = known(found)
        form = meant_name(_text(found.word()), names)
        return _written(found, names[form]) if form else None

    return proof


def _sources(found: Found) -> dict[str, str]:
    sources = found.context.registered.registry.sources
    return _unmistakable((form, id_) for id_, s in sources.items() for form in (id_, s.name, *s.aliases))


def _parties(found: Found) -> dict[str, str]:
    parties = found.context.registered.registry.parties
    return _unmistakable((form, id_) for id_, party in parties.items() for form in (id_, party.name))


def _unmistakable(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by name, without names that two have."""
    ids: dict[str, set[str]] = {}
    for form, id_ in names:
        ids.setdefault(form, set()).add(id_)
    return {form: next(iter(found)) for form, found in ids.items() if len(found) == 1}


def _taxa(choose: Callable[[Context], Lookup | None]) -> Callable[[Found], Edit | None]:
    """A region or topic: the name itself is written, as the writer meant to."""

    def proof(found: Found) -> Edit | None:
        lookup = choose(found.context)
        if lookup is None:
            return None
        return _written(found, _meant_taxon(_text(found.word()), lookup))

    return proof


@cache
def _meant_taxon(word: str, lookup: Lookup) -> str:
    # Thousands have names; that another one is two letters away says little.
    return meant_name(word, _names_of(lookup), room=1)


@cache
def _names_of(lookup: Lookup) -> dict[str, str]:
    listed = lookup.catalogue.listed()
    return {form: word for word, name in listed for form in (word, name) if lookup.find(form)}


def _date(found: Found) -> Edit | None:
    return _written(found, iso_date(_text(found.word()), found.context.settings))


def _language(found: Found) -> Edit | None:
    """en_GB, as programs write it."""
    text = _text(found.word())
    return _written(found, text.replace("_", "-")) if "_" in text else None


def _address(found: Found) -> Edit | None:
    """Old addresses begin at the digest's root, and so with a slash."""
    text = _text(found.word())
    return _written(found, f"/{text}") if text and not text.startswith(("/", ".")) and ":" not in text else None


def _timezone(found: Found) -> Edit | None:
    return _written(found, timezone_names().written(_text(found.word())) or "")


def _in_place(found: Found) -> Edit | None:
    """A source in place of which no more is said than the registry says."""
    sources = found.context.registered.registry.sources
    for one in found.places():
        node = one.node
        if not isinstance(node, Mapping) or not node.flow:
            continue
        said = {pair.key.value: pair.value for pair in node.pairs}
        name, kind = said.get("name"), said.get("kind")
        if name is None or name.start != found.index or said.keys() != {"name", "kind"}:
            continue
        same = [id_ for id_, source in sources.items() if source.name == getattr(name, "value", "")]
        if len(same) == 1 and sources[same[0]].kind == getattr(kind, "value", ""):
            return Edit(node.start, node.end, same[0])
    return None


def _text(one: Placed | None) -> str:
    return one.node.value.strip() if one and isinstance(one.node, Scalar) else ""


def _written(found: Found, text: str) -> Edit | None:
    one = found.word()
    if not text or one is None or "\n" in found.draft.text[one.node.start : one.node.end]:
        return None
    return Edit(one.node.start, one.node.end, value_text(text, in_list=True))


_PROOFS: dict[str, Callable[[Found], Edit | None]] = {
    "D201": _key,
    "D204": _allowed,
    "D205": _date,
    "D212": _language,
    "D301": _name(_parties),
    "D302": _name(_sources),
    "D305": _in_place,
    "D307": _taxa(lambda context: context.regions),
    "D308": _taxa(lambda context: context.topics),
    "D402": _name(lambda found: {id_: id_ for id_ in found.claims}),
    "D406": _name(lambda found: {id_: id_ for id_ in found.claims}),
    "D504": _address,
    "D702": _timezone,
}
