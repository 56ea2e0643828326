"""Each form of input becomes items, and hostile input a problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from digest.content.read import read
from digest.importing import addresses
from digest.importing.addresses import fetch
from digest.importing.confined import confined
from digest.importing.filing import Fate, Where
from digest.importing.inputs import Form, Input, form_of
from digest.importing.raw import LONGEST_LINE, MAX_TEXT
from digest.importing.run import import_inputs
from tests.importing.digests import TODAY, empty_digest, fates, only, problems_of, run, texts

RSS = """<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Мост закрыт &amp; пуст</title><link>https://www.post.example/a</link><guid>g1</guid>
<pubDate>Tue, 01 Jul 2025 23:30:00 +0000</pubDate><description>&lt;p&gt;The bridge is closed, the mayor said.&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://other.example/b</link><guid>g2</guid><description>Rain fell in Oslo.</description></item>
</channel></rss>"""  # noqa: E501 - as feeds are
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom wire</title><entry><title>Bridge closed</title><id>urn:1</id>
<link href="https://www.post.example/a"/><published>2025-07-01T08:00:00Z</published>
<content type="html">&lt;p&gt;The bridge is closed, the mayor said.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>"""  # noqa: E501 - likewise
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "JSON wire",
    "items": [{"id": "1", "url": "https://www.post.example/a", "title": "Bridge closed",
               "content_text": "It is closed, the mayor said.",
               "date_published": "2025-07-01T08:00:00Z", "authors": [{"name": "A. Berg"}]}],
}  # fmt: skip
PAGE = """<!doctype html><html><head><title>Bridge closed to lorries</title><meta property="og:site_name" content="Harbour Post">
<link rel="canonical" href="https://www.post.example/bridge"><meta property="article:published_time" content="2025-07-01T09:00:00Z">
</head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Bridge closed to lorries</h1>
<p>The harbour bridge was closed to lorries on Tuesday morning after cracks were found in two of its bearings, the mayor said.</p>
<p>The bridge union said it had warned the council in spring, and that nobody had looked at the bearings since then.</p>
<p>Hauliers complained of long queues at the tunnel, which is the only other way across the river for heavy traffic.</p>
</article><footer>Sign up for our newsletter. All rights reserved.</footer></body></html>"""  # noqa: E501 - likewise
MAIL = b"""From: Morning Wire <wire@example.org>
Subject: =?utf-8?q?Two_stories?=
Date: Tue, 01 Jul 2025 06:00:00 +0200
Message-ID: <m1@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Bridge closed to lorries
The caf=E9 owner said the bridge was closed.

Rain floods the main station
Trains stopped in Oslo at noon, the operator said.

Unsubscribe here
--x
Content-Type: text/html

<p>not this</p>
--x--
"""


def one_text(root: Path) -> str:
    return "\n".join(texts(root).values())


def test_a_feed_becomes_a_draft_an_item_with_link_and_date(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    assert fates(run(root, RSS.encode("cp1251"))) == [Fate.WRITTEN, Fate.WRITTEN]
    digest = read(root).digest
    assert digest is not None
    first = next(a for a in digest.articles if a.title == "Мост закрыт & пуст")
    assert str(first.day) == "2025-07-02"  # half past midnight in the digest's timezone
    (statement,) = first.claims[0].statements
    assert (statement.via, statement.url) == (("harbour-post",), "https://www.post.example/a")
    assert problems_of(root) == ()
    assert fates(run(root, RSS.encode("cp1251"))) == [Fate.UNCHANGED, Fate.UNCHANGED]


@pytest.mark.parametrize("feed", [ATOM, json.dumps(JSON_FEED)], ids=["Atom", "JSON Feed"])
def test_other_feeds_are_read_too(tmp_path: Path, feed: str) -> None:
    root = empty_digest(tmp_path)
    assert fates(run(root, feed)) == [Fate.WRITTEN]
    text = only(root)
    assert "title: Bridge closed\ndate: 2025-07-01T08:00+00:00\n" in text
    assert "via: [harbour-post]" in text
    assert "alert" not in text


def test_the_same_item_in_two_feeds_is_a_duplicate(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, ATOM, json.dumps(JSON_FEED))
    assert fates(result) == [Fate.WRITTEN, Fate.DUPLICATE]
    assert result.filed[1].why == "the same link"


def test_a_page_becomes_a_draft_without_the_page_around_it(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert fates(run(root, tmp_path / "page.html")) == [Fate.WRITTEN]
    text = only(root)
    assert text.startswith("---\ntitle: Bridge closed to lorries\ndate: 2025-07-01\n")
    assert "https://www.post.example/bridge" in text
    assert "via: [harbour-post]" in text
    assert "Sport" not in text
    assert "newsletter" not in text
    assert problems_of(root) == ()


def test_a_mail_becomes_its_stories(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    (tmp_path / "m.eml").write_bytes(MAIL)
    result = run(root, tmp_path / "m.eml")
    assert [f.title for f in result.filed] == ["Bridge closed to lorries", "Rain floods the main station"]
    text = one_text(root)
    assert "café owner" in text
    assert "not this" not in text
    assert "date: 2025-07-01T06:00+02:00" in text
    assert "Carrier not in the registry, so left out of via: add morning-wire" in text
    assert fates(run(root, tmp_path / "m.eml")) == [Fate.UNCHANGED, Fate.UNCHANGED]


def test_the_subject_is_the_headline_of_a_mail_without_one(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    mail = b"From: a@example.org\r\nSubject: Bridge closed\r\n\r\nThe bridge was closed, the mayor said.\r\n"
    assert [f.title for f in run(root, mail).filed] == ["Bridge closed"]


FORWARDED = """\
From: Anna Berg <a@example.org>
Subject: Fwd: Bru stengt
Date: Tue, 01 Jul 2025 09:12:00 +0200

Hi all,

please have a look:

{}The bridge was closed, the mayor said.

Best regards,
Anna

--
Anna Berg
Tel. +47 555 0100
"""


@pytest.mark.parametrize(
    ("headline", "title"), [("", "Bru stengt"), ("Bridge closed to lorries\n\n", "Bridge closed to lorries")]
)
def test_a_forwarded_mail_is_what_was_forwarded(tmp_path: Path, headline: str, title: str) -> None:
    root = empty_digest(tmp_path)
    result = run(root, FORWARDED.format(headline))
    assert [f.title for f in result.filed] == [title]
    text = only(root)
    assert text.split("---\n")[2].strip() == "The bridge was closed, the mayor said."
    assert "anna-berg" not in text
    assert ("Subject of the mail: Bru stengt" in text) is bool(headline)


def test_a_mail_in_html_is_read(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    head = b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    html = "<style>p {}</style><h1>Café closed to lorries</h1><p>It was closed, the <b>mayor</b> said.</p>"
    html += "<p>Unsubscribe</p>"
    assert [f.title for f in run(root, head + html.encode()).filed] == ["Café closed to lorries"]
    assert "It was closed, the mayor said." in only(root)
    assert "Unsubscribe" not in only(root).split("---\n")[2]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    inbox = tmp_path / "inbox"
    (inbox / "more").mkdir(parents=True)
    (inbox / "a.txt").write_text("Bridge closed to lorries\nIt was closed, the mayor said.", encoding="utf-8")
    (inbox / "more/b.xml").write_text(ATOM, encoding="utf-8")
    (inbox / "picture.png").write_bytes(b"\x89PNG")
    assert fates(run(root, inbox)) == [Fate.WRITTEN, Fate.WRITTEN]


class Pages(ThreadingHTTPServer):
    """A site on this machine, until it is `over`."""

    over: Event


class Page(BaseHTTPRequestHandler):
    """A feed, a page, a list of feeds, redirects into the file system and to another name of this machine, an endless
    file, one that comes byte by byte, and one whose headers do."""

    server: Pages

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        leads = {"/away": "file:///etc/passwd", "/inward": here.replace("127.0.0.1", "localhost") + "/feed"}
        bodies = {
            "/feed": ATOM,
            "/page": PAGE,
            "/opml": f'<opml version="2.0"><body><outline xmlUrl="{here}/feed"/></body></opml>',
            "/endless": "",
            "/slow": "",
        }
        if self.path == "/slow-head":
            self._trickle(b"HTTP/1.0 200 OK\r\nX-Long: ", b"x", 0.01)
            return
        self.send_response(302 if self.path in leads else 200 if self.path in bodies else 404)
        if self.path in leads:
            self.send_header("Location", leads[self.path])
        self.end_headers()
        self.wfile.write(bodies.get(self.path, "").encode())
        if self.path == "/slow":
            self._trickle(b"", b"x", 0.01)
        elif self.path == "/endless":
            self._trickle(b"", b"x" * 65_536, 0)

    def _trickle(self, begin: bytes, more: bytes, pause: float) -> None:
        with suppress(OSError):
            self.wfile.write(begin)
            while not self.server.over.wait(pause):
                self.wfile.write(more)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site on this machine."""
    server = Pages(("127.0.0.1", 0), Page)
    server.over = Event()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_an_address_of_a_list_of_feeds_leads_to_their_items(tmp_path: Path, site: str) -> None:
    root = empty_digest(tmp_path)
    result = import_inputs(root, read(root), [Input(f"{site}/opml")], Where("", str(TODAY)), TODAY)
    assert [f.title for f in result.filed] == ["Bridge closed"]
    page = import_inputs(root, read(root), [Input(f"{site}/page")], Where("", str(TODAY)), TODAY)
    assert [f.title for f in page.filed] == ["Bridge closed to lorries"]


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [("/nothing", "D955", "404"), ("/endless", "D952", "bytes"), ("/away", "D955", "")],
)
def test_an_address_that_gives_nothing_or_too_much_is_a_problem(site: str, path: str, code: str, words: str) -> None:
    data, (problem,) = fetch(site + path, site)
    assert (data, problem.code) == (b"", code)
    assert words in problem.message


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_an_address_that_comes_byte_by_byte_is_given_up(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_PATIENCE", 0.2)
    data, (problem,) = fetch(site + path, site)
    assert (data, problem.code) == (b"", "D955")
    assert "takes more than" in problem.message


def test_a_feed_that_a_list_names_on_this_machine_is_refused_and_never_asked(tmp_path: Path, site: str) -> None:
    file = tmp_path / "list.opml"
    file.write_text(f'<opml version="2.0"><body><outline xmlUrl="{site}/feed"/></body></opml>', encoding="utf-8")
    result = run(empty_digest(tmp_path / "d"), file)
    (problem,) = result.problems
    assert (problem.code, problem.at.path, result.filed) == ("D955", f"{site}/feed", ())
    assert "private network" in problem.message
    assert "digest import ADDRESS" in problem.hint


@pytest.mark.parametrize("secure", [False, True])
def test_only_the_host_that_the_user_named_may_be_in_a_private_network(site: str, *, secure: bool) -> None:
    other = site.replace("127.0.0.1", "localhost")
    other = other.replace("http:", "https:") if secure else other
    assert fetch(f"{site}/feed", site) == (ATOM.encode(), [])
    for given in ("", "https://news.example/list.opml", site):
        data, (problem,) = fetch(f"{other}/feed", given)
        assert (data, problem.code, "private network" in problem.message) == (b"", "D955", True)


def test_a_redirect_into_a_private_network_is_refused(site: str) -> None:
    data, (problem,) = fetch(f"{site}/inward", site)
    assert (data, problem.code, "private network" in problem.message) == (b"", "D955", True)


def test_a_private_host_is_refused_behind_a_proxy_too(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", site)
    assert "private network" in fetch("http://127.0.0.2/feed", "")[1][0].message
    assert "404" in fetch("http://news.invalid/feed", "")[1][0].message  # the proxy was asked


def test_a_server_that_is_not_there_is_a_problem() -> None:
    assert [p.code for p in fetch("http://127.0.0.1:1/", "http://127.0.0.1:1/")[1]] == ["D955"]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (RSS.encode("cp1251"), Form.FEED),
        (ATOM.encode(), Form.FEED),
        (json.dumps(JSON_FEED).encode(), Form.FEED),
        (PAGE.encode(), Form.PAGE),
        (b"<?xml version='1.0'?><opml><body/></opml>", Form.OUTLINE),
        (b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>', Form.WORDPRESS),
        (MAIL, Form.MAIL),
        (b"Date: 1 July 2025\nBridge closed\nIt is closed.", Form.TEXT),
        ("Bridge".encode("utf-16"), Form.TEXT),
        (b"", Form.TEXT),
    ],
)
def test_forms_are_told_by_how_they_begin(data: bytes, form: Form) -> None:
    assert form_of(data) is form


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "form", "code"),
    [
        (b"x" * (10 * 1024 * 1024), Form.TEXT, "D952"),
        (b"word " * (MAX_TEXT // 5 + 1), Form.TEXT, "D952"),
        (b"a" * (LONGEST_LINE + 1), Form.TEXT, "D952"),
        (b"\x00\x01\x02binary\xff", None, "D958"),
        (b"\xff\xfe\x00", None, "D958"),
        ("йцукен".encode("cp1251") * 50, Form.TEXT, "D958"),
        (b"", None, "D957"),
        (b"Sign up for our newsletter", None, "D957"),
        (f"<?xml version='1.0'?>{LAUGHS}<rss><channel><title>&b;</title></channel></rss>".encode(), None, "D959"),
        (f"<?xml version='1.0'?>{LAUGHS}<opml/>".encode(), Form.OUTLINE, "D959"),
        (f"<?xml version='1.0'?>{LAUGHS}<rss/>".encode(), Form.WORDPRESS, "D959"),
        (f"<!doctype html>{LAUGHS}<html/>".encode(), None, "D959"),
        (b"<?xml version='1.0' encoding='nonsense'?><rss/>", None, "D959"),
        (b"<?xml version='1.0'?><rss>", Form.WORDPRESS, "D959"),
        (b"<rss>no feed", Form.FEED, "D959"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", None, "D957"),
        (b'{"version": "https://jsonfeed.org/version/1"', None, "D959"),
        (b"[" * 200_000, Form.FEED, "D959"),
        (b"<html>" + b"x" * 5_300_000, None, "D952"),
        (b"<html><body></body></html>", None, "D959"),
        (b"<?xml version='1.0'?><opml><body/></opml>", None, "D957"),
        (b"From: a\nSubject: b\n\n", Form.MAIL, "D957"),
        (b"hugo", Form.HUGO, "D951"),
    ],
)
def test_hostile_broken_and_huge_input_is_a_problem(tmp_path: Path, data: bytes, form: Form | None, code: str) -> None:
    root = empty_digest(tmp_path)
    result = run(root, data, form=form)
    assert [p.code for p in result.problems] == [code]
    assert all(p.hint for p in result.problems)
    assert texts(root) == {}


def test_a_page_made_to_keep_its_reader_busy_is_stopped() -> None:
    bomb = b"<html><body>" + b"<p>the same words again and again</p>" * 100_000
    found, problems = confined("page", "bomb.html", bomb, seconds=2)
    assert found == []
    assert [p.code for p in problems] == ["D954"]


def test_modules_in_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('stolen')", encoding="utf-8")
    (tmp_path / "feedparser.py").write_text("raise SystemExit('stolen')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    entries, problems = confined("feed", "x", ATOM.encode())
    assert (len(entries), problems) == (1, [])


def test_a_package_that_is_missing_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ModuleNotFoundError(name='trafilatura')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    _, (problem,) = confined("page", "x", PAGE.encode())
    assert (problem.code, "trafilatura" in problem.message, "digest-news[import]" in problem.hint) == (
        "D956",
        True,
        True,
    )


def test_a_feed_that_is_the_name_of_a_file_does_not_have_it_read(tmp_path: Path) -> None:
    local = tmp_path / "private.xml"
    local.write_text(RSS, encoding="cp1251")
    entries, (problem,) = confined("feed", "x", str(local).encode())
    assert (entries, problem.code) == ([], "D959")


@pytest.mark.parametrize(("begin", "what"), [(b"PK\x03\x04", "ZIP"), (b"\x1f\x8b\x08", "gzip"), (b"%PDF-1.7", "PDF")])
def test_a_packed_file_is_called_what_it_is(tmp_path: Path, begin: bytes, what: str) -> None:
    (problem,) = run(empty_digest(tmp_path), begin + b"text of the road that was closed").problems
    assert (problem.code, what in problem.message) == ("D958", True)
    assert "unpack" in problem.hint


def test_a_parser_that_fails_is_a_problem_of_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("def bare_extraction(*a, **b): raise KeyError('depth')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    _, (problem,) = confined("page", "x", PAGE.encode())
    assert (problem.code, "KeyError" in problem.message) == ("D959", True)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.example/x", "feed.xml", "data:text/xml,&lt;rss&gt;"]
)
def test_a_feed_of_a_list_that_is_no_web_address_is_said_and_never_read(tmp_path: Path, address: str) -> None:
    local = tmp_path / "feed.xml"
    local.write_text(RSS, encoding="cp1251")
    opml = f'<opml version="2.0"><body>\n<outline text="a" xmlUrl="{address}"/>\n</body></opml>'
    file = tmp_path / "list.opml"
    file.write_text(opml, encoding="utf-8")
    result = run(empty_digest(tmp_path / "d"), file)
    (problem,) = result.problems
    assert (problem.code, problem.at.line, problem.at.column) == ("D955", 2, 27)
    assert "digest import FILE" in problem.hint
    assert result.filed == ()


@pytest.mark.parametrize("tag", [b"<div>", b"<table><tr><td>", b"<b>", b"<font><i>"])
def test_a_page_nested_without_end_is_a_problem(tag: bytes) -> None:
    _, problems = confined("page", "deep.html", b"<html><body>" + tag * 60_000)
    assert [p.code for p in problems] in (["D959"], ["D954"])


def test_a_mail_nested_without_end_is_a_problem(tmp_path: Path) -> None:
    head = b"From: a\nSubject: b\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    result = run(empty_digest(tmp_path), head + deep, form=Form.MAIL)
    assert {p.code for p in result.problems} <= {"D957", "D959"}
    assert result.problems


def test_one_bad_input_does_not_keep_the_others_out(tmp_path: Path) -> None:
    root = empty_digest(tmp_path)
    result = run(root, b"\x00", "Bridge closed to lorries\nIt was closed, the mayor said.")
    assert fates(result) == [Fate.WRITTEN]
    assert [p.code for p in result.problems] == ["D958"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_texts_in_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    root = empty_digest(tmp_path)
    run(root, "Café closed to lorries\r\n“It was closed,” the mayor said.".encode(encoding))
    assert "Café closed" in only(root)


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    result = run(empty_digest(tmp_path), tmp_path / "missing.txt")
    assert [p.code for p in result.problems] == ["D951"]


def test_a_mail_in_an_unknown_charset_is_read_as_text_is(tmp_path: Path) -> None:
    root = empty_digest(tmp_path / "digest")
    head = b"From: a@example.org\r\nSubject: Bridge closed\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n"
    result = run(root, head + b"The bridge was closed, Mayor Ann Berg said.\r\n")
    assert result.problems == ()
    assert "Ann Berg" in (root / result.filed[0].path).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ['{"a": 1}', "[1, 2", '{"version": "https://jsonfeed.org/version/1.1", "items": 5}'])
def test_a_json_file_that_is_no_feed_is_a_problem_and_no_story(tmp_path: Path, text: str) -> None:
    file = tmp_path / "data.json"
    file.write_text(text, encoding="utf-8")
    result = run(empty_digest(tmp_path / "d"), file)
    assert ([p.code for p in result.problems], result.filed) == (["D959"], ())
