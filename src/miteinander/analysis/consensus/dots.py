"""Dot voting (Mehrpunktabfrage): everybody sticks dots; what gets many is taken further.

The rules are part of the result: how many dots each person has, and how many of them may go to
one option (cumulation). A sheet that breaks them is refused with its line, not repaired: which of
six dots would be the one too many? An empty cell is no dot; a row without any dot is somebody
who did not take part.

Dots say what is interesting, not what is agreed: nobody can say no with a dot. So beside the dots
stands how many *people* gave one, which shows an option that few have heaped their dots on.

Source: Klebert, Schrader, Straub 2006, “Moderationsmethode” (Mehrpunktabfrage).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from miteinander.analysis.consensus.readings import NAMES, Name, readings_of, revealing
from miteinander.analysis.consensus.sheet import Sheet
from miteinander.analysis.consensus.words import (
    named,
    people,
    quoted,
    said,
    same_everywhere,
    too_few,
)
from miteinander.analysis.errors import Unusable
from miteinander.analysis.privacy import THRESHOLD, shown
from miteinander.analysis.ranking import EQUAL, places, ties
from miteinander.analysis.text import Text, counted

DOT = (Text("Punkt", "dot"), Text("Punkte", "dots"))


@dataclass(frozen=True)
class Rules:
    """What was agreed; None: no such rule.

    `each`: dots a person has at most; `most`: of these on one option; `take`: how many options
    are taken further.
    """

    each: int | None = None
    most: int | None = None
    take: int | None = None


@dataclass(frozen=True)
class DotOption:
    """`dots`, `people` and `share` (of all dots) are None where they are withheld."""

    name: str
    dots: int | None
    people: int | None
    share: float | None
    rank: int | None


@dataclass(frozen=True)
class DotReading:
    """Share of the voices each option got, and its place, in one way of counting."""

    name: Name
    voices: int
    people: int
    shares: tuple[float | None, ...]
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Dots:
    """The result; `cut` are options tied across the limit of those taken further."""

    options: tuple[DotOption, ...]
    readings: tuple[DotReading, ...]
    rules: Rules
    people: int
    dots: int
    ties: tuple[tuple[str, ...], ...]
    taken: tuple[str, ...]
    cut: tuple[str, ...]
    threshold: int
    empty: Text | None = None


def count_dots(sheet: Sheet, rules: Rules = Rules(), *, threshold: int = THRESHOLD) -> Dots:
    """Count dots in three readings. Every person's dots count as one voice in the last two."""
    _refuse_broken(sheet, rules)
    dots = np.nan_to_num(sheet.marks)
    here = dots.sum(axis=1) > 0
    dots = dots[here]
    count = len(dots)
    if not count or count < threshold:
        options = tuple(DotOption(name, None, None, None, None) for name in sheet.options)
        why = too_few(count, threshold)
        return Dots(options, (), rules, 0, 0, (), (), (), threshold, why)
    total = dots.sum(axis=0)
    givers = (dots > 0).sum(axis=0).tolist()
    open_ = shown(givers, threshold=threshold)
    ranks = places([-float(t) for t in total])
    words = [
        None if column is None else [w for w, in_ in zip(column, here, strict=True) if in_]
        for column in (sheet.institutions, sheet.perspectives)
    ]
    readings = []
    voices = readings_of(count, *words)
    told = revealing(voices, threshold=threshold)
    for r in voices:
        if r.name == "people":
            shares = total / total.sum()
        else:
            # One voice each: somebody with fewer dots placed does not count less.
            voice = dots / dots.sum(axis=1, keepdims=True)
            weight = r.weights.sum()
            shares = (r.weights @ voice) / weight if weight else np.zeros(len(total))
        few = r.people < threshold
        readings.append(
            DotReading(
                r.name,
                r.voices,
                r.people,
                tuple(
                    None if few or not seen or (told and r.name != "people") else float(s)
                    for s, seen in zip(shares, open_, strict=True)
                ),
                tuple(places([None if few else -float(s) for s in shares])),
            )
        )
    taken, cut = _cut(ranks, sheet.options, rules.take)
    return Dots(
        options=tuple(
            DotOption(
                name,
                int(total[j]) if open_[j] else None,
                givers[j] if open_[j] else None,
                float(total[j] / total.sum()) if open_[j] else None,
                ranks[j],
            )
            for j, name in enumerate(sheet.options)
        ),
        readings=tuple(readings),
        rules=rules,
        people=count,
        dots=int(total.sum()),
        ties=ties(ranks, sheet.options),
        taken=taken,
        cut=cut,
        threshold=threshold,
    )


def _cut(
    ranks: list[int | None], names: tuple[str, ...], take: int | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is certainly among the first `take`, and who is tied for the last of these places."""
    if take is None:
        return (), ()
    placed = sorted((r, j) for j, r in enumerate(ranks) if r is not None)
    sure, open_ = [], []
    for rank, j in placed:
        same = sum(r == rank for r, _ in placed)
        if rank - 1 + same <= take:
            sure.append(names[j])
        elif rank <= take:
            open_.append(names[j])
    return tuple(sure), tuple(open_)


def _refuse_broken(sheet: Sheet, rules: Rules) -> None:
    marks = sheet.marks
    for row, option in np.argwhere((marks < 0) | (np.abs(marks - np.round(marks)) > EQUAL)):
        raise Unusable(
            Text(
                f"{marks[row, option]:g} ist keine Anzahl von Punkten.",
                f"{marks[row, option]:g} is no number of dots.",
            ),
            where=sheet.at(int(row), int(option)),
            do=Text(
                "Punkte sind ganze Zahlen ab 0; leer: kein Punkt.",
                "Dots are whole numbers from 0 on; empty: no dot.",
            ),
        )
    if rules.most is not None:
        for row, option in np.argwhere(marks > rules.most):
            raise Unusable(
                Text(
                    f"{marks[row, option]:g} Punkte auf einer Option; erlaubt sind {rules.most}.",
                    f"{marks[row, option]:g} dots on one option; {rules.most} are allowed.",
                ),
                where=sheet.at(int(row), int(option)),
                do=Text("Bitte mit der Person klären.", "Please ask the person."),
            )
    if rules.each is not None:
        sums = np.nansum(marks, axis=1)
        for row in np.flatnonzero(sums > rules.each):
            raise Unusable(
                Text(
                    f"{sums[row]:g} Punkte von einer Person; erlaubt sind {rules.each}.",
                    f"{sums[row]:g} dots from one person; {rules.each} are allowed.",
                ),
                where=sheet.table.at(int(row)),
                do=Text("Bitte mit der Person klären.", "Please ask the person."),
            )


# --- in words ---------------------------------------------------------------------------------


def dots_sentences(result: Dots, language: str = "de") -> list[str]:
    """What gets taken further, ties, and who heaped dots."""
    if result.empty is not None:
        return [result.empty.spoken(language)]
    first = [o for o in result.options if o.rank == 1]
    parts = [
        said(
            "{people} haben {dots} vergeben. Die meisten hat {names}{number}.",
            "{people} gave {dots}. Most went to {names}{number}.",
            language,
            people=people(result.people, language),
            dots=counted(result.dots, *DOT, language),
            names=named([o.name for o in first], language),
            number="" if first[0].dots is None else f" ({first[0].dots})",
        )
        if len(first) == 1
        else said(
            "{people} haben {dots} vergeben. Gleichstand an der Spitze: {names}.",
            "{people} gave {dots}. A tie at the top: {names}.",
            language,
            people=people(result.people, language),
            dots=counted(result.dots, *DOT, language),
            names=named([o.name for o in first], language),
        )
    ]
    if result.rules.take is not None:
        if result.taken:
            parts.append(
                said(
                    "Weiter gehen {names}.", "Taken further: {names}.", language,
                    names=named(result.taken, language),
                )
            )  # fmt: skip
        if result.cut:
            parts.append(
                said(
                    "Um die letzten Plätze ({places}) steht es gleich zwischen {names}: Das muss "
                    "die Runde entscheiden.",
                    "The last places ({places}) are tied between {names}: the group has to decide.",
                    language,
                    places=result.rules.take - len(result.taken),
                    names=named(result.cut, language),
                )
            )
    parts += [
        said(
            "{name} verdankt seine Punkte wenigen: {people} haben {dots} darauf gehäuft.",
            "{name} owes its dots to few: {people} heaped {dots} on it.",
            language,
            name=quoted(o.name, language),
            people=people(o.people, language),
            dots=counted(o.dots, *DOT, language),
        )
        for o in result.options
        if o.dots and o.people and o.rank and o.rank <= 3 and o.dots >= 2 * o.people
    ]
    parts += same_everywhere(
        [
            (r.name, tuple(o.name for o, k in zip(result.options, r.ranks, strict=True) if k == 1))
            for r in result.readings
            if any(r.ranks)
        ],
        NAMES,
        language,
    )
    few = [o.name for o in result.options if o.dots is None]
    if few:
        parts.append(
            said(
                "Ohne Zahl, weil sonst zu erkennen wäre, wer was gewählt hat: {names}.",
                "Without a number, which would show who chose what: {names}.",
                language,
                names=named(few, language),
            )
        )
    parts.append(
        said(
            "Punkte zeigen, was beschäftigt, nicht, womit alle leben können: Nein sagen kann man "
            "mit ihnen nicht.",
            "Dots show what people care about, not what all can live with: nobody can say no with "
            "them.",
            language,
        )
    )
    return parts
