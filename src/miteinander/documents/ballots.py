"""Statements on paper: three numbers to circle beside each, room for one's own, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.draft_paper import places_of
from miteinander.documents.shapes import Document, Paragraph, Table
from miteinander.documents.translated import run_of
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from datetime import date

    from miteinander.participation.models import Call, Statement


LINES = 2
"""Of room for a statement of one's own; online it is as short."""


def ballot(
    call: Call,
    statements: Sequence[Statement],
    *,
    language: str,
    today: date,
    places: Sequence[tuple[str, str]],
    takes_proposals: bool = False,
) -> Document:
    """A sheet for one person; whoever types it in presses the numbers that are circled.

    Reads `localised` of the call and of the statements. With `takes_proposals` there is room for
    a statement that is missing.
    """
    with override(language):
        rows = tuple(
            (str(statement.order), (run_of(statement, "title"),), "1", "2", "3")
            for statement in statements
        )
        table = Table(
            _("Statements"),
            (_("No."), _("Statement"), _("I agree"), _("I disagree"), _("Pass")),
            rows,
            weights=(1.2, 8, 2.3, 2.3, 3),
            alignments=("start", "start", "center", "center", "center"),
            roomy=True,
        )
        until = _("Please hand it in until %(day)s. No name, no signature.") % {
            "day": written_day(call.closes_at)
        }
        how = _(
            "Circle a number in each row: 1 agree, 2 disagree, 3 pass. Leave out what you like."
        )
        return Document(
            title=run_of(call, "question").text,
            language=language,
            subtitle=call.title,
            blocks=(
                Paragraph(how),
                Paragraph("\n".join([until, *places_of(places)])),
                qr_figure(way_to(call)),
                table,
                *([_room()] if takes_proposals else []),
            ),
            publisher=call.municipality.name,
            day=today,
            accent=call.municipality.accent,
        )


def _room() -> Table:
    what = _("Write one sentence. The office reads it before everybody votes on it.")
    return Table(_("Is a statement missing?"), (what,), (("",),) * LINES, roomy=True)
