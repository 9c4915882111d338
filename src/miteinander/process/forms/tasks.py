"""Moving a task, and handing it over: never without a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveTaskForm(forms.Form):
    due = forms.DateField(label=_("New day"), widget=forms.DateInput())
    reason = forms.CharField(
        label=_("Why does it take longer?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Everybody who sees the task reads it."),
    )


class HandOverTaskForm(forms.Form):
    who = forms.CharField(
        label=_("Who takes care of it"),
        max_length=160,
        widget=forms.TextInput(attrs={"list": "owners", "autocomplete": "off"}),
        help_text=_("A seat, an organisation or a function of the register gets a reminder."),
    )
    reason = forms.CharField(
        label=_("Why does somebody else take care of it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Everybody who sees the task reads it."),
    )
