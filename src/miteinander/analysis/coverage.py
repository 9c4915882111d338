"""Coverage: who is at the table, held against who lives in the town, and who is missing.

Shares are compared attribute by attribute with what the register or the process asks for. Words
come before numbers: few people never speak for a gap unless chance alone would hardly have made it,
and figures about fewer than five people are withheld, together with what subtraction would tell.
Attributes are not crossed: "women over 65 from the north" would soon be somebody.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from miteinander.analysis.errors import Unusable
from miteinander.analysis.files import Table
from miteinander.analysis.privacy import THRESHOLD, shown
from miteinander.analysis.text import Text, counted, listing, number, percent

Verdict = Literal["absent", "few", "under", "fine", "over", "unsure", "withheld", "no target"]

CHANCE = 0.05
"""Below this probability a gap is not put down to chance."""
NOTICEABLE = 0.8
"""A share above this part of its target is no gap, however many people say so."""
EXPECTED = 3.0
"""With fewer people expected than this, their absence says nothing."""
ROUNDED = 0.02
"""Shares may miss their sum by so much: they have been rounded."""


@dataclass(frozen=True)
class Cell:
    """One value of an attribute: people present against the share asked for.

    `present` and `share` are None where they are withheld; `target` and `expected` are None for a
    value that nobody asked for.
    """

    value: str
    target: float | None
    expected: float | None
    present: int | None
    share: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Attribute:
    """All values of an attribute; `overlap` is the share of the target that is covered.

    It is 1 less half the sum of all differences of shares: 1 when both are alike, 0 when nobody of
    those who were asked for is there. What is withheld counts as one value in it. `unknown` are
    people whose value is not known; None when that is withheld.
    """

    name: str
    cells: list[Cell]
    overlap: float | None
    unknown: int | None


@dataclass(frozen=True)
class Coverage:
    """`people` present, and how they cover each attribute; withheld below `threshold`."""

    people: int
    attributes: list[Attribute]
    threshold: int


def coverage(
    people: Mapping[str, Sequence[str]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    threshold: int = THRESHOLD,
) -> Coverage:
    """Compare the people present with the target shares of each attribute.

    `people` holds for each attribute one value per person, "" where it is not known; `targets`
    holds for each attribute the share of each value, summing to 1. Attributes without targets
    are left out.
    """
    size = max((len(values) for values in people.values()), default=0)
    return Coverage(
        people=size,
        attributes=[
            _attribute(name, people[name], shares, threshold)
            for name, shares in targets.items()
            if name in people
        ],
        threshold=threshold,
    )


@dataclass(frozen=True)
class Counted:
    """How many people have each value, as far as it may be known.

    Withheld counts are None; `few` names those of them that are small themselves, the others hide
    a small one. `known` are all people whose value is known, `unknown` the others.
    """

    counts: Mapping[str, int | None]
    few: frozenset[str]
    known: int
    unknown: int | None


def counted_openly(
    values: Sequence[str], words: Sequence[str] = (), *, threshold: int = THRESHOLD
) -> Counted:
    """Count values ("" is not known) and withhold what is small or would tell what is small.

    `words` are counted also where nobody has them.
    """
    counts = Counter(values)
    unknown = counts.pop("", 0)
    names = [*words, *sorted(set(counts) - set(words))]
    present = [counts[value] for value in names]
    *is_shown, unknown_shown = shown([*present, unknown], threshold=threshold)
    return Counted(
        counts={
            value: count if is_open else None
            for value, count, is_open in zip(names, present, is_shown, strict=True)
        },
        few=frozenset(value for value in names if 0 < counts[value] < threshold),
        known=sum(present),
        unknown=unknown if unknown_shown else None,
    )


def attribute_of(
    name: str, counted: Counted, shares: Mapping[str, float], *, threshold: int = THRESHOLD
) -> Attribute:
    """Hold counts against target shares; values that nobody counted are withheld."""
    names = [*shares, *(value for value in counted.counts if value not in shares)]
    cells = [_cell(value, shares.get(value), counted, threshold=threshold) for value in names]
    return Attribute(name, cells, _overlap(cells, counted.known), counted.unknown)


def _attribute(
    name: str, values: Sequence[str], shares: Mapping[str, float], threshold: int
) -> Attribute:
    counted = counted_openly(values, list(shares), threshold=threshold)
    return attribute_of(name, counted, shares, threshold=threshold)


def _cell(value: str, target: float | None, counted: Counted, *, threshold: int) -> Cell:
    known, count = counted.known, counted.counts.get(value)
    expected = None if target is None else target * known
    if count is None:
        tells = expected is not None and expected * NOTICEABLE >= threshold
        return Cell(
            value, target, expected, None, None,
            "few" if tells and value in counted.few else "withheld",
        )  # fmt: skip
    share = count / known if known else None
    return Cell(value, target, expected, count, share, _verdict(count, known, target))


def _verdict(count: int, known: int, target: float | None) -> Verdict:
    if target is None:
        return "no target"
    expected = target * known
    if count == 0 and expected >= EXPECTED:
        return "absent"
    if count < NOTICEABLE * expected and at_most(count, known, target) <= CHANCE:
        return "under"
    if count * NOTICEABLE > expected and at_most(known - count, known, 1 - target) <= CHANCE:
        return "over"
    return "unsure" if expected < EXPECTED else "fine"


def at_most(count: int, size: int, share: float) -> float:
    """The probability that chance sends at most `count` of `size` people, each with `share`."""
    if count >= size or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    logs = [
        math.lgamma(size + 1)
        - math.lgamma(k + 1)
        - math.lgamma(size - k + 1)
        + k * math.log(share)
        + (size - k) * math.log1p(-share)
        for k in range(count + 1)
    ]
    return min(1.0, math.fsum(math.exp(each) for each in logs))


def _overlap(cells: Sequence[Cell], known: int) -> float | None:
    """How much of the target is covered; hidden cells count together, so that nothing leaks."""
    if not known:
        return None
    visible = [cell for cell in cells if cell.share is not None]
    hidden = [cell for cell in cells if cell.share is None]
    differences = [abs((cell.share or 0) - (cell.target or 0)) for cell in visible]
    if hidden:
        rest = 1 - math.fsum(cell.share or 0 for cell in visible)
        differences.append(abs(rest - math.fsum(cell.target or 0 for cell in hidden)))
    return 1 - math.fsum(differences) / 2


# --- files ----------------------------------------------------------------------------------------


def targets_from(table: Table) -> dict[str, dict[str, float]]:
    """Target shares from columns ``attribute,value,share``: shares, percentages or head counts."""
    attributes, values = table.column("attribute"), table.column("value")
    amounts = table.numbers("share")
    found: dict[str, dict[str, float]] = {}
    for row, (attribute, value, amount) in enumerate(zip(attributes, values, amounts, strict=True)):
        if not attribute or not value:
            raise Unusable(
                Text("Hier fehlt ein Name.", "A name is missing here."),
                where=table.at(row, "value" if attribute else "attribute"),
                do=Text("Bitte Merkmal und Wert nennen.", "Please name attribute and value."),
            )
        if math.isnan(amount) or amount < 0:
            raise Unusable(
                Text("Hier fehlt ein Anteil ab 0.", "A share of at least 0 is missing here."),
                where=table.at(row, "share"),
                do=Text(
                    "Erlaubt sind Anteile, Prozente oder Anzahlen.",
                    "Shares, percentages or head counts are allowed.",
                ),
            )
        if value in found.setdefault(attribute, {}):
            raise Unusable(
                Text("Dieser Wert kommt zweimal vor.", "This value appears twice."),
                where=table.at(row, "value"),
                do=Text("Bitte eine der Zeilen entfernen.", "Please remove one of the lines."),
            )
        found[attribute][value] = amount
    for attribute, shares in found.items():
        if not sum(shares.values()):
            raise Unusable(
                Text(
                    f"Alle Anteile von „{attribute}“ sind 0.",
                    f"All shares of “{attribute}” are 0.",
                ),
                where=table.name,
                do=Text("Bitte mindestens einen eintragen.", "Please enter at least one."),
            )
    return {attribute: _as_shares(shares) for attribute, shares in found.items()}


def _as_shares(amounts: dict[str, float]) -> dict[str, float]:
    total = math.fsum(amounts.values())
    return {value: amount / total for value, amount in amounts.items()}


# --- words ----------------------------------------------------------------------------------------

PEOPLE = Text("Person", "person"), Text("Menschen", "people")


def sentences(found: Coverage, language: str = "de") -> list[str]:
    """Who is missing first, then who is there in plenty, then what cannot be said."""
    if not found.people:
        return [
            Text(
                "Es ist noch niemand eingetragen. Was fehlt, zeigt sich mit den ersten Menschen.",
                "Nobody has been entered yet. What is missing shows with the first people.",
            ).spoken(language)
        ]
    told = [
        Text("{people} sind dabei.", "{people} take part.")
        .filled(people=counted(found.people, *PEOPLE, language))
        .spoken(language)
        if found.people > 1
        else Text("Eine Person ist dabei.", "One person takes part.").spoken(language)
    ]
    for attribute in found.attributes:
        told += about(attribute, found.threshold, language)
    if any(cell.present is None for each in found.attributes for cell in each.cells):
        told.append(
            Text(
                f"Angaben über weniger als {found.threshold} Menschen zeigen wir nicht.",
                f"Figures about fewer than {found.threshold} people are not shown.",
            ).spoken(language)
        )
    return told


def about(attribute: Attribute, threshold: int = THRESHOLD, language: str = "de") -> list[str]:
    """What one attribute shows: who is missing, who is there in plenty, what cannot be said."""
    by_verdict: dict[str, list[Cell]] = {}
    for cell in attribute.cells:
        by_verdict.setdefault(cell.verdict, []).append(cell)
    parts = [
        *(_missing(cell, threshold, language) for cell in by_verdict.get("absent", [])),
        *(_missing(cell, threshold, language) for cell in by_verdict.get("few", [])),
        *(_missing(cell, threshold, language) for cell in by_verdict.get("under", [])),
    ]
    told = []
    if parts:
        start = Text("Es fehlen bei „{name}“: {parts}.", "Missing in “{name}”: {parts}.")
        told.append(start.filled(name=attribute.name, parts="; ".join(parts)).spoken(language))
    if over := by_verdict.get("over"):
        names = listing([cell.value for cell in over], language)
        told.append(
            Text(
                "Mehr als im Soll sind bei „{name}“: {names}.",
                "More than asked for in “{name}”: {names}.",
            )
            .filled(name=attribute.name, names=names)
            .spoken(language)
        )
    if not told and attribute.overlap is not None:
        told.append(
            Text(
                "Bei „{name}“ ist niemand deutlich zu wenig vertreten (Deckung {share}).",
                "In “{name}” nobody is clearly too few (coverage {share}).",
            )
            .filled(name=attribute.name, share=percent(attribute.overlap, language))
            .spoken(language)
        )
    if unsure := by_verdict.get("unsure"):
        names = listing([cell.value for cell in unsure], language)
        told.append(
            Text(
                "Bei {names} wären so wenige zu erwarten, dass sich nichts sagen lässt.",
                "Of {names} so few would be expected that nothing can be said.",
            )
            .filled(names=names)
            .spoken(language)
        )
    return told


def _missing(cell: Cell, threshold: int, language: str) -> str:
    assert cell.expected is not None  # only values with a target can be missing
    how_many = (
        Text(f"weniger als {threshold}", f"fewer than {threshold}").spoken(language)
        if cell.present is None
        else Text("niemand", "nobody").spoken(language)
        if not cell.present
        else number(cell.present, language)
    )
    return (
        Text("{value} ({there} statt etwa {expected})", "{value} ({there} instead of {expected})")
        .filled(value=cell.value, there=how_many, expected=number(cell.expected, language))
        .spoken(language)
    )
