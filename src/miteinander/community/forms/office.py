"""What people type about an office: address, hours, days with other hours."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community import queries
from miteinander.community.models import Office
from miteinander.community.states import LocalHoliday, Weekday

ADDRESS = (
    "street", "postcode", "place", "phone", "email", "contact_form_url", "authority_phone",
    "authority_phone_hours", "appointments_note", "way", "keeps_holidays", "local_holidays",
)  # fmt: skip


class OfficeForm(forms.Form):
    """Address and hours of an office; hours are typed as times, one field per day."""

    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    place = forms.CharField(label=_("Town"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_form_url = forms.URLField(
        label=_("Address of your secure contact form"),
        required=False,
        assume_scheme="https",
        help_text=_("If your town has one: people are sent there."),
    )
    authority_phone = forms.CharField(
        label=_("Authority number"), max_length=10, required=False, help_text=_("Usually 115.")
    )
    authority_phone_hours = forms.CharField(
        label=_("When the authority number answers"), max_length=120, required=False
    )
    appointments_note = forms.CharField(
        label=_("Note on appointments"), max_length=200, required=False
    )
    way = forms.CharField(
        label=_("How to get there"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("In words, so that it needs no map: stop, entrance, lift, floor, doorbell."),
    )
    keeps_holidays = forms.BooleanField(
        label=_("Closed on the public holidays of the state"), required=False, initial=True
    )
    local_holidays = forms.MultipleChoiceField(
        label=_("Holidays that only some towns have"),
        choices=LocalHoliday.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in Weekday:
            self.fields[f"hours_{weekday}"] = forms.CharField(
                label=weekday.label,
                max_length=60,
                required=False,
                help_text=_("For example: 8:00–12:00, 14:30–17:30. Empty means closed."),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rows = []
        for weekday in Weekday:
            spans = _spans_or_error(self, f"hours_{weekday}", data.get(f"hours_{weekday}", ""))
            rows += [
                {"days": [str(weekday)], "from": f"{opens:%H:%M}", "to": f"{closes:%H:%M}"}
                for opens, closes in spans
            ]
        data["opening_hours"] = rows
        return data

    def details(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {k: v for k, v in self.cleaned_data.items() if not k.startswith("hours_")}

    @staticmethod
    def initial_from(office: Office) -> dict[str, Any]:
        initial = {name: getattr(office, name) for name in ADDRESS}
        for weekday, spans in queries.week_of(office):
            initial[f"hours_{weekday}"] = ", ".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in spans)
        return initial


class ClosureForm(forms.Form):
    """Days on which everything is different: closed, or open at other times."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput())
    last = forms.DateField(
        label=_("To"),
        widget=forms.DateInput(),
        required=False,
        help_text=_("Empty means: only this one day."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=80,
        help_text=_("Everybody reads it, for example: Christmas Eve, staff meeting."),
    )
    hours = forms.CharField(
        label=_("Open at"),
        max_length=60,
        required=False,
        help_text=_("For example: 8:00–12:00. Empty means closed."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["hours"] = _spans_or_error(self, "hours", data.get("hours", ""))
        return data


def read_hours(typed: str) -> list[tuple[time, time]]:
    """“8:00–12:00, 14:30-17:30” as times; raises ValueError when it is anything else."""
    spans = []
    for part in filter(None, (piece.strip() for piece in typed.split(","))):
        first, _dash, last = part.replace("–", "-").partition("-")
        opens, closes = _time(first), _time(last)
        if closes <= opens:
            raise ValueError(part)
        spans.append((opens, closes))
    return spans


def _time(typed: str) -> time:
    hour, _colon, minute = typed.strip().replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))


def _spans_or_error(form: forms.Form, field: str, typed: str) -> list[tuple[time, time]]:
    try:
        return read_hours(typed)
    except ValueError:
        form.add_error(
            field,
            _(
                "Please write hours like 8:00–12:00, and separate several by a comma. Each must "
                "end after it begins."
            ),
        )
        return []
