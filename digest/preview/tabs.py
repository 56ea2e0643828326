"""The browser's tabs: each waits for news of the page that it shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

_BEAT = 15.0
"""Seconds after which a silent connection shows that it lives."""


@dataclass(eq=False, slots=True)
class Tab:
    """A tab on an address; `seen` is the fingerprint of what it shows."""

    address: str
    seen: str
    news: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)

    def tell(self, event: str, **data: object) -> None:
        """Send news (an event of text/event-stream)."""
        self.news.put_nowait(f"event: {event}\ndata: {json.dumps(data)}\n\n")


class Tabs:
    """All tabs that are open; belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._open: set[Tab] = set()

    async def listen(self, tab: Tab) -> AsyncIterator[str]:
        """What a tab is told, until it leaves or the server ends."""
        self._open.add(tab)
        try:
            yield "retry: 500\n\n"
            while True:
                try:
                    news = await asyncio.wait_for(tab.news.get(), _BEAT)
                except TimeoutError:
                    news = ": still here\n\n"
                if news is None:
                    return
                yield news
        finally:
            self._open.discard(tab)

    def all(self) -> list[Tab]:
        """The tabs, in no order."""
        return list(self._open)

    def close(self) -> None:
        """Send all tabs away."""
        for tab in self._open:
            tab.news.put_nowait(None)
