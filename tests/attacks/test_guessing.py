"""Guessing: receipts, identifiers, links, other towns. The same answer, whatever is guessed."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = ("receipt", "receipt_add", "receipt_json", "receipt_txt", "withdraw", "notice")


@pytest.fixture
def code(town):
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process, phase=make.PhaseFactory(process=process))
    return actions.submit_contribution(
        call, text="Im Norden fehlt ein Treffpunkt.", may_publish=False, form_key="k",
        by=make.visitor(town), at=timezone.now(),
    )[1]  # fmt: skip


def headers_of(response):
    """All but the digest of the page, which holds its own address."""
    return {name: value for name, value in response.headers.items() if name != "ETag"}


def near(code):
    """The code with another last letter: one that could be, and is not."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


@pytest.mark.parametrize("name", PAGES)
def test_wrong_codes_all_look_the_same(client, code, name):
    address = [f"public:{name}"]
    assert client.get(reverse(*address, args=[code])).status_code == 200
    guesses = [near(code), "M4RK-7TZW-0QHA", "kein-code", "x" * 200, "%00", "..", "' or 1=1 --"]
    answers = [client.get(reverse(*address, args=[guess])) for guess in guesses]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {answer.content.replace(b"x" * 200, b"") for answer in answers}
    assert len({len(body) // 400 for body in bodies}) == 1, "no answer says more than another"


def test_a_code_of_another_town_is_as_wrong_as_a_made_up_one(client, code):
    other = make.MunicipalityFactory(host="localhost")
    for name in PAGES:
        of_theirs, made_up = (
            client.get(reverse(f"public:{name}", args=[guess]), headers={"host": other.host})
            for guess in (code, near(code))
        )
        assert of_theirs.status_code == made_up.status_code == 404
        assert headers_of(of_theirs) == headers_of(made_up)
        cleaned = [
            each.content.replace(guess.encode(), b"")
            for each, guess in ((of_theirs, code), (made_up, near(code)))
        ]
        assert cleaned[0] == cleaned[1]
    searched = client.get(
        reverse("public:receipt_search"), {"code": code}, headers={"host": other.host}
    )
    assert searched.status_code == 404


def test_a_hidden_contribution_and_none_look_the_same(client, code, town):
    hidden = Contribution.objects.get()
    answers = [
        client.get(reverse("public:contribution", args=[identifier]))
        for identifier in (hidden.identifier, "bcdfghjk")
    ]
    pages = [
        answer.content.replace(identifier.encode(), b"")
        for answer, identifier in zip(answers, (hidden.identifier, "bcdfghjk"), strict=True)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert headers_of(answers[0]) == headers_of(answers[1])
    assert pages[0] == pages[1]


def test_no_code_is_kept_anywhere_in_the_database(code):
    everything = [
        str(value)
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for value in row
    ]
    assert not [value for value in everything if code in value or code.replace("-", "") in value]
