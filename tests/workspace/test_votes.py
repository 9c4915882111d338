"""Ballots in the browser, without JavaScript: prepare, open, vote, count, read the result."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from miteinander.adoption import actions, queries
from miteinander.adoption.models import Ballot, Objection
from miteinander.adoption.states import Method
from tests import factories as make
from tests.adoption.ballots import PAPERS, body_with, cast_all, closed, opened

pytestmark = pytest.mark.django_db
TOMORROW = (timezone.localtime() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def address(name, *args):
    return reverse(f"workspace:{name}", args=args)


def typed(**more):
    return {
        "title": "Was kommt zuerst?", "text": "", "closes_at": TOMORROW, "quorum": "50",
        "tie_rule": "body", "publishes": "on", "options": "Sprachcafé | 12.000 | 0,5\nFest | 900",
        **more,
    }  # fmt: skip


OWN = {
    Method.CONSENT: {},
    Method.CONSENSING: {"status_quo": "Alles bleibt"},
    Method.DOTS: {"each": "3", "most": "2", "take": "1"},
    Method.CRITERIA: {"criteria": "Erreicht viele | 2\nSchnell | 0,5"},
    Method.BALANCED: {"money": "20.000", "posts": ""},
}


def take_seat(client, seat):
    user = make.sign_in(client, seat.body.municipality, "member")
    seat.holder = user.people.get()
    seat.save()
    return seat


@pytest.mark.parametrize("method", Method)
def test_the_office_prepares_edits_and_opens_a_ballot_of_every_method(client, town, method):
    process, body = body_with(town=town)
    make.sign_in(client, town)
    first = client.get(address("vote_methods", process.identifier)).content.decode()
    here = address("vote_new", process.identifier, method.value)
    assert here in first
    sent = typed(body=body.pk, **OWN[method])
    assert client.post(here, sent).status_code == 303
    ballot = Ballot.objects.get()
    titles = [option.title for option in ballot.options.all()]
    assert titles[-2:] == ["Sprachcafé", "Fest"]
    assert len(titles) == (3 if method == Method.CONSENSING else 2)
    edit = address("vote_edit", ballot.identifier)
    form = client.get(edit).context["form"]
    again = (
        sent | {key: form.initial[key] for key in ("options", "seen")} | {"title": "Und danach?"}
    )
    assert client.post(edit, again).status_code == 303
    kept = Ballot.objects.get()
    assert (kept.title, kept.rules) == ("Und danach?", ballot.rules)
    assert [(o.title, o.cost, o.posts) for o in kept.options.all()][-1] == ("Fest", 900, None)
    assert client.post(address("vote_open", ballot.identifier)).status_code == 303
    assert Ballot.objects.get().state == "open"
    assert client.post(address("vote_open", ballot.identifier)).status_code == 422


def test_two_who_edit_see_both_texts_also_of_options_and_nothing_else(client, town):
    process, body = body_with(town=town)
    make.sign_in(client, town)
    sent = typed(body=body.pk, **OWN[Method.DOTS])
    client.post(address("vote_new", process.identifier, "dots"), sent)
    edit = address("vote_edit", Ballot.objects.get().identifier)
    seen = client.get(edit).context["form"].initial["seen"]
    assert client.post(edit, sent | {"options": "Fest\nKurs", "seen": seen}).status_code == 303
    late = client.post(edit, sent | {"options": "Fest\nLotsen", "seen": seen})
    assert late.status_code == 409
    refusal = late.context["refusal"]
    differ = {n for n in refusal.mine if str(refusal.mine[n]) != str(refusal.theirs[n])}
    assert differ == {"options"}
    assert (refusal.mine["options"], refusal.theirs["options"]) == ("Fest\nLotsen", "Fest\nKurs")
    assert [o.title for o in Ballot.objects.get().options.all()] == ["Fest", "Kurs"]
    again = late.context["form"]["seen"].value()
    assert client.post(edit, sent | {"seen": again}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("options", "Nur eins"),
        ("options", "A | viel\nB"),
        ("options", "A | 1 | 2 | 3\nB"),
        ("closes_at", "2020-01-01T10:00"),
        ("quorum", "101"),
        ("most", "9"),
        ("title", ""),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_stays(client, town, field, value):
    process, body = body_with(town=town)
    make.sign_in(client, town)
    here = address("vote_new", process.identifier, "dots")
    refused = client.post(here, typed(body=body.pk, **OWN[Method.DOTS]) | {field: value})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert refused.context["form"][field].value() == value
    assert not Ballot.objects.exists()


def test_a_measure_is_named_by_its_number_and_brings_its_cost(client, town):
    process, body = body_with(town=town)
    concept = make.ConceptFactory(process=process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    measure = make.MeasureFactory(
        goal=goal, number="2.4", title="Lotsen", cost_once=1000, cost_yearly=500
    )
    make.sign_in(client, town)
    sent = typed(body=body.pk, money="2000", options="2.4\nFest | 900")
    assert client.post(address("vote_new", process.identifier, "balanced"), sent).status_code == 303
    first = Ballot.objects.get().options.get(position=1)
    assert (first.title, first.measure, first.cost) == ("2.4 Lotsen", measure, 1500)


def test_a_number_that_two_fields_have_is_asked_back_and_no_measure_is_guessed(client, town):
    process, body = body_with(town=town)
    concept = make.ConceptFactory(process=process)
    first, second = (
        make.MeasureFactory(
            goal=make.GoalFactory(field=make.FieldOfActionFactory(concept=concept)),
            number="1.1",
            title=title,
        )
        for title in ("Lotsen", "Café")
    )
    make.sign_in(client, town)
    here = address("vote_new", process.identifier, "dots")
    sent = typed(body=body.pk, **OWN[Method.DOTS])
    refused = client.post(here, sent | {"options": "1.1\nFest\nMarkt"})
    assert refused.status_code == 422
    [told] = refused.context["form"].errors["options"]
    assert "1.1 Lotsen" in told
    assert "1.1 Café" in told
    assert refused.context["form"]["options"].value() == "1.1\nFest\nMarkt"
    assert client.post(here, sent | {"options": "1.1 lotsen\n1.1 Café\nFest"}).status_code == 303
    chosen = queries.options_of(Ballot.objects.get())
    assert [option.measure for option in chosen] == [first, second, None]


def test_words_behind_a_number_that_are_another_title_are_asked_back(client, town):
    """A measure that was given up would silently become the one that has its number now."""
    process, body = body_with(town=town)
    make.MeasureFactory(
        goal=make.GoalFactory(
            field=make.FieldOfActionFactory(concept=make.ConceptFactory(process=process))
        ),
        number="1.2",
        title="Lotsen",
    )
    make.sign_in(client, town)
    here = address("vote_new", process.identifier, "dots")
    sent = typed(body=body.pk, **OWN[Method.DOTS]) | {"options": "1.2 Fest\nMarkt\nCafé"}
    refused = client.post(here, sent)
    assert refused.status_code == 422
    [told] = refused.context["form"].errors["options"]
    assert "„1.2 Lotsen“" in told
    assert not Ballot.objects.exists()


def test_a_measure_with_a_new_number_keeps_its_place_and_is_voted_on_under_it(client, town):
    """Page, paper and export say what the option is called when the ballot opens."""
    process, body = body_with(town=town)
    concept = make.ConceptFactory(process=process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    one = make.MeasureFactory(goal=goal, number="2.4", title="Lotsen")
    other = make.MeasureFactory(goal=goal, number="2.5", title="Café")
    make.sign_in(client, town)
    sent = typed(body=body.pk, **OWN[Method.DOTS]) | {"options": "2.4\n2.5\nFest"}
    client.post(address("vote_new", process.identifier, "dots"), sent)
    for measure, number in ((one, "2.5"), (other, "2.4")):  # they changed places
        type(measure).objects.filter(pk=measure.pk).update(number=number)

    ballot = Ballot.objects.get()
    form = client.get(address("vote_edit", ballot.identifier)).context["form"]
    assert form["options"].value().splitlines() == ["2.5 Lotsen", "2.4 Café", "Fest"]
    by = make.coordinator(town)
    ballot = actions.open_ballot(ballot, by=by, at=by.at)
    assert [(o.title, o.measure) for o in queries.options_of(ballot)] == [
        ("2.5 Lotsen", one), ("2.4 Café", other), ("Fest", None)
    ]  # fmt: skip
    assert "2.5 Lotsen" in client.get(address("vote_in", ballot.identifier)).content.decode()


def test_the_list_says_by_a_badge_how_far_a_ballot_is(client, town):
    opened(Method.DOTS, town=town)
    make.sign_in(client, town)
    assert "badge--running" in client.get(address("votes")).content.decode()


@pytest.mark.parametrize("method", Method)
def test_a_seat_votes_sees_the_others_and_changes_its_mind(client, town, method):
    ballot = opened(method, town=town)
    seat = take_seat(client, ballot.body.seats.order_by("position").first())
    cast_all(ballot, [None, PAPERS[method][1]])
    room, cast = address("vote_in", ballot.identifier), address("vote_cast", ballot.identifier)
    today = client.get(address("today")).content.decode()
    assert room in today
    before = client.get(room)
    assert before.context["voices"] is None
    marks = {f"mark_{key.replace('.', '_')}": value for key, value in PAPERS[method][0].items()}
    assert client.post(cast, {}).status_code == 422
    assert client.post(cast, marks).status_code == 303
    assert room not in client.get(address("today")).content.decode()
    after = client.get(room)
    assert len(after.context["voices"]["rows"]) == 2
    assert client.post(cast, marks).status_code == 303
    assert ballot.papers.filter(elector__seat=seat).count() == 1


def test_a_secret_ballot_shows_nothing_before_its_end(client, town):
    ballot = opened(Method.DOTS, town=town, is_secret=True)
    take_seat(client, ballot.body.seats.order_by("position").first())
    cast_all(ballot, [None, *PAPERS[Method.DOTS][1:]])
    cast = address("vote_cast", ballot.identifier)
    assert client.post(cast, {"mark_1": "1"}).status_code == 303
    page = client.get(address("vote_in", ballot.identifier))
    assert (page.context["voices"], page.context["may_cast"]) == (None, False)
    assert client.post(cast, {"mark_1": "1"}).status_code == 422
    assert ballot.papers.count() == 6


def test_a_second_seat_is_free_when_the_deputy_has_voted_for_the_first(client, town):
    """Neither is a voice seen before one's own, nor is one's own hidden behind the deputy's."""
    for is_secret in (False, True):
        ballot = opened(Method.DOTS, town=town, is_secret=is_secret)
        first, second, *_rest = ballot.body.seats.order_by("position")
        user = make.sign_in(client, town, "member")
        for seat in (first, second):
            seat.holder = user.people.get()
            seat.save()
        cast_all(ballot, [{"1": 1}])  # as the deputy did while the holder was away
        room, cast = address("vote_in", ballot.identifier), address("vote_cast", ballot.identifier)
        page = client.get(room)
        assert page.context["may_cast"]
        assert page.context["voices"] is None
        assert client.post(cast, {"mark_2": "1", "seat": second.pk}).status_code == 303
        after = client.get(room)
        assert [elector.seat for elector in after.context["page"].own] == [second]
        assert after.context["may_cast"] is not is_secret


def test_a_paper_that_counts_no_more_is_not_offered(client, town):
    ballot = opened(Method.DOTS, town=town)
    take_seat(client, ballot.body.seats.order_by("position").first())
    cast = address("vote_cast", ballot.identifier)
    Ballot.objects.update(closes_at=ballot.opened_at)
    page = client.get(cast)
    assert "Diese Abstimmung ist beendet" in page.content.decode()
    assert 'name="mark_1"' not in page.content.decode()
    late = client.post(cast, {"mark_1": "1"})
    assert (late.status_code, 'name="mark_1"' in late.content.decode()) == (422, True)


def test_nothing_on_a_paper_is_called_optional_and_one_voice_is_one(client, town):
    ballot = opened(Method.BALANCED, town=town)
    take_seat(client, ballot.body.seats.order_by("position").first())
    page = client.get(address("vote_cast", ballot.identifier)).content.decode()
    assert "20.000 Euro, Stellen: 0,5" in page
    consent = opened(Method.CONSENT, town=town)
    take_seat(client, consent.body.seats.order_by("position").first())
    page = client.get(address("vote_cast", consent.identifier)).content.decode()
    assert 'name="reason_1"' in page
    assert "(freiwillig)" not in page
    cast_all(ballot, [{"1": 1}])
    page = client.get(address("vote_in", ballot.identifier)).content.decode()
    assert "1 von 6 Sitzen hat abgestimmt" in page


def test_reasons_are_marked_with_the_language_in_which_they_were_given(client, town):
    ballot = opened(Method.CONSENT, town=town)
    cast_all(ballot, PAPERS[Method.CONSENT])
    done = closed(ballot)
    with override("en"):
        page = client.get(reverse("public:ballot", args=[done.identifier])).content.decode()
    assert '<p lang="de" dir="auto">Zu teuer</p>' in page
    assert "6 of 6 seats have voted" in page


def test_an_objection_without_a_reason_is_refused_beside_its_proposal(client, town):
    ballot = opened(Method.CONSENT, town=town)
    take_seat(client, ballot.body.seats.order_by("position").first())
    refused = client.post(
        address("vote_cast", ballot.identifier), {"mark_1": "agree", "mark_2": "object"}
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["mark_2"])


def test_an_objection_to_words_waits_is_answered_and_carried_on_the_pages_of_all_others(
    client, town
):
    ballot = opened(Method.CONSENT, town=town)
    cast_all(ballot, [({"1": "object"}, {"1": "Zu teuer"})] + [{"1": "agree"}] * 5)
    closed(ballot)
    objection = Objection.objects.get()
    make.sign_in(client, town)
    today = client.get(reverse("workspace:today")).content.decode()
    assert "Auf den Einwand zu „Sprachcafé“ antworten" in today
    here = address("objection", objection.identifier)
    listed = client.get(address("objections")).content.decode()
    for page in (listed, client.get(here).content.decode()):
        assert "Sprachcafé" in page
        assert "Sitz 1" in page
    assert address("vote_in", ballot.identifier) in client.get(here).content.decode()
    assert client.post(here, {"response": "Wir prüfen es."}).status_code == 303
    assert client.post(address("objection_carry", objection.identifier)).status_code == 303
    client.logout()
    public = client.get(objection.get_absolute_url()).content.decode()
    for words in ("Zu teuer", "Wir prüfen es.", "Sprachcafé", ballot.get_absolute_url()):
        assert words in public


def test_a_secret_paper_asks_whether_its_objection_may_travel_and_an_open_one_does_not(
    client, town
):
    for is_secret in (True, False):
        ballot = opened(Method.CONSENT, town=town, is_secret=is_secret)
        take_seat(client, ballot.body.seats.order_by("position").first())
        cast = address("vote_cast", ballot.identifier)
        assert ('name="travels"' in client.get(cast).content.decode()) is is_secret
        sent = {"mark_1": "object", "reason_1": "Zu teuer", "travels": "on"}
        refused = client.post(cast, {"mark_1": "object", "travels": "on"})
        assert (refused.status_code, refused.content.decode().count("checked")) == (
            422, 2 if is_secret else 1,
        )  # fmt: skip
        assert client.post(cast, sent).status_code == 303
        assert ballot.papers.get().travels is is_secret


@pytest.mark.parametrize("method", Method)
def test_the_result_says_in_sentences_what_came_out_and_how_to_count_it(client, town, method):
    ballot = opened(method, town=town)
    cast_all(ballot, PAPERS[method])
    done = closed(ballot)
    make.sign_in(client, town, "member")
    page = client.get(address("vote_in", done.identifier)).content.decode()
    assert "Entschieden: „" in page
    assert done.checksum in page
    assert "6 von 6 Sitzen haben abgestimmt" in page
    file = reverse("public:ballot_file", args=[done.identifier, "papers"])
    assert file in page


@pytest.mark.parametrize("method", Method)
def test_a_result_without_a_single_paper_says_so_on_both_pages(client, town, method):
    done = closed(opened(method, town=town))
    make.sign_in(client, town, "member")
    for here in (address("vote_in", done.identifier), done.get_absolute_url()):
        assert "Niemand hat abgestimmt" in client.get(here).content.decode()


def test_everybody_reads_a_public_result_and_nobody_else_a_closed_one(client, town):
    public = opened(Method.BALANCED, town=town)
    cast_all(public, PAPERS[Method.BALANCED])
    hidden = opened(Method.BALANCED, town=town, publishes=False)
    here, there = (reverse("public:ballot", args=[b.identifier]) for b in (public, hidden))
    assert (client.get(here).status_code, client.get(there).status_code) == (404, 404)
    done = closed(public)
    closed(hidden)
    page = client.get(here).content.decode()
    assert "Was jede Perspektive bekommt" in page
    assert client.get(there).status_code == 404
    data = client.get(reverse("public:ballot_file", args=[done.identifier, "json"]))
    assert data.content.decode() == done.content
    papers = client.get(reverse("public:ballot_file", args=[done.identifier, "papers"]))
    assert papers.content.startswith(b"META\n")
    nothing = reverse("public:ballot_file", args=[done.identifier, "html"])
    assert client.get(nothing).status_code == 404


def test_a_resolution_is_recorded_and_lies_on_the_thread(client, town):
    ballot = closed(opened(Method.DOTS, town=town))
    make.sign_in(client, town)
    resolution = make.ResolutionFactory(process=ballot.process)
    here = address("vote_decide", ballot.identifier)
    elsewhere = make.ResolutionFactory(process=make.ProcessFactory(municipality=town))
    assert client.post(here, {"resolution": elsewhere.pk}).status_code == 422
    assert client.post(here, {"resolution": resolution.pk}).status_code == 303
    page = client.get(reverse("public:resolution", args=[resolution.identifier])).content.decode()
    assert reverse("public:ballot", args=[ballot.identifier]) in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_page_cost_the_same_for_one_as_for_many(client, town, count):
    for _each in range(count):
        ballot = opened(Method.DOTS, seats=2 * count, town=town)
    cast_all(ballot, [{"1": 1}] * count)
    take_seat(client, ballot.body.seats.order_by("position").first())
    found = {}
    for name, args in (("votes", ()), ("vote_in", (ballot.identifier,))):
        client.get(address(name, *args))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name, *args)).status_code == 200
        found[name] = len(queries)
    assert found == {"votes": 7, "vote_in": 9}
