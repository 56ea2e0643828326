"""The command line: words and exit codes."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `digest` command."""
