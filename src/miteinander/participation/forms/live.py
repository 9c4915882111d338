"""A question from the room, how a round is held, and how a question ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import WordsField, long_text

if TYPE_CHECKING:
    from miteinander.process.models import Meeting


class RoomQuestionForm(forms.Form):
    """Typed on the phone, in the room: one field."""

    text = WordsField(
        label=_("Your question"),
        help_text=_("Without your name. Others in the room can read it and support it."),
        widget=long_text(4),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class QuestionTimeForm(forms.Form):
    meeting = forms.TypedChoiceField(
        label=_("In the meeting"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Whoever leads the body that meets can hold the round, too."),
    )
    at_once = forms.TypedChoiceField(
        label=_("When do others see a question?"),
        choices=[("no", _("When somebody has read it")), ("yes", _("At once"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("no meeting")), *((m.pk, m.title) for m in meetings)]
