"""Names in noun phrases: where titles end and names begin, and which names are people's."""

from __future__ import annotations

from digest.importing.lexicon import Lexicon


def naming(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """The name in a noun phrase and what stands before it: "Foreign Minister Anton Belov" → Anton Belov."""
    words = text.split()
    while words and words[0].casefold() in {"the", "a", "an"}:
        words = words[1:]
    if not words:
        return "", ""
    tail = len(words)
    while tail and _capital(words[tail - 1]):
        tail -= 1
    title = _title_end(words[tail:], lexicon)
    if 0 < tail < len(words):
        before = words[tail - 1].casefold()
        if before in {"of", "the"} and " ".join(words[:tail]).casefold().endswith(("secretary of", "minister of")):
            return " ".join(words[tail + 1 :]) or " ".join(words), " ".join(words[: tail + 1])
        if (
            before in lexicon.prepositions
            or before in {"the", "or"}
            or "and" in words[:tail]
            or before.endswith(("'s", "’s", "s'", "s’"))
        ):
            return _person_first(words, lexicon), ""
        return " ".join(words[tail + title :]), " ".join(words[: tail + title])
    if tail == 0 and title:
        return " ".join(words[title:]), " ".join(words[:title])
    return _person_first(words, lexicon), ""


def _title_end(words: list[str], lexicon: Lexicon) -> int:
    """How many of some capitalised words are titles before a name."""
    last = 0
    for i, word in enumerate(words[:-1]):
        if word.casefold() in lexicon.titles and not any(w.casefold() in lexicon.bodies for w in words[i + 1 :]):
            last = i + 1
    return last


def _person_first(words: list[str], lexicon: Lexicon) -> str:
    """ "Dr Adam Rusek of the union": a person's name goes before where the person belongs."""
    run = next((i for i, word in enumerate(words) if not _capital(word)), len(words))
    name = words[_title_end(words[:run], lexicon) : run]
    belongs = run < len(words) and words[run] in lexicon.prepositions
    if 2 <= len(name) <= 3 and belongs and like_a_person(" ".join(name), lexicon):
        return " ".join(name)
    return " ".join(words)


def _capital(word: str) -> bool:
    return (
        word[:1].isupper()
        or word[:1].isdigit()
        or word.casefold() in {"de", "van", "der", "von", "bin", "al", "el", "di", "la", "du"}
    )


def like_a_name(text: str) -> bool:
    """Whether some words look like a name: up to five, the first and the last with a capital letter."""
    words = text.split()
    while words and words[0].casefold() in {"colonel", "the"}:
        words = words[1:]
    return 0 < len(words) <= 5 and words[0][:1].isupper() and _capital(words[-1])


def like_a_person(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is most likely a person's: two to four capitalised words, none of which names a body."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and all(_capital(word) and not word[0].isdigit() for word in words)
        and not any(word.casefold() in lexicon.bodies or word.endswith(("'s", "’s")) for word in words)
        and words[-1].casefold() not in lexicon.titles
    )
