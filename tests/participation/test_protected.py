"""Protected mode: no table tells at what time somebody spoke."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
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
        closes_at=SPOKE.replace(hour=18, minute=0) + dt.timedelta(days=20),  # its hour is told
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


def test_no_table_holds_the_time_of_an_answer_or_of_what_came_on_paper(call, monkeypatch):
    office = {"by": make.coordinator(call.municipality), "at": SPOKE}
    before = set(times())
    found = actions.black_out(
        speak(call, monkeypatch), words=["Heimweg"], reason="Ein Ort.", **office
    )
    answer = actions.answer_contribution(found, outcome="partly", reason="Ja, zum Teil.", **office)
    actions.supplement_answer(answer, text="Auch im Winter.", language="de", **office)
    actions.answer_together(
        call.process,
        [actions.enter_on_behalf(call, text="Licht!", channel="paper", form_key="p", **office)[0]],
        outcome="taken_up", reason="Wird gebaut.", **office,
    )  # fmt: skip
    gone, _code = actions.enter_on_behalf(
        call, text="Doppelt.", channel="phone", form_key="d", **office
    )
    actions.undo_entry(gone, **office)
    call.method = "statements"
    call.save()
    actions.enter_ballots(call, [{1: 1}], form_key="b", channel="paper", **office)
    told = set(times()) - before
    assert {what for what, _when in told} >= {
        "Event.at", "Contribution.created", "Answer.answered_at", "AnswerSupplement.added_at",
    }  # fmt: skip
    assert {(what, when.time()) for what, when in told if when.time() != dt.time()} == set()


def test_what_everybody_reads_and_takes_along_tells_the_day(call, client, monkeypatch, settings):
    """Pages, the receipt with its files, the tables of the call and the feed."""
    settings.ALLOWED_HOSTS = ["*"]
    client.defaults["HTTP_HOST"] = call.municipality.host
    monkeypatch.setattr(timezone, "now", lambda: SPOKE)
    office = {"by": make.coordinator(call.municipality), "at": SPOKE}
    found, code = actions.submit_contribution(
        call, text="Der Heimweg ist dunkel.", may_publish=True, language="de",
        form_key="w", by=make.visitor(call.municipality), at=SPOKE,
    )  # fmt: skip
    found = actions.publish_contribution(found, **office)
    actions.answer_contribution(found, outcome="partly", reason="Wird heller.", **office)
    files = [("public:receipt_json", [code]), ("public:receipt_txt", [code])]
    files += [("public:call_table", [call.identifier, "beitraege", e]) for e in ("csv", "json")]
    pages = [
        ("public:receipt", [code]), ("public:contribution", [found.identifier]),
        ("public:call", [call.identifier]), ("public:feed", []), *files,
    ]  # fmt: skip
    for name, keys in pages:
        answer = client.get(reverse(name, args=keys))
        assert answer.status_code == 200, (name, answer.content.decode()[-1500:])
        text = answer.content.decode()
        assert "14:27" not in text, name
        assert "13:27" not in text, name
        assert "14.27" not in text, name
        assert name == "public:feed" or "Heimweg" in text, name


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
