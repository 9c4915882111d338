"""Holding a meeting: which point is being dealt with, and which have been."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.process.models import AgendaItem, Meeting, Minutes
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


@transaction.atomic
def begin_item(item: AgendaItem, *, by: Standing, at: datetime) -> AgendaItem:
    """Begin a point; the one before it has been dealt with. Twice changes nothing.

    A point that was dealt with may be taken up again; its time begins anew.
    """
    item = _locked(item)
    if item.is_current:
        return item
    AgendaItem.objects.filter(
        meeting=item.meeting_id, began_at__isnull=False, ended_at=None
    ).update(ended_at=at)
    item.began_at, item.ended_at = at, None
    item.save(update_fields=["began_at", "ended_at"])
    thing = item.meeting.as_thing()
    record("meeting.item_begun", thing, by=by, at=at, data={"item": item.title})
    return item


@transaction.atomic
def end_item(item: AgendaItem, *, by: Standing, at: datetime) -> AgendaItem:
    """Say that a point has been dealt with, also one that was never begun."""
    item = _locked(item)
    if item.is_done:
        return item
    item.began_at, item.ended_at = item.began_at or at, at
    item.save(update_fields=["began_at", "ended_at"])
    thing = item.meeting.as_thing()
    record("meeting.item_ended", thing, by=by, at=at, data={"item": item.title})
    return item


def _locked(item: AgendaItem) -> AgendaItem:
    Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    if Minutes.objects.filter(meeting=item.meeting_id, state=MinutesState.APPROVED).exists():
        raise Closed(
            _("The minutes of this meeting have been approved. It is over."),
            do=_("What was found later can be added as a dated remark."),
        )
    rows = AgendaItem.objects.select_related("meeting__municipality")
    return rows.get(pk=item.pk)
