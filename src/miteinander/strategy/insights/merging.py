"""What several people made of one text: put together, or shown side by side.

Computed while somebody waits; `benchmarks/bench_merge.py` holds it to what nobody notices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from miteinander.analysis.merge import Agreed, Part, differences, merge

Choice = Literal["mine", "theirs", "both"]
Run = Part
CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words of the text put together; where it is disputed, both sides of it."""

    text: str
    by: str = ""
    """Who changed it: "mine", "theirs", "both"; empty where nobody did."""
    mine: str = ""
    theirs: str = ""
    place: int | None = None
    """Which dispute of the text this is, from 0; None where there is nothing to decide."""

    def chosen(self, choice: Choice) -> str:
        """The words that are taken; both stand one after the other, what was typed first."""
        if choice == "both":
            apart = self.mine[-1:].isspace() or self.theirs[:1].isspace()
            joint = "" if apart or not self.mine or not self.theirs else " "
            return f"{self.mine}{joint}{self.theirs}"
        return self.mine if choice == "mine" else self.theirs


@dataclass(frozen=True, slots=True)
class Together:
    """One text put together out of two."""

    passages: tuple[Passage, ...]

    @property
    def disputes(self) -> int:
        return sum(passage.place is not None for passage in self.passages)

    def settled(self, choices: Mapping[int, Choice]) -> str | None:
        """The whole text, once every dispute is decided; None before that."""
        words = []
        for passage in self.passages:
            if passage.place is None:
                words.append(passage.text)
            elif passage.place in choices:
                words.append(passage.chosen(choices[passage.place]))
            else:
                return None
        return "".join(words)


def put_together(base: str, mine: str, theirs: str) -> Together:
    passages = []
    place = 0
    for piece in merge(base, mine, theirs):
        if isinstance(piece, Agreed):
            passages.append(Passage(piece.text, piece.by))
        else:
            passages.append(Passage("", mine=piece.mine, theirs=piece.theirs, place=place))
            place += 1
    return Together(tuple(passages))


def what_changed(before: str, after: str) -> list[Run]:
    """Runs of words that stayed, went and came, in the order of reading."""
    return differences(before, after)
