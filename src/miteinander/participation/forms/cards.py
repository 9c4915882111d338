"""Cards from a wall, and what is said in a room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.participation.actions.words import LONGEST, cleaned
from miteinander.participation.forms.fields import LANGUAGES, long_text
from miteinander.participation.states import Channel

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.process.models import Meeting


class CardsForm(forms.Form):
    """A pinwall in one go: one card per line."""

    cards = forms.CharField(
        label=_("Cards"),
        widget=long_text(12),
        help_text=_("One card per line. Empty lines are skipped."),
    )
    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in Channel if c is not Channel.ONLINE],
        initial=Channel.CARD,
    )
    call = forms.TypedChoiceField(label=_("Answers the call"), coerce=int, required=False)
    meeting = forms.TypedChoiceField(label=_("Collected at"), coerce=int, required=False)
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput, required=False, help_text=_("If it was not today.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="de")
    may_publish = forms.BooleanField(label=_("Others may read it"), required=False, initial=True)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, calls: Sequence[Call], meetings: Sequence[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, things in (("call", calls), ("meeting", meetings)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *((thing.pk, thing.title) for thing in things)]

    def clean_cards(self) -> list[str]:
        """Each line cleaned; the line at fault is named, so that one finds it among fifty."""
        lines = []
        for number, line in enumerate(str(self.cleaned_data["cards"]).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                lines.append(cleaned(line))
            except Invalid as problem:
                message = _("Line %(number)s: %(why)s")
                raise forms.ValidationError(
                    message % {"number": number, "why": problem.fields["text"]}
                ) from problem
        return lines


class RoomCardForm(forms.Form):
    """What somebody says in a meeting, typed in at once: two keys, and the next one."""

    text = forms.CharField(
        label=_("What was said"),
        widget=long_text(2),
        max_length=LONGEST,
        help_text=_("In the words of whoever says it, without their name."),
    )
    call = forms.TypedChoiceField(label=_("Answers the call"), coerce=int, required=False)
    may_publish = forms.BooleanField(label=_("Others may read it"), required=False, initial=True)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, calls: Sequence[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((call.pk, call.title) for call in calls), ("", _("no call"))]
        if not calls:
            del self.fields["call"]
