"""Meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.community.queries import bodies_of
from miteinander.process import queries
from miteinander.process.forms.fields import choose_from, lines_of
from miteinander.process.models import Meeting
from miteinander.process.states import MeetingKind

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput())
    starts_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput())
    ends_at = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("One point per line."),
    )
    participants = forms.IntegerField(
        label=_("How many people came"), min_value=0, max_value=100_000, required=False
    )
    participants_approx = forms.BooleanField(label=_("This is an estimate"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_agenda(self) -> list[str]:
        points = lines_of(self.cleaned_data["agenda"])
        if any(len(point) > 200 for point in points):
            raise forms.ValidationError(_("A point of the agenda may have 200 characters."))
        return points

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        return {
            "title": meeting.title,
            "on": meeting.happened_on,
            "starts_at": meeting.starts_at,
            "ends_at": meeting.ends_at,
            "place": meeting.place,
            "text": meeting.text,
            "agenda": "\n".join(queries.agenda_of(meeting)),
            "participants": meeting.participants,
            "participants_approx": meeting.participants_approx,
            "seen": meeting.revision,
        }


class NewMeetingForm(MeetingForm):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that meets"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("as usual for the body")), *MeetingKind.choices],
    )
    field_order = ("title", "body", "kind", "on", "starts_at", "ends_at", "place", "text", "agenda")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(municipality))
        # Nobody has come yet to a meeting that is being announced.
        del self.fields["participants"], self.fields["participants_approx"]
