"""The way through a survey: which questions are asked after which answers, and on which page.

What somebody typed is held as the form sends it: a list of texts under each name of a field. So
a draft that makes no sense yet is kept like one that does, and comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from miteinander.participation.models import Call, SurveyQuestion
from miteinander.participation.states import CHOSEN, QuestionKind

Raw = Mapping[str, Sequence[str]]
MOST_ON_A_PAGE = 8
LINES = ("options", "rows")
"""Fields of a question that hold a line for each answer."""


class Words(NamedTuple):
    """Lines of a question in the reader's language, and the language they are in."""

    lines: list[str]
    language: str


def lines_in(text: str) -> list[str]:
    """Options or lines as they are kept: one to a line, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def words_of(question: SurveyQuestion, field: str) -> Words:
    """The options or lines of a question, localised before; the original where lines are missing.

    A translation with another number of lines would put crosses beside the wrong words.
    """
    original = lines_in(getattr(question, field))
    found = getattr(question, "localised", {}).get(field)
    if found is not None and len(lines := lines_in(found.text)) == len(original):
        return Words(lines, found.language)
    return Words(original, question.language)


def text_of(thing: Call | SurveyQuestion, field: str) -> str:
    """A single text of a survey or a question in the reader's language, localised before."""
    found = getattr(thing, "localised", {}).get(field)
    return str(found.text) if found is not None else str(getattr(thing, field))


def speaks(call: Call, questions: Iterable[SurveyQuestion], language: str) -> bool:
    """Whether a survey can be read in a language from its first word to its last; localised before.

    Lines count only where there are as many as in the original.
    """
    asked = [(call, ("question", "text")), *((q, q.TRANSLATABLE) for q in questions)]
    return all(
        thing.language == language
        or not getattr(thing, field)
        or (
            words_of(thing, field).language == language
            if field in LINES and isinstance(thing, SurveyQuestion)
            else field in getattr(thing, "localised", {})
        )
        for thing, fields in asked
        for field in fields
    )


def count_of(question: SurveyQuestion) -> int:
    """How many options there are: steps of a scale, else lines."""
    if question.question_kind == QuestionKind.SCALE:
        return question.steps
    return len(lines_in(question.options))


def field_of(question: SurveyQuestion, *, row: int = 0, option: int = 0) -> str:
    name = f"q_{question.identifier}"
    return f"{name}_r{row}" if row else f"{name}_o{option}" if option else name


def private_field(question: SurveyQuestion) -> str:
    """“Only the office may read this”, beside a text that counts as a contribution."""
    return f"{field_of(question)}_own"


def fields_of(question: SurveyQuestion) -> list[str]:
    """Every name under which a form sends something about this question."""
    if question.question_kind == QuestionKind.MATRIX:
        rows = len(lines_in(question.rows))
        return [field_of(question, row=row) for row in range(1, rows + 1)]
    if question.question_kind == QuestionKind.RANKING:
        count = count_of(question)
        return [field_of(question, option=option) for option in range(1, count + 1)]
    if question.is_contribution:
        return [field_of(question), private_field(question)]
    return [field_of(question)]


def number(typed: str) -> int | None:
    """A small whole number, or None; whatever else somebody sends."""
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None


def chosen(question: SurveyQuestion, raw: Raw) -> set[int]:
    """Which options or steps are chosen in a question that others may hang on."""
    if question.question_kind not in CHOSEN:
        return set()
    wanted = {number(value) for value in raw.get(field_of(question), ())}
    return {option for option in wanted if option and option <= count_of(question)}


def asked(questions: Iterable[SurveyQuestion], raw: Raw) -> list[SurveyQuestion]:
    """The questions that are asked after these answers, in their order.

    A question hangs on an earlier one only, so one look from the front is enough. What hangs on
    a question that is not asked is not asked either.
    """
    found: dict[int, SurveyQuestion] = {}
    for question in questions:
        if question.shown_if_id is not None:
            before = found.get(question.shown_if_id)
            if before is None or not chosen(before, raw) & set(question.shown_values):
                continue
        found[question.pk] = question
    return list(found.values())


def pages_of(questions: Iterable[SurveyQuestion]) -> list[list[SurveyQuestion]]:
    """The questions page by page: a new page before whatever hangs on an answer of this one.

    So the server knows what to ask without any script in the browser.
    """
    pages: list[list[SurveyQuestion]] = []
    for question in questions:
        here = pages[-1] if pages else []
        hangs_on_it = question.shown_if_id in {other.pk for other in here}
        if not here or hangs_on_it or len(here) >= MOST_ON_A_PAGE:
            pages.append([])
        pages[-1].append(question)
    return pages


class Step(NamedTuple):
    """One page of a survey for somebody with these answers."""

    number: int
    """From 1, among those that are shown."""
    of: int
    page: int
    """From 1, among all pages: what stands in the address, whatever was answered."""
    questions: list[SurveyQuestion]


def steps_of(questions: Sequence[SurveyQuestion], raw: Raw) -> list[Step]:
    """The pages on which something is asked after these answers."""
    shown = {question.pk for question in asked(questions, raw)}
    pages = [
        (at, [q for q in page if q.pk in shown])
        for at, page in enumerate(pages_of(questions), start=1)
    ]
    pages = [(at, page) for at, page in pages if page]
    return [Step(number, len(pages), at, page) for number, (at, page) in enumerate(pages, start=1)]


def told(question: SurveyQuestion, raw: Raw) -> list[str]:
    """What somebody answered, in words, one thing to a line; nothing where nothing was said."""
    kind = QuestionKind(question.question_kind)
    if kind == QuestionKind.TEXT:
        return [value for value in raw.get(field_of(question), ()) if value.strip()]
    if kind == QuestionKind.RANKING:
        return _told_order(question, raw)
    if kind == QuestionKind.MATRIX:
        columns = words_of(question, "options").lines
        return [
            f"{line}: {word}"
            for row, line in enumerate(words_of(question, "rows").lines, start=1)
            for word in _told_options(raw, field_of(question, row=row), columns)
        ]
    if kind == QuestionKind.SCALE:
        ends = f"1 = {text_of(question, 'low')}, {question.steps} = {text_of(question, 'high')}"
        steps = [f"{step} ({ends})" for step in range(1, question.steps + 1)]
        return _told_options(raw, field_of(question), steps)
    return _told_options(raw, field_of(question), words_of(question, "options").lines)


def _told_options(raw: Raw, name: str, words: Sequence[str]) -> list[str]:
    wanted = [number(value) for value in raw.get(name, ())]
    return [
        str(_("no answer")) if option == 0 else words[option - 1]
        for option in wanted
        if option is not None and option <= len(words)
    ]


def _told_order(question: SurveyQuestion, raw: Raw) -> list[str]:
    places = []
    for option, line in enumerate(words_of(question, "options").lines, start=1):
        place = number("".join(raw.get(field_of(question, option=option), ())[-1:]))
        if place:
            places.append((place, line))
    return [f"{place}. {line}" for place, line in sorted(places)]
