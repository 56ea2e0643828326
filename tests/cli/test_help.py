"""The listing of commands, and how commands count."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.cli.common import count, number
from digest.problems import Location, Problem, Severity


def test_commands_are_listed_in_the_order_in_which_a_newcomer_needs_them() -> None:
    lines = CliRunner().invoke(main, ["--help"]).output.splitlines()
    listed = [line.split()[0] for line in lines[lines.index("From the first day:") :] if line.startswith("  ")]
    assert listed[:6] == ["init", "new", "build", "serve", "check", "publish"]
    assert listed.index("add-statement") < listed.index("import") < listed.index("rollback")


def test_every_command_is_listed_in_a_line_that_is_not_cut() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name in main.list_commands(main.make_context("digest", ["--help"], resilient_parsing=True)):
        (line,) = (line for line in output.splitlines() if line.split()[:1] == [name])
        assert line.endswith(".")
        assert not line.endswith("...")


def test_the_listing_loads_no_command() -> None:
    code = (
        "import sys; from digest.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print([m for m in sys.modules if m.startswith('digest.cli.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("errors", "warnings", "words"), [(1234, 1, "1,234 errors, 1 warning"), (1, 0, "1 error"), (0, 20, "20 warnings")]
)  # fmt: skip
def test_problems_are_counted_as_everything_else_is(errors: int, warnings: int, words: str) -> None:
    severities = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    assert count(Problem("D101", "m", Location("a"), severity) for severity in severities) == words
    assert number(1234, "error") == "1,234 errors"
