"""What a version contains beside fields and measures: all the document needs, if it is public."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.utils import timezone

from miteinander.adoption import actions, queries, readers
from miteinander.adoption.states import Method
from miteinander.documents.concept import document_of
from miteinander.documents.shapes import walk
from miteinander.process.models import Milestone
from miteinander.strategy import actions as strategy
from miteinander.strategy.models import Chapter
from tests import factories as make
from tests.adoption.ballots import PAPERS, cast_all, closed, opened

FORMER = Path(__file__).with_name("data") / "format-1.json"
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept(db):
    town = make.MunicipalityFactory(
        facts={"inhabitants": 71_000, "inhabitants_year": 2020, "secret": 7}, accent="#123456"
    )
    process = make.ProcessFactory(
        municipality=town, counts={"people": 200, "institutions": 85, "approx": True}
    )
    make.PhaseFactory(process=process, title="Arbeitsgruppen")
    concept = make.ConceptFactory(process=process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, number="1"))
    lead = make.OrganisationFactory(municipality=town, title="Volkshochschule")
    make.MeasureFactory(goal=goal, state="submitted", lead=lead)
    return concept


def content_of(concept, now):
    return queries.draft_content(concept.refreshed(), at=now)


def body_with_seat(concept, **more):
    body = make.BodyFactory(municipality=concept.municipality, **more)
    concept.process.bodies.add(body)
    organisation = make.OrganisationFactory(
        municipality=concept.municipality, title=f"Verein {body.title}"
    )
    make.SeatFactory(
        body=body,
        function=f"Sitz in {body.title}",
        organisation=organisation,
        perspective=make.PerspectiveFactory(municipality=concept.municipality, title="Schule"),
        holder=make.PersonFactory(
            municipality=concept.municipality, name="Zita Quell", function="Rektorin"
        ),
    )
    return body


def test_bodies_are_there_with_functions_and_perspectives_and_never_with_people(concept, now):
    body_with_seat(concept, title="Steuerungsgruppe")
    body_with_seat(concept, title="Verborgenes Gremium", is_public=False)
    content = content_of(concept, now)
    assert [body["title"] for body in content["bodies"]] == ["Steuerungsgruppe"]
    assert content["bodies"][0]["seats"] == [
        {
            "function": "Sitz in Steuerungsgruppe",
            "perspective": "Schule",
            "has_voice": True,
            "leads": False,
        }
    ]
    text = json.dumps(content, ensure_ascii=False)
    assert "Quell" not in text
    assert "Rektorin" not in text
    assert "Verborgenes Gremium" not in text
    assert "Verein Verborgenes Gremium" not in text, "nor who sits there"


def test_a_seat_whose_term_has_ended_is_not_a_seat_any_more(concept, now):
    body = body_with_seat(concept)
    make.SeatFactory(body=body, function="Früher", ends=timezone.localdate() - DAY)
    functions = [seat["function"] for seat in content_of(concept, now)["bodies"][0]["seats"]]
    assert functions == [f"Sitz in {body.title}"]


def test_participants_are_organisations_by_kind(concept, now):
    body_with_seat(concept, title="Runde")
    make.OrganisationFactory(municipality=concept.municipality, title="Unbeteiligt")
    groups = content_of(concept, now)["participants"]
    assert [(g["kind"], [o["title"] for o in g["organisations"]]) for g in groups] == [
        ("association", ["Verein Runde", "Volkshochschule"])
    ]


def test_the_process_is_told_as_far_as_it_is_public_and_over(concept, now):
    today = timezone.localdate()
    process = concept.process
    Milestone.objects.create(process=process, title="Auftakt", on=today, reached_on=today)
    of = {"process": process}
    make.MeetingFactory(**of, title="Fachrunde", happened_on=today - DAY, participants=100)
    make.MeetingFactory(**of, title="Kommt noch", happened_on=today + DAY)
    make.MeetingFactory(**of, title="Geheim", happened_on=today - DAY, is_public=False)
    make.ResolutionFactory(**of, title="Auftrag", resolution_kind="mandate")
    make.ResolutionFactory(**of, title="Geheimer Beschluss", is_public=False)
    content = content_of(concept, now)
    assert [phase["title"] for phase in content["phases"]] == ["Arbeitsgruppen"]
    assert [m["title"] for m in content["milestones"]] == ["Auftakt"]
    assert [(m["title"], m["participants"]) for m in content["meetings"]] == [("Fachrunde", 100)]
    assert [r["title"] for r in content["resolutions"]] == ["Auftrag"]
    assert content["process"]["mandate"]["title"] == "Auftrag"


def test_figures_are_counted_or_were_published(concept, now):
    content = content_of(concept, now)
    assert content["figures"] == {
        "people": 200, "institutions": 85, "people_approx": True, "contributions": 0,
        "meetings": 0, "bodies": 0, "seats": 0, "organisations": 1,
    }  # fmt: skip
    assert content["municipality"]["facts"] == {"inhabitants": 71_000, "inhabitants_year": 2020}
    assert content["municipality"]["accent"] == "#123456"


def test_chapters_stand_in_their_order_without_the_empty_and_the_left_out(concept, now):
    by = make.coordinator(concept.municipality)
    row = {kind: Chapter.objects.get(concept=concept, chapter_kind=kind)
           for kind in ("preface", "glance")}  # fmt: skip
    strategy.write_chapter(
        row["preface"], changes={"text": "Guten Tag."}, revision=0, by=by, at=now
    )
    strategy.leave_out_chapter(row["glance"], by=by, at=now)
    strategy.add_chapter(concept, title="Dank", text="Allen.", by=by, at=now)
    content = content_of(concept, now)
    kinds = [chapter["kind"] for chapter in content["chapters"]]
    assert kinds == [
        "preface", "figures", "structures", "making", "overview", "fields", "implementation",
        "imprint", "appendix", "own",
    ]  # fmt: skip
    assert (content["chapters"][0]["text"], content["chapters"][-1]["title"]) == (
        "Guten Tag.", "Dank",
    )  # fmt: skip


def test_how_it_stands_is_brought_by_whoever_freezes(concept, now):
    told = {"title": "Konzept", "on": "2026-11-26", "lights": [["done", 3], ["unknown", 1]]}
    by = make.coordinator(concept.municipality)
    version = actions.freeze_version(concept, implementation=told, by=by, at=now)
    assert queries.content_frozen_in(version)["implementation"] == told
    assert content_of(concept, now)["implementation"] is None


def test_what_was_counted_is_told_when_everybody_may_read_it(concept, now):
    process = concept.process
    for more in ({}, {"publishes": False}):
        ballot = opened(Method.CONSENT, process=process, **more)
        cast_all(ballot, PAPERS[Method.CONSENT])
        closed(ballot)
    opened(Method.DOTS, process=process)  # not counted yet
    (told,) = content_of(concept, now)["ballots"]
    assert (told["title"], told["method"], told["outcome"]) == (
        "Was kommt zuerst?", "consent", "decided",
    )  # fmt: skip
    assert told["said"]["de"][0].startswith("Entschieden: „Sprachcafé“")
    for kept_out in ("Zu teuer", "Zu spät", "Sitz 1"):  # who objects decides whether it travels
        assert kept_out not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_surroundings_cost_the_same_for_one_as_for_many(
    concept, count, now, django_assert_num_queries
):
    for number in range(count):
        body_with_seat(concept, title=f"Gremium {number}")
        make.MeetingFactory(process=concept.process, happened_on=timezone.localdate())
        make.ResolutionFactory(process=concept.process)
        make.ChapterFactory(concept=concept)
        closed(opened(Method.DOTS, process=concept.process))
    concept = concept.refreshed()
    with django_assert_num_queries(28):
        content = queries.draft_content(concept, at=now)
    assert len(content["bodies"]) == len(content["meetings"]) == count
    assert len(content["ballots"]) == count


def test_a_version_of_the_first_format_is_still_verified():
    found = readers.verify(FORMER.read_bytes())
    assert (found.holds, found.is_canonical, found.title) == (True, True, "Integrationskonzept")
    assert not readers.verify(FORMER.read_bytes().replace(b"Sprache", b"Sprachen")).holds


def test_a_version_of_the_first_format_is_still_a_document():
    content = json.loads(FORMER.read_bytes())
    assert content["format"] == "miteinander.concept/1"
    document = document_of(content, language="en")
    assert [(depth, section.title) for depth, section in walk(document)] == [
        (1, "Cross-cutting themes"), (2, "Ehrenamt"), (1, "Sprache"), (2, "Goal: Orte"),
        (3, "Treffpunkte"), (1, "Fields that were given up"),
    ]  # fmt: skip


def test_format_two_is_verified(concept, now):
    version = actions.freeze_version(concept, by=make.coordinator(concept.municipality), at=now)
    content = queries.content_frozen_in(version)
    assert content["format"] == queries.FORMAT == "miteinander.concept/2"
    assert readers.verify(version.content.encode()).holds
