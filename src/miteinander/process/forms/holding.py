"""What is typed while a meeting is held: a passage, a task, a resolution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.process.actions import Dissenting
from miteinander.process.states import Result

DISSENTS = 2
"""So many dissenting opinions fit on the form; each further one is added to the text."""


class PassageForm(forms.Form):
    """What was said about one point; may be empty, for it is saved while one types."""

    text = forms.CharField(
        label=_("What is said"),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        help_text=_("Name functions, not people. Lists with -."),
    )


class TaskForm(forms.Form):
    what = forms.CharField(label=_("What is to be done"), max_length=300)
    who = forms.CharField(
        label=_("Who takes care of it"),
        max_length=160,
        widget=forms.TextInput(attrs={"list": "owners", "autocomplete": "off"}),
        help_text=_("A seat, an organisation or a function of the register gets a reminder."),
    )
    due = forms.DateField(label=_("Until when"), required=False, widget=forms.DateInput())


class DecisionForm(forms.Form):
    """A resolution of the body that meets, with votes and with who disagrees."""

    title = forms.CharField(label=_("The resolution in one line"), max_length=200)
    text = forms.CharField(
        label=_("Wording"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    result = forms.ChoiceField(
        label=_("Result"),
        choices=Result.choices,
        help_text=_("Without a vote: “no objection” or “broad consent”."),
    )
    votes_for = forms.IntegerField(
        label=_("Votes for"), min_value=0, max_value=1000, required=False
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), min_value=0, max_value=1000, required=False
    )
    abstentions = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=1000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, DISSENTS + 1):
            self.fields[f"function_{number}"] = forms.CharField(
                label=_("Dissenting opinion %(number)s: whose") % {"number": number},
                max_length=160,
                required=False,
                help_text=_("A function or an organisation, never a name."),
            )
            self.fields[f"dissent_{number}"] = forms.CharField(
                label=_("Dissenting opinion %(number)s: wording") % {"number": number},
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in DecisionForm.base_fields]

    @property
    def dissent_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in DecisionForm.base_fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, DISSENTS + 1):
            whose, words = data.get(f"function_{number}"), data.get(f"dissent_{number}")
            if whose and not words:
                self.add_error(f"dissent_{number}", _("Please write down the opinion."))
            if words and not whose:
                self.add_error(f"function_{number}", _("Please say whose opinion this is."))
        return data

    def resolution(self) -> dict[str, Any]:
        names = ("title", "text", "result", "votes_for", "votes_against", "abstentions")
        return {name: self.cleaned_data[name] for name in names}

    def dissents(self) -> list[Dissenting]:
        data = self.cleaned_data
        return [
            Dissenting(data[f"function_{n}"], data[f"dissent_{n}"])
            for n in range(1, DISSENTS + 1)
            if data[f"function_{n}"]
        ]
