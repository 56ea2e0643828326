"""Items that come whole, with a headline or without."""

from __future__ import annotations

from dataclasses import replace

from digest.importing.proposals import Proposal, one_story
from digest.importing.raw import Known


def headed(title: str, text: str, known: Known) -> tuple[str, Proposal | None]:
    """The title of an item and what is proposed for it. One without a title has that of a text without a headline: its
    first sentence, cut at a word; "" where it has no text either."""
    proposal = one_story(title, text, known.today, known.registered)
    if title or proposal is None:
        return title, proposal
    return proposal.title, replace(proposal, headline=None)
