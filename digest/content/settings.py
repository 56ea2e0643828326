"""digest.yaml: the settings of a digest."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from digest.content.document import File
from digest.content.findings import Findings
from digest.content.schema import SettingsFile
from digest.content.suggest import Names
from digest.content.text import LANGUAGE, WEB, line
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import plain
from digest.model import RawHtml, Settings
from digest.model.settings import PageFamily
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
    publisher = entry.publisher
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
        pages=frozenset(entry.outputs.pages or PageFamily),
        feeds=tuple(dict.fromkeys(entry.outputs.feeds)),
        tag=entry.outputs.tag or "",
        publish=plain(root.get("publish")) or {},
    )
    return settings, []


def _check(entry: SettingsFile, findings: Findings) -> None:
    if entry.url and (not WEB.fullmatch(entry.url) or re.search(r"[?#]", entry.url)):
        message = f"“{entry.url}” is not the address of a site"
        findings.error("D208", message, ("url",), "expected e.g. https://example.org/ or https://example.org/digest/")
    if entry.publisher and entry.publisher.url and not WEB.fullmatch(entry.publisher.url):
        hint = "expected e.g. https://example.org/"
        findings.error("D208", f"“{entry.publisher.url}” is not a web address", ("publisher", "url"), hint)
    if entry.timezone and entry.timezone not in _zones():
        hint = timezone_names().meant(entry.timezone) or "expected an IANA name, e.g. Europe/London"
        findings.error("D702", f"“{entry.timezone}” is not a known timezone", ("timezone",), hint)
    if entry.language and not LANGUAGE.fullmatch(entry.language):
        hint = "expected e.g. en, uk or zh-Hans"
        findings.error("D212", f"“{entry.language}” is not a language tag (BCP 47)", ("language",), hint)


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
