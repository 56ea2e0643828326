"""Everything that is proposed for an item, as JSON-ready data."""

from __future__ import annotations

from digest.importing.filing import Filed
from digest.importing.items import Item
from digest.importing.proposals import Proposal
from digest.importing.said import Said
from digest.importing.spans import Piece

_PLACES = "begin and end count characters of the text without a byte order mark, each line end as one"


def item_data(filed: Filed, item: Item) -> dict[str, object]:
    """What became of an item, and its proposals with the places in the text that they rest on."""
    data: dict[str, object] = {
        "title": item.title,
        "origin": item.origin,
        "link": item.link,
        "fate": str(filed.fate),
        "path": filed.path,
        "because": filed.why,
        "not_there": filed.new,
        "claims": filed.claims,
        "new_sources": [{"id": s.id, "name": s.name, "kind": str(s.kind)} for s in filed.proposed],
        "left_out": [_piece(piece) for piece in item.dropped],
        "notes": list(item.notes),
        "places": _PLACES,
    }
    return data | (_proposal(item.proposal) if item.proposal else {})


def _proposal(proposal: Proposal) -> dict[str, object]:
    return {
        "headline": _piece(proposal.headline) if proposal.headline else None,
        "date": str(proposal.dated.day) if proposal.dated else None,
        "date_from": _piece(proposal.dated.evidence) if proposal.dated else None,
        "outlet": proposal.outlet,
        "regions": [{"region": r.value, "from": list(r.evidence)} for r in proposal.regions],
        "topics": [{"topic": t.value, "from": list(t.evidence)} for t in proposal.topics],
        "statements": [_said(said) for said in proposal.said],
    }


def _said(said: Said) -> dict[str, object]:
    return {
        "speaker": said.speaker.name,
        "role": said.speaker.role,
        "says": str(said.says),
        "kind": str(said.kind),
        "via": list(said.via),
        "words": _piece(said.content),
        "sentence": _piece(said.sentence),
        "quote": said.quote,
        "figure": {"value": said.figure[0], "unit": said.figure[1]} if said.figure else None,
        "if_confirmed": said.conditional,
        "confidence": said.confidence,
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {"begin": piece.begin, "end": piece.end, "text": piece.text}
