"""Minutes, and what was agreed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.process.actions import Agreement

AGREEMENTS = 3
"""So many new agreements fit on the form at once; after saving there is room for more."""


class MinutesForm(forms.Form):
    """The text, and room for a few agreements: three fields each, without any script."""

    text = forms.CharField(
        label=_("What was said and agreed"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Name functions, not people. Headings with #, lists with -."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, AGREEMENTS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Agreement %(number)s: what") % {"number": number},
                max_length=300,
                required=False,
            )
            self.fields[f"who_{number}"] = forms.CharField(
                label=_("Agreement %(number)s: who") % {"number": number},
                max_length=160,
                required=False,
                help_text=_("A function or a body."),
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Agreement %(number)s: until when") % {"number": number},
                required=False,
                widget=forms.DateInput(),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, AGREEMENTS + 1):
            what, who = data.get(f"what_{number}"), data.get(f"who_{number}")
            if what and not who:
                self.add_error(f"who_{number}", _("Please say who takes care of it."))
            if (who or data.get(f"due_{number}")) and not what:
                self.add_error(f"what_{number}", _("Please say what was agreed."))
        return data

    def agreements(self) -> list[Agreement]:
        data = self.cleaned_data
        return [
            Agreement(data[f"what_{n}"], data[f"who_{n}"], data[f"due_{n}"])
            for n in range(1, AGREEMENTS + 1)
            if data[f"what_{n}"]
        ]
