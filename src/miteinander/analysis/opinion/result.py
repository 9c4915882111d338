"""The whole finding about a conversation, and its form for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import numpy as np

from miteinander.analysis.opinion.groups import NOWHERE, Grouping, Memory, grouping
from miteinander.analysis.opinion.picture import Picture, aligned, picture
from miteinander.analysis.opinion.readings import Reading, readings
from miteinander.analysis.opinion.reliability import SPLITS, UNKNOWN, Reliability, split_half
from miteinander.analysis.opinion.statistics import (
    Statistics,
    counts_by_group,
    divisiveness,
    statistics,
)
from miteinander.analysis.privacy import THRESHOLD, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from miteinander.analysis.opinion.votes import Votes


@dataclass(frozen=True)
class Earlier:
    """What is remembered of the picture before: positions by person, and the memory of k."""

    position: dict[str, tuple[float, float]]
    memory: Memory | None


@dataclass(frozen=True)
class OpinionMap:
    """Everything that is found in the votes.

    `names` are the groups, `member` (P,) holds the group of each person or -1. `is_given` says
    that the groups were not found in the votes but brought along (perspectives, districts).
    `is_large` marks the groups whose size may be told.
    """

    votes: Votes
    picture: Picture
    names: tuple[str, ...]
    member: NDArray[np.int32]
    sizes: tuple[int, ...]
    is_large: tuple[bool, ...]
    is_given: bool
    why_no_groups: str
    statistics: Statistics
    reliability: Reliability
    readings: list[Reading]
    memory: Memory | None
    threshold: int

    @property
    def k(self) -> int:
        return len(self.names)


def opinion_map(
    votes: Votes,
    *,
    given: Mapping[str, str] | None = None,
    institution: Mapping[str, str] | None = None,
    perspective: Mapping[str, str] | None = None,
    k: int | None = None,
    splits: int = SPLITS,
    seed: int = 0,
    earlier: Earlier | None = None,
    threshold: int = THRESHOLD,
) -> OpinionMap:
    """Place people, find or take groups, and say what unites and what divides them.

    `given` maps people to groups that exist already; then no groups are looked for. `institution`
    and `perspective` map people to what they stand for. `splits` of 0 leaves the reliability out.
    """
    before = aligned(votes.participants, earlier.position) if earlier else None
    drawn = picture(votes, previous=before)
    if given is None:
        seen = np.diff(votes.starts)
        memory = earlier.memory if earlier else None
        found = grouping(drawn, seen, k=k, memory=memory, threshold=threshold)
        names = tuple(ascii_uppercase[: found.k])
    else:
        names, found = _taken(votes, given)
    sizes = np.bincount(found.member[found.member >= 0], minlength=len(names)).tolist()
    counts = counts_by_group(votes, found.member, len(names))
    # People are known by the groups that are brought along, so those in none of them are a small
    # group, too; who was not placed has nothing in common but having voted little.
    beside = votes.tally.sum(axis=(0, 1)) - counts.seen.sum(axis=1)
    left = len(votes.participants) - sum(sizes)
    is_large = shown(sizes, beside=0 if given is None else left, threshold=threshold)
    is_judged = given is None and found.k >= 2
    return OpinionMap(
        votes=votes,
        picture=drawn,
        names=names,
        member=found.member,
        sizes=tuple(sizes),
        is_large=tuple(is_large),
        is_given=given is not None,
        why_no_groups=found.why,
        statistics=statistics(
            counts,
            is_large=is_large,
            beside=None if given is None else beside,
            threshold=threshold,
        ),
        reliability=split_half(votes, found.k, splits=splits, seed=seed) if is_judged else UNKNOWN,
        readings=readings(
            votes, institution=institution, perspective=perspective, threshold=threshold
        ),
        memory=found.memory,
        threshold=threshold,
    )


def _taken(votes: Votes, given: Mapping[str, str]) -> tuple[tuple[str, ...], Grouping]:
    sizes = Counter(given[name] for name in votes.participants if given.get(name))
    names = tuple(sorted(sizes))
    places = {name: at for at, name in enumerate(names)}
    member = np.array(
        [places.get(given.get(name, ""), NOWHERE) for name in votes.participants], dtype=np.int32
    )
    return names, Grouping(member, len(names), {}, None, "" if names else "none given")


# --- for programs ---------------------------------------------------------------------------------


def as_json(found: OpinionMap) -> dict[str, Any]:
    """The finding with the keys of the command's contract; what is withheld is null."""
    # Who belongs to a group that is not told about would give its size away.
    told = [
        name if large else None for name, large in zip(found.names, found.is_large, strict=True)
    ]
    member = [*told, None]
    seen = np.diff(found.votes.starts).tolist()
    places = np.round(found.picture.position, 6).tolist()
    spreads = np.round(found.picture.spread, 6).tolist()
    return {
        "participants": [
            {
                "id": name,
                "votes": votes,
                "x": x,
                "y": y,
                "spread": spread if votes else None,
                "group": member[at],
            }
            for name, votes, (x, y), spread, at in zip(
                found.votes.participants, seen, places, spreads, found.member.tolist(), strict=True
            )
        ],
        "statements": _statements(found),
        "groups": [
            {
                "id": name,
                "size": size if is_large else None,
                "representative": [
                    found.votes.statements[row] for row, _agrees in named if is_large
                ],
            }
            for name, size, is_large, named in zip(
                found.names,
                found.sizes,
                found.is_large,
                found.statistics.representative,
                strict=True,
            )
        ],
        "k": found.k,
        "reliability": {
            "split_half_ari": _told(found.reliability.split_half_ari),
            "label": found.reliability.label,
        },
        "readings": {
            each.name: [_told(share) for share in each.agree.tolist()] for each in found.readings
        },
        "explained": list(found.picture.explained),
        "why_no_groups": found.why_no_groups or None,
        "memory": vars(found.memory) if found.memory else None,
        "threshold": found.threshold,
    }


CELL = ("agree", "disagree", "pass", "seen", "p_agree", "p_disagree", "z_agree", "z_disagree",
        "z_representative", "z_representative_disagree")  # fmt: skip
WITHHELD = dict.fromkeys(CELL)


def _statements(found: OpinionMap) -> list[dict[str, Any]]:
    votes, numbers = found.votes, found.statistics
    counts = numbers.counts
    cells = np.stack(
        [
            counts.agree, counts.disagree, counts.passed, counts.seen, numbers.p_agree,
            numbers.p_disagree, numbers.z_agree, numbers.z_disagree, numbers.z_representative,
            numbers.z_representative_disagree,
        ],
        axis=2,
    ).tolist()  # fmt: skip
    for_, against, passed = (votes.counts(value) for value in (1, -1, 0))
    apart = divisiveness(for_, against, for_ + against + passed)
    told = []
    for row, name in enumerate(votes.statements):
        groups = {
            group: _cell(cells[row][at]) if numbers.is_shown[row, at] else WITHHELD
            for at, group in enumerate(found.names)
        }
        told.append(
            {
                "id": name,
                "text": votes.texts.get(name, ""),
                "agree": int(for_[row]),
                "disagree": int(against[row]),
                "pass": int(passed[row]),
                "group_aware_consensus": _told(numbers.consensus[row]),
                "min_agree_group": _told(numbers.least_agree[row]),
                "divisiveness": float(apart[row]),
                "groups": groups,
            }
        )
    return told


def _cell(values: list[float]) -> dict[str, float]:
    counts, figures = values[:4], values[4:]
    return dict(zip(CELL, [*map(int, counts), *figures], strict=True))


def _told(value: float | None) -> float | None:
    """A number, or null where there is none: JSON knows no NaN."""
    return None if value is None or np.isnan(value) else float(value)
