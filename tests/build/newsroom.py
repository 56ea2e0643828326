"""A newsroom that edits a small digest at random: its articles, and everything around them."""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.build.authors import Authors
from tests.digests import SETTINGS, SOURCES, write

CLOCK = datetime(2025, 8, 1, tzinfo=UTC)
_TEMPLATES = {
    "corrections.html": ("{{ view.corrections | length }}", "{% include ['mine.html', 'yours.html'] ignore missing %}"),
    "404.html": ("{% set part = 'mine' %}{% include part ~ '.html' ignore missing %}", "{% include 'yours.html' %}"),
    "thread.html": ("{% set layout = 'base.html' %}{% extends layout %}{% block main %}{{ view.name }}{% endblock %}",),
    "mine.html": ("mine", "", "{{ page.title }}"),
    "yours.html": ("yours", "{% import 'words.html' as words %}{{ words.hello() }}"),
    "words.html": ("{% macro hello() %}hello{% endmacro %}", "{% macro hello() %}good day{% endmacro %}"),
    "footer.html": ("<footer>{{ site.title }}</footer>", ""),
    "assets/extra.txt": ("one", "two"),
    "assets/digest.css": ("p {}", "p { color: red }"),
}


class Newsroom:
    """The files of one digest at `root`, and the moment and the bound of knowledge with which it is built.

    Each edit is drawn from `rng`.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.rng = random.Random(seed)  # noqa: S311 (test data)
        self.clock = CLOCK
        self.as_of: date | None = None
        self._articles = Authors(root, self.rng)
        (root / "content").mkdir(parents=True)
        write(root, {"digest.yaml": SETTINGS, "content/sources.yaml": SOURCES})
        for _ in range(4):
            self._articles.add()

    def edits(self) -> list[Callable[[], None]]:
        """All kinds of edits; what is done often in a newsroom stands more than once."""
        world = [self.template, self.settings, self.registry, self.taxa, self.note, self.static, self.time_passes]
        return self._articles.edits() + world + [self.look_back]

    def edit(self) -> str:
        """Do one edit; its name."""
        chosen = self.rng.choice(self.edits())
        chosen()
        return chosen.__name__

    def snapshot(self) -> dict[str, bytes]:
        """All sources of the digest."""
        files = (p for p in self.root.rglob("*") if p.is_file())
        names = {p.relative_to(self.root).as_posix(): p for p in files}
        return {n: p.read_bytes() for n, p in names.items() if not n.startswith(("site/", ".digest/"))}

    def remember(self) -> Callable[[], None]:
        """A function that takes back all edits from now on."""
        files, articles = self.snapshot(), copy.deepcopy(self._articles.items)
        times = self.clock, self.as_of

        def take_back() -> None:
            for name, data in files.items():
                path = self.root / name
                if not path.is_file() or path.read_bytes() != data:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
            for name in self.snapshot().keys() - files.keys():
                (self.root / name).unlink()
            self._articles.items = copy.deepcopy(articles)
            self.clock, self.as_of = times

        return take_back

    # around the articles

    def _put_or_remove(self, name: str, text: str | None) -> None:
        if text is None:
            (self.root / name).unlink(missing_ok=True)
        else:
            write(self.root, {name: text})

    def template(self) -> None:
        """A template or asset of the digest's own comes, changes or goes."""
        name = self.rng.choice(sorted(_TEMPLATES))
        self._put_or_remove(f"templates/{name}", self.rng.choice((*_TEMPLATES[name], None)))

    def settings(self) -> None:
        """Other settings."""
        lines = [self.rng.choice(("", "description: Words")), self.rng.choice(("", "threads: {front: The front}"))]
        lines += [self.rng.choice(("", "outputs: {feeds: [home, edition, region]}", "outputs: {feeds: [topic]}"))]
        zone = self.rng.choice(("Europe/Kyiv", "UTC", "Pacific/Auckland"))
        text = SETTINGS.replace("Europe/Kyiv", zone) + "\n".join(lines) + "\n"
        write(self.root, {"digest.yaml": text})

    def registry(self) -> None:
        """Other names and relations of sources."""
        text = SOURCES.replace("General Staff", self.rng.choice(("General Staff", "The staff")))
        text = text.replace("kind: outlet", self.rng.choice(("kind: outlet", "kind: ngo")))
        write(self.root, {"content/sources.yaml": text})

    def taxa(self) -> None:
        """Regions and topics of the digest's own."""
        own = self.rng.choice(("  pokrovsk: {name: Pokrovsk, parent: UA}", "  pokrovsk: {name: Pokrovsk, parent: RU}"))
        write(self.root, {"content/regions.yaml": f"regions:\n{own}\n"})
        self._put_or_remove("content/topics.yaml", self.rng.choice(("topics:\n  weather: {name: The sky}\n", None)))

    def note(self) -> None:
        """The editor's note of a day."""
        day = self.rng.choice(("2025/07/01", "2025/07/02"))
        text = self.rng.choice(("A note.", "Another [note](/labels/).", None))
        self._put_or_remove(f"content/{day}/_edition.md", text and f"---\ntitle: Note\n---\n{text}\n")

    def static(self) -> None:
        """Files that are copied."""
        name = self.rng.choice(("file.txt", "folder/file.txt", "folder", "old"))
        if not (self.root / "static" / name).is_dir() and not (self.root / "static" / name).parent.is_file():
            self._put_or_remove(f"static/{name}", self.rng.choice(("one", "two", None)))
        empty = self.root / "static" / "folder"
        if empty.is_dir() and not list(empty.iterdir()):
            shutil.rmtree(empty)

    def time_passes(self) -> None:
        """Another moment of building, later or earlier."""
        self.clock = CLOCK + timedelta(days=self.rng.choice((0, 14, 15, 200)))

    def look_back(self) -> None:
        """Labels as of a day, or as of now."""
        self.as_of = self.rng.choice((None, None, date(2025, 7, 1), date(2025, 12, 31)))
