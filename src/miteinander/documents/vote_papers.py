"""Voting papers to print: one page each, with its code, what to mark, and the way to type it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.adoption.states import Answer, Method
from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import Way, qr_figure, way_to
from miteinander.documents.shapes import Document, Paragraph, Section, Table
from miteinander.ui.words import written_day, written_time

if TYPE_CHECKING:
    from datetime import date

    from miteinander.adoption.models import Ballot, BallotOption
    from miteinander.documents.shapes import Alignment


def voting_papers(
    ballot: Ballot,
    options: Sequence[BallotOption],
    codes: Mapping[str, str],
    *,
    language: str,
    today: date,
) -> Document:
    """A page for every code; beside it whose paper it is, in an open ballot.

    The QR code leads to the ballot and holds the paper's code; typed, the ballot's own one leads
    there.
    """
    with override(language):
        table, way = _table(ballot, options), way_to(ballot)
        until = _("Please hand it in until %(day)s, %(time)s.") % {
            "day": written_day(ballot.closes_at),
            "time": written_time(ballot.closes_at),
        }
        secret = _("No name, no signature.") if ballot.is_secret else ""
        travels = _(
            "Mark this if your objection may go along as a minority opinion: word for word, "
            "without seat or name, up to the document."
        )
        sections = tuple(
            Section(
                _("Voting paper %(code)s") % {"code": on_paper(code)},
                blocks=(
                    *([Paragraph(function)] if function else []),
                    Paragraph(_how(ballot)),
                    table,
                    *([Paragraph(f"____ {travels}")] if ballot.asks_what_travels else []),
                    Paragraph(f"{until} {secret}".strip()),
                    qr_figure(Way(f"{way.address}?{code}", way.code)),
                ),
                breaks=number > 0,
                keeps_together=True,
            )
            for number, (code, function) in enumerate(codes.items())
        )
        return Document(
            title=ballot.title,
            language=language,
            subtitle=ballot.body.title,
            sections=sections,
            publisher=ballot.municipality.name,
            day=today,
            accent=ballot.municipality.accent,
        )


def _how(ballot: Ballot) -> str:
    match ballot.method:
        case Method.CONSENT:
            return _("One mark in each row. An objection needs a reason: please write it below.")
        case Method.CONSENSING:
            return _("Write your resistance: 0 is no objection, 10 is unacceptable.")
        case Method.DOTS:
            words = {"each": ballot.rules["each"], "most": ballot.rules["most"]}
            return _("You have %(each)s dots, at most %(most)s on one option.") % words
        case Method.CRITERIA:
            return _("Write a number in every box: 0 is not at all, 10 is fully.")
        case _:
            return _("Mark everything that you would do.")


def _table(ballot: Ballot, options: Sequence[BallotOption]) -> Table:
    match ballot.method:
        case Method.CONSENT:
            heads = [str(answer.label) for answer in Answer]
            marks = [str(number) for number in range(1, len(heads) + 1)]
        case Method.CRITERIA:
            heads = [name for name, _weight in ballot.criteria]
            marks = ["____"] * len(heads)
        case _:
            heads, marks = [_("Your mark")], ["____"]
    centred: list[Alignment] = ["center"] * len(heads)
    rows = tuple((str(o.position), o.title, *marks) for o in options)
    return Table(
        _("Options"),
        (_("No."), _("Option"), *heads),
        rows,
        weights=(1, 7, *([2] * len(heads))),
        alignments=("start", "start", *centred),
        roomy=True,
    )
