"""No half-done work, no swallowed errors, no unexplained deferred import."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.files import name_of, python

# Put together here, so that this file does not hold what it looks for.
UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|NotImplemented" + r"Error)\b"
)
DEFERRED = re.compile(r"#.*\bdeferred: \S+")


def swallowed(source: str) -> list[int]:
    """Lines of handlers that do nothing, and of `suppress` for every error there is."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and all(_does_nothing(step) for step in node.body):
            lines.append(node.lineno)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            named = {ast.unparse(argument) for argument in node.args}
            if named & {"Exception", "BaseException"}:
                lines.append(node.lineno)
    return lines


def _does_nothing(step: ast.stmt) -> bool:
    return isinstance(step, ast.Pass) or (
        isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)
    )


def unexplained(source: str) -> list[int]:
    """Lines of imports inside functions without `# deferred: reason` beside or above.

    One reason is enough for imports that follow one another.
    """
    lines = source.splitlines()
    found = []
    for block in _bodies(ast.parse(source)):
        explained = False
        for step in block:
            if not isinstance(step, (ast.Import, ast.ImportFrom)):
                explained = False
                continue
            own = "\n".join(lines[step.lineno - 1 : step.end_lineno])
            explained = explained or bool(DEFERRED.search(own)) or _above(lines, step.lineno)
            if not explained:
                found.append(step.lineno)
    return found


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                if (
                    isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
                    and node is not function
                ):
                    continue
                for name in ("body", "orelse", "finalbody"):
                    block = getattr(node, name, None)
                    if isinstance(block, list):
                        yield block


def _above(lines: list[str], number: int) -> bool:
    """Whether the comment directly above line `number` gives the reason."""
    comment = []
    for line in reversed(lines[: number - 1]):
        if not line.strip().startswith("#"):
            break
        comment.append(line)
    return any(DEFERRED.search(line) for line in comment)


def _found(check, *folders: str) -> list[str]:
    return [
        f"{name_of(path)}:{line}"
        for path in python(*folders)
        for line in check(path.read_text(encoding="utf-8"))
    ]


def test_nothing_is_left_half_done():
    def check(source):
        rows = enumerate(source.splitlines(), start=1)
        return [number for number, line in rows if UNFINISHED.search(line)]

    assert _found(check, "src", "tests", "tools", "benchmarks") == []


def test_no_error_is_swallowed():
    assert _found(swallowed, "src", "tests", "tools", "benchmarks") == []


def test_every_deferred_import_says_why():
    assert sorted(set(_found(unexplained, "src", "tools"))) == []


def test_how_many_rows_are_written_at_once_is_said_once():
    sizes = re.compile(r"batch_size=(?!AT_ONCE\b)\w+")
    for path in python("src"):
        source = path.read_text(encoding="utf-8")
        assert sizes.findall(source) == [], name_of(path)
        if "batch_size=AT_ONCE" in source:
            here = path.match("core/search/keep.py")
            assert bool(re.search(r"^AT_ONCE = ", source, re.M)) == here, name_of(path)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("try:\n    go()\nexcept OSError:\n    pass", [3]),
        ("try:\n    go()\nexcept OSError:\n    ...", [3]),
        ("with suppress(Exception):\n    go()", [1]),
        ("try:\n    go()\nexcept OSError:\n    stop()", []),
        ("with suppress(FileNotFoundError):\n    go()", []),
    ],
)
def test_a_swallowed_error_would_be_seen(source, lines):
    assert swallowed(source) == lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    import a", [2]),
        ("def f():\n    if x:\n        from a import b", [3]),
        ("def f():\n    import a  # deferred: slow", []),
        ("def f():\n    # deferred: slow\n    import a\n    import b", []),
        ("def f():\n    import a  # deferred: slow\n    go()\n    import b", [4]),
        ("import a", []),
    ],
)
def test_an_unexplained_import_would_be_seen(source, lines):
    assert sorted(set(unexplained(source))) == lines
