"""Fetching an address: http and https only, with bounds, as a reader that says who it is."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    AbstractHTTPHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from digest import __version__
from digest.hosts import PrivateHostError, judged_address
from digest.problems import Location, Problem

MOST = 10 * 1024 * 1024
_PATIENCE = 60
"""Seconds for an address as a whole."""
_SILENCE = 20
"""Seconds without a byte."""
_AGENT = f"digest-news/{__version__} (imports one page at a time)"


def fetch(address: str, given: str) -> tuple[bytes, list[Problem]]:
    """The bytes at an address; the problem where they cannot be had.

    `given` is the address that the user gave, "" for none: its host may be one of a private network. The host of any
    other address, be it named by a list of feeds or by a redirect, must be public.
    """
    fetched: Future[tuple[bytes, list[Problem]]] = Future()

    def run() -> None:
        try:
            fetched.set_result(_fetch(address, given))
        except BaseException as error:  # noqa: BLE001 (it is raised where the bytes are waited for)
            fetched.set_exception(error)

    # A thread that nobody waits for in the end: neither a name server nor one byte a second makes this take longer.
    Thread(target=run, daemon=True).start()
    try:
        return fetched.result(_PATIENCE)
    except TimeoutError:
        return b"", [Problem("D955", f"the address takes more than {_PATIENCE} seconds", Location(address), hint=_HINT)]


_HINT = "open it in a browser, save it, and import the file"


def _fetch(address: str, given: str) -> tuple[bytes, list[Problem]]:
    at, hint = Location(address), _HINT
    request = Request(address, headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 - the opener knows http(s) only
    try:
        with _opener(given).open(request, timeout=_SILENCE) as answer:
            data = bytearray()
            while part := answer.read(65_536):
                data += part
                if len(data) > MOST:
                    return b"", [Problem("D952", f"the address gives more than {MOST:,} bytes", at, hint=hint)]
    except HTTPError as error:
        return b"", [Problem("D955", f"the address cannot be fetched: {error.code} {error.reason}", at, hint=hint)]
    except (URLError, OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        if isinstance(why, PrivateHostError):
            hint = "where it is one that you trust, give it yourself: digest import ADDRESS"
        return b"", [Problem("D955", f"the address cannot be fetched: {why}", at, hint=hint)]
    return bytes(data), []


class _Judged(HTTPConnection):
    """A connection to a public host only: to the address that was judged, not to whatever the name leads to next."""

    def connect(self) -> None:
        """Connect, or raise PrivateHostError."""
        self.sock = socket.create_connection((judged_address(self.host, self.port), self.port), self.timeout)


class _JudgedSecure(HTTPSConnection, _Judged):
    """The same with TLS; certificates are checked against the name."""


class _Handler(AbstractHTTPHandler):
    """Opens http and https addresses: those of the host that the user named, and of public ones."""

    def __init__(self, given: str) -> None:
        super().__init__()
        self._given = urlsplit(given).netloc.lower()

    def http_open(self, request: Request) -> HTTPResponse:
        """Open an http address."""
        return self.do_open(HTTPConnection if self._trusts(request) else _Judged, request)

    def https_open(self, request: Request) -> HTTPResponse:
        """Open an https address."""
        return self.do_open(HTTPSConnection if self._trusts(request) else _JudgedSecure, request)

    http_request = https_request = AbstractHTTPHandler.do_request_

    def _trusts(self, request: Request) -> bool:
        """Whether the connection may go wherever the name leads. Raises PrivateHostError for a host behind a proxy."""
        asked = urlsplit(request.full_url)
        if asked.netloc.lower() == self._given:
            return True
        if asked.netloc == request.host:
            return False
        with suppress(socket.gaierror, UnicodeError):  # a name that only the proxy can look up
            judged_address(asked.hostname or "", asked.port or 80)
        return True  # the connection goes to the user's proxy


def _opener(given: str) -> OpenerDirector:
    """One that knows neither files nor FTP: a redirect cannot lead into this machine's files."""
    opener = OpenerDirector()
    opener.add_handler(_Handler(given))
    for handler in (ProxyHandler, HTTPRedirectHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    return opener
