"""The commands for deciding together: contract, words, refusals."""

from __future__ import annotations

import json

import pytest

from miteinander.cli.main import main

RESISTANCE = "person,institution,now,A,B\n" + "".join(
    f"p{n},{'XY'[n % 2]},{8 + n % 3},{n % 3},{5 if n else ''}\n" for n in range(12)
)
FILES = {
    "consensing": RESISTANCE,
    "dots": "A,B,C\n" + "3,0,\n" * 6 + "0,2,1\n" * 6,
    "criteria": "option;effect;cost\nA;8;6\nB;6;2\n",
    "consent": "vote;reason\n" + "Zustimmung;\n" * 8 + "Einwand;zu teuer\n",
}


@pytest.fixture
def file(tmp_path):
    def write(name, text=None):
        path = tmp_path / f"{name}.csv"
        path.write_text(FILES[name] if text is None else text, encoding="utf-8")
        return path

    return write


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return ended.value.code, capsys.readouterr()


def found(capsys, *arguments):
    code, said = call(capsys, *arguments, "--json")
    assert code == 0, said.out
    return json.loads(said.out)


def test_consensing_holds_the_contract(capsys, file):
    data = found(capsys, "consensing", file("consensing"))
    options = data["options"]

    assert [o["name"] for o in options] == ["now", "A", "B"]
    assert [o["resistance"] for o in options] == [108, 12, 55]
    assert [o["marks"] for o in options] == [12, 12, 11]
    assert [o["acceptance"] for o in options] == pytest.approx([10, 90, 50])
    assert [(o["low"], o["middle"], o["high"]) for o in options] == [
        (0, 0, 12),
        (12, 0, 0),
        (0, 11, 0),
    ]
    assert [o["rank"] for o in options] == [3, 1, 2]
    assert [o["p_first"] for o in options] == [0, 1, 0]
    assert data["inseparable"] == []
    assert data["gaps"] is True
    assert data["passive"] == "now"


def test_the_same_seed_gives_the_same_bytes(capsys, file):
    path = file("consensing", "now,A,B\n" + "5,4,3\n3,4,5\n4,3,5\n" * 4)

    def once(seed):
        return call(capsys, "consensing", path, "--json", "--seed", seed)[1].out

    assert once(1) == once(1)
    assert (
        json.loads(once(1))["options"][1]["p_first"] != json.loads(once(2))["options"][1]["p_first"]
    )


def test_dots_say_what_is_taken_further(capsys, file):
    data = found(capsys, "dots", file("dots"), "--each", 3, "--most", 3, "--take", 1)

    assert data["taken"] == ["A"]
    assert [(o["dots"], o["people"]) for o in data["options"]] == [(18, 6), (12, 6), (6, 6)]
    code, said = call(capsys, "dots", file("dots"), "--each", 2, "--json")
    assert code == 1
    assert "dots.csv" in json.loads(said.out)["error"]["where"]


def test_criteria_take_weights_and_scale(capsys, file):
    data = found(
        capsys, "criteria", file("criteria"), "--weight", "effect=3", "--less", "cost",
        "--scale", "0:10",
    )  # fmt: skip

    assert [o["score"] for o in data["options"]] == pytest.approx([70, 65])
    assert [c["weight"] for c in data["criteria"]] == [0.75, 0.25]


def test_consent_counts_and_hides(capsys, file):
    (secret,) = found(capsys, "consent", file("consent"), "--eligible", 12, "--quorum", "50%")[
        "proposals"
    ]
    (seen,) = found(capsys, "consent", file("consent"), "--open")["proposals"]

    assert secret["result"] == "objection"
    assert secret["needed"] == 6
    assert secret["counts"]["object"] is None
    assert seen["counts"] == {"agree": 8, "reservations": 0, "abstain": 0, "object": 1}
    assert seen["reasons"] == [["object", "zu teuer"]]


@pytest.mark.parametrize("name", FILES)
def test_people_read_sentences_and_empty_files_are_refused(capsys, file, name):
    code, said = call(capsys, name, file(name))
    assert code == 0
    assert said.out.strip().endswith((".", "teuer"))
    code, said = call(capsys, name, file(name, ""), "--json")
    assert code == 1
    assert set(json.loads(said.out)["error"]) == {"what", "where", "do"}


@pytest.mark.parametrize("name", ["consensing", "dots", "consent"])
def test_where_numbers_are_withheld_the_command_names_the_option_that_shows_them(
    capsys, file, name
):
    few = file(name, "".join(FILES[name].splitlines(keepends=True)[:4]))
    _code, secret = call(capsys, name, few)
    assert secret.out.count("--open") == 1
    _code, seen = call(capsys, name, few, "--open")
    assert "--open" not in seen.out


@pytest.mark.parametrize("name", ["consensing", "dots", "criteria"])
def test_a_result_without_people_says_why(capsys, file, name):
    header = FILES[name].partition("\n")[0]
    data = found(capsys, name, file(name, f"{header}\n"))

    assert data["why_empty"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["criteria", "--scale", "5"],
        ["criteria", "--weight", "effect"],
        ["consent", "--quorum", "many"],
        ["consent", "--quorum", "3/2"],
        ["dots", "--each", "x"],
    ],
)
def test_wrong_usage_ends_with_2(capsys, file, wrong):
    code, said = call(capsys, wrong[0], file(wrong[0]), *wrong[1:])

    assert code == 2
    assert said.out == ""
