"""Running copy comes apart at its headlines, and what is no news goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.importing.lexicon import lexicon
from digest.importing.spans import Piece, hidden, paragraphs, sentences
from digest.importing.stories import Split, split

BODY = "The bridge was closed on Tuesday, the council said."


def parts(text: str) -> Split:
    return split(text, lexicon())


def headlines(text: str) -> list[str]:
    return [story.headline.text if story.headline else "" for story in parts(text).stories]


def test_a_line_without_a_full_stop_before_text_begins_a_story() -> None:
    assert headlines(f"Bridge closed to lorries\n{BODY}\nRain floods the main station\nTrains stopped at noon.") == [
        "Bridge closed to lorries",
        "Rain floods the main station",
    ]


def test_text_before_the_first_headline_is_a_story_without_one() -> None:
    assert headlines(f"{BODY}\nRain floods the main station\nTrains stopped at noon.") == [
        "",
        "Rain floods the main station",
    ]


def test_a_second_line_without_a_full_stop_is_a_standfirst() -> None:
    story = parts(f"Bridge closed to lorries\nCouncil speaks of cracks in two bearings\n{BODY}").stories[0]
    assert [p.text for p in story.body] == ["Council speaks of cracks in two bearings", BODY]


def test_a_short_line_within_one_subject_is_no_new_story() -> None:
    first = "Bridge closed to lorries\nThe Harbour bridge was closed by Mayor Anna Berg."
    text = f"{first}\nNo date\nMayor Anna Berg gave no date.\n{BODY}"
    assert headlines(text) == ["Bridge closed to lorries"]


def test_lines_that_a_mail_program_broke_are_one_paragraph() -> None:
    text = (
        "The council of Harborough said on Tuesday that the bridge would stay\n"
        "closed until the autumn because two of its bearings had been found\n"
        "to be cracked."
    )
    assert [p.text for p in paragraphs(text)] == [text.replace("\n", " ")]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter",
        "Read more: Who pays for bridges",
        "Accept all cookies",
        "We use cookies to improve your experience.",
        "Share this article",
        "WhatsApp",
        "Leave a comment",
        "Comments (12)",
        "By Anna Berg in Harborough",
        "Published 3 hours ago",
        "Photo: a bridge",
        "© 2025 Harbour Post. All rights reserved.",
        "Advertisement",
        "Most read",
        "14:05 BST",
        "5 min read",
    ],
)
def test_furniture_goes(line: str) -> None:
    found = parts(f"Bridge closed to lorries\n{BODY}\n{line}\nThe union agreed.")
    assert [p.text for p in found.dropped] == [line]
    assert [p.text for p in found.stories[0].body] == [BODY, "The union agreed."]


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the bridge had been closed.",
        "Related charges against the owner were dropped.",
        "Published figures show that inflation fell to 2%.",
        "Latest polls put the party at 20%.",
        "Facebook said it would appeal.",
        "Copyright law needs reform, the minister said.",
        "Watch towers along the border were empty.",
        "More than 40 people were hurt.",
        "Comments by the minister angered farmers.",
        "Share prices fell by a tenth.",
        "Live ammunition was used, police said.",
        "The company said in its newsletter that it would close.",
        "Media outlets reported two explosions.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    found = parts(f"Bridge closed to lorries\n{BODY}\n{line}")
    assert found.dropped == ()
    assert found.stories[0].body[-1].text == line


def test_an_invitation_at_the_end_of_a_paragraph_goes_and_the_news_before_it_stays() -> None:
    found = parts(f"Bridge closed to lorries\n{BODY} Click here to read the report.")
    assert [p.text for p in found.stories[0].body] == [BODY]
    assert [p.text for p in found.dropped] == ["Click here to read the report."]


def test_abbreviations_and_quotations_do_not_end_a_sentence() -> None:
    text = 'Sen. Walter Briggs of the U.S. Senate spoke. "It is late. Go home," he said. Rain fell.'
    assert [s.text for s in sentences(Piece(text, 0, len(text)))] == [
        "Sen. Walter Briggs of the U.S. Senate spoke.",
        '"It is late. Go home," he said.',
        "Rain fell.",
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_every_piece_is_where_it_says(text: str) -> None:
    found = parts(text)
    pieces = [*found.dropped, *(p for story in found.stories for p in story.body)]
    pieces += [s for piece in pieces for s in sentences(piece)]
    assert all(piece.text == text[piece.begin : piece.end].replace("\n", " ") for piece in pieces)


@given(st.text(alphabet="ab .\"“”‘’'", max_size=60))
def test_hiding_quotations_keeps_every_place(text: str) -> None:
    assert len(hidden(text)) == len(text)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: What is in the grain deal?",
        "Get the day's headlines and highlights emailed direct to you every morning",
        "Sign in or create your account to join the discussion",
        "Log in to comment",
        "Key events",
        "Show key events only",
        "Photograph: Anna Berg/AP",
        "View image in fullscreen",
        "Please turn on JavaScript to use this feature",
        "FOR IMMEDIATE RELEASE",
        "Embargoed until 6 May 2025, 09:00 CET",
        "Press contact: Anna Berg, +47 55 00 00 00",
        "Notes to editors:",
        "- ENDS -",
        "BC-NORWAY-BRIDGE/UPDATE 1 (ADDS QUOTE)",
        "Got a story? Call our newsdesk",
    ],
)
def test_furniture_of_live_pages_hides_no_headline(line: str) -> None:
    made = parts(f"Rain floods the station\nTrains stopped at noon.\n{line}\nBridge closed to lorries\n{BODY}")
    assert [story.headline and story.headline.text for story in made.stories] == [
        "Rain floods the station",
        "Bridge closed to lorries",
    ]
    assert [piece.text for piece in made.dropped] == [line]


@pytest.mark.parametrize("title", ["Harborough live: bridge closed as rain falls", "Bridge closed – as it happened"])
def test_the_title_of_a_live_page_is_no_story_above_the_first_headline(title: str) -> None:
    made = parts(f"{title}\nBridge closed to lorries\n{BODY}")
    assert [story.headline and story.headline.text for story in made.stories] == ["Bridge closed to lorries"]
    assert [piece.text for piece in made.dropped] == [title]


def test_a_headline_that_speaks_of_live_is_one_where_text_follows() -> None:
    assert headlines(f"Harborough live: bridge closed\n{BODY}") == ["Harborough live: bridge closed"]


@pytest.mark.parametrize(
    "line",
    ["US-CHINA talks resume after a week", "COVID-19 ward closes in Bergen", "Press office of the king burns down"],
)
def test_headlines_that_begin_like_the_furniture_of_a_wire_stay(line: str) -> None:
    assert headlines(f"{line}\n{BODY}") == [line]


LIVE = """\
Nordpost
Home News Sport Business
LIVE
Rain floods Bergen
1,204 viewing this page
Summary
Officials say 40 people were led to safety
The harbour bridge is closed

14:32
Breaking
“It came fast” – residents tell of the night
Posted at 14:32 BST
Anna Berg said the water came in minutes.
14:05
Analysis
What is a spring tide?
A spring tide is a high one. It may bring floods.

Get in touch
Are you in Bergen? Share your experiences by emailing live@nordpost.example
More on this story
Rain in pictures
Copyright © 2025 Nordpost. Not responsible for other sites.
"""


def test_a_live_page_is_its_posts_and_what_its_summary_says() -> None:
    made = parts(LIVE)
    assert [(s.headline.text, len(s.body)) for s in made.stories if s.headline] == [
        ("Rain floods Bergen", 2),
        ("“It came fast” – residents tell of the night", 1),
        ("What is a spring tide?", 1),
    ]
    assert len(made.stories) == 3
    kept = [piece.text for story in made.stories for piece in (story.headline, *story.body) if piece]
    assert len(made.dropped) + len(kept) == len([line for line in LIVE.splitlines() if line])


def test_a_live_page_without_a_summary_has_a_title_and_posts() -> None:
    made = parts(f"Rain floods Bergen\n14:32\nBridge closed to lorries\n{BODY}\n14:05\nTrains stop\n{BODY}")
    assert [s.headline and s.headline.text for s in made.stories] == ["Bridge closed to lorries", "Trains stop"]
    assert {s.page for s in made.stories} == {"Rain floods Bergen"}


def test_stories_around_a_live_page_stay_apart_and_a_post_of_one_line_stays() -> None:
    page = f"14:32\nBridge closed to lorries\n{BODY}\n14:20\nMore rain is on its way\n14:05\nTrains stop\n{BODY}"
    made = parts(f"Mayor quits in Bergen\nAnna Berg left.\n{page}\nPrices fall in Norway\nBread was cheaper in May.")
    assert [s.headline.text if s.headline else s.body[0].text for s in made.stories] == [
        "Mayor quits in Bergen",
        "Bridge closed to lorries",
        "More rain is on its way",
        "Trains stop",
        "Prices fall in Norway",
    ]


NOTE = "please have a look, this came in from our man:"
SIGNED = ["Best regards,", "Anna", "--", "Anna Berg", "Night editor, Nordpost", "Tel. +47 555 0100"]


@pytest.mark.parametrize("greeting", ["Hi all,", "Hello everyone,", "Dear Ms Berg,", "Good morning team!"])
def test_the_note_above_a_forwarded_text_and_the_signature_below_it_go(greeting: str) -> None:
    made = parts(f"{greeting}\n\n{NOTE}\n\nBridge closed to lorries\n\n{BODY}\n\n" + "\n".join(SIGNED))
    assert [s.headline and s.headline.text for s in made.stories] == ["Bridge closed to lorries"]
    assert [p.text for p in made.stories[0].body] == [BODY]
    assert sorted(p.text for p in made.dropped) == sorted([greeting, NOTE, *SIGNED])


@pytest.mark.parametrize(
    "text",
    [
        f"Hello Kitty museum opens in Bergen\n{BODY}",
        f"Bridge closed to lorries\n{BODY}\n--\nTrains stop\nNo train will run before noon, the railway said.",
        f"Thanks\nBridge closed to lorries\n{BODY}",
        f"Bridge closed to lorries\n{BODY}\nAbout Harborough\nHarborough has 3,000 people.",
        f"Analysis of the water finds lead\n{BODY}",
        f"World business leaders meet in Bergen\n{BODY}",
        "Have you seen her? Police asked again on Monday.",
    ],
)
def test_no_news_goes_with_a_frame(text: str) -> None:
    made = parts(text)
    assert {p.text for p in made.dropped} <= {"--"}


def test_what_a_company_says_of_itself_goes_from_the_end_of_a_press_release() -> None:
    about = ["About Glas AB", "Glas AB makes windows. It has 1,900 employees."]
    contact = ["Media contact:", "Olof Berg, press officer", "+46 470 000 00", "press@glas.example", "###"]
    news = "FOR IMMEDIATE RELEASE\nGlas AB closes furnace\nGlas AB will close its furnace."
    made = parts("\n".join([news, *about, *contact]))
    assert [p.text for story in made.stories for p in story.body] == ["Glas AB will close its furnace."]
    assert sorted(p.text for p in made.dropped) == sorted(["FOR IMMEDIATE RELEASE", *about, *contact])


def test_the_items_of_a_list_are_stories_of_its_day() -> None:
    made = parts(
        "Top stories today, 4 June 2025:\n"
        "- Storm closes ports in Portugal. Two fishermen are missing, the coast guard said.\n"
        "- Kenya protests: 16 killed, says Amnesty; the government denies it."
    )
    assert [s.headline and s.headline.text for s in made.stories] == ["Storm closes ports in Portugal", None]
    assert [s.body[0].text for s in made.stories] == [
        "Two fishermen are missing, the coast guard said.",
        "Kenya protests: 16 killed, says Amnesty; the government denies it.",
    ]
    assert made.head.dated
    assert str(made.head.dated.day) == "2025-06-04"
