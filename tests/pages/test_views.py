"""What each page family shows, from the small digest."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from digest.index.memory import MemoryIndex as Index
from digest.labels.rules import RULES
from digest.model.settings import Followed, PageFamily
from digest.pages.archive import MonthView
from digest.pages.article import mark_claims
from digest.pages.claim import ClaimView
from digest.pages.compose import Composer
from digest.pages.edition import EditionView
from digest.pages.feed import FeedView
from digest.pages.home import HomeView
from digest.pages.label import LabelsView, LabelView
from digest.pages.leaf import ArticleView
from digest.pages.parts import LabelMark
from digest.pages.plan import FAMILIES, compose_page, plan
from digest.pages.sheet import Planned
from digest.pages.source import SourceView
from digest.pages.taxonomy import TaxonomyView, TaxonView
from digest.pages.thread import ThreadView


def addresses(index: Index) -> set[str]:
    return {planned.address for planned in plan(index)}


def test_every_address_of_the_contract_has_a_page(index: Index) -> None:
    assert {
        "", "2025/07/01/", "2025/07/", "2025/", "2025/07/01/village/", "claims/village-retaken/", "regions/",
        "regions/ukraine/", "topics/", "topics/war/", "sources/", "sources/tass/", "threads/", "threads/front/",
        "labels/", "labels/disputed/", "corrections/", "404.html", "old/monitors/",
    } <= addresses(index)  # fmt: skip


def test_no_two_pages_have_one_address(index: Index) -> None:
    found = [planned.address for planned in plan(index)]
    assert len(found) == len(set(found))


def test_an_edition_stands_by_region_with_its_place_and_within_it_by_topic(composer: Composer) -> None:
    view = FAMILIES["edition"].view(composer, "2025-07-01").view
    assert isinstance(view, EditionView)
    own = next(s for s in view.sections if s.topics)
    assert [link.text for link in own.trail] == ["Europe", "Eastern Europe", "Ukraine"]
    assert [s.topic.text for s in own.topics if s.topic] == ["war"]


def test_an_edition_shows_the_label_of_its_day_and_what_it_became(composer: Composer) -> None:
    view = FAMILIES["edition"].view(composer, "2025-07-01").view
    assert isinstance(view, EditionView)
    (change,) = view.changed
    assert (change.then.id, change.now.label.id, change.now.day.iso) == ("party-claim", "corroborated", "2025-07-02")
    claim = view.sections[0].topics[0].articles[0].claims[0]
    assert claim.label.id == "party-claim"
    assert claim.now is not None
    assert claim.now.label.id == "corroborated"


def test_an_article_stands_as_a_short_reference_under_its_other_regions(composer: Composer) -> None:
    view = FAMILIES["edition"].view(composer, "2025-07-01").view
    assert isinstance(view, EditionView)
    (russia,) = [s for s in view.sections if s.region.text == "Russia"]
    assert russia.topics == ()
    assert [(r.article.text, bool(r.place)) for r in russia.references] == [("Kyiv reports a village retaken", True)]


def test_an_edition_counts_only_claims_that_something_was_recorded_about_by_then(composer: Composer) -> None:
    view = FAMILIES["edition"].view(composer, "2025-07-01").view
    assert isinstance(view, EditionView)
    assert view.claims == 1
    assert [(c.label.id, c.count) for c in view.labels] == [("party-claim", 1)]


def test_the_home_page_is_the_newest_edition(composer: Composer) -> None:
    view = FAMILIES["home"].view(composer, "").view
    assert isinstance(view, HomeView)
    assert view.edition is not None
    assert view.edition.day.iso == "2025-07-02"
    assert [d.iso for d in view.days] == ["2025-07-02", "2025-07-01"]


def test_a_month_is_a_calendar_with_the_number_of_articles(composer: Composer) -> None:
    view = FAMILIES["month"].view(composer, "2025-07").view
    assert isinstance(view, MonthView)
    cells = {c.number: c for week in view.weeks for c in week if c.number}
    assert len(cells) == 31
    assert all(len(week) == 7 for week in view.weeks)
    assert (cells[2].articles, cells[2].address, cells[3].articles, cells[3].address) == (2, "2025/07/02/", 0, "")
    assert cells[2].label == "Wednesday 2 July 2025, 2 articles"


def test_an_article_counts_sources_and_independent_roots(composer: Composer) -> None:
    view = FAMILIES["article"].view(composer, "village").view
    assert isinstance(view, ArticleView)
    assert view.count == "3 sources, 1 independent"
    assert view.time == "09:30"


def test_the_words_of_a_claim_carry_its_label_in_the_text(composer: Composer) -> None:
    view = FAMILIES["article"].view(composer, "village").view
    assert isinstance(view, ArticleView)
    assert 'class="claim-ref claim-ref-corroborated" href="#claim-village-retaken"' in view.body_html
    assert "(Corroborated)" in view.body_html
    assert 'href="../../../../claims/village-retaken/"' in view.body_html


def test_words_of_an_unknown_claim_stay_words() -> None:
    html = '<p><a class="claim-ref" href="#claim-x" data-claim="x">words</a></p>'
    assert mark_claims(html, {"y": LabelMark("disputed", "Disputed", "")}) == "<p>words</p>"


def test_a_claim_page_holds_the_statements_of_all_its_articles(composer: Composer) -> None:
    view = FAMILIES["claim"].view(composer, "village-retaken").view
    assert isinstance(view, ClaimView)
    assert [s.source.id for s in view.claim.statements] == ["general-staff", "kremlin", "monitor", "kremlin"]
    assert [c.label.id for c in view.claim.history] == ["party-claim", "corroborated"]
    assert [a.id for a in view.articles] == ["monitors", "village"]
    assert [d.text for d in view.dependents] == ["More villages will follow."]
    assert "denied-by" in {b.id for b in view.claim.badges}


def test_a_source_page_says_what_became_of_its_claims(composer: Composer) -> None:
    view = FAMILIES["source"].view(composer, "general-staff").view
    assert isinstance(view, SourceView)
    assert [(c.label.id, c.count) for c in view.outcomes] == [("corroborated", 1), ("not-checkable", 1)]
    assert view.note == "military, speaks for Ukraine"
    assert view.statement_count == 2


def test_a_carrier_is_told_from_a_speaker(composer: Composer) -> None:
    view = FAMILIES["source"].view(composer, "tass").view
    assert isinstance(view, SourceView)
    assert view.statements == ()
    assert [c.speaker.id for c in view.carried if c.speaker] == ["kremlin"]


def test_a_region_rolls_up_its_sub_regions(composer: Composer) -> None:
    view = FAMILIES["region"].view(composer, "150").view
    assert isinstance(view, TaxonView)
    assert view.articles == 2
    assert [c.text for c in view.children] == ["Eastern Europe"]


def test_the_region_index_is_a_tree_with_numbers(composer: Composer) -> None:
    view = FAMILIES["regions"].view(composer, "").view
    assert isinstance(view, TaxonomyView)
    (europe,) = view.branches
    (east,) = europe.children
    assert [(b.link.text, b.link.count) for b in east.children] == [("Russia", 1), ("Ukraine", 2)]


def test_a_thread_tells_which_labels_changed_on_which_day(composer: Composer) -> None:
    view = FAMILIES["thread"].view(composer, "front").view
    assert isinstance(view, ThreadView)
    assert [d.day.iso for d in view.days] == ["2025-07-02", "2025-07-01"]
    assert [(c.before.id, c.after.id) for c in view.days[0].changes] == [("party-claim", "corroborated")]


def test_the_labels_page_lists_every_rule_in_the_order_in_which_they_apply(composer: Composer) -> None:
    view = FAMILIES["labels"].view(composer, "").view
    assert isinstance(view, LabelsView)
    assert [r.name for r in view.rules] == ["override", *(r.name for r in RULES), "conditional"]
    assert len(view.labels) == 9


def test_a_label_page_lists_the_claims_that_carry_it_now(composer: Composer) -> None:
    view = FAMILIES["label"].view(composer, "corroborated").view
    assert isinstance(view, LabelView)
    assert [(c.claim.id, c.since.iso) for c in view.claims] == [("village-retaken", "2025-07-02")]
    assert view.rules


def test_every_page_knows_its_way_to_the_root_and_its_absolute_address(composer: Composer) -> None:
    page, _ = compose_page(composer, Planned("article", "village", "2025/07/01/village/"))
    assert page.root == "../../../../"
    assert page.canonical == "https://example.org/a/2025/07/01/village/"
    home, _ = compose_page(composer, Planned("home", "", ""))
    assert home.root == "./"
    lost, _ = compose_page(composer, Planned("notfound", "", "404.html"))
    assert lost.root == "/a/"


def test_every_page_family_of_the_settings_exists() -> None:
    assert set(FAMILIES) == set(PageFamily)


def test_settings_choose_page_families_and_what_feeds_follow(index: Index) -> None:
    pages = frozenset({PageFamily.HOME, PageFamily.ARTICLE, PageFamily.FEED})
    chosen = structs.replace(index.settings, pages=pages, feeds=(Followed.HOME, Followed.REGION))
    found = [p.address for p in plan(replace(index, settings=chosen))]
    assert {"", "feed.xml", "regions/ukraine/feed.xml", "2025/07/01/village/"} <= set(found)
    assert "regions/ukraine/" not in found


def test_a_feed_entry_keeps_its_id_and_moves_only_with_a_change_that_matters(composer: Composer) -> None:
    view = FAMILIES["feed"].view(composer, "region:UA").view
    assert isinstance(view, FeedView)
    entry = next(e for e in view.entries if e.address == "2025/07/01/village/")
    assert entry.id == "tag:example.org,2025:article:village"
    assert (entry.published, entry.updated) == ("2025-07-01T06:30:00Z", "2025-07-01T21:00:00Z")
