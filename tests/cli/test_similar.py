"""The command `similar`: the contract's list, plain words, refusals with their place."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main

COLLECTION = 'nr,wording\n1,Mehr Bänke im Park\n2,"Sprachkurse\nam Abend"\n3,\n'
QUERY = "wording\nmehr Sprachkurse abends\nXylophon\n"


@pytest.fixture
def files(tmp_path):
    for name, content in (("all.csv", COLLECTION), ("new.csv", QUERY)):
        (tmp_path / name).write_text(content, encoding="utf-8-sig")
    return tmp_path / "all.csv", tmp_path / "new.csv"


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["similar", *map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def test_json_is_a_list_of_neighbours_per_row(capsys, files):
    file, query = files
    code, said = call(
        capsys, file, "--text", "wording", "--query", query, "--model", "none", "--json"
    )
    first, second = json.loads(said.out)

    assert code == 0
    assert [(each["row"], each["line"]) for each in first] == [(2, 3), (1, 2)]
    assert 0 < first[1]["score"] < first[0]["score"] < 1
    assert second == []


def test_count_and_another_column(capsys, files):
    file, query = files
    query.write_text("neu\nmehr Sprachkurse abends\n", encoding="utf-8")
    _, said = call(
        capsys, file, "--text", "wording", "--query", query, "--query-text", "neu",
        "--count", "1", "--model", "none", "--json",
    )  # fmt: skip

    assert [len(each) for each in json.loads(said.out)] == [1]


def test_people_read_what_is_alike_and_the_limits(capsys, files, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    file, query = files
    query.write_text("wording\nSprachkurse am Abend\n", encoding="utf-8")
    _, said = call(capsys, file, "--text", "wording", "--query", query, "--model", "none")

    assert "vermutlich dasselbe  Sprachkurse am Abend  (all.csv, Zeile 3)" in said.out
    assert "nur die Buchstaben" in said.out


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("text\nEin Text\n", "new.csv"),
        ('wording\n"offen\n', "line 2"),
        ("wording,b\nzu kurz\n", "line 2"),
        ("", "new.csv"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(capsys, files, monkeypatch, content, where):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    file, query = files
    query.write_text(content, encoding="utf-8")
    code, said = call(capsys, file, "--text", "wording", "--query", query, "--json")

    assert code == 1
    assert where in json.loads(said.out)["error"]["where"]


@pytest.mark.parametrize("count", ["0", "-1", "x"])
def test_a_count_is_a_whole_number_above_zero(capsys, files, count):
    file, query = files
    code, _ = call(capsys, file, "--text", "wording", "--query", query, "--count", count)
    assert code == 2
