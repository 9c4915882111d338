"""Ten minutes for the steering group: whole, short, and new since one last looked."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from miteinander.adoption.models import Ballot, Voice
from miteinander.adoption.states import Choice, Method
from miteinander.community.actions import forget_person
from miteinander.core.standing import Role, SeatHeld
from miteinander.documents.shapes import Listing
from miteinander.strategy import actions
from miteinander.strategy.models import BriefLook, Measure
from miteinander.workspace import brief as briefs
from miteinander.workspace.brief import as_document
from tests import factories as make
from tests.adoption.ballots import cast_all, closed, opened

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


def brief_of(concept, reader):
    return briefs.brief_of(concept.municipality, concept.identifier, reader)


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


def test_objections_to_words_of_a_ballot_stand_beside_those_to_measures(concept, goals):
    ballot = opened(Method.CONSENT, process=concept.process)
    votes = [({"1": "object"}, {"1": "Zu teuer"}), *[{"1": "agree"}] * 5]
    cast_all(ballot, votes)
    closed(ballot)
    make.ObjectionFactory(measure=make.MeasureFactory(goal=goals[0], title="Kurse"))
    closed_elsewhere = opened(Method.CONSENT)
    cast_all(closed_elsewhere, votes)
    closed(closed_elsewhere)

    part = parts(brief_of(concept, reader_of(concept)))["objections"]
    assert part.sentence == "2 Einwände stehen."
    assert [line.text.partition(" – ")[0].split()[-1] for line in part.lines] == [
        "Sprachcafé", "Kurse"
    ]  # fmt: skip
    assert "Zu teuer" in part.lines[0].detail


def test_what_ones_own_seat_has_said_is_not_to_be_decided_again(concept, goals):
    measure = make.MeasureFactory(goal=goals[0], state="submitted")
    body = make.BodyFactory(municipality=concept.municipality, body_kind="steering_group")
    seat = make.SeatFactory(body=body)
    held = SeatHeld(seat.pk, body.pk, "steering_group", as_deputy=False, speaks=True)
    reader = reader_of(concept, seats=(held,))
    assert len(parts(brief_of(concept, reader))["decide"].lines) == 1
    Voice.objects.create(measure=measure, seat=seat, choice=Choice.AGREE, cast_at=timezone.now())
    assert parts(brief_of(concept, reader))["decide"].lines == ()


@pytest.fixture
def ballot(concept):
    """One of the process, which waits for its first seat; and one of another process."""
    opened("consent", town=concept.municipality, title="Anderswo")
    found = opened("consent", town=concept.municipality, title="Kommt das Konzept so?")
    Ballot.objects.filter(pk=found.pk).update(process=concept.process)
    return found.refreshed()


def seat_of(ballot):
    return SeatHeld(
        ballot.body.seats.first().pk, ballot.body_id, "steering_group", as_deputy=False, speaks=True
    )


def test_ballots_that_wait_for_ones_own_vote_come_first(concept, goals, ballot):
    make.MeasureFactory(goal=goals[0], title="Kurse", state="submitted")
    decide = parts(brief_of(concept, reader_of(concept, seats=(seat_of(ballot),))))["decide"]
    assert [line.text.split()[-1] for line in decide.lines] == ["so?", "Kurse"]
    assert decide.lines[0].url == reverse("workspace:vote_in", args=[ballot.identifier])
    assert "Auf Ihre Stimme wartet 1 Abstimmung." in decide.sentence


def test_ballots_that_wait_for_others_or_led_to_nothing_yet_are_named_as_well(concept, ballot):
    def told(reader):
        decide = parts(brief_of(concept, reader))["decide"]
        return [(line.text, line.detail) for line in decide.lines], decide.sentence

    voted = reader_of(concept, seats=(seat_of(ballot),))
    ballot.electors.filter(seat=seat_of(ballot).seat).update(has_voted=True)
    for reader in (voted, reader_of(concept)):
        lines, sentence = told(reader)
        assert lines[0][0] == "Kommt das Konzept so?"
        assert lines[0][1].startswith("bis ")
        assert "1 Abstimmung" in sentence
        assert "Auf Ihre Stimme" not in sentence
    closed(ballot)
    lines, _sentence = told(voted)
    assert lines == [("Kommt das Konzept so?", "ausgezählt")]
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    assert told(voted)[0] == [], "what was adopted waits for nothing"
    type(concept).objects.filter(pk=concept.pk).update(state="drafting")
    resolution = make.ResolutionFactory(process=concept.process)
    Ballot.objects.filter(pk=ballot.pk).update(resolution=resolution)
    assert told(voted)[0] == [], "it has led to something"


def words_in(content, ending):
    if ending == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_ballot_stands_on_the_page_and_on_paper(client, concept, ballot):
    make.sign_in(client, concept.municipality, Role.MEMBER)
    page = client.get(reverse("workspace:brief", args=[concept.identifier]))
    document = as_document(page.context["brief"], make.coordinator(concept.municipality))
    (listing,) = [b for b in document.sections[0].blocks if isinstance(b, Listing)]
    assert listing.items[0][0].text == "Kommt das Konzept so?"
    for ending in ("pdf", "docx"):
        paper = client.get(reverse("workspace:brief_file", args=[concept.identifier, ending]))
        assert "Kommt das Konzept so?" in words_in(paper.content, ending)


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


def fill(concept, goals, count):
    """So many measures that were handed in, with objections and overlaps."""
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


def test_five_hundred_measures_are_read_in_ten_minutes(concept, goals):
    fill(concept, goals, 500)
    decide = parts(found := brief_of(concept, reader_of(concept)))["decide"]
    assert found.minutes <= 10
    assert decide.more == 500 - len(decide.lines)


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


@pytest.mark.parametrize("count", [1, 500])
def test_the_whole_page_costs_eight_queries_however_much_stands_on_it(
    client, goals, ballot, count, django_assert_num_queries
):
    concept = goals[0].field.concept
    fill(concept, goals, count)
    user = make.sign_in(client, concept.municipality)
    seat = ballot.body.seats.first()
    seat.holder = user.people.get()
    seat.save()
    type(seat.body).objects.filter(pk=seat.body_id).update(body_kind="steering_group")
    here = reverse("workspace:brief", args=[concept.identifier])
    client.get(here)
    BriefLook.objects.update(looked_at=timezone.now() - dt.timedelta(days=1))
    # town, session, account, membership, seats; edition, measures; that it is another visit
    with django_assert_num_queries(8):
        page = client.get(here)
    with django_assert_num_queries(7):
        client.get(here)
    told = parts(page.context["brief"])
    assert told["decide"].lines[0].text == "Kommt das Konzept so?"
    assert told["decide"].more == max(0, count + 1 - len(told["decide"].lines))
    assert told["overlaps"].lines or count == 1
