"""The opinion map of a call, drawn by the worker from its votes (never in a web process).

What everybody may read is worked out here, once, with small numbers left out; pages only show it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from miteinander.core.models import TranslationState
from miteinander.core.translation import localise
from miteinander.participation.queries import maps

if TYPE_CHECKING:
    from miteinander.analysis.opinion.result import Earlier, OpinionMap
    from miteinander.analysis.opinion.votes import Votes
    from miteinander.participation.models import Call, KeptMap, Statement

SPOKEN = ("de", "en")
"""The languages in which the analysis speaks."""
MOST_PLACES = 5_000
"""So many remembered places turn the next picture like this one; three would do."""
KEY = 12.0, 12.0, 7.0
"""Where the mark stands in the key of the picture, and its size."""
Ballot = tuple[int, int, int]
"""Participant, number of the statement, vote."""


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What is kept of a map; see `KeptMap`."""

    people: int
    votes: int
    digest: str
    shown: dict[str, Any]
    parameters: dict[str, Any]
    places: dict[str, list[float]]


def drawn_map(call: Call, ballots: Sequence[Ballot], before: KeptMap | None) -> DrawnMap:
    """Draw it; the same votes give the same map, turned like the one before."""
    # deferred: NumPy and SciPy, in the worker only
    from miteinander.analysis.opinion import one_person
    from miteinander.analysis.opinion.next_statement import Pool
    from miteinander.analysis.opinion.result import as_json, opinion_map

    statements = maps.statements_to_draw(call)
    votes = _votes(ballots, statements)
    found = opinion_map(votes, earlier=_earlier(before))
    told = as_json(found)
    memory = told["memory"]
    parameters = {"memory": memory}
    if len(votes):
        parameters |= {"names": list(votes.statements)} | one_person.written(Pool.of(votes))
    places = {
        each["id"]: [round(each["x"], 4), round(each["y"], 4)]
        for each in told["participants"][:MOST_PLACES]
    }
    shown = {
        "people": len(votes.participants),
        "votes": len(votes),
        "statements": len(votes.statements),
        "missing": _missing(found),
        "said": {language: _said(found, statements, language) for language in SPOKEN},
        "reliability": told["reliability"],
        "explained": sum(told["explained"]),
        "groups": _groups(found),
        "picture": _picture(found),
        "rows": [_row(each, found) for each in told["statements"]],
    }
    return DrawnMap(len(votes.participants), len(votes), digest(ballots), shown, parameters, places)


def digest(ballots: Sequence[Ballot]) -> str:
    """SHA-256 over the ballots, whoever they are of and in whatever order.

    A line for each person: ``number:vote`` by number, with spaces between; the lines sorted.
    """
    lines: dict[int, list[tuple[int, int]]] = {}
    for who, number, value in ballots:
        lines.setdefault(who, []).append((number, value))
    written = sorted(" ".join(f"{n}:{v}" for n, v in sorted(each)) for each in lines.values())
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def _votes(ballots: Sequence[Ballot], statements: Sequence[Statement]) -> Votes:
    import numpy as np  # deferred: as above

    from miteinander.analysis.opinion.votes import from_arrays  # deferred: as above

    people = sorted({who for who, _number, _value in ballots})
    row = {who: at for at, who in enumerate(people)}
    # What nobody has voted on is in no file either: the map must be the same from both.
    voted = {number for _who, number, _value in ballots}
    numbers = [s.order for s in statements if s.order in voted]
    column = {number: at for at, number in enumerate(numbers)}
    table = np.array(
        [(row[who], column[number], value) for who, number, value in ballots], dtype=np.int64
    ).reshape(-1, 3)
    return from_arrays(
        table[:, 0],
        table[:, 1],
        table[:, 2],
        participants=[str(who) for who in people],
        statements=[str(number) for number in numbers],
    )


def _earlier(before: KeptMap | None) -> Earlier | None:
    from miteinander.analysis.opinion.groups import Memory  # deferred: as above
    from miteinander.analysis.opinion.result import Earlier  # deferred: as above

    if before is None or not before.places:
        return None
    positions = {name: (float(x), float(y)) for name, (x, y) in before.places.items()}
    memory: Mapping[str, int] | None = before.parameters.get("memory")
    return Earlier(positions, Memory(**memory) if memory else None)


def _missing(found: OpinionMap) -> int:
    """How many more people have to vote often enough before there can be groups."""
    import numpy as np  # deferred: as above

    from miteinander.analysis.opinion.groups import placed, smallest  # deferred: as above

    if found.why_no_groups != "few":
        return 0
    enough = int(placed(np.diff(found.votes.starts), len(found.votes.statements)).sum())
    return max(0, 2 * smallest(enough, threshold=found.threshold) - enough)


def _said(
    found: OpinionMap, statements: Sequence[Statement], language: str
) -> dict[str, list[str]]:
    """The sentences in one language; statements are quoted in a checked translation, if any."""
    from miteinander.analysis.opinion.sentences import told  # deferred: as above

    localise(statements, language)
    texts = {str(statement.order): _quoted(statement) for statement in statements}
    return told(replace(found, votes=replace(found.votes, texts=texts)), language)


def _quoted(statement: Statement) -> str:
    localised = getattr(statement, "localised", {}).get("title")
    if localised is not None and localised.state == TranslationState.APPROVED:
        return str(localised.text)
    return statement.title


def _groups(found: OpinionMap) -> list[dict[str, Any]]:
    from miteinander.analysis.opinion.marks import outline  # deferred: as above

    return [
        {"name": name, "size": size if is_large else None, "key": outline(at, *KEY)}
        for at, (name, size, is_large) in enumerate(
            zip(found.names, found.sizes, found.is_large, strict=True)
        )
    ]


def _picture(found: OpinionMap) -> dict[str, Any]:
    from miteinander.analysis.opinion.drawing import placed  # deferred: as above

    if found.k < 2:  # a cloud without groups tells nothing, and shows single people
        return {}
    outlines, names = placed(found)
    return {
        "marks": [{"group": group, "d": d} for group, d in outlines.items()],
        "names": [
            {"name": found.names[group], "x": round(x), "y": round(y)} for group, x, y in names
        ],
    }


def _row(told: Mapping[str, Any], found: OpinionMap) -> dict[str, Any]:
    """A statement in the table: shares where enough people have voted, else nothing."""
    seen = told["agree"] + told["disagree"] + told["pass"]
    is_told = seen >= found.threshold
    return {
        "number": int(told["id"]),
        "seen": seen if is_told else None,
        "agree": told["agree"] / seen if is_told else None,
        "disagree": told["disagree"] / seen if is_told else None,
        "pass": told["pass"] / seen if is_told else None,
        "groups": [
            cell["agree"] / cell["seen"] if cell["seen"] else None
            for cell in (told["groups"][name] for name in found.names)
        ],
    }
