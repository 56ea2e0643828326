"""A mail edition as a view: what is in it, and what is left out where there is too much."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from digest.index.memory import MemoryIndex as Index
from digest.pages.compose import Composer
from digest.pages.mail import MailView, authority, pieces, shortened, without_note
from digest.pages.plan import FAMILIES, compose_site, plan
from digest.pages.tongue import Tongue


def mail(composer: Composer, day: str = "2025-07-01", form: str = "html") -> MailView:
    view = FAMILIES["mail"].view(composer, f"{form}:{day}").view
    assert isinstance(view, MailView)
    return view


def names(index: Index) -> list[str]:
    return [p.address for p in plan(index) if p.family == "mail"]


def test_each_edition_has_a_mail_and_its_plain_text_twin(index: Index) -> None:
    assert names(index) == [f"2025/07/0{day}/email.{form}" for day in (1, 2) for form in ("html", "txt")]


def test_letters_are_made_where_the_settings_ask_for_them(index: Index) -> None:
    asked = replace(index, settings=structs.replace(index.settings, eml=True))
    assert {"2025/07/01/email.eml", "2025/07/02/email.eml"} < set(names(asked))


def test_without_a_url_there_is_no_mail_since_its_links_must_be_absolute(index: Index) -> None:
    bare = structs.replace(index.settings, url="", eml=True)
    assert names(replace(index, settings=bare)) == []
    assert compose_site(bare, Tongue("en"), str, "").mail == ""


def test_a_mail_holds_the_edition_with_the_labels_of_its_day(composer: Composer) -> None:
    view = mail(composer)
    (section,) = view.sections
    (article,) = section.articles
    assert (article.card.id, article.topic.text if article.topic else "") == ("village", "war")
    assert [c.label.id for c in article.claims] == ["party-claim"]
    assert (view.left_out, article.more, view.note_left_out) == (0, 0, False)
    assert view.note_html.count('href="https://example.org/a/labels/"') == 1
    assert view.note_text == "See the labels (https://example.org/a/labels/)."


def test_what_stands_in_its_head_comes_from_the_edition_alone(composer: Composer) -> None:
    view = mail(composer, form="eml")
    assert view.subject == "Test digest, 1 July 2025: A quiet day"
    assert (view.message, view.date) == ("<edition.2025-07-01@example.org>", "2025-07-01T06:30:00Z")
    assert view.sender == ("Test digest", "noreply@example.org")


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("desk@example.org", "desk@example.org"),
        ("https://example.org/@us", "noreply@example.org"),
        ("ä@b", "noreply@example.org"),
    ],
)  # fmt: skip
def test_the_contact_sends_it_where_mail_takes_that_address(index: Index, contact: str, address: str) -> None:
    settings = structs.replace(index.settings, contact=contact, publisher="Desk")
    assert mail(Composer(replace(index, settings=settings), Tongue("en"))).sender == ("Desk", address)


def test_ids_follow_the_tag_authority_and_not_the_domain(index: Index) -> None:
    assert authority(structs.replace(index.settings, tag="news.example,2020")) == "news.example"
    assert authority(structs.replace(index.settings, tag="desk@news.example,2020")) == "news.example"
    assert authority(structs.replace(index.settings, tag="two words,2020")) == "digest.invalid"
    assert authority(structs.replace(index.settings, url="https://новости.example/")) == "xn--b1amnebsh.example"


def test_a_neighbour_that_comes_or_goes_leaves_a_mail_as_it_is(index: Index) -> None:
    alone = {key: members for key, members in index.groups.items() if key != "day:2025-07-02"}
    assert mail(Composer(replace(index, groups=alone), Tongue("en"))) == mail(Composer(index, Tongue("en")))


def test_shortening_keeps_the_first_pieces_and_counts_the_rest(composer: Composer) -> None:
    view = mail(composer, "2025-07-02")
    assert pieces(view) == 5  # two articles, with two claims and one
    assert shortened(view, 5) == view
    for room in range(5):
        cut = shortened(view, room)
        assert pieces(cut) == room
        shown = [a for s in cut.sections for a in s.articles]
        assert cut.left_out == 2 - len(shown)
        whole = [len(a.claims) for s in view.sections for a in s.articles]
        assert [len(a.claims) + a.more for a in shown] == whole[: len(shown)]
        assert all(s.articles for s in cut.sections)


def test_a_note_goes_first_and_leaves_a_link(composer: Composer) -> None:
    cut = shortened(mail(composer), 0)
    assert (cut.note_html, cut.note_text, cut.note_left_out, cut.left_out) == ("", "", True, 1)
    assert cut == shortened(without_note(mail(composer)), 0)


def test_a_note_that_would_take_half_the_room_makes_way_for_the_news(index: Index) -> None:
    note = next(iter(index.notes.values()))
    long = {f"note:{note.path}": f"<p>{'word ' * 4000}</p>"}
    view = mail(Composer(replace(index, bodies={**index.bodies, **long}), Tongue("en")))
    assert view.note_left_out
    assert view.left_out == 0


def test_pictures_in_a_note_become_words_and_anchors_lead_to_the_page(index: Index) -> None:
    note = next(iter(index.notes.values()))
    body = {f"note:{note.path}": '<p><img src="a.png" alt="A &amp; B"> <img src="b.png"> <a href="#x">x</a></p>'}
    view = mail(Composer(replace(index, bodies={**index.bodies, **body}), Tongue("en")))
    assert view.note_html == '<p>A &amp; B  <a href="https://example.org/a/2025/07/01/#x">x</a></p>'
