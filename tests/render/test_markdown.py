"""Article text becomes HTML that fits into a page and is safe there."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import RawHtml
from digest.model.html import ROOT_MARK
from digest.render.markdown import markdown, pictures
from digest.render.markdown_full import full_markdown
from tests.render.markdown_texts import TYPICAL, noise

ESCAPED = full_markdown(RawHtml.ESCAPE)
CLEANED = full_markdown(RawHtml.SANITIZE)
BOTH = pytest.mark.parametrize("render", [ESCAPED, CLEANED], ids=["escape", "sanitize"])
Render = Callable[[str, str], str]

VOID = {"br", "hr", "img", "input", "wbr", "col", "area"}


class Tags(HTMLParser):
    """Holds whether every element is closed where it should be, and all attributes as (tag, name, value)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.balanced = True
        self.attributes: set[tuple[str, str, str]] = set()
        self.feed(html)
        self.close()
        self.balanced = self.balanced and not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {(tag, name, value or "") for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag


@BOTH
def test_headings_begin_at_level_two(render: Render) -> None:
    assert render("# One\n\n## Two\n\n### Three", "") == "<h2>One</h2>\n<h2>Two</h2>\n<h3>Three</h3>\n"
    assert render("One\n===\n\nTwo\n---", "") == "<h2>One</h2>\n<h2>Two</h2>\n"


@BOTH
def test_the_words_of_a_claim_link_to_it(render: Render) -> None:
    expected = '<p><a class="claim-ref" href="#claim-c-1" data-claim="c-1">so <em>many</em></a></p>\n'
    assert render("[so *many*]{claim=c-1}", "") == expected


@BOTH
@pytest.mark.parametrize(
    "inside",
    ["[b](https://example.org)", "<https://example.org>", "^[a note]"],
    ids=["link", "address", "footnote"],
)
def test_the_words_of_a_claim_that_hold_a_link_are_no_link_themselves(render: Render, inside: str) -> None:
    html = render(f"[a {inside} c]{{claim=d}}.", "")
    assert html.startswith('<p><span class="claim-ref" data-claim="d">a <')
    assert " c</span>.</p>" in html


@BOTH
def test_attributes_other_than_a_claim_are_not_taken_over(render: Render) -> None:
    text = '[a]{.red #top onclick="x()" style="y"} [b]{claim=c .red onclick=x}'
    expected = '<p><span>a</span> <a class="claim-ref" href="#claim-c" data-claim="c">b</a></p>\n'
    assert render(text, "") == expected


@BOTH
def test_a_claim_cannot_break_out_of_its_attribute(render: Render) -> None:
    html = render("[a]{claim=\"x' onclick='y <b> &quot; z\"}", "")
    assert {name for _, name, _ in Tags(html).attributes} == {"class", "href", "data-claim"}


@BOTH
def test_addresses_of_the_digest_carry_the_mark_of_its_base(render: Render) -> None:
    html = render("[a](/labels/) [b](/) [c](//example.org/) [d](other/) ![e](/map.png)", "")
    targets = {value for _, name, value in Tags(html).attributes if name in {"href", "src"}}
    assert targets == {f"{ROOT_MARK}labels/", ROOT_MARK, "//example.org/", "other/", f"{ROOT_MARK}map.png"}


def test_addresses_of_the_digest_in_raw_html_carry_the_mark_too() -> None:
    html = CLEANED('<a href="/labels/">a</a> <img src="/map.png">', "")
    assert html == f'<p><a href="{ROOT_MARK}labels/">a</a> <img src="{ROOT_MARK}map.png"></p>\n'


def test_raw_html_is_shown_as_text() -> None:
    assert ESCAPED('<b>a</b> & "b"\n\n<script>alert(1)</script>', "") == (
        "<p>&lt;b&gt;a&lt;/b&gt; &amp; &quot;b&quot;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>a</b>", "<p><b>a</b></p>\n"),
        ("a<script>alert(1)</script>b", "<p>ab</p>\n"),
        ('<b onclick="x()" style="y">a</b>', "<p><b>a</b></p>\n"),
        ('<a href="javascript:x()">a</a>', "<p><a>a</a></p>\n"),
        ('<img src="data:image/png;base64,AA==" alt="">', '<img alt="">'),
        ("<!-- a -->", ""),
        ("<iframe src='https://example.org'></iframe>", ""),
    ],
)
def test_raw_html_is_cleaned_where_the_settings_say_so(text: str, expected: str) -> None:
    assert CLEANED(text, "") == expected


@BOTH
@pytest.mark.parametrize(
    "url", ["javascript:x()", "JaVaScRiPt:x()", "data:text/html,x", "vbscript:x", "java&#10;script:x"]
)
def test_links_that_run_code_are_refused(render: Render, url: str) -> None:
    html = render(f"[a]({url}) ![b]({url}) <{url}>", "")
    assert not any(
        value.lower().startswith(("javascript:", "data:", "vbscript:"))
        for _, name, value in Tags(html).attributes
        if name in {"href", "src"}
    )


def test_footnotes_get_the_prefix_of_their_text() -> None:
    html = ESCAPED("Said[^1].\n\n[^1]: By *him*.", "a-b")
    assert 'href="#fn-a-b-1" id="fnref-a-b-1">[1]</a>' in html
    assert '<li id="fn-a-b-1" class="footnote-item"><p>By <em>him</em>.' in html
    assert 'href="#fnref-a-b-1"' in html


@BOTH
def test_tables_and_strikethrough_are_known(render: Render) -> None:
    html = render("|a|b|\n|-|-|\n|c|~~d~~|", "")
    assert "<th>a</th>\n<th>b</th>" in html
    assert "<td>c</td>\n<td><s>d</s></td>" in html


@BOTH
def test_pictures_are_loaded_late_and_found_beside_the_article(render: Render) -> None:
    text = "![A](a%20b.png) ![B](<sub/ü&.png>) ![C](https://example.org/c.png) ![D](/d.png) ![E](//e/f.png) ![F]()"
    html = render(text, "")
    assert html.count('loading="lazy"') == 6
    assert pictures(html) == ["a b.png", "sub/ü&.png"]


def test_pictures_in_raw_html_are_found_whatever_comes_first() -> None:
    assert pictures(CLEANED('<img alt="a > b" title="c" src="map.png">', "")) == ["map.png"]


@pytest.mark.parametrize("src", ["http://[zz::]/a.png", "//[x"])
def test_a_picture_on_a_host_that_cannot_be_is_not_beside_the_article(src: str) -> None:
    assert pictures(ESCAPED(f"![a]({src})", "") + CLEANED(f'<img src="{src}">', "")) == []


def test_text_that_looks_like_inner_marks_stays_as_it_is() -> None:
    assert CLEANED("digest-root:x [a](digest-root:b)", "") == "<p>digest-root:x <a>a</a></p>\n"


@pytest.mark.parametrize("text", TYPICAL)
def test_the_short_way_for_simple_text_changes_nothing(text: str) -> None:
    assert markdown(RawHtml.ESCAPE)(text, "p") == ESCAPED(text, "p")
    assert markdown(RawHtml.SANITIZE)(text, "p") == CLEANED(text, "p")


_HTML = (
    *(
        "<script>",
        "</script>",
        "<scr",
        "ipt>",
        "<b>",
        "</b>",
        "<div>",
        "</p>",
        "<!--",
        "-->",
        "<style>",
        "<svg><script>",
    ),
    *(
        '<a href="javascript:x">',
        "</a>",
        "<img src=x onerror=y>",
        "<textarea>",
        "<table><td>",
        "<![CDATA[",
        "<?",
        "[^1]",
    ),
    *("\n\n[^1]: ", "^[", "```\n", "|-|\n", "<br/>", "<noscript>", "<math><mi>", "<title>", "<plaintext>"),
)


@BOTH
@settings(max_examples=200)
@given(text=st.lists(noise() | st.sampled_from((*TYPICAL, *_HTML)), max_size=8).map("".join))
def test_whatever_comes_in_html_without_code_comes_out(render: Render, text: str) -> None:
    html = render(text, "p")
    tags = Tags(html)
    assert tags.balanced
    assert "<script" not in html.lower()
    assert not [name for _, name, _ in tags.attributes if name.startswith("on")]


def test_of_nested_claims_the_inner_words_carry_theirs() -> None:
    html = full_markdown(RawHtml.ESCAPE)("[outer [inner]{claim=a} text]{claim=b}", "")
    assert html == '<p><span>outer <a class="claim-ref" href="#claim-a" data-claim="a">inner</a> text</span></p>\n'


def test_ids_in_raw_html_cannot_pass_for_a_claim() -> None:
    assert 'id="claim-a"' not in full_markdown(RawHtml.SANITIZE)('<a id="claim-a" href="https://example.org">x</a>', "")
