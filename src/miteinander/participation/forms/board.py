"""What is shown on the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import LANGUAGES
from miteinander.participation.queries.board import Wanted
from miteinander.participation.states import Channel

if TYPE_CHECKING:
    from miteinander.participation.models import Call


class BoardFilterForm(forms.Form):
    """Whatever is sent makes a board: what is no choice is no filter."""

    q = forms.CharField(
        label=_("Search on the board"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    call = forms.ChoiceField(label=_("Call"), required=False)
    channel = forms.ChoiceField(
        label=_("Way"), required=False, choices=[("", _("every way")), *Channel.choices]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("every language")), *LANGUAGES]
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("what lies in no theme")),
            ("unsure", _("the tray “unsure”: please read")),
            ("all", _("everything, unread ones too")),
        ],
    )

    def __init__(self, *args: Any, calls: Sequence[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calls = {call.identifier: call for call in calls}
        call = self.fields["call"]
        assert isinstance(call, forms.ChoiceField)
        call.choices = [("", _("every call")), *((c.identifier, c.title) for c in calls)]

    def wanted(self) -> Wanted:
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return Wanted(
            text=data.get("q", ""),
            call=self._calls.get(data.get("call", "")),
            channel=data.get("channel", ""),
            language=data.get("language", ""),
            is_everything=data.get("show") == "all",
            is_unsure=data.get("show") == "unsure",
        )
