"""What mail programs write around a mail is no news, and what is left out of a mail is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.importing.lexicon import lexicon
from digest.importing.mail_frames import unframed
from tests.importing.digests import empty_digest, only, run, texts

NEWS = "Dockers in Bergen stopped work on Monday because of their shifts, the harbour union said."
FORWARDED = f"""\
From: Anna Berg <a@post.example>
Subject: Fwd: Strike
Date: {{date}}

See below.

-----Original Message-----
From: Desk <desk@post.example>
Sent: Monday, 30 June 2025 10:00
To: All
Subject: Strike

Dockers stop work in Bergen

{NEWS}

> "It will last," said Mayor Kari Lund.

On Tue, 1 Jul 2025 at 10:00, Ola Lund <ola@post.example> wrote:
> Thanks, Ola

Sent from my phone
CONFIDENTIALITY NOTICE: This e-mail is intended only for the addressee.
It may be privileged.
"""


@pytest.mark.parametrize(("date", "wanted"), [("not a date", "2025-06-30"), ("Tue, 01 Jul 2025 09:12:00 +0200",) * 2])
def test_a_forwarded_mail_has_one_story_and_the_date_of_the_mail_or_of_what_was_forwarded(
    tmp_path: Path, date: str, wanted: str
) -> None:
    root = empty_digest(tmp_path)
    (filed,) = run(root, FORWARDED.format(date=date)).filed
    text = only(root)
    assert filed.title == "Dockers stop work in Bergen"
    assert text.split("---\n")[2].strip() == f'{NEWS}\n\n"It will last," said Mayor Kari Lund.'
    assert f"date: {wanted if wanted == '2025-06-30' else '2025-07-01T09:12+02:00'}\n" in text
    assert "Left out of the mail: See below. / -----Original Message-----" in text


@pytest.mark.parametrize(
    "line",
    [
        "From here: the army goes north, the mayor said.",
        "Sent home: 40 workers of the mill.",
        "On Monday the mayor wrote: nothing will change.",
        "To: the point, the minister's book, is out.",
        "Confidential files show that 40 died.",
        "The army sent from its base 40 trucks.",
    ],
)
def test_news_that_looks_like_a_frame_stays(line: str) -> None:
    assert unframed(f"{NEWS}\n\n{line}\n\n{NEWS}", lexicon()).text == f"{NEWS}\n\n{line}\n\n{NEWS}"


def test_attachments_are_named(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    parts = (
        "--b\nContent-Type: text/plain\n\nThe bridge was closed, the mayor said.\n"
        '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../a/list.txt"\n\nAnother text.\n'
        "--b\nContent-Type: application/pdf\n\nAAAA\n--b--\n"
    )
    run(root, f'From: a@b\nSubject: Bridge\nContent-Type: multipart/mixed; boundary="b"\n\n{parts}')
    assert "Not read: the attachment list.txt / the attachment application/pdf" in only(root)
    assert "Another text" not in "".join(texts(root).values())


def test_a_mail_whose_parts_are_nested_too_deep_is_said_to_be(tmp_path: Path) -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(3000))
    (problem,) = run(empty_digest(tmp_path), f"From: a@b\nSubject: deep\n{deep}").problems
    assert "recursion" not in problem.message
