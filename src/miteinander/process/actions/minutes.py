"""Minutes: written and approved; what was agreed becomes a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Closed, Conflict, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.models import Meeting, Minutes, Task
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed in a meeting: what, who, until when."""

    what: str
    owner_function: str
    due: date | None = None


@transaction.atomic
def record_minutes(
    meeting: Meeting,
    *,
    text: str,
    by: Standing,
    at: datetime,
    agreements: Sequence[Agreement] = (),
    seen: int | None = None,
    language: str = "de",
    is_example: bool = False,
) -> Minutes:
    """Write the minutes of a meeting, or go on writing them; agreements become tasks.

    `seen` is the revision that the editor had before them, None where there were no minutes.
    Whoever saved in between is not overwritten: :class:`Conflict` carries both texts. Sending
    the same text and agreements twice changes nothing the second time.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if not text.strip():
        raise Invalid({"text": _("Please write what was said and agreed.")})
    is_new = minutes is None
    if minutes is None:
        minutes = Minutes.objects.create(
            municipality_id=meeting.municipality_id,
            meeting=meeting,
            title=_title(meeting, language),
            text=text,
            happened_on=meeting.happened_on,
            precision=meeting.precision,
            language=language,
            is_example=is_example,
        )
        kind = "minutes.recorded"
    else:
        _refuse_approved(minutes)
        if minutes.text != text:
            if seen is None:
                raise Conflict(
                    mine={"text": text}, theirs={"text": minutes.text}, revision=minutes.revision
                )
            minutes = save_if_unchanged(minutes, {"text": text}, seen=seen)
            is_new = True
        kind = "minutes.changed"
    for agreement in agreements:
        _task, made = Task.objects.get_or_create(
            meeting=meeting,
            what=agreement.what.strip(),
            owner_function=agreement.owner_function.strip(),
            defaults={"due": agreement.due, "is_example": is_example},
        )
        is_new = is_new or made
    if is_new:
        record(kind, minutes.as_thing(), by=by, at=at, data={"agreements": len(agreements)})
    return minutes


@transaction.atomic
def approve_minutes(
    minutes: Minutes, *, by: Standing, at: datetime, seen: int | None = None, on: date | None = None
) -> Minutes:
    """Approve minutes: their wording is frozen, and public where the meeting is.

    `seen` is the revision that was read: nobody approves a text that changed meanwhile.
    """
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    minutes = Minutes.objects.select_related("meeting").get(pk=minutes.pk)
    _refuse_approved(minutes)
    day = minutes.meeting.happened_on
    if day is not None and day > localdate(at):
        raise NotReady([_("The meeting has not taken place yet.")])
    changes = {
        "state": MinutesState.APPROVED,
        "approved_on": on or localdate(at),
        "is_public": minutes.meeting.is_public,
    }
    try:
        approved = save_if_unchanged(
            minutes, changes, seen=minutes.revision if seen is None else seen
        )
    except Conflict as refusal:
        raise Closed(
            _("The minutes were changed while you were reading them."),
            do=_("Please read them once more, then approve them."),
        ) from refusal
    record("minutes.approved", approved.as_thing(), by=by, at=at)
    return approved


def _title(meeting: Meeting, language: str) -> str:
    with override(language):
        return _now("Minutes: %(meeting)s") % {"meeting": meeting.title}


def _refuse_approved(minutes: Minutes) -> None:
    if minutes.state == MinutesState.APPROVED:
        raise Closed(
            _("These minutes have been approved and cannot be changed any more."),
            do=_("Please put a correction into the minutes of the next meeting."),
        )
