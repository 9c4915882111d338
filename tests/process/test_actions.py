"""From the mandate to the resolution: what is remembered, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Conflict, Invalid, NotReady
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.actions import Agreement, Mandate
from miteinander.process.models import Meeting, Minutes, Process, Resolution, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.fixture
def committee(town):
    return make.BodyFactory(municipality=town, title="Sozialausschuss", body_kind="committee")


@pytest.fixture
def process(town):
    return make.ProcessFactory(municipality=town, starts=dt.date(2026, 1, 31))


@pytest.fixture
def meeting(process, by):
    body = make.BodyFactory(municipality=process.municipality)
    return actions.announce_meeting(process, body=body, title="Auftakt", on=TODAY, **by)


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def details(town, **more):
    office = make.OfficeFactory(municipality=town)
    return {
        "title": "Integrationskonzept",
        "question": "Wie leben wir gut zusammen?",
        "lead_office": office,
        "planned_months": 18,
        "starts": TODAY,
        **more,
    }


def test_process_begins_with_its_mandate_on_the_thread(town, committee, by):
    mandate = Mandate(committee, TODAY - DAY, "Die Stadt soll ein Konzept bekommen")

    process = actions.create_process(town, **details(town), mandate=mandate, **by)

    assert not process.is_public
    assert kinds() == ["process.created", "resolution.taken"]
    resolution = queries.mandate_of(process)
    assert (resolution.body, resolution.result) == (committee, "agreed")
    before = thread_of(process.as_thing(), public_only=False).before
    assert [step.thing for step in before] == [resolution.as_thing()]
    assert list(process.bodies.all()) == [committee]


def test_refused_mandate_leaves_no_process_and_names_its_field(town, committee, by):
    mandate = Mandate(committee, TODAY + DAY, "Die Stadt soll ein Konzept bekommen")

    with pytest.raises(Invalid) as refused:
        actions.create_process(town, **details(town), mandate=mandate, **by)

    assert list(refused.value.fields) == ["mandate_on"]
    assert (Process.objects.count(), kinds()) == (0, [])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"planned_months": 0}, "planned_months"),
        ({"planned_months": 121}, "planned_months"),
        ({"title": "integrationsKONZEPT "}, "title"),
    ],
)
def test_process_that_does_not_fit_is_refused(town, by, more, field):
    actions.create_process(town, **details(town), **by)

    with pytest.raises(Invalid) as refused:
        actions.create_process(town, **details(town, **more), **by)

    assert field in refused.value.fields
    assert Process.objects.count() == 1


def test_publishing_names_all_open_points_at_once(town, by):
    process = actions.create_process(town, **details(town), **by)

    with pytest.raises(NotReady) as refused:
        actions.publish_process(process, by=by["by"], at=NOW)

    assert len(refused.value.points) == 2


def test_publishing_opens_what_public_bodies_did_and_nothing_else(town, committee, by):
    mandate = Mandate(committee, TODAY, "Mandat")
    process = actions.create_process(town, **details(town), mandate=mandate, **by)
    actions.plan_phase(process, title="Beteiligung", kind="participation", starts=TODAY, **by)
    closed = make.BodyFactory(municipality=town, is_public=False)
    opened = actions.announce_meeting(process, body=committee, title="Sitzung", on=TODAY, **by)
    hidden = actions.announce_meeting(process, body=closed, title="Intern", on=TODAY, **by)
    for each in (opened, hidden):
        minutes = actions.record_minutes(each, text="Gesagt", **by)
        actions.approve_minutes(minutes, **by)
    draft = actions.announce_meeting(process, body=committee, title="Zweite", on=TODAY, **by)
    actions.record_minutes(draft, text="Entwurf", **by)
    assert not any(row.is_public for row in (*Meeting.objects.all(), *Minutes.objects.all()))

    actions.publish_process(process, **by)
    actions.publish_process(process, **by)

    public = {
        *Meeting.objects.filter(is_public=True).values_list("title", flat=True),
        *Minutes.objects.filter(is_public=True).values_list("meeting__title", flat=True),
        *Resolution.objects.filter(is_public=True).values_list("title", flat=True),
    }
    assert public == {"Sitzung", "Zweite", "Mandat"}
    assert not Minutes.objects.get(meeting=draft).is_public
    assert kinds().count("process.published") == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends": TODAY - DAY}, "ends"),
        ({"permits": ["contribute", "rule"]}, "permits"),
        ({"title": "phase eins"}, "title"),
    ],
)
def test_phase_that_does_not_fit_is_refused(process, by, more, field):
    make.PhaseFactory(process=process, title="Phase eins")
    wanted = {"title": "Phase zwei", "kind": "participation", "starts": TODAY, **more}

    with pytest.raises(Invalid) as refused:
        actions.plan_phase(process, **wanted, **by)

    assert list(refused.value.fields) == [field]
    assert process.phases.count() == 1


def test_permits_are_kept_in_one_order_whatever_was_ticked_first(process, by):
    phase = actions.plan_phase(
        process,
        title="Beteiligung",
        kind="participation",
        starts=TODAY,
        ends=TODAY,
        permits=["draft", "contribute"],
        **by,
    )

    assert phase.permits == ["contribute", "draft"]


def test_closed_phase_stays_as_it_was(process, by):
    phase = make.PhaseFactory(process=process, starts=TODAY - DAY, ends=None)
    actions.close_phase(phase, **by)

    with pytest.raises(Closed):
        actions.close_phase(phase, **by)
    with pytest.raises(Closed):
        actions.change_phase(
            phase, title="Neu", kind="mandate", starts=TODAY, ends=None, permits=[], **by
        )

    phase.refresh_from_db()
    assert (phase.closed_on, kinds()) == (TODAY, ["phase.closed"])


def test_phase_that_has_not_begun_cannot_be_closed(process, by):
    phase = make.PhaseFactory(process=process, starts=TODAY + DAY, ends=None)

    with pytest.raises(Closed):
        actions.close_phase(phase, **by)


def test_meeting_takes_kind_and_publicity_from_its_body(process, committee, by):
    meeting = actions.announce_meeting(
        process, body=committee, title="Sitzung", on=TODAY, agenda=[" Bericht ", "", "Wahl"], **by
    )

    assert (meeting.meeting_kind, meeting.is_public) == ("committee", True)
    assert queries.agenda_of(meeting) == ["Bericht", "Wahl"]
    assert committee in process.bodies.all()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "auftakt"}, "title"),
        ({"starts_at": dt.time(18), "ends_at": dt.time(17)}, "ends_at"),
        ({"ends_at": dt.time(17)}, "starts_at"),
    ],
)
def test_meeting_that_does_not_fit_is_refused(process, meeting, by, more, field):
    wanted = {"title": "Zweite", "on": TODAY, "body": meeting.body, **more}

    with pytest.raises(Invalid) as refused:
        actions.announce_meeting(process, **wanted, **by)

    assert list(refused.value.fields) == [field]
    assert Meeting.objects.count() == 1


def test_agreement_becomes_a_task_once_however_often_the_form_is_sent(meeting, by):
    agreed = [Agreement("Raum suchen", "Amt für Integration", TODAY + DAY)]

    actions.record_minutes(meeting, text="Gesagt", agreements=agreed, **by)
    actions.record_minutes(meeting, text="Gesagt", agreements=agreed, **by)

    task = Task.objects.get()
    assert (task.owner_function, task.due) == ("Amt für Integration", TODAY + DAY)
    assert kinds().count("minutes.recorded") == 1
    assert "minutes.changed" not in kinds()


def test_task_is_ticked_off_once(meeting, by):
    task = Task.objects.create(meeting=meeting, what="Raum suchen", owner_function="Amt")

    actions.finish_task(task, **by)
    actions.finish_task(task, by=by["by"], at=NOW + DAY)

    task.refresh_from_db()
    assert (task.done_on, kinds().count("task.finished")) == (TODAY, 1)


def test_two_editors_of_minutes_both_keep_their_text(meeting, by):
    first = actions.record_minutes(meeting, text="Anfang", **by)
    actions.record_minutes(meeting, text="Ihr Text", seen=first.revision, **by)

    with pytest.raises(Conflict) as refused:
        actions.record_minutes(meeting, text="Mein Text", seen=first.revision, **by)

    assert refused.value.mine == {"text": "Mein Text"}
    assert refused.value.theirs == {"text": "Ihr Text"}
    actions.record_minutes(meeting, text="Beides", seen=refused.value.revision, **by)
    assert Minutes.objects.get().text == "Beides"


def test_two_who_begin_minutes_at_once_both_keep_their_text(meeting, by):
    actions.record_minutes(meeting, text="Ihr Text", **by)

    with pytest.raises(Conflict) as refused:
        actions.record_minutes(meeting, text="Mein Text", **by)

    assert refused.value.theirs == {"text": "Ihr Text"}


def test_approval_freezes_the_wording_and_opens_it(meeting, by):
    minutes = actions.record_minutes(meeting, text="Gesagt", **by)

    approved = actions.approve_minutes(minutes, seen=minutes.revision, **by)

    assert (approved.state, approved.approved_on, approved.is_public) == ("approved", TODAY, True)
    with pytest.raises(Closed):
        actions.approve_minutes(minutes, **by)
    with pytest.raises(Closed):
        actions.record_minutes(meeting, text="Anders", seen=approved.revision, **by)
    assert Minutes.objects.get().text == "Gesagt"


def test_nobody_approves_a_text_that_changed_while_they_read(meeting, by):
    read = actions.record_minutes(meeting, text="Gesagt", **by)
    actions.record_minutes(meeting, text="Anderes gesagt", seen=read.revision, **by)

    with pytest.raises(Closed):
        actions.approve_minutes(read, seen=read.revision, **by)

    assert Minutes.objects.get().approved_on is None


def test_minutes_of_a_meeting_that_lies_ahead_cannot_be_approved(process, committee, by):
    meeting = actions.announce_meeting(
        process, body=committee, title="Morgen", on=TODAY + DAY, **by
    )
    minutes = actions.record_minutes(meeting, text="Vorbereitet", **by)

    with pytest.raises(NotReady):
        actions.approve_minutes(minutes, **by)


def test_resolution_carries_what_was_decided_about(process, committee, by):
    meeting = make.MeetingFactory(process=process, body=committee, happened_on=TODAY)
    theme = make.ThemeFactory(process=process)

    resolution = actions.resolve(
        process,
        body=committee,
        meeting=meeting,
        title="Vorgestellt",
        on=TODAY,
        kind="presented",
        result="broad_consent",
        about=[theme],
        **by,
    )

    thread = thread_of(resolution.as_thing(), public_only=False)
    assert [(step.thing, step.relation) for step in thread.before] == [
        (theme.as_thing(), "decided_by")
    ]
    assert thread.context == meeting.title


def test_adoption_ends_the_making_and_a_rejection_does_not(process, committee, by):
    def decide(result, title):
        actions.resolve(
            process, body=committee, title=title, on=TODAY, kind="adoption", result=result, **by
        )
        process.refresh_from_db()
        return process.state, process.ended

    assert decide("rejected", "Erste Vorlage") == ("running", None)
    assert decide("unanimous", "Zweite Vorlage") == ("adopted", TODAY)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": TODAY + DAY}, "on"),
        ({"title": "schon gefasst"}, "title"),
        ({"kind": "mandate"}, "kind"),
        ({"result": "unanimous", "votes_for": 30, "votes_against": 1}, "result"),
        ({"result": "majority", "votes_for": 10, "votes_against": 10}, "result"),
        ({"result": "rejected", "votes_for": 11, "votes_against": 10}, "result"),
        ({"abstentions": 2}, "votes_for"),
    ],
)
def test_resolution_that_does_not_fit_is_refused(process, committee, by, more, field):
    known = {"body": committee, "on": TODAY, "result": "agreed"}
    actions.resolve(process, title="Schon gefasst", kind="mandate", **known, **by)
    wanted = {**known, "title": "Neu", "kind": "other", **more}

    with pytest.raises(Invalid) as refused:
        actions.resolve(process, **wanted, **by)

    assert list(refused.value.fields) == [field]
    assert Resolution.objects.count() == 1


def test_milestone_is_moved_by_its_name(process, by):
    actions.set_milestone(process, title="Entwurf", on=TODAY, **by)
    actions.set_milestone(process, title="Entwurf", on=TODAY + DAY, **by)

    assert [row.on for row in process.milestones.all()] == [TODAY + DAY]


def test_body_takes_part_once(process, committee, by):
    actions.attach_body(process, body=committee, **by)
    actions.attach_body(process, body=committee, **by)

    assert kinds() == ["process.body_attached"]
