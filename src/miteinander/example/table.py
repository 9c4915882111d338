"""Who should be at the table: targets, so that the radar of the demo has something to say."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from miteinander.community import actions
from miteinander.community.states import CharacteristicKind, CoverageKind, TargetUnit
from miteinander.core.standing import system
from miteinander.example.source import EXAMPLE
from miteinander.example.town import COORDINATION

if TYPE_CHECKING:
    from miteinander.example.town import Town

SEATS = 2
"""So many seats each perspective should have in a body."""
LANGUAGES = {"de": 70, "en": 6, "ar": 6, "uk": 6, "ru": 6, "tr": 6}
GENDERS = {"Frau": 49, "Mann": 49, "nicht-binär": 2}


def tell_table(town: Town, *, now: datetime) -> None:
    at = now - timedelta(days=9)
    by = system(town.municipality.pk, at=at, function=COORDINATION)
    words = {CharacteristicKind.GENDER: ", ".join(GENDERS)}
    actions.choose_characteristics(town.municipality, words=words, by=by, at=at)
    fled = actions.name_perspective(
        town.municipality,
        title=f"Menschen mit Fluchterfahrung {EXAMPLE}",
        text="Wer erst vor kurzem gekommen ist und fliehen musste.",
        by=by,
        at=at,
        is_example=True,
    )
    knows = town.organisations["frauentreff"]
    actions.change_organisation(
        knows,
        title=knows.title,
        kind=knows.organisation_kind,
        text=knows.text,
        email=knows.email,
        perspectives=[*knows.perspectives.all(), fled],
        seen=knows.revision,
        by=by,
        at=at,
    )
    perspectives = {str(row.pk): SEATS for row in (*town.perspectives.values(), fled)}
    for kind, unit, amounts, source in (
        (CoverageKind.PERSPECTIVE, TargetUnit.PEOPLE, perspectives, "Steuerungsgruppe"),
        (CoverageKind.LANGUAGE, TargetUnit.PERCENT, LANGUAGES, "Schätzung der Koordination"),
        (CoverageKind.GENDER, TargetUnit.PERCENT, GENDERS, "Statistik der Stadt, gerundet"),
    ):
        actions.set_target(
            town.municipality,
            kind,
            unit=unit,
            amounts={word: Decimal(amount) for word, amount in amounts.items()},
            source=f"{source} {EXAMPLE}",
            by=by,
            at=at,
        )
