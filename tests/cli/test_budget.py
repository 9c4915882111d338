"""The command `budget`: the contract's keys, plain words, refusals with their place."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main
from tests.analysis.elections import pb

VOTE = pb(100, {"A": 60, "B": 40, "C": 40}, [["A", "B"]] * 6 + [["C"]] * 4)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(VOTE, encoding="utf-8")
    return path


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["budget", *map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def test_json_holds_the_contract(capsys, file):
    code, said = call(capsys, file, "--json")
    found = json.loads(said.out)

    assert code == 0
    assert found["selected"] == ["A", "C"]
    assert (found["cost"], found["budget"]) == (100, 100)
    assert (found["rule"], found["utility"]) == ("equal-shares", "cost")
    assert (found["completion"], found["exhaustive"]) == ("none", False)
    assert {p: sum(paid.values()) for p, paid in found["payments"].items()} == {"A": 60, "C": 40}
    assert found["left_out"] == {"voters": 0, "share": 0, "projects": ["B"]}
    assert found["ties"] == [{"round": 1, "projects": ["A", "B"], "decisive": True}]
    assert found["seconds"] >= 0


def test_every_option_reaches_the_result(capsys, file):
    _, said = call(
        capsys, file, "--rule", "greedy", "--utility", "cardinality", "--completion", "add1",
        "--exhaustive", "--ties", "cheaper,votes", "--json",
    )  # fmt: skip
    found = json.loads(said.out)

    assert found["rule"] == "greedy"
    assert found["exhaustive"] is True
    assert found["tie_order"] == ["cheaper", "votes", "file"]
    assert found["selected"] == ["B", "C"]  # 6/40, then 4/40 and 6/60: equal, C costs less


def test_people_read_sentences_in_their_language(capsys, file, monkeypatch):
    for variable in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    _, german = call(capsys, file)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    _, english = call(capsys, file)

    assert "2 Projekte von 3 sind gewählt. Sie kosten zusammen 100 von 100." in german.out
    assert "2 projects of 3 are chosen. Together they cost 100 of 100." in english.out


def test_a_refusal_is_json_when_asked(capsys, tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(VOTE.replace("B;40", "B;-40"), encoding="utf-8")
    code, said = call(capsys, path, "--json")

    assert code == 1
    assert set(json.loads(said.out)["error"]) == {"what", "where", "do"}
    assert "8" in json.loads(said.out)["error"]["where"]


def test_further_limits_and_groups_reach_the_result(capsys, tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(
        "META\nbudget;1000\nvote_type;approval\nPROJECTS\nproject_id;cost;days\nA;10;8\nB;10;4\n"
        "VOTES\nvoter_id;vote;side\n"
        + "".join(f"{n};A,B;north\n" for n in range(6))
        + "".join(f"s{n};B;south\n" for n in range(6))
        + "x;B;west\n",
        encoding="utf-8",
    )
    code, said = call(capsys, path, "--limit", "days=10", "--group", "side", "--json")
    found = json.loads(said.out)

    assert code == 0
    assert found["selected"] == ["B"]
    assert found["limits"]["days"] == {"used": 4, "amount": 10}
    assert [g["voters"] is None for g in found["groups"]].count(True) == 2
    assert "west" in {g["name"] for g in found["groups"] if g["voters"] is None}


def test_few_supporters_are_not_counted_in_the_table(capsys, tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(pb(90, {"A": 10}, [["A"]] * 3 + [[]] * 6), encoding="utf-8")
    _, said = call(capsys, path)

    row = next(line for line in said.out.splitlines() if line.startswith("A "))
    assert row.split() == ["A", "10", "<", "5", "–"]


@pytest.mark.parametrize(
    "wrong", [["--increment", "0"], ["--ties", "luck"], ["--limit", "days"], ["--rule", "best"]]
)
def test_wrong_usage_ends_with_2(capsys, file, wrong):
    code, said = call(capsys, file, *wrong)

    assert code == 2
    assert said.out == ""


def test_a_group_that_does_not_exist_is_refused(capsys, file):
    code, said = call(capsys, file, "--group", "age", "--json")

    assert code == 1
    assert "age" in json.loads(said.out)["error"]["what"]
