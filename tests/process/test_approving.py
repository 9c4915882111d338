"""After the meeting: corrections, the approval of the body, and what is frozen by it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.process import actions, queries
from miteinander.process.actions import Agreement, Dissenting
from miteinander.process.models import Attendance, Minutes
from miteinander.process.queries.sheets import is_as_frozen, minutes_sheet
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
CORRECTION = {"passage": "dreißig Plätze", "proposal": "vierzig Plätze", "reason": "So gesagt."}


@pytest.fixture
def body():
    return make.BodyFactory()


@pytest.fixture
def meeting(body):
    process = make.ProcessFactory(municipality=body.municipality)
    return make.MeetingFactory(process=process, body=body, happened_on=TODAY)


@pytest.fixture
def chair(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": NOW}


@pytest.fixture
def seat(body):
    return make.SeatFactory(body=body, function="Sitz Schule")


@pytest.fixture
def minutes(meeting, chair):
    return actions.record_minutes(meeting, text="Es gibt dreißig Plätze im Haus.", **chair)


@pytest.fixture
def handed(minutes, chair):
    return actions.hand_round_minutes(minutes, **chair)


def member_of(seat, **more):
    return make.member(seat.body.municipality, seats=(make.seat_held(seat),), **more)


def propose(minutes, seat, at=NOW, **more):
    words = {**CORRECTION, **more}
    return actions.propose_correction(minutes, **words, by=member_of(seat), at=at)


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


# --- the time for corrections ------------------------------------------------------------------


def test_minutes_are_handed_round_for_as_many_days_as_the_body_has(body, minutes, chair):
    body.correction_days = 5
    body.save()

    for _time in range(2):
        handed = actions.hand_round_minutes(minutes, **chair)

    assert (handed.state, handed.corrections_until) == ("round", TODAY + 5 * DAY)
    assert kinds() == ["minutes.recorded", "minutes.handed_round"]


def test_fourteen_days_unless_the_body_says_otherwise_and_a_later_day_on_request(minutes, chair):
    assert actions.hand_round_minutes(minutes, **chair).corrections_until == TODAY + 14 * DAY

    later = actions.hand_round_minutes(minutes, until=TODAY + 20 * DAY, **chair)

    assert later.corrections_until == TODAY + 20 * DAY
    with pytest.raises(Invalid):
        actions.hand_round_minutes(minutes, until=TODAY - DAY, **chair)


def test_corrections_are_possible_on_the_last_day_and_not_after_it(handed, seat):
    last = NOW + 14 * DAY
    propose(handed, seat, at=last)

    with pytest.raises(Closed) as refused:
        propose(handed, seat, at=last + DAY, proposal="fünfzig Plätze")

    assert "2. Dezember 2026" in str(refused.value)
    assert handed.corrections.count() == 1


def test_a_draft_that_was_not_handed_round_takes_no_corrections(minutes, seat):
    with pytest.raises(Closed):
        propose(minutes, seat)


def test_the_same_correction_sent_twice_is_kept_once_and_empty_ones_name_every_field(handed, seat):
    propose(handed, seat)
    propose(handed, seat)

    assert handed.corrections.count() == 1
    with pytest.raises(Invalid) as refused:
        actions.propose_correction(
            handed, passage=" ", proposal="", reason="", by=member_of(seat), at=NOW
        )
    assert set(refused.value.fields) == {"passage", "proposal", "reason"}


def test_a_taken_correction_is_put_into_the_text_and_one_declined_has_its_reason(
    handed, seat, chair
):
    first = propose(handed, seat)
    second = propose(handed, seat, passage="im Haus", proposal="im Hof")

    actions.take_correction(first, **chair)
    with pytest.raises(Invalid):
        actions.decline_correction(second, response=" ", **chair)
    actions.decline_correction(second, response="Es war das Haus.", **chair)

    assert Minutes.objects.get().text == "Es gibt vierzig Plätze im Haus."
    states = [(c.state, c.response) for c in queries.corrections_of(handed)]
    assert states == [("taken", ""), ("declined", "Es war das Haus.")]
    assert kinds()[-2:] == ["minutes.correction_taken", "minutes.correction_declined"]


def test_an_answer_is_final_and_given_twice_it_is_one(handed, seat, chair):
    correction = propose(handed, seat)
    actions.take_correction(correction, **chair)
    actions.take_correction(correction, **chair)

    with pytest.raises(Closed):
        actions.decline_correction(correction, response="Doch nicht", **chair)

    assert kinds().count("minutes.correction_taken") == 1
    assert Minutes.objects.get().text.count("vierzig") == 1


def test_a_passage_that_stands_there_twice_is_left_to_the_hand(meeting, handed, seat, chair):
    text = "Es gibt dreißig Plätze. Noch einmal: dreißig Plätze."
    actions.record_minutes(meeting, text=text, seen=handed.revision, **chair)

    actions.take_correction(propose(handed, seat), **chair)

    assert Minutes.objects.get().text == text


# --- the approval ------------------------------------------------------------------------------


def test_without_a_meeting_the_time_must_be_over(minutes, chair):
    with pytest.raises(NotReady) as refused:
        actions.approve_minutes(minutes, way="silence", **chair)
    assert len(refused.value.points) == 1

    actions.hand_round_minutes(minutes, **chair)
    for days, may in ((0, False), (14, False), (15, True)):
        now = {"by": chair["by"], "at": NOW + days * DAY}
        if may:
            approved = actions.approve_minutes(minutes, way="silence", **now)
        else:
            with pytest.raises(NotReady):
                actions.approve_minutes(minutes, way="silence", **now)

    assert (approved.approved_by, approved.approved_on) == ("silence", TODAY + 15 * DAY)


@pytest.mark.parametrize("way", ["body", "silence"])
def test_every_correction_has_its_answer_before_the_approval(handed, seat, chair, way):
    correction = propose(handed, seat)
    after = {"by": chair["by"], "at": NOW + 20 * DAY}

    with pytest.raises(NotReady) as refused:
        actions.approve_minutes(handed, way=way, **after)

    assert [str(point) for point in refused.value.points] == [
        "Ein Änderungswunsch wartet auf eine Antwort."
    ]
    actions.decline_correction(correction, response="Nein", **chair)
    assert actions.approve_minutes(handed, way=way, **after).checksum


def test_the_body_approves_in_a_later_meeting_of_its_own(meeting, handed, chair):
    day = TODAY + 3 * DAY
    later = make.MeetingFactory(process=meeting.process, body=meeting.body, happened_on=day)
    other = make.MeetingFactory(process=meeting.process, happened_on=day)
    then = {"by": chair["by"], "at": NOW + 3 * DAY}

    for wrong in ({"approved_in": other}, {"approved_in": later, "on": TODAY}):
        with pytest.raises(Invalid):
            actions.approve_minutes(handed, **wrong, **then)
    approved = actions.approve_minutes(handed, approved_in=later, **then)

    assert (approved.approved_in, approved.approved_on) == (later, day)
    assert json.loads(approved.frozen)["approval"]["in"] == later.identifier
    assert list(queries.later_meetings(meeting, day=day)) == [later, meeting]


def test_a_chair_who_leaves_while_minutes_are_written_leaves_them_approvable(body, handed):
    """The deputy of who leads, another lead, and the coordination: each of them can go on."""
    town = body.municipality
    left = make.SeatFactory(body=body, leads=True, holder=None)
    another = make.SeatFactory(body=body, leads=True)
    deputy = make.member(town, seats=(make.seat_held(left, as_deputy=True, speaks=True),))
    gone = make.member(town)
    people = [deputy, member_of(another), make.coordinator(town), gone]

    def may(right):
        return [allowed(somebody, right, handed.meeting) for somebody in people]

    assert (
        may("process.approve_minutes") == may("process.edit_minutes") == [True, True, True, False]
    )
    assert [handed in queries.minutes_to_approve(town, each) for each in people] == [
        True, True, True, False
    ]  # fmt: skip
    approved = actions.approve_minutes(handed, by=deputy, at=NOW)
    assert approved.state == "approved"


def attend(meeting, **more):
    return Attendance.objects.create(meeting=meeting, came=True, **more)


@pytest.fixture
def full(meeting, minutes, seat, chair):
    """Minutes with one of everything in them."""
    organisation = make.OrganisationFactory(municipality=meeting.municipality, title="Schulamt")
    person = make.PersonFactory(municipality=meeting.municipality, name="Erika Mustermann")
    attend(meeting, person=person, seat=seat, organisation=organisation)
    attend(meeting, function="Gast", name="Max Beispiel", email="max@beispiel.example")
    actions.agree_task(meeting, Agreement("Raum suchen", "Amt", TODAY + DAY), **chair)
    actions.resolve(
        meeting.process,
        body=meeting.body,
        meeting=meeting,
        title="Wir mieten das Haus",
        on=TODAY,
        kind="other",
        result="majority",
        votes_for=5,
        votes_against=2,
        abstentions=1,
        dissents=[Dissenting("Sitz Schule", "Das Haus ist zu weit weg.")],
        **chair,
    )
    actions.hand_round_minutes(minutes, **chair)
    actions.take_correction(propose(minutes, seat), **chair)
    return minutes


def test_what_is_frozen_holds_everything_and_no_names(full, chair):
    approved = actions.approve_minutes(full, **chair)

    content = json.loads(approved.frozen)
    assert is_as_frozen(approved)
    assert content["text"] == "Es gibt vierzig Plätze im Haus."
    assert content["present"] == {
        "seats": ["Sitz Schule"], "organisations": [["Schulamt", 1]], "total": 2
    }  # fmt: skip
    assert content["tasks"] == [
        {"what": "Raum suchen", "who": "Amt", "due": (TODAY + DAY).isoformat()}
    ]
    (taken,) = content["resolutions"]
    assert taken["votes"] == [5, 2, 1]
    assert taken["dissents"] == [["Sitz Schule", "Das Haus ist zu weit weg."]]
    assert [row["proposal"] for row in content["corrections"]] == ["vierzig Plätze"]
    for name in ("Mustermann", "Beispiel", "max@"):
        assert name not in approved.frozen
    assert Event.objects.get(kind="minutes.approved").data["checksum"] == approved.checksum


def test_what_happens_later_does_not_reach_into_approved_minutes(meeting, full, chair):
    before = minutes_sheet(full)
    approved = actions.approve_minutes(full, **chair)
    task = meeting.tasks.get()
    actions.move_task(task, due=TODAY + 30 * DAY, reason="Urlaub", **chair)
    actions.hand_over_task(task, owner_function="Museum", reason="Hat Räume", **chair)
    Attendance.objects.update(came=False)

    assert minutes_sheet(approved) == before


def test_every_attempt_to_change_approved_minutes_is_refused(meeting, full, seat, chair):
    item = make.AgendaItemFactory(meeting=meeting)
    correction = full.corrections.get()
    approved = actions.approve_minutes(full, **chair)

    for attempt in (
        lambda: actions.record_minutes(meeting, text="Anders", seen=approved.revision, **chair),
        lambda: actions.write_passage(item, text="Anders", seen=queries.mark_of(""), **chair),
        lambda: actions.hand_round_minutes(approved, **chair),
        lambda: propose(approved, seat),
        lambda: actions.decline_correction(correction, response="Nein", **chair),
        lambda: actions.approve_minutes(approved, **chair),
        lambda: actions.begin_item(item, **chair),
        lambda: actions.end_item(item, **chair),
    ):
        with pytest.raises(Closed):
            attempt()

    assert Minutes.objects.get().text == approved.text


@pytest.mark.parametrize(
    "attempt",
    [
        lambda rows: rows.update(text="Anders"),
        lambda rows: rows.update(checksum=""),
        lambda rows: rows.update(frozen="{}"),
        lambda rows: rows.update(state="draft"),
        lambda rows: rows._raw_delete("default"),
    ],
    ids=["wording", "checksum", "content", "state", "row"],
)
def test_the_database_itself_refuses_to_change_approved_minutes(full, chair, attempt):
    approved = actions.approve_minutes(full, **chair)

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        attempt(Minutes.objects.filter(pk=approved.pk))

    assert is_as_frozen(Minutes.objects.get())
    assert connection.vendor in {"sqlite", "postgresql"}


def test_later_finds_are_remarks_beside_approved_minutes(minutes, chair):
    with pytest.raises(Closed):
        actions.add_remark(minutes, text="Es waren 41.", **chair)
    approved = actions.approve_minutes(minutes, **chair)
    with pytest.raises(Invalid):
        actions.add_remark(approved, text=" ", **chair)

    for _time in range(2):
        actions.add_remark(approved, text="Es waren 41.", **chair)

    (remark,) = queries.remarks_of(approved)
    assert (remark.text, remark.function, remark.made_on) == ("Es waren 41.", "Koordination", TODAY)
    assert kinds()[-1] == "minutes.remarked"
    assert is_as_frozen(Minutes.objects.get())
