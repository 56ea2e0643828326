"""The addresses that posts had on their old site."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.content.read import read
from digest.importing.generators.settings import permalinks_of
from tests.digests import write
from tests.importing.digests import empty_digest, only, problems_of, run


def aliases(tmp_path: Path, files: dict[str, str]) -> tuple[str, ...]:
    """The old addresses of a site's one post."""
    root = empty_digest(tmp_path / "d")
    run(root, write(tmp_path / "site", files))
    assert problems_of(root) == ()
    return read(root).digest.articles[0].aliases  # type: ignore[union-attr] # just read


HUGO = "---\ntitle: 'Talks: day 3'\ndate: 2025-07-01T10:00:00Z\n---\nText.\n"


@pytest.mark.parametrize(
    ("settings", "text", "address"),
    [
        ("hugo.toml", '[permalinks]\nposts = "/:year/:month/:slug/"', "/2025/07/talks-day-3/"),
        ("hugo.toml", '[permalinks.page]\nposts = "/a/:year/:month/:day/:contentbasename/"', "/a/2025/07/01/my-talks/"),
        ("hugo.toml", '[permalinks]\nnews = "/:year/:slug/"', "/posts/my-talks/"),
        ("config.yaml", "permalinks: {posts: '/:section/:filename'}\nuglyURLs: true", "/posts/my-talks.html"),
        ("config.yml", "uglyURLs: true", "/posts/my-talks.html"),
        ("hugo.json", '{"permalinks": {"posts": ":sections/:title/"}}', "/posts/talks-day-3/"),
        ("config/_default/permalinks.toml", 'posts = "/p/:slugorfilename/"', "/p/my-talks/"),
        ("hugo.toml", "disablePathToLower = true", "/posts/My-Talks/"),
    ],
)
def test_hugo_posts_have_the_address_that_the_settings_say(
    tmp_path: Path, settings: str, text: str, address: str
) -> None:
    files = {"hugo.toml": "", settings: text, "content/posts/My-Talks.md": HUGO}
    assert aliases(tmp_path, files) == (address,)


@pytest.mark.parametrize(
    "pattern", ["/:year/:weekday/:slug/", "/:2006/:slug/", "/:sections[1:]/:slug/", "/:year/:month/"]
)
def test_an_address_that_cannot_be_told_is_no_alias_and_said(tmp_path: Path, pattern: str) -> None:
    files = {"hugo.toml": f'[permalinks]\nposts = "{pattern}"', "content/posts/my-talks.md": HUGO}
    assert aliases(tmp_path, files) == ()
    assert f"Old address unknown: the site's permalinks are “{pattern}”" in only(tmp_path / "d")


def test_a_hugo_post_with_an_address_of_its_own_has_that_alone(tmp_path: Path) -> None:
    post = HUGO.replace("date:", "url: /own/place/\ndate:")
    assert aliases(tmp_path, {"hugo.toml": "", "content/posts/x.md": post}) == ("/own/place/",)


JEKYLL = "---\ntitle: X\ncategories: News World\n---\nText.\n"


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("", "/news/world/2020/01/02/my-talks.html"),
        ("permalink: pretty", "/news/world/2020/01/02/my-talks/"),
        ("permalink: none", "/news/world/my-talks.html"),
        ("permalink: /blog/:short_year/:i_month/:title", "/blog/20/1/my-talks"),
        ("defaults: [{scope: {path: '', type: posts}, values: {permalink: '/p/:slug/'}}]", "/p/my-talks/"),
        ("defaults: [{scope: {path: '', type: pages}, values: {permalink: '/p/:slug/'}}]\npermalink: none",
         "/news/world/my-talks.html"),
    ],
)  # fmt: skip
def test_jekyll_posts_have_the_address_that_the_settings_say(tmp_path: Path, settings: str, address: str) -> None:
    assert aliases(tmp_path, {"_config.yml": settings, "_posts/2020-01-02-my-talks.md": JEKYLL}) == (address,)


@pytest.mark.parametrize(
    ("pattern", "found"), [("/:year/:title/", ("/2020/x/",)), ("/fixed/", ("/fixed/",)), ("/:week/:title/", ())]
)
def test_a_jekyll_posts_own_permalink_may_be_a_pattern(tmp_path: Path, pattern: str, found: tuple[str, ...]) -> None:
    post = f"---\ntitle: X\npermalink: {pattern}\n---\nText.\n"
    assert aliases(tmp_path, {"_config.yml": "permalink: none", "_posts/2020-01-02-x.md": post}) == found


@pytest.mark.parametrize(
    "settings", ["permalink: [", "defaults: [{scope: {path: news}, values: {permalink: /n/:title/}}]", "a: &a [*a]"]
)
def test_settings_that_cannot_be_read_give_no_alias_and_that_is_said(tmp_path: Path, settings: str) -> None:
    assert aliases(tmp_path, {"_config.yml": settings, "_posts/2020-01-02-x.md": JEKYLL}) == ()
    assert "Old address unknown: the " in only(tmp_path / "d")


PELICAN = "Title: Snow falls\nDate: 2020-01-02 10:20\nCategory: Hard Weather\nSlug: snow\n\nIt fell.\n"


@pytest.mark.parametrize(
    ("settings", "name", "address"),
    [
        ("SITENAME = 'x'", "s.md", ("/snow.html",)),
        ("ARTICLE_URL = 'posts/{date:%Y}/{date:%m}/{slug}/'", "s.md", ("/posts/2020/01/snow/",)),
        ("ARTICLE_URL = '{category}/{slug}.html'", "s.md", ("/hard-weather/snow.html",)),
        ("ARTICLE_URL = '{date:%b}/{slug}.html'", "s.md", ()),
        ("import os\nARTICLE_URL = os.environ['X'] + '{slug}'", "s.md", ()),
        ("ARTICLE_URL = (", "s.md", ()),
        ("", "pages/s.md", ("/pages/snow.html",)),
        ("PAGE_URL = '{slug}/'", "pages/s.md", ("/snow/",)),
    ],
)
def test_pelican_posts_have_the_address_that_the_settings_say(
    tmp_path: Path, settings: str, name: str, address: tuple[str, ...]
) -> None:
    assert aliases(tmp_path, {"pelicanconf.py": settings, f"content/{name}": PELICAN}) == address


def test_settings_of_pelican_are_read_and_never_run(tmp_path: Path) -> None:
    site = write(tmp_path, {"pelicanconf.py": "raise SystemExit('run')\nARTICLE_URL = '{slug}/'\n", "content/x.md": ""})
    write(site, {"publishconf.py": "from pelicanconf import *\nPAGE_URL = 'p/{slug}'\n"})
    for folder in (site, site / "content"):
        assert permalinks_of(folder, "pelican").patterns == {"": "{slug}/", "pages": "p/{slug}"}
