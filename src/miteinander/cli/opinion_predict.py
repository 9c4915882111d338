"""Missing votes predicted: how likely somebody would agree to a statement they did not see.

TRAIN.csv holds votes (participant,statement,vote with 1 agree, 0 pass, -1 disagree, or a row a
person and a column a statement; a folder of a Polis export will do). TEST.csv holds a row a
question (participant,statement). The answer is the probability of *agree* among agree and
disagree, a row a question, in the same order.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander opinion-predict votes.csv questions.csv --json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("train", metavar="TRAIN.csv", help="votes to learn from")
    parser.add_argument("test", metavar="TEST.csv", help="participant,statement: what is asked")


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis.opinion.prediction import (  # deferred: --help needs no NumPy
        predict,
        read_questions,
        sentences,
    )
    from miteinander.analysis.opinion.votes import read_votes
    from miteinander.analysis.text import percent

    with output.waiting("Predicting"):
        votes = read_votes(options.train)
        people, statements = read_questions(options.test)
        found = predict(votes, people, statements)
    language = setup.language()
    rows = [
        f"{person}\t{statement}\t{percent(float(p), language)}"
        for person, statement, p in zip(people, statements, found.p, strict=True)
    ]
    output.give("\n".join([*rows, *sentences(found, language)]), [float(p) for p in found.p])
    return 0
