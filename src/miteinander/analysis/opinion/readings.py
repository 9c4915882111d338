"""Three readings of the same votes: people, institutions, perspectives.

Where two thirds of the room come from the administration, "two thirds agree" says little. So the
share that agrees is also read with one voice for each institution, and with the same weight for
each perspective. Where the readings contradict one another, that is the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.privacy import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from miteinander.analysis.opinion.votes import Votes

FAR = 0.15
"""From this difference on, two readings are said to differ."""


@dataclass(frozen=True)
class Reading:
    """The share (S,) that agrees with each statement, and how many voices (S,) it is made of.

    NaN where fewer than the threshold of people, or fewer than two voices, stand behind it, or
    where a small voice could be worked out from it.
    """

    name: str
    agree: NDArray[np.float64]
    voices: NDArray[np.int64]


def readings(
    votes: Votes,
    *,
    institution: Mapping[str, str] | None = None,
    perspective: Mapping[str, str] | None = None,
    threshold: int = THRESHOLD,
) -> list[Reading]:
    """The reading by people, and by whatever is known of them beside."""
    found = [_people(votes, threshold)]
    if institution is not None:
        member = _members(votes.participants, institution)
        found.append(_one_voice_each("institutions", votes, member, threshold, fewest=0))
    if perspective is not None:
        member = _members(votes.participants, perspective)
        # The share of a perspective is itself a figure about its people: small ones stay out.
        found.append(_one_voice_each("perspectives", votes, member, threshold, fewest=threshold))
    return found


def differing(all_readings: Sequence[Reading]) -> list[tuple[int, float, float, str]]:
    """Statements that read differently: index, share of people, other share, name of the reading.

    The largest difference comes first; a majority that turns over counts from any difference.
    """
    by_people, *others = all_readings
    found = []
    for other in others:
        for row, (one, two) in enumerate(zip(by_people.agree, other.agree, strict=True)):
            if np.isnan(one) or np.isnan(two):
                continue
            turns = (one - 0.5) * (two - 0.5) < 0 and abs(one - two) > FAR / 3
            if abs(one - two) >= FAR or turns:
                found.append((row, float(one), float(two), other.name))
    return sorted(found, key=lambda each: (-abs(each[1] - each[2]), each[0], each[3]))


def _people(votes: Votes, threshold: int) -> Reading:
    seen = sum(votes.counts(value) for value in (1, 0, -1))
    share = votes.counts(1) / np.maximum(seen, 1)
    return Reading("people", np.where(seen >= threshold, share, np.nan), np.asarray(seen))


def _members(names: Sequence[str], of: Mapping[str, str]) -> NDArray[np.int64]:
    known = {each: at for at, each in enumerate(sorted({v for v in of.values() if v}))}
    return np.array([known.get(of.get(name, ""), -1) for name in names], dtype=np.int64)


def _one_voice_each(
    name: str, votes: Votes, member: NDArray[np.int64], threshold: int, *, fewest: int
) -> Reading:
    columns = len(votes.statements)
    groups = int(member.max(initial=-1)) + 1
    voice = member[votes.person]
    is_in = voice >= 0
    key = votes.statement[is_in].astype(np.int64) * max(groups, 1) + voice[is_in]
    used, at = np.unique(key, return_inverse=True)
    seen = np.bincount(at, minlength=len(used))
    agree = np.bincount(at, weights=votes.value[is_in] == 1, minlength=len(used))
    is_heard = seen >= max(fewest, 1)
    row = (used // max(groups, 1))[is_heard]
    share = (agree / np.maximum(seen, 1))[is_heard]
    voices = np.bincount(row, minlength=columns).astype(np.int64)
    behind = np.bincount(row, weights=seen[is_heard], minlength=columns)
    total = np.bincount(row, weights=share, minlength=columns)
    # Beside the reading by people, the share of a lone small voice could be worked out.
    is_small = seen[is_heard] < threshold
    small = np.bincount(row[is_small], minlength=columns)
    in_small = np.bincount(row[is_small], weights=seen[is_heard][is_small], minlength=columns)
    is_safe = (small == 0) | ((small >= 2) & (in_small >= threshold))
    enough = (behind >= threshold) & (voices >= 2) & is_safe
    return Reading(name, np.where(enough, total / np.maximum(voices, 1), np.nan), voices)
