"""What a ballot is tied to: the session in which a body votes, the resolution it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import queries
from miteinander.process.models import AgendaItem, Resolution
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from datetime import date

    from miteinander.adoption.models import Ballot
    from miteinander.process.models import Process


class PointField(forms.ModelChoiceField[AgendaItem]):
    def label_from_instance(self, obj: AgendaItem) -> str:
        meeting = obj.meeting
        day = written_day(meeting.happened_on, meeting.precision) if meeting.happened_on else ""
        return f"{day}, {meeting.title}: {obj.position}. {obj.title}"


class PlaceForm(forms.Form):
    item = PointField(
        AgendaItem.objects.none(),
        label=_("Point of the agenda"),
        required=False,
        empty_label=_("on no agenda"),
        error_messages={
            "invalid_choice": _("Please choose a point of a coming session of this body.")
        },
        help_text=_("Points of coming sessions of the body that votes."),
    )

    def __init__(self, *args: Any, ballot: Ballot, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, PointField)
        field.initial = ballot.item_id
        field.queryset = queries.points_ahead(ballot, day=day)


class DecideForm(forms.Form):
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(),
        label=_("Resolution"),
        help_text=_("Resolutions of this process."),
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.resolutions_of(process)
