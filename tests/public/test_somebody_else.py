"""A browser that several people use, drafts that nobody sends, and what comes too late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.codes import fresh_form_key
from miteinander.participation import actions
from miteinander.participation.actions.drafts import KEPT
from miteinander.participation.models import Contribution, Participant, SurveyResponse, Vote
from miteinander.public.views.proving import SALT
from tests import factories as f
from tests.participation.surveys import answer, built, typed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def survey(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call, q = built()
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call, q


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def send(client, call, raw, go="next"):
    facts = {"page": 1, "go": go, "form_key": fresh_form_key(SALT, at=timezone.now())}
    return client.post(page("survey", call.identifier), {**raw, **facts})


def test_whoever_comes_next_begins_with_nothing_filled_in(client, survey):
    call, q = survey
    send(client, call, typed(q, how="2"))
    shown = client.get(page("survey", call.identifier)).content.decode()
    assert page("somebody_else", call.identifier) in shown
    asked = client.get(page("somebody_else", call.identifier)).content.decode()
    first = Participant.objects.get()
    code = actions.participant_code(call, client.cookies["taking_part"].value)
    assert code in asked, "whoever answered can note it"
    gone = client.post(page("somebody_else", call.identifier))
    assert (gone.status_code, gone["Location"]) == (303, page("survey", call.identifier))
    assert "checked" not in client.get(page("survey", call.identifier)).content.decode()
    send(client, call, typed(q, how="3"))
    assert Participant.objects.count() == 2
    assert SurveyResponse.objects.get(participant=first).draft, "what was begun stays"
    assert client.get(page("survey_change", code)).status_code == 200, "and its code opens it"


def test_two_people_vote_in_one_browser(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(method="statements")
    client.defaults["HTTP_HOST"] = call.municipality.host
    one = f.StatementFactory(call=call, order=1, title="Mehr Licht.")
    for value in ("1", "-1"):
        said = {"statement": one.identifier, "vote": value}
        client.post(page("vote", call.identifier), said)
        shown = client.get(page("vote", call.identifier)).content.decode()
        assert page("somebody_else", call.identifier) in shown
        client.post(page("somebody_else", call.identifier))
    assert sorted(Vote.objects.values_list("value", flat=True)) == [-1, 1]


def test_it_is_there_only_where_a_browser_is_known_again(client, survey):
    call, _q = survey
    ideas = f.CallFactory(process=call.process)
    assert client.get(page("somebody_else", ideas.identifier)).status_code == 404
    assert client.post(page("somebody_else", ideas.identifier)).status_code == 404
    fresh = client.get(page("somebody_else", call.identifier)).content.decode()
    assert "Auf diesem Gerät hat noch niemand geantwortet." in fresh


def test_what_was_begun_and_never_sent_is_deleted_two_weeks_after_closing(survey):
    call, q = survey
    begun, _draft = answer(call, q, "AAAA-BBBB-0001", send=False, how="2")
    _who, sent = answer(call, q, "AAAA-BBBB-0002", how="2")
    SurveyResponse.objects.filter(pk=sent.pk).update(draft={"q_x": ["neu"]})
    early = call.closes_at + KEPT
    assert not actions.has_old_drafts(early)
    assert actions.forget_drafts(at=early) == 0
    late = early + dt.timedelta(seconds=1)
    assert actions.has_old_drafts(late)
    assert actions.forget_drafts(at=late) == 2
    assert actions.forget_drafts(at=late) == 0
    assert not Participant.objects.filter(pk=begun.pk).exists()
    sent.refresh_from_db()
    assert (sent.draft, sent.answers.count() > 0) == ({}, True), "what was sent stays"


def test_what_was_written_when_a_survey_closed_can_be_sent_to_the_office(client, survey):
    call, q = survey
    send(client, call, typed(q, how="1"))
    now = timezone.now()
    call.opens_at, call.closes_at = now - 2 * DAY, now - dt.timedelta(minutes=1)
    call.save()
    refused = send(client, call, typed(q, how="1"))
    html = refused.content.decode()
    assert refused.status_code == 422
    assert page("late", call.identifier) in html
    assert "Wie kommen Sie?" in html
    key = refused.context["late_form"]["form_key"].value()
    words = refused.context["late_form"]["text"].value()
    sent = client.post(page("late", call.identifier), {"text": words, "form_key": key})
    assert sent.status_code == 303
    assert "Bus" in Contribution.objects.get(call=call).text
