"""Phrases the four ways of deciding share."""

from __future__ import annotations

from collections.abc import Sequence

from miteinander.analysis.text import Text, counted, listing, number

PERSON = (Text("Mensch", "person"), Text("Menschen", "people"))


def said(de: str, en: str, language: str, **words: object) -> str:
    """One sentence in one language, its gaps filled."""
    return Text(de, en).filled(**words).spoken(language)


def quoted(name: str, language: str) -> str:
    return f"„{name}“" if language.startswith("de") else f"“{name}”"


def named(names: Sequence[str], language: str) -> str:
    return listing([quoted(name, language) for name in names], language)


def people(count: int, language: str) -> str:
    return counted(count, *PERSON, language)


def rounded(value: float, language: str) -> str:
    """One decimal: more would pretend a precision that marks given by people do not have."""
    return number(value, language, digits=1)


def too_few(count: int, threshold: int) -> Text:
    """Why there are no numbers."""
    if not count:
        return Text(
            "Niemand hat etwas eingetragen, also gibt es kein Ergebnis.",
            "Nobody has entered anything, so there is no result.",
        )
    return Text(
        f"Weniger als {threshold} Menschen haben mitgemacht. Zahlen würden zeigen, wer was gesagt "
        "hat; darum steht hier keine.",
        f"Fewer than {threshold} people took part. Numbers would show who said what, so there are "
        "none.",
    )


def same_everywhere(
    firsts: Sequence[tuple[str, tuple[str, ...]]], names: dict[str, Text], language: str
) -> list[str]:
    """Whether the readings agree on the first place. `firsts` are (reading, who is first)."""
    if len(firsts) < 2:
        return []
    if len({first for _, first in firsts}) == 1:
        others = listing([names[name].spoken(language) for name, _ in firsts[1:]], language)
        return [
            said(
                "Auch {others} gerechnet liegt dasselbe vorn.",
                "Counted {others}, the same comes first.",
                language,
                others=others,
            )
        ]
    parts = [
        said(
            "{reading}: {first}",
            "{reading}: {first}",
            language,
            reading=names[name],
            first=named(first, language) if first else "–",
        )
        for name, first in firsts
    ]
    return [
        said(
            "Je nachdem, wie man zählt, liegt anderes vorn ({parts}). Darüber sollte die Runde "
            "sprechen, bevor sie entscheidet.",
            "What comes first depends on how one counts ({parts}). The group should talk about "
            "that before it decides.",
            language,
            parts="; ".join(parts),
        )
    ]
