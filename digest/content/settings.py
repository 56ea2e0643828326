"""digest.yaml: the settings of a digest."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from digest.content.addresses import not_an_address
from digest.content.document import File
from digest.content.findings import Findings
from digest.content.schema import OutputsEntry, SettingsFile
from digest.content.suggest import Names
from digest.content.text import LANGUAGE, WEB, line
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import plain
from digest.model import RawHtml, Settings
from digest.model.settings import ABSOLUTE, Cards, PageFamily, Picture
from digest.problems import Problem

SETTINGS_FILE = "digest.yaml"


def parse_settings(file: File) -> tuple[Settings | None, list[Problem]]:
    """The settings that the file's text holds; None where they have problems."""
    root, problems = parse_yaml(file)
    if root is None:
        return None, problems
    findings = Findings(file, root)
    entry = findings.validated(SettingsFile, root)
    if entry is None:
        return None, problems + findings.problems
    _check(entry, findings)
    problems = problems + findings.problems
    if problems:
        return None, problems
    publisher, outputs = entry.publisher, entry.outputs
    settings = Settings(
        title=line(entry.title),
        url=_with_slash(entry.url or ""),
        timezone=entry.timezone or "UTC",
        language=entry.language or "en",
        description=line(entry.description or ""),
        notice=line(entry.notice or ""),
        publisher=publisher.name if publisher else "",
        publisher_url=(publisher.url or "") if publisher else "",
        contact=entry.contact or "",
        html=entry.html or RawHtml.ESCAPE,
        claim_review=entry.claim_review in (True, "true"),
        editor=entry.editor or "",
        threads=dict(entry.threads),
        pages=_pages(entry),
        feeds=tuple(dict.fromkeys(outputs.feeds)),
        full_text=outputs.full_text in (True, "true"),
        tag=outputs.tag or "",
        robots={robot: tuple(paths) for robot, paths in outputs.robots.items()},
        cards=outputs.cards or Cards.EDITIONS,
        eml=outputs.eml in (True, "true"),
        pictures=frozenset(outputs.pictures or Picture) - {Picture.NONE},
        unchecked=frozenset(entry.check.without),
        publish=plain(root.get("publish")) or {},
        gone={address: line(reason) for address, reason in entry.gone.items()},
    )
    return settings, []


def _check(entry: SettingsFile, findings: Findings) -> None:
    if entry.url and (not WEB.fullmatch(entry.url) or re.search(r"[?#]", entry.url)):
        message = f"“{entry.url}” is not the address of a site"
        findings.error("D208", message, ("url",), "expected e.g. https://example.org/ or https://example.org/digest/")
    if entry.publisher and entry.publisher.url and not WEB.fullmatch(entry.publisher.url):
        hint = "expected e.g. https://example.org/"
        findings.error("D208", f"“{entry.publisher.url}” is not a web address", ("publisher", "url"), hint)
    for address in entry.gone:
        wrong = not_an_address(address)
        if wrong:
            findings.key_error("D504", wrong[0], ("gone", address), wrong[1])
    if entry.timezone and entry.timezone not in _zones():
        hint = timezone_names().meant(entry.timezone) or "expected an IANA name, e.g. Europe/London"
        findings.error("D702", f"“{entry.timezone}” is not a known timezone", ("timezone",), hint)
    _check_outputs(entry.outputs, findings)
    if entry.language and not LANGUAGE.fullmatch(entry.language):
        hint = "expected e.g. en, uk or zh-Hans"
        findings.error("D212", f"“{entry.language}” is not a language tag (BCP 47)", ("language",), hint)


def _check_outputs(outputs: OutputsEntry, findings: Findings) -> None:
    if outputs.tag and not _AUTHORITY.fullmatch(outputs.tag):
        hint = "expected a name of yours and a day or year on which it was yours, e.g. example.org,2025"
        findings.error("D216", f"“{outputs.tag}” is no authority for tag URIs", ("outputs", "tag"), hint)
    for robot, paths in outputs.robots.items():
        if not _ROBOT.fullmatch(robot):
            hint = "expected * or a name such as GPTBot"
            findings.key_error("D217", f"“{robot}” is no name of a robot", ("outputs", "robots", robot), hint)
        for number, path in enumerate(paths):
            if not _ROBOT_PATH.fullmatch(path):
                hint = "expected a path below the digest's base, e.g. /data/; / for all of it"
                findings.error("D217", f"“{path}” is no path for robots", ("outputs", "robots", robot, number), hint)


_AUTHORITY = re.compile(
    r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?",
    re.ASCII,
)
"""A name or mail address with a date (RFC 4151, section 2.1)."""

_ROBOT = re.compile(r"\*|[A-Za-z_-]+")
_ROBOT_PATH = re.compile(r"/[^\s#]*")
"""A product token and a path (RFC 9309, section 2.2)."""


def _pages(entry: SettingsFile) -> frozenset[PageFamily]:
    """The page families that are asked for; without a choice all that the digest can have."""
    outputs = entry.outputs
    pages = frozenset(outputs.pages or PageFamily) - set(outputs.without) - (set() if entry.url else ABSOLUTE)
    return pages - {PageFamily.SEARCH} if outputs.search in (False, "false") else pages


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


@cache
def _zones() -> frozenset[str]:
    """The names that the tzdata package holds, so that no host's own files decide what is known."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def timezone_names() -> Names:
    """Every zone by its name and by its city."""
    zones = sorted(_zones())
    return Names({zone: zone for zone in zones} | {zone.rpartition("/")[2]: zone for zone in zones})
