"""Starting an article in a digest."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from digest.content.articles import parse_article
from digest.content.context import Context
from digest.content.dates import NotADate, read_date
from digest.content.files import CONTENT, NOTE, Tree
from digest.problems import Location, Problem
from digest.starter.article import Request, article_text
from digest.starter.plant import cannot_write


def drafted(request: Request, context: Context) -> tuple[str, str, list[Problem]]:
    """The path and the text of a new article, and all that the digest's own reader finds wrong with the request."""
    moment = read_date(request.date, context.settings)
    if isinstance(moment, NotADate):
        return "", "", [Problem("D205", moment.message, Location(CONTENT), hint=moment.hint)]
    path = f"{CONTENT}/{moment.day:%Y/%m/%d}/{request.id}.md"
    text = article_text(request)
    _, problems = parse_article(path, text.encode(), context)
    return path, text, problems


def filed(root: Path, path: str, text: str, id_: str, context: Context) -> Problem | None:
    """Write a new article into the digest. The problem, if that cannot be done; a file that exists is never touched."""
    other = with_id(root, id_, context)
    if other:
        hint = "give the new article another one with --id"
        return Problem("D502", f"an article has the id “{id_}” already", Location(other), hint=hint)
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        hint = "put a folder in the place of the link"
        return Problem("D704", "the symbolic link leads out of the digest", Location(path), hint=hint)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        return cannot_write(error, path)
    return None


def with_id(root: Path, id_: str, context: Context) -> str:
    """The path of the first article that has the id; "" if none has. Only files that may have it are parsed."""
    tree = Tree(root)
    paths, _ = tree.articles()
    for path in paths:
        place = PurePosixPath(path)
        if place.name == NOTE:
            continue
        data, _ = tree.read(path)
        if data is not None and (id_ in {place.stem, place.parent.name} or id_.encode() in data):
            parsed, _ = parse_article(path, data, context)
            if parsed.article and parsed.article.id == id_:
                return path
    return ""
