"""Fetching an address: http and https only, with bounds, as a reader that says who it is."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from digest import __version__
from digest.problems import Location, Problem

MOST = 10 * 1024 * 1024
_PATIENCE = 60
"""Seconds for an address as a whole."""
_SILENCE = 20
"""Seconds without a byte."""
_AGENT = f"digest-news/{__version__} (imports one page at a time)"


def fetch(address: str) -> tuple[bytes, list[Problem]]:
    """The bytes at an address; the problem where they cannot be had."""
    at = Location(address)
    hint = "open it in a browser, save it, and import the file"
    request = Request(address, headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 - the opener knows http(s) only
    until = time.monotonic() + _PATIENCE
    try:
        with _opener().open(request, timeout=_SILENCE) as answer:
            data = bytearray()
            while part := answer.read(65_536):
                data += part
                if len(data) > MOST:
                    return b"", [Problem("D952", f"the address gives more than {MOST:,} bytes", at, hint=hint)]
                if time.monotonic() > until:
                    return b"", [Problem("D955", f"the address takes more than {_PATIENCE} seconds", at, hint=hint)]
    except HTTPError as error:
        return b"", [Problem("D955", f"the address cannot be fetched: {error.code} {error.reason}", at, hint=hint)]
    except (URLError, OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        return b"", [Problem("D955", f"the address cannot be fetched: {why}", at, hint=hint)]
    return bytes(data), []


def _opener() -> OpenerDirector:
    """One that knows neither files nor FTP: a redirect cannot lead into this machine's files."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPErrorProcessor,
        HTTPDefaultErrorHandler,
    ):
        opener.add_handler(handler())
    return opener
