"""The command `themes`: the contract's keys with and without labels, refusals with their place."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main

ROWS = [
    *(("Kurs", f"Der Sprachkurs ist voll {n}", "Sprache" if n % 2 else "") for n in range(8)),
    *(("Miete", f"Die Wohnung ist teuer {n}", "Wohnen" if n % 2 else "") for n in range(8)),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "texts.csv"
    lines = ["title;text;theme", *(";".join(row) for row in ROWS), ";;"]
    path.write_text("\n".join([*lines, "leer; ;"]), encoding="utf-8")
    return path


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["themes", *map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def test_clusters_hold_words_and_rows(capsys, file):
    code, said = call(capsys, file, "--text", "text", "--count", "2", "--json")
    found = json.loads(said.out)

    assert code == 0
    assert [cluster["rows"] for cluster in found["clusters"]] in (
        [list(range(1, 9)), list(range(9, 17))],
        [list(range(9, 17)), list(range(1, 9))],
    )
    assert all(len(cluster["words"]) == 3 for cluster in found["clusters"])
    assert found["silent"] == [17]
    assert found["reason"] is None


def test_several_columns_are_one_text(capsys, file):
    _, said = call(capsys, file, "--text", "title", "--text", "text", "--json")
    assert json.loads(said.out)["silent"] == []  # the last row has a title only


def test_with_labels_the_rest_is_predicted(capsys, file):
    code, said = call(capsys, file, "--text", "text", "--labels", "theme", "--json")
    predicted = {each["row"]: each for each in json.loads(said.out)["predicted"]}

    assert code == 0
    assert sorted(predicted) == [1, 3, 5, 7, 9, 11, 13, 15, 17]
    assert (predicted[1]["label"], predicted[9]["label"]) == ("Sprache", "Wohnen")
    assert predicted[17]["label"] is None
    assert predicted[17]["unsure"] is True
    assert predicted[1]["line"] == 2


def test_people_read_the_tray_and_the_weakness(capsys, file, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    _, proposed = call(capsys, file, "--text", "text")
    _, sorted_ = call(capsys, file, "--text", "text", "--labels", "theme")

    assert "nach Wörtern, nicht nach Bedeutung" in proposed.out
    assert "Gelernt aus 8 Texten mit 2 Themen." in sorted_.out


@pytest.mark.parametrize("option", ["--text", "--labels"])
def test_an_unknown_column_is_refused(capsys, file, monkeypatch, option):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    code, said = call(capsys, file, "--text", "text", option, "theem", "--json")

    assert code == 1
    assert json.loads(said.out)["error"]["where"] == "texts.csv"


def test_a_file_without_rows_says_why_it_is_empty(capsys, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("text,theme\n", encoding="utf-8")
    _, said = call(capsys, empty, "--text", "text", "--json")
    found = json.loads(said.out)

    assert found["clusters"] == []
    assert found["reason"]
