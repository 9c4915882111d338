"""Coverage and trend at the terminal."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main


def call(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code, capsys.readouterr()


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.chdir(tmp_path)

    def write(**contents):
        for name, text in contents.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    return write


def test_coverage_says_who_is_missing(files, capsys):
    files(
        people="age\n" + "young\n" * 30, register="attribute,value,share\nage,young,1\nage,old,1\n"
    )

    code, said = call(capsys, "coverage", "people.csv", "--targets", "register.csv")

    assert code == 0
    assert "old (niemand statt etwa 15)" in said.out


def test_coverage_refuses_an_attribute_that_nobody_recorded(files, capsys):
    files(people="age\nyoung\n", register="attribute,value,share\ndistrict,north,1\n")

    code, said = call(capsys, "coverage", "people.csv", "--targets", "register.csv", "--json")

    assert code == 1
    assert json.loads(said.out)["error"]["what"] == "Die Spalte „district“ gibt es nicht."


def test_trend_with_decimal_commas_and_a_target(files, capsys):
    rows = "\n".join(f"{2019 + n};{10 + 2 * n},5" for n in range(6))
    files(readings=f"time;value\n{rows}\n")

    code, said = call(capsys, "trend", "readings.csv", "--target", "2026=23", "--json")

    assert code == 0
    told = json.loads(said.out)
    assert told["segments"][0]["slope"] == 2
    assert told["outlook"]["course"] == "on course"


def test_trend_refuses_a_reading_without_a_time(files, capsys):
    files(readings="time,value\n2019,1\n,2\n")

    code, said = call(capsys, "trend", "readings.csv")

    assert code == 1
    assert "readings.csv, Zeile 3, Spalte „time“" in said.err


@pytest.mark.parametrize("target", ["2030", "soon=5", "2030=much"])
def test_a_target_in_another_form_is_wrong_usage(files, capsys, target):
    files(readings="time,value\n2019,1\n")

    assert call(capsys, "trend", "readings.csv", "--target", target)[0] == 2


def test_a_result_can_go_into_a_file(files, capsys, tmp_path):
    files(readings="time,value\n2019,1\n")

    code, said = call(capsys, "trend", "readings.csv", "--json", "--out", "trend.json")

    assert (code, said.out) == (0, "")
    assert json.loads((tmp_path / "trend.json").read_text("utf-8"))["missing"] == 0
