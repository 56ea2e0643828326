"""The labels page, generated from the rules themselves, and a page for each label."""

from __future__ import annotations

from collections.abc import Iterator

from digest.frozen import Frozen
from digest.index.index import Index
from digest.labels.badges import MEANINGS
from digest.labels.rules import CONDITIONAL, CONDITIONAL_CONDITION, OVERRIDE, OVERRIDE_CONDITION, RULES
from digest.labels.words import SCALES
from digest.labels.worth import STEPS
from digest.model import Label
from digest.pages.compose import Composer
from digest.pages.parts import ClaimBrief, Day, LabelCount, LabelMark, Link
from digest.pages.phrases import BADGES
from digest.pages.sheet import Family, Sheet

SHOWN = 200  # how many claims a label's page lists, the newest change first


class RuleRow(Frozen, frozen=True):
    """One rule: its name, its condition in words and the label that it gives (None: the label is the editor's)."""

    name: str
    condition: str
    label: LabelMark | None


class WorthRow(Frozen, frozen=True):
    """One step of what a statement is worth: when it applies and what the statement then counts as."""

    condition: str
    worth: str


class LabelMeaning(Frozen, frozen=True):
    """A label with what it tells a reader, the number of claims that carry it now, its Admiralty credibility."""

    label: LabelMark
    meaning: str
    count: int
    admiralty: str


class LabelsView(Frozen, frozen=True):
    """How labels are worked out. `badges` are (badge, meaning)."""

    labels: tuple[LabelMeaning, ...]
    worths: tuple[WorthRow, ...]
    rules: tuple[RuleRow, ...]
    badges: tuple[tuple[str, str], ...]


class LabelledClaim(Frozen, frozen=True):
    """A claim that carries the label now, since when, and an article it stands in."""

    claim: ClaimBrief
    since: Day
    article: Link | None


class LabelView(Frozen, frozen=True):
    """One label: its meaning, the rules that give it, the claims that carry it now (newest first, at most 200)."""

    meaning: LabelMeaning
    rules: tuple[RuleRow, ...]
    claims: tuple[LabelledClaim, ...]
    others: tuple[LabelCount, ...]


def plan_index(_: Index) -> Iterator[tuple[str, str]]:
    """The one page on how labels are worked out."""
    yield "", "labels/"


def view_index(composer: Composer, _: str) -> Sheet:
    """How labels are worked out, from the rules themselves."""
    _t = composer.tongue.gettext
    view = LabelsView(
        tuple(_meaning(composer, label) for label in Label),
        tuple(WorthRow(_t(step.condition), _t(step.worth)) for step in STEPS),
        tuple(_rules(composer)),
        tuple((_t(BADGES[kind]) % {"who": "…"}, _t(meaning)) for kind, meaning in MEANINGS.items()),
    )
    description = _t("How this digest works out what is confirmed, what is only claimed and what is disputed.")
    return Sheet(_t("How labels are worked out"), description, (), view)


LABELS = Family("labels", "labels.html", plan_index, lambda _: ("label:*",), view_index)


def plan(_: Index) -> Iterator[tuple[str, str]]:
    """One page for each label, also while no claim carries it: the labels page links to it."""
    return ((str(label), f"labels/{label}/") for label in Label)


def reads(key: str) -> tuple[str, ...]:
    """The claims that carry the label; the numbers of the others."""
    return (f"label:{key}", "label:*")


def view(composer: Composer, key: str) -> Sheet:
    """The page of a label ("party-claim")."""
    label, index = Label(key), composer.index
    meaning = _meaning(composer, label)
    view = LabelView(
        meaning,
        tuple(row for row in _rules(composer) if row.label is not None and row.label.id == key),
        tuple(_labelled(composer, claim) for claim in index.group(f"label:{key}", SHOWN)),
        tuple(LabelCount(composer.label(other), index.count(f"label:{other}")) for other in Label if other != label),
    )
    trail = (Link(composer.tongue.gettext("Labels"), "labels/"),)
    return Sheet(meaning.label.name, meaning.meaning, trail, view)


def _meaning(composer: Composer, label: Label) -> LabelMeaning:
    count = composer.index.count(f"label:{label}")
    return LabelMeaning(
        composer.label(label), composer.tongue.gettext(SCALES[label].meaning), count, SCALES[label].admiralty
    )


def _rules(composer: Composer) -> Iterator[RuleRow]:
    _t = composer.tongue.gettext
    yield RuleRow(OVERRIDE, _t(OVERRIDE_CONDITION), None)
    for rule in RULES:
        yield RuleRow(rule.name, _t(rule.condition), composer.label(rule.label))
    yield RuleRow(CONDITIONAL, _t(CONDITIONAL_CONDITION), None)


def _labelled(composer: Composer, claim: str) -> LabelledClaim:
    course = composer.course(claim)
    article = composer.index.article(course.claim.article)
    since = composer.changes(course)[-1].day
    return LabelledClaim(composer.brief(course, course.now, f"claims/{claim}/"), since, composer.article_link(article))


LABEL = Family("label", "label.html", plan, reads, view)
