"""A list as an office has it, and the way through it without a browser."""

from __future__ import annotations

from collections.abc import Mapping

from miteinander.community import actions
from miteinander.community.models import SheetLine
from miteinander.community.queries import register_of
from miteinander.community.readers import Draft, read_list
from miteinander.core.models import Municipality
from tests.core.books import book
from tests.factories import coordinator

MESSY = book(
    ("Beteiligte am Integrationskonzept, Stand März",),
    (),
    ("Wer", None, None, "Einrichtung", "Kontakt", None, "Mitarbeit"),
    ("Anrede", "Name, Vorname", "Funktion", "Träger / Einrichtung", "E-Mail", "Telefon", "AG"),
    (None, "(Pflicht)", None, None, "(Pflicht)", None, None),
    ("Frau", "Beispiel, Anna", "Leitung", "VHS Musterstadt e.V.", "anna@vhs.example",
     "0831 12", "AG Sprache; Steuerungsgruppe"),
    ("Herr", "Muster, Bernd", None, "VHS Musterstadt e.V.",
     "bernd@vhs.example; b.muster@web.de", None, "AG Sprache"),
    (),
    ("Herr", "Dr. Cem Öztürk", "Vorstand", "Türkischer Elternverein", "cem(at)verein.example",
     None, "AG Arbeit"),
    (None, "Dora Dachs", "Lehrerin", None, "dora@schule.example", None, None),
    ("Anrede", "Name, Vorname", "Funktion", "Träger / Einrichtung", "E-Mail", "Telefon", "AG"),
    (None, "Eva Esel / Fritz Fuchs", None, "Caritas", None, None, None),
    (None, None, None, None, None, "0831 99", None),
    ("Summe", 5, None, None, None, None, None),
    merged=("A1:G1", "A3:C3", "E3:F3"),
)  # fmt: skip


def read(town: Municipality, data: bytes = MESSY, **how: object) -> Draft:
    return read_list(data, register_of(town), **how)


def take(
    town: Municipality, draft: Draft, decisions: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Confirm a draft; `decisions` go by the titles of lines."""
    by = coordinator(town)
    for line in draft.lines:
        line.decision = (decisions or {}).get(line.title, "")
    return actions.take_over(town, draft.lines, seen=register_of(town).fingerprint, by=by, at=by.at)


def told(draft: Draft) -> dict[tuple[str, str], str]:
    return {(line.subject, line.title): line.outcome for line in draft.lines}


def line(draft: Draft, title: str) -> SheetLine:
    (found,) = [line for line in draft.lines if line.title == title]
    return found
