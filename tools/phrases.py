"""Phrases for translators: `python -m tools.phrases [LANGUAGE …]` brings digest/translations/ up to date.

Collects every phrase that readers can see into phrases.pot and merges it into the catalogues; a language that is named
gets a new catalogue if it has none. `--check` writes nothing and exits with 1 where a file is out of date, a
translation is missing, or one does not fit its phrase.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from digest.labels.badges import MEANINGS
from digest.labels.rules import CONDITIONAL_CONDITION, OVERRIDE_CONDITION, RULES
from digest.labels.words import RELATIONS, SCALES, SOURCE_KINDS
from digest.labels.worth import STEPS
from digest.pages.plan import NAVIGATION
from digest.pages.taxonomy import DESCRIPTIONS, TITLES

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "digest" / "translations"
TEMPLATE = TRANSLATIONS / "phrases.pot"

_PLAIN = ("_", "_t", "gettext", "say")
_COUNTED = ("_n", "ngettext", "say_n")
_CALLS = dict.fromkeys(_PLAIN) | dict.fromkeys(_COUNTED, (1, 2))
_PLACES = (
    (ROOT / "digest", [("**.py", "python")]),
    (ROOT / "templates", [("**.html", "jinja2"), ("**.xml", "jinja2"), ("**.txt", "jinja2")]),
)
# Dates and line numbers would change the files without a change of words, so Babel's own header is left out.
_HEADER = """\
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def phrases() -> Catalog:
    """Every phrase that readers can see: those written in calls and templates, and those in tables."""
    template = Catalog(fuzzy=False)
    for folder, methods in _PLACES:
        found = extract_from_dir(folder, methods, {"**": {"silent": "false"}}, _CALLS)
        for _file, _line, phrase, _comments, _context in found:
            template.add(phrase)
    for phrase in _tables():
        template.add(phrase)
    return template


def _tables() -> Iterator[str]:
    """Phrases that reach the readers' language through a variable."""
    for scale in SCALES.values():
        yield from (scale.name, scale.meaning, *([scale.review] if scale.review else []))
    for rule in RULES:
        yield rule.condition
    for step in STEPS:
        yield from (step.condition, step.worth)
    yield from (OVERRIDE_CONDITION, CONDITIONAL_CONDITION)
    for table in (SOURCE_KINDS, RELATIONS, MEANINGS, NAVIGATION, TITLES, DESCRIPTIONS):
        yield from table.values()


def catalogue(path: Path) -> Catalog:
    """The catalogue in a file ("de.po"); an empty one if there is no such file."""
    if not path.is_file():
        return Catalog(locale=Locale.parse(path.stem), fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def merged(path: Path, template: Catalog) -> Catalog:
    """A language's catalogue with exactly the template's phrases; what it had translated stays."""
    made = catalogue(path)
    made.update(template, no_fuzzy_matching=True)
    made.obsolete.clear()
    return made


def as_text(made: Catalog) -> bytes:
    """A catalogue as the bytes of its file, the same for the same words."""
    out = BytesIO()
    out.write(_HEADER.encode())
    if made.locale:
        out.write(f'"Language: {made.locale}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n'.encode())
    out.write(b"\n")
    write_po(out, made, width=120, no_location=True, omit_header=True, sort_output=True)
    return out.getvalue().rstrip() + b"\n"


def faults(made: Catalog) -> Iterator[str]:
    """What is missing in a catalogue or does not fit its phrase."""
    for message in made:
        if not message.id:
            continue
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        phrase = message.id if isinstance(message.id, str) else message.id[0]
        if message.fuzzy or not all(forms) or (message.pluralizable and len(forms) != made.num_plurals):
            yield f"no translation: {phrase}"
        else:
            yield from (f"{error}: {phrase}" for error in message.check(made))


def main() -> int:
    """Write the files, or check them; 1 where something is left to do."""
    parser = ArgumentParser(prog="python -m tools.phrases", description="Bring the catalogues of phrases up to date.")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="begin a catalogue for it (it, pt_BR)")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is out of date or missing")
    arguments = parser.parse_args()
    template = phrases()
    texts = {TEMPLATE: as_text(template)}
    left: list[str] = []
    for path in sorted({*TRANSLATIONS.glob("*.po"), *(TRANSLATIONS / f"{name}.po" for name in arguments.languages)}):
        made = merged(path, template)
        texts[path] = as_text(made)
        left += [f"{path.name}: {fault}" for fault in faults(made)]
    for path, text in texts.items():
        if path.is_file() and path.read_bytes() == text:
            continue
        if arguments.check:
            left.append(f"{path.name} is out of date: python -m tools.phrases brings it up to date")
        else:
            TRANSLATIONS.mkdir(exist_ok=True)
            path.write_bytes(text)
    print(*left, sep="\n", end="\n" if left else "")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
