"""The components that write their HTML themselves: nothing in them stays unescaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from miteinander.ui import fields, pieces, words
from miteinander.ui.shapes import (
    Bundle,
    Cell,
    Column,
    LogRow,
    MeasureRow,
    SeatRow,
    Segment,
    Station,
    VoiceRow,
)

EVIL = "<script>\"'&</script>"
TAGS = {"a", "b", "bdi", "br", "caption", "dd", "details", "div", "figcaption", "figure", "h3",
        "li", "ol", "p", "rect", "small", "span", "summary", "svg", "table", "tbody", "td", "text",
        "th", "thead", "time", "tr", "ul"}  # fmt: skip


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def elements_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))
    parser.handle_startendtag = parser.handle_starttag
    parser.feed(html)
    return found


SAMPLE = Station(
    title=EVIL, url=f"/{EVIL}", kind_label=EVIL, body=EVIL, sentence=EVIL, language=EVIL,
    when=date(2026, 10, 5), is_example=True,
)  # fmt: skip
STATION = replace(
    SAMPLE, number=EVIL, notes=(EVIL,), bundle=Bundle(1234, EVIL, f"/{EVIL}", (SAMPLE,))
)
ROW = MeasureRow(
    title=EVIL, url=f"/{EVIL}", state="done", number=EVIL, state_label=EVIL, lead=EVIL,
    remark=EVIL, is_key=True, is_example=True, language=EVIL,
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "times"),
    [
        ("{% measure_rows rows=rows %}", 7),
        ("{% seat_rows rows=seats %}", 2),
        ("{% log_rows rows=log %}", 4),
        ("{% voice_rows rows=voices %}", 6),
        ("{% thread stations=stations label=evil %}", 39),
        ("{% status_badge state='done' label=evil %}", 1),
        ("{% icon evil %}", 1),
        ("{% bar segments=segments legend=True %}", 3),
        ("{% bar segments=segments size=evil %}", 2),
        ("{% data_table columns=columns rows=cells caption=evil %}", 7),
        ("{% content thing 'title' %}", 2),
    ],
)
def test_whatever_somebody_typed_is_escaped_everywhere(source, times):
    html = draw(
        source,
        evil=EVIL,
        rows=[ROW],
        seats=[SeatRow(EVIL, EVIL, leads=True, is_vacant=True)],
        voices=[VoiceRow(EVIL, EVIL, f"/{EVIL}", EVIL, EVIL, text_language=EVIL)],
        log=[LogRow(EVIL, f"/{EVIL}", date(2026, 10, 5), "month", EVIL, EVIL, is_example=True)],
        stations=[STATION, replace(STATION, position="now"), replace(STATION, dissent=True)],
        segments=[Segment("done", 3, EVIL), Segment("unknown", 2, EVIL)],
        columns=[Column(EVIL), Column(EVIL)],
        cells=[[Cell(EVIL, f"/{EVIL}"), Cell(EVIL, state="done")]],
        thing=SimpleNamespace(title=EVIL, language=EVIL),
    )

    assert "<script" not in html
    assert html.count("&lt;script&gt;&quot;&#x27;&amp;") >= times
    assert {tag for tag, _attrs in elements_of(html)} <= TAGS
    assert all(
        re.fullmatch(r"[a-z][a-z0-9-]*", name, re.IGNORECASE)
        for _tag, attrs in elements_of(html)
        for name in attrs
    )


@pytest.mark.parametrize(
    "value",
    ["a", EVIL, mark_safe("<b>x</b>"), gettext_lazy("done"), 7, None, ""],
)
def test_escaping_agrees_with_djangos(value):
    assert pieces.text(value) == conditional_escape(value)


def test_numbers_are_written_as_templates_write_them():
    for value in (0, 7, 999, 1000, 123456):
        assert pieces.number(value) == draw("{{ value }}", value=value)


def test_remembered_days_and_ages_follow_the_language():
    day, today = date(2026, 10, 5), date(2026, 11, 18)

    spoken = {}
    for language in ("de", "en", "de"):
        with translation.override(language):
            spoken[language] = words.written_day(day), words.age_of(day, today)

    assert spoken == {
        "de": ("Montag, 5. Oktober 2026", "vor 44 Tagen"),
        "en": ("Monday, 5 October 2026", "44 days ago"),
    }


class Choosing(forms.Form):
    plain = forms.ChoiceField(
        label="Feld", choices=[("", "alle"), ("a", EVIL), (EVIL, "c"), (7, "sieben")]
    )
    grouped = forms.ChoiceField(
        required=False, help_text="?", choices=[("x", "X"), (EVIL, [("y", "Y"), ("z", "Z")])]
    )


@pytest.mark.parametrize("data", [None, {"plain": EVIL}, {"plain": "7", "grouped": "z"}])
def test_a_list_to_choose_from_is_what_django_writes(data):
    form = Choosing(data, prefix="p") if data is None else Choosing(data)
    for field in form.visible_fields():
        ours = fields.dress(field).tag
        given = {k: v for k, v in elements_of(ours)[0][1].items() if k != "name"}
        theirs = field.as_widget(attrs=given)

        assert elements_of(ours) == elements_of(theirs)
        assert re.sub(r"\s+", " ", ours) == re.sub(r"\s+", " ", theirs)


def test_numbers_in_addresses_are_not_grouped_by_thousands():
    page = Paginator(range(3000), 1).page(1500)

    html = draw("{% pagination page=page %}", page=page)

    assert 'href="?page=1499"' in html
    assert 'href="?page=1501"' in html
    assert "1.500" in html


def test_remembered_marks_follow_the_language():
    drawn = {}
    for language in ("de", "en", "de"):
        with translation.override(language):
            drawn[language] = draw("{% example_tag %}{% status_badge state='done' %}")

    assert "Beispiel" in drawn["de"]
    assert "erledigt" in drawn["de"]
    assert "Example" in drawn["en"]
    assert "done</span>" in drawn["en"]


# --- what is remembered ---


def test_markup_is_never_found_for_the_same_text():
    row = MeasureRow(title=mark_safe(EVIL), url="/x", state="done")
    trusted = pieces.measure_rows([row])

    assert EVIL not in trusted
    assert pieces.measure_rows([replace(row, title=EVIL)]) == trusted


def test_what_is_remembered_is_drawn_anew_in_another_language():
    row = MeasureRow(title="x", url="/x", state="done")
    german = pieces.measure_rows([row])

    with translation.override("en"):
        english = pieces.measure_rows([row])

    assert "erledigt" in german
    assert "done" in english
    assert pieces.measure_rows([row]) == german


def test_what_is_remembered_is_drawn_once(monkeypatch):
    drawn = []
    draw_it = pieces.remembered(8)(lambda row: drawn.append(row) or pieces.plain(row.title))
    row = MeasureRow(title="einmal", url="/x", state="done")

    assert draw_it(row) == draw_it(replace(row)) == "einmal"
    assert len(drawn) == 1
