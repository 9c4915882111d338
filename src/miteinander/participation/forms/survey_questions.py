"""A question of a survey as the office writes it; only what its kind needs is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import long_text
from miteinander.participation.queries.survey_path import lines_in
from miteinander.participation.states import CHOSEN, Channel, QuestionKind, ResultsShown

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion

ASKED = {
    QuestionKind.SINGLE: ("options", "is_personal"),
    QuestionKind.MULTIPLE: ("options", "is_personal"),
    QuestionKind.SCALE: ("steps", "low", "high", "is_personal"),
    QuestionKind.MATRIX: ("rows", "options", "is_personal"),
    QuestionKind.TEXT: ("longest", "is_contribution"),
    QuestionKind.RANKING: ("options",),
}
"""Which columns a kind of question has besides its wording."""


class QuestionForm(forms.Form):
    """One question; a condition is one choice among all earlier answers."""

    title = forms.CharField(label=_("Question"), max_length=300)
    help = forms.CharField(label=_("Explanation"), widget=long_text(2), required=False)
    rows = forms.CharField(
        label=_("Lines of the table"),
        widget=long_text(5),
        help_text=_("What is judged, one below the other. For example: Bus, Train, Bicycle."),
    )
    options = forms.CharField(
        label=_("Possible answers"), widget=long_text(6), help_text=_("One below the other.")
    )
    steps = forms.IntegerField(label=_("Number of steps"), min_value=2, max_value=11, initial=5)
    low = forms.CharField(
        label=_("The lowest step means"), max_length=80, help_text=_("For example: not at all")
    )
    high = forms.CharField(
        label=_("The highest step means"), max_length=80, help_text=_("For example: very much")
    )
    longest = forms.IntegerField(
        label=_("Longest answer, in characters"), min_value=50, max_value=5000, initial=1000
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    is_contribution = forms.BooleanField(
        label=_("Answers count as contributions"),
        required=False,
        help_text=_("They are read, published and answered like every other contribution."),
    )
    is_personal = forms.BooleanField(
        label=_("Asks about the people themselves"),
        required=False,
        help_text=_("Age, language, place of living: then small numbers are not shown."),
    )
    shown_if = forms.MultipleChoiceField(
        label=_("Only asked after one of these answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick answers of one earlier question, or nothing: then everybody is asked."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, kind: QuestionKind, earlier: Sequence[SurveyQuestion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for names in ASKED.values():
            for name in names:
                if name not in ASKED[kind] and name in self.fields:
                    del self.fields[name]
        self.earlier = {question.pk: question for question in earlier}
        choices = [
            (f"{question.pk}.{value}", f"{question.title}: {word}")
            for question in earlier
            if question.question_kind in CHOSEN
            for value, word in _answers_of(question)
        ]
        field = self.fields["shown_if"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields["shown_if"]

    def clean_options(self) -> str:
        return "\n".join(lines_in(self.cleaned_data["options"]))

    def clean_rows(self) -> str:
        return "\n".join(lines_in(self.cleaned_data["rows"]))

    def clean_shown_if(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["shown_if"]
        if len({value.partition(".")[0] for value in chosen}) > 1:
            raise forms.ValidationError(_("Please tick answers of one earlier question only."))
        return chosen

    def changes(self) -> dict[str, Any]:
        """Columns of the question, as the actions take them."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("seen", "shown_if")}
        chosen = self.cleaned_data.get("shown_if") or []
        pk = int(chosen[0].partition(".")[0]) if chosen else None
        data["shown_if"] = self.earlier[pk] if pk is not None else None
        data["shown_values"] = sorted(int(value.partition(".")[2]) for value in chosen)
        return data

    @staticmethod
    def initial_from(question: SurveyQuestion) -> dict[str, Any]:
        names = ("title", "help", "rows", "options", "steps", "low", "high", "longest",
                 "is_required", "is_contribution", "is_personal")  # fmt: skip
        return {
            **{name: getattr(question, name) for name in names},
            "shown_if": [f"{question.shown_if_id}.{value}" for value in question.shown_values],
            "seen": question.revision,
        }


def _answers_of(question: SurveyQuestion) -> list[tuple[int, str]]:
    if question.question_kind == QuestionKind.SCALE:
        return [(step, str(step)) for step in range(1, question.steps + 1)]
    return list(enumerate(lines_in(question.options), start=1))


class ResultsForm(forms.Form):
    results = forms.ChoiceField(
        label=_("When does everybody see the results?"),
        choices=ResultsShown.choices,
        widget=forms.RadioSelect,
    )


class TakeOverForm(forms.Form):
    """The questions of another survey, all of them."""

    source = forms.ChoiceField(label=_("Survey"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, surveys: Sequence[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(call.identifier, call.title) for call in surveys]


class EnteringForm(forms.Form):
    """How somebody answered whose sheet is typed in now."""

    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in (Channel.PAPER, Channel.PHONE)],
        widget=forms.RadioSelect,
        initial=Channel.PAPER,
    )
    form_key = forms.CharField(widget=forms.HiddenInput)


class EmptyForm(forms.Form):
    """Nothing to type: only asked once more."""
