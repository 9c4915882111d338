"""What was said about a draft, passage by passage: the table that a committee decides with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.identifiers import on_paper
from miteinander.documents.lists import as_list
from miteinander.documents.shapes import Document, Paragraph, Section, Table
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from datetime import date

    from miteinander.participation.models import Call
    from miteinander.participation.queries import SynopsisLine


def synopsis_document(call: Call, lines: Iterable[SynopsisLine], *, day: date) -> Document:
    """One section for each passage: its words, and below them what was said and answered."""
    sections = [_section(list(of)) for _number, of in groupby(lines, key=lambda x: x.number)]
    return Document(
        title=_("Comments on the draft: %(title)s") % {"title": call.title},
        language=get_language() or "de",
        subtitle=call.question,
        blocks=() if sections else (Paragraph(_("Nobody has commented on the draft yet.")),),
        sections=tuple(sections),
        publisher=call.municipality.name,
        accent=call.municipality.accent,
        day=day,
        day_written=written_day(day),
        identifier=on_paper(call.identifier),
    )


def _section(lines: Sequence[SynopsisLine]) -> Section:
    name = _("Passage %(number)s") % {"number": lines[0].number}
    rows = tuple(
        (_said(line), line.proposal, ": ".join(x for x in (line.outcome, line.answer) if x))
        for line in lines
    )
    heads = (_("Comment"), _("Proposed wording"), _("Our answer"))
    return Section(
        title=name,
        blocks=(
            Paragraph(lines[0].passage),
            Table(caption=name, columns=heads, rows=rows, weights=(1, 1, 1)),
        ),
    )


def _said(line: SynopsisLine) -> str:
    quote = _("On “%(words)s”:") % {"words": line.quote} if line.quote else ""
    return " ".join(text for text in (quote, line.comment) if text)


def synopsis_list(call: Call, lines: Iterable[SynopsisLine], ending: str) -> bytes:
    """The same as a table to go on with, one line for each comment."""
    heads = [
        _("Passage"), _("Wording"), _("These words"), _("Comment"), _("Proposed wording"),
        _("What became of it"), _("Our answer"), _("Language"), _("Others may read it"),
    ]  # fmt: skip
    rows = [
        [
            str(line.number),
            line.passage,
            line.quote,
            line.comment,
            line.proposal,
            line.outcome,
            line.answer,
            line.language,
            _("yes") if line.is_public else _("no"),
        ]
        for line in lines
    ]
    return as_list(ending, title=_("Comments"), heads=heads, rows=rows)
