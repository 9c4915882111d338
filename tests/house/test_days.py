"""A moment lies on the day of the town.

Moments are kept in UTC. Between midnight in Berlin and midnight in Greenwich, a moment that says
its day by itself says yesterday: on a page, in a comparison, in the key of a mail.
`django.utils.timezone.localdate` and `miteinander.ui.words.local_day` know the day of the town.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.files import name_of, python

HERE = re.compile(r"\b(localtime|astimezone\(BERLIN|moment|end_of|combine|_FIRST)\b")
"""What has put the clock of the town on a moment, or never had another."""
MOMENT = re.compile(r"(^|\.)(at|[a-z_]+_at|now\(\))$")
CLOCK_TIMES = re.compile(r"(^|\.)(starts_at|ends_at)$")
DAY_OF_A_FORMAT = re.compile(r"%-?[YyGdjmbBhaAuwUVWxcDF]")
HOUR_OF_A_FORMAT = re.compile(r"%-?[HIcXT]")
PARTS = {"year", "month", "day"}
METHODS = {"weekday", "isoweekday", "isocalendar", "toordinal", "timetuple", "ctime"}


def days_in_greenwich(source: str) -> list[int]:
    """Lines where the day of a moment is taken from the moment itself."""
    tree = ast.parse(source)
    known = _with_the_clock_of_the_town(tree)
    return sorted({node.lineno for node in _taken(tree, known)})


def _taken(tree: ast.Module, known: set[str]) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            # Whatever it is called: only a moment has `date()`.
            case ast.Call(func=ast.Attribute(value=of, attr="date"), args=[], keywords=[]):
                is_wrong = not _is_here(of, known)
            case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in METHODS:
                is_wrong = _is_moment(of, known)
            case ast.Attribute(value=of, attr=name) if name in PARTS:
                is_wrong = _is_moment(of, known)
            case ast.Call(func=ast.Attribute(value=of, attr="strftime"), args=[form]):
                is_wrong = _is_moment(of, known) and _names_a_day(ast.unparse(form))
            case ast.FormattedValue(value=of, format_spec=ast.JoinedStr() as form):
                is_wrong = _is_moment(of, known) and _names_a_day(ast.unparse(form))
            case ast.Subscript(
                value=ast.Call(func=ast.Name(id="str"), args=[of])
                | ast.Call(func=ast.Attribute(value=of, attr="isoformat")),
                slice=ast.Slice(),
            ):
                is_wrong = _is_moment(of, known)
            case _:
                continue
        if is_wrong:
            yield node


def _with_the_clock_of_the_town(tree: ast.Module) -> set[str]:
    """Names that are set in this file, each time from what has the clock of the town."""
    found: dict[str, bool] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            found[name] = found.get(name, True) and bool(HERE.search(ast.unparse(node.value)))
    return {name for name, is_here in found.items() if is_here}


def _is_here(of: ast.expr, known: set[str]) -> bool:
    written = ast.unparse(of)
    return written in known or bool(HERE.search(written))


def _is_moment(of: ast.expr, known: set[str]) -> bool:
    written = ast.unparse(of)
    is_moment = bool(MOMENT.search(written)) and not CLOCK_TIMES.search(written)
    return is_moment and not _is_here(of, known)


def _names_a_day(form: str) -> bool:
    """A stamp with its hour says which moment it was, and says it the same in every zone."""
    return bool(DAY_OF_A_FORMAT.search(form)) and not HOUR_OF_A_FORMAT.search(form)


def test_a_moment_lies_on_the_day_of_the_town():
    found = [
        f"{name_of(path)}:{line}"
        for path in python("src", "tools")
        for line in days_in_greenwich(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "day = report.reported_at.date()",
        "day = timezone.now().date()",
        "day = begins.date()",
        "opens = call.opens_at\nday = opens.date()",
        "key = f'told:{at:%Y%m%d}'",
        "text = row.drawn_at.strftime('%d.%m.%Y')",
        "day = str(at)[:10]",
        "day = row.seen_at.isoformat()[:10]",
        "year = standing.at.year",
        "day = event.at.weekday()",
    ],
)
def test_a_day_in_greenwich_would_be_seen(source):
    assert days_in_greenwich(source) == [len(source.splitlines())]


@pytest.mark.parametrize(
    "source",
    [
        "day = localdate(report.reported_at)",
        "day = localtime(at).date()",
        "opens = localtime(call.opens_at)\nday = opens.date()",
        "key = f'told:{localdate(at):%Y%m%d}'",
        "key = f'code:{at:%Y%m%d%H%M}'",
        "clock = meeting.starts_at.strftime('%H:%M')",
        "text = f'{given_on:%Y-%m-%d}'",
        "year = day.year",
        "text = at.isoformat()",
    ],
)
def test_a_day_of_the_town_is_left_alone(source):
    assert days_in_greenwich(source) == []
