"""The frozen result of a ballot, made ready to be shown: sentences, bars, table, reasons.

From the frozen text and nothing else, so that a page of later years says what was counted.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.adoption.states import HIGHEST_MARK, Answer, Method
from miteinander.documents.fields import mark_of
from miteinander.documents.shapes import Facts, Paragraph, Section
from miteinander.ui.shapes import Cell, Column, RadarRow
from miteinander.ui.words import written_day, written_number

VALUES = {
    "consensing": gettext_lazy("Mean resistance"),
    "dots": gettext_lazy("Dots"),
    "criteria": gettext_lazy("Points of 100"),
    "balanced": gettext_lazy("Voices"),
}
READINGS = {
    "people": gettext_lazy("By people"),
    "institutions": gettext_lazy("By institutions"),
    "perspectives": gettext_lazy("By perspectives"),
}
HIGHEST = {"consensing": float(HIGHEST_MARK), "criteria": 100.0}
"""The end of a scale that does not depend on what was voted."""


@dataclass(frozen=True, slots=True)
class ShownResult:
    sentences: list[str]
    language: str
    """Of the sentences: the analysis speaks German and English."""
    asked_in: str
    """Of what was put to the vote, and of the reasons."""
    bars: list[RadarRow] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    served_columns: list[Column] = field(default_factory=list)
    served: list[list[Cell]] = field(default_factory=list)
    reasons: list[tuple[str, str, str]] = field(default_factory=list)
    """Answer, option, reason; sorted, so that the order tells nothing."""
    command: str = ""
    checksum: str = ""


def shown_result(content: Mapping[str, Any]) -> ShownResult:
    """All that a page says of a counted ballot, in the language of the page."""
    language = "en" if (get_language() or "de").startswith("en") else "de"
    method = content["ballot"]["method"]
    lines = content["lines"]
    has_figures = bool(content["result"])
    columns: list[Column] = []
    rows: list[list[Cell]] = []
    if has_figures:
        columns, rows = _answers(lines) if method == "consent" else _figures(method, lines)
    served = content["result"].get("served", [])
    return ShownResult(
        sentences=content["said"][language],
        language=language,
        asked_in=content["ballot"]["language"],
        bars=_bars(method, lines) if has_figures and method != "consent" else [],
        columns=columns,
        rows=rows,
        served_columns=_served_columns() if served else [],
        served=[_served(one) for one in served],
        reasons=_reasons(content),
        command=shlex.join(content["command"]),
        checksum=content["checksum"],
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else written_number(round(value, 1))


def _title(line: Mapping[str, Any]) -> str:
    return f"{line['title']} ✓" if line["chosen"] else str(line["title"])


def _bars(method: str, lines: list[dict[str, Any]]) -> list[RadarRow]:
    most = HIGHEST.get(method) or max([line["value"] or 0 for line in lines] or [1]) or 1
    return [
        RadarRow(
            label=_title(line),
            said=_figure(line["value"]),
            have=None if line["value"] is None else line["value"] / most,
            want=None,
        )
        for line in lines
    ]


def _answers(lines: list[dict[str, Any]]) -> tuple[list[Column], list[list[Cell]]]:
    columns = [Column(_("Proposal")), Column(_("Counted"))]
    columns += [Column(str(answer.label), is_number=True) for answer in Answer]
    rows = [
        [
            Cell(_title(line)),
            Cell(str(READINGS[name])),
            *(Cell(_figure(reading["counts"][answer])) for answer in Answer.values),
        ]
        for line in lines
        for name, reading in _in_order(line["readings"])
    ]
    return columns, rows


def _in_order(readings: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """By people first: canonical JSON keeps no order of ours."""
    return [(name, readings[name]) for name in READINGS if name in readings]


def _figures(method: str, lines: list[dict[str, Any]]) -> tuple[list[Column], list[list[Cell]]]:
    names = [name for name in READINGS if any(name in line["readings"] for line in lines)]
    columns = [Column(_("Option")), Column(str(VALUES[method]), is_number=True)]
    if method == "balanced":
        columns += [Column(_("Equal shares")), Column(_("Plain ranking"))]
    columns += [
        Column(_("Place: %(reading)s") % {"reading": READINGS[name]}, is_number=True)
        for name in names
    ]
    rows = []
    for line in lines:
        row = [Cell(_title(line)), Cell(_figure(line["value"]))]
        if method == "balanced":
            row += [
                Cell(_("taken") if line["taken"] else "–"),
                Cell(_("taken") if line["beside"] else "–"),
            ]
        row += [
            Cell(_figure(line["readings"][name]["rank"]) if name in line["readings"] else "–")
            for name in names
        ]
        rows.append(row)
    return columns, rows


def _served_columns() -> list[Column]:
    return [
        Column(_("Perspective")),
        Column(_("Voices"), is_number=True),
        Column(_("Got something: equal shares"), is_number=True),
        Column(_("Got something: plain ranking"), is_number=True),
    ]


def _served(one: Mapping[str, Any]) -> list[Cell]:
    return [
        Cell(one["name"]),
        *(Cell(_figure(one[key])) for key in ("voters", "served", "served_beside")),
    ]


def _reasons(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    titles = {option["key"]: option["title"] for option in content["options"]}
    order = ["object", "reservations", "abstain", "agree", ""]
    found = [
        (str(paper["marks"].get(key, "")), titles[key], text)
        for paper in content["papers"]
        for key, text in paper["reasons"].items()
    ]
    found.sort(key=lambda one: (order.index(one[0]), one[1], one[2]))
    return [(said_of(answer), title, text) for answer, title, text in found]


def ballots_section(content: Mapping[str, Any]) -> Section:
    """What bodies were asked, and what came out: a part of the appendix of a version."""
    return Section(
        _("Ballots"), sections=tuple(_ballot_section(ballot) for ballot in content["ballots"])
    )


def _ballot_section(ballot: Mapping[str, Any]) -> Section:
    language = "de" if (get_language() or "de").startswith("de") else "en"
    facts = Facts(
        (
            (_("Method"), str(Method(ballot["method"]).label)),
            (_("Who voted"), ballot["body"]),
            (_("Counted on"), written_day(date.fromisoformat(ballot["on"]))),
            (_("Checksum"), ballot["checksum"]),
        ),
        ballot["title"],
    )
    said = [Paragraph(sentence) for sentence in ballot["said"][language]]
    return Section(
        ballot["title"],
        identifier=ballot["identifier"],
        language=ballot["language"],
        mark=mark_of(ballot),
        blocks=(*said, facts),
        unlisted=True,
    )


def said_of(answer: str) -> str:
    """An answer of a consent round in words; without a mark, nothing."""
    return str(Answer(answer).label) if answer else ""
