"""The word lists and rules of a language, as the proposals use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from digest.model import ClaimKind, SourceKind, Stance

LANGUAGE = "en"
HEADS = range(3, 7)
"""With at least so many letters each form of a topic begins, before any sign of a regular expression; more than the
most are not looked at."""

_FRAMES = ("clock", "sections", "tail", "greeting", "cover_note", "press_release")
"""Forms of whole lines that frame news."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a verb of saying does: the stance, the kind of claim it makes by itself, and whether what follows is the
    thing spoken about and not a statement ("denied the report")."""

    says: Stance
    kind: ClaimKind | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """What turns a verb of saying into its opposite or leaves open whether anybody said so: words right before a verb,
    how a subject begins that nobody is, what stands right before such a one, verbs before their subject ("nor did it
    deny"), and what doubts the clause behind it."""

    signs: frozenset[str]
    verb: re.Pattern[str]
    nobody: re.Pattern[str]
    nobody_before: re.Pattern[str]
    inverted: re.Pattern[str]
    doubt: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the data files of one language say, compiled."""

    furniture: re.Pattern[str]
    mail: Mapping[str, re.Pattern[str]]
    call: re.Pattern[str]
    """Lines that are furniture where nobody is quoted in them."""
    quoted: re.Pattern[str]
    clock: re.Pattern[str]
    sections: re.Pattern[str]
    tail: re.Pattern[str]
    greeting: re.Pattern[str]
    cover_note: re.Pattern[str]
    press_release: re.Pattern[str]
    furniture_sentence: re.Pattern[str]
    live_page: re.Pattern[str]
    predicate: re.Pattern[str]
    predicates: Mapping[str, Predicate]
    denial: re.Pattern[str]
    passive: re.Pattern[str]
    quoted_as: re.Pattern[str]
    quotes_as: re.Pattern[str]
    silence: Mapping[str, re.Pattern[str]]
    dangling: re.Pattern[str]
    negation: Negation
    negative: re.Pattern[str]
    """Words that say the contrary of what they stand with."""
    passives: Mapping[str, Stance]
    unverified: re.Pattern[str]
    turns: Mapping[Stance, re.Pattern[str]]
    act: re.Pattern[str]
    act_bodies: frozenset[str]
    condition: re.Pattern[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    source_kinds: Mapping[SourceKind, re.Pattern[str]]
    anonymous_heads: frozenset[str]
    of_no_country: frozenset[str]
    possessives: Mapping[str, str]
    pronouns: Mapping[str, str]
    personal_of_one: frozenset[str]
    """Words for one person, alone or before what is that person's: "he", "her"."""
    again: frozenset[str]
    carriers: Mapping[str, SourceKind]
    carrier_nouns: frozenset[str]
    carrier_endings: frozenset[str]
    cited_by_press: frozenset[str]
    claim_kinds: tuple[tuple[ClaimKind, re.Pattern[str]], ...]
    not_counted: frozenset[str]
    counts: re.Pattern[str]
    denied: re.Pattern[str]
    referring: re.Pattern[str]
    asks_more: re.Pattern[str]
    saying_little: frozenset[str]
    same: Mapping[str, str]
    """What stands for words that mean one thing."""
    numbers: Mapping[str, int]
    scales: frozenset[str]
    places: Mapping[str, str]
    ambiguous_places: frozenset[str]
    no_places: frozenset[str]
    place_helpers: frozenset[str]
    subdivisions_of: tuple[str, ...]
    topics: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]
    """Labels with the form of their words, and the first letters of these: few texts have any, and most need no more
    look."""
    prepositions: frozenset[str]
    determiners: frozenset[str]
    breaks: frozenset[str]
    done_by: frozenset[str]
    adverb: str
    """A form of the words between a subject and its verb that belong to neither."""
    personal: frozenset[str]
    asides: frozenset[str]
    impersonal: re.Pattern[str]


@cache
def lexicon(language: str = LANGUAGE) -> Lexicon:
    """The lexicon of a language that there are data files for."""
    verbs, speakers, kinds = (_data(language, name) for name in ("verbs", "speakers", "kinds"))
    furniture, places, topics = (_data(language, name) for name in ("furniture", "places", "topics"))
    groups = {f"p{i}": group for i, group in enumerate(verbs["predicates"])}
    parts = (f"(?P<{name}>{'|'.join(group['forms'])})" for name, group in groups.items())
    passives = {form: Stance(says) for says, forms in verbs["passives"].items() for form in forms}

    def names_in(forms: Iterable[str]) -> str:
        return "|".join(forms).replace("{names}", furniture["names"])

    carriers, grammar = _data(language, "carriers"), _data(language, "grammar")
    return Lexicon(
        furniture=re.compile(
            f"(?!.*[.?!…]$)(?:{names_in(furniture['lines'])}|{furniture['clock']}|{furniture['sections']})"
            f"|{names_in(furniture['pointers'])}",
            re.IGNORECASE,
        ),
        call=re.compile(
            f"(?!.*[.?!…]$)(?:{'|'.join(furniture['calls'])})|{names_in(furniture['notices'])}", re.IGNORECASE
        ),
        quoted=re.compile(furniture["quoted"], re.IGNORECASE),
        mail={name: re.compile(form, re.IGNORECASE) for name, form in furniture["mail"].items()},
        **{name: re.compile(furniture[name], re.IGNORECASE) for name in _FRAMES},
        furniture_sentence=_any(furniture["sentences"], re.IGNORECASE),
        live_page=_any(furniture["live_pages"], re.IGNORECASE),
        predicate=re.compile(rf"(?<![\w’'-])(?=[a-z])(?:{'|'.join(parts)})"),  # no form is tried where no word begins
        predicates={name: _predicate(group) for name, group in groups.items()},
        denial=_any((f for g in groups.values() if g["says"] == "denies" for f in g["forms"]), re.NOFLAG),
        passive=re.compile(rf"\b(?:was|were|is|been|being|,) ?({'|'.join(passives)}) by (?=\w)"),
        quoted_as=re.compile(verbs["quoted_as"]),
        quotes_as=re.compile(verbs["quotes_as"]),
        silence={name: re.compile(form) for name, form in verbs["silence"].items()},
        dangling=re.compile(verbs["dangling"]),
        negation=_negation(verbs["negation"]),
        negative=re.compile(verbs["negative"], re.IGNORECASE),
        passives=passives,
        unverified=_any(verbs["unverified"], re.IGNORECASE),
        turns={Stance(says): re.compile(form) for says, form in verbs["turns"].items()},
        act=re.compile(rf"(?<![\w-])(?=[a-z])(?:{'|'.join(verbs['acts']['forms'])})"),
        act_bodies=frozenset(verbs["acts"]["bodies"]),
        condition=re.compile(verbs["leads_to_condition"]),
        titles=frozenset(speakers["titles"]),
        bodies=frozenset(speakers["bodies"]),
        source_kinds={SourceKind(kind): _word_of(words) for kind, words in speakers["kinds"].items()},
        anonymous_heads=frozenset(speakers["anonymous_heads"]),
        of_no_country=frozenset(speakers["of_no_country"]),
        possessives=speakers["possessives"],
        pronouns=speakers["pronouns"],
        personal_of_one=frozenset(
            word
            for words in (speakers["pronouns"], speakers["possessives"])
            for word, whom in words.items()
            if whom == "person" and word != "i"
        ),
        again=frozenset(speakers["again"]),
        carriers={name.casefold(): SourceKind(kind) for kind, names in carriers["carriers"].items() for name in names},
        carrier_nouns=frozenset(carriers["nouns"]),
        carrier_endings=frozenset(carriers["endings"]),
        cited_by_press=frozenset(carriers["cited"]),
        claim_kinds=tuple(
            (ClaimKind(k["kind"]), re.compile("|".join(k["forms"]), re.IGNORECASE)) for k in kinds["kinds"]
        ),
        not_counted=frozenset(kinds["not_counted"]),
        counts=re.compile(kinds["counts"], re.IGNORECASE),
        denied=re.compile(kinds["denied"], re.DOTALL),
        referring=re.compile(kinds["referring"]),
        asks_more=re.compile(kinds["asks_more"]),
        saying_little=frozenset(kinds["saying_little"]),
        same={word: one for one, words in kinds["same"].items() for word in words},
        numbers=kinds["numbers"],
        scales=frozenset(kinds["scales"]),
        places={word: code for code, words in places["words"].items() for word in words},
        no_places=frozenset(places["nowhere"]),
        ambiguous_places=frozenset(places["ambiguous"]),
        place_helpers=frozenset(places["helped_by"]),
        subdivisions_of=tuple(places["subdivisions_of"]),
        topics=tuple((label, *_topic(words)) for label, words in topics["topics"].items()),
        prepositions=frozenset(grammar["prepositions"]),
        determiners=frozenset(grammar["determiners"]),
        breaks=frozenset(grammar["breaks"]),
        done_by=frozenset(grammar["done_by"]),
        adverb=rf"(?:{'|'.join(grammar['adverbs'])}|(?!(?:{'|'.join(grammar['no_adverbs'])})\b)[a-z]{{2,}}ly)",
        personal=frozenset(grammar["personal"]),
        asides=frozenset(grammar["asides"]),
        impersonal=re.compile(grammar["impersonal"], re.IGNORECASE),
    )


def _data(language: str, name: str) -> dict[str, Any]:
    text = (files("digest.importing.data") / language / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return data


def _any(forms: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), flags)


def _predicate(group: Mapping[str, Any]) -> Predicate:
    kind = group.get("kind")
    return Predicate(Stance(group["says"]), ClaimKind(kind) if kind else None, bool(group.get("object")))


def _negation(forms: Mapping[str, Any]) -> Negation:
    others = {name: re.compile(forms[name], re.IGNORECASE) for name in ("nobody", "nobody_before", "inverted", "doubt")}
    signs = frozenset(forms["signs"])
    return Negation(signs=signs, verb=re.compile(rf"{forms['words']}{forms['between']}$"), **others)


def _word_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(w) for w in words)})(?![\w-])", re.IGNORECASE)


def _head(form: str) -> str:
    """The letters that whatever matches a form begins with."""
    plain = re.match(r"(?:[a-z](?![?*{]))*", form)
    return plain.group()[: HEADS[-1]] if plain else ""


def _topic(words: str) -> tuple[re.Pattern[str], frozenset[str]]:
    forms = [form.strip() for form in words.split(",")]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])"), frozenset(map(_head, forms))
