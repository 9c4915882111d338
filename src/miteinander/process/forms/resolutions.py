"""Resolutions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.community.queries import bodies_of
from miteinander.process.forms.fields import choose_from
from miteinander.process.models import Meeting, Process
from miteinander.process.states import ResolutionKind, Result


class ResolutionForm(forms.Form):
    title = forms.CharField(label=_("The resolution in one line"), max_length=200)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Who decided"))
    on = forms.DateField(label=_("Decided on"), widget=forms.DateInput())
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("In which meeting"), required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ResolutionKind.choices, initial=ResolutionKind.OTHER
    )
    text = forms.CharField(
        label=_("Wording"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices)
    votes_for = forms.IntegerField(
        label=_("Votes for"), min_value=0, max_value=1000, required=False
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), min_value=0, max_value=1000, required=False
    )
    abstentions = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=1000, required=False
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(process.municipality))
        choose_from(
            self, "meeting", Meeting.objects.filter(process=process).order_by("-happened_on")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        meeting, body, on = data.get("meeting"), data.get("body"), data.get("on")
        if meeting and body and meeting.body_id != body.pk:
            self.add_error("meeting", _("In this meeting another body met."))
        if meeting and on and not _fits(meeting, on):
            self.add_error("on", _("This meeting was on another day."))
        return data


def _fits(meeting: Meeting, on: date) -> bool:
    return meeting.precision != "day" or meeting.happened_on in (None, on)
