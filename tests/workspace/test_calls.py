"""Calls in the office: opened with a method and an audience, changed until somebody answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.codes import read_code
from miteinander.core.errors import Invalid
from miteinander.participation import actions
from miteinander.participation.models import Call
from miteinander.participation.states import SENSIBLE, Allowed, Audience, CallMethod
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORDS = ("title", "question", "text")


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def phase(town):
    return f.PhaseFactory(process=f.ProcessFactory(municipality=town))


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def data(phase, **more):
    now = timezone.localtime()
    facts = {
        "title": "Orte", "question": "Wo fehlt ein Ort?", "phase": phase.pk,
        "method": "ideas", "audience": "public",
        "opens_at": f"{now:%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + 3 * DAY:%Y-%m-%dT%H:%M}",
        "answer_by": f"{now + 9 * DAY:%Y-%m-%d}",
    }  # fmt: skip
    return {k: v for k, v in (facts | more).items() if v is not None}


def opened(client, phase, **more):
    response = client.post(desk("call_new", phase.process.identifier), data(phase, **more))
    assert response.status_code == 303, response.context["form"].errors
    call = Call.objects.latest("pk")
    assert response["Location"] == desk("call", call.identifier)
    return call


def answered(call):
    actions.submit_contribution(
        call, text="Ein Treff fehlt.", may_publish=True, form_key="eins",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    return call


@pytest.mark.parametrize("method", CallMethod)
def test_a_call_allows_only_what_makes_sense_with_its_method(client, phase, method):
    call = opened(client, phase, method=method, allows=list(Allowed.values))
    assert (call.method, set(call.allows)) == (method, {str(a) for a in SENSIBLE[method]})


def test_every_method_is_offered_with_a_sentence_that_says_when(client, phase):
    html = client.get(desk("call_new", phase.process.identifier)).content.decode()
    for method in CallMethod:
        assert f'name="method" value="{method}"' in html
    assert "Gruppen haben an einer Wand Karten geschrieben" in html


@pytest.mark.parametrize("audience", Audience)
def test_a_call_is_put_to_whom_was_chosen(client, phase, audience):
    body = f.BodyFactory(municipality=phase.process.municipality)
    call = opened(client, phase, audience=audience, body=body.pk)
    assert (call.audience, call.is_public) == (audience, audience == "public")
    assert call.body == (body if audience == "body" else None)
    assert bool(call.access_code) == (audience == "code")
    assert call.access_code == read_code(call.access_code)


def test_a_call_to_a_body_names_the_body_and_keeps_what_was_typed(client, phase):
    address = desk("call_new", phase.process.identifier)
    response = client.post(address, data(phase, audience="body", question="Meine Frage?"))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_body"' in html
    assert "Meine Frage?" in html
    assert not Call.objects.exists()


def test_a_body_of_another_town_cannot_be_chosen(client, phase):
    far = f.BodyFactory(municipality=f.MunicipalityFactory())
    address = desk("call_new", phase.process.identifier)
    response = client.post(address, data(phase, audience="body", body=far.pk))
    assert response.status_code == 422
    assert "body" in response.context["form"].errors


def test_protected_mode_keeps_only_the_text(client, phase):
    call = opened(client, phase, is_protected="on", allows=["support", "picture", "place"])
    assert (call.is_protected, call.allows) == (True, ["support"])


def test_a_new_call_begins_with_times_within_its_phase(client, phase):
    phase.ends = timezone.localdate() + 5 * DAY
    phase.save()
    initial = client.get(desk("call_new", phase.process.identifier)).context["form"].initial
    assert timezone.localdate(initial["closes_at"]) == phase.ends
    assert initial["opens_at"] > timezone.now()
    opened(
        client, phase,
        **{name: f"{timezone.localtime(initial[name]):%Y-%m-%dT%H:%M}"
           for name in ("opens_at", "closes_at")},
        answer_by=f"{initial['answer_by']:%Y-%m-%d}",
    )  # fmt: skip


def test_before_answers_everything_can_be_changed(client, phase):
    call = opened(client, phase, allows=["support"])
    address = desk("call_edit", call.identifier)
    changed = data(phase, method="survey", audience="code", seen=call.revision)
    assert client.post(address, changed).status_code == 303
    call = call.refreshed()
    assert (call.method, call.allows, call.is_public) == ("survey", [], False)
    assert call.access_code
    back = data(phase, method="survey", audience="public", seen=call.revision)
    assert client.post(address, back).status_code == 303
    assert (call.refreshed().is_public, call.refreshed().access_code) == (True, "")


def test_a_call_that_is_closed_to_the_public_vanishes_from_kept_pages(client, phase):
    call = opened(client, phase)
    town = phase.process.municipality
    town.refresh_from_db()
    before = town.public_version
    changed = data(phase, audience="members", seen=call.revision)
    assert client.post(desk("call_edit", call.identifier), changed).status_code == 303
    town.refresh_from_db()
    assert town.public_version > before


def test_saving_again_keeps_the_code_and_the_body(client, phase):
    call = opened(client, phase, audience="code")
    same = data(phase, audience="code", title="Andere Orte", seen=call.revision)
    assert client.post(desk("call_edit", call.identifier), same).status_code == 303
    assert call.refreshed().access_code == call.access_code
    assert call.refreshed().title == "Andere Orte"


def test_after_answers_method_and_audience_are_not_asked_any_more(client, phase):
    call = answered(opened(client, phase, is_protected="on"))
    address = desk("call_edit", call.identifier)
    page = client.get(address)
    assert "Antworten sind eingegangen" in page.content.decode()
    assert not {"method", "audience", "body", "is_protected"} & set(page.context["form"].fields)
    sent = data(phase, method="survey", audience="members", title="Neu", seen=call.revision)
    assert client.post(address, sent).status_code == 303
    call = call.refreshed()
    assert (call.title, call.method, call.audience) == ("Neu", "ideas", "public")
    assert call.is_protected


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("method", {"method": "survey"}),
        ("audience", {"audience": "members"}),
        ("audience", {"audience": "code"}),
        ("is_protected", {"is_protected": False}),
    ],
)
def test_after_answers_the_action_refuses_as_well(client, phase, field, changes):
    call = answered(opened(client, phase, is_protected="on"))
    with pytest.raises(Invalid) as refused:
        actions.change_call(
            call, changes=changes, seen=call.revision,
            by=f.coordinator(call.municipality), at=timezone.now(),
        )  # fmt: skip
    assert list(refused.value.fields) == [field]
    assert call.refreshed().method == "ideas"


def test_another_code_shuts_the_former_one_out(client, phase):
    call = opened(client, phase, audience="code")
    response = client.post(desk("call_code", call.identifier), follow=True)
    renewed = call.refreshed().access_code
    assert renewed != call.access_code
    assert renewed in response.content.decode()
    assert call.access_code not in response.content.decode()


def test_a_call_without_a_code_gets_none(client, phase):
    call = opened(client, phase)
    response = client.post(desk("call_code", call.identifier))
    assert response.status_code == 422
    assert call.refreshed().access_code == ""


@pytest.mark.parametrize("method", CallMethod)
def test_an_example_begins_a_call_and_is_never_published(client, phase, method):
    address = desk("call_new", phase.process.identifier)
    plain = client.get(address)
    assert f"?beispiel={method}" in plain.content.decode()
    assert not plain.context["form"].initial.get("allows"), "nothing is ticked beforehand"
    form = client.get(f"{address}?beispiel={method}").context["form"]
    sent = {name: value for name, value in form.initial.items() if value not in (None, "")}
    sent = {
        name: timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
        if name.endswith("_at")
        else value
        for name, value in sent.items()
    }
    assert form.initial["method"] == method
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "Bitte schreiben Sie eigene Worte an die Stelle von „[…]“." in refused.content.decode()
    assert str(form.initial["question"]) in refused.content.decode(), "what was typed is kept"
    assert not Call.objects.exists()
    own = {name: sent[name].replace("[…]", "Kempten") for name in WORDS}
    assert client.post(address, sent | own).status_code == 303
    assert Call.objects.get().method == method
