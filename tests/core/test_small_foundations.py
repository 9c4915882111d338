"""Identifiers, logs, rights, standings and refusals: small, and everything rests on them."""

from __future__ import annotations

import json
import logging

import pytest
import rules
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import translation

from miteinander.core import errors
from miteinander.core.errors import NotAllowed
from miteinander.core.identifiers import ALPHABET, LENGTH, new_identifier
from miteinander.core.logs import FIELDS, JsonLines
from miteinander.core.models import Thing
from miteinander.core.rights import allowed, require
from miteinander.core.standing import Role, SeatHeld, Standing, system
from tests.factories import MunicipalityFactory, OrganisationFactory, visitor


def test_identifiers_are_short_readable_and_form_no_words():
    made = {new_identifier() for _ in range(500)}
    assert len(made) > 495
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in made)
    assert not set(ALPHABET) & set("aeiouy01l")


@pytest.mark.django_db
def test_a_things_address_survives_renaming_renumbering_and_retirement():
    thing = OrganisationFactory()
    before = thing.identifier
    thing.title, thing.number = "Anders", "7.7"
    thing.save()
    assert thing.refreshed().identifier == before
    with pytest.raises(Exception, match=r"(?i)unique"):
        OrganisationFactory(identifier=before)


def line_of(**extra):
    record = logging.LogRecord("miteinander.x", logging.INFO, __file__, 1, "request", (), None)
    record.__dict__.update(extra)
    return json.loads(JsonLines().format(record))


def test_a_log_line_is_json_with_known_fields_only():
    line = line_of(route="home", status=200, milliseconds=3.1)
    assert (line["message"], line["level"], line["route"], line["status"]) == (
        "request",
        "info",
        "home",
        200,
    )


@pytest.mark.parametrize(
    "name", ["ip", "user", "email", "path", "agent", "token", "text", "to", "query", "name_of"]
)
def test_what_could_name_a_person_never_reaches_the_log(name):
    line = line_of(**{name: "frau.muster@stadt.example"})
    assert "muster" not in json.dumps(line)
    assert name not in FIELDS


def test_an_unknown_right_is_a_mistake_and_not_a_no():
    standing = visitor(MunicipalityFactory.build(pk=1))
    with pytest.raises(KeyError, match=r"never\.declared"):
        allowed(standing, "never.declared")
    with pytest.raises(KeyError):
        require(standing, "never.declared")


def test_a_no_is_a_refusal_that_says_what_to_do(monkeypatch):
    monkeypatch.setattr(rules.permissions, "permissions", rules.RuleSet())
    rules.add_perm("test.no", rules.always_false)
    rules.add_perm("test.yes", rules.always_true)
    standing = visitor(MunicipalityFactory.build(pk=1))
    with pytest.raises(NotAllowed) as refusal:
        require(standing, "test.no")
    assert refusal.value.status == 403
    assert str(refusal.value.do)
    require(standing, "test.yes")


def held(seat, *, as_deputy=False, speaks=True, body=1):
    return SeatHeld(
        seat=seat, body=body, body_kind="steering_group", as_deputy=as_deputy, speaks=speaks
    )


def test_a_holders_own_seat_speaks_before_one_that_is_deputised():
    standing = Standing(
        municipality=1,
        at=None,
        seats=(held(1, as_deputy=True), held(2), held(3, speaks=False), held(4, body=2)),
    )
    assert standing.speaks_for(1).seat == 2
    assert standing.speaks_for(2).seat == 4
    assert standing.speaks_for(3) is None


def test_a_seat_that_may_not_speak_does_not():
    assert Standing(municipality=1, at=None, seats=(held(1, speaks=False),)).speaks_for(1) is None


def test_roles_and_links_are_exact():
    assert system(1, at=None).is_coordinator
    assert Standing(municipality=1, at=None, role=Role.MEMBER).is_member
    assert not Standing(municipality=1, at=None).is_member
    standing = Standing(municipality=1, at=None, link=("report-status", 7))
    assert standing.holds_link("report-status", 7)
    assert not standing.holds_link("report-status", 8)
    assert not standing.holds_link("accept-lead", 7)


def test_refusals_say_what_where_and_what_to_do_as_text_and_as_json():
    refusal = errors.Closed("Zu.", where="Aufruf", do="Warten.")
    assert str(refusal) == "Zu. Aufruf Warten."
    assert refusal.as_json() == {"error": {"what": "Zu.", "where": "Aufruf", "do": "Warten."}}
    assert "Erstens." in str(errors.NotReady(["Erstens.", "Zweitens."]))
    assert "start: Fehlt." in str(errors.Invalid({"start": "Fehlt."}))


def test_a_filled_sentence_is_translated_when_it_is_read():
    from django.utils.translation import gettext_lazy, override

    sentence = errors.filled(gettext_lazy("%(name)s was here."), name="Brücke")
    with override("en"):
        assert str(sentence) == "Brücke was here."


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.NotThere(), 404),
        (errors.NotReady([]), 422),
        (errors.Invalid({}), 422),
        (errors.Closed("x"), 422),
        (errors.Conflict(mine={}, theirs={}, revision=1), 409),
        (errors.LinkForged(), 404),
        (errors.LinkExpired(), 410),
        (errors.LinkSpent(), 410),
    ],
)
def test_every_refusal_has_its_status(refusal, status):
    assert refusal.status == status


def test_the_address_of_a_thing_is_what_django_would_say():
    things = [
        Thing(kind=kind, identifier=identifier)
        for kind in ("measure", "theme")
        for identifier in ("abc234", "0", "with-dash")
    ]

    for language in ("de", "en", "de"):
        with translation.override(language):
            for thing in things:
                plain = reverse(f"public:{thing.kind}", args=[thing.identifier])
                assert thing.get_absolute_url() == plain
                assert plain.startswith(f"/{language}/")


def test_an_address_follows_the_place_of_the_installation():
    thing = Thing(kind="measure", identifier="abc234")
    with translation.override("de"):
        here = thing.get_absolute_url()
        with override_script_prefix("/stadt/"):
            below = thing.get_absolute_url()

    assert below == f"/stadt{here}"
