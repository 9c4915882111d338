"""The next statement: which ones to show somebody, so that few answers say much.

Each place is given to the statement whose answer is expected to tell most about *all* the person's
answers: how far it narrows down the others, and how open it was itself. The next place takes into
account what the one before will tell. A statement that many pass on is worth less, one with few
votes more, for what it asks is not known yet. And every sixth place belongs to the statement that
the fewest have been asked, whatever the model thinks of it: nothing may stay unheard because it did
not look informative at first.

Not chosen: drawing at random by a priority (an uninformative statement comes too often), and the
determinant of the position alone (it asks about dimensions in which nothing differs), and counting
the others only (it leaves open what nothing but asking can tell).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.opinion.ideal_points import (
    Floats,
    IdealPoints,
    Moments,
    Signs,
    fit,
    log_odds,
    placed,
    probability,
    tempered,
    unpacked,
)
from miteinander.analysis.opinion.votes import Votes
from miteinander.analysis.text import Text, counted

EXPLORE_EVERY = 6
"""Each sixth place of a person's way through the statements goes to the least asked one."""

STATEMENT = Text("These", "statement"), Text("Thesen", "statements")


@dataclass(frozen=True)
class Pool:
    """The statements of a conversation, as the choice needs them; S of them."""

    model: IdealPoints
    asked: NDArray[np.int64]
    """How many people each statement was shown to: shape (S,)."""
    passed: Floats
    """The share of them that passed, drawn towards the mean where few were asked: shape (S,)."""

    @classmethod
    def of(cls, votes: Votes, model: IdealPoints | None = None) -> Pool:
        asked = np.bincount(votes.statement, minlength=votes.shape[1])
        passes = votes.counts(0)
        usual = passes.sum() / max(1, asked.sum())
        return cls(model or fit(votes), asked, (passes + 5 * usual) / (asked + 5))


@dataclass(frozen=True)
class Choice:
    """The statements to show, best first, and why there are fewer than asked for."""

    statements: tuple[str, ...]
    explored: tuple[bool, ...]
    """Which of them were chosen because the fewest had been asked."""
    answered: int
    is_new: bool
    total: int
    wanted: int


def choose(votes: Votes, participant: str, count: int) -> Choice:
    """The next `count` statements for somebody; for a newcomer those that tell newcomers apart.

    Never one they have answered or passed on already.
    """
    names = votes.statements
    is_new = participant not in votes.participants
    mine = (
        np.zeros(len(votes), dtype=bool)
        if is_new
        else votes.person == votes.participants.index(participant)
    )
    pool = Pool.of(votes)
    known = mine & (votes.value != 0)
    signs = Signs(
        np.zeros(int(known.sum()), dtype=np.int64), votes.statement[known], votes.value[known]
    )
    person = placed(pool.model, signs, 1)
    is_open = np.ones(len(names), dtype=bool)
    is_open[votes.statement[mine]] = False
    answered = int(mine.sum())
    order, explored = ranked(pool, person, is_open, count, step=answered)
    return Choice(
        tuple(names[at] for at in order),
        tuple(explored),
        answered,
        is_new,
        len(names),
        count,
    )


def ranked(
    pool: Pool,
    person: Moments,
    is_open: NDArray[np.bool_],
    count: int,
    *,
    step: int = 0,
    explore_every: int = EXPLORE_EVERY,
) -> tuple[list[int], list[bool]]:
    """At most `count` of the statements in `is_open` (S,), best first, and which explore.

    `person` holds the beliefs about one person; `step` is how many statements they have seen.
    """
    items = pool.model.statements[np.arange(len(is_open))]
    covariance = unpacked(person.second)[0] - np.outer(person.mean[0], person.mean[0])
    row = np.zeros(len(is_open), dtype=np.int64)
    chance = probability(tempered(*log_odds(person[row], items)))
    # What an answer tells: its variance, if one is given at all. Demands that are uncertain count
    # with their spread, which lifts statements that few have answered.
    answers = chance * (1 - chance) * (1 - pool.passed)
    itself = entropy(chance) * (1 - pool.passed)
    uncertain = unpacked(items.second) - items.mean[:, :, None] * items.mean[:, None, :]
    openness = is_open.copy()
    order: list[int] = []
    explored: list[bool] = []
    while len(order) < count and openness.any():
        explores = bool(explore_every) and (step + len(order)) % explore_every == explore_every - 1
        if explores:
            worth = -pool.asked.astype(np.float64)
        else:
            worth = itself + _gain(items.mean, uncertain, covariance, answers, chance)
        at = int(np.argmax(np.where(openness, worth, -np.inf)))
        order.append(at)
        explored.append(explores)
        openness[at] = False
        reach = covariance @ items.mean[at]
        spread = float(items.mean[at] @ reach)
        covariance = covariance - np.outer(reach, reach) * answers[at] / (1 + answers[at] * spread)
    return order, explored


def _gain(
    demands: Floats, uncertain: Floats, covariance: Floats, answers: Floats, chance: Floats
) -> Floats:
    """By how much each answer is expected to narrow the others: shape (S,), in nats."""
    reach = demands @ covariance  # (S, K)
    own = np.einsum("sk,sk->s", reach, demands)
    own_unsure = np.einsum("sjk,jk->s", uncertain, covariance)
    together = demands.T @ (demands * (chance * (1 - chance))[:, None])  # (K, K)
    narrowed = np.einsum("sj,jk,sk->s", reach, together, reach)
    lift = 1 + own_unsure / np.maximum(own + own_unsure, 1e-12)
    return np.asarray(answers * narrowed / (1 + answers * own) * lift / 2)


def entropy(chance: Floats) -> Floats:
    """How open answers are, in nats (n,): log 2 at even chances, 0 where they are certain."""
    even = np.clip(chance, 1e-12, 1 - 1e-12)
    return np.asarray(-even * np.log(even) - (1 - even) * np.log1p(-even))


def sentences(found: Choice, language: str = "de") -> list[str]:
    """What to show next, and why just that."""
    if not found.total:
        return [
            Text(
                "Es gibt noch keine Thesen, aus denen sich wählen ließe.",
                "There are no statements to choose from yet.",
            ).spoken(language)
        ]
    if not found.statements and found.wanted:
        return [
            Text(
                "Diese Person hat schon alle Thesen gesehen.",
                "This person has seen all statements already.",
            ).spoken(language)
        ]
    if not found.statements:
        return [Text("Es war keine These gewünscht.", "No statement was wanted.").spoken(language)]
    lines = [
        Text("Als Nächstes: {names}.", "Next: {names}.")
        .filled(names=", ".join(found.statements))
        .spoken(language)
    ]
    if found.is_new:
        lines.append(
            Text(
                "Von dieser Person ist noch nichts bekannt. Sie bekommt die Thesen, die am "
                "meisten darüber verraten, wo jemand steht.",
                "Nothing is known of this person yet. They get the statements that say most about "
                "where somebody stands.",
            ).spoken(language)
        )
    else:
        lines.append(
            Text(
                "Ausgewählt nach dem, was diese Person zu {n} schon gesagt hat.",
                "Chosen by what this person has already said on {n}.",
            )
            .filled(n=Text(*(counted(found.answered, *STATEMENT, lang) for lang in ("de", "en"))))
            .spoken(language)
        )
    heard = [
        name for name, new in zip(found.statements, found.explored, strict=True) if new
    ]  # fmt: skip
    if heard:
        lines.append(
            Text(
                "Dabei ist auch, damit nichts ungehört bleibt: {names}.",
                "Also included, so that nothing stays unheard: {names}.",
            )
            .filled(names=", ".join(heard))
            .spoken(language)
        )
    if len(found.statements) < found.wanted:
        lines.append(
            Text(
                "Mehr gibt es für diese Person nicht: Alles andere hat sie schon gesehen.",
                "There is no more for this person: they have seen everything else.",
            ).spoken(language)
        )
    return lines
