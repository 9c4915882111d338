"""Missing votes predicted: how likely somebody would agree to a statement they did not see.

The ideal points say most of it. What they leave over is not all noise: two statements that nearly
say the same get nearly the same answers, whatever the positions. A ridge regression of each
statement's rest on those of the others adds that.

Not chosen: neighbours among people (no better than neighbours among statements, and the work grows
with the square of the people), an ensemble of several models (no better than its best member).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import Unusable
from miteinander.analysis.files import read_table
from miteinander.analysis.opinion.ideal_points import (
    Floats,
    IdealPoints,
    Indices,
    fit,
    log_odds,
    probability,
    tempered,
)
from miteinander.analysis.opinion.votes import PERSON, STATEMENT, Votes
from miteinander.analysis.text import Text, counted, percent

RIDGE = 40.0
WEIGHT = 4.0
"""How much a rest of one counts on the scale of log-odds."""
MOST_STATEMENTS = 3_000
"""Beyond this the table of all pairs of statements is not worth its time."""

PAIR = (
    Text("Paar aus Person und These", "pair of a person and a statement"),
    Text("Paare aus Person und These", "pairs of a person and a statement"),
)


@dataclass(frozen=True)
class Prediction:
    """`p` (n,) in the order of the question, and how many rested on less than usual."""

    p: Floats
    votes: int
    """Agree and disagree votes that were learned from."""
    new_people: int
    new_statements: int
    new_both: int
    model: IdealPoints


def predict(votes: Votes, people: Sequence[str], statements: Sequence[str]) -> Prediction:
    """The probability of *agree*, were the vote agree or disagree, for n pairs of names.

    Somebody who has not voted gets what people usually answer to the statement; a statement that
    nobody has voted on gets what people, and this person, usually answer to statements.
    """
    model = fit(votes)
    who = _places(people, votes.participants)
    what = _places(statements, votes.statements)
    is_sign = votes.value != 0
    seen_p = np.append(np.bincount(votes.person[is_sign], minlength=votes.shape[0]) > 0, False)
    seen_s = np.append(np.bincount(votes.statement[is_sign], minlength=votes.shape[1]) > 0, False)
    odds = tempered(*log_odds(model.people[who], model.statements[what]))
    odds += WEIGHT * _echo(votes, model, who, what)
    new_p, new_s = ~seen_p[who], ~seen_s[what]
    return Prediction(
        probability(odds),
        int(is_sign.sum()),
        int((new_p & ~new_s).sum()),
        int((new_s & ~new_p).sum()),
        int((new_p & new_s).sum()),
        model,
    )


def read_questions(path: str | Path) -> tuple[list[str], list[str]]:
    """Who is asked about what, from a CSV file with a row a question; further columns are ignored.

    Raises `Unusable` when a column is missing or a name is empty.
    """
    table = read_table(path)
    found = []
    for names in (PERSON, STATEMENT):
        column = next((name for name in names if name in table.columns), names[0])
        cells = table.column(column)
        if "" in cells:
            raise Unusable(
                Text("Hier fehlt ein Name.", "A name is missing here."),
                where=table.at(cells.index(""), column),
                do=Text(
                    "Jede Frage braucht eine Person und eine These.",
                    "Each question needs a person and a statement.",
                ),
            )
        found.append(cells)
    return found[0], found[1]


def _places(names: Sequence[str], known: Sequence[str]) -> NDArray[np.int64]:
    """The index of each name; the one behind the last for a name that is not known."""
    at = {name: place for place, name in enumerate(known)}
    return np.array([at.get(name, len(known)) for name in names], dtype=np.int64)


def _echo(votes: Votes, model: IdealPoints, who: Indices, what: Indices) -> Floats:
    """What the rests of a person's other votes say about each pair (n,)."""
    people, wide = votes.shape
    known = votes.value != 0
    if not 1 < wide <= MOST_STATEMENTS or not known.any():
        return np.zeros(len(who))
    from scipy import sparse  # deferred: half of the start of a command

    rows, columns = votes.person[known], votes.statement[known]
    expected = probability(tempered(*log_odds(model.people[rows], model.statements[columns])))
    rest = sparse.csr_matrix(
        ((votes.value[known] > 0) - expected, (rows, columns)), shape=(people + 1, wide)
    )
    inverse = np.linalg.inv((rest.T @ rest).toarray() + RIDGE * np.eye(wide))
    pairs = -inverse / np.diag(inverse)
    np.fill_diagonal(pairs, 0.0)
    pairs = np.hstack([pairs, np.zeros((wide, 1))])  # nothing echoes in an unknown statement
    found = np.empty(len(who))
    asked, group = np.unique(who, return_inverse=True)
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(len(asked)), side="right")
    first = 0
    for person, end in zip(asked.tolist(), ends.tolist(), strict=True):
        mine = slice(rest.indptr[person], rest.indptr[person + 1])
        at = order[first:end]
        found[at] = rest.data[mine] @ pairs[rest.indices[mine][:, None], what[at]]
        first = end
    return found


def sentences(found: Prediction, language: str = "de") -> list[str]:
    """What was predicted and what it rests on."""
    count = len(found.p)
    if not count:
        return [
            Text(
                "Es wurde nach nichts gefragt: Die zweite Datei enthält keine Zeile.",
                "Nothing was asked: the second file holds no line.",
            ).spoken(language)
        ]
    if not found.votes:
        return [
            Text(
                "Es gibt noch keine Zustimmung und keine Ablehnung. Jede Vorhersage ist deshalb "
                "fünfzig zu fünfzig.",
                "There is no agreement and no disagreement yet. So every prediction is even.",
            ).spoken(language)
        ]
    sure = float(np.mean(np.abs(found.p - 0.5) >= 0.3))
    lines = [
        Text(
            "Für {pairs} wurde geschätzt, ob die Person zustimmen würde. In {sure} der Fälle ist "
            "die Schätzung deutlich (höchstens eins zu vier), sonst bleibt sie offen.",
            "For {pairs} it was estimated whether the person would agree. In {sure} of the cases "
            "the estimate is clear (one to four or clearer), otherwise it stays open.",
        )
        .filled(pairs=Text(*(counted(count, *PAIR, lang) for lang in ("de", "en"))),
                sure=Text(*(percent(sure, lang) for lang in ("de", "en"))))
        .spoken(language)
    ]  # fmt: skip
    for number, words in (
        (
            found.new_people,
            Text(
                "Bei {n} hat die Person noch nicht abgestimmt; dort steht, was andere meist "
                "antworten.",
                "For {n} the person has not voted yet; there stands what others mostly answer.",
            ),
        ),
        (
            found.new_statements,
            Text(
                "Bei {n} kennt noch niemand die These; dort steht nur, wie die Person und alle "
                "anderen sonst antworten.",
                "For {n} nobody has voted on the statement; there stands only how the person and "
                "all others usually answer.",
            ),
        ),
        (
            found.new_both,
            Text(
                "Bei {n} sind Person und These neu; die Schätzung sagt dort fast nichts.",
                "For {n} both person and statement are new; the estimate says almost nothing.",
            ),
        ),
    ):
        if number:
            of = Text(*(counted(number, *PAIR, lang) for lang in ("de", "en")))
            if number > 1:
                of = Text(of.de.replace("Paare ", "Paaren "), of.en)
            lines.append(words.filled(n=of).spoken(language))
    lines.append(
        Text(
            "Eine Schätzung ersetzt keine Stimme: Sie hilft, Fragen gut auszuwählen, und zählt nie "
            "als Meinung.",
            "An estimate replaces no vote: it helps to choose questions and never counts as an "
            "opinion.",
        ).spoken(language)
    )
    return lines
