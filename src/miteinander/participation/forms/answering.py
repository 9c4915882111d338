"""What became of a contribution, or of all in a theme, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.fields import long_text
from miteinander.participation.states import Outcome


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=long_text(5),
        max_length=LONGEST,
        help_text=_("Short sentences. The author reads it, and if it is published, everybody."),
    )
