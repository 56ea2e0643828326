"""From the store's inputs to the plan of a build: what is filed, which pages may differ, which files to copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import __version__
from digest.build.collisions import collisions
from digest.build.files import Copy, Shown, copies, theme_problems
from digest.build.gather import Gathered
from digest.build.gone import expired, gone_of
from digest.build.letters import plan_letters
from digest.build.output import is_ours, mark_of
from digest.build.packed import FINGERPRINTS, PARSED, PROBLEM, whole
from digest.build.permalinks import lead_on, put_aside
from digest.build.pictures import picture_copies
from digest.build.reasons import FIRST, GROUNDS, OUTPUT, SHARED, TEMPLATE
from digest.build.records import Stale
from digest.build.refile import Filing
from digest.build.searching import plan_search
from digest.build.stale import plan_all, plan_touched, stale_pages
from digest.content.context import Context
from digest.content.crosscheck import with_one_offs
from digest.index.packing import fingerprint
from digest.index.store import Store
from digest.index.stored import Base, StoredIndex, keys_in_use
from digest.model import Settings
from digest.model.settings import Picture
from digest.pages import card
from digest.pages.parts import Site
from digest.pages.plan import FAMILIES, compose_site
from digest.pages.tongue import Tongue
from digest.problems import Location, Problem, Severity
from digest.render.cards.tools import tools
from digest.render.templates import fingerprints
from digest.render.theme import Theme, stamps_of, theme


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: the pages that may differ, with reasons, and the files to copy; on what, and how many there
    are in all (articles, claims, pages)."""

    base: Base
    site: Site
    theme: Theme
    templates: dict[str, bytes]
    stale: tuple[tuple[Stale, str], ...]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]
    counts: tuple[int, int, int]


def make_plan(
    root: Path,
    store: Store,
    gathered: Gathered,
    clock: datetime,
    output: Path,
    *,
    strict: bool,
    allowed: tuple[str, ...] = (),
) -> Plan:
    """File what is new, and find the pages that may differ. The store keeps nothing of it if there is an error. Of the
    published addresses those that are `allowed` to (patterns) may stop working."""
    context, db = gathered.context, store.db
    assert context is not None  # noqa: S101 (the caller has seen to it)
    look = theme(root)
    with store.transaction() as undo:
        anew = store.meta("filed") != gathered.grounds
        filing = Filing(db, lambda: base_of(db, context, gathered.as_of), clock, anew=anew)
        base = filing.run()
        index = StoredIndex(db, base)
        site, templates = site_of(base.settings, look), made_by(base.settings, _templates(store, look))
        put_aside(db)
        shared = fingerprint(site)
        why = _why_all(store, shared, output, anew=anew)
        all_pages = plan_all(db, index, why) if why else None
        problems = list(plan_touched(db, index, filing.touched) if all_pages is None else all_pages)
        problems += plan_letters(store, db, index)
        plan_search(db, index, None if why else filing.touched)
        _forget_output(store, shared, output)
        _restyle(store, templates)
        smaller = Picture.SIZES in base.settings.pictures
        found = copies(root, look, picture_copies(root, db, _shown(db), problems, smaller=smaller), problems)
        problems += [
            *lead_on(
                db,
                root,
                (c.name.removesuffix("index.html") for c in found),
                (*allowed, *expired(db, clock)),
                gone_of(db, base.settings.gone),
            ),
            *collisions(db, found),
            *_hidden_claims(db),
            *_idle_notes(db),
            *_warnings(db),
            *theme_problems(root),
        ]
        store.set_meta("filed", gathered.grounds)
        if failing(problems, strict=strict):
            undo()
        counts = tuple(db.execute(query).fetchone()[0] for query in _COUNTS)
        stale = tuple(stale_pages(db))
    return Plan(base, site, look, templates, stale, tuple(found), tuple(problems), (counts[0], counts[1], counts[2]))


def _why_all(store: Store, shared: bytes, output: Path, *, anew: bool) -> str:
    """Why every page has to be looked at; "" where that need not be."""
    if store.meta("shared") is None:
        return FIRST
    if anew:
        return GROUNDS
    if store.meta("shared") != shared:
        return SHARED
    return "" if _stands_as_left(store, output) else OUTPUT


def place_of(output: Path) -> bytes:
    """What tells the output, as a build left it, from others and from other states of it."""
    return f"{output} {mark_of(output)}".encode("utf-8", "surrogateescape")


def _stands_as_left(store: Store, output: Path) -> bool:
    return is_ours(output) and store.meta("output") == place_of(output)


_COUNTS = (
    "SELECT count(*) FROM articles",
    "SELECT count(*) FROM claims",
    "SELECT count(*) FROM pages WHERE family <> 'gone'",
)


def base_of(db: sqlite3.Connection, context: Context, as_of: datetime | None) -> Base:
    """What the index rests on, with the one-off sources and the taxa that articles brought."""
    assert context.regions is not None  # noqa: S101 (there is no context without errors that lacks them)
    assert context.topics is not None  # noqa: S101 (likewise)
    query = "SELECT DISTINCT rest FROM names JOIN contents USING (num) WHERE name > 'source ' AND name < 'source!'"
    parsed = [PARSED.unpack(packed) for (packed,) in db.execute(query)]
    return Base(
        context.settings,
        with_one_offs(context.registered.registry, sorted(parsed, key=lambda p: p.path)),
        context.regions.catalogue.taxonomy(keys_in_use(db, "region")),
        context.topics.catalogue.taxonomy(keys_in_use(db, "topic")),
        as_of,
    )


def site_of(settings: Settings, look: Theme) -> Site:
    """What all pages share."""
    return compose_site(settings, Tongue(settings.language), look.asset, f"digest {__version__}")


def made_by(settings: Settings, templates: dict[str, bytes]) -> dict[str, bytes]:
    """Fingerprints of what makes each family's pages: their templates, or the fonts of cards where there are any."""
    cards = any(card.drawn(settings, family) for family in FAMILIES)
    return templates | {card.FAMILY.name: tools()} if cards else templates


def _templates(store: Store, look: Theme) -> dict[str, bytes]:
    """Fingerprints of the templates behind each family; they are worked out again only where a file of the theme is
    not as it was."""
    stamps = fingerprint("\n".join(stamps_of(look)).encode("utf-8", "surrogateescape"))
    kept = store.meta("templates")
    if kept is not None and store.meta("theme") == stamps:
        return FINGERPRINTS.unpack(kept)
    store.set_meta("theme", stamps)
    made = {family.name: (family.template, *family.beside) for family in FAMILIES.values() if family.template}
    return fingerprints(look, made)


def _forget_output(store: Store, shared: bytes, output: Path) -> None:
    """Where the output is another, or not as it was left, nothing is known of what stands there."""
    if not _stands_as_left(store, output):
        store.db.execute("UPDATE pages SET view = NULL, sha = NULL")
        store.db.execute("DELETE FROM copies")
        store.db.execute("UPDATE search SET stale = 1, seen = NULL, files = ''")
    store.set_meta("output", place_of(output))
    store.set_meta("shared", shared)


def _restyle(store: Store, templates: dict[str, bytes]) -> None:
    """Pages whose templates changed may differ."""
    before = store.meta("templates")
    known = FINGERPRINTS.unpack(before) if before else {}
    for family, seen in templates.items():
        if known.get(family) != seen:
            store.db.execute("UPDATE pages SET stale = ? WHERE family = ? AND stale IS NULL", (TEMPLATE, family))
    store.set_meta("templates", FINGERPRINTS.pack(templates))


def _shown(db: sqlite3.Connection) -> Iterator[Shown]:
    query = "SELECT path, address, pictures FROM inputs JOIN articles USING (num) WHERE pictures <> '' ORDER BY path"
    for path, address, pictures in db.execute(query):
        yield Shown(path, address, tuple(pictures.split("\n")))


def _hidden_claims(db: sqlite3.Connection) -> Iterator[Problem]:
    """Claims that articles which are out name or rest on, while the article that defines them is not out."""
    query = """SELECT claim, num FROM article_claims WHERE claim NOT IN (SELECT id FROM claims)
    UNION SELECT depends_on, num FROM claims JOIN article_claims ON claim = id
    WHERE depends_on <> '' AND depends_on NOT IN (SELECT id FROM claims) ORDER BY claim, num"""
    for hidden, num in db.execute(query).fetchall():
        main, rest = db.execute("SELECT main, rest FROM contents WHERE num = ?", (num,)).fetchone()
        parsed = whole(main, rest)
        for claim in parsed.claims:
            if hidden in (claim.id, claim.depends_on):
                at = parsed.dependency_at.get(claim.id, claim.at) if claim.depends_on == hidden else claim.at
                message = (
                    f"the claim “{hidden}” is defined in an article that is not out (embargoed, expired or to come)"
                )
                hint = "wait for that article, or give the claim's text here"
                yield Problem("D404", message, at, hint=hint)


def _idle_notes(db: sqlite3.Connection) -> Iterator[Problem]:
    """Editors' notes for days without any article."""
    query = """SELECT path, day FROM notes JOIN inputs USING (num)
    WHERE day NOT IN (SELECT key FROM groups WHERE kind = 'day' AND members > 0)"""
    for path, day in db.execute(query):
        message = f"no article appeared on {day}, so that the note has no edition to stand in"
        yield Problem("D215", message, Location(path, 1, 1), Severity.WARNING, "check the note's date")


def _warnings(db: sqlite3.Connection) -> Iterator[Problem]:
    for (packed,) in db.execute("SELECT warning FROM claims WHERE warning IS NOT NULL"):
        yield PROBLEM.unpack(packed)


def failing(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build."""
    return any(strict or p.severity is Severity.ERROR for p in problems)
