"""The room of adoption: voices, objections, versions, in the browser without JavaScript."""

from __future__ import annotations

import pytest
from django.urls import reverse

from miteinander.adoption import actions
from miteinander.adoption.models import ConceptVersion, Objection, Voice
from miteinander.core.standing import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def measure():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    return make.MeasureFactory(goal=goal, state="submitted")


@pytest.fixture
def concept(measure):
    return measure.goal.field.concept


@pytest.fixture
def seat(concept):
    body = make.BodyFactory(municipality=concept.municipality)
    concept.process.bodies.add(body)
    return make.SeatFactory(body=body, function="Sitz Schule")


def address(name, *args):
    return reverse(f"workspace:{name}", args=args)


def take_seat(client, seat):
    user = make.sign_in(client, seat.body.municipality, Role.MEMBER)
    seat.holder = user.people.get()
    seat.save()


def test_a_seat_objects_and_changes_its_mind(client, measure, seat):
    take_seat(client, seat)
    page = client.get(address("review"), follow=True).content.decode()
    assert address("voice", measure.identifier) in page
    here = address("voice", measure.identifier)
    refused = client.post(here, {"choice": "object", "reason": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert client.post(here, {"choice": "object", "reason": "Zu teuer"}).status_code == 303
    assert Objection.objects.get().reason == "Zu teuer"
    assert client.post(here, {"choice": "agree"}).status_code == 303
    assert Voice.objects.get().choice == "agree"


def test_without_a_seat_one_sees_counts_and_has_no_voice(client, measure, concept):
    make.sign_in(client, measure.municipality, Role.MEMBER)
    page = client.get(address("review", concept.identifier)).content.decode()
    assert measure.title in page
    assert address("voice", measure.identifier) not in page
    refused = client.post(address("voice", measure.identifier), {"choice": "agree"})
    assert refused.status_code == 403
    assert not Voice.objects.exists()


def test_the_office_answers_and_carries_an_objection(client, measure, seat):
    make.sign_in(client, measure.municipality)
    objection = make.ObjectionFactory(measure=measure, seat=seat)
    assert objection.seat.function in client.get(address("objections")).content.decode()
    here = address("objection", objection.identifier)
    assert client.post(here, {"response": ""}).status_code == 422
    assert client.post(here, {"response": "Wir prüfen es."}).status_code == 303
    assert client.post(address("objection_carry", objection.identifier)).status_code == 303
    assert objection.refreshed().state == "carried"
    assert client.post(address("objection_withdraw", objection.identifier)).status_code == 403


def test_freeze_download_and_adopt(client, measure, concept):
    make.sign_in(client, measure.municipality)
    assert client.post(address("version_freeze", concept.identifier)).status_code == 303
    version = ConceptVersion.objects.get()
    assert version.checksum in client.get(address("versions")).content.decode()
    here = address("version_adopt", version.identifier)
    assert (
        address("resolution_new", concept.process.identifier) in client.get(here).content.decode()
    )
    resolution = make.ResolutionFactory(process=concept.process)
    rejected = make.ResolutionFactory(process=concept.process, result="rejected")
    assert client.post(here, {"resolution": rejected.pk}).status_code == 422
    assert client.post(here, {"resolution": resolution.pk}).status_code == 303
    assert (version.refreshed().state, measure.refreshed().state) == ("adopted", "adopted")
    again = client.post(address("version_freeze", concept.identifier))
    assert again.status_code == 303, "an adopted edition may be frozen again while the phase runs"


def test_an_empty_concept_is_refused_with_a_reason(client, concept, measure):
    type(measure).objects.update(state="draft")
    make.sign_in(client, concept.municipality)
    assert client.post(address("version_freeze", concept.identifier)).status_code == 422
    assert not ConceptVersion.objects.exists()


def test_members_read_versions_but_do_not_freeze(client, concept):
    make.sign_in(client, concept.municipality, Role.MEMBER)
    assert concept.title in client.get(address("versions")).content.decode()
    assert client.post(address("version_freeze", concept.identifier)).status_code == 403


def test_another_town_finds_nothing_here(client, measure, concept, seat):
    objection = make.ObjectionFactory(measure=measure, seat=seat)
    by = make.coordinator(concept.municipality)
    version = actions.freeze_version(concept, by=by, at=by.at)
    make.sign_in(client, make.MunicipalityFactory())
    for name, thing in (
        ("review", concept), ("voice", measure), ("objection", objection),
        ("version_adopt", version),
    ):  # fmt: skip
        assert client.get(address(name, thing.identifier)).status_code == 404
    assert concept.title not in client.get(address("versions")).content.decode()
