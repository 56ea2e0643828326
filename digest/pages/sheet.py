"""What a page family returns: a view with the words that its page needs around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.frozen import Frozen
from digest.index.index import Index
from digest.pages.compose import Composer
from digest.pages.parts import Link


class Sheet(Frozen, frozen=True):
    """A page before it is rendered: `trail` is the way to it from the home page; `listed` pages may be indexed."""

    title: str
    description: str
    trail: tuple[Link, ...]
    view: object
    listed: bool = True


class Document(Frozen, frozen=True):
    """A view that is its page: the text is written as it stands, without a template."""

    text: str


class Planned(Frozen, frozen=True):
    """A page that the site has: which family makes it, from what key, at which address."""

    family: str
    key: str
    address: str


@dataclass(frozen=True, slots=True)
class Family:
    """A page family.

    `plan` lists (key, address) of its pages; `reads` names the groups that the page of a key may look into (a trailing
    "*" stands for all groups of a kind); `view` folds them into a sheet. `template` renders its pages, with those
    `beside` it where one does not do; a page whose view is a `Document` needs none.
    """

    name: str
    template: str
    plan: Callable[[Index], Iterable[tuple[str, str]]]
    reads: Callable[[str], tuple[str, ...]]
    view: Callable[[Composer, str], Sheet]
    beside: tuple[str, ...] = ()
