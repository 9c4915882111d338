"""The process's room: forms lose nothing, rights hold, two editors keep both texts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.participation.actions import submit_contribution
from miteinander.process import actions
from miteinander.process.models import Meeting, Minutes, Phase, Process, Resolution, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def process(town):
    return make.ProcessFactory(municipality=town)


@pytest.fixture
def meeting(process, by):
    body = make.BodyFactory(municipality=process.municipality)
    return actions.announce_meeting(process, body=body, title="Auftakt", on=TODAY, **by)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def addresses(process, meeting, task, phase):
    """Every address of this stage that shows something, with who may open it."""
    everybody = [
        to("processes"),
        to("process", process.identifier),
        to("meetings"),
        to("meeting", meeting.identifier),
        to("tasks"),
    ]
    coordination = [
        to("process_new"),
        to("process_edit", process.identifier),
        to("process_body", process.identifier),
        to("milestone_new", process.identifier),
        to("phase_new", process.identifier),
        to("phase_edit", phase.pk),
        to("phase_close", phase.pk),
        to("meeting_new", process.identifier),
        to("meeting_edit", meeting.identifier),
        to("minutes_edit", meeting.identifier),
        to("resolution_new", process.identifier),
    ]
    return everybody, coordination


def test_every_address_by_role_and_town(client, town, process, meeting):
    task = Task.objects.create(meeting=meeting, what="Raum", owner_function="Amt")
    everybody, coordination = addresses(process, meeting, task, make.PhaseFactory(process=process))

    def statuses(role, of):
        make.sign_in(client, of, role)
        client.defaults["HTTP_HOST"] = town.host
        return (
            {client.get(each).status_code for each in everybody},
            {client.get(each).status_code for each in coordination},
        )

    assert statuses("coordinator", town) == ({200}, {200})
    assert statuses("member", town) == ({200}, {403})
    assert statuses("coordinator", make.MunicipalityFactory()) == ({404}, {404})
    client.logout()
    assert {client.get(each).status_code for each in (*everybody, *coordination)} == {302}


def test_things_of_another_town_are_not_there(client, town, by):
    make.sign_in(client, town)
    other = make.MeetingFactory(process=make.ProcessFactory())
    task = Task.objects.create(meeting=other, what="Raum", owner_function="Amt")
    phase = make.PhaseFactory(process=other.process)
    everybody, coordination = addresses(other.process, other, task, phase)
    lists = {to("processes"), to("meetings"), to("tasks"), to("process_new")}

    for each in {*everybody, *coordination} - lists:
        assert client.get(each).status_code == 404, each
    assert client.post(to("task_done", task.pk)).status_code == 404
    assert client.post(to("process_publish", other.process.identifier)).status_code == 404
    assert client.post(to("minutes_approve", other.identifier)).status_code == 404


def process_form(town, **more):
    office = make.OfficeFactory(municipality=town)
    committee = make.BodyFactory(municipality=town, body_kind="committee")
    return {
        "title": "Integrationskonzept",
        "question": "Wie leben wir gut zusammen?",
        "aims": "langfristig\nbedarfsorientiert\n",
        "lead_office": office.pk,
        "starts": str(TODAY),
        "planned_months": "18",
        "mandate_body": committee.pk,
        "mandate_on": str(TODAY - DAY),
        "mandate_title": "Die Stadt soll ein Konzept bekommen",
        "mandate_result": "agreed",
        **more,
    }


def test_process_and_mandate_are_set_up_with_one_form(client, town):
    make.sign_in(client, town)

    response = client.post(to("process_new"), process_form(town))

    process = Process.objects.get()
    assert (response.status_code, response.url) == (303, to("process", process.identifier))
    assert process.aims == ["langfristig", "bedarfsorientiert"]
    assert Resolution.objects.get().resolution_kind == "mandate"
    assert "noch nicht öffentlich" in text(client.get(response.url))


def test_form_sent_twice_is_refused_with_a_sentence(client, town):
    make.sign_in(client, town)
    data = process_form(town)
    client.post(to("process_new"), data)

    again = client.post(to("process_new"), data)

    assert (again.status_code, Process.objects.count()) == (422, 1)
    assert "Einen Prozess mit diesem Namen gibt es schon." in text(again)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts": "31.02.2026"}, "starts"),
        ({"planned_months": "viele"}, "planned_months"),
        ({"question": ""}, "question"),
        ({"mandate_on": str(TODAY + DAY)}, "mandate_on"),
        ({"lead_office": "999999"}, "lead_office"),
    ],
)
def test_wrong_entry_is_named_and_nothing_typed_is_lost(client, town, wrong, field):
    make.sign_in(client, town)
    typed = process_form(town, text="Ein langer Text, der nicht verloren gehen darf.", **wrong)

    response = client.post(to("process_new"), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    shown = text(response)
    assert "Ein langer Text, der nicht verloren gehen darf." in shown
    assert 'value="Integrationskonzept"' in shown
    assert Process.objects.count() == 0


def test_office_and_body_of_another_town_are_no_choice(client, town):
    make.sign_in(client, town)
    other = make.MunicipalityFactory()
    foreign = {
        "lead_office": make.OfficeFactory(municipality=other).pk,
        "mandate_body": make.BodyFactory(municipality=other).pk,
    }

    response = client.post(to("process_new"), process_form(town, **foreign))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(foreign)


def test_first_process_says_what_has_to_be_there_before(client, town):
    make.sign_in(client, town)

    shown = text(client.get(to("process_new")))

    assert to("organisations") in shown
    assert to("body_new") in shown


def test_publishing_too_early_lists_what_is_missing(client, town):
    make.sign_in(client, town)
    process = make.ProcessFactory(municipality=town, is_public=False)

    response = client.post(to("process_publish", process.identifier))

    assert response.status_code == 422
    shown = text(response)
    assert "Das Mandat ist noch nicht festgehalten." in shown
    assert "Es ist noch keine Phase geplant." in shown


def test_phase_is_planned_with_what_it_permits(client, process):
    make.sign_in(client, process.municipality)

    response = client.post(
        to("phase_new", process.identifier),
        {
            "title": "Beteiligung",
            "kind": "participation",
            "starts": str(TODAY),
            "ends": str(TODAY + DAY),
            "permits": ["contribute", "gather"],
        },
    )

    assert response.status_code == 303
    assert Phase.objects.get().permits == ["contribute", "gather"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": str(TODAY - DAY)}, "ends"),
        ({"permits": ["rule the town"]}, "permits"),
        ({"title": ""}, "title"),
    ],
)
def test_phase_that_does_not_fit_is_refused_at_its_field(client, process, wrong, field):
    make.sign_in(client, process.municipality)
    typed = {"title": "Runde", "kind": "participation", "starts": str(TODAY), **wrong}

    response = client.post(to("phase_new", process.identifier), typed)

    assert (response.status_code, Phase.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == [field]


def test_phase_with_open_answers_closes_only_with_a_public_reason(client, process):
    make.sign_in(client, process.municipality)
    phase = make.PhaseFactory(process=process)
    call = make.CallFactory(process=process, phase=phase)
    submit_contribution(
        call,
        text="Im Norden fehlt ein Treffpunkt.",
        may_publish=True,
        form_key="k",
        by=make.visitor(process.municipality),
        at=timezone.now(),
    )
    address = to("phase_close", phase.pk)

    refused = client.post(address, {"despite": ""})
    phase.refresh_from_db()
    assert (refused.status_code, phase.closed_on) == (422, None)

    client.post(address, {"despite": "Der Absender ist nicht erreichbar."})
    phase.refresh_from_db()
    assert phase.closed_on == TODAY
    public = text(client.get(process.get_absolute_url()))
    assert "Der Absender ist nicht erreichbar." in public


def test_closed_phase_cannot_be_edited(client, process, by):
    make.sign_in(client, process.municipality)
    phase = actions.close_phase(make.PhaseFactory(process=process), **by)
    typed = {"title": "Anders", "kind": "participation", "starts": str(TODAY)}

    response = client.post(to("phase_edit", phase.pk), typed)

    assert response.status_code == 422
    assert "Diese Phase ist schon abgeschlossen." in text(response)
    assert 'value="Anders"' in text(response)


def test_meeting_from_announcement_to_approved_minutes(client, process):
    make.sign_in(client, process.municipality)
    body = make.BodyFactory(municipality=process.municipality)
    announced = client.post(
        to("meeting_new", process.identifier),
        {
            "title": "Auftakt",
            "body": body.pk,
            "on": str(TODAY),
            "starts_at": "17:00",
            "agenda": "Begrüßung\nFragen",
        },
    )
    meeting = Meeting.objects.get()
    assert (announced.status_code, announced.url) == (303, to("meeting", meeting.identifier))

    client.post(
        to("minutes_edit", meeting.identifier),
        {
            "text": "Viel gehört.",
            "what_1": "Raum suchen",
            "who_1": "Amt für Integration",
            "due_1": str(TODAY + DAY),
        },
    )
    shown = text(client.get(announced.url))
    assert "Viel gehört." in shown
    assert "Raum suchen" in shown

    minutes = Minutes.objects.get()
    approved = client.post(
        to("minutes_approve", meeting.identifier), {"way": "body", "seen": minutes.revision}
    )
    assert approved.status_code == 303
    client.logout()
    assert "Viel gehört." in text(client.get(minutes.get_absolute_url()))


def test_second_editor_sees_both_texts_and_can_save_then(client, meeting, by):
    make.sign_in(client, meeting.municipality)
    address = to("minutes_edit", meeting.identifier)
    first = actions.record_minutes(meeting, text="Anfang", **by)
    actions.record_minutes(meeting, text="Der fremde Text", seen=first.revision, **by)

    refused = client.post(address, {"text": "Der eigene Text", "seen": first.revision})

    assert refused.status_code == 409
    assert "fremde" in text(refused)
    form = refused.context["form"]
    assert form["text"].value() == "Der eigene Text"
    saved = client.post(address, {"text": "Beide Texte", "seen": form["seen"].value()})
    assert saved.status_code == 303
    assert Minutes.objects.get().text == "Beide Texte"


def test_agreement_without_somebody_is_refused_and_kept(client, meeting):
    make.sign_in(client, meeting.municipality)

    response = client.post(
        to("minutes_edit", meeting.identifier), {"text": "Gesagt", "what_2": "Raum suchen"}
    )

    assert list(response.context["form"].errors) == ["who_2"]
    assert 'value="Raum suchen"' in text(response)
    assert (Minutes.objects.count(), Task.objects.count()) == (0, 0)


@pytest.mark.parametrize(("leads", "answers"), [(False, [403, 403]), (True, [200, 303])])
def test_who_leads_the_body_writes_and_approves_and_who_only_sits_there_reads(
    client, meeting, by, leads, answers
):
    user = make.sign_in(client, meeting.municipality, "member")
    make.SeatFactory(body=meeting.body, holder=Person.objects.get(user=user), leads=leads)
    actions.record_minutes(meeting, text="Noch vertraulich", **by)

    assert "Noch vertraulich" in text(client.get(to("meeting", meeting.identifier)))
    write = client.get(to("minutes_edit", meeting.identifier))
    approve = client.post(to("minutes_approve", meeting.identifier), {"way": "body"})
    assert [write.status_code, approve.status_code] == answers


def test_member_without_a_seat_neither_approves_nor_reads_the_draft(client, meeting, by):
    make.sign_in(client, meeting.municipality, "member")
    actions.record_minutes(meeting, text="Noch vertraulich", **by)

    assert client.post(to("minutes_approve", meeting.identifier)).status_code == 403
    assert "Noch vertraulich" not in text(client.get(to("meeting", meeting.identifier)))
    assert Minutes.objects.get().approved_on is None


def test_task_is_ticked_off_from_the_list(client, meeting):
    make.sign_in(client, meeting.municipality)
    task = Task.objects.create(meeting=meeting, what="Raum suchen", owner_function="Amt")
    assert "Raum suchen" in text(client.get(to("tasks")))

    response = client.post(to("task_done", task.pk))

    assert (response.status_code, response.url) == (303, to("tasks"))
    task.refresh_from_db()
    assert task.done_on == TODAY
    assert "Keine Aufgabe ist offen." in text(client.get(to("tasks")))


def test_resolution_of_another_body_than_the_meeting_is_refused(client, meeting):
    make.sign_in(client, meeting.municipality)
    council = make.BodyFactory(municipality=meeting.municipality, body_kind="council")
    typed = {
        "title": "Beschluss",
        "body": council.pk,
        "on": str(TODAY),
        "meeting": meeting.pk,
        "kind": "other",
        "result": "agreed",
    }

    refused = client.post(to("resolution_new", meeting.process.identifier), typed)
    assert list(refused.context["form"].errors) == ["meeting"]

    saved = client.post(to("resolution_new", meeting.process.identifier), {**typed, "meeting": ""})
    assert (saved.status_code, Resolution.objects.get().body) == (303, council)


@pytest.mark.parametrize("count", [1, 3])
def test_rooms_cost_the_same_for_one_row_as_for_many(
    client, process, count, django_assert_max_num_queries
):
    make.sign_in(client, process.municipality)
    for number in range(count):
        meeting = make.MeetingFactory(process=process, title=f"Sitzung {number}")
        Task.objects.create(meeting=meeting, what=f"Aufgabe {number}", owner_function="Amt")
        make.ProcessFactory(municipality=process.municipality)
    warm = client.get(to("meetings"))
    assert len(warm.context["rows"]) == count

    def cost(address):
        with django_assert_max_num_queries(30) as counted:
            client.get(address)
        return len(counted)

    # town, session, account, membership with person, seats; then count and page
    assert [cost(to(name)) for name in ("processes", "meetings", "tasks")] == [7, 7, 7]
