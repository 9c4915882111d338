"""What people type in review and adoption."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import queries
from miteinander.adoption.states import Choice
from miteinander.process.models import Resolution
from miteinander.strategy.models import Concept


class VoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Voice of your seat"), choices=Choice.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason, if you object"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("It stands beside the measure, under the function of your seat."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("choice") == Choice.OBJECT and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Please give the reason for the objection."))
        return cleaned


class ResponseForm(forms.Form):
    response = forms.CharField(label=_("Reply"), widget=forms.Textarea(attrs={"rows": 5}))


class AdoptForm(forms.Form):
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(),
        label=_("Resolution"),
        help_text=_("Resolutions of this process that adopt."),
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.resolutions_for(concept)
