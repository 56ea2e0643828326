"""Days, labels and sources as readers see them: what needs settings and registry of a digest, and no articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from msgspec.structs import replace

from digest.labels.words import SCALES, party_name, source_note, worth_in_words
from digest.labels.worth import Worth
from digest.model import Basis, Label, Registry, Settings, Stance
from digest.pages.parts import Badge, Day, LabelCount, LabelMark, SourceMark
from digest.pages.phrases import BADGES, BASES, SIDES, STANCES
from digest.pages.tongue import Tongue

HELD = 8192
"""How many parts of a kind are remembered: enough for the pages of some weeks, whatever the size of the archive."""

_strength = attrgetter("strength")


class Words:
    """Makes such parts in one language, and remembers what it has made."""

    def __init__(self, settings: Settings, registry: Registry, tongue: Tongue) -> None:
        self._settings = settings
        self._registry = registry
        self._tongue = tongue
        self.day = lru_cache(HELD)(self._day)
        self.date = lru_cache(HELD)(self._date)
        self.day_of = lru_cache(HELD)(self._day_of)
        self.label = lru_cache(HELD)(self._label)
        self.source = lru_cache(HELD)(self._source)
        self.stance = lru_cache(HELD)(self._stance)
        self.worth = lru_cache(HELD)(self._worth)
        self.badge = lru_cache(HELD)(self._badge)

    def _day(self, day: date) -> Day:
        """A day on which an article appeared, with the address of its edition."""
        return replace(self.date(day), address=f"{day:%Y/%m/%d}/")

    def _date(self, day: date) -> Day:
        """Any day, without an address, so that no page depends on whether it has an edition."""
        return Day(f"{day:%Y-%m-%d}", self._tongue.day_full(day), self._tongue.day_short(day), "")

    def _day_of(self, moment: datetime) -> Day:
        """The day of a moment in the digest's timezone."""
        return self.date(self._settings.day_of(moment))

    def _label(self, label: Label) -> LabelMark:
        return LabelMark(str(label), self._tongue.gettext(SCALES[label].name), f"labels/{label}/")

    def counts(self, labels: Iterable[Label] | Counter[Label]) -> tuple[LabelCount, ...]:
        """How many there are of each label, strongest first."""
        counted = Counter(labels)
        found = sorted(counted, key=_strength) if len(counted) > 1 else counted
        return tuple(LabelCount(self.label(label), counted[label]) for label in found if counted[label])

    def _source(self, source: str) -> SourceMark:
        entry = self._registry.sources[source]
        address = "" if entry.one_off else f"sources/{source}/"
        return SourceMark(source, entry.name, source_note(entry, self._registry, self._tongue), address)

    def _stance(self, says: Stance, basis: Basis) -> tuple[str, str, str]:
        """The words and the side of a stance, and how the speaker knows, where that matters."""
        _ = self._tongue.gettext
        return _(STANCES[says]), SIDES[says.polarity], _(BASES[basis]) if says.polarity else ""

    def _worth(self, worth: Worth) -> str:
        """What a statement counts for."""
        return worth_in_words(worth, self._registry, self._tongue)

    def _badge(self, badge: str) -> Badge:
        """A verdict's badge; "anonymous" and the like stand alone, others name their source or party."""
        kind, _, who = badge.partition(":")
        named = party_name if kind in ("denied-by", "admission") else self._source_name
        name = named(who, self._registry) if who else ""
        return Badge(kind, self._tongue.gettext(BADGES[kind]) % {"who": name})

    @staticmethod
    def _source_name(source: str, registry: Registry) -> str:
        return registry.sources[source].name
