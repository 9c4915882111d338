"""Templates: what a process begins with, what is kept, and what is saved from it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community.models import Body, Perspective, Seat
from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from miteinander.process import actions
from miteinander.process.models import Pattern, PlannedPhase, Process, Template, pattern_from
from miteinander.process.queries import (
    month_after,
    our_template,
    template_for,
    templates_for,
)
from miteinander.process.states import Permit, PhaseKind
from miteinander.strategy.actions import begin_concept, save_process_as_template
from miteinander.strategy.models import Concept
from miteinander.strategy.states import OUTLINE, ChapterKind
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
OURS = our_template("integrationskonzept")


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


def begin(town, by, *, pattern=OURS, title="Konzept", starts=dt.date(2027, 1, 31)):
    return actions.begin_process(
        town,
        pattern=pattern,
        title=title,
        question="Wie leben wir gut zusammen?",
        lead_office=make.OfficeFactory(municipality=town),
        planned_months=18,
        starts=starts,
        **by,
    )


def test_our_template_uses_kinds_and_permits_that_exist():
    assert {phase.kind for phase in OURS.phases} <= set(PhaseKind.values)
    permits = {permit for phase in OURS.phases for permit in phase.permits}
    assert permits == set(Permit.values), "every step of a concept has its phase"
    views = {view.title for view in OURS.perspectives}
    assert {s.perspective for b in OURS.bodies for s in b.seats} - {""} <= views
    assert pattern_from(OURS.as_parts()) == OURS


def test_process_begins_with_everything_its_template_brings(town, by):
    process = begin(town, by)

    assert process.phases.count() == len(OURS.phases)
    assert process.milestones.count() == len(OURS.milestones)
    assert {body.title for body in process.bodies.all()} == {b.title for b in OURS.bodies}
    assert Perspective.objects.count() == len(OURS.perspectives)
    assert Seat.objects.filter(leads=True, body__body_kind="steering_group").count() == 1
    # Whatever can be changed is an ordinary row with its event.
    assert Event.objects.filter(kind="phase.planned").count() == len(OURS.phases)


def test_months_are_counted_from_the_start_and_end_within_the_month(town, by):
    pattern = Pattern(
        "P",
        phases=(
            PlannedPhase("A", "mandate", after=1, months=1),
            PlannedPhase("B", "kickoff", after=2, months=0),
            PlannedPhase("C", "implementation", after=3),
        ),
    )
    process = begin(town, by, pattern=pattern, starts=dt.date(2027, 1, 31))

    first, second, third = process.phases.all()
    assert (first.starts, first.ends) == (dt.date(2027, 2, 28), dt.date(2027, 3, 30))
    assert (second.starts, second.ends) == (dt.date(2027, 3, 31), dt.date(2027, 3, 31))
    assert third.ends is None


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2027, 12, 1), 1, dt.date(2028, 1, 1)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2027, 5, 15), 0, dt.date(2027, 5, 15)),
    ],
)
def test_month_after(day, months, then):
    assert month_after(day, months) == then


def test_what_is_there_already_is_kept_and_used(town, by):
    group = make.BodyFactory(municipality=town, title="steuerungsgruppe")
    make.PerspectiveFactory(municipality=town, title="JUGEND")

    process = begin(town, by)

    assert group in process.bodies.all()
    assert group.seats.count() == 0
    assert Body.objects.filter(title__iexact="Steuerungsgruppe").count() == 1
    assert Perspective.objects.filter(title__iexact="Jugend").count() == 1


def test_a_refused_process_leaves_nothing_behind(town, by):
    begin(town, by)
    before = Perspective.objects.count(), Body.objects.count(), Process.objects.count()

    with pytest.raises(Invalid):
        begin(town, by)

    assert (Perspective.objects.count(), Body.objects.count(), Process.objects.count()) == before


def test_concept_begins_with_fields_themes_and_outline(town, by):
    process = begin(town, by)
    Process.objects.filter(pk=process.pk).update(is_public=True)

    concept = begin_concept(process, title="K", **by)

    assert [field.title for field in concept.fields.order_by("position")] == [
        named.title for named in OURS.fields
    ]
    assert {field.state for field in concept.fields.all()} == {"candidate"}
    assert concept.cross_cutting_themes.count() == len(OURS.themes)
    assert [chapter.chapter_kind for chapter in concept.chapters.all()] == list(OUTLINE)


def test_process_saved_as_a_template_begins_an_equal_one(town, by):
    process = begin(town, by, starts=dt.date(2027, 2, 1))
    Process.objects.filter(pk=process.pk).update(is_public=True)
    concept = begin_concept(process, title="K", **by)
    concept.chapters.filter(chapter_kind=ChapterKind.PREFACE).update(
        text="nur für diese Ausgabe", is_left_out=True
    )

    saved = save_process_as_template(process, title=" Unser Weg ", **by)

    pattern = saved.pattern()
    assert (saved.title, pattern.title) == ("Unser Weg", "Unser Weg")
    by_name = lambda rows: sorted(rows, key=lambda row: row.title)  # noqa: E731
    assert by_name(pattern.bodies) == by_name(OURS.bodies)
    assert by_name(pattern.phases) == by_name(OURS.phases)
    assert pattern.milestones == OURS.milestones
    assert (pattern.fields, pattern.themes) == (OURS.fields, OURS.themes)
    left_out = [chapter for chapter in pattern.chapters if chapter.left_out]
    assert [(c.kind, c.text) for c in left_out] == [("preface", "")]
    again = begin(town, by, pattern=pattern, title="Fortschreibung", starts=dt.date(2029, 5, 1))
    assert again.phases.count() == process.phases.count()


def test_saving_twice_under_one_name_replaces_and_dropping_keeps_the_processes(town, by):
    process = begin(town, by)
    first = save_process_as_template(process, title="T", **by)
    second = save_process_as_template(process, title="T", **by)
    assert first.pk == second.pk

    actions.drop_template(second, **by)
    actions.drop_template(second, **by)

    assert not Template.objects.exists()
    assert process.phases.exists()
    assert Event.objects.filter(kind="template.dropped").count() == 1


def test_template_without_a_name_is_refused(town, by):
    with pytest.raises(Invalid) as refusal:
        save_process_as_template(begin(town, by), title="  ", **by)

    assert set(refusal.value.fields) == {"title"}


def test_templates_of_another_town_are_not_there(town, by):
    saved = save_process_as_template(begin(town, by), title="T", **by)
    other = make.MunicipalityFactory()

    assert [line.key for line in templates_for(town)] == ["integrationskonzept", str(saved.pk)]
    assert template_for(other, str(saved.pk)) is None


def test_a_renewal_brings_its_own_fields(town, by):
    first = begin(town, by)
    Process.objects.filter(pk=first.pk).update(is_public=True)
    old = begin_concept(first, title="K", **by)
    second = begin(town, by, title="Zweiter")
    Process.objects.filter(pk=second.pk).update(is_public=True)

    renewed = begin_concept(second, title="K2", continues=old, **by)

    assert Concept.objects.count() == 2
    assert not renewed.fields.exists()
