"""The story of a preview: bind, open the store, watch, follow in one thread, answer in another."""

from __future__ import annotations

import asyncio
import errno
import socket
import sqlite3
import threading
import traceback
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

import uvicorn

from digest.build.output import WORK
from digest.index.store import erase
from digest.preview.answers import Answers
from digest.preview.changes import Changes
from digest.preview.desk import Desk, Look
from digest.preview.doubt import Doubt
from digest.preview.hosts import Bound
from digest.preview.proof import Proof
from digest.preview.server import Preview, make_app
from digest.preview.site import Site
from digest.preview.store import borrow, open_store, store_path
from digest.preview.tabs import Tabs
from digest.preview.watch import Watch, events_come

T = TypeVar("T")

_TRIES = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve: where to listen, how to look at the digest, whether to poll, whether to open a browser."""

    host: str
    port: int
    look: Look
    poll: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is told of each proof, and of what is worth a line."""

    proof: Callable[[Proof], None]
    note: Callable[[str], None]


def bind(host: str, port: int) -> tuple[socket.socket, Bound]:
    """A listening socket: at that port, or at the next one that is free. Raises OSError where there is none."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    for number in range(port, port + _TRIES) if port else (0,):
        found = socket.socket(family, socket.SOCK_STREAM)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, number))
            found.listen(128)
        except OSError as error:
            found.close()
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        return found, Bound(host, found.getsockname()[1])
    raise OSError(errno.EADDRINUSE, f"ports {port} to {port + _TRIES - 1} are all taken")


class _Server(uvicorn.Server):
    """Ends at once: tabs do not keep it."""

    def __init__(self, config: uvicorn.Config, tabs: Tabs) -> None:
        super().__init__(config)
        self._tabs = tabs

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On Ctrl-C."""
        self._tabs.close()
        super().handle_exit(sig, frame)


def serve(root: Path, options: Options, listening: socket.socket, bound: Bound, teller: Teller) -> bool:
    """Serve the preview until it is interrupted; whether it was, rather than ended by a damaged index. Raises OSError
    where the digest's work folder cannot be written."""
    with store_path(root, as_of=options.look.as_of is not None) as path:
        if options.look.as_of is None:
            borrow(root, path)
        open_store(path).close()
        site, damage = Site(root, path), ""
        try:
            damage = asyncio.run(_serve(root, options, path, site, listening, bound, teller))
        finally:
            site.close()
            if not damage:
                open_store(path).close()  # the last to close it puts its parts together
        if damage:
            erase(path)
            open_store(path).close()  # an empty one: the build's, if this came of it, is not copied again
            teller.note(f"the preview's index is damaged ({damage}) and was removed; start the preview again")
        return not damage


async def _serve(
    root: Path, options: Options, path: Path, site: Site, listening: socket.socket, bound: Bound, teller: Teller
) -> str:
    answers = Answers(root, site, options.look.clock, local=bound.is_local)
    preview = Preview(answers, Tabs(), asyncio.Event())
    loop, ended, changes = asyncio.get_running_loop(), threading.Event(), Changes()

    def on_loop(do: Callable[[], T]) -> T:
        """What the loop's thread says; ends the calling thread once the server has ended."""
        asked = asyncio.run_coroutine_threadsafe(_call(do), loop)
        while True:
            try:
                return asked.result(0.2)
            except TimeoutError:
                if ended.is_set():
                    raise SystemExit from None

    def publish(proof: Proof) -> None:
        first = not preview.ready.is_set()
        on_loop(lambda: preview.adopt(proof))
        if first and options.open:
            webbrowser.open(bound.url(answers.base_path))
        teller.proof(proof)

    def follow() -> None:
        try:
            _follow(root, options, path, changes, publish, lambda: on_loop(lambda: preview.sources), teller.note)
        except sqlite3.DatabaseError as error:
            damage.append(str(error))
            preview.ready.set()
            server.should_exit = True

    damage: list[str] = []
    config = uvicorn.Config(make_app(preview, bound), log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config, preview.tabs)
    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    try:
        await server.serve([listening])
    finally:
        ended.set()
        changes.close()
        await asyncio.to_thread(follower.join, 5)
    return "".join(damage)


async def _call(do: Callable[[], T]) -> T:
    return do()


def _follow(
    root: Path,
    options: Options,
    path: Path,
    changes: Changes,
    publish: Callable[[Proof], None],
    looked_at: Callable[[], frozenset[str]],
    note: Callable[[str], None],
) -> None:
    """Show what is known, then follow the files."""
    watch, doubt, store = Watch(root, changes.add), Doubt(root), open_store(path)
    try:
        desk = Desk(root, store, options.look, publish)
        _guarded(desk.begin)
        watch.start(poll=options.poll or not events_come(root / WORK))
        if watch.polls and not options.poll:
            note("the system does not tell of changed files here; they are looked at twice a second instead")
        _guarded(desk.catch_up)
        while (changed := changes.take(1.0)) is not None:
            if changed:
                watch.renew(changed)
                doubt.told(changed)
                _guarded(lambda: desk.follow(changed))
            elif not watch.polls and (missed := doubt.missed(looked_at())):
                note("files change here without the system telling; they are looked at twice a second from now on")
                watch.start(poll=True)
                changes.add(missed)
    finally:
        watch.stop()
        store.close()


def _guarded(do: Callable[[], None]) -> None:
    """A fault of ours is told and must not end the preview; the store is as it was before."""
    try:
        do()
    except sqlite3.DatabaseError:
        raise
    except Exception:  # noqa: BLE001 (as above)
        traceback.print_exc()
