"""The server: Starlette's routes over answers, news for tabs, and nothing for requests that mean another host."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from digest.index.store import DAMAGE
from digest.preview.answers import NOT_YET, Answer, Answers
from digest.preview.dress import OWN
from digest.preview.hosts import Bound
from digest.preview.proof import Proof
from digest.preview.tabs import Tab, Tabs

_PATIENCE = 20
"""Looks, 50 ms apart, at whether a page is ready before the answer is that it is not yet."""
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


class HostCheck:
    """Refuses requests whose Host header is not what the server is bound to."""

    def __init__(self, app: ASGIApp, bound: Bound) -> None:
        self._app = app
        self._bound = bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] == "http" and not self._bound.answers_to(Headers(scope=scope).get("host", "")):
            words = f"The preview answers only at {self._bound.url()}\n"
            await PlainTextResponse(words, 421, _HEADERS)(scope, receive, send)
            return
        await self._app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Preview:
    """The server's side of a preview; belongs to the event loop's thread. `ready` is set with the first proof."""

    answers: Answers
    tabs: Tabs
    ready: asyncio.Event

    def adopt(self, proof: Proof) -> None:
        """Show a proof from now on, and tell the tabs whose pages differ."""
        self.answers.adopt(proof)
        self.ready.set()
        names = sorted({path.rpartition("/")[2] for path in proof.files})
        for tab in self.tabs.all():
            if proof.reading is not None:
                tab.tell("reading", done=proof.reading.done, total=proof.reading.total)
            elif proof.touched is None:
                tab.tell("reading", done=0, total=0)
            if names:
                tab.tell("files", names=names)
            self._tell(tab)

    def _tell(self, tab: Tab) -> None:
        now = _mark(self.answers.at(tab.address))
        if now != tab.seen:
            tab.seen = now
            tab.tell("look", seen=now)

    @property
    def sources(self) -> frozenset[str]:
        """The files behind the pages that somebody looks at."""
        return frozenset(self.answers.at(tab.address).source for tab in self.tabs.all()) - {""}

    async def page(self, request: Request) -> Response:
        """The page or file at an address."""
        await self.ready.wait()
        base, path = self.answers.base_path, request.scope["path"]
        if not path.startswith(base):
            home = path in ("/", base.rstrip("/"))
            return RedirectResponse(base, 307, _HEADERS) if home else _response(self.answers.outside())
        address = path.removeprefix(base)
        for _ in range(_PATIENCE):
            if self.answers.at(address).status != NOT_YET:
                break
            await asyncio.sleep(0.05)
        return _response(self.answers.at(address))

    async def script(self, _: Request) -> Response:
        """The browser's side."""
        return Response(self.answers.dresser.script, 200, _HEADERS, "text/javascript; charset=utf-8")

    async def events(self, request: Request) -> Response:
        """News for a tab, for as long as it is there."""
        await self.ready.wait()
        tab = Tab(request.query_params.get("page", ""), request.query_params.get("seen", ""))
        self._tell(tab)
        return StreamingResponse(self.tabs.listen(tab), 200, _HEADERS, "text/event-stream")


def _mark(answer: Answer) -> str:
    return answer.seen or answer.location


def _response(answer: Answer) -> Response:
    if answer.location:
        return RedirectResponse(answer.location, answer.status, _HEADERS)
    if answer.file is not None:
        return FileResponse(answer.file, headers=_HEADERS)
    return Response(answer.data, answer.status, _HEADERS, answer.kind)


def make_app(preview: Preview, bound: Bound, end: Callable[[Exception], None]) -> Starlette:
    """The application; `end` is told where the index turns out to be damaged."""

    def damaged(_: Request, error: Exception) -> Response:
        end(error)
        return Response("The preview’s index is damaged and was removed. Start the preview again.", 500, _HEADERS)

    routes = [
        Route(f"/{OWN}/preview.js", preview.script),
        Route(f"/{OWN}/events", preview.events),
        Route("/{path:path}", preview.page),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(HostCheck, bound=bound)],
        exception_handlers=dict.fromkeys(DAMAGE, damaged),
    )
