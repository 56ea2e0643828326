"""Why a claim has its label, as data and as text: what `digest explain` says."""

from __future__ import annotations

import textwrap
from typing import Any

from digest.index.filing import in_utc
from digest.index.index import Index
from digest.labels.words import SCALES, admiralty, source_note, worth_in_words
from digest.labels.worth import Worth
from digest.model import Statement
from digest.pages.compose import Composer
from digest.pages.phrases import BASES, STANCES
from digest.pages.tongue import Tongue


def explain(index: Index, claim: str, tongue: Tongue) -> dict[str, Any]:
    """Everything behind a claim's newest label, ready for JSON. Times are ISO 8601 in UTC."""
    composer = Composer(index, tongue)
    course = composer.course(claim)
    now, known = course.now, course.now.evidence
    return {
        "id": claim,
        "text": course.claim.text,
        "kind": str(course.claim.kind),
        "label": str(now.label),
        "label_name": tongue.gettext(SCALES[now.label].name),
        "rule": now.rule,
        "why": composer.why(now),
        "computed": str(now.computed or ""),
        "capped_by": now.capped_by,
        "admiralty": admiralty(now.label, now.by_rules),
        "badges": [{"badge": b, "text": shown.text} for b, shown in zip(now.badges, composer.badges(now), strict=True)],
        "roots_for": sorted(known.pro.roots),
        "roots_against": sorted(known.con.roots),
        "checked": sorted(known.pro.checked | known.con.checked),
        "statements": [_statement(index, tongue, s, w) for s, w in zip(known.statements, known.worths, strict=True)],
        "history": [
            {
                "at": in_utc(at),
                "day": index.settings.day_of(at).isoformat(),
                "label": str(v.label),
                "label_name": tongue.gettext(SCALES[v.label].name),
                "rule": v.rule,
            }
            for at, v in course.history
            if known.statements
        ],
        "articles": list(reversed(index.group(f"claim:{claim}"))),
    }


def _statement(index: Index, tongue: Tongue, statement: Statement, worth: Worth) -> dict[str, Any]:
    registry = index.registry
    polarity = statement.says.polarity
    chain = [statement.by, *statement.via]
    return {
        "by": statement.by,
        "via": list(statement.via),
        "chain": [
            {"name": registry.sources[s].name, "note": source_note(registry.sources[s], registry, tongue)}
            for s in chain
        ],
        "says": str(statement.says),
        "says_text": tongue.gettext(STANCES[statement.says]),
        "basis": str(statement.basis),
        "basis_text": tongue.gettext(BASES[statement.basis]),
        "derived_from": list(statement.derived_from),
        "recorded": in_utc(statement.recorded),
        "day": index.settings.day_of(statement.recorded).isoformat(),
        "worth": worth_in_words(worth, registry, tongue) if polarity else "",
        "url": statement.url,
        "quote": statement.quote,
        "figure": " ".join(part for part in (statement.value, statement.unit) if part),
        "note": statement.note,
        "article": statement.article,
        "place": str(statement.at),
    }


def explain_text(found: dict[str, Any], width: int = 100) -> str:
    """The same for people: a few short sections, wrapped to `width` columns."""
    lines = [f"{found['text']}", "", f"  {found['label_name']} (rule: {found['rule']})"]
    lines += textwrap.wrap(found["why"], width, initial_indent="  ", subsequent_indent="  ")
    if found["computed"]:
        lines.append(f"  by the rules it would be: {found['computed']}")
    if found["badges"]:
        badges = "; ".join(b["text"] for b in found["badges"])
        lines += textwrap.wrap(badges, width, initial_indent="  · ", subsequent_indent="    ")
    lines += [
        "",
        f"Independent roots for it: {_named(found, 'roots_for')}",
        f"Against it: {_named(found, 'roots_against')}",
    ]
    lines += ["", "Statements"]
    for statement in found["statements"]:
        lines += _statement_lines(statement, width)
    lines += ["", "History"]
    lines += [f"  {h['day']}  {h['label_name']} ({h['rule']})" for h in found["history"]] or ["  nothing was recorded"]
    lines += ["", f"Stands in: {', '.join(found['articles'])}"]
    return "\n".join(lines)


def _named(found: dict[str, Any], side: str) -> str:
    return ", ".join(r + (" (checked)" if r in found["checked"] else "") for r in found[side]) or "none"


def _statement_lines(statement: dict[str, Any], width: int) -> list[str]:
    chain = " → ".join(f"{link['name']} ({link['note']})" for link in statement["chain"])
    lines = textwrap.wrap(f"{statement['day']}  {chain}", width, initial_indent="  ", subsequent_indent="    ")
    said = statement["says_text"]
    if statement["worth"]:
        said += f" (basis: {statement['basis_text']}); counts as: {statement['worth']}"
    lines += textwrap.wrap(said, width, initial_indent="    ", subsequent_indent="    ")
    quote = f"“{statement['quote']}”" if statement["quote"] else ""
    for words in filter(None, (statement["figure"], quote, statement["note"])):
        lines += textwrap.wrap(words, width, initial_indent="    ", subsequent_indent="    ")
    if statement["url"]:
        lines.append(f"    {statement['url']}")
    return lines
