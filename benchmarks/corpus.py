"""A made-up news corpus of any size: the same words as a digest and as a Hugo site.

    python -m benchmarks.corpus N DIR [--flavour digest|hugo] [--taxa 10] [--seed 7]

Eight articles a day, the newest day being 1 July 2025; 60 regions and 40 topics; each article has 200 to 400 words of
Markdown and one claim with three to five statements. An article depends on the seed and its number only, so a larger
corpus begins with the articles of a smaller one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random

from benchmarks.vocabulary import CARRIERS, PARTIES, REGIONS, SPEAKERS, STANCES, TOPICS, WORDS

NEWEST_DAY = date(2025, 7, 1)
PER_DAY = 8


class Flavour(StrEnum):
    """Whose front matter the articles are written in."""

    DIGEST = "digest"
    HUGO = "hugo"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which corpus: how many articles, from which seed, with how many regions and topics each (0: one or two)."""

    articles: int
    taxa: int = 0
    seed: int = 7

    @property
    def newest(self) -> int:
        """The number of the newest article."""
        return min(self.articles, PER_DAY) - 1


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what about the claim, through whom, and where it was read."""

    speaker: str
    via: str
    stance: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `when` is in UTC, the front matter's texts need no quotes in YAML."""

    slug: str
    when: datetime
    title: str
    summary: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    claim: str
    statements: tuple[Statement, ...]
    body: str

    @property
    def address(self) -> str:
        """Where the article stands in every site."""
        return f"{self.when:%Y/%m/%d}/{self.slug}/"


def articles(plan: Plan) -> Iterator[Article]:
    """The articles by number: newest day first, within a day in order of time."""
    return (article(plan, number) for number in range(plan.articles))


def article(plan: Plan, number: int) -> Article:
    """The article of a number (from 0)."""
    random = Random(f"{plan.seed}:{plan.taxa}:{number}")
    day = NEWEST_DAY - timedelta(days=number // PER_DAY)
    regions = random.sample(REGIONS, plan.taxa or random.choice((1, 1, 2)))
    topics = random.sample(TOPICS, plan.taxa or random.choice((1, 2, 2)))
    return Article(
        slug=f"{topics[0]}-{regions[0].lower()}-{number:06d}",
        when=datetime.combine(day, time(6 + 2 * (number % PER_DAY), random.randrange(60)), UTC),
        title=_sentence(random, 8, 12).removesuffix("."),
        summary=_sentence(random, 10, 20),
        regions=tuple(regions),
        topics=tuple(topics),
        claim=_sentence(random, 8, 18),
        statements=tuple(_statement(random) for _ in range(random.randint(3, 5))),
        body=_body(random),
    )


def _statement(random: Random) -> Statement:
    url = f"https://example.org/reports/{random.randrange(1_000_000)}"
    return Statement(random.choice([*SPEAKERS]), random.choice([*CARRIERS]), random.choice(STANCES), url)


def _sentence(random: Random, least: int, most: int) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(least, most))).capitalize() + "."


def _body(random: Random) -> str:
    blocks: list[str] = []
    missing = random.randint(200, 330)
    while missing > 0:
        blocks.append(_block(random, [_sentence(random, 8, 22) for _ in range(random.randint(2, 3))]))
        missing -= len(blocks[-1].split())
    return "\n\n".join(blocks)


def _block(random: Random, sentences: list[str]) -> str:
    """A paragraph, quotation, list or a paragraph under a heading, at times with a link or emphasis."""
    place, inline = random.randrange(len(sentences)), random.random()
    words = sentences[place].removesuffix(".")
    if inline < 0.15:
        sentences[place] = f"**{words}.**"
    elif inline < 0.30:
        sentences[place] = f"[{words}](https://example.org/{random.randrange(1_000_000)})."
    elif inline < 0.40:
        sentences[place] = f"*{words}.*"
    kind = random.random()
    if kind < 0.12:
        return "> " + " ".join(sentences)
    if kind < 0.20:
        return "\n".join(f"- {sentence}" for sentence in sentences)
    if kind < 0.28:
        return f"## {words}\n\n{' '.join(sentences)}"
    return " ".join(sentences)


def text(article: Article, flavour: Flavour) -> str:
    """An article's file."""
    head = [
        f"title: {article.title}",
        f"date: {article.when:%Y-%m-%dT%H:%M:%SZ}",
        f"summary: {article.summary}",
        f"regions: [{', '.join(article.regions)}]",
        f"topics: [{', '.join(article.topics)}]",
        *(_claims(article) if flavour is Flavour.DIGEST else _params(article)),
    ]
    return "\n".join(["---", *head, "---", "", article.body, ""])


def _claims(article: Article) -> Iterator[str]:
    yield from ("claims:", f"  - id: {article.slug}", f"    text: {article.claim}", "    statements:")
    for s in article.statements:
        yield f"      - {{by: {s.speaker}, via: [{s.via}], says: {s.stance}, url: {s.url}}}"


def _params(article: Article) -> Iterator[str]:
    yield from (f"days: ['{article.when:%Y-%m-%d}']", f"claim: {article.claim}", "statements:")
    for s in article.statements:
        yield f"  - {{speaker: {s.speaker}, via: {s.via}, stance: {s.stance}, url: {s.url}}}"


def path(article: Article, flavour: Flavour) -> str:
    """An article's file below the site's folder."""
    content = "content" if flavour is Flavour.DIGEST else "content/posts"
    return f"{content}/{article.when:%Y/%m/%d}/{article.slug}.md"


def registries() -> dict[str, str]:
    """What a digest needs beside settings and articles, by path."""
    parties = [f"  {id_}: {{{entry}}}" for id_, entry in PARTIES.items()]
    sources = [f"  {id_}: {{{entry}}}" for id_, entry in {**SPEAKERS, **CARRIERS}.items()]
    topics = [f"  {topic}: {{name: {topic.replace('-', ' ').capitalize()}}}" for topic in TOPICS]
    return {
        "content/sources.yaml": "\n".join(["parties:", *parties, "sources:", *sources, ""]),
        "content/topics.yaml": "\n".join(["topics:", *topics, ""]),
    }


def write(folder: Path, plan: Plan, flavour: Flavour) -> None:
    """Write the corpus below a folder, for a digest with its registries; settings and templates are not part of it."""
    files = registries() if flavour is Flavour.DIGEST else {}
    for name, content in files.items():
        _put(folder / name, content)
    for one in articles(plan):
        _put(folder / path(one, flavour), text(one, flavour))


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def main() -> None:
    """Write a corpus as the command line says."""
    parser = argparse.ArgumentParser(description="Write a made-up news corpus.")
    parser.add_argument("articles", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--flavour", type=Flavour, default=Flavour.DIGEST, choices=list(Flavour))
    parser.add_argument("--taxa", type=int, default=0, help="regions and topics of each article (default: 1 or 2)")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write(given.folder, Plan(given.articles, given.taxa, given.seed), given.flavour)


if __name__ == "__main__":
    main()
