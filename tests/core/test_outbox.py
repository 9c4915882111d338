"""The outbox: rows first, once per key, claimed before they are sent, retried with patience."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from django.core import mail as sent_mail

from miteinander.core import outbox
from miteinander.core.models import Mail
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def queued(key="event:1:a", **more):
    facts = {"to": "verein@stadt.example", "subject": "Wie steht es?", "body": "Bitte.", "at": AT}
    return outbox.queue(key=key, **{**facts, **more})


def test_the_same_key_writes_once_and_keeps_the_first_text():
    first = queued()
    again = queued(subject="anders", to="wer@anders.example")
    assert again == first
    assert Mail.objects.get().subject == "Wie steht es?"
    assert outbox.known(["event:1:a", "event:2:a"]) == {"event:1:a"}


def test_a_subject_cannot_smuggle_headers():
    assert queued(subject="Hallo\nBcc: alle@welt.example").subject == "Hallo Bcc: alle@welt.example"


def test_delivering_sends_what_is_due_and_says_how_much():
    queued()
    queued(key="later", not_before=AT + MINUTE)
    assert outbox.is_due(AT)
    assert outbox.deliver(at=AT) == outbox.Delivery(sent=1, failed=0, waiting=1)
    message = sent_mail.outbox[0]
    assert message.to == ["verein@stadt.example"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["Content-Language"] == "de"
    assert not outbox.is_due(AT)
    assert outbox.deliver(at=AT + MINUTE).sent == 1
    assert outbox.deliver(at=AT + MINUTE).sent == 0
    assert len(sent_mail.outbox) == 2


def test_the_preview_sends_nothing():
    queued()
    assert [mail.subject for mail in outbox.due(AT)] == ["Wie steht es?"]
    assert Mail.objects.get().state == "waiting"
    assert sent_mail.outbox == []


def test_a_mail_that_another_worker_has_claimed_is_not_sent_twice(monkeypatch):
    mail = queued()
    seen = outbox.due(AT)
    Mail.objects.filter(pk=mail.pk).update(state="sending", attempts=1, not_before=AT)
    monkeypatch.setattr(outbox, "due", lambda at: seen)
    assert outbox.deliver(at=AT).sent == 0
    assert sent_mail.outbox == []


def test_a_mail_left_in_sending_is_taken_up_again_by_one_worker(monkeypatch):
    mail = queued()
    Mail.objects.filter(pk=mail.pk).update(state="sending", attempts=1)
    assert outbox.due(AT + outbox.STUCK_AFTER) == []
    late = AT + outbox.STUCK_AFTER + MINUTE
    seen = outbox.due(late)
    assert seen == [mail]
    monkeypatch.setattr(outbox, "due", lambda at: seen)
    assert outbox.deliver(at=late).sent == 1
    assert outbox.deliver(at=late).sent == 0, "the second worker saw the same row"
    assert len(sent_mail.outbox) == 1


@pytest.mark.parametrize("problem", [smtplib.SMTPServerDisconnected("away"), OSError("no route")])
def test_a_failure_waits_longer_each_time_and_gives_up_visibly(monkeypatch, problem):
    def fail(self):
        raise problem

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    queued()
    at, waits = AT, []
    for _ in range(outbox.ATTEMPTS):
        assert outbox.deliver(at=at).failed == 1
        mail = Mail.objects.get()
        waits.append((mail.not_before - at) // MINUTE)
        at = mail.not_before
    assert waits == [2, 4, 8, 16, 32]
    assert mail.state == "failed"
    assert type(problem).__name__ in mail.error
    assert outbox.due(at) == []


def test_a_mail_that_came_through_after_a_failure_forgets_it(monkeypatch):
    queued()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", _refuse)
        outbox.deliver(at=AT)
    outbox.deliver(at=AT + 5 * MINUTE)
    mail = Mail.objects.get()
    assert (mail.state, mail.error, mail.attempts) == ("sent", "", 2)


def _refuse(self):
    raise OSError


def test_one_bad_mail_does_not_stop_the_others(monkeypatch):
    queued(key="bad", to="bad@stadt.example")
    queued(key="good")
    send = sent_mail.EmailMessage.send

    def send_some(self):
        if self.to == ["bad@stadt.example"]:
            raise smtplib.SMTPRecipientsRefused({})
        send(self)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send_some)
    assert outbox.deliver(at=AT) == outbox.Delivery(sent=1, failed=1, waiting=1)


def test_the_outbox_of_a_town_is_its_own_and_hides_sign_in_codes():
    town, other = MunicipalityFactory(), MunicipalityFactory()
    own = queued(key="event:1:a", municipality=town)
    queued(key="event:2:a", municipality=other)
    queued(key="account:abc", municipality=town, body="Ihr Code: 123456")
    assert list(outbox.mails_of(town)) == [own]
