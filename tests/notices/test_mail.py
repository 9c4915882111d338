"""Events become mail: once, in the recipient's language, and only while it still makes sense."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from miteinander.core.events.read import recent
from miteinander.core.jobs import run_scheduled
from miteinander.core.links import read_link
from miteinander.core.models import Event, Job, Mail
from miteinander.monitoring import actions
from miteinander.notices import mail
from tests.factories import StatusReportFactory, coordinator
from tests.monitoring.test_actions import led_measure

pytestmark = pytest.mark.django_db


def ask_for_report(measure, at):
    actions.request_report(measure, by=coordinator(measure.municipality), at=at)


def ask_for_lead(measure, at, organisation=None):
    measure.lead_state = "asked"
    measure.save()
    return Event.objects.create(
        municipality=measure.municipality,
        thing=measure.thing_ptr,
        kind="measure.lead_asked",
        at=at,
        data={"lead": measure.lead.title, "organisation": organisation or measure.lead_id},
    )


def token_in(text):
    return re.search(r"/l/([^/\s]+)/", text).group(1)


@pytest.mark.parametrize(
    ("ask", "purpose"), [(ask_for_report, "report-status"), (ask_for_lead, "accept-lead")]
)
def test_the_lead_gets_one_mail_with_a_link_that_works(ask, purpose):
    measure, at = led_measure(), timezone.now()
    ask(measure, at)

    assert mail.are_missing(at)
    assert mail.letters(at=at) == 1
    assert mail.letters(at=at) == 0, "looking twice writes once"
    assert not mail.are_missing(at)

    written = Mail.objects.get()
    assert (written.to, written.municipality) == (measure.lead.email, measure.municipality)
    assert measure.title in written.subject
    assert measure.title in written.body
    assert f"http://{measure.municipality.host}/de/l/" in written.body
    link = read_link(token_in(written.body), at=at)
    assert (link.purpose, link.thing, link.function) == (purpose, measure.pk, measure.lead.title)


@pytest.mark.parametrize(
    ("language", "path"), [("en", "/en/l/"), ("de", "/de/l/"), ("xx", "/de/l/")]
)
def test_the_mail_speaks_the_recipients_language(language, path):
    measure, at = led_measure(), timezone.now()
    measure.lead.language = language
    measure.lead.save()
    ask_for_report(measure, at)
    mail.letters(at=at)
    written = Mail.objects.get()
    assert path in written.body
    assert written.language == ("en" if language == "en" else "de")


def test_without_a_host_links_begin_with_the_address_of_the_installation(settings):
    settings.PUBLIC_ADDRESS = "https://mit.einander.example"
    measure, at = led_measure(), timezone.now()
    measure.municipality.host = None
    measure.municipality.save()
    ask_for_report(measure, at)
    mail.letters(at=at)
    assert "https://mit.einander.example/de/l/" in Mail.objects.get().body


def test_no_mail_when_a_report_came_in_meanwhile():
    measure, at = led_measure(), timezone.now()
    ask_for_report(measure, at)
    StatusReportFactory(measure=measure, reported_at=at + dt.timedelta(minutes=1))
    assert mail.letters(at=at + dt.timedelta(minutes=2)) == 0
    assert not Mail.objects.exists()


def test_no_mail_when_the_lead_was_answered_or_somebody_else_was_asked():
    answered, moved = led_measure(), led_measure()
    at = timezone.now()
    ask_for_lead(answered, at)
    answered.lead_state = "accepted"
    answered.save()
    ask_for_lead(moved, at, organisation=answered.lead_id)
    assert mail.letters(at=at) == 0
    assert not Mail.objects.exists()


def test_a_lead_without_an_address_is_not_looked_at_as_work_to_do():
    measure, at = led_measure(), timezone.now()
    measure.lead.email = ""
    measure.lead.save()
    ask_for_lead(measure, at)

    assert not mail.are_missing(at)
    assert run_scheduled(at=at) == []
    assert not Job.objects.exists()


def test_old_events_are_left_alone():
    measure, at = led_measure(), timezone.now()
    ask_for_report(measure, at - mail.LOOK_BACK - dt.timedelta(minutes=1))
    assert mail.letters(at=at) == 0


def test_an_event_that_becomes_visible_late_is_still_seen():
    """On PostgreSQL a transaction may commit after a later one: there is no cursor to miss it."""
    late, early = led_measure(), led_measure()
    at = timezone.now()
    ask_for_report(early, at)
    assert mail.letters(at=at) == 1
    ask_for_report(late, at - dt.timedelta(hours=1))
    assert mail.letters(at=at) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_two_queries_when_there_is_nothing_to_do(count, django_assert_num_queries):
    at = timezone.now()
    for _ in range(count):
        ask_for_report(led_measure(), at)
    mail.letters(at=at)
    with django_assert_num_queries(2):
        assert not mail.are_missing(at)


def test_the_schedule_writes_and_delivers(mailoutbox):
    measure, at = led_measure(), timezone.now()
    assert run_scheduled(at=at) == [], "an idle installation writes nothing"
    assert not Job.objects.exists()
    ask_for_report(measure, at)
    ran = run_scheduled(at=timezone.now())
    assert "notices.write_mail" in ran
    run_scheduled(at=timezone.now() + dt.timedelta(seconds=5))
    assert [m.to for m in mailoutbox] == [[measure.lead.email]]
    assert Mail.objects.get().state == "sent"


def test_every_writer_belongs_to_a_declared_event():
    from miteinander.core.events.kinds import kind

    for name in mail.WRITERS:
        assert kind(name).name == name


def test_recent_reads_only_the_kinds_asked_for(django_assert_num_queries):
    at = timezone.now()
    ask_for_report(led_measure(), at)
    with django_assert_num_queries(1):
        assert [e.kind for e in recent(["report.requested"], since=at)] == ["report.requested"]
    assert recent(["measure.lead_asked"], since=at) == []
