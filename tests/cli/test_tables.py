"""The command `tables`: the contract's keys, and every misfit of the file with its place."""

from __future__ import annotations

import json
import re

import pytest

from miteinander.cli.main import main

PEOPLE = "id,age,office,first,second,needs,speaks\n" + "".join(
    f"p{n},{'old' if n % 3 else 'young'},o{n // 3},{1 + n % 3},{1 + (n + 1) % 3},"
    f"{'Dari' if n == 2 else ''},{'Dari; Arabisch' if n == 7 else ''}\n"
    for n in range(12)
)


@pytest.fixture
def call(capsys, tmp_path):
    def run(*more, people=PEOPLE, number=3):
        path = tmp_path / "people.csv"
        path.write_bytes(people if isinstance(people, bytes) else people.encode())
        with pytest.raises(SystemExit) as ended:
            main(["tables", str(path), "--tables", str(number), *more])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out) if "--json" in more else said

    return run


def test_json_holds_the_contract(call):
    code, found = call(
        "--rounds", "2", "--mix", "age", "--apart", "office", "--wish", "first", "second",
        "--needs", "needs", "--speaks", "speaks", "--seed", "3", "--json",
    )  # fmt: skip

    assert code == 0
    assert len(found["rounds"]) == 2
    for listed in found["rounds"]:
        assert [len(table) for table in listed] == [4, 4, 4]
        assert sorted(p for table in listed for p in table) == sorted(f"p{n}" for n in range(12))
        assert any({"p2", "p7"} <= set(table) for table in listed)
    assert found["without_wish"] == 0
    assert found["apart_broken"] == 0
    assert found["deviation"] >= 0
    assert found["repeats"] >= 0
    assert [s["name"] for s in found["solutions"]] == ["balanced", "wishes", "mixing"]
    assert found["seconds"] >= 0


def test_people_without_an_id_have_the_number_of_their_row(call):
    _, found = call("--json", people="name\nA\nB\nC\n")

    assert sorted(p for table in found["rounds"][0] for p in table) == ["1", "2", "3"]


def test_in_words_it_lists_tables_and_says_what_they_cost(call):
    code, said = call("--mix", "age", "--wish", "first")

    assert code == 0
    assert "p11" in said.out
    assert "12" in said.out


def test_bom_semicolons_and_decimal_commas_are_read(call):
    people = ("\ufeff" + "id;w\na;1,0\nb;2\nc;3,0\n").encode("utf-8")
    _, found = call("--wish", "w", "--json", people=people)

    assert found["rounds"] == [[["a"], ["b"], ["c"]]]


@pytest.mark.parametrize(
    ("more", "given", "where", "what"),
    [
        ([], {"number": 13}, "people.csv", "13"),
        ([], {"number": 0}, "people.csv", "0"),
        ([], {"people": "id,age\n"}, "people.csv", ""),
        (["--mix", "agee"], {}, "people.csv", "agee"),
        (["--apart", "none"], {}, "people.csv", "none"),
        (["--wish", "first"], {"number": 2}, "people.csv, (Zeile|line) 4.*first", "3"),
        (["--wish", "age"], {}, "people.csv, (Zeile|line) 2.*age", "young"),
        (["--wish", "w"], {"people": "w\n1.5\n1\n1\n"}, "people.csv, (Zeile|line) 2.*w", "1.5"),
        ([], {"people": PEOPLE.replace("p3,", "p2,")}, "people.csv, (Zeile|line) 5.*id", "p2"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(call, more, given, where, what):
    code, found = call(*more, "--json", **given)

    assert code == 1
    assert re.search(where, found["error"]["where"])
    assert what in found["error"]["what"]
