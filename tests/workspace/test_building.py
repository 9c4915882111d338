"""Versions become files: made once by the worker, kept for ever, seen while they are made."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from miteinander.adoption import actions
from miteinander.community import actions as community
from miteinander.core.built import files_of
from miteinander.core.errors import Refusal
from miteinander.core.jobs import run, run_scheduled
from miteinander.core.models import Job, JobState, Municipality
from miteinander.core.standing import Role
from miteinander.documents import formats
from miteinander.documents.formats import Missing, Rendered
from miteinander.workspace import building, tasks
from miteinander.workspace.views.adoption import reviewing as views
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def version():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, number="1"))
    make.MeasureFactory(goal=goal, state="submitted", title="Treffpunkte")
    by = make.coordinator(concept.municipality)
    return actions.freeze_version(concept, by=by, at=by.at)


@pytest.fixture
def two_formats(monkeypatch):
    """The web page, and one that a test decides on; the real ones have tests of their own."""
    html = formats.FORMATS["html"]
    for module in (building, views):
        monkeypatch.setattr(module, "FORMATS", {"html": html, "odd": html})


def made(name, document=None):
    return Rendered(f"{name} file".encode())


def address(name, version):
    return reverse(f"workspace:{name}", args=[version.identifier])


def work():
    """Do what the worker would do, once."""
    for row in Job.objects.filter(state=JobState.WAITING, schedule=None):
        run.func(row.pk)


def test_the_schedule_finds_a_version_that_nobody_asked_for(version):
    assert run_scheduled(at=timezone.now()).count("workspace.look_for_documents") == 1
    jobs = Job.objects.filter(name=building.BUILD, thing=version.pk)
    assert {job.arguments["language"] for job in jobs} == {"de", "en"}
    later = run_scheduled(at=timezone.now() + dt.timedelta(minutes=1))
    assert "workspace.look_for_documents" not in later


def test_every_format_is_made_in_every_language_of_the_town(version, monkeypatch):
    monkeypatch.setattr(building, "render", lambda document, name: made(name))
    monkeypatch.setattr(building, "tabulate", lambda content, name, **_where: made(name))
    for language in ("de", "en"):
        tasks.build_version(version.pk, language)
    files = {(row.format, row.language) for row in files_of(version)}
    assert files == {(name, code) for name in formats.FORMATS for code in ("de", "en")}


def test_a_table_speaks_the_language_of_its_file_and_leads_back_to_the_town(version):
    Municipality.objects.filter(pk=version.municipality_id).update(host="stadt.example")
    version = version.refreshed()
    german, english = (
        bytes(building.built(version, "csv", code).content).decode("utf-8-sig")
        for code in ("de", "en")
    )
    assert "Federführung" in german
    assert "Federführung" not in english
    for table in (german, english):
        assert "http://stadt.example/t/" in table


def test_what_is_kept_is_never_made_again(version, monkeypatch):
    first = building.built(version, "html", "de")
    monkeypatch.setattr(building, "render", lambda document, name: made("another release"))
    tasks.build_version(version.pk, "de")
    again = building.built(version, "html", "de")
    assert bytes(again.content) == bytes(first.content)
    assert again.digest == hashlib.sha256(bytes(first.content)).hexdigest()
    assert again.size == len(bytes(first.content))


@pytest.mark.usefixtures("two_formats")
def test_a_file_that_fails_does_not_keep_the_others_waiting(version, monkeypatch):
    def render(document, name):
        if name == "odd":
            raise ValueError("no font")
        return made(name)

    monkeypatch.setattr(building, "render", render)
    building.order_files(version, by=make.coordinator(version.municipality), at=timezone.now())
    work()
    assert [row.format for row in files_of(version)] == ["html", "html"]
    job = Job.objects.filter(name=building.BUILD).first()
    assert job.error == "NotBuilt: ODD: ValueError: no font"
    assert job.state == JobState.WAITING, "it is tried again"


@pytest.mark.usefixtures("two_formats")
def test_a_refusal_is_told_in_its_own_words(version, monkeypatch):
    def render(document, name):
        if name == "odd":
            raise Refusal("Zu viele Maßnahmen.", do="Bitte nehmen Sie die Webseite.")
        return made(name)

    monkeypatch.setattr(building, "render", render)
    building.order_files(version, by=make.coordinator(version.municipality), at=timezone.now())
    work()
    job = Job.objects.filter(name=building.BUILD).first()
    assert job.error == "NotBuilt: ODD: Zu viele Maßnahmen. Bitte nehmen Sie die Webseite."
    assert [row.format for row in files_of(version)] == ["html", "html"]


@pytest.mark.usefixtures("two_formats")
def test_the_room_shows_progress_failure_and_missing_characters(client, version, monkeypatch):
    make.sign_in(client, version.municipality)
    by = make.coordinator(version.municipality)
    building.order_files(version, by=by, at=by.at)
    page = client.get(address("version", version)).content.decode()
    assert "hx-get" in page
    assert "0 von 4" in page
    assert address("version", version) in page, "without JavaScript one looks again"
    missing = (Missing("𓀀", "EGYPTIAN HIEROGLYPH A001", "Vorwort"),)
    monkeypatch.setattr(building, "render", lambda document, name: Rendered(name.encode(), missing))
    work()
    page = client.get(address("version", version)).content.decode()
    assert "hx-get" not in page, "nothing is asked for any more"
    assert "EGYPTIAN HIEROGLYPH A001" in page
    assert page.count("fassung/" + version.identifier + ".html") >= 2


@pytest.mark.usefixtures("two_formats")
def test_a_failure_is_told_and_can_be_tried_again(client, version, monkeypatch):
    make.sign_in(client, version.municipality)
    by = make.coordinator(version.municipality)
    building.order_files(version, by=by, at=by.at)
    Job.objects.update(state=JobState.FAILED, error="NotBuilt: PDF: no font")
    page = client.get(address("version", version)).content.decode()
    assert "NotBuilt: PDF: no font" in page
    assert address("version_build", version) in page
    assert client.post(address("version_build", version)).status_code == 303
    assert Job.objects.filter(name=building.BUILD, state=JobState.WAITING).count() == 2
    client.post(address("version_build", version))
    assert Job.objects.filter(name=building.BUILD).count() == 4, "once is enough"


def test_members_see_the_files_and_only_the_coordination_orders_them(client, version):
    make.sign_in(client, version.municipality, Role.MEMBER)
    building.built(version, "html", "de")
    page = client.get(address("version", version)).content.decode()
    assert f"{version.identifier}.html" in page
    assert address("version_build", version) not in page
    assert client.post(address("version_build", version)).status_code == 403


def test_freezing_orders_the_files_and_names_chapters_without_a_text(client, version):
    concept = version.concept
    make.sign_in(client, concept.municipality)
    response = client.post(reverse("workspace:version_freeze", args=[concept.identifier]))
    latest = concept.versions.latest("edition")
    assert response.headers["Location"] == address("version", latest)
    assert Job.objects.filter(thing=latest.pk, owner__isnull=False).count() == 2
    page = client.get(address("version", latest)).content.decode()
    assert "Vorwort" in page
    assert "5 Kapitel haben noch keinen Text" in page


def test_a_file_that_is_ready_makes_the_cached_pages_stale(version):
    def stand():
        return Municipality.objects.get(pk=version.municipality_id).public_version

    before = stand()
    building.built(version, "html", "de")
    assert stand() == before + 1
    building.built(version, "html", "de")
    assert stand() == before + 1


def test_the_crest_that_the_version_names_stands_on_its_files(version):
    concept, at = version.concept, timezone.now()
    by = make.coordinator(concept.municipality)
    picture = BytesIO()
    Image.new("RGB", (240, 300), "#0f4c55").save(picture, "PNG")
    community.set_crest(concept.municipality, picture.getvalue(), name="wappen.png", by=by, at=at)
    concept = concept.refreshed()
    second = actions.freeze_version(concept, by=by, at=at)
    assert b"data:image/png" in bytes(building.built(second, "html", "de").content)
    assert b"data:image/png" not in bytes(building.built(version, "html", "de").content), (
        "a version that was frozen before has none"
    )
    third = actions.freeze_version(concept, by=by, at=at)
    community.set_crest(concept.municipality.__class__.objects.get(pk=by.municipality), None,
                        name="", by=by, at=at)  # fmt: skip
    assert b"data:image/png" not in bytes(building.built(third, "html", "de").content)


# --- downloads -----------------------------------------------------------------------------


@pytest.fixture
def reader(client, version):
    client.defaults["HTTP_HOST"] = version.municipality.host
    return client


def file_address(version, ending, language="de"):
    with override(language):
        return reverse("public:version_file", args=[version.identifier, ending])


def test_only_what_is_ready_is_offered_and_there(reader, version):
    here = file_address(version, "html")
    page = reader.get(version.get_absolute_url()).content.decode()
    assert here not in page
    assert reader.get(here).status_code == 404
    building.built(version, "html", "de")
    building.built(version, "html", "en")
    page = reader.get(version.get_absolute_url()).content.decode()
    assert here in page
    assert file_address(version, "html", "en") in page


@pytest.mark.parametrize("ending", ["exe", "pdf", "HTML"])
def test_what_was_not_made_is_not_there(reader, version, ending):
    building.built(version, "html", "de")
    assert reader.get(file_address(version, ending)).status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_download_is_what_was_kept_and_stays_in_the_browser(reader, version, language):
    kept = building.built(version, "html", language)
    response = reader.get(file_address(version, "html", language))
    assert response.content == bytes(kept.content)
    assert response["ETag"] == f'"{kept.digest}"'
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"{version.identifier}.html" in response["Content-Disposition"]
    again = reader.get(
        file_address(version, "html", language), headers={"if-none-match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    stale = reader.get(file_address(version, "html", language), headers={"if-none-match": '"x"'})
    assert stale.status_code == 200


def test_a_version_that_is_not_public_is_never_kept_by_a_proxy(client, version):
    building.built(version, "html", "de")
    type(version.as_thing()).objects.filter(pk=version.pk).update(is_public=False)
    make.sign_in(client, version.municipality, Role.MEMBER)
    response = client.get(file_address(version, "html"))
    assert (response.status_code, response["Cache-Control"].split(",")[0]) == (200, "private")
    client.logout()
    assert client.get(file_address(version, "html")).status_code == 404


def test_files_of_another_town_are_not_there(client, version):
    building.built(version, "html", "de")
    make.sign_in(client, make.MunicipalityFactory())
    assert client.get(file_address(version, "html")).status_code == 404
    for name in ("version", "version_progress"):
        assert client.get(address(name, version)).status_code == 404
    assert client.post(address("version_build", version)).status_code == 404


def test_a_web_process_loads_no_typesetter():
    """Asked of a process of its own: this one has rendered documents."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = "
        "'miteinander.config.settings'; django.setup(); import miteinander.config.urls; "
        "print([n for n in ('typst', 'docx', 'odfdo', 'openpyxl') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
