"""Input that is no sentence, at every door at which anybody may say something; and one who floods.

What says nothing is refused with a link to its field and kept in no row; what people write is kept
letter by letter, whichever door it came through.
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution, Participant, Vote
from miteinander.participation.readers import passages_in
from tests import factories as make
from tests.attacks.test_words import KEPT, REFUSED

pytestmark = pytest.mark.django_db
DOORS = ("contribute", "comment", "propose", "live_ask", "passage_comment", "receipt_add")
METHODS = {"propose": "statements", "live_ask": "live", "passage_comment": "review"}
PRESSES = 40


@pytest.fixture
def call_of(town, by):
    def made(door):
        process = make.ProcessFactory(municipality=town)
        phase = make.PhaseFactory(process=process)
        call = make.CallFactory(
            process=process, phase=phase, method=METHODS.get(door, "ideas"),
            allows=["comments", "proposals", "support"],
        )  # fmt: skip
        if door == "passage_comment":
            call = actions.lay_out_draft(call, passages_in("# Leitbild\n\nEin Satz."), **by)
        return call

    return made


def address_of(door, call):
    """The page with the form, and how many contributions there are before anybody uses it."""
    if door == "comment":
        idea = make.ContributionFactory(process=call.process, call=call)
        return reverse("public:comment", args=[idea.identifier]), 1
    if door == "receipt_add":
        _said, code = actions.submit_contribution(
            call, text="Erstes.", may_publish=True, form_key="a",
            by=make.visitor(call.municipality), at=timezone.now(),
        )  # fmt: skip
        return reverse("public:receipt_add", args=[code]), 1
    more = [2] if door == "passage_comment" else []
    return reverse(f"public:{door}", args=[call.identifier, *more]), 0


def say(client, address, text):
    form = client.get(address).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', form)[1]
    return client.post(address, {"text": text, "may_publish": "yes", "form_key": key})


@pytest.mark.parametrize("door", DOORS)
def test_what_says_nothing_gets_through_no_door(client, call_of, door):
    address, before = address_of(door, call_of(door))
    answers = {name: say(client, address, text) for name, text in REFUSED.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        REFUSED, 422
    )
    for name, answer in answers.items():
        assert 'href="#id_text"' in answer.content.decode(), name
    assert Contribution.objects.count() == before


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_people_write_gets_through_every_door_letter_by_letter(client, call_of, door, text):
    address, _before = address_of(door, call_of(door))
    assert say(client, address, text).status_code == 303
    assert Contribution.objects.latest("pk").text == text


def test_one_who_presses_without_end_has_one_vote_on_each_statement(client, call_of):
    call = call_of("propose")
    first, second = (make.StatementFactory(call=call, order=number) for number in (1, 2))
    address = reverse("public:vote", args=[call.identifier])
    for press in range(PRESSES):
        value = ("1", "-1", "0")[press % 3]
        pressed = client.post(address, {"statement": first.identifier, "vote": value})
        assert pressed.status_code == 303
    client.post(address, {"statement": second.identifier, "vote": "1"})
    assert Participant.objects.count() == 1
    assert [v.value for v in Vote.objects.filter(statement=first)] == [1], "the last word counts"
    assert Vote.objects.count() == 2


def test_nobody_votes_on_what_was_taken_out_however_it_is_asked(client, call_of, by):
    call = call_of("propose")
    out = make.StatementFactory(call=call, order=1)
    make.StatementFactory(call=call, order=2)
    actions.withdraw_statement(out, reason="Zwei Thesen in einer.", **by)
    address = reverse("public:vote", args=[call.identifier])
    for value in ("1", "0", "-1", "2", "", "1e9"):
        for more in ({}, {"undo": "1"}):
            client.post(address, {"statement": out.identifier, "vote": value, **more})
    assert not Vote.objects.exists()
