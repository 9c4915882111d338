"""Table plans: computed, changed by hand with the effect known, undone, thrown away."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, EventDetail
from miteinander.core.rights import allowed
from miteinander.documents import seating as papers
from miteinander.process import actions, insights, queries
from miteinander.process.actions import Seatable
from miteinander.process.models import Attendance, Guest, TablePlan
from miteinander.process.tasks import seat_people
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return make.coordinator(town)


@pytest.fixture
def meeting(town):
    process = make.ProcessFactory(municipality=town)
    return make.MeetingFactory(process=process, body=make.BodyFactory(municipality=town))


def guests(count=12):
    return [
        Seatable(
            name=f"Gast {n:02}",
            organisation=f"Verein {n // 4}",
            values={"language": "ar" if n % 3 == 0 else "de", "perspective": ""},
        )
        for n in range(count)
    ]


@pytest.fixture
def plan(meeting, by):
    made = actions.plan_tables(
        meeting, title="Fachrunde", source="coming", tables=3, rounds=2, guests=guests(),
        mix=["language"], by=by, at=by.at,
    )  # fmt: skip
    seat_people(made.pk)
    made.refresh_from_db()
    return made


def quality(plan):
    seated = queries.seated_in(plan)
    return insights.judge(insights.guesting_of(seated), [g.seats for g in seated.guests])


def test_everybody_sits_once_in_each_round_and_tables_are_equal(plan):
    seated = queries.seated_in(plan)

    assert plan.state == "ready"
    for number in (1, 2):
        sizes = [len(people) for _table, people in seated.tables(number)]
        assert sizes == [4, 4, 4]
    assert (quality(plan).deviation, quality(plan).apart_broken) == (0, 0)


def test_wishes_of_two_are_kept_when_computed_anew(plan, by):
    first, second, third = (g.pk for g in queries.seated_in(plan).guests[:3])
    actions.wish_seating(plan, one=second, other=first, together=True, by=by, at=by.at)
    actions.wish_seating(plan, one=first, other=third, together=False, by=by, at=by.at)
    actions.seat_again(plan, by=by, at=by.at)
    seat_people(plan.pk)
    seats = {g.pk: g.seats for g in queries.seated_in(plan).guests}

    assert seats[first] == seats[second]
    assert all(a != b for a, b in zip(seats[first], seats[third], strict=True))


def test_a_change_by_hand_is_seen_in_the_quality_and_can_be_taken_back(plan, by):
    before = quality(plan)
    guest = queries.seated_in(plan).guests[0]
    was = list(guest.seats)
    to = was[0] % 3 + 1
    plan = actions.move_guest(
        plan, guest=guest.pk, round_number=1, to=to, with_guest=None, seen=plan.revision,
        by=by, at=by.at,
    )  # fmt: skip

    guest.refresh_from_db()
    assert guest.seats == [to, was[1]]
    assert (quality(plan).smallest, quality(plan).largest) == (3, 5)
    plan = actions.undo_seating(plan, seen=plan.revision, by=by, at=by.at)
    guest.refresh_from_db()
    assert (guest.seats, quality(plan)) == (was, before)
    with pytest.raises(Closed):
        actions.undo_seating(plan, seen=plan.revision, by=by, at=by.at)


def test_two_change_places(plan, by):
    seated = queries.seated_in(plan)
    one = seated.guests[0]
    other = next(g for g in seated.guests if g.seats[1] != one.seats[1])
    actions.move_guest(
        plan, guest=one.pk, round_number=2, to=None, with_guest=other.pk, seen=plan.revision,
        by=by, at=by.at,
    )  # fmt: skip
    after = {g.pk: g.seats[1] for g in Guest.objects.filter(plan=plan)}

    assert (after[one.pk], after[other.pk]) == (other.seats[1], one.seats[1])


def test_whoever_saw_an_older_plan_is_told(plan, by):
    guest = queries.seated_in(plan).guests[0]
    move = {"guest": guest.pk, "round_number": 1, "with_guest": None, "by": by, "at": by.at}
    seen = plan.revision
    actions.move_guest(plan, **move, to=guest.seats[0] % 3 + 1, seen=seen)
    with pytest.raises(Closed):
        actions.move_guest(plan, **move, to=guest.seats[0], seen=seen)


def test_a_latecomer_sits_where_the_mix_suffers_least(plan, by):
    seated = queries.seated_in(plan)
    seats = insights.best_tables(
        insights.guesting_of(seated), [g.seats for g in seated.guests], ["ar"], "Verein 9"
    )
    made = actions.seat_latecomer(
        plan, name="Spät", organisation="Verein 9", values={"language": "ar"}, seats=seats,
        by=by, at=by.at,
    )  # fmt: skip

    assert (len(made.seats), quality(plan).largest, quality(plan).deviation) == (2, 5, 0)
    with pytest.raises(Invalid):
        actions.seat_latecomer(
            plan, name="spät", organisation="Verein 9", values={}, seats=seats, by=by, at=by.at
        )


def test_more_tables_than_people_and_no_people_are_refused(meeting, by):
    for people, field in (([], "source"), (guests(2), "tables")):
        with pytest.raises(Invalid) as refused:
            actions.plan_tables(
                meeting, title="Zu viele", source="file", tables=3, rounds=1, guests=people,
                by=by, at=by.at,
            )  # fmt: skip
        assert list(refused.value.fields) == [field]


def test_whoever_comes_and_whoever_sits_in_the_body_can_be_seated(meeting, town):
    person = make.PersonFactory(municipality=town, name="Ada")
    make.SeatFactory(body=meeting.body, holder=person)
    make.SeatFactory(body=meeting.body, holder=person)
    Attendance.objects.create(meeting=meeting, name="Gast", state="coming")
    Attendance.objects.create(meeting=meeting, name="Absage", state="declined")

    assert [each.name for each in queries.seated_by_body(meeting)] == ["Ada"]
    assert [each.name for each in queries.coming_to(meeting)] == ["Gast"]


def test_the_memory_knows_the_plan_and_nobody_in_it(plan, by):
    actions.drop_plan(plan, by=by, at=by.at)
    told = [str(e.data) for e in Event.objects.filter(kind__startswith="tables.")]
    told += [str(d.data) for d in EventDetail.objects.all()]

    assert len(told) >= 2
    assert not [text for text in told if "Gast" in text]
    assert not TablePlan.objects.exists()
    assert not Guest.objects.exists()


def test_the_files_hold_everybody_and_no_formula(plan, by):
    actions.seat_latecomer(
        plan, name="=Böse()", organisation="", values={}, seats=[1, 2], by=by, at=by.at
    )
    seated = queries.seated_in(plan)
    rows = list(load_workbook(BytesIO(papers.table_of(seated, "xlsx"))).active.values)
    written = papers.table_of(seated, "csv").decode("utf-8-sig").splitlines()

    assert (len(rows), len(written)) == (14, 14)
    assert rows[0] == ("Name", "Organisation", "Tisch, Runde 1", "Tisch, Runde 2")
    assert ("'=Böse()", None, 1, 2) in rows or ("'=Böse()", "", 1, 2) in rows
    assert any(line.startswith("'=Böse()") for line in written)


def test_the_signs_name_the_table_of_each_round(plan):
    made = papers.signs_of(queries.seated_in(plan), "tent", language="de")
    guest = plan.guests.get(name=made.signs[0].name)
    first, second = guest.seats

    assert len(made.signs) == 12
    assert made.signs[0].place == f"Runde 1: Tisch {first} · Runde 2: Tisch {second}"
    assert made.way.address.endswith(plan.meeting.identifier)


def test_who_seats_and_who_sees(plan, town):
    seat = make.SeatFactory(body=plan.meeting.body)
    leader = make.seat_held(make.SeatFactory(body=plan.meeting.body, leads=True))
    may = {
        name: tuple(
            allowed(who, f"process.{right}", plan.meeting)
            for right in ("see_tables", "seat_people")
        )
        for name, who in {
            "coordinator": make.coordinator(town),
            "leads": make.member(town, seats=(leader,)),
            "sits": make.member(town, seats=(make.seat_held(seat),)),
            "member": make.member(town),
            "visitor": make.visitor(town),
            "elsewhere": make.coordinator(make.MunicipalityFactory()),
        }.items()
    }

    assert may == {
        "coordinator": (True, True),
        "leads": (True, True),
        "sits": (True, False),
        "member": (False, False),
        "visitor": (False, False),
        "elsewhere": (False, False),
    }
