"""The command `opinion`: the contract's keys, refusals with their place, every option."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main
from tests.analysis.conversations import camps

CELL = {"agree", "disagree", "pass", "seen", "p_agree", "z_agree", "z_representative"}


def written(votes):
    rows = zip(votes.person, votes.statement, votes.value, strict=True)
    lines = [f"{votes.participants[p]},{votes.statements[s]},{v}" for p, s, v in rows]
    return "\n".join(["participant,statement,vote", *lines, ""])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(written(camps(20, 15)), encoding="utf-8")
    return path


@pytest.fixture
def three(tmp_path):
    """Votes of three camps."""
    path = tmp_path / "three.csv"
    path.write_text(written(camps(20, 15, 12)), encoding="utf-8")
    return path


@pytest.fixture
def groups(tmp_path):
    """Two districts, and three people from a third one."""
    path = tmp_path / "groups.csv"
    names = ["Nord"] * 17 + ["Süd"] * 15 + ["Hafen"] * 3
    lines = [f"p{at:03},{name}" for at, name in enumerate(names)]
    path.write_text("\n".join(["participant,group", *lines, ""]), encoding="utf-8")
    return path


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["opinion", *map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def found(capsys, *arguments):
    code, said = call(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(said.out)


def test_json_holds_the_contract(capsys, file):
    told = found(capsys, file, "--splits", 3)

    assert {"participants", "statements", "groups", "k", "reliability", "seconds"} <= set(told)
    assert [set(each) for each in told["participants"]] == [
        {"id", "votes", "x", "y", "spread", "group"}
    ] * 35
    statement = told["statements"][0]
    assert {
        "id", "text", "agree", "disagree", "pass", "group_aware_consensus", "min_agree_group",
        "divisiveness", "groups",
    } <= set(statement)  # fmt: skip
    assert set(statement["groups"]) == {"A", "B"}
    assert set(statement["groups"]["A"]) >= CELL
    assert [(each["id"], each["size"]) for each in told["groups"]] == [("A", 20), ("B", 15)]
    assert set(told["groups"][0]["representative"]) <= {f"s{at:02}" for at in range(24)}
    assert told["k"] == 2
    assert told["reliability"]["label"] == "stable"
    assert 0.75 <= told["reliability"]["split_half_ari"] <= 1
    assert told["seconds"] >= 0


def test_the_figures_of_json_are_those_of_the_votes(capsys, file):
    told = found(capsys, file, "--splits", 0)
    member = {each["id"]: each["group"] for each in told["participants"]}
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").split()[1:]]
    for statement in told["statements"]:
        mine = [(who, vote) for who, what, vote in lines if what == statement["id"]]
        for key, vote in (("agree", "1"), ("disagree", "-1"), ("pass", "0")):
            assert statement[key] == sum(v == vote for _who, v in mine)
        product = 1.0
        for group, cell in statement["groups"].items():
            n = sum(member[who] == group for who, _vote in mine)
            a = sum(member[who] == group and vote == "1" for who, vote in mine)
            assert (cell["seen"], cell["agree"]) == (n, a)
            assert cell["p_agree"] == pytest.approx((a + 1) / (n + 2), abs=1e-9)
            product *= (a + 1) / (n + 2)
        assert statement["group_aware_consensus"] == pytest.approx(product, abs=1e-9)


def test_the_same_input_gives_the_same_result(capsys, file):
    one, other = (found(capsys, file, "--splits", 3, "--seed", 5) for _time in range(2))
    del one["seconds"], other["seconds"]

    assert one == other


def test_groups_that_are_given_are_taken_and_small_ones_withheld(capsys, file, groups):
    told = found(capsys, file, "--groups", groups)
    sizes = {each["id"]: each["size"] for each in told["groups"]}

    assert told["k"] == 3
    assert sizes == {"Hafen": None, "Nord": 17, "Süd": None}  # or subtraction would tell
    assert {each["group"] for each in told["participants"]} == {"Nord", None}
    assert all(
        value is None
        for each in told["statements"]
        for value in each["groups"]["Hafen"].values()
    )  # fmt: skip
    assert told["reliability"] == {"split_half_ari": None, "label": "unknown"}


def test_attributes_add_readings(capsys, file, tmp_path):
    known = tmp_path / "known.csv"
    lines = [f"p{at:03},{'Amt' if at < 20 else f'Verein {at % 2}'},P{at % 2}" for at in range(35)]
    known.write_text(
        "\n".join(["participant,institution,perspective", *lines, ""]), encoding="utf-8"
    )
    told = found(capsys, file, "--attributes", known, "--splits", 0)

    assert set(told["readings"]) == {"people", "institutions", "perspectives"}
    assert all(len(shares) == 24 for shares in told["readings"].values())
    # s07 is what the second camp supports: one of three institutions rejects it.
    assert told["readings"]["people"][7] < 0.5 < told["readings"]["institutions"][7]


def test_an_earlier_result_keeps_the_picture_as_it_was(capsys, three, tmp_path):
    before = found(capsys, three, "--splits", 0)
    for each in before["participants"]:
        each["x"], each["y"] = -each["x"], -each["y"]
    before["memory"] = {"k": 2, "challenger": 3, "wins": 1}
    path = tmp_path / "before.json"
    path.write_text(json.dumps(before), encoding="utf-8")
    now = found(capsys, three, "--splits", 0, "--previous", path)

    for one, other in zip(before["participants"], now["participants"], strict=True):
        assert (one["x"], one["y"]) == pytest.approx((other["x"], other["y"]), abs=1e-5)
    assert now["memory"] == {"k": 2, "challenger": 3, "wins": 2}
    assert (before["k"], now["k"]) == (3, 2)  # three must win once more


def test_the_number_of_groups_can_be_asked_for(capsys, three):
    assert found(capsys, three, "--k", 2, "--splits", 0)["k"] == 2


def test_out_takes_the_result_and_html_the_report(capsys, file, tmp_path):
    out, page = tmp_path / "map.json", tmp_path / "map.html"
    code, said = call(capsys, file, "--json", "--out", out, "--html", page, "--splits", 0)

    assert (code, said.out) == (0, "")
    assert json.loads(out.read_bytes())["k"] == 2
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_people_read_sentences_in_their_language(capsys, file, monkeypatch):
    for variable in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    _, german = call(capsys, file, "--splits", 3)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    _, english = call(capsys, file, "--splits", 3)

    assert german.out.startswith("35 Personen haben über 24 Thesen abgestimmt")
    assert "Im Bild zeichnen sich 2 Gruppen ab: A (20) und B (15)." in german.out
    assert english.out.startswith("35 people have voted on 24 statements")
    assert "The grouping is stable" in english.out


def test_the_folder_of_a_polis_export_is_read(capsys, file, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    votes = file.read_text(encoding="utf-8").replace(
        "participant,statement,vote", "voter-id,comment-id,vote"
    )
    (folder / "votes.csv").write_text(votes, encoding="utf-8")
    comments = "comment-id,comment-body\ns00,Mehr Bänke\n"
    (folder / "comments.csv").write_text(comments, encoding="utf-8")
    told = found(capsys, folder, "--splits", 0)

    assert told["statements"][0]["text"] == "Mehr Bänke"
    assert told["k"] == 2


def test_nobody_has_voted(capsys, tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("participant,statement,vote\n", encoding="utf-8")
    told = found(capsys, path)

    assert (told["participants"], told["statements"], told["groups"], told["k"]) == ([], [], [], 0)
    assert told["why_no_groups"] == "few"


REFUSED = {
    "no such vote": ("participant,statement,vote\na,1,1\na,2,maybe\n", "3"),
    "no such columns": ("who,what\na,1\n", "1"),
    "nothing at all": ("", "votes.csv"),
}


@pytest.mark.parametrize(("content", "where"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_json_when_asked(capsys, tmp_path, content, where):
    path = tmp_path / "votes.csv"
    path.write_text(content, encoding="utf-8")
    code, said = call(capsys, path, "--json")
    error = json.loads(said.out)["error"]

    assert code == 1
    assert set(error) == {"what", "where", "do"}
    assert where in error["where"]
    assert error["do"]


def test_a_file_that_is_not_there_is_refused(capsys, tmp_path):
    code, said = call(capsys, tmp_path / "none.csv", "--json")

    assert code == 1
    assert "none.csv" in json.loads(said.out)["error"]["where"]


BESIDE = {
    "groups without the column": ("--groups", "participant,district\np000,Nord\n"),
    "groups without people": ("--groups", "person,group\np000,Nord\n"),
    "somebody in two groups": ("--groups", "participant,group\np000,Nord\np000,Süd\n"),
    "somebody in two institutions": ("--attributes", "participant,institution\na,X\na,Y\n"),
    "no earlier result": ("--previous", "[1, 2]"),
    "not even JSON": ("--previous", "{"),
    "an earlier place that is none": ("--previous", '{"participants": [{"id": 1, "x": "?"}]}'),
    "an odd memory": ("--previous", '{"participants": [], "memory": {"k": "two"}}'),
    "another odd memory": ("--previous", '{"participants": [], "memory": [2]}'),
}


@pytest.mark.parametrize(("option", "content"), BESIDE.values(), ids=BESIDE)
def test_a_file_beside_that_does_not_fit_is_refused(capsys, file, tmp_path, option, content):
    path = tmp_path / "beside"
    path.write_text(content, encoding="utf-8")
    code, said = call(capsys, file, option, path, "--json")
    error = json.loads(said.out)["error"]

    assert code == 1
    assert "beside" in error["where"]
    assert error["what"]
    assert error["do"]


@pytest.mark.parametrize(
    "wrong", [["--k", "1"], ["--k", "6"], ["--seed", "-1"], ["--splits", "-3"], ["--splits", "x"]]
)
def test_wrong_usage_ends_with_2(capsys, file, wrong):
    code, said = call(capsys, file, *wrong)

    assert code == 2
    assert said.out == ""
