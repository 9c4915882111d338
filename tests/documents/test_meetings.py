"""Minutes and attendance lists through the same document as everything else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.built import files_of
from miteinander.core.jobs import run, run_scheduled
from miteinander.core.models import Job, JobState
from miteinander.core.standing import Role
from miteinander.documents import html
from miteinander.documents.apart import render_apart
from miteinander.documents.meetings import SeatLine, attendance_of, minutes_of
from miteinander.documents.shapes import Document, Paragraph, walk
from miteinander.process import actions
from miteinander.process.models import AgendaItem, Attendance, Minutes, Task
from miteinander.process.queries import meeting_page, minutes_sheet
from miteinander.workspace import building
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def meeting():
    process = make.ProcessFactory()
    make.PhaseFactory(process=process)
    meeting = make.MeetingFactory(
        process=process, title="Zweite Sitzung", happened_on=dt.date(2026, 3, 4), place="Rathaus"
    )
    AgendaItem.objects.create(meeting=meeting, position=1, title="Begrüßung")
    Task.objects.create(meeting=meeting, what="Räume suchen", owner_function="Koordination")
    make.SeatFactory(
        body=meeting.body,
        function="Sitz Schule",
        organisation=make.OrganisationFactory(municipality=meeting.municipality, title="Schule"),
        holder=make.PersonFactory(municipality=meeting.municipality, name="Zita Quell"),
    )
    make.SeatFactory(body=meeting.body, function="Früher", ends=dt.date(2026, 1, 1))
    return meeting


@pytest.fixture
def minutes(meeting):
    return Minutes.objects.create(
        meeting=meeting,
        municipality=meeting.municipality,
        title="Protokoll",
        text="Es ging um **Räume**.\n\n- Nord\n- Süd",
        approved_on=timezone.localdate(),
        state="approved",
        is_public=True,
    )


def document(meeting, **more):
    page = meeting_page(meeting, make.coordinator(meeting.municipality))
    return minutes_of(page, minutes_sheet(page.minutes), language="de", **more)


def test_minutes_hold_agenda_wording_and_agreements(meeting, minutes):
    found = document(meeting)
    assert [section.title for _depth, section in walk(found)] == [
        "Tagesordnung", "Wortlaut", "Vereinbarungen",
    ]  # fmt: skip
    page = html.render(found)
    for told in ("Begrüßung", "<strong>Räume</strong>", "Räume suchen", "Koordination", "Rathaus"):
        assert told in page
    assert "Entwurf" not in page
    assert found.kind == "minutes"


def test_approved_minutes_hold_votes_dissent_who_was_there_and_what_was_corrected(meeting):
    by = {"by": make.coordinator(meeting.municipality), "at": timezone.now()}
    seat = meeting.body.seats.get(function="Sitz Schule")
    Attendance.objects.create(
        meeting=meeting, seat=seat, person=seat.holder, organisation=seat.organisation, came=True
    )
    actions.resolve(
        meeting.process, body=meeting.body, meeting=meeting, title="Wir mieten das Haus",
        on=meeting.happened_on, kind="other", result="majority", votes_for=5, votes_against=2,
        dissents=[actions.Dissenting("Sitz Schule", "Es liegt zu weit draußen.")], **by,
    )  # fmt: skip
    draft = actions.record_minutes(meeting, text="Es gibt dreißig Plätze.", **by)
    actions.hand_round_minutes(draft, **by)
    wish = actions.propose_correction(
        draft, passage="dreißig", proposal="vierzig", reason="So gesagt.", **by
    )
    actions.take_correction(wish, **by)
    actions.approve_minutes(draft, **by)
    due = timezone.localdate() + dt.timedelta(days=9)
    actions.move_task(meeting.tasks.get(), due=due, reason="Urlaub", **by)

    page = html.render(document(meeting))

    for told in (
        "Wir mieten das Haus", "5 dafür, 2 dagegen, 0 enthalten",
        "Abweichende Meinung von Sitz Schule", "Es liegt zu weit draußen.", "Schule (1)",
        "vierzig", "So gesagt.", "Es gibt vierzig Plätze.",
    ):  # fmt: skip
        assert told in page, told
    assert "Zita" not in page
    assert "Urlaub" not in page


def test_a_draft_says_that_it_is_one(meeting, minutes):
    Minutes.objects.update(approved_on=None, state="draft")
    assert "Entwurf" in html.render(document(meeting))


def test_a_list_to_sign_names_functions_and_leaves_room(meeting):
    found = attendance_of(meeting, [SeatLine("Sitz Schule", "Schule")], language="de")
    page = html.render(found)
    assert page.count("<tr>") == 1 + 1 + 12
    assert "Sitz Schule" in page
    assert found.kind == "attendance"


def test_the_worker_builds_what_was_approved_and_everybody_can_load_it(client, meeting, minutes):
    run_scheduled(at=timezone.now())
    for row in Job.objects.filter(name=building.BUILD_MINUTES, state=JobState.WAITING):
        run.func(row.pk)
    files = {(row.format, row.language) for row in files_of(minutes)}
    assert files == {(name, code) for name in building.PAPERS for code in ("de", "en")}
    client.defaults["HTTP_HOST"] = meeting.municipality.host
    page = client.get(minutes.get_absolute_url()).content.decode()
    address = reverse("public:minutes_file", args=[minutes.identifier, "pdf"])
    assert address in page
    response = client.get(address)
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_drafts_and_minutes_that_are_not_public_are_not_built(meeting, minutes):
    for state in ({"approved_on": None}, {"is_public": False, "approved_on": dt.date(2026, 3, 9)}):
        Minutes.objects.filter(pk=minutes.pk).update(
            **{k: v for k, v in state.items() if k != "is_public"}
        )
        type(minutes.as_thing()).objects.filter(pk=minutes.pk).update(
            is_public=state.get("is_public", True)
        )
        run_scheduled(at=timezone.now())
        assert not Job.objects.filter(name=building.BUILD_MINUTES).exists()


def paper(name, meeting, ending="html"):
    return reverse(f"workspace:{name}", args=[meeting.identifier, ending])


def test_the_attendance_list_is_for_those_who_keep_the_minutes(client, meeting):
    make.sign_in(client, meeting.municipality)
    response = client.get(paper("attendance_paper", meeting))
    text = response.content.decode()
    assert "Sitz Schule" in text
    assert "Früher" not in text, "the term was over"
    assert "Quell" not in text, "functions, never people"
    assert response["Cache-Control"] == "no-store, private"
    assert client.get(paper("attendance_paper", meeting, "exe")).status_code == 404
    make.sign_in(client, meeting.municipality, Role.MEMBER)
    assert client.get(paper("attendance_paper", meeting)).status_code == 403
    make.sign_in(client, make.MunicipalityFactory())
    assert client.get(paper("attendance_paper", meeting)).status_code == 404


def test_a_draft_is_for_those_who_were_there(client, meeting, minutes):
    Minutes.objects.update(approved_on=None, state="draft")
    type(minutes.as_thing()).objects.filter(pk=minutes.pk).update(is_public=False)
    make.sign_in(client, meeting.municipality)
    assert "Entwurf" in client.get(paper("minutes_paper", meeting)).content.decode()
    make.sign_in(client, meeting.municipality, Role.MEMBER)
    assert client.get(paper("minutes_paper", meeting)).status_code == 404


def test_heavy_formats_are_rendered_in_a_process_of_their_own():
    piece = Document(title="Liste", language="de", blocks=(Paragraph("Guten Tag."),))
    first, second = render_apart(piece, "pdf"), render_apart(piece, "pdf")
    assert first.startswith(b"%PDF")
    assert first == second
