"""A moved phase is told once to everybody concerned, and a slip of the hand to nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community.models import Consent
from miteinander.core.models import Mail
from miteinander.notices import moved
from miteinander.process import actions, queries
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
AT = timezone.now()
RIPE = AT + queries.GRACE


@pytest.fixture
def process():
    process = make.ProcessFactory(title="Konzept")
    body = make.BodyFactory(municipality=process.municipality)
    process.bodies.add(body)
    for name, language in (("anna", "de"), ("ben", "en"), ("cem", "xx")):
        person = make.PersonFactory(
            municipality=process.municipality, email=f"{name}@example.org", language=language
        )
        make.SeatFactory(body=body, holder=make.agreed(person))
    make.PhaseFactory(process=process, title="Mitreden")
    return process


def move(process, days, at=AT):
    phase = process.phases.get()
    actions.move_phase(
        phase,
        starts=phase.starts + days * DAY,
        ends=phase.ends + days * DAY,
        along=False,
        by=make.coordinator(process.municipality),
        at=at,
    )


def undo(process, at):
    last = queries.last_move(process, at=at)
    by = make.coordinator(process.municipality)
    actions.undo_move(process, move=last.event, by=by, at=at)


def test_everybody_concerned_is_told_once_in_their_language_when_the_grace_is_over(process):
    move(process, 3)
    assert not moved.are_missing(RIPE - dt.timedelta(seconds=1))
    assert moved.are_missing(RIPE)
    assert moved.letters(at=RIPE) == 3
    assert (moved.letters(at=RIPE), moved.are_missing(RIPE)) == (0, False)
    written = {mail.to: mail for mail in Mail.objects.all()}
    assert {to: mail.language for to, mail in written.items()} == {
        "anna@example.org": "de", "ben@example.org": "en", "cem@example.org": "de",
    }  # fmt: skip
    assert written["anna@example.org"].subject == "Neue Termine: Konzept"
    assert "wurde die Phase „Mitreden“ verschoben" in written["anna@example.org"].body
    assert "has been moved" in written["ben@example.org"].body
    assert f"/en/prozess/{process.identifier}/" in written["ben@example.org"].body


def test_what_is_taken_back_in_time_is_told_to_nobody(process):
    move(process, 3)
    undo(process, AT + dt.timedelta(minutes=5))
    assert moved.letters(at=RIPE + DAY) == 0


def test_what_is_taken_back_later_is_told_again(process):
    move(process, 3)
    assert moved.letters(at=RIPE) == 3
    undo(process, RIPE + dt.timedelta(minutes=1))
    assert moved.letters(at=RIPE + dt.timedelta(minutes=2)) == 3
    assert Mail.objects.filter(body__contains="wieder ihre früheren").count() == 2


def test_two_moves_in_a_row_are_one_mail(process):
    move(process, 3)
    move(process, 4, at=AT + dt.timedelta(minutes=5))
    assert moved.letters(at=AT + DAY) == 3


def test_whoever_takes_the_consent_back_is_not_written_to(process):
    move(process, 3)
    Consent.objects.filter(person__email="anna@example.org").update(
        withdrawn_on=timezone.localdate(AT)
    )
    assert moved.letters(at=RIPE) == 2
    assert not Mail.objects.filter(to="anna@example.org").exists()


def test_nobody_is_told_after_two_days(process):
    move(process, 3)
    assert moved.letters(at=AT + 3 * DAY) == 0
