"""A survey on paper: boxes to tick, lines to write on, and where to go on after an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.draft_paper import places_of
from miteinander.documents.shapes import Block, Document, Paragraph, Section, Table
from miteinander.participation.queries import text_of, words_of
from miteinander.participation.states import QuestionKind
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion

BOX = "[   ]"
"""Drawn with letters that every font has."""
LINES = 4


def survey_document(
    call: Call,
    questions: Sequence[SurveyQuestion],
    *,
    places: Sequence[tuple[str, str]],
    language: str,
) -> Document:
    """All questions in their order; conditions are said as “go on with question 5”.

    Reads `localised` of the call and its questions.
    """
    with override(language):
        intro = _(
            "You need not give your name, and you may leave out every question. Please hand the "
            "sheet in by %(day)s, or answer online: the code leads there."
        ) % {"day": written_day(call.closes_at)}
        blocks: list[Block] = []
        if about := text_of(call, "text"):
            blocks.append(Paragraph(about))
        blocks += [Paragraph("\n".join([intro, *places_of(places)])), qr_figure(way_to(call))]
        return Document(
            title=text_of(call, "question"),
            language=language,
            subtitle=_("Survey"),
            blocks=tuple(blocks),
            sections=tuple(_section(number, questions) for number in range(1, len(questions) + 1)),
            closing=(Paragraph(_("Thank you. You find the results under the same code.")),),
            publisher=call.municipality.name,
            accent=call.municipality.accent,
            identifier=on_paper(call.identifier),
        )


def _section(number: int, questions: Sequence[SurveyQuestion]) -> Section:
    question = questions[number - 1]
    blocks: list[Block] = []
    if condition := _condition(question, number, questions):
        blocks.append(Paragraph(condition, lead=True))
    if about := text_of(question, "help"):
        blocks.append(Paragraph(about))
    blocks += _boxes(question)
    return Section(
        title=text_of(question, "title"),
        number=str(number),
        blocks=tuple(blocks),
        keeps_together=True,
    )


def _condition(question: SurveyQuestion, number: int, questions: Sequence[SurveyQuestion]) -> str:
    """Say who is asked, and where everybody else goes on; empty where all are asked."""
    if question.shown_if_id is None:
        return ""
    places = {other.pk: place for place, other in enumerate(questions, start=1)}
    source = questions[places[question.shown_if_id] - 1]
    words = [str(value) for value in question.shown_values]
    if source.question_kind != QuestionKind.SCALE:
        lines = words_of(source, "options").lines
        words = [lines[value - 1] for value in question.shown_values]
    only = _("Only if you ticked “%(answer)s” in question %(number)s.") % {
        "answer": _("” or “").join(words),
        "number": places[source.pk],
    }
    return f"{only} {_otherwise(question, number, questions)}"


def _otherwise(question: SurveyQuestion, number: int, questions: Sequence[SurveyQuestion]) -> str:
    """Where whoever is not asked goes on: behind all that hangs on the same answer."""
    skipped = {question.pk}
    for place, other in enumerate(questions[number:], start=number + 1):
        same = (other.shown_if_id, other.shown_values) == (
            question.shown_if_id,
            question.shown_values,
        )
        if same or other.shown_if_id in skipped:
            skipped.add(other.pk)
            continue
        return _("Otherwise go on with question %(number)s.") % {"number": place}
    return _("Otherwise you are done.")


def _boxes(question: SurveyQuestion) -> list[Block]:
    kind = QuestionKind(question.question_kind)
    options = words_of(question, "options").lines
    if kind == QuestionKind.TEXT:
        lines: list[Block] = [
            Table(_("In your own words"), (_("Your answer"),), (("",),) * LINES, roomy=True)
        ]
        if question.is_contribution:
            lines.append(Paragraph(f"{BOX} {_('Only the office may read this answer')}"))
        return lines
    if kind == QuestionKind.RANKING:
        hint = _("Write the places into the boxes: 1 is the first. Each place once.")
        return [Paragraph(hint), *(Paragraph(f"{BOX} {line}") for line in options)]
    if kind == QuestionKind.SCALE:
        steps = [str(step) for step in range(1, question.steps + 1)]
        steps[0] += f" ({text_of(question, 'low')})"
        steps[-1] += f" ({text_of(question, 'high')})"
        return [Paragraph(f"{BOX} {step}") for step in (*steps, _("no answer"))]
    if kind == QuestionKind.MATRIX:
        rows = words_of(question, "rows").lines
        return [
            Table(
                _("Tick one box in each line"),
                ("", *options),
                tuple((line, *(BOX for _option in options)) for line in rows),
                weights=(2, *(1 for _option in options)),
            )
        ]
    several = kind == QuestionKind.MULTIPLE
    hint = _("Tick all that apply.") if several else _("Tick one box.")
    return [Paragraph(hint), *(Paragraph(f"{BOX} {line}") for line in options)]
