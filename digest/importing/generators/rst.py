"""reStructuredText, as Pelican reads it: the fields below the title, and the text as Markdown."""

from __future__ import annotations

import re
from typing import Any

from digest.importing.confined import RefusedError

_SAFE = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "halt_level": 5,
    "report_level": 5,
    "doctitle_xform": True,
    "docinfo_xform": False,
    "embed_stylesheet": False,
    "initial_header_level": 2,
}
_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+([\w-]{1,40})::", re.MULTILINE)
_NEVER_READ = frozenset({"raw", "include"})
_FIELD = re.compile(r"^:([\w -]{1,30}):[ \t]*(.*)$", re.MULTILINE)


def read_rst(data: bytes) -> list[dict[str, Any]]:
    """The fields, the text and the notes of a post as plain data. Nothing that it names is read."""
    from docutils.core import publish_parts  # noqa: PLC0415 (an extra)
    from docutils.parsers.rst.languages.en import directives  # noqa: PLC0415
    from docutils.utils import SystemMessage  # noqa: PLC0415

    from digest.importing.generators.html import to_markdown  # noqa: PLC0415 (an extra)

    text = data.decode()
    fields = {
        name.casefold(): value.strip()
        for name, value in _FIELD.findall(text.split("\n\n", 2)[0] + "\n" + "\n".join(text.split("\n\n", 2)[1:2]))
    }
    for name in fields:
        text = re.sub(rf"^:{re.escape(name)}:.*\n?", "", text, count=1, flags=re.MULTILINE | re.IGNORECASE)
    try:
        parts = publish_parts(text, writer="html5", settings_overrides=_SAFE)
    except (SystemMessage, ValueError, AttributeError) as error:
        raise RefusedError(f"the reStructuredText cannot be read: {error}") from error
    title = re.sub(r"<[^>]+>", "", parts["title"])
    names = dict.fromkeys(_DIRECTIVE.findall(text))
    lost = [name for name in names if name in _NEVER_READ or name.casefold() not in directives]
    notes = [f"Directives taken out: {', '.join(lost)}"] if lost else []
    return [{"fields": {"title": title, **fields}, "body": to_markdown(parts["body"]), "notes": notes}]
