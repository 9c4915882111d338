"""Protected mode: no table tells at what time somebody spoke."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Call
from miteinander.participation.states import Allowed
from tests import factories as make

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
SPOKE = dt.datetime(2026, 3, 3, 14, 27, 31, 123456, BERLIN)


@pytest.fixture
def call(town):
    process = make.ProcessFactory(municipality=town)
    return make.CallFactory(
        process=process,
        phase=make.PhaseFactory(process=process, starts=SPOKE.date(), ends=None),
        opens_at=SPOKE - dt.timedelta(days=2),
        closes_at=SPOKE + dt.timedelta(days=20),
        answer_by=SPOKE.date() + dt.timedelta(days=40),
        is_protected=True,
        allows=[str(what) for what in Allowed],
    )


def times():
    """Every moment in every table that lies on the day, with what holds it."""
    for model in apps.get_models():
        fields = [
            f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)
        ]
        for row in model._default_manager.all() if fields else ():
            for name in fields:
                if (when := getattr(row, name)) and when.astimezone(BERLIN).date() == SPOKE.date():
                    yield f"{model.__name__}.{name}", when.astimezone(BERLIN)


def speak(call, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: SPOKE)
    found, _code = actions.submit_contribution(
        call, text="Ich habe Angst vor dem Heimweg.", may_publish=True, language="de",
        form_key="k", by=make.visitor(call.municipality), at=SPOKE,
    )  # fmt: skip
    return found


def test_no_table_holds_the_time(call, monkeypatch):
    before = set(times())
    found = speak(call, monkeypatch)
    actions.add_to_contribution(
        found, text="Auch im Winter.", form_key="k2", by=make.visitor(call.municipality), at=SPOKE
    )
    actions.publish_contribution(found, by=make.coordinator(call.municipality), at=SPOKE)
    actions.withdraw_contribution(found, by=make.visitor(call.municipality), at=SPOKE)
    told = set(times()) - before
    assert {what for what, _when in told} >= {"Event.at", "Contribution.created"}
    assert {when.time() for _what, when in told} == {dt.time()}


def test_the_search_above_finds_a_time_where_there_is_one(call, monkeypatch):
    Call.objects.update(is_protected=False)
    call.refresh_from_db()
    speak(call, monkeypatch)
    assert SPOKE in {when for _what, when in times()}


def test_nothing_appears_unread_and_nothing_but_words_is_taken(call, monkeypatch):
    found = speak(call, monkeypatch)
    assert (found.state, found.is_public) == ("submitted", False)
    allowed = {what for what in Allowed if call.allowed(what)}
    assert allowed == {Allowed.COMMENTS, Allowed.PROPOSALS}
