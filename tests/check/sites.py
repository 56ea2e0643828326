"""Small sites with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from digest.check.page import Facts
from digest.check.site import Findings, Origins, SiteJob, check_site
from tests.digests import write

URL = "https://news.example/a/b/"
HEAD = '<!doctype html>\n<html lang="en"><head><title>{title}</title><meta name="description" content="Words.">{head}'
PAGE = HEAD + "</head>\n<body>\n{body}\n</body></html>\n"


def page(body: str = "", *, head: str = "", title: str = "A page") -> str:
    """A page of valid HTML around a body, which stands on its fourth line."""
    return PAGE.format(title=title, head=head, body=body)


def _here(
    do: Callable[[SiteJob, Sequence[str]], list[Facts]], job: SiteJob, names: Sequence[str]
) -> Iterator[list[Facts]]:
    yield do(job, names)


def findings(folder: Path, files: dict[str, str], origins: Origins | None = None) -> Findings:
    """What is wrong with a site of these files."""
    site = write(folder / "site", files)
    return check_site(SiteJob(site, URL, "/a/b/"), _here, origins or Origins(folder, "site"))


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code, place and message of each problem, in order."""
    found = findings(folder, files).problems
    return sorted((p.code, str(p.at).rpartition(":")[0] or str(p.at), p.message) for p in found)
