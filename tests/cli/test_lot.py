"""The command `lot`: the contract's keys, and every misfit of the two files with its place."""

from __future__ import annotations

import json
import re

import pytest

from miteinander.cli.main import main

QUOTAS = "category,feature,min,max\nsex,f,2,3\nsex,m,1,2\n"
PEOPLE = "id,sex,home\n" + "".join(f"p{n},{'fm'[n % 2]},h{n // 2}\n" for n in range(12))


@pytest.fixture
def call(capsys, tmp_path):
    def run(*more, quotas=QUOTAS, people=PEOPLE, size=4):
        for name, text in (("c.csv", quotas), ("r.csv", people)):
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(data)
        arguments = ["--categories", tmp_path / "c.csv", "--respondents", tmp_path / "r.csv"]
        with pytest.raises(SystemExit) as ended:
            main(["lot", *map(str, [*arguments, "--size", size, "--seed", "1 2 3", *more])])
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out) if "--json" in more else said

    return run


def test_json_holds_the_contract(call):
    code, found = call("--panels", "40", "--json")

    assert code == 0
    assert set(found["probabilities"]) == {f"p{n}" for n in range(12)}
    assert found["smallest"] == min(found["probabilities"].values())
    assert found["upper_bound"] == pytest.approx(1 / 3)
    assert found["shortfall"] <= 1e-6
    assert len(found["panels"]) == 40
    assert found["panel"] == found["panels"][found["drawn"]]
    assert found["seed"] == "1 2 3"
    assert found["quotas_hold"] is True
    for panel in found["panels"]:
        women = sum(int(p[1:]) % 2 == 0 for p in panel)
        assert len(set(panel)) == 4
        assert 2 <= women <= 3


def test_people_without_an_id_have_the_number_of_their_row(call):
    _, found = call("--panels", "5", "--json", people="sex\nf\nf\nf\nm\nm\n")

    assert list(found["probabilities"]) == ["1", "2", "3", "4", "5"]


def test_one_of_a_household_and_who_moves_up(call):
    _, found = call("--panels", "30", "--address", "home", "--json")
    gone = found["panel"][0]
    for panel in found["panels"]:
        assert len({int(p[1:]) // 2 for p in panel}) == 4
    _, again = call("--panels", "30", "--address", "home", "--gone", gone, "--json")

    assert again["replacements"][0]["gone"] == gone
    assert gone not in again["panel_after"]
    assert again["missed"] == []


def test_in_words_it_says_who_was_drawn_and_how_to_verify(call):
    code, said = call("--panels", "20")

    assert code == 0
    assert "SHA-256" in said.out
    assert "p" in said.out.splitlines()[0]


def test_bom_semicolons_and_decimal_commas_are_read(call):
    quotas = ("\ufeff" + QUOTAS.replace(",", ";").replace("2;3", "2,0;3,0")).encode("utf-8")
    code, found = call("--panels", "5", "--json", quotas=quotas)

    assert code == 0
    assert found["quotas_hold"]


@pytest.mark.parametrize(
    ("given", "where", "what"),
    [
        ({"size": 13}, "r.csv", "13"),
        ({"size": 0}, "r.csv", "0"),
        ({"people": "id,sex\n"}, "r.csv", ""),
        ({"people": PEOPLE.replace("p3,m", "p3,d")}, "r.csv, (Zeile|line) 5.*sex", "d"),
        ({"people": PEOPLE.replace("p3,m", "p3,")}, "r.csv, (Zeile|line) 5.*sex", "sex"),
        ({"people": PEOPLE.replace("p3,", "p2,")}, "r.csv, (Zeile|line) 5.*id", "p2"),
        ({"people": PEOPLE.replace("sex", "gender")}, "r.csv", "sex"),
        ({"quotas": QUOTAS.replace("min", "least")}, "c.csv", "min"),
        ({"quotas": QUOTAS.replace("f,2,3", "f,3,2")}, "c.csv, (Zeile|line) 2", "3"),
        ({"quotas": QUOTAS.replace("f,2,3", "f,2.5,3")}, "c.csv, (Zeile|line) 2.*min", ""),
        ({"quotas": QUOTAS.replace("f,2,3", "f,-1,3")}, "c.csv, (Zeile|line) 2.*min", ""),
        ({"quotas": QUOTAS.replace("f,2,3", "f,two,3")}, "c.csv, (Zeile|line) 2.*min", "two"),
        ({"quotas": QUOTAS + "sex,f,0,1\n"}, "c.csv, (Zeile|line) 4", "f"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_place(call, given, where, what):
    code, found = call("--json", **given)

    assert code == 1
    assert re.search(where, found["error"]["where"])
    assert what in found["error"]["what"]


def test_contradicting_quotas_end_with_their_explanation(call):
    code, found = call("--json", quotas=QUOTAS.replace("f,2,3", "f,4,4"))

    assert code == 1
    assert found["infeasible"]["contradiction"] == ["sex: f, min", "sex: m, min"]
    assert len(found["infeasible"]["relaxation"]) == 1
    assert found["error"]["what"]


def test_only_the_drawn_can_be_replaced(call):
    _, found = call("--panels", "5", "--json")
    other = next(p for p in found["probabilities"] if p not in found["panel"])

    assert call("--panels", "5", "--gone", other, "--json")[0] == 1
    assert call("--panels", "5", "--gone", "nobody", "--json")[0] == 1
