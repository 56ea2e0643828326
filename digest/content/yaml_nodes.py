"""YAML as people expect it: every scalar is text, nothing is guessed, every place is known."""

from __future__ import annotations

from digest.content.document import File
from digest.content.yaml_fast import fast_yaml
from digest.content.yaml_tree import Map
from digest.problems import Problem


def parse_yaml(file: File, begin: int = 0, end: int | None = None) -> tuple[Map | None, list[Problem]]:
    """The mapping that the file's text from `begin` to `end` holds; None where it cannot be read to its end."""
    text = file.text[begin:end]
    root = fast_yaml(text, begin)
    if root is not None:
        return root, []
    from digest.content.yaml_full import full_yaml  # noqa: PLC0415 (most files never need the parser)

    return full_yaml(file, begin, text)
