"""Phases and milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.process.models import Phase
from miteinander.process.states import Permit, PhaseKind


class PhaseForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=PhaseKind.choices)
    starts = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    ends = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Empty means: open end."),
    )
    permits = forms.MultipleChoiceField(
        label=_("What this phase permits"),
        choices=Permit.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everything else is refused while no other phase permits it."),
    )

    @staticmethod
    def initial_from(phase: Phase) -> dict[str, Any]:
        return {
            "title": phase.title,
            "kind": phase.phase_kind,
            "starts": phase.starts,
            "ends": phase.ends,
            "permits": phase.permits,
        }


class ClosePhaseForm(forms.Form):
    despite = forms.CharField(
        label=_("Reason, if contributions are still without an answer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read the reason. Without one, the phase stays open till then."),
    )


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("What is to be reached"), max_length=160)
    on = forms.DateField(label=_("By when"), widget=forms.DateInput())
    reached_on = forms.DateField(label=_("Reached on"), required=False, widget=forms.DateInput())
