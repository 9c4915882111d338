"""A call: its question, its time, and the ways to answer beside the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import long_text

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.process.models import Phase


class CallForm(forms.Form):
    title = forms.CharField(
        label=_("Short name"), max_length=120, help_text=_("For example: Places to speak German")
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        help_text=_("One question that everybody can answer without knowing anything before."),
    )
    text = forms.CharField(label=_("What it is about"), widget=long_text(), required=False)
    phase = forms.TypedChoiceField(label=_("Phase"), coerce=int)
    opens_at = forms.DateTimeField(label=_("Opens"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes"), widget=forms.DateTimeInput)
    answer_by = forms.DateField(
        label=_("Answers until"),
        widget=forms.DateInput,
        help_text=_("You promise this day on every receipt."),
    )
    ways = forms.CharField(
        label=_("Other ways to answer"),
        widget=long_text(3),
        required=False,
        help_text=_("One per line: way, colon, place. For example: On paper: cards in libraries"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, phases: Iterable[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase = self.fields["phase"]
        assert isinstance(phase, forms.ChoiceField)
        phase.choices = [(p.pk, p.title) for p in phases]

    def clean_ways(self) -> list[dict[str, str]]:
        ways = []
        for line in str(self.cleaned_data["ways"]).splitlines():
            title, _colon, text = line.partition(":")
            if title.strip():
                ways.append({"title": title.strip(), "text": text.strip()})
        return ways

    @staticmethod
    def initial_from(call: Call) -> dict[str, Any]:
        return {
            "title": call.title,
            "question": call.question,
            "text": call.text,
            "phase": call.phase_id,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "answer_by": call.answer_by,
            "ways": "\n".join(f"{way['title']}: {way['text']}" for way in call.ways),
            "seen": call.revision,
        }
