"""Letters: mail editions as HTML with its styles in place, as plain text, and as files that mail programs send."""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from msgspec.structs import replace

from digest.pages.mail import LIMIT, MailView, pieces, shortened
from digest.problems import Location, Problem

Render: TypeAlias = Callable[[str, MailView], bytes | Problem]
"""Renders a template with a view."""

HTML, TEXT = "mail.html", "mail.txt"


def letter(render: Render, view: MailView) -> bytes | Problem:
    """A letter in the form that its view asks for."""
    if view.form == "text":
        return render(TEXT, view)
    html = _html(render, replace(view, form="html"))
    if view.form == "html" or isinstance(html, Problem):
        return html
    text = render(TEXT, replace(view, form="text"))
    return text if isinstance(text, Problem) else _message(view, text.decode(), html.decode())


def _html(render: Render, view: MailView) -> bytes | Problem:
    """The letter in HTML, within the limit: templates of the digest's own may write more than was reckoned with."""
    while True:
        made = render(HTML, view)
        inlined = made if isinstance(made, Problem) else _inlined(made.decode())
        left = pieces(view)
        if isinstance(inlined, Problem) or len(inlined) <= LIMIT or not left:
            return inlined
        view = shortened(view, min(left - 1, left * LIMIT // len(inlined)))


def _inlined(html: str) -> bytes | Problem:
    """The page with its styles in the elements, since mail programs leave style sheets out."""
    from css_inline import CSSInliner, InlineError  # noqa: PLC0415 (only needed where letters are made)

    try:
        return CSSInliner(load_remote_stylesheets=False).inline(html).rstrip().encode() + b"\n"
    except InlineError as error:
        hint = "look at its styles (parts/mail-style.html)"
        return Problem(
            "D604", f"the letter’s styles cannot be put in place: {error}", Location(f"templates/{HTML}"), hint=hint
        )


def _message(view: MailView, text: str, html: str) -> bytes:
    """Both as one message (RFC 5322, multipart/alternative). All in its head comes from the edition."""
    from email.headerregistry import Address  # noqa: PLC0415 (only needed where letters are made)
    from email.message import EmailMessage  # noqa: PLC0415
    from email.policy import SMTP  # noqa: PLC0415

    message = EmailMessage(SMTP)
    name, address = view.sender
    message["From"] = Address(_plain(name), addr_spec=address)
    message["Subject"] = _plain(view.subject)
    message["Date"] = datetime.fromisoformat(view.date)
    message["Message-ID"] = view.message
    message["MIME-Version"] = "1.0"
    message.make_alternative()
    for subtype, content in (("plain", text), ("html", html)):
        part = EmailMessage(SMTP)
        part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(_quoted(content))
        message.attach(part)
    message.set_boundary(f"=_edition-{view.day.iso}")  # in quoted-printable “=_” stands nowhere else
    return message.as_bytes()


def _quoted(text: str) -> str:
    """Text as quoted-printable (RFC 2045)."""
    lines = re.sub("\r\n?|\n", "\r\n", text)
    return b2a_qp(lines.encode(), istext=True).decode("ascii")


def _plain(text: str) -> str:
    """Text for a line of a message's head."""
    return " ".join("".join(c if c.isprintable() or c == " " else " " for c in text).split())
