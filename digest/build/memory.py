"""A digest in memory, for commands that need all claims and no site."""

from __future__ import annotations

from datetime import date, datetime

from digest.index.index import note_body
from digest.index.memory import MemoryIndex, file_articles
from digest.model import Digest
from digest.render.markdown import markdown


def make_index(digest: Digest, clock: datetime, as_of: date | datetime | None = None) -> MemoryIndex:
    """Render the text of what was read, label its claims and file its articles."""
    moment = as_of if as_of is None or isinstance(as_of, datetime) else digest.settings.end_of(as_of)
    to_html = markdown(digest.settings.html)
    bodies = {a.id: to_html(a.body, a.id) for a in digest.articles if a.out(clock)}
    bodies |= {note_body(n.path): to_html(n.body, f"note-{n.day:%Y-%m-%d}") for n in digest.notes}
    return file_articles(digest, bodies, clock, moment)
