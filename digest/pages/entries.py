"""Entries of feeds: an article, an edition, a claim or a correction, its labels in words, its addresses whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from html import escape, unescape
from urllib.parse import urljoin

from digest.frozen import Frozen
from digest.index.filing import in_utc
from digest.index.index import Part, since
from digest.index.packing import Codec
from digest.model import Correction, Settings
from digest.model.html import ROOT_MARK
from digest.pages.article import CLAIM_REF, compose_leaf
from digest.pages.compose import Composer
from digest.pages.edition import EditionView, compose_edition
from digest.pages.leaf import ArticleView
from digest.pages.parts import ArticleCard, ClaimFull, LabelCount, LabelMark

_HELD = 512
"""Entries that are remembered while feeds are made."""


class FeedEntry(Frozen, frozen=True):
    """An entry of a feed: `id` is a tag URI that outlives a change of title or address; times are RFC 3339, UTC; `html`
    is the whole text with absolute addresses, "" where feeds hold summaries alone; `tags` are its topic, region and
    labels in words."""

    id: str
    title: str
    address: str
    published: str
    updated: str
    summary: str
    html: str
    authors: tuple[str, ...]
    lang: str
    tags: tuple[str, ...]


ENTRY = Codec(FeedEntry)

_text = partial(escape, quote=False)


def article_entry(composer: Composer, article: str) -> FeedEntry:
    """The entry of an article."""
    kept = composer.index.kept(article, Part.ENTRY)
    if kept is not None:
        return ENTRY.unpack(kept)
    return composer.lately(_composed, article, _HELD)


def _composed(composer: Composer, article: str) -> FeedEntry:
    index, card = composer.index, composer.card(article)
    leaf = composer.leaf(article) or compose_leaf(composer, index.article(article), card)
    return compose_entry(composer, leaf, card, index.body(article))


def compose_entry(composer: Composer, leaf: ArticleView, card: ArticleCard, body: str) -> FeedEntry:
    """The entry of an article with that page, that entry in lists, and that text as it is stored."""
    settings = composer.index.settings
    named = (card.topic, card.region)
    return FeedEntry(
        settings.tag_uri(f"article:{leaf.id}"),
        leaf.title,
        card.address,
        card.published,
        card.updated,
        leaf.summary,
        "".join(_article_html(composer, leaf, card, body)) if settings.full_text else "",
        leaf.authors,
        leaf.lang,
        (*(link.text for link in named if link), *(count.label.name for count in card.labels)),
    )


def _article_html(composer: Composer, leaf: ArticleView, card: ArticleCard, body: str) -> Iterator[str]:
    url, _n = composer.index.settings.url, composer.tongue.ngettext
    picture = leaf.picture
    if picture is not None:
        caption = _text(" ".join(part for part in (picture.caption, picture.credit) if part))
        yield f'<figure><img src="{escape(url + picture.address)}" alt="{escape(picture.alt)}">'
        yield f"<figcaption>{caption}</figcaption></figure>\n" if caption else "</figure>\n"
    if leaf.count:
        yield f"<p><em>{_text(leaf.count)}</em></p>\n"
    labels = {claim.id: claim.label for claim in leaf.claims}
    yield absolute(say_labels(body, labels), url, card.address)
    if leaf.corrections:
        yield f"<h2>{_text(_n('Correction', 'Corrections', len(leaf.corrections)))}</h2>\n"
        for note in leaf.corrections:
            yield f"<p>{_text(note.day.full)}. {_text(note.text)}</p>\n"
    if leaf.claims:
        yield f"<h2>{_text(composer.tongue.gettext('The claims, and who makes them'))}</h2>\n<ul>\n"
        for claim in leaf.claims:
            yield f"<li>{''.join(_claim_html(composer, claim))}</li>\n"
        yield "</ul>\n"


def say_labels(html: str, labels: Mapping[str, LabelMark]) -> str:
    """Stored HTML with each claim's label said in words after the words that carry it."""

    def say(match: re.Match[str]) -> str:
        tag, attributes, claim, words = match.groups()
        label = labels.get(claim)
        if label is None:
            return words
        linked = f"<a{attributes}>{words}</a>" if tag == "a" else words
        return f"{linked} ({_text(label.name)})"

    return CLAIM_REF.sub(say, html) if ' class="claim-ref"' in html else html


_TAG = re.compile(r'<[a-z](?:[^>"]|"[^"]*")*>')
_REFERENCE = re.compile(r'(?<=\s)(href|src|cite)="([^"]*)"')


def absolute(html: str, url: str, address: str) -> str:
    """Stored HTML with whole addresses: of the page at `address` below the digest's `url`."""

    def whole(match: re.Match[str]) -> str:
        name, value = match.groups()
        if value.startswith(ROOT_MARK):
            return f'{name}="{escape(url)}{value.removeprefix(ROOT_MARK)}"'
        if value.startswith(("https://", "http://", "mailto:")):
            return match[0]
        try:
            return f'{name}="{escape(urljoin(url + address, unescape(value)))}"'
        except ValueError:  # a host in brackets that is no IPv6 address
            return match[0]

    if '="' not in html:
        return html
    return _TAG.sub(lambda tag: _REFERENCE.sub(whole, tag[0]) if '="' in tag[0] else tag[0], html)


def _claim_html(composer: Composer, claim: ClaimFull) -> Iterator[str]:
    """A claim with its label, why it has it, what it was before, and where more is said."""
    _, url = composer.tongue.gettext, composer.index.settings.url
    yield f"{_text(claim.text)} <strong>{_text(claim.label.name)}</strong>. {_text(claim.why)}"
    notes = [badge.text for badge in claim.badges]
    if claim.override is not None:
        notes.append(f"{_('By the rules alone:')} {claim.override.computed.name}; {claim.override.reason}")
    if notes:
        yield f" ({_text('; '.join(notes))})"
    if len(claim.history) > 1:
        yield f" {_text(' → '.join(f'{change.label.name} ({change.day.short})' for change in claim.history))}."
    yield f' <a href="{escape(url + claim.address)}">{_text(_("Who says so"))}</a>'


def edition_entry(composer: Composer, day: str) -> FeedEntry:
    """The entry of a day's edition: its articles with their sources and labels as of that day, and what has changed."""
    settings = composer.index.settings
    edition = compose_edition(composer, day, ROOT_MARK)
    cards = [item.card for s in edition.sections for topic in s.topics for item in topic.articles]
    first = settings.start_of(date.fromisoformat(day))
    html = absolute("".join(_edition_html(composer, edition)), settings.url, edition.day.address)
    _n = composer.tongue.ngettext
    articles = _n("%(num)s article", "%(num)s articles", edition.articles) % {"num": edition.articles}
    claims = _n("%(num)s claim", "%(num)s claims", edition.claims) % {"num": edition.claims}
    return FeedEntry(
        settings.tag_uri(f"edition:{day}"),
        f"{edition.day.full}: {edition.note_title}" if edition.note_title else edition.day.full,
        edition.day.address,
        in_utc(first),
        max((card.updated for card in cards), default=in_utc(first)),
        composer.tongue.gettext(", ").join((articles, claims)),
        html if settings.full_text else "",
        edition.note_authors,
        settings.language,
        tuple(section.region.text for section in edition.sections if section.topics),
    )


def _edition_html(composer: Composer, edition: EditionView) -> Iterator[str]:
    _ = composer.tongue.gettext
    yield edition.note_html
    for section in edition.sections:
        if section.topics:
            yield f"<h2>{_text(section.region.text)}</h2>\n"
        for card in (item.card for topic in section.topics for item in topic.articles):
            yield f'<h3><a href="{ROOT_MARK}{escape(card.address)}">{_text(card.title)}</a></h3>\n'
            yield f"<p>{_text(card.summary)}</p>\n" if card.summary else ""
            words = "; ".join(part for part in (card.sources, _in_words(card.labels)) if part)
            yield f"<p><em>{_text(words)}</em></p>\n" if words else ""
    if edition.changed:
        yield f"<h2>{_text(_('Changed since this edition'))}</h2>\n<ul>\n"
        for change in edition.changed:
            yield f'<li><a href="{ROOT_MARK}{escape(change.address)}">{_text(change.text)}</a> '
            yield f"{_text(change.then.name)} → <strong>{_text(change.now.label.name)}</strong>"
            yield f" ({_text(change.now.day.short)})</li>\n"
        yield "</ul>\n"


def _in_words(labels: Iterable[LabelCount]) -> str:
    return ", ".join(f"{count.label.name} {count.count}" for count in labels)


def claim_entry(composer: Composer, id_: str) -> FeedEntry:
    """The entry of a claim in the feed of its label."""
    settings = composer.index.settings
    course, claim = composer.course(id_), composer.claim(id_)
    article = composer.index.article(course.claim.article)
    title = f"{claim.label.name}: {claim.text}"
    link = f'<a href="{escape(settings.url + article.address)}">{_text(article.title)}</a>'
    html = f"<p>{''.join(_claim_html(composer, claim))}</p>\n"
    html += f"<p>{_text(composer.tongue.gettext('In the article:'))} {link}</p>\n"
    return FeedEntry(
        settings.tag_uri(f"claim:{id_}"),
        title,
        claim.address,
        in_utc(article.date),
        in_utc(max(article.date, since(course))),
        claim.why,
        html if settings.full_text else "",
        (),
        settings.language,
        (claim.label.name,),
    )


def correction_entries(composer: Composer) -> Iterator[FeedEntry]:
    """The entries of all corrections, newest first."""
    found: list[tuple[date, str, int, Correction]] = []
    for article in composer.index.members("corrections:all"):
        seen: dict[date, int] = {}
        for correction in article.corrections:
            seen[correction.day] = seen.get(correction.day, 0) + 1
            found.append((correction.day, article.id, seen[correction.day], correction))
    for day, id_, number, correction in sorted(found, key=lambda row: row[:3], reverse=True):
        yield _correction(composer.index.settings, composer.card(id_), (day, number), correction.text)


def _correction(settings: Settings, card: ArticleCard, which: tuple[date, int], text: str) -> FeedEntry:
    """The entry of the correction of an article that is the one of that number on its day."""
    day, number = which
    moment = max(in_utc(settings.start_of(day)), card.published)
    address = f"{card.address}#corrections"
    html = f'<p>{_text(text)}</p>\n<p><a href="{escape(settings.url + address)}">{_text(card.title)}</a></p>\n'
    return FeedEntry(
        settings.tag_uri(f"correction:{card.id}:{day}" + (f":{number}" if number > 1 else "")),
        card.title,
        address,
        moment,
        moment,
        text,
        html if settings.full_text else "",
        (),
        settings.language,
        (),
    )
