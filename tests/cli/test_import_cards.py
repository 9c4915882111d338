"""Cards from the command line: told row by row first, entered on --yes, and never twice."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone
from django.utils.translation import activate, get_language

from miteinander.cli import main, setup
from miteinander.core.models import Event
from miteinander.participation.models import Contribution
from tests import factories as f

pytestmark = pytest.mark.django_db
TABLE = "Nr;Was steht da;Öffentlich;Wand\n1;Mehr Bänke;ja;A\n2;Ein Treff;;B\nx;Ohne Nummer;ja;\n"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    before = get_language()
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setattr(setup, "database", lambda: activate(setup.language()))
    yield
    activate(before)


@pytest.fixture
def call():
    process = f.ProcessFactory(municipality=f.MunicipalityFactory(name="Musterstadt"))
    return f.CallFactory(process=process, phase=f.PhaseFactory(process=process))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "karten.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def told(capsys):
    def called(*arguments):
        code = main._run("import", ["cards", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


MAP = ("--map", "Was steht da=text")


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_without_yes_every_row_is_told_and_nothing_is_written(told, call, table, how):
    code, out, err = told(table, *MAP, *how)
    assert code == 0
    assert "Zeile 2: neu · Mehr Bänke" in out
    assert "A4: „x“ ist keine Nummer einer Karte." in out
    assert "Nicht übernommen: 1 Zeile." in err
    assert "Mit --yes wird es eingegeben." in err
    assert not Contribution.objects.exists()


def test_entered_twice_there_is_nothing_to_do_the_second_time(told, call, table):
    first = json.loads(told(table, *MAP, "--yes", "--json")[1])
    again = json.loads(told(table, *MAP, "--yes", "--json")[1])
    assert (first["written"], again["written"]) == (2, 0)
    assert [row["outcome"] for row in again["rows"]] == ["same", "same"]
    assert first["left"][0]["cell"] == "A4"
    assert [(c.text, c.state) for c in Contribution.objects.order_by("pk")] == [
        ("Mehr Bänke", "published"), ("Ein Treff", "internal"),
    ]  # fmt: skip
    assert {e.function for e in Event.objects.filter(kind="contribution.recorded")} == {
        "Installation"
    }
    assert "Es gibt nichts zu tun." in told(table, *MAP)[2]


def test_a_list_of_thoughts_needs_no_heads_and_stays_with_the_office(told, call, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Mehr Bänke\nMehr Bänke\nEin Treff\n", encoding="utf-8")
    assert json.loads(told(str(path), "--yes", "--json")[1])["written"] == 3
    assert {c.state for c in Contribution.objects.all()} == {"internal"}
    assert json.loads(told(str(path), "--yes", "--json")[1])["written"] == 0


def test_with_publish_others_may_read_what_the_table_says_nothing_about(told, call, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Text\nMehr Bänke\n", encoding="utf-8")
    told(str(path), "--publish", "--yes")
    assert Contribution.objects.get().is_public


def test_without_the_column_of_texts_the_heads_are_named(told, call, table):
    code, _out, err = told(table)
    assert code == 1
    assert "Nr, Was steht da, Öffentlich, Wand" in err


def test_where_several_calls_are_open_one_has_to_be_named(told, call, table):
    other = f.CallFactory(process=call.process, phase=call.phase)
    code, _out, err = told(table, *MAP)
    assert code == 1
    assert "--call" in err
    assert call.identifier in err
    named = json.loads(told(table, *MAP, "--call", other.identifier, "--yes", "--json")[1])
    assert named["call"] == other.identifier
    assert set(Contribution.objects.values_list("call", flat=True)) == {other.pk}


def test_a_call_that_is_over_can_be_named_and_the_cards_are_of_its_last_day(told, call, table):
    now = timezone.now()
    call.opens_at, call.closes_at = now - dt.timedelta(days=5), now - dt.timedelta(days=2)
    call.save()
    assert told(table, *MAP)[0] == 1
    assert told(table, *MAP, "--call", call.identifier, "--yes")[0] == 0
    days = set(Contribution.objects.values_list("happened_on", flat=True))
    assert days == {timezone.localdate(call.closes_at)}


def test_a_field_of_people_is_none_of_cards(told, call, table):
    code, _out, err = told(table, "--map", "Nr=email")
    assert code == 1
    assert "number, text, publish, language, wall" in err
