"""Finding a date: who is asked, what counts, and what is decided only once."""

from __future__ import annotations

import datetime as dt

import pytest

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, Mail
from miteinander.core.rights import allowed
from miteinander.core.standing import Role, SeatHeld, Standing
from miteinander.process import actions, forms, queries
from miteinander.process.actions import Slot
from miteinander.process.models import DatePoll, Meeting, PollAnswer
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
FIRST, SECOND = (Slot(dt.date(2027, 4, day), dt.time(18), dt.time(20)) for day in (5, 6))
UNTIL = dt.date(2027, 3, 20)


@pytest.fixture
def process():
    return make.ProcessFactory()


@pytest.fixture
def by(process):
    return {"by": make.coordinator(process.municipality), "at": AT}


@pytest.fixture
def body(process):
    return make.BodyFactory(municipality=process.municipality)


def sits(body, email="", *, agrees=True, **more):
    person = make.PersonFactory(
        municipality=body.municipality, email=email, language=more.pop("language", "de")
    )
    if agrees:
        person.consents.create(given_on=dt.date(2026, 1, 1), way="form")
    make.SeatFactory(body=body, holder=person, **more)
    return person


def ask(process, body, by, **more):
    wanted = {"title": "Klausur", "slots": [FIRST, SECOND], "closes_on": UNTIL, **more}
    return actions.open_poll(process, body=body, **wanted, **by)


def answer(poll, person, *said, at=AT):
    voter = poll.voters.get(person=person)
    answers = dict(zip(poll.options.values_list("pk", flat=True), said, strict=True))
    return actions.answer_poll(
        voter, answers, by=Standing(municipality=body_town(poll), at=at, person=person.pk), at=at
    )


def body_town(poll):
    return poll.process.municipality_id


def test_everybody_is_asked_once_in_their_language_and_who_is_not_reached_is_named(
    process, body, by
):
    sits(body, "a@stadt.example")
    sits(body, "b@stadt.example", language="en")
    sits(body, "c@stadt.example", agrees=False)
    away = sits(
        body, "d@stadt.example", absent_from=dt.date(2027, 2, 1),
        deputy=make.PersonFactory(municipality=body.municipality),
    )  # fmt: skip

    poll = ask(process, body, by)

    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert set(mails) == {"a@stadt.example", "b@stadt.example"}
    assert "Montag, 5. April 2027, 18:00 bis 20:00" in mails["a@stadt.example"].body
    assert "Monday, 5 April 2027, 18:00 to 20:00" in mails["b@stadt.example"].body
    assert poll.voters.filter(is_asked=False).count() == 2
    assert not poll.voters.filter(person=away).exists(), "the deputy is asked instead"


def test_most_who_can_at_all_come_first_and_then_most_without_trouble(process, body, by):
    one, other = sits(body), sits(body)
    poll = ask(process, body, by)
    answer(poll, one, "yes", "maybe")
    answer(poll, other, "no", "maybe")

    page = queries.poll_page(poll)

    assert [(line.yes, line.maybe, line.no, line.is_best) for line in page.options] == [
        (1, 0, 1, False),
        (0, 2, 0, True),
    ]
    assert page.missing == []


def test_the_same_answer_twice_is_one_and_another_takes_its_place(process, body, by):
    person = sits(body)
    poll = ask(process, body, by)
    answer(poll, person, "yes", "no")
    answer(poll, person, "yes", "no")
    assert Event.objects.filter(kind="poll.answered").count() == 1
    answer(poll, person, "no", "yes")

    assert PollAnswer.objects.count() == 2
    with pytest.raises(Invalid):
        answer(poll, person, "yes", "perhaps")


def test_after_the_last_day_and_after_the_decision_nobody_answers(process, body, by):
    person = sits(body)
    poll = ask(process, body, by)
    with pytest.raises(Closed):
        answer(poll, person, "yes", "no", at=AT + dt.timedelta(days=20))
    actions.decide_poll(poll, poll.options.first(), **by)
    with pytest.raises(Closed):
        answer(poll, person, "yes", "no")


def test_a_decision_announces_and_invites_once(process, body, by):
    sits(body, "a@stadt.example")
    poll = ask(process, body, by)
    meeting, invited = actions.decide_poll(poll, poll.options.last(), **by)

    assert (meeting.happened_on, meeting.starts_at) == (SECOND.day, SECOND.starts_at)
    assert invited.mails == 1
    with pytest.raises(Closed):
        actions.decide_poll(poll, poll.options.first(), **by)
    with pytest.raises(Closed):
        actions.drop_poll(poll, **by)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"slots": [FIRST]}, {"slots"}),
        ({"slots": [FIRST] * 5}, {"slots"}),
        ({"slots": [FIRST, Slot(FIRST.day, FIRST.starts_at, dt.time(21))]}, {"slots"}),
        ({"slots": [FIRST, Slot(dt.date(2027, 2, 1), dt.time(18))]}, {"slots", "closes_on"}),
        ({"slots": [FIRST, Slot(dt.date(2027, 3, 28), dt.time(2, 30))]}, {"slots"}),
        ({"slots": [Slot(dt.date(2027, 4, d), dt.time(9)) for d in range(1, 22)]}, {"slots"}),
        ({"closes_on": dt.date(2027, 2, 1)}, {"closes_on"}),
        ({"closes_on": dt.date(2027, 4, 6)}, {"closes_on"}),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(process, body, by, more, fields):
    sits(body)
    with pytest.raises(Invalid) as refused:
        ask(process, body, by, **more)

    assert set(refused.value.fields) == fields
    assert not DatePoll.objects.exists()


def test_nobody_is_asked_twice_at_a_time_and_an_empty_body_not_at_all(process, body, by):
    with pytest.raises(Invalid) as refused:
        ask(process, body, by)
    assert set(refused.value.fields) == {"body"}
    sits(body)
    poll = ask(process, body, by)
    with pytest.raises(Invalid):
        ask(process, body, by)
    actions.drop_poll(poll, **by)
    ask(process, body, by)


@pytest.mark.parametrize(
    ("line", "slot"),
    [
        ("5.4.2027 18:00-20:00", FIRST),
        ("Mo, 05.04.2027, 18.00 – 20.00 Uhr", FIRST),
        ("5. 4. 2027 18 bis 20 Uhr", FIRST),
        ("5.4.2027 18 Uhr", Slot(FIRST.day, FIRST.starts_at)),
    ],
)
def test_dates_are_read_as_people_write_them(process, body, line, slot):
    form = forms.PollForm(
        {"title": "x", "body": body.pk, "slots": line, "closes_on": "2027-03-20"},
        municipality=process.municipality,
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slots"] == [slot]


@pytest.mark.parametrize("line", ["neulich", "31.2.2027 18:00", "5.4.2027", "5.4.2027 25:00"])
def test_a_line_that_is_no_date_is_named(process, body, line):
    form = forms.PollForm(
        {"title": "x", "body": body.pk, "slots": line, "closes_on": "2027-03-20"},
        municipality=process.municipality,
    )
    assert not form.is_valid()
    assert line in form.errors["slots"][0]


def test_rule_and_query_agree_on_who_sees_a_poll(process, body, by):
    town, strange = process.municipality, make.MunicipalityFactory()
    sits(body)
    poll = ask(process, body, by)
    seat = SeatHeld(seat=1, body=body.pk, body_kind=body.body_kind, as_deputy=False, speaks=True)
    for role in (None, Role.MEMBER, Role.COORDINATOR):
        for seats in ((), (seat,)):
            for place in (town, strange):
                standing = Standing(municipality=place.pk, at=AT, role=role, seats=seats)
                may = allowed(standing, "process.see_poll", poll)
                seen = queries.polls_visible_to(place, standing).filter(pk=poll.pk).exists()
                assert may == seen, (role, bool(seats), place == town)
