"""Every result is what anybody counts from the file that everybody can take: of each method, open
and secret, voted in the browser or on paper.

Once with the command that stands beside the result, and once with nothing but sums.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from fractions import Fraction
from statistics import fmean

import pytest
from django.urls import reverse

from miteinander.adoption import queries
from miteinander.adoption.states import Method
from miteinander.cli.main import main
from tests.adoption.ballots import (
    PAPERS,
    RULES,
    THREE,
    cast_all,
    closed,
    finished,
    handed_out,
    opened,
    typed_in_by_two,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["in the browser", "on paper"])
def counted(request, method, is_secret):
    """A counted ballot of six seats."""
    if request.param == "in the browser":
        ballot = opened(method, is_secret=is_secret)
        cast_all(ballot, PAPERS[method])
    else:
        ballot = handed_out(method, 6, is_secret=is_secret)
        typed_in_by_two(ballot, PAPERS[method])
        ballot = finished(ballot)
    return closed(ballot)


@pytest.fixture
def papers(client, settings, counted):
    """The file of the papers, as everybody gets it from the public page."""
    settings.ALLOWED_HOSTS = [".example"]
    address = reverse("public:ballot_file", args=[counted.identifier, "papers"])
    answer = client.get(address, HTTP_HOST=counted.municipality.host)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


every_ballot = [
    pytest.mark.parametrize("is_secret", [False, True], ids=["open", "secret"]),
    pytest.mark.parametrize("method", Method),
]


def every_method(test):
    for mark in every_ballot:
        test = mark(test)
    return test


@every_method
def test_the_command_beside_the_result_counts_the_same(counted, papers, method, tmp_path, capsys):
    content = queries.ballot_result(counted)
    *words, name = content["command"]
    (tmp_path / name).write_bytes(papers)
    with pytest.raises(SystemExit) as ended:
        main([*words[1:], str(tmp_path / name), "--json"])
    said = capsys.readouterr()
    assert (words[0], ended.value.code) == ("miteinander", 0), said.err
    again, result = json.loads(said.out), content["result"]
    for found in (again, result):
        found.pop("seconds", None)
        for option in found.get("options", []):
            option.pop("worst", None)  # the command names its parts
    shared = again.keys() & result.keys()
    assert len(shared) > (0 if method == Method.CONSENT else 5)
    assert {key: again[key] for key in shared} == {key: result[key] for key in shared}


@every_method
def test_sums_by_hand_give_the_same(counted, papers, method):
    content = queries.ballot_result(counted)
    figures, chosen = BY_HAND[method](papers.decode())
    assert content["voted"] == 6
    assert content["outcome"] == "decided"
    assert sorted(content["chosen"]) == chosen
    told = {
        line["title"]: line["counts"] if method == Method.CONSENT else line["value"]
        for line in content["lines"]
    }
    assert told.keys() == figures.keys()
    for title, figure in figures.items():
        if isinstance(figure, dict):
            kept = {answer: n for answer, n in told[title].items() if n is not None}
            assert kept.items() <= figure.items()
            assert counted.is_secret or kept == figure, "an open result withholds nothing"
        elif told[title] is None:
            assert counted.is_secret, "an open result withholds nothing"
        else:
            assert told[title] == pytest.approx(figure)


# --- with nothing but sums ----------------------------------------------------------------------

KEYS = {option.title: str(place) for place, option in enumerate(THREE, start=1)}


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def consent_by_hand(text):
    """Whatever nobody objects to is decided."""
    answers = {title: Counter() for title in KEYS}
    for row in rows_of(text):
        if row["vote"]:
            answers[row["proposal"]][row["vote"]] += 1
    chosen = [KEYS[title] for title, found in answers.items() if not found["object"]]
    words = ("agree", "reservations", "abstain", "object")
    return {t: {word: found[word] for word in words} for t, found in answers.items()}, chosen


def consensing_by_hand(text):
    """The least resistance on average; a cell without a mark does not count."""
    means = {title: fmean(int(row[title]) for row in rows_of(text) if row[title]) for title in KEYS}
    return means, [KEYS[min(means, key=means.__getitem__)]]


def dots_by_hand(text):
    dots = {title: sum(int(row[title] or 0) for row in rows_of(text)) for title in KEYS}
    most = sorted(dots, key=dots.__getitem__, reverse=True)[: RULES[Method.DOTS]["take"]]
    return dots, [KEYS[title] for title in most]


def criteria_by_hand(text):
    """The mean rating by each criterion, as a part of the scale, by its weight."""
    weights = dict(RULES[Method.CRITERIA]["criteria"])
    scores = {}
    for title in KEYS:
        rated = [row for row in rows_of(text) if row["option"] == title]
        parts = [w * fmean(int(row[name]) for row in rated) / 10 for name, w in weights.items()]
        scores[title] = 100 * sum(parts) / sum(weights.values())
    return scores, [KEYS[max(scores, key=scores.__getitem__)]]


def balanced_by_hand(text):
    """Equal shares: everybody holds as much of the money; supporters pay, the dearest at most.

    Written out for exact fractions and three projects; what is left buys what most people want.
    """
    _meta, rest = text.split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    cost = {p["project_id"]: int(p["cost"]) for p in read(projects)}
    names = {p["project_id"]: p["name"] for p in read(projects)}
    wants = [set(v["vote"].split(",")) - {""} for v in read(votes)]
    budget = RULES[Method.BALANCED]["money"]
    purse = [Fraction(budget, len(wants)) for _voter in wants]
    chosen = []
    while offers := {
        p: share
        for p in cost
        if p not in chosen and (share := smallest_share(cost[p], purse, wants, p)) is not None
    }:
        best = min(offers, key=lambda p: (offers[p] / cost[p], p))
        chosen.append(best)
        purse = [
            has - min(has, offers[best]) if best in wanted else has
            for has, wanted in zip(purse, wants, strict=True)
        ]
    support = {p: sum(p in wanted for wanted in wants) for p in cost}
    left = budget - sum(cost[p] for p in chosen)
    for p in sorted(cost, key=lambda p: (-Fraction(support[p], cost[p]), p)):
        if p not in chosen and cost[p] <= left:
            chosen.append(p)
            left -= cost[p]
    return {names[p]: support[p] for p in cost}, sorted(chosen)


def read(part):
    return list(csv.DictReader(part.strip().splitlines(), delimiter=";"))


def smallest_share(cost, purse, wants, project):
    """The most that one supporter has to pay when all pay alike as far as they can."""
    held = sorted(has for has, wanted in zip(purse, wants, strict=True) if project in wanted)
    if sum(held) < cost:
        return None
    left = Fraction(cost)
    for place, has in enumerate(held):
        share = left / (len(held) - place)
        if has >= share:
            return share
        left -= has
    return None


BY_HAND = {
    Method.CONSENT: consent_by_hand,
    Method.CONSENSING: consensing_by_hand,
    Method.DOTS: dots_by_hand,
    Method.CRITERIA: criteria_by_hand,
    Method.BALANCED: balanced_by_hand,
}
