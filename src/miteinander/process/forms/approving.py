"""What is typed after a meeting: corrections, answers, the approval, remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.process.forms.fields import choose_from
from miteinander.process.models import Meeting
from miteinander.process.states import ApprovedBy

if TYPE_CHECKING:
    from django.db.models import QuerySet


class HandRoundForm(forms.Form):
    until = forms.DateField(
        label=_("Corrections until"),
        widget=forms.DateInput(),
        help_text=_("The members of the body are told by mail."),
    )


class CorrectionForm(forms.Form):
    passage = forms.CharField(
        label=_("Which passage?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy it word for word; then it can be taken with one press."),
    )
    proposal = forms.CharField(
        label=_("How should it read?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 2}))


class AnswerCorrectionForm(forms.Form):
    take = forms.TypedChoiceField(
        label=_("Is it taken?"),
        choices=[("yes", _("Yes, it is taken")), ("no", _("No, it is not taken"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    response = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed where it is not taken. The whole body can read it."),
    )


class ApproveForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How were they approved?"), choices=ApprovedBy.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Approved on"), widget=forms.DateInput(), required=False,
        help_text=_("Empty means: today."))  # fmt: skip
    approved_in = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("In which meeting"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "approved_in", meetings)


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("What was found later"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands beside the minutes with today's date. It cannot be changed."),
    )
