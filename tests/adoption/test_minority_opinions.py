"""Objections out of ballots on their way: answered, taken back, carried along into the document."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from miteinander.adoption import actions, queries
from miteinander.adoption.actions import Offered, Slip
from miteinander.adoption.models import CastPaper, Objection
from miteinander.adoption.states import Method
from miteinander.core.errors import Closed
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.documents import html
from miteinander.documents.concept import document_of
from miteinander.strategy.models import Chapter
from tests import factories as make
from tests.adoption.ballots import body_with, closed, for_seat, terms

pytestmark = pytest.mark.django_db
WORDS = "Wir treffen uns jeden Monat"
AGREE = ({"1": "agree"}, {}, False)


def against(reason, *, travels=False):
    return ({"1": "object"}, {"1": reason}, travels)


@pytest.fixture
def concept():
    process, _body = body_with(0)
    goal = make.GoalFactory(
        field=make.FieldOfActionFactory(concept=make.ConceptFactory(process=process))
    )
    make.MeasureFactory(goal=goal, number="1.1", title="Sprachcafé", state="submitted")
    return goal.field.concept


def agreed(concept, papers, *, measure=None, **more):
    """A counted consent round about one option, with these papers in the order of the seats."""
    body = make.BodyFactory(municipality=concept.municipality, title="Steuerungsgruppe")
    seats = [
        make.SeatFactory(body=body, function=f"Sitz {number}", position=number)
        for number in range(1, len(papers) + 1)
    ]
    who = make.coordinator(concept.municipality)
    option = Offered("1.1 Sprachcafé", measure=measure) if measure else Offered(WORDS)
    asked = terms(Method.CONSENT, title="Was gilt?", options=[option], **more)
    ballot = actions.prepare_ballot(
        concept.process, body=body, method=Method.CONSENT, terms=asked, by=who, at=who.at
    )
    ballot = actions.open_ballot(ballot, by=who, at=who.at)
    for seat, (marks, reasons, travels) in zip(seats, papers, strict=True):
        by = for_seat(seat)
        actions.cast_paper(ballot, marks=marks, reasons=reasons, travels=travels, by=by, at=by.at)
    return closed(ballot)


def written(concept):
    """What the document of the edition says, as it would be frozen now."""
    content = queries.draft_content(concept.refreshed(), at=timezone.now())
    return content, html.render(document_of(content))


def test_an_objection_to_words_reaches_the_document_once_it_is_carried_along(concept):
    ballot = agreed(concept, [against("Zu oft"), AGREE])
    objection = Objection.objects.get()
    assert (objection.measure, objection.subject, objection.beside) == (None, WORDS, ballot)
    assert (objection.speaker, objection.is_public) == ("Sitz 1", True)
    assert objection.pk in {thing.pk for thing in thread_of(ballot, public_only=True).things()}
    assert "Zu oft" not in written(concept)[1]
    who = make.coordinator(concept.municipality)
    actions.answer_objection(objection, response="Wir prüfen es.", by=who, at=who.at)
    assert "Zu oft" not in written(concept)[1]
    mine = for_seat(objection.seat)
    assert allowed(mine, "adoption.carry_objection", objection.refreshed())
    actions.carry_objection(objection, by=mine, at=mine.at)
    content, told = written(concept)
    assert content["counts"]["objections"] == 1
    for sentence in (
        f"Steuerungsgruppe zu „{WORDS}“ (Was gilt?)", "Zu oft", "Wir prüfen es.",
        "Einwand: Sitz 1", "als Sondervotum",
    ):  # fmt: skip
        assert sentence in told
    with pytest.raises(Closed):
        actions.withdraw_objection(objection, by=mine, at=mine.at)


def test_what_was_taken_back_or_stays_inside_is_not_in_the_document(concept):
    agreed(concept, [against("Zu oft"), AGREE], publishes=False)
    agreed(concept, [against("Zu selten"), AGREE])
    inside, outside = Objection.objects.order_by("pk")
    who = make.coordinator(concept.municipality)
    actions.carry_objection(inside, by=who, at=who.at)
    mine = for_seat(outside.seat)
    actions.withdraw_objection(outside, by=mine, at=mine.at)
    content, told = written(concept)
    assert (content["minority_opinions"], inside.is_public) == ([], False)
    assert "Zu oft" not in told
    assert "Zu selten" not in told


def test_a_minority_opinion_is_told_also_without_an_appendix(concept):
    agreed(concept, [against("Zu oft"), AGREE])
    who = make.coordinator(concept.municipality)
    actions.carry_objection(Objection.objects.get(), by=who, at=who.at)
    Chapter.objects.filter(chapter_kind="appendix").update(is_left_out=True)
    content, told = written(concept)
    assert "appendix" not in {chapter["kind"] for chapter in content["chapters"]}
    assert told.count("Zu oft") == 1


def test_out_of_a_secret_ballot_only_what_its_paper_allowed_travels_and_nobody_with_it(concept):
    papers = [against("Zu oft"), against("Zu spät", travels=True), *[AGREE] * 4]
    ballot = agreed(concept, papers, is_secret=True)
    objection = Objection.objects.get()
    assert (objection.reason, objection.seat, objection.beside) == ("Zu spät", None, ballot)
    assert objection.speaker == "Ein Sitz in geheimer Abstimmung"
    _content, told = written(concept)
    assert "Einwand: Ein Sitz in geheimer Abstimmung" in told
    assert "Zu spät" in told
    assert "Zu oft" not in told
    about = Event.objects.filter(thing=objection.as_thing())
    assert "Sitz 2" not in json.dumps([event.data for event in about], ensure_ascii=False)
    assert about.count() == 1
    for seat in ballot.body.seats.all():  # nobody is known as the one who objected
        assert not allowed(for_seat(seat), "adoption.withdraw_objection", objection)
        assert not allowed(for_seat(seat), "adoption.carry_objection", objection)


def test_a_secret_objection_to_a_measure_stands_beside_it_without_a_seat(concept):
    measure = concept.fields.get().goals.get().measures.get()
    papers = [against("Zu teuer", travels=True), against("Zu klein", travels=True), *[AGREE] * 3]
    agreed(concept, papers, measure=measure, is_secret=True)
    found = queries.objections_to(measure, public_only=True)
    assert {o.reason for o in found} == {"Zu teuer", "Zu klein"}  # neither replaces the other
    assert {(o.seat, o.speaker) for o in found} == {(None, "Ein Sitz in geheimer Abstimmung")}
    content, told = written(concept)
    assert content["minority_opinions"] == []
    assert "Zu teuer" in told


def test_of_papers_that_are_destroyed_nothing_travels(concept):
    body = make.BodyFactory(municipality=concept.municipality)
    for number in range(5):
        make.SeatFactory(body=body, position=number)
    who = make.coordinator(concept.municipality)
    asked = terms(Method.CONSENT, options=[Offered(WORDS)], is_secret=True)
    ballot = actions.prepare_ballot(
        concept.process, body=body, method=Method.CONSENT, terms=asked, by=who, at=who.at
    )
    ballot = actions.open_ballot(ballot, by=who, at=who.at)
    by = for_seat(body.seats.first())
    marks, reasons, _travels = against("Zu oft")
    actions.cast_paper(ballot, marks=marks, reasons=reasons, travels=True, by=by, at=by.at)
    assert "Zu oft" not in closed(ballot).content
    assert not Objection.objects.exists()


def test_an_open_paper_does_not_ask_what_travels(concept):
    agreed(concept, [against("Zu oft", travels=True), AGREE])
    assert not CastPaper.objects.filter(travels=True).exists()


def test_a_secret_paper_that_allows_it_is_typed_in_with_a_plus(concept):
    body = make.BodyFactory(municipality=concept.municipality)
    for number in range(5):
        make.SeatFactory(body=body, position=number)
    who = make.coordinator(concept.municipality)
    asked = terms(Method.CONSENT, options=[Offered(WORDS)], is_secret=True, has_paper=True)
    ballot = actions.prepare_ballot(
        concept.process, body=body, method=Method.CONSENT, terms=asked, by=who, at=who.at
    )
    ballot = actions.open_ballot(ballot, by=who, at=who.at)
    everybody = ballot.electors.values_list("pk", flat=True)
    ballot = actions.hand_out_papers(ballot, electors=everybody, by=who, at=who.at)
    code, *others = sorted(ballot.paper_codes)
    slips = {other: Slip({"1": "agree"}, {}) for other in others}
    for travels in (True, False):
        by = make.coordinator(concept.municipality, user=make.UserFactory().pk)
        slips[code] = Slip({"1": "object"}, {"1": "Zu oft"}, travels)
        actions.type_papers(ballot, slips, by=by, at=by.at)
    assert [d.code for d in queries.differences(ballot)] == [code]
    slips[code] = Slip({"1": "object"}, {"1": "Zu oft"}, travels=True)
    actions.type_papers(ballot, slips, by=by, at=by.at)
    actions.finish_papers(ballot, by=who, at=ballot.closes_at)
    closed(ballot)
    assert Objection.objects.get().reason == "Zu oft"


def test_an_objection_speaks_against_one_thing():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ObjectionFactory(measure=None, municipality=make.MunicipalityFactory(), seat=None)
