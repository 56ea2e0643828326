"""Thread pages: a story over days, as a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from digest.frozen import Frozen
from digest.index.index import Index
from digest.labels.verdict import Course
from digest.model import Article
from digest.pages.compose import Composer
from digest.pages.drawn.timeline import Timeline, labels_of
from digest.pages.parts import ArticleCard, Day, LabelMark, Link
from digest.pages.sheet import Family, Sheet


class ThreadChange(Frozen, frozen=True):
    """A claim of the thread whose label changed on a day."""

    claim: Link
    before: LabelMark
    after: LabelMark


class ThreadDay(Frozen, frozen=True):
    """One day of the thread: what was written and which labels changed."""

    day: Day
    articles: tuple[ArticleCard, ...]
    changes: tuple[ThreadChange, ...]


class ThreadView(Frozen, frozen=True):
    """A thread: its days, newest first."""

    id: str
    name: str
    days: tuple[ThreadDay, ...]
    articles: int
    first: Day
    last: Day
    labels: Timeline | None = None


class ThreadRow(Frozen, frozen=True):
    """A thread in the list: its name with the number of articles, first and last day, its newest article's summary."""

    name: Link
    first: Day
    last: Day
    summary: str


class ThreadsView(Frozen, frozen=True):
    """All threads, the most recent first."""

    threads: tuple[ThreadRow, ...]


def plan_index(_: Index) -> Iterator[tuple[str, str]]:
    """The one page of all threads."""
    yield "", "threads/"


def view_index(composer: Composer, _: str) -> Sheet:
    """All threads, the most recent first."""
    index, tongue = composer.index, composer.tongue
    rows = []
    for thread in index.keys("thread"):
        members = index.members(f"thread:{thread}")
        link = Link(composer.thread_name(thread), f"threads/{thread}/", len(members))
        rows.append(ThreadRow(link, composer.day(members[-1].day), composer.day(members[0].day), members[0].summary))
    rows.sort(key=lambda r: r.name.text)
    rows.sort(key=lambda r: r.last.iso, reverse=True)
    title = tongue.gettext("Threads")
    description = tongue.gettext("Stories that this digest follows over several days.")
    return Sheet(title, description, (), ThreadsView(tuple(rows)))


THREADS = Family("threads", "threads.html", plan_index, lambda _: ("thread:*",), view_index)


def plan(index: Index) -> Iterator[tuple[str, str]]:
    """One page for each thread."""
    return ((thread, f"threads/{thread}/") for thread in index.keys("thread"))


def reads(key: str) -> tuple[str, ...]:
    """The thread's articles."""
    return (f"thread:{key}",)


def view(composer: Composer, key: str) -> Sheet:
    """The timeline of a thread."""
    members = composer.index.members(f"thread:{key}")
    days: dict[date, list[Article]] = {}
    for article in members:
        days.setdefault(article.day, []).append(article)
    changes: dict[date, list[ThreadChange]] = {}
    courses = {c.claim.id: c for a in members for c in composer.courses(a)}.values()
    for course in courses:
        for day, change in _changes(composer, course):
            changes.setdefault(day, []).append(change)
    timeline = tuple(
        ThreadDay(
            composer.day(day) if day in days else composer.date(day),
            tuple(composer.card(a.id) for a in days.get(day, ())),
            tuple(changes.get(day, ())),
        )
        for day in sorted({*days, *changes}, reverse=True)
    )
    name = composer.thread_name(key)
    first, last = composer.day(members[-1].day), composer.day(members[0].day)
    view = ThreadView(key, name, timeline, len(members), first, last, labels_of(composer, courses))
    return Sheet(name, members[0].summary, (Link(composer.tongue.gettext("Threads"), "threads/"),), view)


def _changes(composer: Composer, course: Course) -> Iterator[tuple[date, ThreadChange]]:
    """A claim's labels after its first one, each with the day that brought it."""
    for before, after in pairwise(composer.changes(course)):
        link = Link(course.claim.text, f"claims/{course.claim.id}/")
        yield date.fromisoformat(after.day.iso), ThreadChange(link, before.label, after.label)


THREAD = Family("thread", "thread.html", plan, reads, view)
