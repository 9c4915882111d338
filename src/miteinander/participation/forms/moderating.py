"""Why a contribution is not published, and which reasons there are to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.fields import long_text
from miteinander.participation.queries import lines_of


class RefuseForm(forms.Form):
    """A short reason of the town, words of one's own, or both: the author reads them."""

    short = forms.ChoiceField(
        label=_("Short reason"), required=False, widget=forms.RadioSelect, choices=[]
    )
    reason = forms.CharField(
        label=_("In your own words"),
        widget=long_text(3),
        max_length=LONGEST,
        required=False,
        help_text=_("The author reads it under the receipt."),
    )

    def __init__(self, *args: Any, reasons: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = self.fields["short"]
        assert isinstance(short, forms.ChoiceField)
        short.choices = [(line, line) for line in reasons]

    def clean(self) -> dict[str, Any]:
        """Both together are the reason; at least one is needed."""
        data = super().clean() or {}
        parts = [str(data.pop("short", "") or "").strip(), str(data.get("reason") or "").strip()]
        data["reason"] = "\n".join(filter(None, parts))
        if not data["reason"] and not self.errors:
            self.add_error("reason", _("Please give the reason. The author will read it."))
        return data


class BlackOutForm(RefuseForm):
    """What nobody else reads: what the program found in the text, ticked, and lines of one's own.

    Nothing is ticked beforehand: whoever reads it decides.
    """

    found = forms.MultipleChoiceField(
        label=_("Found in the text"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )
    words = forms.CharField(
        label=_("Further words"),
        widget=long_text(3),
        max_length=LONGEST,
        required=False,
        help_text=_("One name or one number on each line, as it stands in the text."),
    )
    field_order = ("found", "words", "short", "reason")

    def __init__(self, *args: Any, found: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = self.fields["found"]
        assert isinstance(boxes, forms.MultipleChoiceField)
        boxes.choices = [(line, line) for line in found]
        if not found:
            del self.fields["found"]
            self.fields["words"].label = _("Words to black out")
        self.fields["reason"].help_text = _("Everybody reads it. Do not repeat the words here.")

    def clean(self) -> dict[str, Any]:
        """All words together, each once."""
        data = super().clean()
        lines = [*data.pop("found", []), *lines_of(str(data.get("words") or ""))]
        data["words"] = list(dict.fromkeys(lines))
        return data


class ReasonsForm(forms.Form):
    lines = forms.CharField(
        label=_("Short reasons"),
        widget=long_text(10),
        required=False,
        help_text=_("One on each line. Authors read them as they stand here."),
    )
