"""Other sites' servers are asked politely, and what they say is understood; a real server answers on this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from digest.check.asking import Asker, Verdict
from digest.check.links import Memory, ask_all, link_problems
from digest.hosts import resolve
from digest.problems import Location, Severity

NOW = datetime(2025, 7, 1, tzinfo=UTC)
LONG, SHORT = httpx.Timeout(60), httpx.Timeout(0.5)


class Elsewhere(ThreadingHTTPServer):
    """Another site: answers by path, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, robots: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.robots = robots
        self.asked: list[tuple[str, str]] = []
        self.hosts: set[str] = set()
        self.agents: set[str] = set()
        self.sent = 0
        self.done = threading.Event()

    def url(self, path: str, host: str = "elsewhere.example") -> str:
        return f"http://{host}:{self.server_port}{path}"


class _Answers(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.hosts.add(self.headers["Host"])
        self.server.agents.add(self.headers["User-Agent"])
        if self.path == "/robots.txt":
            self._send(200 if self.server.robots else 404, self.server.robots.encode())
        elif self.path.startswith("/to/"):
            self._send(302, location=self.path.removeprefix("/to"))
        elif self.path == "/round":
            self._send(302, location="/round")
        elif self.path.startswith("/away?"):
            self._send(302, location=self.path.partition("?")[2])
        elif self.path == "/cut" or (self.path, self.command) == ("/cut-head", "HEAD"):
            self.close_connection = True
        elif self.path in ("/no-head", "/cut-head"):
            self._send(405 if self.command == "HEAD" else 200)
        elif self.path == "/slow":
            self.server.done.wait()
        elif self.path == "/endless":
            self._send(404 if self.command == "HEAD" else 200, endless=self.command == "GET")
        else:
            self._send(int(self.path[1:]))

    def _send(self, status: int, body: bytes = b"", *, location: str = "", endless: bool = False) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if not endless:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        try:
            while endless and not self.server.done.is_set():
                self.wfile.write(b"x" * 65536)
                self.server.sent += 65536
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: requests are no news."""


@contextmanager
def serving(server: Elsewhere) -> Iterator[Elsewhere]:
    """The server at work, and ended afterwards."""
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A site without robots.txt."""
    with serving(Elsewhere()) as server:
        yield server


def here(host: str, port: int) -> list[str]:
    """Every name but those that end in .invalid is this machine's."""
    if host.endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "no such host")
    if host.endswith(".later"):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    return ["127.0.0.1"] if not host[0].isdigit() else resolve(host, port)


def _here_only(ip: str) -> bool:
    return ip == "127.0.0.1"


def asker(delay: float = 0, slept: list[float] | None = None, timeout: httpx.Timeout = LONG) -> Asker:
    pauses = slept if slept is not None else []
    return Asker(delay, look_up=here, may_ask=_here_only, sleep=pauses.append, clock=lambda: 0, timeout=timeout)


@pytest.mark.parametrize(
    ("path", "verdict", "detail"),
    [
        ("/200", Verdict.FINE, "status 200"),
        ("/204", Verdict.FINE, "status 204"),
        ("/to/200", Verdict.FINE, "status 200"),
        ("/no-head", Verdict.FINE, "status 200"),
        ("/cut-head", Verdict.FINE, "status 200"),
        ("/404", Verdict.DEAD, "status 404"),
        ("/410", Verdict.DEAD, "status 410"),
        ("/to/to/404", Verdict.DEAD, "status 404"),
        ("/401", Verdict.BLOCKED, "status 401"),
        ("/403", Verdict.BLOCKED, "status 403"),
        ("/429", Verdict.BLOCKED, "status 429"),
        ("/451", Verdict.BLOCKED, "status 451"),
        ("/500", Verdict.TRANSIENT, "status 500"),
        ("/503", Verdict.TRANSIENT, "status 503"),
        ("/round", Verdict.TRANSIENT, "more than 5 redirects"),
        ("/cut", Verdict.TRANSIENT, "disconnected"),
        ("/away?mailto:desk@example.org", Verdict.BLOCKED, "no web address"),
    ],
)
def test_dead_blocked_and_transient_are_told_apart(
    elsewhere: Elsewhere, path: str, verdict: Verdict, detail: str
) -> None:
    with asker() as asking:
        answer = asking.ask(elsewhere.url(path), NOW)
    assert answer.verdict is verdict
    assert detail in answer.detail


def test_a_server_that_takes_too_long_is_transient(elsewhere: Elsewhere) -> None:
    with asker(timeout=SHORT) as asking:
        answer = asking.ask(elsewhere.url("/slow"), NOW)
    assert answer.verdict is Verdict.TRANSIENT
    assert "no answer in time" in answer.detail


def test_a_host_without_an_address_is_dead_and_one_that_cannot_be_looked_up_is_not() -> None:
    with asker() as asking:
        assert asking.ask("http://gone.invalid/", NOW).verdict is Verdict.DEAD
        assert asking.ask("http://busy.later/", NOW).verdict is Verdict.TRANSIENT


def test_the_whole_is_asked_for_only_where_the_head_is_not_enough_and_is_not_read(elsewhere: Elsewhere) -> None:
    with asker() as asking:
        asking.ask(elsewhere.url("/200"), NOW)
        assert [a for a in elsewhere.asked if a[1] == "/200"] == [("HEAD", "/200")]
        assert asking.ask(elsewhere.url("/endless"), NOW).verdict is Verdict.FINE
    assert [a for a in elsewhere.asked if a[1] == "/endless"] == [("HEAD", "/endless"), ("GET", "/endless")]
    assert elsewhere.sent < 64 * 1024 * 1024


def test_robots_txt_is_read_once_for_a_host_and_obeyed() -> None:
    with serving(Elsewhere("User-agent: *\nDisallow: /private/\n")) as server, asker() as asking:
        assert asking.ask(server.url("/private/200"), NOW).verdict is Verdict.BLOCKED
        assert asking.ask(server.url("/200"), NOW).verdict is Verdict.FINE
        assert asking.ask(server.url("/to/private/200"), NOW).verdict is Verdict.BLOCKED
        assert [path for _, path in server.asked].count("/robots.txt") == 1
        assert [path for _, path in server.asked if path.startswith("/private/")] == []


def test_a_host_whose_robots_txt_cannot_be_had_is_not_asked_again(elsewhere: Elsewhere) -> None:
    looked_up: list[str] = []

    def nowhere(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    with Asker(0, look_up=nowhere) as asking:
        answers = [asking.ask(elsewhere.url(path), NOW) for path in ("/200", "/204", "/404")]
    assert {answer.verdict for answer in answers} == {Verdict.TRANSIENT}
    assert looked_up == ["elsewhere.example"]


def test_it_says_who_is_asking_and_whom_it_means(elsewhere: Elsewhere) -> None:
    with asker() as asking:
        asking.ask(elsewhere.url("/200"), NOW)
    (agent,) = elsewhere.agents
    assert agent.startswith("digest/")
    assert elsewhere.hosts == {f"elsewhere.example:{elsewhere.server_port}"}


def test_one_host_is_asked_at_a_distance_which_its_robots_txt_may_widen() -> None:
    slept: list[float] = []
    with serving(Elsewhere("User-agent: *\nCrawl-delay: 4\n")) as server, asker(1, slept) as asking:
        for path in ("/200", "/204"):
            asking.ask(server.url(path), NOW)
    assert slept == [1, 1 + 4]  # after robots.txt, and after the first link


def test_addresses_of_this_machine_and_of_private_networks_are_never_asked(elsewhere: Elsewhere) -> None:
    with Asker(0, look_up=here) as asking:
        assert asking.ask(elsewhere.url("/200"), NOW).verdict is Verdict.BLOCKED
    assert elsewhere.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(elsewhere: Elsewhere) -> None:
    with serving(Elsewhere()) as inside, asker() as asking:
        target = inside.url("/200", "127.0.0.2")
        assert asking.ask(elsewhere.url(f"/away?{target}"), NOW).verdict is Verdict.BLOCKED
        assert inside.asked == []


def test_the_connection_goes_to_the_address_that_was_judged(elsewhere: Elsewhere) -> None:
    looked_up = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    with Asker(0, look_up=lambda _host, _port: next(looked_up), may_ask=lambda ip: ip == "127.0.0.1") as asking:
        assert asking.ask(elsewhere.url("/200"), NOW).verdict is Verdict.FINE
        assert asking.ask(elsewhere.url("/200"), NOW).verdict is Verdict.BLOCKED


def test_answers_are_remembered_with_their_age(elsewhere: Elsewhere, tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    links = [elsewhere.url(path) for path in ("/200", "/404", "/503")]

    def paths_asked(later: timedelta, max_age: float | None = None) -> set[str]:
        elsewhere.asked.clear()
        with asker() as asking:
            ask_all(links, Memory(file), asking, NOW + later, max_age)
        return {path for _, path in elsewhere.asked} - {"/robots.txt"}

    assert paths_asked(timedelta()) == {"/200", "/404", "/503"}
    assert paths_asked(timedelta(hours=1)) == {"/503"}
    assert paths_asked(timedelta(days=2)) == {"/404", "/503"}
    assert paths_asked(timedelta(days=3), max_age=30) == set()
    assert paths_asked(timedelta(days=3), max_age=0) == {"/200", "/404", "/503"}
    assert paths_asked(timedelta(days=11)) == {"/200", "/404", "/503"}


def test_only_links_that_are_still_there_are_remembered_and_a_broken_memory_is_begun_anew(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    file = tmp_path / "links.json"
    file.write_text("[1", encoding="utf-8")
    with asker() as asking:
        for path in ("/200", "/204"):
            ask_all([elsewhere.url(path)], Memory(file), asking, NOW)
    assert list(json.loads(file.read_text(encoding="utf-8"))) == [elsewhere.url("/204")]


def test_without_a_network_no_link_counts_as_dead(tmp_path: Path) -> None:
    with asker() as asking:
        links = ["http://one.invalid/", "http://two.invalid/"]
        answers = ask_all(links, Memory(tmp_path / "links.json"), asking, NOW)
    assert {a.verdict for a in answers.values()} == {Verdict.TRANSIENT}


def test_only_dead_links_are_errors_and_all_are_told_where_they_stand(elsewhere: Elsewhere, tmp_path: Path) -> None:
    links = {elsewhere.url(path): (Location(f"content{path}.md", 3, 1),) for path in ("/200", "/404", "/403", "/500")}
    with asker() as asking:
        answers = ask_all(links, Memory(tmp_path / "links.json"), asking, NOW)
    told = {p.at.path: (p.code, p.severity) for p in link_problems(answers, links, NOW)}
    assert told == {
        "content/404.md": ("D840", Severity.ERROR),
        "content/403.md": ("D841", Severity.WARNING),
        "content/500.md": ("D842", Severity.WARNING),
    }
