"""A concept from the command line: told first, written on --yes, and never twice."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import activate, get_language

from miteinander.cli import main, setup
from miteinander.strategy.models import ConceptSource, FieldOfAction, Measure
from tests.factories import ConceptFactory, MunicipalityFactory, PhaseFactory, ProcessFactory
from tests.strategy.papers import REAL, docx, h, p

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    before = get_language()
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setattr(setup, "database", lambda: activate(setup.language()))
    yield
    activate(before)


@pytest.fixture
def concept():
    found = ConceptFactory(
        process=ProcessFactory(municipality=MunicipalityFactory(name="Musterstadt"))
    )
    PhaseFactory(process=found.process, permits=["draft", "gather"])
    return found


@pytest.fixture
def real(tmp_path):
    path = tmp_path / "konzept.docx"
    path.write_bytes(REAL)
    return str(path)


@pytest.fixture
def call(capsys):
    def called(*arguments):
        code = main._run("import", ["concept", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_without_yes_everything_is_told_and_nothing_written(call, concept, real, how):
    code, out, err = call(real, *how)
    assert code == 0
    assert "1.2 Sprachcafé in den Stadtteilen" in out
    assert "Besonderheiten" in out
    assert "Mit --yes" in err
    assert not FieldOfAction.objects.exists()


def test_with_yes_it_is_written_once(call, concept, real):
    code, _out, err = call(real, "--yes")
    assert code == 0
    assert "2 Handlungsfelder, 3 Ziele, 5 Maßnahmen" in err
    code, _out, err = call(real, "--yes")
    assert (code, Measure.objects.count()) == (0, 5)
    assert "Es gibt nichts zu tun." in err
    assert len(ConceptSource.objects.first().digest) == 64


def test_the_mapping_is_said_and_a_slip_of_the_pen_is_told(call, concept, tmp_path):
    path = tmp_path / "k.docx"
    path.write_bytes(docx(h(1, "Wohnen"), h(2, "Lotsen"), p("Wer es tut: Sozialamt")))
    code, out, _err = call(str(path), "--map", "h1=field", "--map", "h2=measure", "--json")
    assert code == 0
    assert [e["kind"] for e in json.loads(out)["entries"]] == ["field", "goal", "measure"]
    code, out, _err = call(str(path), "--map", "h7=field", "--json")
    assert code == 1
    assert set(json.loads(out)["error"]) >= {"what", "where", "do"}


def test_a_damaged_file_is_refused_as_agreed(call, concept, tmp_path):
    path = tmp_path / "k.docx"
    path.write_bytes(REAL[:2000])
    code, out, _err = call(str(path), "--json")
    assert code == 1
    assert "beschädigt" in json.dumps(json.loads(out)["error"], ensure_ascii=False)


def test_without_a_concept_being_drafted_it_says_where_to_begin_one(call, real):
    MunicipalityFactory(name="Leerstadt")
    code, _out, err = call(real)
    assert code == 1
    assert "Konzepte" in err
