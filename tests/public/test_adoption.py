"""Versions and objections as everybody reads them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption import actions, readers
from miteinander.core.built import keep
from miteinander.core.models import Thing
from miteinander.workspace import building
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def measure():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, number="1"))
    return make.MeasureFactory(goal=goal, state="submitted", title="Treffpunkte")


@pytest.fixture
def version(measure):
    by = make.coordinator(measure.municipality)
    return actions.freeze_version(measure.goal.field.concept, by=by, at=by.at)


@pytest.fixture
def reader(client, measure):
    client.defaults["HTTP_HOST"] = measure.municipality.host
    return client


def test_the_reading_edition_comes_from_the_frozen_text(reader, measure, version):
    type(measure).objects.filter(pk=measure.pk).update(text="Später geändert")
    type(measure.as_thing()).objects.filter(pk=measure.pk).update(title="Anders")
    text = reader.get(version.get_absolute_url()).content.decode()
    assert "Treffpunkte" in text
    assert "Anders" not in text.split('id="faden"')[0]
    assert version.checksum in text
    assert text.index("<h1>") < text.index("<h2>") < text.index("<h3>") < text.index("<h4>")


def test_the_download_is_byte_for_byte_what_was_frozen(reader, version):
    address = reverse("public:version_file", args=[version.identifier, "json"])
    assert address in reader.get(version.get_absolute_url()).content.decode()
    response = reader.get(address)
    assert response.content == version.content.encode()
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{version.checksum}"'
    assert f"{version.identifier}.json" in response["Content-Disposition"]
    assert readers.verify(response.content).holds


def test_the_web_page_to_keep_is_one_file_that_asks_nobody(reader, version):
    building.built(version, "html", "de")
    address = reverse("public:version_file", args=[version.identifier, "html"])
    assert address in reader.get(version.get_absolute_url()).content.decode()
    response = reader.get(address)
    assert f"{version.identifier}.html" in response["Content-Disposition"]
    text = response.content.decode()
    assert text.startswith("<!doctype html>")
    assert "Treffpunkte" in text
    assert version.checksum in text
    assert 'src="http' not in text
    assert 'href="http' not in text


def test_the_resolution_stands_on_the_adopted_version(reader, version):
    by = make.coordinator(version.municipality)
    resolution = make.ResolutionFactory(process=version.concept.process)
    actions.adopt_version(version, resolution=resolution, by=by, at=by.at)
    text = reader.get(version.get_absolute_url()).content.decode()
    assert resolution.get_absolute_url() in text


def test_an_objection_shows_wording_answer_and_thread(reader, measure):
    objection = make.ObjectionFactory(
        measure=measure, reason="Zu wenig Personal", response="Wir prüfen es."
    )
    text = reader.get(objection.get_absolute_url()).content.decode()
    assert "Zu wenig Personal" in text
    assert "Wir prüfen es." in text
    assert measure.get_absolute_url() in text


def test_hidden_ones_and_those_of_another_town_are_not_there(client, reader, measure, version):
    hidden = make.ObjectionFactory(measure=measure, is_public=False)
    assert reader.get(hidden.get_absolute_url()).status_code == 404
    client.defaults["HTTP_HOST"] = make.MunicipalityFactory().host
    for address in (
        version.get_absolute_url(),
        reverse("public:version_file", args=[version.identifier, "json"]),
        reverse("public:version_file", args=[version.identifier, "html"]),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_version_costs_the_same_for_one_measure_as_for_many(
    reader, measure, count, django_assert_num_queries
):
    for _ in range(count - 1):
        make.MeasureFactory(goal=measure.goal, state="submitted")
    by = make.coordinator(measure.municipality)
    version = actions.freeze_version(measure.goal.field.concept, by=by, at=by.at)
    reader.get(version.get_absolute_url())
    with django_assert_num_queries(6):  # town, version, files, numbers, two of the thread
        response = reader.get(version.get_absolute_url())
    assert response.content.decode().count("<h5>") == count


# --- documents and decisions ---


@pytest.fixture
def papers():
    """One of each kind in one town, the minutes newest; and what must not show."""
    process = make.ProcessFactory()
    town = process.municipality
    concept = make.ConceptFactory(process=process)
    meeting = make.MeetingFactory(process=process)
    make.MinutesFactory(meeting=meeting, title="Protokoll der Runde", happened_on="2026-03-01")
    make.ResolutionFactory(process=process, title="Der Auftrag", happened_on="2024-03-01")
    make.ConceptVersionFactory(concept=concept, title="Fassung eins", happened_on="2025-03-01")
    draft = make.MeetingFactory(process=process)
    make.MinutesFactory(
        meeting=draft, title="Entwurf", is_public=False,
        happened_on="2026-04-01",
    )  # fmt: skip
    make.ResolutionFactory(title="Aus einer anderen Stadt")
    return town


def read_documents(client, town, **query):
    response = client.get(reverse("public:documents"), query, headers={"host": town.host})
    return response.content.decode()


def test_documents_stand_newest_first_and_only_what_is_public(client, papers):
    shown = read_documents(client, papers)

    places = [shown.index(t) for t in ("Protokoll der Runde", "Fassung eins", "Der Auftrag")]
    assert places == sorted(places)
    assert "Entwurf" not in shown
    assert "anderen Stadt" not in shown


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("version", "Fassung eins"),
        ("resolution", "Der Auftrag"),
        ("minutes", "Protokoll der Runde"),
    ],
)
def test_a_kind_shows_its_own_documents_alone(client, papers, kind, title):
    shown = read_documents(client, papers, kind=kind).split("<main")[1]

    assert title in shown
    assert shown.count('class="paper"') == 1
    assert shown.split("<footer")[0].count('class="tag" href') == 4
    assert re.findall(r'kind=(\w+)" aria-current="page"', shown) == [kind]


def test_an_unknown_kind_shows_everything(client, papers):
    assert read_documents(client, papers, kind="<script>").count('class="paper"') == 3


def test_a_town_without_documents_is_told_what_the_first_will_be(client):
    assert "Das erste ist der Auftrag" in read_documents(client, make.MunicipalityFactory())


def test_a_version_can_be_taken_along_from_the_list(client, papers):
    shown = read_documents(client, papers, kind="version")
    identifier = shown.split("/fassung/")[1].split("/")[0]

    assert reverse("public:version_file", args=[identifier, "json"]) in shown


def kept_pdf(kind, language, size=310_000):
    thing = Thing.objects.get(kind=kind, is_public=True)
    now = timezone.now()
    keep(thing, "pdf", language, content=b"%PDF" + b" " * (size - 4), at=now)
    return thing


@pytest.mark.parametrize(
    ("kind", "name"), [("version", "version_file"), ("minutes", "minutes_file")]
)
def test_the_pdf_can_be_taken_along_as_soon_as_it_is_made(client, papers, kind, name):
    assert ".pdf" not in read_documents(client, papers)

    thing = kept_pdf(kind, "de")

    shown = read_documents(client, papers)
    address = reverse(f"public:{name}", args=[thing.identifier, "pdf"])
    assert f'href="{address}">PDF<' in shown
    assert "310 kB" in shown.replace("\xa0", " ")
    assert client.get(address, headers={"host": papers.host}).content.startswith(b"%PDF")


def test_a_pdf_in_another_language_says_so_and_ones_own_comes_first(client, papers):
    thing = kept_pdf("version", "en")
    shown = read_documents(client, papers)
    assert f'href="/en/fassung/{thing.identifier}.pdf" hreflang="en">PDF · English<' in shown

    kept_pdf("version", "de")
    shown = read_documents(client, papers)
    assert f'href="/de/fassung/{thing.identifier}.pdf">PDF<' in shown
    assert "PDF · English" not in shown
