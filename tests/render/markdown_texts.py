"""Markdown for tests: typical and unusual texts, and strategies that join, change and make up texts."""

from __future__ import annotations

from hypothesis import strategies as st

TYPICAL = (
    "",
    "One line.\n",
    "\n\nFirst paragraph.\n\n\n\nSecond, on\ntwo lines.\n\n",
    'Text with “quotes”, "straight ones", an apostrophe’s dash – and — AT&T, 5 > 3, R&D, 100 % of snake_case!',
    "## What is known\n\nText.\n\n# One\n\n### Three: a “title”\n\n#### Four",
    "> The attack began at dawn, *witnesses* said.\n> Nobody was **hurt**.",
    "- first item\n- second, with *stress*\n- third: [a link](https://example.org/a)\n\nText after a list.",
    "1. one\n2. two\n3. three\n\n> A quote after a list.",
    "**Kyiv.** Officials said *nothing* of it; “*Pravda*” (**did**), and *both*—so far.",
    "**“All is lost,”** he said. *(The tape cannot be checked.)*",
    "See [the report](https://www.example.org/2025/07/a-b_c/?x=1&y=%20z#part) and [labels](/labels/), [home](/).",
    "[Thirty *or more* people]{claim=people-30} died; [**all**](https://example.org) of [them]{claim=a:b_C-1}.",
    "Київ повідомив: «село звільнено». 東京は静かだ。 تقارير من المدينة 🙂",
    "[First words]{claim=first} of a paragraph.\n[Second line]{claim=second}: more.",
    "Prices rose by 3.5%, he said: $5 + €4 = 9 {or so} ~ ten.",
    "2025 was a dry year.\n1200 homes were lost.",
)

UNUSUAL = (
    r"a \* b",
    "&nbsp;a",
    "&#8364; 5",
    "<b>raw</b>",
    "<https://example.org>",
    "`code`",
    "_em_",
    "*a **b** c*",
    "**a",
    "5 * 3",
    "5 * 3* 4",
    "(* a*)",
    "*a *b",
    "*a**b*",
    "**a****b**",
    "a*“b* c",
    "a *b”*c",
    "***a***",
    "![picture](a.png)",
    "![a]{claim=b}",
    "Words[^1]\n\n[^1]: note",
    "Words^[note]",
    "[a]\n\n[a]: https://example.org",
    "[a](https://example.org 'title')",
    "[a](<https://example.org>)",
    "[a](javascript:alert)",
    "[a](http://user@example.org/)",
    "[a](https://example.org/ä)",
    "[a](https://example.org/(b))",
    "[a](//example.org/)",
    "[a](local.html)",
    "[a]{.class}",
    "[a]{claim=b other=c}",
    '[a]{claim="b"}',
    "[a [b]{claim=c}](/d/)",
    "|a|b|\n|-|-|\n|c|d|",
    "a  \nb",
    "a\\\nb",
    "a \nb",
    "a\n b",
    "    code",
    "a\tb",
    "a\rb",
    "Title\n===",
    "Title\n---",
    "---",
    "* * *",
    "~~a~~",
    "~~~\na\n~~~",
    "* item",
    "+ item",
    "1) item",
    "2. item",
    "- a\n\n- b",
    "- a\n  - b",
    "- a\n- - b",
    "- # a",
    "- [ ] task\n\n- b",
    "text\n- item",
    "text\n> quote",
    "text\n## heading",
    "## heading\ntext",
    "## heading ##",
    "##### five",
    "> > a",
    "> - a",
    "> a\n>\n> b",
    ">a",
    "\u00a0a",
    "a\u3000",
    "a\x00b",
)

_WORDS = (
    "officials",
    "said",
    "on",
    "Київ",
    "1.",
    "2025",
    "–",
    "(",
    ")",
    '"',
    "“so”",
    "’",
    "&",
    ">",
    "-",
    "_",
    "a_b",
    "!",
    "{",
    "🙂",
    "é,",
)
_ADDRESSES = (
    "/",
    "/labels/",
    "/a//b",
    "//a",
    "/a?b=1&c#d",
    "https://example.org",
    "http://EXAMPLE.org/",
    "https://a.b.c/x_y/%20/%zz",
    "https://a-.-b.c?q=&r",
    "https://a.b#c?d#e",
    "https://a..b/",
    "https://-/@:8080",
    'https://a.b/"',
    "https://a.b/;",
)
_SPECIALS = (
    *"*_[](){}<>&!#+-=|~`\\^:;.,\"'/%1 \n\t",
    *(
        "**",
        "\n\n",
        "  \n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n## ",
        "](/a)",
        "]{claim=a}",
        "[",
        "![",
        "&amp;",
        "\r\n",
        "\n---",
    ),
    *"\x00\x02\x0b\x0c\x1c\x85\u00a0\u2003\u2028\u3000\ufeff\u200b\u0301—“”«»\u0660①🙂\U0001d7d8\U00010107\U000e0001",
)


def documents() -> st.SearchStrategy[str]:
    """Documents of the pieces that the fast renderer knows, joined in ways that it may not know."""
    joint = st.sampled_from(("", " ", " ", " ", "\n", "*", ".", "—", "("))
    plain = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
    starred = st.builds("{0}{1}{0}".format, st.sampled_from(("*", "**")), plain)
    stressed = plain | starred
    claim = st.builds("[{}]{{claim={}}}".format, stressed, st.sampled_from(("a", "a-1", "A:b_", "", "é")))
    link = st.builds("[{}]({})".format, stressed, st.sampled_from(_ADDRESSES))
    line = st.lists(st.tuples(plain | starred | claim | link, joint), min_size=1, max_size=3).map(_joined)
    mark = st.sampled_from(("", "", "## ", "# ", "> ", "- ", "1. ", "2. ", "* "))
    block = st.builds(_block, mark, st.lists(line, min_size=1, max_size=3), st.booleans())
    gap = st.sampled_from(("\n\n", "\n\n", "\n\n\n", "\n", "\n \n"))
    return st.lists(st.tuples(block, gap), max_size=3).map(_joined)


def mutations(text: str) -> st.SearchStrategy[str]:
    """A text with up to three places cut, doubled or filled with something special."""
    place = st.integers(0, len(text))
    change = st.tuples(place, place, st.sampled_from(("", "double", *_SPECIALS)))
    return st.lists(change, min_size=1, max_size=3).map(lambda changes: _changed(text, changes))


def noise() -> st.SearchStrategy[str]:
    """Any text over characters that mean something to Markdown, and some that do not."""
    piece = st.sampled_from((*_SPECIALS, *_WORDS, *"abc xyz  \n")) | st.characters(codec="utf-8")
    return st.lists(piece, max_size=30).map("".join)


def _joined(pairs: list[tuple[str, str]]) -> str:
    return "".join(text + joint for text, joint in pairs)


def _block(mark: str, lines: list[str], every: bool) -> str:
    return mark + ("\n" + mark if every else "\n").join(lines)


def _changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, what in changes:
        low, high = sorted((start, end))
        high = min(high, low + 5)
        text = text[:low] + (text[low:high] * 2 if what == "double" else what) + text[high if what == "" else low :]
    return text
