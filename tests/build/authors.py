"""Authors who edit the articles of a small digest and their claims at random, and get some of it wrong."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.digests import write

_DAYS = ("2025-06-30", "2025-07-01", "2025-07-01T21:30Z", "2025-07-02", "2026-01-05")
_REGIONS = ("UA-59", "UA", "RU", "FR", "151", "pokrovsk")
_TOPICS = ("war", "diplomacy", "weather")
_THREADS = ("front", "talks", "floods")
_SPEAKERS = ("general-staff", "kremlin", "tass", "monitor", "agency", "paper")
_STANCES = ("asserts", "supports", "denies", "contradicts", "relates", "silent", "cannot_verify", "retracts")
_BASES = ("first_hand", "own_records", "analysis", "relay", "unstated")

Item = dict[str, Any]


class Authors:
    """The articles of the digest at `root`, each kept in `items` as the mapping that its front matter is made of, by
    the path of its file. Each edit is drawn from `rng`.
    """

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root = root
        self.rng = rng
        self.items: dict[str, Item] = {}
        self._number = 0

    def edits(self) -> list[Callable[[], None]]:
        """All kinds of edits; what is done often in a newsroom stands more than once."""
        often = [self.add, self.rewrite, self.retitle, self.redate, self.change_statements, self.change_text]
        rest = [self.move, self.refile, self.delete, self.draft, self.embargo, self.alias, self.hand_over_alias]
        rest += [self.thread, self.correct, self.define, self.rest_on, self.override, self.witness, self.picture]
        rest += [self.mention, self.rename_id, self.plain_item, self.break_an_article, self.update]
        return often * 2 + rest

    def _some(self) -> str:
        if not self.items:
            self.add()
        return self.rng.choice(sorted(self.items))

    def _read(self, name: str) -> str:
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _save(self, path: str) -> None:
        item = dict(self.items[path])
        body = item.pop("body")
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in item.items() if value]
        write(self.root, {path: "\n".join(["---", *lines, "---", body, ""])})

    def _drop(self, path: str) -> Item:
        (self.root / path).unlink()
        return self.items.pop(path)

    def _change(self, **values: object) -> None:
        path = self._some()
        self.items[path].update(values)
        self._save(path)

    def add(self) -> None:
        """A new article."""
        self._number += 1
        path = f"content/a{self._number}.md"
        self.items[path] = self._item(f"a{self._number}")
        self._save(path)

    def _item(self, name: str) -> Item:
        rng = self.rng
        return {
            "id": name,
            "title": f"Title {rng.randrange(100)} of {name}",
            "date": rng.choice(_DAYS),
            "summary": f"Summary {rng.randrange(100)}",
            "regions": rng.sample(_REGIONS[:5], rng.choice([0, 1, 2])),
            "topics": rng.sample(_TOPICS, rng.choice([0, 1])),
            "thread": rng.choice(("", *_THREADS)),
            "claims": [{"id": f"c-{name}", "text": f"Sentence of {name}.", "statements": self._statements()}],
            "body": f"Text {rng.randrange(100)} with [words]{{claim=c-{name}}}.",
        }

    def _statements(self) -> list[Item]:
        return [self._statement() for _ in range(self.rng.randint(1, 3))]

    def _statement(self) -> Item:
        rng = self.rng
        made: Item = {"by": rng.choice(_SPEAKERS), "says": rng.choice(_STANCES), "basis": rng.choice(_BASES)}
        if rng.random() < 0.6:
            made["recorded"] = rng.choice(_DAYS)
        if rng.random() < 0.4:
            made["via"] = [rng.choice(_SPEAKERS[2:])]
        if rng.random() < 0.3:
            made["note"] = f"Note {rng.randrange(9)}"
        return made

    def rewrite(self) -> None:
        """An article is written anew under its id."""
        path = self._some()
        self.items[path] = self._item(self.items[path]["id"])
        self._save(path)

    def retitle(self) -> None:
        """Another headline."""
        self._change(title=f"New title {self.rng.randrange(100)}", summary=self.rng.choice(("", "Another summary")))

    def redate(self) -> None:
        """Another date, and so another address."""
        self._change(date=self.rng.choice(_DAYS))

    def update(self) -> None:
        """A note of when it changed."""
        self._change(updated=self.rng.choice(("", "2026-02-01", "2026-02-02T10:00Z")), authors=["Desk"])

    def change_text(self) -> None:
        """Other words in the text."""
        self._change(body=self.rng.choice(("Other text.", "A [claim](/labels/) in *words*.", "| a |\n| - |\n| b |")))

    def refile(self) -> None:
        """Other regions and topics, own ones among them."""
        rng = self.rng
        known = _REGIONS if "pokrovsk" in self._read("content/regions.yaml") else _REGIONS[:5]
        self._change(regions=rng.sample(known, rng.randint(0, 3)), topics=rng.sample(_TOPICS, rng.randint(0, 2)))

    def move(self) -> None:
        """An article's file goes to another folder, without its picture."""
        path = self._some()
        folder = self.rng.choice(("content", "content/moved", "content/2025/07"))
        target = f"{folder}/{path.rpartition('/')[2]}"
        if target != path:
            item = self._drop(path)
            item.pop("image", None)
            self.items[target] = item
            self._save(target)

    def delete(self) -> None:
        """An article goes."""
        if len(self.items) > 2:
            self._drop(self._some())

    def draft(self) -> None:
        """An article is withdrawn or published."""
        self._change(status=self.rng.choice(("draft", "published", "published")))

    def embargo(self) -> None:
        """An article comes later, or goes at a time."""
        moments = ("", "", "2025-08-15T12:00Z", "2026-01-10")
        self._change(embargo=self.rng.choice(moments), expires=self.rng.choice(("", "", "2026-01-20")))

    def alias(self) -> None:
        """An old address."""
        path = self._some()
        number = self.rng.randrange(3)
        self.items[path]["aliases"] = [f"/old/{self.items[path]['id']}-{number}/"] if number else []
        self._save(path)

    def hand_over_alias(self) -> None:
        """An article goes; another one takes its address and its old ones over."""
        if len(self.items) > 2:
            gone = self._drop(self._some())
            address = f"/{gone['date'][:4]}/{gone['date'][5:7]}/{gone['date'][8:10]}/{gone['id']}/"
            self._change(aliases=[address, *gone.get("aliases", [])])

    def thread(self) -> None:
        """Another story, or none."""
        self._change(thread=self.rng.choice(("", *_THREADS)))

    def correct(self) -> None:
        """Corrections come and go."""
        found = [{"date": self.rng.choice(("2025-07-03", "2025-07-04")), "text": f"Correction {self._number}"}]
        self._change(corrections=self.rng.choice((found, [])))

    def rename_id(self) -> None:
        """Another id, and so another address; its claims stay."""
        self._change(id=f"renamed-{self._number}-{self.rng.randrange(50)}")

    def break_an_article(self) -> None:
        """A mistake that only a mended file gets rid of."""
        self._change(date=self.rng.choice(("2025-02-31", "2025-07-01")), summary="Once broken")

    # claims

    def _claim(self, **values: object) -> None:
        path = self._some()
        claims = [c for c in self.items[path].get("claims", []) if c.get("text")]
        if claims:
            self.rng.choice(claims).update(values)
            self._save(path)

    def _defined(self) -> list[str]:
        return sorted(c["id"] for a in self.items.values() for c in a.get("claims", []) if c.get("text"))

    def define(self) -> None:
        """Another wording or kind of a claim."""
        kind = self.rng.choice(("event", "quantity", "forecast", "responsibility"))
        text, harms = f"Sentence number {self.rng.randrange(9)}.", self.rng.choice(([], ["ua"], ["ru"]))
        self._claim(text=text, kind=kind, harms=harms, place=self.rng.choice(("", "Sumy")))

    def change_statements(self) -> None:
        """Others speak about a claim."""
        self._claim(statements=self._statements())

    def rest_on(self) -> None:
        """A claim rests on another one, or no longer."""
        self._claim(depends_on=self.rng.choice(["", *self._defined()]))

    def override(self) -> None:
        """An editor decides on a label, or leaves it to the rules again."""
        decided = {"label": self.rng.choice(("disputed", "unverified")), "reason": "The witness was heard once more."}
        decided |= {"editor": "Desk", "date": self.rng.choice(("2025-07-01", "2026-03-01"))}
        self._claim(override=self.rng.choice((decided, None)))

    def mention(self) -> None:
        """An article adds statements to another one's claim, or leaves it."""
        path = self._some()
        item = self.items[path]
        item["claims"] = [c for c in item.get("claims", []) if c.get("text")]
        known = {c["id"] for c in item["claims"]}
        others = [c for c in self._defined() if c not in known]
        if others and not item.get("sources") and self.rng.random() < 0.8:
            item["claims"].append({"id": self.rng.choice(others), "statements": self._statements()})
        self._save(path)

    def witness(self) -> None:
        """A source that stands in no registry speaks, described more or less fully."""
        rng = self.rng
        who: Item = {"name": rng.choice(("A witness", "B. Stander")), "kind": "person"}
        if rng.random() < 0.5:
            who |= {"speaks_for": rng.choice(("ua", "ru"))}
        if rng.random() < 0.4:
            who |= {"owner": rng.choice(("monitor", "agency"))}
        statement: Item = {"by": who, "says": rng.choice(_STANCES[:3]), "basis": rng.choice(_BASES)}
        self._claim(statements=[*self._statements(), statement])

    def plain_item(self) -> None:
        """An article with nothing but sources."""
        self._change(claims=[], sources=self.rng.choice((["agency", "paper"], ["monitor"])), body="Plain text.")

    # pictures

    def picture(self) -> None:
        """A picture comes, changes, or goes."""
        path = self._some()
        item, folder = self.items[path], Path(path).parent
        name = f"{item['id']}.png"
        if self.rng.random() < 0.3:
            item.pop("image", None)
            (self.root / folder / name).unlink(missing_ok=True)
        else:
            item["image"] = {"src": name, "alt": "A map"}
            write(self.root, {(folder / name).as_posix(): f"png {self.rng.randrange(3)}"})
        self._save(path)
