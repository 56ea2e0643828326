"""The story of a publish: compare, decide, send. And of taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.publish.manifest import Manifest, Release
from digest.publish.plan import Plan, make_plan, most_deletions
from digest.publish.refused import refused
from digest.publish.targets import Progress, Sending, Target


@dataclass(frozen=True, slots=True)
class Request:
    """What to publish: the site's folder, its manifest; how many files may be removed (None: see `most_deletions`);
    the folder of what goes beside the site's own files."""

    site: Path
    after: Manifest
    max_deletes: int | None = None
    beside: Path | None = None


def look(target: Target, request: Request) -> Plan:
    """What would change. Changes nothing."""
    return make_plan(target.manifest(), request.after)


def publish(target: Target, request: Request, agree: Callable[[Plan], bool], progress: Progress) -> Plan | None:
    """Send the site, once `agree` says yes to the plan; None where it said no.

    The plan is made again when no other publisher can be at work. Raises RefusedError where more files would be
    removed than may be, where the target is not as it must be, or where it has changed while the plan was looked at.
    """
    plan = look(target, request)
    _guard(plan, request, target)
    if plan.is_empty:
        return plan
    if not agree(plan):
        return None
    with target.locked():
        before = target.manifest()
        if (before.release if before else "") != plan.over:
            hint = "look at the plan again"
            raise refused("D916", "somebody else has published in the meantime", target.shown, hint)
        target.send(Sending(request.site, before, request.after, plan, request.beside), progress)
    return plan


def _guard(plan: Plan, request: Request, target: Target) -> None:
    most = most_deletions(plan.before) if request.max_deletes is None else request.max_deletes
    going = plan.going
    if going > most:
        what = f"{going:,} of {plan.before:,} files would be removed, which is more than {most:,}"
        hint = f"if that is meant: --max-deletes {going}"
        raise refused("D917", what, target.shown, hint)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of it: the release that was brought back, and the ids of what was served and of what is served now,
    which is a new one where releases follow one another."""

    release: Release
    before: str
    now: str


def look_back(target: Target, wanted: str) -> tuple[Release, Plan]:
    """The release that a rollback would serve, and what would change. Changes nothing. Raises RefusedError where there
    is none."""
    release = _chosen(target.releases(), wanted, target)
    return release, make_plan(target.manifest(), target.kept(release.id))


def rollback(target: Target, wanted: str, at: datetime, progress: Progress) -> TakenBack:
    """Serve an earlier release: the one before the current one, or the one that is wanted. Raises RefusedError where
    there is none."""
    with target.locked():
        found = target.releases()
        release = _chosen(found, wanted, target)
        before = next((r.id for r in found if r.current), "")
        now = release.id if release.current else target.switch(release.id, at, progress)
    return TakenBack(release, before, now)


def forget(target: Target) -> int:
    """Remove what is kept of earlier releases; how many those were."""
    with target.locked():
        return target.forget()


def _chosen(found: list[Release], wanted: str, target: Target) -> Release:
    release = _earlier(found, target) if not wanted else next((r for r in found if r.id == wanted), None)
    if release is None:
        hint = f"kept are {', '.join(r.id for r in found)}" if found else "none is kept"
        raise refused("D918", f"there is no release “{wanted}”", target.shown, hint)
    return release


def _earlier(found: list[Release], target: Target) -> Release:
    """The release before the one that is served, or before the one that this brought back."""
    now = next((release for release in found if release.current), None)
    base = (now.restores or now.id) if now else ""
    earlier = next((release for release in found if release.id < base and not release.restores), None)
    if earlier is None:
        raise refused("D918", "there is no earlier release", target.shown, "`digest releases` lists what is kept")
    return earlier
