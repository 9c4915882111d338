"""Charts for documents: files that stand alone, in the colours of the page."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils import translation

from miteinander.ui.accent import by_day
from miteinander.ui.bundle import colours
from miteinander.ui.charts import line_svg, plan, plan_svg, stacked_svg
from miteinander.ui.shapes import PlanMark, PlanRow, Point, Segment

SVG = "{http://www.w3.org/2000/svg}"
PARTS = [Segment("done", 29), Segment("at_risk", 9), Segment("unknown", 16)]


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[float, float]]:
    """Left edge and width of every box as wide as a part of a bar."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}rect")
    return [
        (float(box.attrib["x"]), float(box.attrib["width"]))
        for box in found
        if box.attrib.get("height") == "32.00"
    ]


def test_a_drawing_needs_no_style_sheet_and_nothing_from_elsewhere():
    for svg in (
        stacked_svg([("Sprache", PARTS)], title="Stand"),
        line_svg([Point("2023", 540), Point("2024", 1240)], title="Besuche", target=1500),
    ):
        assert not re.search(r"class=|style=|var\(|currentColor|href|%", svg)
        assert svg.count("<title>") == 1


def test_silence_is_hatched_and_counted_in_the_legend_of_all_rows():
    svg = stacked_svg([("Sprache", PARTS), ("Arbeit", [Segment("unknown", 4)])], title="Stand")

    assert svg.count('fill="url(#hatch)"') == 3  # two bars and the legend
    assert "ohne Meldung: 20" in words(svg)
    assert "erledigt: 29" in words(svg)


def test_a_row_without_anything_is_an_empty_track():
    svg = stacked_svg([("Leer", [])], title="Stand")

    assert boxes(svg) == [(0, 680)]
    assert words(svg) == ["Leer", "0"]


def test_from_right_to_left_the_first_part_stands_on_the_right():
    plain = boxes(stacked_svg([("", PARTS)], title="Stand"))
    mirrored = boxes(stacked_svg([("", PARTS)], title="Stand", is_rtl=True))

    assert plain[0][0] == 0
    assert mirrored[0][0] == pytest.approx(680 - plain[0][1] - 2, abs=0.02)
    assert [width for _x, width in mirrored] == [width for _x, width in plain]


def test_a_town_s_colour_reaches_its_documents():
    assert by_day("#1f8a3b")["done"] in stacked_svg([("", PARTS)], title="x", accent="#1f8a3b")
    assert colours()["risk"] == "#f4bd50"
    assert colours()["ink"] == "#12292e"


def test_titles_and_labels_are_escaped():
    svg = stacked_svg([("<b>&", PARTS)], title="<script>")

    assert "<script>" not in svg
    assert words(svg)[0] == "<b>&"


def test_one_reading_is_told_and_not_drawn():
    with pytest.raises(ValueError, match="two readings"):
        line_svg([Point("2023", 540), Point("2024", None)], title="Besuche")


# --- plans ---


def percent(value: str) -> float:
    return float(value.rstrip("%"))


def test_what_took_longer_than_planned_is_drawn_longer():
    row = PlanRow(
        "Runden", (date(2019, 1, 1), date(2020, 1, 1)), (date(2019, 1, 1), date(2021, 1, 1))
    )

    [(planned, actual)] = plan([row], [], date(2026, 1, 1)).rows

    assert percent(planned.x) == percent(actual.x) == 0
    assert percent(actual.width) == pytest.approx(2 * percent(planned.width), rel=0.01)


def test_a_plan_without_an_end_runs_to_the_edge_and_what_runs_ends_today():
    row = PlanRow("Umsetzung", (date(2026, 1, 1), None), (date(2026, 1, 1), None), "now")

    laid = plan([row], [], date(2026, 7, 1))
    [(planned, actual)] = laid.rows

    assert planned.is_open
    assert percent(planned.x) + percent(planned.width) == pytest.approx(100)
    assert percent(actual.x) + percent(actual.width) == pytest.approx(percent(laid.today))


def test_a_scale_that_is_cut_off_names_no_day_beyond_it():
    row = PlanRow("Umsetzung", (date(2019, 1, 1), None), (date(2019, 1, 1), None), "now")
    late = PlanMark("Tagung", date(2025, 1, 1))

    laid = plan([row], [late], date(2026, 7, 1), until=date(2022, 1, 1))

    assert laid.today == ""
    assert laid.marks == [""]
    assert [name for _x, name in laid.years] == ["2019", "2020", "2021", "2022"]


def test_a_plan_of_nothing_can_be_laid():
    assert plan([], [], date(2026, 7, 1)).rows == []


# --- a plan as a file --------------------------------------------------------------------------

PHASES = [
    PlanRow("Auftakt", (date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 1, 1), date(2026, 2, 1))),
    PlanRow("Gruppen & Runden", (date(2026, 2, 1), date(2026, 8, 1)),
            (date(2026, 2, 1), None), "now"),
    PlanRow("Umsetzung", (date(2026, 9, 1), None), None, "next"),
]  # fmt: skip


def drawn_plan(**more):
    marks = [PlanMark("", date(2026, 3, 1)), PlanMark("", date(2026, 9, 1), is_open=True)]
    return plan_svg(PHASES, marks, date(2026, 5, 1), title="Wo wir stehen", today_label="heute",
                    marks_label="Termine", **more)  # fmt: skip


def shapes(svg, name):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{name}"))


def test_a_plan_stands_alone_with_title_labels_and_the_day():
    svg = drawn_plan()
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == "Wo wir stehen"
    assert words(svg) == ["2026", "Auftakt", "Gruppen & Runden", "Umsetzung", "Termine", "heute"]
    assert "%" not in svg.replace("100%", "")
    filled = [dot.attrib["fill"] for dot in shapes(svg, "circle")]
    assert len(set(filled)) == 2, "a day that lies ahead is an empty circle"


def test_what_is_over_runs_or_lies_ahead_differs_in_shape_too():
    bars = [path for path in shapes(drawn_plan(), "path") if path.attrib["d"].endswith("Z")]
    dashed = ["stroke-dasharray" in bar.attrib for bar in bars]
    arrows = ["L" in bar.attrib["d"] for bar in bars]
    assert dashed == [False, True, False, True], "over; meant and done; only meant"
    assert arrows == [False, False, False, True], "without an end a bar is an arrow"


def test_a_plan_without_marks_or_day_leaves_them_out():
    svg = plan_svg(PHASES, [], date(2020, 1, 1), title="Plan", today_label="heute")
    assert "heute" not in words(svg)
    assert not shapes(svg, "circle")
