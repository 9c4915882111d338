"""The commands `opinion-predict` and `opinion-next`: the contract, words, refusals."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main

VOTES = "participant,statement,vote\n" + "".join(
    f"{p},{s},{1 if (p < 10) == (s < 3) else -1}\n" for p in range(20) for s in range(6) if p != s
)

HIGH = 0.7


@pytest.fixture
def votes(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(VOTES)
    return path


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "test.csv"
    path.write_text("participant,statement,vote\n0,0,1\n4,4,-1\nnobody,0,1\n0,new,1\n")
    return path


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def test_predict_answers_in_the_order_of_the_question(capsys, votes, questions):
    code, said = call(capsys, "opinion-predict", votes, questions, "--json")
    p = json.loads(said.out)

    assert code == 0
    assert len(p) == 4
    assert p[0] > HIGH
    assert p[1] < 1 - HIGH


def test_predict_speaks(capsys, votes, questions, monkeypatch):
    for variable in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    _, said = call(capsys, "opinion-predict", votes, questions)
    assert "noch nicht abgestimmt" in said.out
    assert "nobody\t0\t" in said.out


def test_next_names_open_statements(capsys, votes):
    code, said = call(capsys, "opinion-next", votes, "--participant", "4", "--count", "3", "--json")
    assert code == 0
    assert json.loads(said.out)["statements"] == ["4"]
    _, said = call(capsys, "opinion-next", votes, "--participant", "x", "--count", "3", "--json")
    found = json.loads(said.out)
    assert len(found["statements"]) == 3
    assert found["is_new"]


def test_next_refuses_a_count_of_zero(capsys, votes):
    code, _ = call(capsys, "opinion-next", votes, "--participant", "x", "--count", "0")
    assert code == 2


BROKEN = {
    "": "test.csv",
    "participant,text\n1,2\n": "test.csv",
    'participant,statement\n"1,2': "line 2",
}


@pytest.mark.parametrize("content", BROKEN)
def test_broken_questions_are_refused(capsys, votes, questions, monkeypatch, content):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    questions.write_text(content)
    code, said = call(capsys, "opinion-predict", votes, questions, "--json")

    assert code == 1
    assert BROKEN[content] in json.loads(said.out)["error"]["where"]
