"""Fixed words for stances, bases, kinds of claim and badges, in English; the readers' language translates them."""

from __future__ import annotations

from digest.model import Basis, ClaimKind, Stance
from digest.model.settings import Followed


def _(phrase: str) -> str:
    """Mark a phrase for the translators."""
    return phrase


SIDES = {1: "for", -1: "against", 0: "other"}  # a stance's polarity as an id for templates

STANCES: dict[Stance, str] = {
    Stance.ASSERTS: _("says so"),
    Stance.SUPPORTS: _("supports it"),
    Stance.DENIES: _("denies it"),
    Stance.CONTRADICTS: _("contradicts it"),
    Stance.RELATES: _("gives a related fact"),
    Stance.DECLINES: _("would not comment"),
    Stance.SILENT: _("has not commented"),
    Stance.CANNOT_VERIFY: _("could not verify it"),
    Stance.RETRACTS: _("took it back"),
}

BASES: dict[Basis, str] = {
    Basis.FIRST_HAND: _("at first hand"),
    Basis.OWN_INVESTIGATION: _("own investigation"),
    Basis.OWN_RECORDS: _("own records"),
    Basis.ANALYSIS: _("analysis"),
    Basis.RELAY: _("passes it on"),
    Basis.UNSTATED: _("does not say"),
}

KINDS: dict[ClaimKind, str] = {
    ClaimKind.EVENT: _("event"),
    ClaimKind.QUANTITY: _("figure"),
    ClaimKind.CONTROL: _("control of territory"),
    ClaimKind.RESPONSIBILITY: _("responsibility"),
    ClaimKind.UTTERANCE: _("words"),
    ClaimKind.ACT: _("act"),
    ClaimKind.FORECAST: _("forecast"),
    ClaimKind.OPINION: _("opinion"),
}

BADGES: dict[str, str] = {
    "overridden": _("set by the editor"),
    "conditional": _("depends on another claim"),
    "admission": _("%(who)s says so against its own interest"),
    "both-sides": _("both sides say so"),
    "denied-by": _("denied by %(who)s"),
    "contradicted-by": _("contradicted by %(who)s"),
    "anonymous": _("source not named"),
    "allied": _("from an ally of one side"),
    "reported": _("reported; how it is known is not said"),
    "no-comment": _("no comment from %(who)s"),
    "silent": _("%(who)s has not commented"),
    "not-verified-by": _("%(who)s could not verify it"),
    "related": _("related figure or fact from %(who)s"),
}

FOLLOWED: dict[Followed, str] = {
    Followed.HOME: _("The whole digest"),
    Followed.EDITIONS: _("One entry a day"),
    Followed.EDITION: _("Editions"),
    Followed.REGION: _("Regions"),
    Followed.TOPIC: _("Topics"),
    Followed.SOURCE: _("Sources"),
    Followed.THREAD: _("Threads"),
    Followed.LABEL: _("Labels"),
    Followed.CORRECTIONS: _("Corrections"),
}
