"""Who may report, when, and what it leaves behind."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import (
    Closed,
    Invalid,
    LinkForged,
    LinkSpent,
    NotAllowed,
    NotReady,
)
from miteinander.core.links import sign_link
from miteinander.core.models import Event, Link, SpentLink
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from miteinander.monitoring import actions, queries
from tests.factories import (
    FieldOfActionFactory,
    GoalFactory,
    MeasureFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PhaseFactory,
    StatusReportFactory,
    coordinator,
    member,
    visitor,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def led_measure(*, permits=("report",), starts=-10, ends=10, **facts):
    """An adopted measure with a lead, in a phase that permits reports today."""
    field = FieldOfActionFactory()
    today = timezone.localdate()
    PhaseFactory(
        process=field.concept.process,
        permits=list(permits),
        starts=today + starts * DAY,
        ends=today + ends * DAY,
    )
    lead = facts.pop("lead", OrganisationFactory(municipality=field.municipality))
    return MeasureFactory(
        goal=GoalFactory(field=field), state=facts.pop("state", "adopted"), lead=lead, **facts
    )


def person_of_the_lead(measure):
    return member(measure.municipality, organisations=frozenset({measure.lead_id}))


def link_holder(measure, purpose="report-status", thing=None):
    return Standing(
        municipality=measure.municipality_id,
        at=timezone.now(),
        link=(purpose, (thing or measure).pk),
        function=measure.lead.title,
    )


def report(measure, by, **facts):
    at = facts.pop("at", None) or timezone.now()
    return actions.report_status(
        measure, light=facts.pop("light", "on_time"), by=by, at=at, **facts
    )


def test_a_report_is_public_at_once_and_lies_on_the_thread():
    measure = led_measure()
    at = timezone.now()

    made = report(
        measure,
        person_of_the_lead(measure),
        text=" Zwei Gruppen laufen. ",
        next_step="Dritte",
        at=at,
    )

    assert (made.light, made.text, made.next_step) == ("on_time", "Zwei Gruppen laufen.", "Dritte")
    assert made.is_public
    assert made.is_latest
    assert (made.municipality, made.number) == (measure.municipality, measure.number)
    stitch = Link.objects.get(source=measure.thing_ptr)
    assert (stitch.target_id, stitch.relation) == (made.pk, "reported_in")
    event = Event.objects.get()
    assert (event.kind, event.thing_id, event.function) == ("report.made", made.pk, "Mitglied")
    assert event.is_public
    assert event.data == {"measure": measure.title, "light": "on_time"}
    assert queries.status_of([measure], at=at)[measure.pk].report == made.identifier


def test_the_next_report_becomes_the_latest_and_the_first_stays_readable():
    measure = led_measure()
    by = person_of_the_lead(measure)
    first = report(measure, by, light="at_risk", text="Die Förderung fehlt.")
    second = report(measure, by, light="done")
    assert list(queries.reports_of(measure)) == [second, first]
    assert [r.is_latest for r in queries.reports_of(measure)] == [True, False]


def test_a_report_from_an_old_file_joins_the_history_but_is_not_the_latest():
    measure = led_measure(starts=-100)
    by = coordinator(measure.municipality)
    now = report(measure, by)
    old = report(measure, by, light="stuck", text="Damals.", at=timezone.now() - 50 * DAY)
    assert list(queries.reports_of(measure)) == [now, old]
    assert [r.is_latest for r in queries.reports_of(measure)] == [True, False]


def test_those_who_speak_for_a_measure_may_report_and_nobody_else():
    measure, other = led_measure(), led_measure()
    elsewhere = MunicipalityFactory()
    for by in (
        person_of_the_lead(measure),
        coordinator(measure.municipality),
        link_holder(measure),
    ):
        assert allowed(by, "monitoring.report", measure)
        report(measure, by)
    strangers = [
        visitor(measure.municipality),
        member(measure.municipality),
        coordinator(elsewhere),
        coordinator(other.municipality),
        person_of_the_lead(other),
        # the organisation's number alone is worth nothing in another town
        member(elsewhere, organisations=frozenset({measure.lead_id})),
        link_holder(measure, purpose="accept-lead"),
        link_holder(measure, thing=other),
        Standing(municipality=elsewhere.pk, at=timezone.now(), link=("report-status", measure.pk)),
    ]
    for by in strangers:
        assert not allowed(by, "monitoring.report", measure)
        with pytest.raises(NotAllowed):
            report(measure, by)
    assert queries.reports_of(measure).count() == 3


def test_nobody_belongs_to_the_lead_of_a_measure_without_one():
    measure = led_measure(lead=None)
    assert not allowed(member(measure.municipality), "monitoring.speak_for", measure)
    # a person without an organisation must not match a measure without a lead
    nobody = member(measure.municipality, organisations=frozenset({None}))
    assert not allowed(nobody, "monitoring.speak_for", measure)


@pytest.mark.parametrize(
    ("starts", "ends", "is_open"), [(1, 10, False), (-10, 10, True), (-10, -1, False)]
)
def test_reports_are_taken_during_the_phase_only(starts, ends, is_open):
    measure = led_measure(starts=starts, ends=ends)
    for by in (person_of_the_lead(measure), coordinator(measure.municipality)):
        assert allowed(by, "monitoring.report", measure) is is_open
        if is_open:
            report(measure, by)
        else:
            with pytest.raises(Closed, match="Maßnahme"):
                report(measure, by)


def test_a_phase_that_permits_other_things_does_not_permit_reports():
    measure = led_measure(permits=("draft", "adopt"))
    with pytest.raises(Closed):
        report(measure, coordinator(measure.municipality))


@pytest.mark.parametrize("state", ["draft", "submitted", "retired"])
def test_only_adopted_measures_are_reported_on(state):
    measure = led_measure(state=state)
    with pytest.raises(Closed):
        report(measure, coordinator(measure.municipality))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"light": "unknown"}, "light"),
        ({"light": ""}, "light"),
        ({"light": "stuck", "text": "  "}, "text"),
        ({"light": "at_risk"}, "text"),
        ({"next_step": "x" * 301}, "next_step"),
    ],
)
def test_what_does_not_fit_is_named_and_leaves_nothing(facts, field):
    measure = led_measure()
    with pytest.raises(Invalid) as refusal:
        report(measure, coordinator(measure.municipality), **facts)
    assert list(refusal.value.fields) == [field]
    assert not queries.reports_of(measure).exists()
    assert not Event.objects.exists()


def test_a_signed_link_reports_once():
    measure = led_measure()
    at = timezone.now()
    link = sign_link("report-status", measure, function="Verein", at=at, days=1)
    report(measure, link_holder(measure), signed=link)
    with pytest.raises(LinkSpent):
        report(measure, link_holder(measure), signed=link)
    assert queries.reports_of(measure).count() == 1


def test_a_refused_report_gives_the_link_back():
    measure = led_measure()
    link = sign_link("report-status", measure, function="V", at=timezone.now(), days=1)
    with pytest.raises(Invalid):
        report(measure, link_holder(measure), light="stuck", signed=link)
    assert not SpentLink.objects.exists()
    assert report(measure, link_holder(measure), signed=link)


def test_a_link_for_something_else_is_forged_here():
    measure, other = led_measure(), led_measure()
    link = sign_link("report-status", other, function="V", at=timezone.now(), days=1)
    with pytest.raises(LinkForged):
        report(measure, coordinator(measure.municipality), signed=link)


def test_asking_is_remembered_once_a_day():
    measure = led_measure()
    by, at = coordinator(measure.municipality), timezone.now()
    assert actions.request_report(measure, by=by, at=at) is True
    assert actions.request_report(measure, by=by, at=at + dt.timedelta(hours=2)) is False
    assert actions.request_report(measure, by=by, at=at + dt.timedelta(hours=25)) is True
    events = Event.objects.filter(kind="report.requested")
    assert [e.data["organisation"] for e in events] == [measure.lead_id] * 2
    assert not any(e.is_public for e in events)


def test_only_the_coordination_asks():
    measure = led_measure()
    for by in (person_of_the_lead(measure), visitor(measure.municipality)):
        with pytest.raises(NotAllowed):
            actions.request_report(measure, by=by, at=timezone.now())
        with pytest.raises(NotAllowed):
            actions.request_reports(measure.goal.field.concept, by=by, at=timezone.now())


def test_nobody_to_ask_is_said():
    by_lead = led_measure(lead=None)
    with pytest.raises(NotReady, match=r"no lead|Federführung"):
        actions.request_report(by_lead, by=coordinator(by_lead.municipality), at=timezone.now())
    silent = led_measure()
    silent.lead.email = ""
    silent.lead.save()
    with pytest.raises(NotReady, match=silent.lead.title):
        actions.request_report(silent, by=coordinator(silent.municipality), at=timezone.now())


def test_asking_all_asks_the_silent_ones_and_names_whom_it_cannot_reach():
    measure = led_measure()
    concept = measure.goal.field.concept
    type(concept).objects.filter(pk=concept.pk).update(happened_on=timezone.localdate() - 800 * DAY)
    told = MeasureFactory(goal=measure.goal, state="adopted", lead=measure.lead)
    StatusReportFactory(measure=told)
    alone = MeasureFactory(goal=measure.goal, state="adopted")
    by, at = coordinator(measure.municipality), timezone.now()

    first = actions.request_reports(concept, by=by, at=at)
    again = actions.request_reports(concept, by=by, at=at)

    assert (first.asked, first.already, first.unreachable) == (1, 0, (alone,))
    assert (again.asked, again.already) == (0, 1)
    assert [e.thing_id for e in Event.objects.all()] == [measure.pk]
