"""Phases and milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from miteinander.process.models import Phase
from miteinander.process.states import PERMIT_MEANS, Permit, PhaseKind


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permits = self.fields["permits"]
        assert isinstance(permits, forms.MultipleChoiceField)
        permits.choices = [
            (str(permit), format_html('{} <span class="kern-hint">{}</span>', permit.label, means))
            for permit, means in PERMIT_MEANS.items()
        ]

    @staticmethod
    def initial_from(phase: Phase) -> dict[str, Any]:
        return {
            "title": phase.title,
            "kind": phase.phase_kind,
            "starts": phase.starts,
            "ends": phase.ends,
            "permits": phase.permits,
        }


class MovePhaseForm(forms.Form):
    starts = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    ends = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Empty means: open end."),
    )
    along = forms.BooleanField(
        label=_("Move the phases that follow by as many days"),
        required=False,
        help_text=_("Those that begin later and are not closed. They keep their length."),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    """What the page has shown would happen; something else is shown before it is done."""

    def asked(self) -> dict[str, Any]:
        """The move as actions and queries take it."""
        return {name: self.cleaned_data[name] for name in ("starts", "ends", "along")}


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
