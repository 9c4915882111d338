"""The form of a survey: its fields are made from the questions.

It shows what was typed, right or wrong; whether that fits says `actions.survey_checking`, which
is also what counts when somebody sends something that no form has offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid
from miteinander.participation.actions.survey_checking import checked
from miteinander.participation.forms.fields import long_text
from miteinander.participation.queries.survey_path import (
    Raw,
    count_of,
    field_of,
    private_field,
    text_of,
    words_of,
)
from miteinander.participation.states import QuestionKind

if TYPE_CHECKING:
    from django.forms import BoundField

    from miteinander.core.errors import Text
    from miteinander.participation.models import SurveyQuestion


@dataclass(frozen=True, slots=True)
class Block:
    """One question on the page: what the component `survey_questions` draws."""

    kind: str
    name: str
    label: str
    help: str
    language: str
    """Of the wording, where it is not that of the page: there is no translation yet."""
    is_required: bool
    fields: list[BoundField]
    """One; of a matrix one for each line, of an order one for each option."""
    columns: Sequence[str] = ()
    low: str = ""
    high: str = ""
    last: int = 0
    """The highest step of a scale."""
    beside: list[BoundField] = field(default_factory=list)
    """What belongs to it and is no answer: who may read a text."""

    @property
    def errors(self) -> list[str]:
        return [str(error) for bound in self.fields for error in bound.errors]


class SurveyForm(forms.Form):
    """Some questions of a survey, with what was typed.

    Localise the questions before. `is_checked` looks for every fault, `faults` were found by an
    action; else it is only shown.
    """

    use_required_attribute = False

    def __init__(
        self,
        questions: Iterable[SurveyQuestion],
        raw: Raw | None = None,
        *,
        is_checked: bool = False,
        faults: Mapping[str, Text] | None = None,
        language: str = "",
    ) -> None:
        self.questions = list(questions)
        self.faults = faults or {}
        self.raw: Raw = raw or {}
        self.is_checked = is_checked
        self.language = language
        data = MultiValueDict({name: list(values) for name, values in self.raw.items()})
        super().__init__(data)
        self._names: dict[int, list[str]] = {}
        for question in self.questions:
            made = FIELDS[QuestionKind(question.question_kind)](question)
            self._names[question.pk] = list(made)
            self.fields.update(made)
            if question.is_contribution:
                self.fields[private_field(question)] = forms.BooleanField(
                    label=_("Only the office may read this answer"),
                    required=False,
                    widget=forms.CheckboxInput(attrs={"value": "yes"}),
                )

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data = {}
        faults = self.faults
        if self.is_checked:
            try:
                checked(self.questions, self.raw)
            except Invalid as problem:
                faults = problem.fields
        for name, sentence in faults.items():
            self.add_error(name, str(sentence))

    def blocks(self) -> list[Block]:
        return [self._block(question) for question in self.questions]

    def _block(self, question: SurveyQuestion) -> Block:
        found = getattr(question, "localised", {}).get("title")
        shown_in = found.language if found else question.language
        private = private_field(question)
        return Block(
            kind=question.question_kind,
            name=field_of(question),
            label=text_of(question, "title"),
            help=text_of(question, "help"),
            language="" if shown_in == self.language else shown_in,
            is_required=question.is_required,
            fields=[self[name] for name in self._names[question.pk]],
            columns=[*words_of(question, "options").lines, _("no answer")],
            low=text_of(question, "low"),
            high=text_of(question, "high"),
            last=question.steps,
            beside=[self[private]] if private in self.fields else [],
        )


Fields = dict[str, forms.Field]


def _field(question: SurveyQuestion, label: str, widget: forms.Widget) -> forms.Field:
    return forms.Field(label=label, required=question.is_required, widget=widget)


def _options(question: SurveyQuestion) -> list[tuple[str, str]]:
    lines = words_of(question, "options").lines
    return [(str(number), line) for number, line in enumerate(lines, start=1)]


def _single(question: SurveyQuestion) -> Fields:
    choices = _options(question)
    if not question.is_required:
        choices.append(("", _("no answer")))
    widget = forms.RadioSelect(choices=choices)
    return {field_of(question): _field(question, text_of(question, "title"), widget)}


def _multiple(question: SurveyQuestion) -> Fields:
    widget = forms.CheckboxSelectMultiple(choices=_options(question))
    return {field_of(question): _field(question, text_of(question, "title"), widget)}


def _scale(question: SurveyQuestion) -> Fields:
    steps = [(str(step), str(step)) for step in range(1, count_of(question) + 1)]
    widget = forms.RadioSelect(choices=[*steps, ("0", _("no answer"))])
    return {field_of(question): _field(question, text_of(question, "title"), widget)}


def _matrix(question: SurveyQuestion) -> Fields:
    choices = [*_options(question), ("0", _("no answer"))]
    return {
        field_of(question, row=row): _field(question, line, forms.RadioSelect(choices=choices))
        for row, line in enumerate(words_of(question, "rows").lines, start=1)
    }


def _text(question: SurveyQuestion) -> Fields:
    widget = long_text(6 if question.longest > 300 else 2)
    field = _field(question, text_of(question, "title"), widget)
    field.help_text = text_of(question, "help")
    return {field_of(question): field}


def _ranking(question: SurveyQuestion) -> Fields:
    lines = words_of(question, "options").lines
    places = [("", "–"), *((str(n), str(n)) for n in range(1, len(lines) + 1))]
    return {
        field_of(question, option=option): _field(question, line, forms.Select(choices=places))
        for option, line in enumerate(lines, start=1)
    }


FIELDS = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.TEXT: _text,
    QuestionKind.RANKING: _ranking,
}
