"""Ten minutes for the steering group: whole, short, and new since one last looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption.models import Voice
from miteinander.adoption.states import Choice
from miteinander.community.actions import forget_person
from miteinander.core.standing import Role, SeatHeld
from miteinander.strategy import actions
from miteinander.strategy.models import BriefLook, Measure
from miteinander.workspace.brief import as_document, brief_of
from tests import factories as make
from tests.adoption.ballots import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def goals(concept):
    return [
        make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, position=n))
        for n in (1, 2)
    ]


def reader_of(concept, **more):
    user = make.UserFactory()
    return make.coordinator(concept.municipality, user=user.pk, **more)


def parts(brief):
    return {part.name: part for part in brief.parts}


def test_it_says_what_to_decide_what_stands_what_is_missing_and_what_overlaps(concept, goals):
    first = make.MeasureFactory(goal=goals[0], title="Kurse", state="submitted")
    second = make.MeasureFactory(goal=goals[1], title="Treffs", state="draft")
    make.ObjectionFactory(measure=first, reason="Zu spät")
    make.OverlapFactory(concept=concept, first=first, second=second)
    found = parts(brief_of(concept, reader_of(concept)))
    assert list(found) == ["decide", "changed", "objections", "gaps", "overlaps"]
    assert [line.text.split()[-1] for line in found["decide"].lines] == ["Kurse"]
    assert "Zu spät" in found["objections"].lines[0].detail
    assert "Kurse" in found["overlaps"].lines[0].text
    assert found["gaps"].lines


def test_what_ones_own_seat_has_said_is_not_to_be_decided_again(concept, goals):
    measure = make.MeasureFactory(goal=goals[0], state="submitted")
    body = make.BodyFactory(municipality=concept.municipality, body_kind="steering_group")
    seat = make.SeatFactory(body=body)
    held = SeatHeld(seat.pk, body.pk, "steering_group", as_deputy=False, speaks=True)
    reader = reader_of(concept, seats=(held,))
    assert len(parts(brief_of(concept, reader))["decide"].lines) == 1
    Voice.objects.create(measure=measure, seat=seat, choice=Choice.AGREE, cast_at=timezone.now())
    assert parts(brief_of(concept, reader))["decide"].lines == ()


def test_ballots_that_wait_for_ones_own_vote_come_first(concept, goals):
    make.MeasureFactory(goal=goals[0], title="Kurse", state="submitted")
    ballot = opened("consent", town=concept.municipality, title="Kommt das Konzept so?")
    opened("consent", town=concept.municipality, title="Anderswo")
    type(ballot).objects.filter(pk=ballot.pk).update(process=concept.process)
    seat = ballot.body.seats.first()
    held = SeatHeld(seat.pk, ballot.body_id, "steering_group", as_deputy=False, speaks=True)
    reader = reader_of(concept, seats=(held,))
    decide = parts(brief_of(concept, reader))["decide"]
    assert [line.text.split()[-1] for line in decide.lines] == ["so?", "Kurse"]
    assert decide.lines[0].url == reverse("workspace:vote_in", args=[ballot.identifier])
    ballot.electors.filter(seat=seat).update(has_voted=True)
    assert len(parts(brief_of(concept, reader))["decide"].lines) == 1
    assert len(parts(brief_of(concept, reader_of(concept)))["decide"].lines) == 1


def test_changed_is_what_happened_since_the_visit_before(concept, goals):
    reader = reader_of(concept)
    by, day = make.coordinator(concept.municipality), dt.timedelta(days=1)
    now = timezone.now()

    def looks(at):
        return brief_of(concept, replace(reader, at=at))

    assert looks(now).since is None
    measure = actions.grow_measure(goals[0], title="Neu", by=by, at=now + day)
    actions.edit_measure(
        measure, changes={"text": "x"}, revision=measure.revision, by=by, at=now + day
    )
    later = looks(now + 2 * day)
    assert later.since == now
    assert len(parts(later)["changed"].lines) == 1, "one line for each thing, the latest"
    again = looks(now + 2 * day + dt.timedelta(minutes=30))
    assert again.since == now, "a reload is the same visit"
    assert parts(looks(now + 4 * day))["changed"].lines == ()


@pytest.mark.parametrize("count", [1, 500])
def test_five_hundred_measures_cost_eight_queries_and_are_read_in_ten_minutes(
    concept, goals, count, django_assert_num_queries
):
    rows = [
        Measure(
            municipality=concept.municipality, goal=goals[n % 2], position=n, state="submitted",
            title=f"Maßnahme {n} mit einem Titel aus mehreren Wörtern", summary="Worte " * 45,
            kind="measure", language="de",
        )
        for n in range(count)
    ]  # fmt: skip
    for row in rows:
        row.save()
    for row in rows[:40]:
        make.ObjectionFactory(measure=row, reason="Grund " * 200)
    for one, other in zip(rows[0:40:2], rows[1:41:2], strict=True) if count > 1 else ():
        make.OverlapFactory(concept=concept, first=one, second=other)
    seat = make.SeatFactory()
    held = SeatHeld(seat.pk, seat.body_id, "steering_group", as_deputy=False, speaks=True)
    reader = reader_of(concept, seats=(held,))
    brief_of(concept, reader)
    later = replace(reader, at=reader.at + dt.timedelta(days=1))
    # load map 2, look 2 (another visit is written), overlaps, objections, changes, own voices
    with django_assert_num_queries(8):
        found = brief_of(concept, later)
    assert found.minutes <= 10
    if count > 1:
        assert parts(found)["decide"].more == count - len(parts(found)["decide"].lines)


def test_a_reader_who_is_forgotten_leaves_no_trace_of_having_looked(client, concept):
    user = make.sign_in(client, concept.municipality, Role.MEMBER)
    client.get(reverse("workspace:brief", args=[concept.identifier]))
    assert BriefLook.objects.filter(user=user).count() == 1
    forget_person(user.people.get(), by=make.coordinator(concept.municipality), at=timezone.now())
    assert not BriefLook.objects.exists()


def test_page_and_paper_show_the_same(client, concept, goals):
    make.MeasureFactory(goal=goals[0], title="Kurse", state="submitted")
    make.sign_in(client, concept.municipality, Role.MEMBER)
    page = client.get(reverse("workspace:brief", args=[concept.identifier]))
    assert "Kurse" in page.content.decode()
    document = as_document(page.context["brief"], make.coordinator(concept.municipality))
    assert [s.title for s in document.sections] == [p.title for p in page.context["brief"].parts]
    paper = client.get(reverse("workspace:brief_file", args=[concept.identifier, "pdf"]))
    assert paper.content.startswith(b"%PDF-")
    assert (
        client.get(reverse("workspace:brief_file", args=[concept.identifier, "exe"])).status_code
        == 404
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_measure_as_for_many(
    client, concept, goals, count, django_assert_num_queries
):
    make.sign_in(client, concept.municipality)
    for n in range(count):
        make.MeasureFactory(goal=goals[0], title=f"Nummer {n}", state="submitted")
    here = reverse("workspace:brief", args=[concept.identifier])
    client.get(here)
    # town, session, account, membership, seats; concept; the six of the brief
    with django_assert_num_queries(12):
        client.get(here)
