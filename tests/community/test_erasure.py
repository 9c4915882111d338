"""Erasing a person: nothing of name and address remains, and what happened stays readable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from miteinander.community import actions
from miteinander.core import outbox
from miteinander.core.errors import Closed
from miteinander.core.jobs import run_scheduled
from miteinander.core.models import Event, EventDetail, Mail, User
from tests.factories import BodyFactory, MunicipalityFactory, SeatFactory, coordinator

pytestmark = pytest.mark.django_db
NAME, MAIL = "Ein Name, der gehen soll", "geht@stadt.example"


@pytest.fixture
def town():
    return MunicipalityFactory()


@pytest.fixture
def person(town):
    by = coordinator(town)
    found = actions.register_person(
        town, function="Leitung der Bücherei", name=NAME, email=MAIL, by=by, at=by.at
    )
    actions.invite_person(found, email=MAIL, by=by, at=by.at)
    return found


def test_name_address_access_and_mails_are_gone_everywhere(town, person):
    seat = SeatFactory(body=BodyFactory(municipality=town), holder=person)
    by = coordinator(town)

    actions.forget_person(person, by=by, at=by.at)

    person.refresh_from_db()
    seat.refresh_from_db()
    assert (person.name, person.email, person.user, seat.holder) == ("", "", None, None)
    assert not User.objects.filter(email=MAIL).exists()
    assert not Mail.objects.filter(to=MAIL).exists()
    for detail in EventDetail.objects.all():
        assert NAME not in str(detail.data)
        assert MAIL not in str(detail.data)


def test_that_it_happened_stays_by_function(town, person):
    before = set(Event.objects.values_list("pk", flat=True))
    by = coordinator(town)

    actions.forget_person(person, by=by, at=by.at)

    (added,) = Event.objects.exclude(pk__in=before)
    assert (added.kind, added.data) == ("person.forgotten", {"person": "Leitung der Bücherei"})
    assert Event.objects.filter(kind="person.registered").count() == 1


def test_an_account_used_in_another_town_stays_there(town, person):
    elsewhere = MunicipalityFactory()
    by = coordinator(elsewhere)
    twin = actions.register_person(
        elsewhere, function="Leitung der Bücherei", name=NAME, by=by, at=by.at
    )
    actions.invite_person(twin, email=MAIL, by=by, at=by.at)

    actions.forget_person(person, by=coordinator(town), at=timezone.now())

    twin.refresh_from_db()
    assert (twin.user.email, twin.name) == (MAIL, NAME)
    assert Mail.objects.filter(to=MAIL, municipality=elsewhere).exists()
    assert twin.user.memberships.get().municipality == elsewhere


def test_nobody_erases_the_account_they_are_using(town, person):
    person.refresh_from_db()
    by = coordinator(town, user=person.user_id)
    with pytest.raises(Closed, match="selbst"):
        actions.forget_person(person, by=by, at=by.at)
    person.refresh_from_db()
    assert person.name == NAME


def test_sent_mails_go_after_a_while_and_waiting_ones_stay(town):
    at = timezone.now()
    old, waiting = (
        outbox.queue(key=key, to=MAIL, subject="s", body="b", at=at, municipality=town)
        for key in ("old", "waiting")
    )
    long_ago = at - outbox.KEPT - timedelta(days=1)
    Mail.objects.filter(pk=old.pk).update(state="sent", sent_at=long_ago)

    assert outbox.sweep(at=at) == 1
    assert list(Mail.objects.values_list("pk", flat=True)) == [waiting.pk]


def test_tidying_up_runs_only_when_something_lies_about(town):
    at = timezone.now()
    mail = outbox.queue(key="old", to=MAIL, subject="s", body="b", at=at, municipality=town)
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=at)
    assert "core.sweep" not in run_scheduled(at=at)

    long_ago = at - outbox.KEPT - timedelta(days=1)
    Mail.objects.filter(pk=mail.pk).update(sent_at=long_ago)

    assert "core.sweep" in run_scheduled(at=at)
    assert not Mail.objects.filter(pk=mail.pk).exists()
