"""Counting consent: agree, with reservations, abstain, object; quorum and reasons.

Consent asks whether anybody has a serious objection, not whether a majority is in favour. So one
objection is enough for *no consent yet*: it has to be heard and worked with. Whether enough people
were there to decide at all says the quorum. Reasons are part of the result, without names.

Sources: Endenburg 1998, “Sociocracy”; Rüther 2018, “Soziokratie, S3, Holakratie”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Literal

import numpy as np

from miteinander.analysis.consensus.readings import Name, readings_of, revealing
from miteinander.analysis.consensus.sheet import PEOPLE, roles_of
from miteinander.analysis.consensus.words import people, quoted, rounded, said
from miteinander.analysis.errors import Unusable
from miteinander.analysis.files import read_bytes, table_from
from miteinander.analysis.privacy import THRESHOLD, shown
from miteinander.analysis.text import Text, percent

Answer = Literal["agree", "reservations", "abstain", "object"]
Result = Literal["consent", "reservations", "objection", "no_quorum", "nobody", "nobody_decides"]

ANSWERS: tuple[Answer, ...] = ("agree", "reservations", "abstain", "object")
SPOKEN: dict[str, Text] = {
    "agree": Text("Zustimmung", "agree"),
    "reservations": Text("Zustimmung mit Bedenken", "agree with reservations"),
    "abstain": Text("Enthaltung", "abstain"),
    "object": Text("Einwand", "object"),
}
# Words people write, in lower case; everything else is refused with its line.
KNOWN: dict[str, Answer] = {
    "agree": "agree", "yes": "agree", "consent": "agree", "ja": "agree", "zustimmung": "agree",
    "reservations": "reservations", "with reservations": "reservations",
    "bedenken": "reservations", "mit bedenken": "reservations",
    "zustimmung mit bedenken": "reservations", "leichte bedenken": "reservations",
    "abstain": "abstain", "abstention": "abstain", "enthaltung": "abstain",
    "object": "object", "objection": "object", "no": "object", "nein": "object",
    "einwand": "object", "schwerwiegender einwand": "object", "veto": "object",
}  # fmt: skip


@dataclass(frozen=True)
class Ballots:
    """Answers to one proposal, a reason or "" beside each."""

    proposal: str
    answers: tuple[Answer, ...]
    reasons: tuple[str, ...]
    institutions: tuple[str, ...] | None = None
    perspectives: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ConsentReading:
    """Voices for each answer in one way of counting; None where a number is withheld."""

    name: Name
    voices: int
    people: int
    counts: dict[str, float | None]


@dataclass(frozen=True)
class Consent:
    """The result of one proposal. `needed` voices make the quorum; None: no quorum was set."""

    proposal: str
    result: Result
    counts: dict[str, int | None]
    voted: int
    eligible: int | None
    needed: int | None
    quorum_met: bool
    readings: tuple[ConsentReading, ...]
    reasons: tuple[tuple[Answer, str], ...]
    threshold: int


def read_ballots(
    path: str | Path,
    *,
    vote: str = "vote",
    reason: str = "reason",
    proposal: str = "proposal",
    institution: str | None = None,
    perspective: str | None = None,
) -> tuple[Ballots, ...]:
    """Read a CSV file: a row for each person (and proposal), with `vote` and perhaps `reason`."""
    return ballots_from(
        read_bytes(path), name=Path(path).name, vote=vote, reason=reason, proposal=proposal,
        institution=institution, perspective=perspective,
    )  # fmt: skip


def ballots_from(
    data: bytes,
    *,
    name: str,
    vote: str = "vote",
    reason: str = "reason",
    proposal: str = "proposal",
    institution: str | None = None,
    perspective: str | None = None,
) -> tuple[Ballots, ...]:
    """Ballots from the bytes of a CSV file, one entry for each proposal in file order."""
    table = table_from(data, name=name, required=[vote])
    roles = roles_of(table, institution=institution, perspective=perspective)
    rows = len(table.rows)

    def words(column: str | None) -> list[str] | None:
        return table.column(column) if column and column in table.columns else None

    about = words(proposal) or [""] * rows
    reasons = words(reason) or [""] * rows
    person = words(next((c for c in table.columns if c.lower() in PEOPLE), None))
    groups = words(roles.institution), words(roles.perspective)
    kept: dict[str, list[int]] = {p: [] for p in about}
    answers: list[Answer | None] = []
    seen: set[tuple[str, str]] = set()
    for row, cell in enumerate(table.column(vote)):
        answer = KNOWN.get(cell.lower()) if cell else None
        if cell and answer is None:
            raise Unusable(
                Text(f"„{cell}“ ist keine Antwort.", f"“{cell}” is no answer."),
                where=table.at(row, vote),
                do=Text(
                    "Möglich sind: Zustimmung, mit Bedenken, Enthaltung, Einwand; leer: nicht "
                    "abgestimmt.",
                    "Possible are: agree, with reservations, abstain, object; empty: did not vote.",
                ),
            )
        if person is not None and person[row]:
            if (about[row], person[row]) in seen:
                raise Unusable(
                    Text(
                        f"„{person[row]}“ hat zweimal abgestimmt.",
                        f"“{person[row]}” has voted twice.",
                    ),
                    where=table.at(row, vote),
                    do=Text("Jede Person hat eine Stimme.", "Every person has one vote."),
                )
            seen.add((about[row], person[row]))
        answers.append(answer)
        if answer is not None:
            kept[about[row]].append(row)
    return tuple(
        Ballots(
            title,
            tuple(a for a in (answers[row] for row in of) if a is not None),
            tuple(reasons[row] for row in of),
            *(None if column is None else tuple(column[row] for row in of) for column in groups),
        )
        for title, of in kept.items()
    ) or (Ballots("", (), ()),)


def consent(
    ballots: Ballots,
    *,
    eligible: int | None = None,
    quorum: Fraction | int | None = None,
    threshold: int = THRESHOLD,
) -> Consent:
    """Count one proposal.

    `quorum` is a number of people (int) or a share of the `eligible` (Fraction between 0 and 1).
    Whoever abstains is present and counts for the quorum.
    """
    voted = len(ballots.answers)
    needed = _needed(quorum, eligible)
    if eligible is not None and voted > eligible:
        raise Unusable(
            Text(
                f"{voted} haben abgestimmt, stimmberechtigt sind {eligible}.",
                f"{voted} have voted, {eligible} may vote.",
            ),
            where=ballots.proposal,
            do=Text("Bitte die Zahlen prüfen.", "Please check the numbers."),
        )
    met = needed is None or voted >= needed
    counts = [ballots.answers.count(a) for a in ANSWERS]
    open_ = _open(counts, threshold)
    readings = []
    voices = readings_of(voted, ballots.institutions, ballots.perspectives)
    told = revealing(voices, threshold=threshold)
    for r in voices:
        sums = [
            float(r.weights[np.array([x == a for x in ballots.answers], dtype=bool)].sum())
            for a in ANSWERS
        ]
        inside = [
            sum(x == a and w > 0 for x, w in zip(ballots.answers, r.weights, strict=True))
            for a in ANSWERS
        ]
        seen = [a and b for a, b in zip(open_, _open(inside, threshold), strict=True)]
        if told and r.name != "people":
            seen = [False] * len(seen)
        readings.append(
            ConsentReading(
                r.name,
                r.voices,
                r.people,
                {a: s if o else None for a, s, o in zip(ANSWERS, sums, seen, strict=True)},
            )
        )
    return Consent(
        proposal=ballots.proposal,
        result=_result(counts, met),
        counts={a: c if o else None for a, c, o in zip(ANSWERS, counts, open_, strict=True)},
        voted=voted,
        eligible=eligible,
        needed=needed,
        quorum_met=met,
        readings=tuple(readings),
        # sorted, so that the order of the rows does not tell who gave which reason
        reasons=tuple(
            sorted(
                ((a, r) for a, r in zip(ballots.answers, ballots.reasons, strict=True) if r),
                key=lambda pair: (-ANSWERS.index(pair[0]), pair[1]),
            )
        ),
        threshold=threshold,
    )


def _open(counts: Sequence[int], threshold: int) -> list[bool]:
    if sum(counts) < threshold:
        return [False] * len(counts)
    return shown(counts, threshold=threshold)


def _needed(quorum: Fraction | int | None, eligible: int | None) -> int | None:
    if quorum is None:
        return None
    if isinstance(quorum, int):
        return quorum
    if eligible is None:
        raise Unusable(
            Text(
                "Für einen Anteil als Quorum fehlt die Zahl der Stimmberechtigten.",
                "A quorum as a share needs the number of those who may vote.",
            ),
            do=Text("Bitte --eligible angeben.", "Please give --eligible."),
        )
    return ceil(quorum * eligible)


def _result(counts: Sequence[int], met: bool) -> Result:
    agree, reservations, _, objections = counts
    if not sum(counts):
        return "nobody"
    if not met:
        return "no_quorum"
    if objections:
        return "objection"
    if not agree + reservations:
        return "nobody_decides"
    return "reservations" if reservations else "consent"


# --- in words ---------------------------------------------------------------------------------

OUTCOME: dict[str, Text] = {
    "consent": Text("Konsent: Niemand hat einen Einwand.", "Consent: nobody objects."),
    "reservations": Text(
        "Konsent mit Bedenken: Niemand hat einen Einwand, aber nicht alle sind unbesorgt. Die "
        "Bedenken gehören ins Protokoll.",
        "Consent with reservations: nobody objects, but not everybody is at ease. The reservations "
        "belong in the minutes.",
    ),
    "objection": Text(
        "Noch kein Konsent: Es gibt mindestens einen Einwand. Er wird gehört und der Vorschlag "
        "verändert, bevor noch einmal gefragt wird.",
        "No consent yet: there is at least one objection. It is heard and the proposal changed "
        "before the question is put again.",
    ),
    "no_quorum": Text(
        "Nicht entschieden: Es waren zu wenige da.", "Not decided: too few were there."
    ),
    "nobody": Text(
        "Niemand hat abgestimmt, also gibt es kein Ergebnis.",
        "Nobody has voted, so there is no result.",
    ),
    "nobody_decides": Text(
        "Alle haben sich enthalten: Dagegen ist niemand, dafür auch nicht.",
        "All abstained: nobody is against it, and nobody is for it.",
    ),
}


def consent_sentences(result: Consent, language: str = "de") -> list[str]:
    """Whether there is consent, who was there, what stands against it."""
    parts = [_outcome(result, language)]
    if not result.voted:
        return parts
    if result.needed is not None:
        parts.append(_who_voted(result, language))
    parts += _counts(result, language)
    if any(count is None for count in result.counts.values()):
        parts.append(
            said(
                "Anzahlen unter {least} stehen nicht da.",
                "Counts below {least} are not shown.",
                language,
                least=result.threshold,
            )
        )
    titles = {
        "object": Text("Einwand", "Objection"),
        "reservations": Text("Bedenken", "Reservation"),
        "abstain": Text("Enthaltung", "Abstention"),
        "agree": Text("Zustimmung", "Agreement"),
    }
    parts += _by_others(result, language)
    parts += [f"{titles[a].spoken(language)}: {reason}" for a, reason in result.reasons]
    return parts


def consent_line(result: Consent, language: str = "de", *, papers: int) -> str:
    """One of several proposals on the same papers: what holds for all of them is said once.

    So who took part is told only where some left this proposal out; reasons stand elsewhere.
    """
    parts = [_outcome(result, language)]
    if result.voted:
        if result.voted != papers and result.needed is not None:
            parts.append(_who_voted(result, language))
        parts += [*_counts(result, language), *_by_others(result, language)]
    return " ".join(parts)


def _outcome(result: Consent, language: str) -> str:
    outcome = OUTCOME[result.result].spoken(language)
    return f"{quoted(result.proposal, language)}: {outcome}" if result.proposal else outcome


def _who_voted(result: Consent, language: str) -> str:
    return said(
        "Abgestimmt haben {voted}{share}; nötig waren {needed}.",
        "{voted} voted{share}; {needed} were needed.",
        language,
        voted=people(result.voted, language),
        share=""
        if not result.eligible
        else f" ({percent(result.voted / result.eligible, language)})",
        needed=result.needed,
    )


def _counts(result: Consent, language: str) -> list[str]:
    told = [
        f"{SPOKEN[answer].spoken(language)}: {count}"
        for answer, count in result.counts.items()
        if count
    ]
    return [", ".join(told) + "."] if told else []


def _by_others(result: Consent, language: str) -> list[str]:
    """How it looks counted by institutions and by perspectives."""
    return [
        said(
            "Nach {name} gezählt kommen {objecting} von {voices} Stimmen aus Einwänden.",
            "Counted by {name}, {objecting} of {voices} voices are objections.",
            language,
            name=Text("Institutionen", "institutions")
            if reading.name == "institutions"
            else Text("Perspektiven", "perspectives"),
            objecting=rounded(objecting, language),
            voices=reading.voices,
        )
        for reading in result.readings[1:]
        if (objecting := reading.counts["object"]) is not None and reading.voices
    ]
