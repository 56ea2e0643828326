"""Mails (.eml): newsletters and forwarded agency copy. A mail may hold several stories."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from digest.importing.carriers import Carriers
from digest.importing.items import Found, Item, stamp
from digest.importing.lexicon import lexicon
from digest.importing.mail_frames import unframed
from digest.importing.markdown import clean, one_line
from digest.importing.names import like_a_person
from digest.importing.proposals import one_story
from digest.importing.raw import Known, raw_items, text_of
from digest.problems import Location, Problem

MAX_MAIL = 25 * 1024 * 1024
"""What mail servers let through; pictures and attachments are skipped."""

_LONGEST_NOTE = 300
_FORWARDED = re.compile(r"(?:(?:re|fwd?|wg|aw|tr|sv|rv)\s*:\s*)+", re.IGNORECASE)
"""What mail programs write before the subject of a mail that is answered or passed on."""


def mail_items(origin: str, data: bytes, known: Known) -> Found:
    """The stories of a mail; its subject is the headline where the text has none."""
    at = Location(origin)
    if len(data) > MAX_MAIL:
        message = f"the mail has {len(data):,} bytes; the most that is read is {MAX_MAIL:,}"
        return Found(problems=(Problem("D952", message, at, hint="import its text"),))
    try:
        mail = message_from_bytes(data, policy=policy.default)
        text, is_html = _text(mail)
        attached = _attachments(mail)
        subject, sender, sent, id_ = (str(mail.get(key, "")) for key in ("subject", "from", "date", "message-id"))
    except RecursionError:
        message = "the mail cannot be read: its parts are nested too deep"
        return Found(problems=(Problem("D959", message, at, hint="save its text and import that"),))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        return Found(
            problems=(Problem("D959", f"the mail cannot be read: {error}", at, hint="save its text and import that"),)
        )
    if is_html:
        parts, problems = known.confined("plain", origin, text.encode())
        if problems:
            return Found(problems=tuple(problems))
        text = clean(parts[0]["text"])
    if not text.strip():
        return Found(problems=(Problem("D957", "there is no text in this mail", at, hint="is it all pictures?"),))
    bare = unframed(text, lexicon())
    found = raw_items(origin, bare.text.encode(), known)
    title = _FORWARDED.sub("", one_line(subject))
    outlet = _outlet(parseaddr(sender)[0], known)
    items = [_dated(item, i, id_.strip(), outlet, _moment(sent) or bare.sent) for i, item in enumerate(found.items)]
    if len(items) == 1 and items[0].proposal and items[0].proposal.headline and title and title != items[0].title:
        items = [replace(items[0], notes=(*items[0].notes, f"Subject of the mail: {title}"))]
    elif len(items) == 1 and items[0].proposal and title:
        story = one_story(title, items[0].text, known.today, known.registered)
        items = [replace(items[0], title=title, proposal=story)]
    notes = tuple(filter(None, (_note("Left out of the mail", bare.dropped), _note("Not read", attached))))
    if items and notes:
        items[0] = replace(items[0], notes=(*items[0].notes, *notes))
    return Found(tuple(items), found.problems)


def _note(what: str, parts: tuple[str, ...]) -> str:
    """A note that names what did not become part of an article; "" where that is nothing."""
    text = one_line(" / ".join(parts))
    return f"{what}: {text if len(text) <= _LONGEST_NOTE else text[:_LONGEST_NOTE] + ' …'}" if text else ""


def _attachments(mail: EmailMessage) -> tuple[str, ...]:
    """The names of a mail's attachments; of those without a name, what they are."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    named = ((one_line(str(part.get_filename() or "")).replace("\\", "/").rsplit("/", 1)[-1], part) for part in parts)
    return tuple(
        f"the attachment {name or part.get_content_type()}"
        for name, part in named
        if name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"
    )


def _outlet(sender: str, known: Known) -> str:
    """Who sent a mail, as an outlet; "" for a person who passes something on."""
    carriers = Carriers(lexicon(), known.registered)
    return "" if like_a_person(sender, lexicon()) and not carriers.carries(sender) else sender


def _dated(item: Item, number: int, id_: str, outlet: str, when: str) -> Item:
    return replace(
        item, origin=f"the mail {item.origin}", key=f"mail:{id_}#{number}" if id_ else "", when=when, outlet=outlet
    )


def _text(mail: EmailMessage) -> tuple[str, bool]:
    """The text of a mail, and whether it is HTML."""
    body = mail.get_body(preferencelist=("plain", "html"))
    if not isinstance(body, EmailMessage):
        return "", False
    is_html = body.get_content_subtype() == "html"
    try:
        return clean(str(body.get_content())), is_html
    except LookupError:  # a charset that nobody knows: read it as a file is read
        data = body.get_payload(decode=True)
        return text_of("", data, most=MAX_MAIL)[0] if isinstance(data, bytes) else "", is_html


def _moment(text: str) -> str:
    try:
        return stamp(parsedate_to_datetime(text))
    except (ValueError, TypeError):
        return ""
