"""What one statement is worth: the first step that applies. The labels page is made from `STEPS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from digest.frozen import Frozen, Linked
from digest.model import Basis, Claim, Registry, RelationKind, Source, SourceKind, Statement

_VOICE = (RelationKind.SPEAKS_FOR, RelationKind.CONTROLLED_BY)
_CHECKED = frozenset({Basis.FIRST_HAND, Basis.OWN_INVESTIGATION})
_PASSED_ON = frozenset({Basis.RELAY, Basis.UNSTATED})
_NONE: frozenset[str] = frozenset()


class Worth(Frozen, frozen=True):
    """What statements count for. `voices` and `aligned` are party ids; `roots` are names of independent roots,
    `checked` those among them that know at first hand or by their own investigation. All empty: worth nothing.
    """

    voices: frozenset[str] = _NONE
    aligned: frozenset[str] = _NONE
    roots: frozenset[str] = _NONE
    checked: frozenset[str] = _NONE
    anonymous: bool = False
    report: bool = False
    unattributed: bool = False

    def __or__(self, other: Worth) -> Worth:
        if self == NOTHING:
            return other
        return Worth(
            self.voices | other.voices,
            self.aligned | other.aligned,
            self.roots | other.roots,
            self.checked | other.checked,
            self.anonymous or other.anonymous,
            self.report or other.report,
            self.unattributed or other.unattributed,
        )

    def __bool__(self) -> bool:
        return self != NOTHING

    @property
    def independent(self) -> frozenset[str]:
        """The roots that are no party's admission."""
        return frozenset(root for root in self.roots if not root.startswith(ADMISSION))

    @property
    def admissions(self) -> frozenset[str]:
        """The parties whose admission is among the roots."""
        return frozenset(root.removeprefix(ADMISSION) for root in self.roots if root.startswith(ADMISSION))


NOTHING = Worth()
UNATTRIBUTED = Worth(unattributed=True)
REPORT = Worth(report=True)
ANONYMOUS = Worth(anonymous=True)
ADMISSION = "party:"  # names the root that a party's word against its own interest makes


def total(worths: Iterable[Worth]) -> Worth:
    """What several statements count for together."""
    result = NOTHING
    for worth in worths:
        result |= worth
    return result


class Case(Linked, frozen=True):
    """A statement with all that its worth depends on; `inputs` computes the worth of what it derives from."""

    statement: Statement
    source: Source
    claim: Claim
    registry: Registry
    retracted: frozenset[str]
    inputs: Callable[[], Worth]

    @property
    def moment(self) -> datetime:
        """When it was said, as far as known: relations are asked at that time."""
        return self.statement.said or self.statement.recorded


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it applies and what the statement then counts as; `weigh` gives None where it does not apply."""

    condition: str
    worth: str
    weigh: Callable[[Case], Worth | None]


def _withdrawn(case: Case) -> Worth | None:
    return NOTHING if case.statement.by in case.retracted else None


def _carried_by_party(case: Case) -> Worth | None:
    carrier = party_carrier(case.statement, case.registry)
    return _voice(carrier.parties(case.moment, *_VOICE), case) if carrier is not None else None


def party_carrier(statement: Statement, registry: Registry) -> Source | None:
    """The carrier, nearest the speaker, that speaks for a party or is controlled by one, and so makes the words its."""
    moment = statement.said or statement.recorded
    for carrier in statement.via:
        entry = registry.sources.get(carrier)
        if entry is not None and entry.relations and entry.parties(moment, *_VOICE):
            return entry
    return None


def spoken_for(statement: Statement, registry: Registry) -> frozenset[str]:
    """The parties that a statement's source itself speaks for or is controlled by."""
    return registry.sources[statement.by].parties(statement.said or statement.recorded, *_VOICE)


def _party(case: Case) -> Worth | None:
    parties = spoken_for(case.statement, case.registry)
    return _voice(parties, case) if parties else None


def _voice(parties: frozenset[str], case: Case) -> Worth:
    against_interest = case.claim.harms if case.statement.says.polarity > 0 else case.claim.benefits
    admitted = frozenset(ADMISSION + party for party in parties & against_interest)
    return Worth(voices=parties, roots=admitted, checked=admitted)


def _anonymous(case: Case) -> Worth | None:
    if case.source.kind is not SourceKind.ANONYMOUS:
        return None
    return NOTHING if case.statement.via and case.statement.via[0] in case.retracted else ANONYMOUS


def _social(case: Case) -> Worth | None:
    return UNATTRIBUTED if case.source.kind is SourceKind.SOCIAL else None


def _aligned(case: Case) -> Worth | None:
    parties = case.source.parties(case.moment, RelationKind.ALIGNED_WITH)
    return Worth(aligned=parties) if parties else None


def _passed_on(case: Case) -> Worth | None:
    if case.statement.basis not in _PASSED_ON:
        return None
    if case.statement.derived_from:
        return case.inputs()
    return UNATTRIBUTED if case.statement.basis is Basis.RELAY else REPORT


def _analysed(case: Case) -> Worth | None:
    if case.statement.basis is not Basis.ANALYSIS or not case.statement.derived_from:
        return None
    inputs = case.inputs()
    if inputs.independent:  # a party's admission does not become a second root by being analysed
        return Worth(roots=frozenset({case.registry.root_name(case.source.id)}))
    if inputs.voices or inputs.aligned:
        return Worth(aligned=inputs.voices | inputs.aligned)
    return REPORT if inputs.report else UNATTRIBUTED


def _independent(case: Case) -> Worth:
    root = frozenset({case.registry.root_name(case.source.id)})
    return Worth(roots=root, checked=root if case.statement.basis in _CHECKED else _NONE)


_PARTY_WORTH = "the voice of that party, and one checked independent root besides where it goes against its interest"

STEPS: tuple[Step, ...] = (
    Step("Its source has since retracted it", "nothing", _withdrawn),
    Step(
        "It reached us through a carrier that speaks for a party or is controlled by one",
        _PARTY_WORTH,
        _carried_by_party,
    ),
    Step(
        "Its source speaks for a party or is controlled by one",
        _PARTY_WORTH,
        _party,
    ),
    Step(
        "Its source is not named",
        "the claim’s one anonymous voice, for as long as the outlet that vouches for it does not retract",
        _anonymous,
    ),
    Step("Its source is an account on social media", "unattributed words", _social),
    Step("Its source is aligned with a party", "the voice of an ally of that party", _aligned),
    Step(
        "It passes something on, or does not say how it knows",
        "whatever it derives from; if it derives from nothing that is named: unattributed words when it passes "
        "something on, otherwise a report",
        _passed_on,
    ),
    Step(
        "It is an analysis of what others say",
        "an independent root if any of it is independent; otherwise an ally’s voice, a report or unattributed words, "
        "as its inputs are",
        _analysed,
    ),
    Step(
        "Everything else",
        "an independent root, one for all sources of one owner; checked if the source was there or investigated",
        _independent,
    ),
)


def weigh(claim: Claim, statements: Sequence[Statement], registry: Registry, retracted: frozenset[str]) -> list[Worth]:
    """The worth of each of a claim's statements, in their order; those without polarity are worth nothing.

    `statements` are the ones recorded by the moment asked about, `retracted` the ids of sources that have retracted.
    """
    known: dict[int, Worth] = {}
    inputs: dict[int, tuple[int, ...]] = {}

    def worth(index: int) -> Worth:
        if index not in known:
            known[index] = _weigh(cases[index]) if statements[index].says.polarity else NOTHING
        return known[index]

    def inputs_of(index: int) -> Worth:
        return total(worth(i) for i in inputs[index])

    cases = [
        Case(s, registry.sources[s.by], claim, registry, retracted, partial(inputs_of, i))
        for i, s in enumerate(statements)
    ]
    deriving = frozenset(i for i, case in enumerate(cases) if case.statement.derived_from and _derives(case))
    inputs.update(_inputs(statements, deriving))
    return [worth(index) for index in range(len(statements))]


def _weigh(case: Case) -> Worth:
    for step in STEPS:
        result = step.weigh(case)
        if result is not None:
            return result
    raise AssertionError("the last step applies to every statement")


def _derives(case: Case) -> bool:
    """Whether the statement's worth comes from what it derives from: no step before those that look there applies."""
    basis = case.statement.basis
    if not case.statement.says.polarity or (basis not in _PASSED_ON and basis is not Basis.ANALYSIS):
        return False
    return all(step.weigh(case) is None for step in STEPS if step.weigh not in (_passed_on, _analysed, _independent))


def _inputs(statements: Sequence[Statement], deriving: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Which statements each one derives from; edges that run in a circle are left out, since they prove nothing."""
    edges = {
        i: tuple(
            j
            for j, other in enumerate(statements)
            if j != i and other.by in statements[i].derived_from and other.says.polarity == statements[i].says.polarity
        )
        for i in deriving
    }
    reach = {i: _reachable(i, edges) for i in edges}
    return {
        i: tuple(j for j in targets if i not in reach.get(j, ()) and statements[j].by != statements[i].by)
        for i, targets in edges.items()
    }


def _reachable(start: int, edges: dict[int, tuple[int, ...]]) -> set[int]:
    seen: set[int] = set()
    todo = list(edges.get(start, ()))
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += edges.get(node, ())
    return seen
