"""The papers of a call: a sheet to write on, cards, and the table to type cards into.

Which papers a call has hangs on its method. A method with a paper of its own (statements to tick,
a survey) adds it to `PAPERS`; the page of the call and the address serve it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.queries import office_of
from miteinander.core.translation import localise
from miteinander.documents import ballots
from miteinander.documents.codes import way_to
from miteinander.documents.draft_paper import draft_paper
from miteinander.documents.entry import EntryTable, Head
from miteinander.documents.papers import AnswerSheet, Cards
from miteinander.documents.survey_paper import survey_document
from miteinander.participation import queries
from miteinander.participation.forms import LANGUAGES
from miteinander.participation.readers import CardField
from miteinander.participation.states import CallMethod
from miteinander.ui.words import written_day
from miteinander.workspace.kit import CARDS_IN_KIT, MOST_CARDS

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.documents.apart import Printed
    from miteinander.documents.shapes import Document
    from miteinander.participation.models import Call

ROWS_TO_ADD = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: for which call, in which language, how many."""

    call: Call
    language: str
    today: date
    count: int = CARDS_IN_KIT

    @property
    def question(self) -> tuple[str, str]:
        """The question and its language, translated where that was checked."""
        return self._said("question")

    @property
    def about(self) -> str:
        return self._said("text")[0]

    def _said(self, name: str) -> tuple[str, str]:
        localise([self.call], self.language, only_reliable=True)
        found = getattr(self.call, "localised", {}).get(name)
        if found:
            return found.text, found.language.split("-")[0]
        return getattr(self.call, name), self.call.language.split("-")[0]


@dataclass(frozen=True, slots=True)
class CallPaper:
    """A paper by what it is called, what it is good for, and what it is made from."""

    label: Text
    about: Text
    made: Callable[[Order], Printed]
    endings: tuple[str, ...] = ("pdf",)
    is_counted: bool = False
    """Whether one says how many."""


def sheet(order: Order) -> AnswerSheet:
    call = order.call
    question, language = order.question
    return AnswerSheet(
        title=_("Answer sheet: %(call)s") % {"call": call.title},
        language=order.language,
        publisher=call.municipality.name,
        accent=call.municipality.accent,
        day=order.today,
        question=question,
        question_language=language,
        about=order.about,
        asks_place=queries.takes_places(call),
        until=_("Until %(day)s.") % {"day": written_day(call.closes_at)},
        places=_places(call),
        way=way_to(call),
    )


def cards(order: Order) -> Cards:
    call = order.call
    question, language = order.question
    return Cards(
        title=_("Contribution cards: %(call)s") % {"call": call.title},
        language=order.language,
        publisher=call.municipality.name,
        accent=call.municipality.accent,
        day=order.today,
        question=question,
        question_language=language,
        event=call.title,
        count=order.count,
        way=way_to(call),
    )


def table(order: Order) -> EntryTable:
    call = order.call
    return EntryTable(
        title=_("Cards: %(call)s") % {"call": call.title},
        language=order.language,
        mark="",
        help=_(
            "One card a row. Without a yes in the third column only the office reads it. Then "
            "read the table in on the page of the call."
        ),
        sheet=_("Cards"),
        heads=(
            Head(str(CardField.NUMBER.label), 10),
            Head(str(CardField.TEXT.label), 80),
            Head(str(CardField.PUBLISH.label), 18, (_("yes"), _("no"))),
            Head(str(CardField.LANGUAGE.label), 16, tuple(name for _code, name in LANGUAGES)),
            Head(str(CardField.WALL.label), 24),
        ),
        rows=tuple((str(number),) for number in range(1, order.count + 1)),
        blank=ROWS_TO_ADD,
        publisher=call.municipality.name,
        day=order.today,
    )


def ballot(order: Order) -> Document:
    """The statements that are up for a vote, in the language of the page where it was checked."""
    statements = queries.open_statements(order.call)
    localise([order.call, *statements], order.language, only_reliable=True)
    return ballots.ballot(
        order.call,
        statements,
        language=order.language,
        today=order.today,
        places=_places(order.call),
        takes_proposals=queries.takes_proposals(order.call),
    )


def survey(order: Order) -> Document:
    """In the language of the page where all of it was checked, else in that of the call.

    A sheet in two languages would be one that nobody can answer whole. Questions and answers
    keep their places, so every sheet is typed in alike.
    """
    call, questions = order.call, queries.questions_of(order.call)
    localise([call, *questions], order.language, only_reliable=True)
    is_whole = queries.speaks(call, questions, order.language)
    language = order.language if is_whole else call.language
    localise([call, *questions], language, only_reliable=True)
    return survey_document(call, questions, places=_places(call), language=language)


def draft(order: Order) -> Document:
    """In the language of the page, as far as the draft was translated; numbers are the same."""
    passages = queries.passages_of(order.call)
    queries.in_language(passages, order.call, order.language)
    return draft_paper(
        order.call,
        passages,
        question=order.question[0],
        places=_places(order.call),
        language=order.language,
        today=order.today,
    )


def _places(call: Call) -> tuple[tuple[str, str], ...]:
    """Where paper is taken in: what the call says itself, else at the office."""
    if call.ways:
        return tuple((way["title"], way["text"]) for way in call.ways)
    office = office_of(call.municipality)
    if office is None:
        return ()
    where = ", ".join(part for part in (office.street, f"{office.postcode} {office.place}") if part)
    return ((office.organisation.title, where.strip()),)


SHEET = CallPaper(
    gettext_lazy("Answer sheet"),
    gettext_lazy("A page with the question, lines, the consent and where to hand it in."),
    sheet,
)
CARDS = CallPaper(
    gettext_lazy("Cards for a wall"),
    gettext_lazy("Four on a page, numbered, with the question and the way back."),
    cards,
    is_counted=True,
)
TABLE = CallPaper(
    gettext_lazy("Table to type cards into"),
    gettext_lazy("To be filled in by several people and read in again, never twice."),
    table,
    ("xlsx",),
    is_counted=True,
)
PRINTED = ("pdf", "docx", "odt")
"""To print, or to be changed by the office before."""
BALLOT = CallPaper(
    gettext_lazy("Sheet with the statements"),
    gettext_lazy("A row for each statement, three numbers to circle, and where to hand it in."),
    ballot,
    PRINTED,
)
SURVEY = CallPaper(
    gettext_lazy("The survey on paper"),
    gettext_lazy(
        "Boxes to tick, lines to write on, where to go on after an answer, where to hand it in."
    ),
    survey,
    PRINTED,
)
DRAFT = CallPaper(
    gettext_lazy("The draft to write on"),
    gettext_lazy("Every passage with its number, and room beside it for remarks."),
    draft,
    PRINTED,
)
IN_WORDS = {"bogen": SHEET, "karten": CARDS, "tabelle": TABLE}

PAPERS: dict[CallMethod, dict[str, CallPaper]] = {
    CallMethod.IDEAS: IN_WORDS,
    CallMethod.CARDS: {"karten": CARDS, "tabelle": TABLE, "bogen": SHEET},
    CallMethod.REVIEW: {"entwurf": DRAFT, "bogen": SHEET},
    CallMethod.LIVE: IN_WORDS,
    CallMethod.STATEMENTS: {"thesen": BALLOT},
    CallMethod.SURVEY: {"umfrage": SURVEY},
}
"""By method, by the name in the address, the likeliest one first."""


def papers_of(call: Call) -> dict[str, CallPaper]:
    return PAPERS[CallMethod(call.method)]


def counted(asked: str) -> int:
    """How many were asked for; what is no number is the usual."""
    count = int(asked) if asked.isascii() and asked.isdecimal() else CARDS_IN_KIT
    return max(1, min(count, MOST_CARDS))
