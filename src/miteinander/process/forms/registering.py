"""What people type to come to a meeting, and what the organiser decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.forms.register import LANGUAGES
from miteinander.process.states import Need, Registration

if TYPE_CHECKING:
    from miteinander.process.models import Attendance, Meeting


class Trap(forms.HiddenInput):
    """A field that people do not see and robots fill in."""

    input_type = "text"
    is_hidden = True

    def __init__(self) -> None:
        super().__init__({"hidden": True, "tabindex": "-1", "autocomplete": "off"})


class RegistrationForm(forms.Form):
    """Who may register, for how many there is room, and from when until when."""

    registration = forms.ChoiceField(
        label=_("Who may register"), choices=Registration.choices, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Without a number there is room for everybody."),
    )
    opens = forms.DateTimeField(
        label=_("Registration from"),
        widget=forms.DateTimeInput,
        required=False,
        help_text=_("Empty: at once."),
    )
    until = forms.DateTimeField(
        label=_("Registration until"),
        widget=forms.DateTimeInput,
        required=False,
        help_text=_("Empty: until the meeting begins."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        return {
            "registration": meeting.registration,
            "capacity": meeting.capacity,
            "opens": meeting.registration_from,
            "until": meeting.registration_until,
            "seen": meeting.revision,
        }


class NeedsForm(forms.Form):
    """What somebody needs to take part: nobody has to say why."""

    needs = forms.MultipleChoiceField(
        label=_("What do you need to take part?"),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only the office sees it. We delete it a month after the meeting."),
    )
    language = forms.ChoiceField(
        label=_("Your language"),
        choices=LANGUAGES,
        help_text=_("For the interpreter, and for our mails."),
    )
    needs_note = forms.CharField(
        label=_("What else should we know?"),
        max_length=300,
        required=False,
        help_text=_("Only if you ticked “something else”."),
    )

    def clean(self) -> dict[str, Any]:
        """A note without the tick is meant all the same."""
        data = super().clean() or {}
        needs = list(data.get("needs", []))
        if data.get("needs_note", "").strip() and Need.OTHER not in needs:
            data["needs"] = [*needs, Need.OTHER.value]
        if Need.OTHER in needs and not data.get("needs_note", "").strip():
            self.add_error("needs_note", _("Please say in a few words what you need."))
        return data

    @staticmethod
    def initial_from(row: Attendance | None, *, language: str) -> dict[str, Any]:
        if row is None:
            return {"language": language}
        return {"needs": row.needs, "needs_note": row.needs_note, "language": row.language}


class OpenForm(forms.Form):
    """What every form has that people send without an account: a trap, and a key of its own."""

    homepage = forms.CharField(required=False, widget=Trap)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.pop("homepage", ""):
            raise forms.ValidationError(
                _("A field was filled in that only robots see. Please send the form once more.")
            )
        return data


class RegisterForm(OpenForm, NeedsForm):
    """For people without an account: a name is enough."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("So that we know you at the door. It is shown to nobody else."),
    )
    organisation = forms.CharField(label=_("Institution or group"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "For the confirmation, and if a place becomes free. Without it you get a code to note."
        ),
    )

    field_order = ("name", "organisation", "email", "needs", "language", "needs_note")
