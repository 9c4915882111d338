"""Checking a draw from what was published: the list of panels, and the seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import read_bytes
from miteinander.analysis.lot.publish import commitment, digest, drawn_by
from miteinander.analysis.text import Text


@dataclass(frozen=True)
class FoundAgain:
    """What a seed draws from a published list, and whether the list says the same.

    Each of the three is None where the list says nothing of it.
    """

    number: int
    panel: list[str]
    digest: str
    panels: int
    same_digest: bool | None
    same_seed: bool | None
    same_number: bool | None

    @property
    def holds(self) -> bool:
        return False not in (self.same_digest, self.same_seed, self.same_number)

    def sentences(self, language: str) -> list[str]:
        parts = [
            Text(
                f"Der Startwert zieht Nummer {self.number} von {self.panels} (gezählt ab 0): "
                f"{', '.join(self.panel)}.",
                f"The seed draws number {self.number} of {self.panels} (counted from 0): "
                f"{', '.join(self.panel)}.",
            )
        ]
        for same, good, bad in (
            (
                self.same_digest,
                Text("Die Prüfsumme der Liste stimmt.", "The checksum of the list is right."),
                Text(
                    f"Die Prüfsumme stimmt nicht: Die Liste ergibt {self.digest}.",
                    f"The checksum is wrong: the list gives {self.digest}.",
                ),
            ),
            (
                self.same_seed,
                Text(
                    "Der Startwert ist der, der vorher festgelegt war.",
                    "The seed is the one that was fixed beforehand.",
                ),
                Text(
                    "Der Startwert ist nicht der, der vorher festgelegt war.",
                    "The seed is not the one that was fixed beforehand.",
                ),
            ),
            (
                self.same_number,
                Text(
                    "Die Liste nennt dieselbe Besetzung als gezogen.",
                    "The list names the same panel as drawn.",
                ),
                Text(
                    "Die Liste nennt eine andere Besetzung als gezogen.",
                    "The list names another panel as drawn.",
                ),
            ),
        ):
            if same is not None:
                parts.append(good if same else bad)
        return [part.spoken(language) for part in parts]

    def as_json(self) -> dict[str, Any]:
        return {
            "drawn": self.number,
            "panel": self.panel,
            "digest": self.digest,
            "same_digest": self.same_digest,
            "same_seed": self.same_seed,
            "same_number": self.same_number,
            "holds": self.holds,
        }


def check_list(path: str | Path, seed: str) -> FoundAgain:
    """Read a published list (JSON with `panels`) and draw from it again."""
    name = Path(path).name
    try:
        said = json.loads(read_bytes(path))
        panels = [[str(one) for one in panel] for panel in said["panels"]]
    except (ValueError, TypeError, KeyError) as problem:
        raise Unusable(
            Text("Das ist keine Liste einer Auslosung.", "This is not the list of a draw."),
            where=place(name),
            do=Text(
                "Bitte die Datei so nehmen, wie sie veröffentlicht ist.",
                "Please take the file as it was published.",
            ),
        ) from problem
    if not panels:
        raise Unusable(
            Text("Die Liste nennt keine Besetzung.", "The list names no panel."), where=place(name)
        )
    own = digest(panels)
    number = drawn_by(seed, own, len(panels))
    drawn, fixed = said.get("drawn"), said.get("commitment")
    return FoundAgain(
        number=number,
        panel=panels[number],
        digest=own,
        panels=len(panels),
        same_digest=said["digest"] == own if said.get("digest") else None,
        same_seed=fixed == commitment(seed) if fixed else None,
        same_number=drawn == number and said.get("panel") == panels[number]
        if drawn is not None
        else None,
    )
