"""What is wrong with a site that was just built: the site itself, and registries that nobody uses."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from digest.build.build import STORE, Options, Outcome, make
from digest.build.output import Stage
from digest.build.packed import whole
from digest.build.planning import failing
from digest.build.work import Workers
from digest.check.site import Findings, Origins, SiteJob, check_site
from digest.check.unused import unused
from digest.content.document import decode
from digest.content.files import Tree
from digest.content.read import read_context
from digest.content.registry import SOURCES_FILE
from digest.content.yaml_nodes import parse_yaml
from digest.content.yaml_tree import Map
from digest.index.store import Store
from digest.model import Article, Registry
from digest.problems import Problem
from digest.progress import Progress, quiet

_OWN = (("region", "D832"), ("topic", "D833"))


def check(root: Path, options: Options, progress: Progress = quiet) -> Outcome:
    """Every problem that a build would meet, and all that is wrong with the site that it would make.

    The site is built in a folder of its own, so that nothing is written into the digest.
    """
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name, Workers(options.jobs, options.executor) as workers:
        folder = Path(name)
        store = Store(folder / STORE)
        aside = replace(options, output=folder / "site", search=False)
        try:
            outcome = make(root, store, workers, aside, progress, Stage(folder, aside.output))
            if outcome.failed:
                return outcome
            found = _check_output(root, store, workers, aside.output)
        finally:
            store.close()
    problems = (*outcome.problems, *found.problems)
    failed = failing(problems, strict=options.strict)
    seconds = time.perf_counter() - began
    return replace(outcome, problems=problems, written=None, external=found.external, failed=failed, seconds=seconds)


def _check_output(root: Path, store: Store, workers: Workers, folder: Path) -> Findings:
    """Everything that is wrong with the digest's site in `folder`, which was built with this store. Pages are named as
    they stand in site/."""
    context, _ = read_context(root)
    if context is None:
        return Findings((), {})
    query = "SELECT address, path FROM articles JOIN inputs USING (num)"
    origins = Origins(root, "site", dict(store.db.execute(query)))
    job = SiteJob(folder, context.settings.url, context.settings.base_path)
    workers.start(_pages(store), store)
    found = check_site(job, workers.map, origins)
    idle = _unused(root, store, context.registered.registry)
    told = (p for p in (*found.problems, *idle) if p.code not in context.settings.unchecked)
    return Findings(tuple(told), found.external)


def _pages(store: Store) -> int:
    count: int = store.db.execute("SELECT count(*) FROM pages").fetchone()[0]
    return count


def _unused(root: Path, store: Store, registry: Registry) -> Iterator[Problem]:
    """Sources, regions and topics of the digest's own that no article names, drafts among them."""
    articles = list(_articles(store))
    yield from unused(root, SOURCES_FILE, "D831", "sources", registry.sources, _sources(articles, registry))
    words = {"region": {w for a in articles for w in a.regions}, "topic": {w for a in articles for w in a.topics}}
    for kind, code in _OWN:
        query = "SELECT key FROM groups WHERE kind = ? AND members > 0"  # with all that stand above an article's own
        used = words[kind] | {key for (key,) in store.db.execute(query, (kind,))}
        yield from unused(root, f"content/{kind}s.yaml", code, f"{kind}s", _entries(root, kind), used)


def _articles(store: Store) -> Iterator[Article]:
    for main, rest in store.db.execute(
        "SELECT main, rest FROM inputs JOIN contents USING (num) WHERE kind = 'article'"
    ):
        parsed = whole(main, rest)
        if parsed.article is not None:
            yield parsed.article


def _sources(articles: Sequence[Article], registry: Registry) -> set[str]:
    """The sources that speak, carry, are rested on, whose words are reported, or that own another one in use."""
    claims = [claim for article in articles for claim in article.claims]
    used = {claim.of for claim in claims}
    for statement in chain.from_iterable(claim.statements for claim in claims):
        used |= {statement.by, *statement.via, *statement.derived_from}
    while more := {s.owner for s in registry.sources.values() if s.id in used and s.owner} - used:
        used |= more
    return used


def _entries(root: Path, kind: str) -> list[str]:
    """The entries of the digest's own file of regions or topics."""
    path = f"content/{kind}s.yaml"
    if not (root / path).is_file():
        return []
    data, _ = Tree(root).read(path)
    file, _ = decode(path, data) if data is not None else (None, [])
    node, _ = parse_yaml(file) if file is not None else (None, [])
    entries = node.get(f"{kind}s") if node is not None else None
    return list(entries) if isinstance(entries, Map) else []
