"""WordPress exports become articles; comments, menus and pictures have no place, and that is said."""

from __future__ import annotations

from pathlib import Path

from digest.content.read import read
from digest.importing.filing import Fate
from tests.importing.digests import empty_digest, fates, only, problems_of, run

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title>
<item><title>Bridge &amp; tunnel</title><link>https://blog.example/2018/05/bridge/</link><dc:creator>anna</dc:creator>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>The <strong>bridge</strong> is <a href="https://x.example/">closed</a>.</p><!-- /wp:paragraph -->
[gallery ids="1,2"]<ul><li>one</li></ul><script>alert(1)</script>]]></content:encoded>
<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2018-05-01 10:00:00</wp:post_date><wp:post_modified>2018-05-02 10:00:00</wp:post_modified>
<wp:post_name>bridge</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="norway"><![CDATA[Norway]]></category><category domain="category" nicename="u"><![CDATA[Uncategorized]]></category>
<category domain="post_tag" nicename="diplomacy"><![CDATA[diplomacy]]></category><wp:comment><wp:comment_id>1</wp:comment_id></wp:comment></item>
<item><title>pic</title><wp:post_id>8</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>
<item><title>gone</title><wp:post_id>9</wp:post_id><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""  # noqa: E501 - as WordPress writes it


def test_a_post_keeps_text_taxonomies_and_its_old_address(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    assert fates(run(root, EXPORT)) == [Fate.WRITTEN]
    assert problems_of(root) == ()
    digest = read(root).digest
    assert digest is not None
    article = digest.articles[0]
    assert (article.title, article.id, article.summary) == ("Bridge & tunnel", "bridge", "In short.")
    assert (article.regions, article.aliases, article.authors) == (("NO",), ("/2018/05/bridge/",), ("anna",))
    assert "The **bridge** is [closed](https://x.example/)." in article.body
    assert "- one" in article.body
    text = only(root)
    assert "alert" not in text
    assert "Shortcodes taken out: gallery" in text
    assert "1 comments have no place" in text
    assert "Of the whole export, these have no place: 1 attachment, 1 post" in text


def test_the_same_export_again_changes_nothing(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, EXPORT)
    assert fates(run(root, EXPORT)) == [Fate.UNCHANGED]


def test_an_author_is_called_by_the_name_that_readers_saw(tmp_path: Path) -> None:
    login = "<wp:author_login>anna</wp:author_login>"
    author = f"<wp:author>{login}<wp:author_display_name>{{}}</wp:author_display_name></wp:author>"
    for name, shown in (("<![CDATA[Anna Berg]]>", "Anna Berg"), ("", "anna")):
        root = empty_digest(tmp_path / shown)
        run(root, EXPORT.replace("<item>", author.format(name) + "<item>", 1))
        assert f"authors: [{shown}]" in only(root)


def test_a_post_behind_a_password_says_so(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    run(root, EXPORT.replace("<wp:post_id>7<", "<wp:post_password>secret</wp:post_password><wp:post_id>7<"))
    assert "It was protected with a password in wordpress" in only(root)
    assert "secret" not in only(root)
