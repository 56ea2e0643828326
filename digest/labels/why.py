"""Why a claim has its label: one plain sentence that names the sources and the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from digest.labels.evidence import Evidence
from digest.labels.verdict import Verdict
from digest.labels.words import SCALES, Tongue, party_name
from digest.labels.worth import ADMISSION, Worth, party_carrier, spoken_for
from digest.model import Basis, Claim, ClaimKind, RelationKind, Statement


@dataclass(frozen=True, slots=True)
class _Teller:
    """The evidence with the words to tell it in."""

    verdict: Verdict
    evidence: Evidence
    tongue: Tongue

    def say(self, phrase: str, **values: str) -> str:
        return self.tongue.gettext(phrase) % values

    def say_n(self, singular: str, plural: str, number: int, **values: str) -> str:
        return self.tongue.ngettext(singular, plural, number) % {"number": self.tongue.number(number), **values}

    def source(self, source: str) -> str:
        entry = self.evidence.registry.sources.get(source)
        return entry.name if entry is not None else source

    def root(self, root: str) -> str:
        if root.startswith(ADMISSION):
            party = party_name(root.removeprefix(ADMISSION), self.evidence.registry)
            return self.say("%(party)s against its own interest", party=party)
        return self.source(root)

    def roots(self, roots: Iterable[str]) -> str:
        return self.tongue.join([self.root(r) for r in sorted(roots)])

    def parties(self, parties: Iterable[str]) -> str:
        return self.tongue.join([party_name(p, self.evidence.registry) for p in sorted(parties)])

    def who(self, polarity: int, counts: Callable[[Worth], object] = bool) -> list[str]:
        """Ids of the sources on a side whose statements are worth what is asked for, in order of appearance."""
        pairs = zip(self.evidence.statements, self.evidence.worths, strict=True)
        return list(dict.fromkeys(s.by for s, w in pairs if s.says.polarity == polarity and counts(w)))

    def names(self, sources: Iterable[str]) -> str:
        return self.tongue.join([self.source(s) for s in sources])

    def voices(self, polarity: int) -> tuple[str, list[str]]:
        """Who gives voice to parties on a side, in words, and these parties, both in order of appearance.

        What only repeats another's words is left out; a speaker known through a party's carrier stands with that one.
        """
        registry = self.evidence.registry
        names: dict[str, None] = {}
        parties: dict[str, None] = {}
        for statement, worth in zip(self.evidence.statements, self.evidence.worths, strict=True):
            if statement.says.polarity != polarity or not worth.voices:
                continue
            carrier, own = party_carrier(statement, registry), spoken_for(statement, registry)
            name = self.source(statement.by)
            if carrier is not None and not worth.voices <= own:
                names[self.say("%(source)s through %(carrier)s", source=name, carrier=carrier.name)] = None
            elif carrier is not None or own:
                names[name] = None
            parties |= dict.fromkeys(party_name(p, registry) for p in sorted(worth.voices))
        return self.tongue.join(list(names)), list(parties)

    def first(self, counts: Callable[[Worth], object], own: Callable[[Statement], object]) -> list[str]:
        """Sources for the claim whose statements are worth what is asked for by themselves; else all of that worth."""
        pairs = zip(self.evidence.statements, self.evidence.worths, strict=True)
        found = [s for s, w in pairs if s.says.polarity > 0 and counts(w)]
        return list(dict.fromkeys(s.by for s in found if own(s))) or list(dict.fromkeys(s.by for s in found))


def why(verdict: Verdict, tongue: Tongue, depends_on: Claim | None = None) -> str:
    """One sentence (two for an override) that says why the claim has this label.

    `depends_on` is the claim that it rests on, so that a label capped by it can quote it.
    """
    teller = _Teller(verdict, verdict.evidence, tongue)
    if verdict.override is not None:
        return teller.say(
            "%(editor)s set this label: %(reason)s",
            editor=verdict.override.editor,
            reason=verdict.override.reason.rstrip(".") + ".",
        )
    if verdict.capped_by:
        return teller.say(
            "It depends on another claim, “%(claim)s”, and gets that one’s label: %(label)s.",
            claim=(depends_on.text if depends_on is not None else verdict.capped_by).rstrip("."),
            label=tongue.gettext(SCALES[verdict.label].name),
        )
    return _SENTENCES[verdict.rule](teller)


def _on_record(t: _Teller) -> str:
    claim = t.evidence.claim
    if claim.kind is ClaimKind.ACT:
        return t.say("On record from the one who acted: %(source)s.", source=t.source(claim.of))
    return t.say("On record from the speaker: %(source)s.", source=t.source(claim.of))


def _not_checkable(t: _Teller) -> str:
    speakers = t.names(t.who(1))
    if t.evidence.claim.kind is ClaimKind.FORECAST:
        if not speakers:
            return t.say("A forecast cannot be checked before its time.")
        return t.say("This is a forecast by %(sources)s: it cannot be checked before its time.", sources=speakers)
    if not speakers:
        return t.say("An opinion can be shared or not, but not checked.")
    return t.say("This is an opinion held by %(sources)s: it can be shared or not, but not checked.", sources=speakers)


def _withdrawn(t: _Teller) -> str:
    retracted = sorted(t.evidence.retracted)
    return t.say_n(
        "Taken back by its source: %(sources)s; nothing else speaks for it.",
        "Taken back by its sources: %(sources)s; nothing else speaks for it.",
        len(retracted),
        sources=t.names(retracted),
    )


def _split(t: _Teller) -> str:
    return t.say(
        "Independent sources disagree: %(pro)s for it, %(con)s against.",
        pro=t.roots(t.evidence.pro.roots),
        con=t.roots(t.evidence.con.roots),
    )


def _refuted(t: _Teller) -> str:
    con = t.evidence.con
    return t.say_n(
        "Found to be wrong by %(number)s independent source: %(sources)s; none speaks for it.",
        "Found to be wrong by %(number)s independent sources: %(sources)s; none speaks for it.",
        len(con.roots),
        sources=t.roots(con.roots),
    )


def _challenged(t: _Teller) -> str:
    return t.say(
        "No independent source speaks for it, and it is contradicted independently: %(con)s.",
        con=t.roots(t.evidence.con.roots),
    )


def _confirmed(t: _Teller) -> str:
    pro = t.evidence.pro
    return t.say_n(
        "It rests on %(number)s independent source: %(sources)s; at first hand or by a check of its own: %(checked)s.",
        "It rests on %(number)s independent sources: %(sources)s; at first hand or by a check of its own: %(checked)s.",
        len(pro.roots),
        sources=t.roots(pro.roots),
        checked=t.roots(pro.checked),
    )


def _both_sides(t: _Teller) -> str:
    parties = t.parties(t.evidence.both_sides or ())
    if t.evidence.pro.independent:
        return t.say(
            "Two sides that oppose each other both say so: %(parties)s; and so does one independent source: %(root)s.",
            parties=parties,
            root=t.roots(t.evidence.pro.independent),
        )
    return t.say(
        "Two sides that oppose each other both say so: %(parties)s; nobody independent has confirmed it.",
        parties=parties,
    )


def _corroborated(t: _Teller) -> str:
    pro = t.evidence.pro
    if len(pro.roots) >= 2:
        return t.say(
            "Independent sources say so, but none of them knows it at first hand or checked it: %(sources)s.",
            sources=t.roots(pro.roots),
        )
    others = t.who(1, lambda w: (w.voices | w.aligned) - pro.admissions)
    return t.say(
        "One independent source says so: %(root)s; one side or its ally bears it out: %(others)s.",
        root=t.roots(pro.roots),
        others=t.names(others),
    )


def _single(t: _Teller) -> str:
    return t.say("Only one independent source says so: %(root)s.", root=t.roots(t.evidence.pro.roots))


def _parties_split(t: _Teller) -> str:
    return t.say(
        "The sides contradict each other: %(pro)s for it, %(con)s against; nobody independent has settled it.",
        pro=t.voices(1)[0],
        con=t.voices(-1)[0],
    )


def _party(t: _Teller) -> str:
    names, parties = t.voices(1)
    return t.say_n(
        "Only one side says so: %(sources)s, speaking for %(parties)s.",
        "Only sides with a stake in it say so: %(sources)s, speaking for %(parties)s.",
        len(parties),
        sources=names,
        parties=t.tongue.join(parties),
    )


def _thin(t: _Teller) -> str:
    pro = t.evidence.pro
    grounds: list[str] = []
    if pro.aligned:
        grounds += _allies(t)
    if pro.anonymous:
        grounds.append(t.say("a source that is not named"))
    if pro.report:
        reports = t.first(lambda w: w.report, lambda s: not s.derived_from)
        grounds.append(
            t.say_n(
                "%(sources)s, which does not say how it knows",
                "%(sources)s, which do not say how they know",
                len(reports),
                sources=t.names(reports),
            )
        )
    return t.say("It rests on %(grounds)s.", grounds=t.tongue.join(grounds))


def _allies(t: _Teller) -> Iterator[str]:
    """Allies of parties, and analyses that rest on what a party or its ally says."""
    pairs = zip(t.evidence.statements, t.evidence.worths, strict=True)
    found = [(s, w.aligned) for s, w in pairs if s.says.polarity > 0 and w.aligned]
    sources = t.evidence.registry.sources
    allied = [(s, a) for s, a in found if sources[s.by].parties(s.said or s.recorded, RelationKind.ALIGNED_WITH) & a]
    analyses = [(s, a) for s, a in found if s.basis is Basis.ANALYSIS and s.derived_from and (s, a) not in allied]
    if allied:
        speakers, parties = _named(t, allied)
        yield t.say("%(sources)s, aligned with %(parties)s", sources=speakers, parties=parties)
    if analyses:
        speakers, parties = _named(t, analyses)
        yield t.say("%(sources)s, analysing what comes from %(parties)s", sources=speakers, parties=parties)


def _named(t: _Teller, group: Iterable[tuple[Statement, frozenset[str]]]) -> tuple[str, str]:
    """Speakers and parties of some statements in words, each in order of appearance."""
    found = list(group)
    parties = dict.fromkeys(party_name(p, t.evidence.registry) for _, a in found for p in sorted(a))
    return t.names(dict.fromkeys(s.by for s, _ in found)), t.tongue.join(list(parties))


def _none(t: _Teller) -> str:
    speakers = t.who(1, lambda w: w.unattributed)
    if speakers:
        return t.say("Nobody who can be held to it says so; it comes from %(sources)s.", sources=t.names(speakers))
    deniers = t.who(-1)
    if deniers:
        return t.say(
            "Nobody whose word counts is on record as saying so; against it: %(sources)s.", sources=t.names(deniers)
        )
    return t.say("Nobody whose word counts is on record as saying so.")


_SENTENCES: dict[str, Callable[[_Teller], str]] = {
    "on-record": _on_record,
    "not-checkable": _not_checkable,
    "withdrawn": _withdrawn,
    "split": _split,
    "refuted": _refuted,
    "challenged": _challenged,
    "confirmed": _confirmed,
    "both-sides": _both_sides,
    "corroborated": _corroborated,
    "single": _single,
    "parties-split": _parties_split,
    "party": _party,
    "thin": _thin,
    "none": _none,
}
