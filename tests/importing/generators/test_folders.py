"""Content of Hugo, Jekyll and Pelican becomes articles; what has no place is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content.read import read
from digest.importing.filing import Fate
from digest.importing.inputs import Form
from digest.writing import formatted
from tests.digests import write
from tests.importing.digests import empty_digest, fates, only, problems_of, run

HUGO = """\
+++
title = "Bridge: closed"
date = 2019-03-01T10:00:00+02:00
lastmod = 2019-03-02T08:00:00+02:00
draft = true
slug = "bridge"
tags = ["diplomacy", "Ukraine", "cats", "it"]
aliases = ["/old/bridge/", "no way/"]
author = "A. Berg"
description = "In short."
weight = 3
[params]
mood = "blue"
+++
Text with {{< youtube abc >}} and ![a map](map.png).

{{< figure src="/img/x.png" alt="A figure" >}}

```go
{{ .Title }}
```
[run](javascript:alert(1)) [x]{.class}
"""
JEKYLL = """\
---
title: Rain
categories: [news, local]
tags: weather, flood
redirect_from: /rain-old/
published: false
---
{% highlight python %}
print(1)
{% endhighlight %}
See {% post_url 2018-01-01-x %} and {{ site.url }}.
"""
PELICAN = """\
Title: Snow falls
Date: 2020-01-02 10:20
Modified: 2020-01-03 11:00
Category: weather
Tags: Norway, winter
Slug: snow
Authors: A. Berg, B. Lund
Summary: It snowed.

The **snow** fell.
"""
RST = """\
Storm passes
############

:date: 2021-05-06
:tags: storm, Denmark
:slug: storm

The *storm* passed.

.. include:: /etc/passwd

- one
- two
"""


def test_a_hugo_post_keeps_what_has_a_place_and_says_what_has_none(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    site = write(
        tmp_path / "site", {"hugo.toml": "", "content/posts/bridge-file.md": HUGO, "content/_index.md": "---\n---\n"}
    )
    assert fates(run(root, site)) == [Fate.WRITTEN]
    assert problems_of(root) == ()
    digest = read(root).digest
    assert digest is not None
    article = digest.articles[0]
    assert (article.id, article.title, article.summary) == ("bridge", "Bridge: closed", "In short.")
    assert article.regions == ("UA",)
    assert [digest.topics.taxa[t].name for t in article.topics] == ["diplomacy"]
    assert article.aliases == ("/old/bridge/", "/posts/bridge/")
    assert article.authors == ("A. Berg",)
    assert article.draft
    assert article.updated is not None
    text = only(root)
    for note in (
        "Tags that are neither a topic nor a region: cats, it",
        "Old addresses that cannot be aliases: /no way/",
        "Keys that have no place in an article: mood, weight",
        "Shortcodes taken out: youtube",
        "Picture not brought along: map.png",
        "Picture not brought along: /img/x.png",
        "It was no published post in hugo",
        "Links that run or embed something were taken out",
    ):
        assert note in text
    assert "{{ .Title }}" in text  # code is left as it is


def test_a_jekyll_post_takes_date_and_old_address_from_its_name(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    site = write(
        tmp_path / "site", {"_config.yml": "", "_posts/2018-02-03-rain.md": JEKYLL, "about.md": "---\ntitle: A\n---\n"}
    )
    assert fates(run(root, site)) == [Fate.WRITTEN]
    assert problems_of(root) == ()
    text = only(root)
    assert "date: 2018-02-03\nid: rain\n" in text
    assert "  - /rain-old/\n  - /news/local/2018/02/03/rain.html\n" in text
    assert "```python\nprint(1)\n```" in text
    assert "Liquid tags taken out: post_url" in text
    assert "topics: [weather, flood]" in text


def test_pelican_posts_in_markdown_and_restructuredtext_are_read(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    site = write(tmp_path / "site", {"pelicanconf.py": "", "content/snow.md": PELICAN, "content/storm.rst": RST})
    assert fates(run(root, site)) == [Fate.WRITTEN, Fate.WRITTEN]
    assert problems_of(root) == ()
    digest = read(root).digest
    assert digest is not None
    snow, storm = digest.articles
    assert (snow.title, snow.id, snow.authors, snow.regions) == ("Snow falls", "snow", ("A. Berg", "B. Lund"), ("NO",))
    assert snow.aliases == ("/snow.html",)
    assert (storm.title, str(storm.day), storm.regions) == ("Storm passes", "2021-05-06", ("DK",))
    assert "The *storm* passed." in storm.body
    assert "- one" in storm.body
    assert "root:" not in storm.body


def test_a_folder_of_posts_without_its_site_is_read_when_told_what_it_is(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    posts = write(tmp_path / "posts", {"x.md": "---\ntitle: X\ndate: 2020-01-01\n---\nText.\n"})
    assert fates(run(root, posts, form=Form.HUGO)) == [Fate.WRITTEN]
    assert fates(run(root, posts, form=Form.HUGO)) == [Fate.UNCHANGED]


def test_old_addresses_that_lead_elsewhere_or_are_the_new_one_are_no_aliases(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    post = "---\ntitle: {}\ndate: 2020-01-02\naliases: [/shared/, /2020/01/02/{}/]\n---\nText.\n"
    files = {f"content/{name}.md": post.format(name, name) for name in ("one", "two")}
    assert fates(run(root, write(tmp_path / "site", {"hugo.toml": "", **files}))) == [Fate.WRITTEN, Fate.WRITTEN]
    assert problems_of(root) == ()
    digest = read(root).digest
    assert digest is not None
    assert [article.aliases for article in digest.articles] == [("/shared/", "/one/"), ("/two/",)]
    assert fates(run(root, tmp_path / "site")) == [Fate.UNCHANGED, Fate.UNCHANGED]


def test_one_post_is_known_by_its_front_matter(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    write(tmp_path, {"post.md": "---\ntitle: X\ndate: 2020-01-01\n---\nText by *hand*.\n"})
    assert fates(run(root, tmp_path / "post.md")) == [Fate.WRITTEN]
    assert only(root).endswith("---\nText by *hand*.\n")


def test_front_matter_that_cannot_be_read_is_a_problem_and_the_others_come_in(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    more = zip("abcdefghijkl", "bcdefghijklm", strict=True)
    laughs = "".join(f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in more)
    bad = {
        "a.md": "---\ntitle: [\n---\nText.\n",
        "b.md": "+++\ntitle = \n+++\nText.\n",
        "c.md": "---\n- list\n---\nText.\n",
        "d.md": "---\nx: " + "[" * 5000 + "\n---\nText.\n",
        "e.md": "---\na: &a [x, x]\n" + laughs + "title: [*m]\n---\nText.\n",
        "f.md": "---\nimage: &i [*i]\n---\nText.\n",
    }
    site = write(
        tmp_path / "site",
        {"hugo.toml": "", **{f"content/{k}": v for k, v in bad.items()}, "content/ok.md": "---\ntitle: Ok\n---\nT.\n"},
    )
    result = run(root, site)
    assert [f.title for f in result.filed] == ["Ok"]
    assert [p.code for p in result.problems] == ["D959"] * 6


def test_a_pelican_post_without_a_slug_keeps_the_address_that_its_title_gave(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    post = "Title: Snow falls: day 2\nDate: 2021-05-06\n\nIt fell.\n"
    run(root, write(tmp_path / "site", {"pelicanconf.py": "", "content/s.md": post}))
    assert read(root).digest.articles[0].aliases == ("/snow-falls-day-2.html",)  # type: ignore[union-attr] # just read


def test_pictures_are_named_wherever_a_post_has_them_and_nothing_is_fetched(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    post = (
        "---\ntitle: X\ndate: 2020-01-01\ncover: {image: front.jpg, alt: Front}\n---\n"
        "![One](one.png) and ![two][2] and <img alt='3' src=\"three.svg\"> and ![4](http://127.0.0.1:9/four.png).\n\n"
        "[2]: two.webp\n"
    )
    write(tmp_path / "site", {"hugo.toml": "", "content/x/index.md": post, "content/x/one.png": "x"})
    assert fates(run(root, tmp_path / "site")) == [Fate.WRITTEN]
    for name in ("front.jpg", "one.png", "two.webp", "three.svg", "http://127.0.0.1:9/four.png"):
        assert f"Picture not brought along: {name}" in only(root)
    assert "(One) and (two) and" in only(root)
    assert problems_of(root) == ()


def test_front_matter_that_cannot_be_read_is_a_problem_with_its_line(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site", {"hugo.toml": "", "content/bad.md": "---\ndate: 2020-01-01\ntitle: [open\n---\nText.\n"}
    )
    (problem,) = run(empty_digest(tmp_path / "d"), site).problems
    assert (problem.code, Path(problem.at.path).name, problem.at.line) == ("D959", "bad.md", 4)


def test_what_a_post_in_restructuredtext_would_read_or_run_is_left_out_and_said(tmp_path: Path) -> None:
    secret = write(tmp_path, {"secret.txt": "a secret"}) / "secret.txt"
    directives = f".. raw:: html\n\n   <b>x</b>\n\n.. include:: {secret}\n\n.. youtube:: x\n"
    post = f"Snow\n####\n\n:date: 2020-06-06\n\nIt fell.\n\n{directives}"
    root = empty_digest(tmp_path / "d")
    run(root, write(tmp_path / "site", {"pelicanconf.py": "", "content/snow.rst": post}))
    assert "Directives taken out: raw, include, youtube" in only(root)
    assert "a secret" not in only(root)


@pytest.mark.parametrize(("site", "name"), [("hugo.toml", "content/x.md"), ("_config.yml", "_posts/2020-01-02-x.md")])
@pytest.mark.parametrize("dashes", ["---", "+++"])
def test_empty_front_matter_is_no_part_of_the_text(tmp_path: Path, site: str, name: str, dashes: str) -> None:
    root = empty_digest(tmp_path / "d")
    text = f"{dashes}\n{dashes}\nIt rained.\n\n{dashes}\n\nIt stopped.\n"
    assert fates(run(root, write(tmp_path / "site", {site: "", name: text}))) == [Fate.WRITTEN]
    assert only(root).endswith(f"\n---\nIt rained.\n\n{dashes}\n\nIt stopped.\n")


@pytest.mark.parametrize(
    ("site", "name"),
    [("hugo.toml", "content/x.md"), ("_config.yml", "_posts/x.md"), ("pelicanconf.py", "content/x.md")],
)
@pytest.mark.parametrize("dashes", ["---", "+++"])
def test_front_matter_that_never_ends_is_a_problem_where_it_begins(
    tmp_path: Path, site: str, name: str, dashes: str
) -> None:
    folder = write(tmp_path / "site", {site: "", name: f'{dashes}\ntitle: "Open\n\nIt rained.\n'})
    result = run(empty_digest(tmp_path / "d"), folder)
    (problem,) = result.problems
    assert (problem.code, problem.at.line, problem.at.column) == ("D959", 1, 1)
    assert dashes in problem.message
    assert result.filed == ()


def test_a_rule_at_the_top_of_a_pelican_post_is_no_front_matter(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    result = run(root, write(tmp_path / "site", {"pelicanconf.py": "", "content/x.md": "---\n\nIt rained.\n"}))
    assert result.problems == ()
    assert "It rained." in only(root)


def test_front_matter_that_is_too_long_is_a_problem(tmp_path: Path) -> None:
    text = f"---\ntitle: {'x' * 300_000}\n---\nText.\n"
    result = run(empty_digest(tmp_path / "d"), write(tmp_path / "site", {"hugo.toml": "", "content/x.md": text}))
    assert [p.code for p in result.problems] == ["D959"]


def test_a_key_whose_value_has_no_place_is_named(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    post = "---\ntitle: X\nauthors: {a: b}\ncover: {image: x.png}\n---\nText.\n"
    run(root, write(tmp_path / "site", {"hugo.toml": "", "content/x.md": post}))
    assert "Keys that have no place in an article: authors" in only(root)


def test_a_pelican_post_in_html_has_its_fields_from_its_head(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    meta = {
        "date": "2012-07-09 22:28",
        "tags": "Norway, cats",
        "category": "weather",
        "authors": "A. Berg, B. Lund",
        "slug": "snow",
        "viewport": "width=device-width",
    }
    head = "".join(f'<meta name="{name}" content="{value}" />' for name, value in meta.items())
    page = (
        f"<html><head><title>Snow &amp;\n ice</title>{head}</head><body class='x'><h2>Cold</h2><p>It <em>fell</em>.</p>"
    )
    result = run(root, write(tmp_path / "site", {"pelicanconf.py": "", "content/h.html": f"{page}</body></html>"}))
    assert result.problems == ()
    article = read(root).digest.articles[0]  # type: ignore[union-attr] # just read
    assert (article.title, str(article.day), article.id) == ("Snow & ice", "2012-07-09", "snow")
    assert (article.regions, article.authors, article.aliases) == (("NO",), ("A. Berg", "B. Lund"), ("/snow.html",))
    assert "topics: [weather]" in only(root)
    assert "cats" in only(root)
    assert "viewport" not in only(root)
    assert only(root).endswith("\n---\n## Cold\n\nIt *fell*.\n")


def test_words_of_jekylls_categories_and_tags_are_one_each(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "d")
    post = "---\ntitle: X\ncategories: weather gossip\ntags: diplomacy cats\n---\nText.\n"
    run(root, write(tmp_path / "site", {"_config.yml": "", "_posts/2020-01-02-x.md": post}))
    assert "topics: [diplomacy, weather]" in only(root)
    assert "Tags that are neither a topic nor a region: cats, gossip" in only(root)
    assert "/weather/gossip/2020/01/02/x.html" in only(root)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("snow.md", PELICAN.replace("Slug:", "Lang: no\nSlug:"), Form.PELICAN),
        ("a.md", HUGO.replace("draft = true", "lang = 'no'"), Form.HUGO),
        ("_posts/2020-01-02-rain.md", JEKYLL, Form.JEKYLL),
    ],
)
def test_drafts_are_in_normal_form_so_that_fmt_makes_no_edited_ones_of_them(
    tmp_path: Path, name: str, text: str, form: Form
) -> None:
    root = empty_digest(tmp_path / "digest")
    write(tmp_path, {f"old/content/{name}" if form is not Form.JEKYLL else f"old/{name}": text})
    (filed,) = run(root, tmp_path / "old", form=form).filed
    data = (root / filed.path).read_bytes()
    assert formatted(filed.path, data) == (data, [])
