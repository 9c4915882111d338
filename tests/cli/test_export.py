"""What `export` writes is, byte for byte, what the page of the version offers."""

from __future__ import annotations

import json
from argparse import ArgumentParser

import pytest
from django.urls import reverse
from django.utils.translation import override

from miteinander.adoption import actions
from miteinander.adoption.readers import verify
from miteinander.cli import export, setup
from miteinander.cli.output import Output
from miteinander.core.errors import InstallationRefused
from miteinander.documents.formats import FORMATS
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_this_process(settings, monkeypatch):
    settings.ALLOWED_HOSTS = [".example"]
    monkeypatch.setattr(setup, "database", lambda: None)


@pytest.fixture
def version():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, number="1"))
    make.MeasureFactory(goal=goal, state="submitted", title="Treffpunkte")
    by = make.coordinator(concept.municipality)
    version = actions.freeze_version(concept, by=by, at=by.at)
    resolution = make.ResolutionFactory(process=concept.process)
    return actions.adopt_version(version, resolution=resolution, by=by, at=by.at)


def call(*arguments):
    parser = ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(arguments), Output(as_json=False))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["html", "pdf", "docx", "json", "xlsx"])
def test_the_file_is_the_download(client, version, tmp_path, name, language):
    if name not in {*FORMATS, "json"}:
        pytest.skip(f"{name} is not built yet")
    out = tmp_path / f"konzept.{name}"
    assert call("--format", name, "--language", language, "--out", str(out)) == 0
    with override(language):
        address = reverse("public:version_file", args=[version.identifier, name])
    client.defaults["HTTP_HOST"] = version.municipality.host
    response = client.get(address)
    assert response.status_code == 200, "what the command made is kept for everybody"
    assert response.content == out.read_bytes()
    again = tmp_path / "noch-einmal"
    call("--format", name, "--language", language, "--out", str(again))
    assert again.read_bytes() == out.read_bytes()


def test_every_format_of_the_command_can_be_made_or_is_the_frozen_text():
    assert set(FORMATS) | {"json"} <= set(export.FORMATS)


def test_without_a_file_it_goes_to_standard_output(version, capfdbinary):
    call("--format", "json")
    found = capfdbinary.readouterr().out
    assert verify(found).holds
    assert json.loads(found)["concept"]["title"] == version.concept.title


def test_a_language_that_documents_do_not_speak_is_refused(version):
    with pytest.raises(InstallationRefused) as refused:
        call("--format", "html", "--language", "tlh")
    assert "de, en" in str(refused.value.do)


def test_a_version_is_chosen_by_number_or_identifier(version, tmp_path):
    for chosen in ("1", version.identifier):
        out = tmp_path / chosen
        call(version.concept.identifier, "--version", chosen, "--format", "json", "--out", str(out))
        assert out.read_bytes() == version.content.encode()
    with pytest.raises(InstallationRefused) as refused:
        call(version.concept.identifier, "--version", "7", "--format", "json")
    assert version.concept.identifier in str(refused.value.where)
