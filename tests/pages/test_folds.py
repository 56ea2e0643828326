"""Pages read only the groups that they name, so that a change in other groups cannot touch them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime

from msgspec import structs

from digest.index.memory import MemoryIndex as Index
from digest.pages.compose import Composer
from digest.pages.plan import FAMILIES, plan
from digest.pages.tongue import Tongue


class Watched(Index):
    """An index that notes which groups are looked into."""

    __slots__ = ("seen",)

    seen: set[str]

    def group(self, key: str, limit: int = 0) -> tuple[str, ...]:
        self.seen.add(key)
        return super().group(key, limit)

    def keys(self, kind: str) -> list[str]:
        self.seen.add(f"{kind}:*")
        return super().keys(kind)


def watched(index: Index) -> Watched:
    made = Watched(**{f.name: getattr(index, f.name) for f in fields(Index)})
    object.__setattr__(made, "seen", set())
    return made


def named(key: str, reads: tuple[str, ...]) -> bool:
    return key in reads or f"{key.partition(':')[0]}:*" in reads


def test_every_page_reads_only_the_groups_that_it_names(index: Index) -> None:
    for planned in plan(index):
        family = FAMILIES[planned.family]
        watch = watched(index)
        family.view(Composer(watch, Tongue("en")), planned.key)
        strays = {key for key in watch.seen if not named(key, family.reads(planned.key))}
        assert not strays, f"/{planned.address} reads {sorted(strays)}"


def test_a_view_is_the_same_each_time_it_is_composed(index: Index) -> None:
    for planned in plan(index):
        view = FAMILIES[planned.family].view
        assert view(Composer(index, Tongue("en")), planned.key) == view(Composer(index, Tongue("en")), planned.key)


def test_no_view_depends_on_articles_outside_its_groups(index: Index) -> None:
    other = next(a for a in index.all_articles.values() if a.id == "bridge")
    retitled = structs.replace(other, title="Another title", date=datetime.fromisoformat("2025-07-02T20:00:00+00:00"))
    changed = replace(index, all_articles={**index.all_articles, "bridge": retitled})
    for planned in plan(index):
        family = FAMILIES[planned.family]
        touched = {key for key, members in index.groups.items() if "bridge" in members}
        if planned.key != "bridge" and not any(named(key, family.reads(planned.key)) for key in touched):
            before = family.view(Composer(index, Tongue("en")), planned.key)
            assert family.view(Composer(changed, Tongue("en")), planned.key) == before
