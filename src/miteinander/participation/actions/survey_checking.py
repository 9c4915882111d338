"""Whether answers fit their questions: everything that does not is said at once.

What a browser offers is no promise of what is sent, so nothing here trusts the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid, filled
from miteinander.participation.actions.words import cleaned
from miteinander.participation.models import SurveyQuestion
from miteinander.participation.queries.survey_path import (
    Raw,
    count_of,
    field_of,
    lines_in,
    number,
    private_field,
)
from miteinander.participation.states import QuestionKind

if TYPE_CHECKING:
    from miteinander.core.errors import Text


class Cell(NamedTuple):
    """One answer as it is kept; see :class:`SurveyAnswer`."""

    row: int = 0
    option: int = 0
    rank: int = 0
    text: str = ""
    is_private: bool = False


Faults = dict[str, "Text"]
UNKNOWN = _("This answer does not exist here. Please choose again.")
MISSING = _("Please choose an answer.")


def checked(questions: Iterable[SurveyQuestion], raw: Raw) -> dict[int, list[Cell]]:
    """The answers to these questions, by the number of the question; those without one are out.

    Raises :class:`Invalid` with *all* faults, each under the name of its field.
    """
    faults: Faults = {}
    found: dict[int, list[Cell]] = {}
    for question in questions:
        kind = QuestionKind(question.question_kind)
        cells = CHECKS[kind](question, raw, faults)
        if cells:
            found[question.pk] = cells
    if faults:
        raise Invalid(faults)
    return found


def _values(raw: Raw, name: str) -> list[str]:
    return [value for value in raw.get(name, ()) if value.strip()]


def _one(
    raw: Raw, name: str, faults: Faults, *, lowest: int, highest: int, missing: Text | None
) -> int | None:
    """One number between two; None where there is none, with the fault if there must be one."""
    values = _values(raw, name)
    if not values:
        if missing is not None:
            faults[name] = missing
        return None
    option = number(values[-1])
    if option is None or not lowest <= option <= highest:
        faults[name] = UNKNOWN
        return None
    return option


def _single(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    missing = MISSING if question.is_required else None
    option = _one(
        raw, field_of(question), faults, lowest=1, highest=count_of(question), missing=missing
    )
    return [] if option is None else [Cell(option=option)]


def _scale(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    """“No answer” is an answer too, so that nobody has to invent one."""
    missing = _("Please choose a step, or “no answer”.") if question.is_required else None
    step = _one(raw, field_of(question), faults, lowest=0, highest=question.steps, missing=missing)
    return [] if step is None else [Cell(option=step)]


def _multiple(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    name = field_of(question)
    options = {number(value) for value in _values(raw, name)}
    known = {option for option in options if option and option <= count_of(question)}
    if known != options:
        faults[name] = UNKNOWN
    elif question.is_required and not known:
        faults[name] = _("Please choose at least one answer.")
    return [Cell(option=option) for option in sorted(known)]


def _matrix(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    missing = (
        _("Please choose an answer in this line, or “no answer”.") if question.is_required else None
    )
    cells = []
    for row in range(1, len(lines_in(question.rows)) + 1):
        name = field_of(question, row=row)
        option = _one(raw, name, faults, lowest=0, highest=count_of(question), missing=missing)
        if option is not None:
            cells.append(Cell(row=row, option=option))
    return cells


def _text(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    name = field_of(question)
    typed = "\n".join(_values(raw, name))
    if not typed:
        if question.is_required:
            faults[name] = _("Please write a sentence. One is enough.")
        return []
    try:
        text = cleaned(typed, field=name)
    except Invalid as problem:
        faults.update(problem.fields)
        return []
    if len(text) > question.longest:
        faults[name] = filled(
            _("The text has %(have)s characters, %(most)s are possible. Please shorten it."),
            have=len(text),
            most=question.longest,
        )
        return []
    is_private = question.is_contribution and "yes" in raw.get(private_field(question), ())
    return [Cell(text=text, is_private=is_private)]


def _ranking(question: SurveyQuestion, raw: Raw, faults: Faults) -> list[Cell]:
    """An order is whole or it is none: Borda counts how many stand below (decision 68)."""
    count = count_of(question)
    places: dict[int, int] = {}
    empty: list[int] = []
    for option in range(1, count + 1):
        name = field_of(question, option=option)
        place = _one(raw, name, faults, lowest=1, highest=count, missing=None)
        if place is not None:
            places[option] = place
        elif name not in faults:
            empty.append(option)
    if not places:
        if question.is_required and len(empty) == count:
            faults[field_of(question, option=1)] = _("Please give each line a place.")
        return []
    for option in empty:
        faults[field_of(question, option=option)] = _(
            "This line has no place yet. Give every line a place, or none."
        )
    taken: set[int] = set()
    for option, place in places.items():
        if place in taken:
            faults[field_of(question, option=option)] = filled(
                _("The place %(place)s is given twice. Please give each place once."), place=place
            )
        taken.add(place)
    order = sorted(places.items(), key=lambda item: item[1])
    return [Cell(option=option, rank=place) for option, place in order]


CHECKS: dict[QuestionKind, Callable[[SurveyQuestion, Raw, Faults], list[Cell]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.TEXT: _text,
    QuestionKind.RANKING: _ranking,
}
