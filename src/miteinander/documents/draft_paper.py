"""A draft on paper: each passage with its number, and beside it room for what one says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.shapes import Document, Paragraph, Run, Table
from miteinander.documents.translated import run_of
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from datetime import date

    from miteinander.participation.models import Call, Passage

BOX = "[   ]"
"""Drawn with letters that every font has."""
ROOM = "\u00a0\n\u00a0\n\u00a0"
"""Three lines to write on, also beside a heading."""


def draft_paper(
    call: Call,
    passages: Sequence[Passage],
    *,
    question: str,
    places: Sequence[tuple[str, str]],
    language: str,
    today: date,
) -> Document:
    """For one person; whoever types it in gives the number beside each remark.

    Reads `localised` of the passages.
    """
    with override(language):
        how = _(
            "Write beside a passage what you think of it, or how it should read. One remark is "
            "enough."
        )
        until = _("Please hand it in until %(day)s. No name, no signature.") % {
            "day": written_day(call.closes_at)
        }
        consent = (
            _("May others read this?"),
            f"{BOX} {_('Yes, without my name')}",
            f"{BOX} {_('No, only the office')}",
        )
        return Document(
            title=question,
            language=language,
            subtitle=call.title,
            blocks=(
                Paragraph(how),
                Paragraph("\n".join([until, *places_of(places)])),
                qr_figure(way_to(call)),
                _table(passages),
                Paragraph("\n".join(consent)),
            ),
            publisher=call.municipality.name,
            day=today,
            accent=call.municipality.accent,
            identifier=on_paper(call.identifier),
        )


def places_of(places: Sequence[tuple[str, str]]) -> list[str]:
    """Where a paper is handed in, one in each line."""
    return [f"{title}: {text}" if text else title for title, text in places]


def _table(passages: Sequence[Passage]) -> Table:
    return Table(
        _("The draft"),
        (_("No."), _("The draft"), _("What I say about it")),
        tuple((str(passage.number), _words(passage), ROOM) for passage in passages),
        weights=(1, 6, 6),
        roomy=True,
    )


def _words(passage: Passage) -> tuple[Run, ...]:
    run = run_of(passage, "text")
    text = f"{passage.mark} {run.text}".strip()
    return (replace(run, text=text, strong=bool(passage.level)),)
