"""What a digest holds besides where a host publishes it from a repository: workflow, pins, settings, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

from digest import __version__
from digest.content.settings import SETTINGS_FILE

Host: TypeAlias = Literal["github-pages", "netlify", "cloudflare", "gitlab"]
HOSTS: tuple[Host, ...] = get_args(Host)
README = "README.md"


@dataclass(frozen=True, slots=True)
class _Way:
    """How a site gets to a host: the target's settings, the branch that the host serves (if it serves one), and what is
    left to do there by hand."""

    target: str
    branch: str
    steps: tuple[str, ...]


_BY_APP = "its production branch is `site`, with no build command and `/` as the folder to publish"
_WAYS: Mapping[Host, _Way] = {
    "github-pages": _Way(
        "git:origin#gh-pages",
        "gh-pages",
        ("Under Settings → Pages choose “Deploy from a branch”: `gh-pages`, `/ (root)`.",),
    ),
    "netlify": _Way(
        "{to: 'git:origin#site', host: netlify}",
        "site",
        (f"In Netlify add a site from this repository: {_BY_APP}. Turn other branches’ deploys off.",),
    ),
    "cloudflare": _Way(
        "{to: 'git:origin#site', host: cloudflare}",
        "site",
        (f"In Cloudflare make a Pages project from this repository: {_BY_APP}. Turn preview deployments off.",),
    ),
    "gitlab": _Way(
        "{to: 'file:///tmp/digest-pages', compress: gz}",
        "",
        (
            "Under Build → Pipeline schedules add one for the main branch, e.g. `*/30 * * * *`, so that embargoes end.",
            "`digest schedule` says when the site changes next by itself.",
            "Now and then put `content/permalinks.jsonl` from a job’s artifacts into git: until then a cache holds it.",
        ),
    ),
}
_PINNED = "# The version that publishes. `pip-compile --generate-hashes` pins all that it brings, too."
_WORKFLOW = ".github/workflows/publish.yml"


def host_files(host: Host) -> dict[str, bytes]:
    """The files for a host by path, apart from settings and README."""
    held = files(__package__) / "hosts"
    pins = f"{_PINNED}\ndigest-news=={__version__}\n"
    attributes = (files(__package__) / "files" / "gitattributes").read_bytes()
    made = {"requirements.txt": pins.encode(), ".gitattributes": attributes}
    if host == "gitlab":
        return {**made, ".gitlab-ci.yml": (held / "gitlab.yml").read_bytes()}
    workflow = (held / "github.yml").read_text(encoding="utf-8").replace("BRANCH", _WAYS[host].branch)
    dependabot = (held / "dependabot.yml").read_bytes()
    return {**made, _WORKFLOW: workflow.encode(), ".github/dependabot.yml": dependabot}


def host_settings(host: Host) -> str:
    """What digest.yaml says for a host."""
    return f"publish:\n  live: {_WAYS[host].target}\n"


def host_words(host: Host) -> str:
    """What is left to do at a host, in Markdown."""
    ways = _WAYS[host]
    where = f"to the branch `{ways.branch}`" if ways.branch else "with GitLab Pages"
    first = f"In `{SETTINGS_FILE}` set `url:` to the site’s address, which feeds, sitemaps and letters need."
    lines = [f"Each push to `main` publishes the site {where}.", "", *(f"- {step}" for step in (first, *ways.steps))]
    return "\n".join(lines) + "\n"


def with_host(held: Mapping[str, bytes], host: Host) -> dict[str, bytes]:
    """A new digest's files together with those for a host."""
    settings = held[SETTINGS_FILE] + f"\n# Where `digest publish` brings the site.\n{host_settings(host)}".encode()
    readme = held[README] + f"\n## Publishing\n\n{host_words(host)}".encode()
    return {**held, **host_files(host), SETTINGS_FILE: settings, README: readme}
