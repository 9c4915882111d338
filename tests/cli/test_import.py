"""Lists from the command line: told row by row first, written on --yes, and never twice."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import activate, get_language

from miteinander.cli import main, setup
from miteinander.community.models import Organisation, Person, Seat
from miteinander.core.models import Event
from tests.community.lists import MESSY
from tests.core.books import book
from tests.factories import MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    before = get_language()
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setattr(setup, "database", lambda: activate(setup.language()))
    yield
    activate(before)


@pytest.fixture
def town():
    found = MunicipalityFactory(name="Musterstadt")
    OrganisationFactory(municipality=found, title="Volkshochschule Musterstadt")
    return found


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(MESSY)
    return str(path)


@pytest.fixture
def call(capsys):
    def called(*arguments):
        code = main._run("import", list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def told(call, *arguments):
    code, out, _err = call(*arguments, "--json")
    return code, json.loads(out)


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_without_yes_every_row_is_told_and_nothing_is_written(call, town, messy, how):
    code, out, err = call("people", messy, *how)

    assert code == 0
    assert (
        "Zeile 6: Person · Anna Beispiel · Leitung · anna@vhs.example · VHS Musterstadt e.V. · neu"
        in out
    )
    assert "E7: Mehrere Adressen" in out
    assert "    ? Volkshochschule Musterstadt" in out
    assert "Wer › Name, Vorname → Name der Person" in out
    assert "Nichts ist geschrieben" in err
    assert not Person.objects.exists()


def test_the_report_names_every_row_that_is_not_taken_and_why(call, town, messy):
    _code, out, err = call("people", messy, "--yes")

    assert "Zeile 12: Eva Esel / Fritz Fuchs · nicht übernommen\n    B12: " in out
    assert "Ob das schon da ist, ist nicht entschieden" in out
    assert out.count("weil die Organisation ausgelassen wird") == 2
    # The institution and Anna in row 6, Bernd, a heading, two people in a cell, a number, the sum.
    assert "Nicht übernommen: 6 Zeilen." in err
    assert set(Person.objects.values_list("name", flat=True)) == {"Dr. Cem Öztürk", "Dora Dachs"}


def test_taken_over_twice_there_is_nothing_to_do_the_second_time(call, town, messy):
    first = told(call, "people", messy, "--similar", "same", "--yes")
    again = told(call, "people", messy, "--yes")

    assert first[0] == again[0] == 0
    assert first[1]["written"] == {
        "people": 4, "organisations": 1, "bodies": 3, "seats": 4, "changed": 0,
    }  # fmt: skip
    assert set(again[1]["written"].values()) == {0}
    assert {row["outcome"] for row in again[1]["rows"]} == {"same", "refused"}
    assert "Es gibt nichts zu tun." in call("people", messy)[2]
    assert (Person.objects.count(), Organisation.objects.count(), Seat.objects.count()) == (4, 2, 4)
    (event,) = Event.objects.filter(kind="register.imported")
    assert event.function == "Installation"


def test_what_is_perhaps_there_becomes_something_new_only_when_that_is_said(call, town, messy):
    call("people", messy, "--similar", "leave", "--yes")
    assert not Organisation.objects.filter(title="VHS Musterstadt e.V.").exists()
    call("people", messy, "--similar", "new", "--yes")
    assert Organisation.objects.filter(title="VHS Musterstadt e.V.").exists()


def test_of_a_list_of_organisations_nobody_else_is_entered(call, town, messy):
    code, data = told(call, "organisations", messy, "--similar", "same", "--yes")

    assert code == 0
    assert data["written"]["organisations"] == 1
    assert not Person.objects.exists()
    assert not Seat.objects.exists()


def test_in_a_list_of_organisations_names_are_theirs(call, town, tmp_path):
    path = tmp_path / "traeger.csv"
    path.write_bytes("Name;E-Mail\nAWO Kreisverband;info@awo.example\n".encode("cp1252"))

    call("organisations", str(path), "--yes")

    found = Organisation.objects.get(title="AWO Kreisverband")
    assert found.email == "info@awo.example"


@pytest.mark.parametrize("column", ["Wer", "wer", "A"])
def test_a_column_is_named_by_its_heading_or_its_letter(call, town, tmp_path, column):
    path = tmp_path / "wer.csv"
    path.write_bytes(b"Wer;Wo\nSprecherin der Klasse;Nord\n")

    code, data = told(
        call, "people", str(path), "--map", f"{column}=function", "--map", "Wo=organisation"
    )

    assert code == 0
    assert [(c["heading"], c["field"]) for c in data["columns"]] == [
        ("Wer", "function"), ("Wo", "organisation"),
    ]  # fmt: skip
    assert {row["title"] for row in data["rows"]} == {"Sprecherin der Klasse", "Nord"}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (["Wann=name", "Wer=function"], "A Wer, B Wo"),
        (["Wer=name", "Wo=name"], "Wo: Das steht schon in einer anderen Spalte"),
        (["Wer=", "Wo="], "mindestens eine Spalte"),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_words(call, town, tmp_path, mapping, words):
    path = tmp_path / "wer.csv"
    path.write_bytes(b"Wer;Wo\nAnna A;Nord\n")
    chosen = [part for pair in mapping for part in ("--map", pair)]

    code, _out, err = call("people", str(path), *chosen, "--yes")

    assert code == 1
    assert words in err
    assert not Person.objects.exists()


def test_a_sheet_is_chosen_by_its_name(call, town, tmp_path):
    path = tmp_path / "eins.xlsx"
    path.write_bytes(book(("Name",), ("Anna A",), title="Personen"))

    assert told(call, "people", str(path), "--sheet", "Personen")[1]["sheet"] == "Personen"
    code, _out, err = call("people", str(path), "--sheet", "Alte")
    assert (code, "Personen" in err) == (1, True)


def test_what_is_no_list_is_refused_in_words_and_for_programs(call, town, tmp_path):
    path = tmp_path / "brief.xlsx"
    path.write_bytes(b"%PDF-1.7")

    code, _out, err = call("people", str(path))
    assert (code, "PDF" in err) == (1, True)
    code, data = told(call, "people", str(tmp_path / "fehlt.xlsx"))
    assert code == 1
    assert set(data["error"]) == {"what", "where", "do"}


def test_where_there_are_several_municipalities_one_is_named(call, town, messy):
    MunicipalityFactory(name="Anderswo")

    code, _out, err = call("people", messy, "--yes")
    assert (code, "Anderswo, Musterstadt" in err) == (1, True)
    assert call("people", messy, "--municipality", "Musterstadt", "--yes")[0] == 0
    assert set(Person.objects.values_list("municipality__name", flat=True)) == {"Musterstadt"}


def test_in_an_english_terminal_it_speaks_english(call, town, messy, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    _code, out, err = call("people", messy)

    assert "Row 7: person · Bernd Muster" in out
    assert "Nothing is written." in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("people",),
        ("cats", "x.csv"),
        ("people", "x.csv", "--yes", "--dry-run"),
        ("people", "x.csv", "--map", "Wer"),
        ("people", "x.csv", "--map", "Wer=cat"),
    ],
)
def test_wrong_usage_ends_with_two(arguments):
    with pytest.raises(SystemExit) as ended:
        main._run("import", list(arguments))
    assert ended.value.code == 2


def test_help_speaks_english_with_an_example(capsys):
    with pytest.raises(SystemExit) as ended:
        main._run("import", ["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "example:" in said
    assert "Without --yes this is a preview" in said
