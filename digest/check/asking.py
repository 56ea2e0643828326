"""Asking one server about one link: HEAD, then GET; robots.txt obeyed; never an address of a private network."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from digest import __version__
from digest.hosts import PrivateHostError, is_public, judged_address, resolve

AGENT = f"digest/{__version__} (link check)"
_TIMEOUT = httpx.Timeout(15.0, connect=10.0)
_REDIRECTS = 5
_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 asks for 500 KiB at least)."""
_LONGEST_DELAY = 10.0
_GONE = frozenset({404, 410})


class Verdict(StrEnum):
    """What came of asking: the server refuses programs (blocked), or something failed that may pass (transient)."""

    FINE = "fine"
    DEAD = "dead"
    BLOCKED = "blocked"
    TRANSIENT = "transient"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a link since the moment of asking; `unknown_host` if its name has no address."""

    verdict: Verdict
    detail: str
    asked: datetime
    unknown_host: bool = False


class _StopError(Exception):
    """Asking ends here, with a verdict."""

    def __init__(self, verdict: Verdict, detail: str, *, unknown_host: bool = False) -> None:
        super().__init__(detail)
        self.verdict, self.detail, self.unknown_host = verdict, detail, unknown_host


class _HungUpError(_StopError):
    """The server closed the connection without an answer."""


class Asker:
    """Asks servers, each of them at most once in `delay` seconds. May be used by several threads, one for each host.

    `look_up` finds a host's addresses, `may_ask` tells which of them may be asked: the connection goes to one that was
    judged, so that a name cannot lead elsewhere in between.
    """

    def __init__(
        self,
        delay: float = 1.0,
        *,
        look_up: Callable[[str, int], list[str]] = resolve,
        may_ask: Callable[[str], bool] = is_public,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        timeout: httpx.Timeout = _TIMEOUT,
    ) -> None:
        self._delay = delay
        self._look_up = look_up
        self._may_ask = may_ask
        self._sleep = sleep
        self._clock = clock
        self._client = httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)
        self._robots: dict[str, RobotFileParser | _StopError] = {}
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._client.close()

    def ask(self, address: str, now: datetime) -> Answer:
        """What the server says of an address."""
        try:
            status = self._head(address)
            if status >= 400 and status != 429:  # many servers know no HEAD, or answer it wrongly
                status = self._follow("GET", address)
        except _StopError as stop:
            return Answer(stop.verdict, stop.detail, now, stop.unknown_host)
        if status < 400:
            return Answer(Verdict.FINE, f"status {status}", now)
        verdict = Verdict.DEAD if status in _GONE else Verdict.BLOCKED if status < 500 else Verdict.TRANSIENT
        return Answer(verdict, f"status {status}", now)

    def _head(self, address: str) -> int:
        """The status by HEAD; that of a method that is not allowed where the server hangs up on it."""
        try:
            return self._follow("HEAD", address)
        except _HungUpError:
            return 405

    def _follow(self, method: str, address: str) -> int:
        """The status at the end of redirects."""
        for _ in range(_REDIRECTS + 1):
            self._obey(address)
            status, headers, _ = self._send(method, address, 0)
            if not 300 <= status < 400 or "location" not in headers:
                return status
            address = urljoin(address, headers["location"])
            if urlsplit(address).scheme not in ("http", "https"):
                raise _StopError(Verdict.BLOCKED, "it leads on to something that is no web address")
        raise _StopError(Verdict.TRANSIENT, f"more than {_REDIRECTS} redirects")

    def _obey(self, address: str) -> None:
        """Raise where the host's robots.txt forbids asking."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            try:
                self._robots[host] = self._rules(host)
            except _StopError as stop:  # told of all its links, without keeping it waiting for each
                self._robots[host] = _StopError(stop.verdict, stop.detail, unknown_host=stop.unknown_host)
        rules = self._robots[host]
        if isinstance(rules, _StopError):
            raise rules
        if not rules.can_fetch(AGENT, address):
            raise _StopError(Verdict.BLOCKED, "robots.txt asks programs to stay away")

    def _rules(self, host: str) -> RobotFileParser:
        """What robots.txt says; RFC 9309: all is allowed where there is none, nothing while the server fails."""
        rules = RobotFileParser()
        status, _, body = self._send("GET", f"{host}/robots.txt", _ROBOTS)
        if status >= 500:
            raise _StopError(Verdict.TRANSIENT, f"status {status} for robots.txt")
        rules.parse(body.decode("utf-8", "replace").splitlines() if status < 300 else [])
        return rules

    def _send(self, method: str, address: str, limit: int) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers, and at most `limit` bytes of the answer."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError) as error:
            raise _StopError(Verdict.DEAD, "it is not a web address") from error
        host = url.host
        ip = self._address(host, url.port or (443 if url.scheme == "https" else 80))
        self._wait(url.netloc.decode("ascii", "replace"))
        headers = {"Host": url.netloc.decode("ascii", "replace"), "User-Agent": AGENT, "Accept": "*/*"}
        request = self._client.build_request(
            method, url.copy_with(host=ip), headers=headers, extensions={"sni_hostname": host, **self._timeouts()}
        )
        try:
            answer = self._client.send(request, stream=True)
            try:
                body = b""
                if limit:
                    for chunk in answer.iter_bytes(64 * 1024):
                        body += chunk
                        if len(body) >= limit:
                            break
                return answer.status_code, answer.headers, body[:limit]
            finally:
                answer.close()
        except httpx.TimeoutException as error:
            raise _StopError(Verdict.TRANSIENT, "no answer in time") from error
        except httpx.InvalidURL as error:  # where a redirect leads
            raise _StopError(Verdict.BLOCKED, "it leads on to something that is no web address") from error
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
            raise _HungUpError(Verdict.TRANSIENT, str(error) or type(error).__name__) from error
        except (httpx.HTTPError, ValueError) as error:
            raise _StopError(Verdict.TRANSIENT, str(error) or type(error).__name__) from error

    def _timeouts(self) -> dict[str, object]:
        return {"timeout": self._client.timeout.as_dict()}

    def _address(self, host: str, port: int) -> str:
        """An IP address of the host that may be asked."""
        try:
            return judged_address(host, port, look_up=self._look_up, may_ask=self._may_ask)
        except PrivateHostError as error:
            raise _StopError(Verdict.BLOCKED, str(error)) from error
        except (socket.gaierror, UnicodeError) as error:
            code = getattr(error, "errno", None)
            if code == socket.EAI_AGAIN:
                raise _StopError(Verdict.TRANSIENT, "the host’s name could not be looked up") from error
            raise _StopError(Verdict.DEAD, "there is no host of this name", unknown_host=True) from error

    def _wait(self, host: str) -> None:
        """Keep the distance between two requests to one host."""
        with self._lock:
            now = self._clock()
            begin = max(now, self._next.get(host, now))
            self._next[host] = begin + self._pause(host)
        if begin > now:
            self._sleep(begin - now)

    def _pause(self, host: str) -> float:
        rules = [r for h, r in self._robots.items() if h.partition("://")[2] == host]
        asked = [r.crawl_delay(AGENT) for r in rules if not isinstance(r, _StopError)]
        return max([self._delay, *(min(float(d), _LONGEST_DELAY) for d in asked if d)])
