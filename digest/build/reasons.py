"""Why pages were looked at, in the words of those who edit a digest."""

from __future__ import annotations

from digest.index.stored import Base
from digest.labels.words import SCALES
from digest.model import Label

FIRST = "first"
GROUNDS = "grounds"
SHARED = "shared"
OUTPUT = "output"
TEMPLATE = "template"
LETTERS = "letters"

_ALL = {
    FIRST: "nothing was known of earlier builds",
    GROUNDS: "digest.yaml, sources.yaml, regions.yaml, topics.yaml or --as-of changed",
    SHARED: "what all pages share changed: the site's name, its menu, its style sheet",
    OUTPUT: "the site is not where it was, or not as the last build left it",
    TEMPLATE: "a template that it uses, or looks for, changed",
    LETTERS: "letters were asked for (--eml)",
    "newest": "it shows the newest articles",
    "label:all": "the numbers of claims by label changed",
    "corrections:all": "an article with corrections changed",
    "site:all": "the site changed",
    "lists:all": "pages came or went that it lists",
    "newest:all": "it shows the newest articles",
    "published:all": "it leads on from an address that was published",
}


def in_words(reason: str, base: Base) -> str:
    """A reason in words: a group's key ("region:UA"), or one of those that concern all pages."""
    if reason in _ALL:
        return _ALL[reason]
    kind, _, key = reason.partition(":")
    if kind in ("region", "topic", "region-year", "topic-year"):
        taxa = base.regions if kind.startswith("region") else base.topics
        id_, _, year = key.partition(":")
        name = taxa.taxa[id_].name if id_ in taxa.taxa else id_
        return f"articles on {name}{f' of {year}' if year else ''} changed"
    if kind in ("region-years", "topic-years"):
        taxa = base.regions if kind.startswith("region") else base.topics
        return f"the numbers of articles by year on {taxa.taxa[key].name if key in taxa.taxa else key} changed"
    if kind == "source":
        source = base.registry.sources.get(key)
        return f"what {source.name if source else key} says or carries changed"
    if kind == "label":
        return f"claims labelled “{SCALES[Label(key)].name}” changed"
    return _ONE.get(kind, "“{}” changed").format(key)


_ONE = {
    "article": "the article “{}” changed",
    "text": "the text of “{}” changed",
    "day": "articles or the note of {} changed",
    "month": "articles of {} changed",
    "year": "articles of {} changed",
    "thread": "the thread “{}” changed",
    "claim": "the claim “{}” or its label changed",
    "picture": "the size of its picture “{}” changed",
    "dependents": "a claim that rests on “{}” changed",
}
