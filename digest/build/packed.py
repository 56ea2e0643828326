"""Which classes a build keeps in its store."""

from __future__ import annotations

from digest import problems
from digest.build import records
from digest.content import articles as parsed
from digest.index.packing import Packer, classes_of
from digest.model import articles, claims, sources, taxa
from digest.pages import (
    archive,
    article,
    claim,
    corrections,
    edition,
    feed,
    label,
    parts,
    redirect,
    source,
    taxonomy,
    thread,
)

_VIEWS = (archive, article, claim, corrections, edition, feed, label, parts, redirect, source, taxonomy, thread)

PACKER = Packer(classes_of(problems, records, parsed, articles, claims, sources, taxa, *_VIEWS))
