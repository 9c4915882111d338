"""What boards and lists of the office are set up with: one question, whatever there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from miteinander.core.errors import NotThere
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, ThemeGroup, ThemeSuggestion
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    found = f.ProcessFactory()
    f.PhaseFactory(process=found, permits=["contribute", "gather"])
    return found


def office(process):
    return {"by": f.coordinator(process.municipality), "at": timezone.now()}


def test_it_holds_what_the_queries_for_each_kind_hold_in_their_order(process):
    for title in ("Wege", "Ärzte", "Bänke"):
        actions.name_theme(process, title=title, **office(process))
    closed = actions.name_theme(process, title="Müll", **office(process))
    actions.retire_theme(closed, reason="Steht woanders", **office(process))
    phase = process.phases.get()
    f.PhaseFactory(process=process, closed_on=phase.starts)
    for _n in range(3):
        f.CallFactory(process=process, phase=phase)
    for other in (f.ProcessFactory(municipality=process.municipality), f.ProcessFactory()):
        f.ThemeFactory(process=other)
        f.CallFactory(process=other)

    with CaptureQueriesContext(connection) as asked:
        found = queries.overview_of(process.municipality, process.identifier)
    assert len(asked) == 1
    assert (found.process.pk, found.process.title) == (process.pk, process.title)
    assert found.calls == queries.calls_of(process)
    assert [c.answer_by for c in found.calls] == [c.answer_by for c in queries.calls_of(process)]
    assert found.themes == queries.themes_of(process)
    assert found.live_themes == queries.themes_of(process, live_only=True)
    assert closed not in found.live_themes
    assert found.phases == [phase]


def test_a_theme_whose_naming_was_undone_is_not_in_it(process):
    actions.name_theme(process, title="Irrtum", **office(process))
    actions.undo(queries.latest_steps(process)[:1], **office(process))
    assert queries.overview_of(process.municipality, process.identifier).themes == []


def test_a_process_of_another_town_or_something_else_is_not_there(process):
    theme = f.ThemeFactory(process=process)
    for town, identifier in (
        (f.MunicipalityFactory(), process.identifier),
        (process.municipality, theme.identifier),
        (process.municipality, "zzzzzz"),
    ):
        with pytest.raises(NotThere):
            queries.overview_of(town, identifier)


def test_rows_of_the_board_bring_along_what_is_suggested_for_them(process):
    bench, way, rejected, sorted_one = (
        actions.record_contribution(process, text=text, channel="card", **office(process))
        for text in ("Bank", "Weg", "Amt", "Baum")
    )
    theme = actions.name_theme(process, title="Orte", **office(process))
    actions.gather([sorted_one], theme, **office(process))
    group = ThemeGroup.objects.create(process=process, number=1, telling=["Weg", "Rad"])
    for one, more in (
        (bench, {"theme": theme, "is_unsure": True}),
        (way, {"group": group, "is_unsure": False}),
        (rejected, {"theme": theme, "is_unsure": False, "is_rejected": True}),
        (sorted_one, {"theme": theme, "is_unsure": False}),
    ):
        ThemeSuggestion.objects.create(process=process, contribution=one, **more)

    found = queries.board_contributions(process, queries.Wanted(is_everything=True))[0].rows
    told = {row.pk: queries.suggested_along(row) for row in found}
    assert len(found) == Contribution.objects.count() == 4
    assert (told[bench.pk].theme.title, told[bench.pk].is_unsure) == ("Orte", True)
    assert (told[way.pk].theme, told[way.pk].group.telling) == (None, ["Weg", "Rad"])
    assert told[way.pk].is_unsure is False
    assert told[rejected.pk] is None
    assert told[sorted_one.pk] is None
