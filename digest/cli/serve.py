"""`digest serve`."""

from __future__ import annotations

import sys
import warnings
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.build.output import work_refusal
from digest.cli.common import as_of_option, clock, find_root, now_option, progress_bar, report, root_option
from digest.problems import Problem
from digest.progress import Progress

if TYPE_CHECKING:
    from digest.preview.hosts import Bound
    from digest.preview.proof import Proof

PORT = 8000


@click.command("serve")
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen there; 0.0.0.0 lets the network in.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Or the next one that is free."
)
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option("--no-drafts", is_flag=True, help="Show what a build would: no drafts, nothing embargoed or to come.")
@click.option("--poll", is_flag=True, help="Look at the files again and again (for network and virtual file systems).")
@now_option
@as_of_option
def serve_command(
    root: Path | None,
    *,
    host: str,
    port: int,
    open_: bool,
    no_drafts: bool,
    poll: bool,
    now: date | datetime | None,
    as_of: date | datetime | None,
) -> None:
    """Show the digest in the browser while you write: what is saved is there before you look up.

    Drafts, embargoed and future articles are shown with a note that says so. Problems lie over the page until they are
    mended. site/ is not touched. Ctrl-C ends it.

    \b
    Examples:
      digest serve                         on http://127.0.0.1:8000/
      digest serve --open                  and open the browser
      digest serve --no-drafts             as a build would have it
      digest serve --as-of 2025-07-02      with the labels of that day
      digest serve --host 0.0.0.0          for everyone in the network
    """
    from digest.preview.desk import Look  # noqa: PLC0415 (costs start-up time that other commands need not pay)
    from digest.preview.serve import Options, Teller, bind, serve  # noqa: PLC0415

    warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")  # of folders that came back
    folder = find_root(root)
    refused = work_refusal(folder)
    if refused is not None:
        report([refused])
        sys.exit(1)
    options = Options(host, port, Look(clock(now), as_of, not no_drafts), poll, open_)
    try:
        listening, bound = bind(host, port)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}: {error.strerror or error}") from error
    if port and bound.port != port:
        click.echo(f"port {port} is taken; using {bound.port}", err=True)
    with listening, progress_bar(shown=True) as progress, suppress(KeyboardInterrupt):
        teller = Teller(_Terminal(bound, progress, drafts=not no_drafts).tell, _note)
        if not serve(folder, options, listening, bound, teller):
            sys.exit(1)


def _note(words: str) -> None:
    click.echo(words, err=True)


class _Terminal:
    """Says in the terminal where the preview is, how far reading has come, and what is wrong each time that changes."""

    def __init__(self, bound: Bound, progress: Progress, *, drafts: bool) -> None:
        self._bound = bound
        self._progress = progress
        self._drafts = drafts
        self._greeted = False
        self._problems: tuple[Problem, ...] = ()

    def tell(self, proof: Proof) -> None:
        """Say what is new in a proof."""
        if not self._greeted:
            self._greeted = True
            self._greet(proof.base_path)
        if proof.reading is not None:
            self._progress("articles read", proof.reading.done, proof.reading.total)
        elif proof.problems != self._problems:
            self._problems = proof.problems
            report(proof.problems)
            if not proof.problems:
                _note("no problems any more")

    def _greet(self, base_path: str) -> None:
        click.echo(f"preview at {self._bound.url(base_path)} (Ctrl-C ends it)")
        if not self._bound.is_local:
            drafts = ", drafts included" if self._drafts else ""
            _note(f"everyone who can reach this machine in its network can read it{drafts}")
