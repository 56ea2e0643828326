"""The package's rooms import in one direction, and every module stays small and documented."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_BASE = {"frozen", "problems", "model", "progress", "replacing"}
_BUILD = _BASE | {"content", "labels", "index", "pages", "render"}

ROOMS: dict[str, set[str]] = {
    "frozen": set(),
    "problems": {"frozen"},
    "codes": set(),
    "progress": set(),
    "replacing": set(),
    "hosts": set(),
    "model": {"frozen", "problems"},
    "content": _BASE,
    "labels": _BASE,
    "index": _BASE | {"labels"},
    "pages": _BASE | {"labels", "index"},
    "render": _BASE | {"pages"},
    "search": _BASE | {"index", "pages"},
    "check": {"frozen", "problems", "replacing", "hosts"},
    "build": _BUILD | {"search", "check"},
    "preview": _BUILD | {"build"},
    "publish": _BUILD | {"build"},
    "importing": _BASE | {"content", "starter", "hosts"},
    "starter": _BASE | {"content"},
    "writing": _BASE | {"content", "starter"},
    "export": _BASE | {"labels", "index", "pages"},
    "cli": _BUILD | {"build", "check", "preview", "publish", "importing", "starter", "writing", "export"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Room of the package → the rooms that it may import beside itself."""

OUTSIDE_WORLD = {
    "asyncio",
    "http",
    "io",
    "os",
    "pathlib",
    "random",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "time",
}
MOST_LINES = 300


@pytest.fixture(scope="module")
def modules(repository: Path) -> dict[str, str]:
    """Each module's path below the package → its source."""
    package = repository / "digest"
    return {path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in package.rglob("*.py")}


def test_every_room_has_its_place(modules: dict[str, str]) -> None:
    assert {_room(path) for path in modules} - ROOMS.keys() == set()


def test_each_room_imports_only_the_rooms_below_it(modules: dict[str, str]) -> None:
    against = [
        f"{path} imports digest.{target}"
        for path, source in sorted(modules.items())
        for target in _rooms_imported(source)
        if target not in ROOMS.get(_room(path), set()) | {_room(path)}
    ]
    assert against == []


def test_nothing_but_the_start_of_the_program_imports_the_command_line(modules: dict[str, str]) -> None:
    importers = {path for path, source in modules.items() if "cli" in _rooms_imported(source)}
    assert {_room(path) for path in importers} <= {"__main__", "cli"}


def test_labels_know_neither_other_libraries_nor_the_outside_world(modules: dict[str, str]) -> None:
    imported = {
        f"{path} imports {name}"
        for path, source in modules.items()
        if _room(path) == "labels"
        for name in _imports(source)
        if name.split(".")[0] in OUTSIDE_WORLD or name.split(".")[0] not in sys.stdlib_module_names | {"digest"}
    }
    assert imported == set()


def test_imports_are_absolute(modules: dict[str, str]) -> None:
    relative = [
        path
        for path, source in modules.items()
        if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(ast.parse(source)))
    ]
    assert relative == []


def test_no_module_is_long(modules: dict[str, str]) -> None:
    lengths = {path: source.count("\n") for path, source in modules.items()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_public_module_class_and_function_has_a_docstring(modules: dict[str, str]) -> None:
    bare = [f"{path}: {name}" for path, source in sorted(modules.items()) for name in _undocumented(source)]
    assert bare == []


def _room(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def _imports(source: str) -> Iterator[str]:
    """Dotted names of all that a module imports, wherever in it: `digest.model.claims.Label` for from-imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _rooms_imported(source: str) -> set[str]:
    """The rooms of this package that a module imports; `from digest import __version__` imports none."""
    dotted = [name.split(".") for name in _imports(source)]
    return {parts[1] for parts in dotted if parts[0] == "digest" and len(parts) > 1} - {"__version__"}


def _undocumented(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    if tree.body and not ast.get_docstring(tree):
        yield "the module"
    definitions = [n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    yield from (d.name for d in definitions if not d.name.startswith("_") and not ast.get_docstring(d))
