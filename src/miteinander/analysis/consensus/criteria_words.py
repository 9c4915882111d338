"""The result of weighing several criteria in plain sentences."""

from __future__ import annotations

from miteinander.analysis.consensus.criteria import Criteria, CriteriaOption
from miteinander.analysis.consensus.readings import NAMES
from miteinander.analysis.consensus.words import named, quoted, said, same_everywhere
from miteinander.analysis.ranking import EQUAL
from miteinander.analysis.text import Text, listing, number, percent


def criteria_sentences(result: Criteria, language: str = "de") -> list[str]:
    """What comes first and whether that hangs on the weights."""
    if result.empty is not None:
        return [result.empty.spoken(language)]
    first = [o for o in result.options if o.rank == 1]
    parts = [_first(result, first, language)]
    if len(first) == 1 and first[0].first_share is not None:
        parts.append(_robust(first[0], language))
    parts += _narrow(result, language)
    beaten = [o for o in result.options if o.dominated_by]
    parts += [
        said(
            "{name} ist in keinem Kriterium besser und in mindestens einem schlechter als {by}, "
            "wie immer man gewichtet.",
            "{name} is better than {by} in no criterion and worse in at least one, whatever the "
            "weights.",
            language,
            name=quoted(o.name, language),
            by=quoted(o.dominated_by[0], language),
        )
        for o in beaten
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
    without = [o.name for o in result.options if o.score is None]
    if without:
        parts.append(
            said(
                "Ohne Wertung, weil Angaben fehlen oder zu wenige sie bewertet haben: {names}.",
                "Without a score, because ratings are missing or too few rated them: {names}.",
                language,
                names=named(without, language),
            )
        )
    if not result.fixed_scale:
        parts.append(
            said(
                "Jedes Kriterium geht vom kleinsten bis zum größten Wert, der vorkommt. Kommt eine "
                "Option dazu, kann sich das verschieben; eine feste Skala verhindert das.",
                "Every criterion runs from the smallest to the largest value that occurs. A "
                "further option can shift that; a fixed scale prevents it.",
                language,
            )
        )
    return parts


def _first(result: Criteria, first: list[CriteriaOption], language: str) -> str:
    weights = listing(
        [f"{quoted(c.name, language)} {percent(c.weight, language)}" for c in result.criteria],
        language,
    )
    if len(first) > 1:
        return said(
            "Gleichstand vorn: {names}, mit {weights}. Zwischen ihnen muss die Runde entscheiden.",
            "A tie at the top: {names}, with {weights}. The group has to decide between them.",
            language,
            names=named([o.name for o in first], language),
            weights=weights,
        )
    return said(
        "Vorn liegt {name} mit {score} von 100 Punkten, bei den Gewichten {weights}.",
        "{name} comes first with {score} of 100 points, with the weights {weights}.",
        language,
        name=quoted(first[0].name, language),
        score=number(first[0].score or 0.0, language),
        weights=weights,
    )


def _robust(first: CriteriaOption, language: str) -> str:
    share = first.first_share or 0.0
    if share >= 1 - EQUAL:
        return said("Das gilt bei jeder Gewichtung.", "That holds with any weights.", language)
    words = (
        Text("Das hängt wenig von den Gewichten ab", "That depends little on the weights")
        if share >= 0.75
        else Text("Das hängt von den Gewichten ab", "That depends on the weights")
        if share >= 0.4
        else Text("Das hängt stark von den Gewichten ab", "That depends strongly on the weights")
    )
    return said(
        "{words}: Von allen möglichen Gewichtungen setzt etwa {share} diese Option nach vorn.",
        "{words}: of all possible weightings about {share} put this option first.",
        language,
        words=words,
        share=percent(share, language),
    )


def _narrow(result: Criteria, language: str) -> list[str]:
    """The criterion whose weight is nearest to a change of the first place."""
    nearest = None
    for c in result.criteria:
        for edge, limit in ((c.low, 0.0), (c.high, 1.0)):
            if abs(edge - limit) > EQUAL and abs(edge - c.weight) > EQUAL:
                distance = abs(edge - c.weight)
                if nearest is None or distance < nearest[0]:
                    nearest = (distance, c, edge)
    if nearest is None:
        return []
    _, c, edge = nearest
    return [
        said(
            "Am ehesten kippt es bei {name}: mit einem Gewicht {way} etwa {edge} (jetzt {now}) "
            "läge eine andere Option vorn.",
            "It tips most easily with {name}: with a weight {way} about {edge} (now {now}) another "
            "option would come first.",
            language,
            name=quoted(c.name, language),
            way=Text("über", "above") if edge > c.weight else Text("unter", "below"),
            edge=percent(edge, language),
            now=percent(c.weight, language),
        )
    ]
