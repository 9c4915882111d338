"""Meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.community.queries import bodies_of
from miteinander.process import queries
from miteinander.process.actions import Point
from miteinander.process.forms.fields import choose_from, lines_of
from miteinander.process.models import Meeting
from miteinander.process.states import REMIND_DAYS, MeetingKind

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput())
    starts_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput())
    ends_at = forms.TimeField(
        label=_("To"),
        required=False,
        widget=forms.TimeInput(),
        help_text=_("An end before the beginning means: on the next day."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    access_notes = forms.CharField(
        label=_("How to get in"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=_("Steps, lift, induction loop, quiet room: what somebody has to know before."),
    )
    link = forms.URLField(
        label=_("Link for those who join from elsewhere"),
        required=False,
        assume_scheme="https",
        help_text=_("Only members and whoever is invited see it; it is never public."),
    )
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("One point per line; how long it takes may follow: Welcome (10 min)"),
    )
    remind_days = forms.IntegerField(
        label=_("Reminder, days before"),
        min_value=0,
        max_value=30,
        required=False,
        initial=REMIND_DAYS,
        help_text=_("0 means: no reminder. Left empty, it goes out two days before."),
    )
    is_closed = forms.BooleanField(
        label=_("This meeting is not public"),
        required=False,
        help_text=_("Even where the body is: only members see it."),
    )
    participants = forms.IntegerField(
        label=_("How many people came"), min_value=0, max_value=100_000, required=False
    )
    participants_approx = forms.BooleanField(label=_("This is an estimate"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_remind_days(self) -> int:
        days: int | None = self.cleaned_data["remind_days"]
        return REMIND_DAYS if days is None else days

    def clean_agenda(self) -> list[Point]:
        points = [Point.read(line) for line in lines_of(self.cleaned_data["agenda"])]
        if any(len(point.title) > 200 for point in points):
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
            "access_notes": meeting.access_notes,
            "link": meeting.link,
            "remind_days": meeting.remind_days,
            "is_closed": meeting.is_closed,
            "text": meeting.text,
            "agenda": "\n".join(
                Point(item.title, item.minutes).written() for item in queries.points_of(meeting)
            ),
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
    field_order = (
        "title", "body", "kind", "on", "starts_at", "ends_at", "place", "access_notes", "link",
        "text", "agenda",
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(municipality))
        # Nobody has come yet to a meeting that is being announced.
        del self.fields["participants"], self.fields["participants_approx"]

    @staticmethod
    def initial_like(meeting: Meeting) -> dict[str, Any]:
        """What the next meeting takes over from this one: everything but the day."""
        taken = MeetingForm.initial_from(meeting)
        for name in ("on", "participants", "participants_approx", "seen"):
            del taken[name]
        return {**taken, "body": meeting.body, "kind": meeting.meeting_kind}
