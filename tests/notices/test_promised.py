"""The coordination is reminded of promised answers: once before the day, once after it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community.models import Consent
from miteinander.core.models import Mail
from miteinander.notices import promised
from miteinander.participation import actions, queries
from miteinander.participation.models import PromiseReminder
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


@pytest.fixture
def call():
    call = f.CallFactory()
    for address in ("leitung@stadt.example", "vertretung@stadt.example"):
        person = f.PersonFactory(
            municipality=call.municipality, user=f.UserFactory(email=address), email=address
        )
        f.MembershipFactory(user=person.user, municipality=call.municipality, role="coordinator")
        Consent.objects.create(person=person, given_on=timezone.localdate())
    return call


def said(call, text="Mehr Bänke."):
    return actions.submit_contribution(
        call, text=text, may_publish=True, form_key=text, language="de",
        by=f.visitor(call.municipality), at=timezone.now(),
    )[0]  # fmt: skip


def moment(call, days):
    """Noon, so many days from the promised one."""
    day = dt.datetime.combine(call.answer_by, dt.time(12), tzinfo=dt.UTC)
    return day + days * DAY


def test_once_a_week_before_and_once_after_it(call):
    said(call)
    assert promised.letters(at=moment(call, -8)) == 0
    assert [promised.letters(at=moment(call, days)) for days in (-7, -6, 0)] == [2, 0, 0]
    assert [promised.letters(at=moment(call, days)) for days in (1, 2, 90)] == [2, 0, 0]
    assert Mail.objects.count() == 4
    mail = Mail.objects.order_by("pk").first()
    assert call.title in mail.body
    assert "1 ohne Antwort" in mail.body


def test_nothing_is_missing_when_everybody_has_an_answer(call):
    one = actions.publish_contribution(said(call), **office(call))
    assert promised.are_missing(moment(call, 1))
    actions.answer_contribution(one, outcome="taken_up", reason="Ja.", **office(call))
    assert not promised.are_missing(moment(call, 1))


def test_one_mail_names_every_call(call):
    other = f.CallFactory(
        process=call.process, phase=call.phase, title="Wege", answer_by=call.answer_by
    )
    said(call)
    said(other, "Mehr Wege.")
    assert promised.letters(at=moment(call, -3)) == 2
    assert all(call.title in mail.body and "Wege" in mail.body for mail in Mail.objects.all())


def test_a_new_promise_is_recalled_anew(call):
    said(call)
    promised.letters(at=moment(call, 1))
    actions.change_call(
        call, changes={"answer_by": call.answer_by + 30 * DAY}, seen=call.revision, **office(call)
    )
    moved = call.refreshed()
    assert promised.letters(at=moment(moved, -8)) == 0
    assert promised.letters(at=moment(moved, -7)) == 2
    assert PromiseReminder.objects.count() == 2


def test_nobody_of_another_town_is_told(call):
    other = f.CallFactory(answer_by=call.answer_by)
    said(other)
    assert promised.letters(at=moment(call, 1)) == 0
    assert queries.coordination_of(other.municipality) == []
