"""Two texts that grew out of a third: what differs, and how both become one, word by word.

Words are compared; the space between them comes along. Where the two texts changed different
passages, both changes are taken; where they changed the same passage, or neighbouring words, the
passage is disputed and nobody's words are dropped. Methods: docs/methods/merge.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

SMALL = 6_000
"""Cells of a gap without landmarks up to which every alignment is weighed."""
DEEPEST = 40
"""Gaps within gaps; what lies deeper counts as rewritten. Only made-up texts come that far."""
NEIGHBOURS = 1
"""So many pieces (the space between two words) may stand between changes that are one passage."""

Run = tuple[int, int, int]
"""Place in one text, place in the other, and how many pieces stayed from there on."""
Hunk = tuple[int, int, int, int]
"""Pieces from–to of the earlier text that became pieces from–to of the later one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that stayed, went or came."""

    text: str
    kind: Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A run of words about which there is nothing to decide."""

    text: str
    by: Literal["", "mine", "theirs", "both"] = ""
    """Who changed it."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A passage that both changed, each in another way."""

    base: str
    mine: str
    theirs: str


Piece = Agreed | Disputed


def differences(before: str, after: str) -> list[Part]:
    """What became of a text: runs that stayed, went and came, in the order of reading."""
    old, new = _pieces(before), _pieces(after)
    parts: list[Part] = []
    at = 0
    for o1, o2, n1, n2 in _hunks(old, new):
        _append(parts, "".join(old[at:o1]), "same")
        _append(parts, "".join(old[o1:o2]), "gone")
        _append(parts, "".join(new[n1:n2]), "new")
        at = o2
    _append(parts, "".join(old[at:]), "same")
    return parts


def _append(parts: list[Part], text: str, kind: Literal["same", "gone", "new"]) -> None:
    if text:
        parts.append(Part(text, kind))


def merge(base: str, mine: str, theirs: str) -> list[Piece]:
    """Put together what two made of one text.

    Guaranteed: if only one of them changed it, the result is theirs or mine to the letter; the
    same change of both counts once; every word that either put in stands in the result, in a run
    that is agreed or on its side of a dispute; changing sides changes nothing but the sides.
    """
    was, own, other = _pieces(base), _pieces(mine), _pieces(theirs)
    out: list[Piece] = []
    at = 0
    for region, own_part, other_part in _regions(_hunks(was, own), _hunks(was, other)):
        _agree(out, "".join(was[at : region[0]]), "")
        _settle(out, was[slice(*region)], own[slice(*own_part)], other[slice(*other_part)])
        at = region[1]
    _agree(out, "".join(was[at:]), "")
    return out


def _agree(out: list[Piece], text: str, by: Literal["", "mine", "theirs", "both"]) -> None:
    if text:
        last = out[-1] if out else None
        if isinstance(last, Agreed) and last.by == by:
            out[-1] = Agreed(last.text + text, by)
        else:
            out.append(Agreed(text, by))


def _settle(out: list[Piece], was: list[str], own: list[str], other: list[str]) -> None:
    """Decide about one passage: taken from one side, agreed, or disputed in its inner part."""
    if own == other:
        _agree(out, "".join(own), "both")
    elif other == was:
        _agree(out, "".join(own), "mine")
    elif own == was:
        _agree(out, "".join(other), "theirs")
    elif _words(own) == _words(other):  # only the spaces differ: the wider one keeps paragraphs
        _agree(out, max("".join(own), "".join(other), key=_width), "both")
    elif _words(other) == _words(was):
        _agree(out, "".join(own), "mine")
    elif _words(own) == _words(was):
        _agree(out, "".join(other), "theirs")
    else:
        head = 0
        while head < min(len(own), len(other)) and own[head] == other[head]:
            head += 1
        tail = 0
        while tail < min(len(own), len(other)) - head and own[-1 - tail] == other[-1 - tail]:
            tail += 1
        _agree(out, "".join(own[:head]), "both")
        inner, outer = own[head : len(own) - tail], other[head : len(other) - tail]
        out.append(Disputed("".join(was), "".join(inner), "".join(outer)))
        _agree(out, "".join(own[len(own) - tail :]), "both")


def _width(text: str) -> tuple[int, int, str]:
    return text.count("\n"), len(text), text


def _words(pieces: Sequence[str]) -> list[str]:
    return [piece for piece in pieces if piece.strip()]


def _regions(
    own: Sequence[Hunk], other: Sequence[Hunk]
) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Passages of the base that either changed, with what they became on each side."""
    waiting = sorted([(hunk, 0) for hunk in own] + [(hunk, 1) for hunk in other])
    shift = [0, 0]  # how far each side is ahead of the base, behind what was passed already
    at = 0
    while at < len(waiting):
        (start, end, _from, _to), _side = waiting[at]
        inside: list[list[Hunk]] = [[], []]
        while at < len(waiting) and waiting[at][0][0] <= end + NEIGHBOURS:
            hunk, side = waiting[at]
            inside[side].append(hunk)
            end = max(end, hunk[1])
            at += 1
        spans = []
        for side in (0, 1):
            ahead = shift[side]
            shift[side] += sum((h[3] - h[2]) - (h[1] - h[0]) for h in inside[side])
            spans.append((start + ahead, end + shift[side]))
        yield (start, end), spans[0], spans[1]


# --- what differs --------------------------------------------------------------------------------


def _pieces(text: str) -> list[str]:
    """Space, word, space, …, space: words stand at odd places; line ends are one sort."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.split(r"(\S+)", plain)


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Where the pieces of two texts differ: words are matched, then the spaces beside them."""
    runs: list[Run] = []
    behind = (-1, -1)
    end = (len(old) // 2, len(new) // 2)  # the ends of a text fit always
    for o, n, size in (*_matches(old[1::2], new[1::2]), (*end, 0)):
        runs += _spaces(behind, (o, n), old, new)
        first, last = 2 * o + 1, max(2 * (o + size), 2 * o + 1)
        shift = 2 * (n - o)
        if old[first:last] == new[first + shift : last + shift]:
            runs.append((first, first + shift, last - first))
        else:  # among words that stayed, some spaces did not
            runs += [(at, at + shift, 1) for at in range(first, last) if old[at] == new[at + shift]]
        behind = (o + size - 1, n + size - 1)
    hunks: list[Hunk] = []
    o, n = 0, 0
    for one, two, size in (*runs, (len(old), len(new), 0)):
        if (one, two) != (o, n):
            hunks.append((o, one, n, two))
        o, n = one + size, two + size
    return hunks


def _spaces(
    last: tuple[int, int], first: tuple[int, int], old: Sequence[str], new: Sequence[str]
) -> list[Run]:
    """Match the space behind one run of words and before the next, as far as they are alike."""
    (o1, n1), (o2, n2) = last, first
    behind, before = (2 * o1 + 2, 2 * n1 + 2), (2 * o2, 2 * n2)
    found = [(*behind, 1)] if old[behind[0]] == new[behind[1]] else []
    if before != behind and old[before[0]] == new[before[1]]:
        free = not found or (before[0] > behind[0] and before[1] > behind[1])
        if free:
            found.append((*before, 1))
    return found


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Runs of words that stayed, rising in both texts; nearly linear in the length.

    Both ends first; then words, and runs of four, that occur once in either text are landmarks
    (the longest rising row of them), and what lies between is matched in the same way. A small
    gap without landmarks is weighed in full, a large one counts as rewritten.
    """
    runs: list[Run] = []
    gaps = [(0, len(old), 0, len(new), 0)]
    while gaps:
        o1, o2, n1, n2, depth = gaps.pop()
        head, most = 0, min(o2 - o1, n2 - n1)
        while head < most and old[o1 + head] == new[n1 + head]:
            head += 1
        tail = 0
        while tail < most - head and old[o2 - 1 - tail] == new[n2 - 1 - tail]:
            tail += 1
        if head:
            runs.append((o1, n1, head))
        if tail:
            runs.append((o2 - tail, n2 - tail, tail))
        o1, o2, n1, n2 = o1 + head, o2 - tail, n1 + head, n2 - tail
        if o1 == o2 or n1 == n2 or depth > DEEPEST:
            continue
        if marks := _landmarks(old[o1:o2], new[n1:n2]):
            ends = [(o1, n1), *((o1 + o, n1 + n) for o, n in marks), (o2, n2)]
            gaps += [(a, c, b, d, depth + 1) for (a, b), (c, d) in pairwise(ends)]
        elif (o2 - o1) * (n2 - n1) <= SMALL:
            weighed = SequenceMatcher(a=old[o1:o2], b=new[n1:n2], autojunk=False)
            runs += [
                (o1 + block.a, n1 + block.b, block.size)
                for block in weighed.get_matching_blocks()
                if block.size
            ]
    return _joined(sorted(runs))


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Make one run of those that follow each other without a gap on either side."""
    out: list[Run] = []
    for o, n, size in runs:
        if out and (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) == (o, n):
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + size)
        else:
            out.append((o, n, size))
    return out


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    for width in (1, 4):
        here, there = _once(old, width), _once(new, width)
        both = [(place, there[key]) for key, place in here.items() if key in there]
        if both:
            return _rising(sorted(both))
    return []


def _once(words: Sequence[str], width: int) -> dict[Hashable, int]:
    """Words, or runs of so many, that occur once, with their place."""
    keys: Sequence[Hashable] = words
    if width > 1:
        keys = list(zip(*(words[shift:] for shift in range(width)), strict=False))
    seen: dict[Hashable, int] = {}
    for place, key in enumerate(keys):
        seen[key] = -1 if key in seen else place
    return {key: place for key, place in seen.items() if place >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises in both places (they rise in the first already)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for row, (_first, second) in enumerate(pairs):
        place = bisect_left(tops, second)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [second]
        ends[place : place + 1] = [row]
    out = []
    row = ends[-1] if ends else -1
    while row >= 0:
        out.append(pairs[row])
        row = before[row]
    return out[::-1]
