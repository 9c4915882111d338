"""What people type about who came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.codes import read_code
from miteinander.process.forms.registering import OpenForm
from miteinander.process.queries.attended import Entry

PAPER_ROWS = 12
"""So many empty lines stand ready; with the last one filled, the next page brings more."""


class GuestForm(forms.Form):
    """Somebody who came without being expected."""

    name = forms.CharField(label=_("Name"), max_length=120)
    organisation = forms.CharField(label=_("Institution or group"), max_length=160, required=False)


class DoorForm(OpenForm):
    """At the door, on one's own phone: the name, or the code of the registration."""

    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Institution or group"), max_length=160, required=False)
    code = forms.CharField(
        label=_("Or the code of your registration"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        name, code = data.get("name", "").strip(), data.get("code", "").strip()
        if not name and not code:
            self.add_error("name", _("Please type your name, or the code of your registration."))
        elif code and not name and not read_code(code):
            self.add_error("code", _("A code has twelve letters and digits. Please compare."))
        return data


class PaperForm(forms.Form):
    """The paper list: a line for each signature, name and institution side by side."""

    def __init__(self, *args: Any, rows: int = PAPER_ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for number in range(1, rows + 1):
            words = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Line %(number)s: name") % words, max_length=120, required=False
            )
            self.fields[f"organisation_{number}"] = forms.CharField(
                label=_("Line %(number)s: institution") % words, max_length=160, required=False
            )

    @property
    def pairs(self) -> list[tuple[int, Any, Any]]:
        """Each line with its two fields, as the page shows them."""
        numbers = range(1, self.rows + 1)
        return [(n, self[f"name_{n}"], self[f"organisation_{n}"]) for n in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = []
        for number in range(1, self.rows + 1):
            name = data.get(f"name_{number}", "").strip()
            house = data.get(f"organisation_{number}", "").strip()
            if house and not name:
                self.add_error(
                    f"name_{number}",
                    _("Line %(number)s has an institution and no name.") % {"number": number},
                )
            elif name:
                lines.append(Entry(name=name, organisation=house))
        if not lines and not self.errors:
            raise forms.ValidationError(_("Please type at least one name."))
        return {"lines": lines}


class KeepingForm(forms.Form):
    """How long the names of guests are kept."""

    guest_months = forms.IntegerField(
        label=_("Names of guests: so many months after the meeting"),
        min_value=1,
        max_value=60,
        help_text=_("Then the program erases them by itself. That somebody came stays a number."),
    )
