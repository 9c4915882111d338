"""Minutes: written, by point of the agenda or as a whole; what was agreed becomes a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Event
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.search.keep import keep
from miteinander.process.actions.tasks import Agreement, agree
from miteinander.process.models import AgendaItem, Meeting, Minutes
from miteinander.process.queries.passages import mark_of, passages_of, tidy, with_passage
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing

ONE_SITTING = timedelta(hours=1)
"""Passages saved by one function within this time are remembered as one event."""


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
    meeting = _locked(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if not text.strip():
        raise Invalid({"text": _("Please write what was said and agreed.")})
    is_new = minutes is None
    if minutes is None:
        minutes = _begun(meeting, text, language=language, is_example=is_example)
        kind = "minutes.recorded"
    else:
        refuse_approved(minutes)
        if minutes.text != text:
            if seen is None:
                raise Conflict(
                    mine={"text": text}, theirs={"text": minutes.text}, revision=minutes.revision
                )
            minutes = save_if_unchanged(minutes, {"text": text}, seen=seen)
            is_new = True
        kind = "minutes.changed"
    for agreement in agreements:
        _task, made = agree(meeting, agreement, is_example=is_example)
        is_new = is_new or made
    if is_new:
        record(kind, minutes.as_thing(), by=by, at=at, data={"agreements": len(agreements)})
    return minutes


@transaction.atomic
def write_passage(
    item: AgendaItem, *, text: str, seen: str, by: Standing, at: datetime, language: str = "de"
) -> Minutes | None:
    """Write what was said about one point of the agenda; the rest of the minutes stays as it is.

    `seen` is the mark of the passage that the writer had before them (`queries.mark_of`). Two
    people at two points never meet; of two at the same point the second is told:
    :class:`Conflict` carries both passages. Returns None where there was nothing to keep. Saved
    every few seconds, so that only the first saving of an hour is an event.
    """
    meeting = _locked(item.meeting)
    agenda = list(meeting.agenda.order_by("position", "pk"))
    if item not in agenda:
        raise Closed(
            _("This point is no longer on the agenda."),
            do=_("Your text is kept below. Please copy it into another point."),
        )
    titles, number = [each.title for each in agenda], agenda.index(item) + 1
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        refuse_approved(minutes)
    stored = passages_of(minutes.text if minutes else "", titles)[number - 1]
    if tidy(text) == stored:
        return minutes
    if mark_of(stored) != seen:
        raise Conflict(
            mine={"text": text},
            theirs={"text": stored},
            revision=minutes.revision if minutes else 0,
        )
    whole = with_passage(minutes.text if minutes else "", titles, number, text)
    if minutes is None:
        minutes = _begun(meeting, whole, language=language, is_example=meeting.is_example)
        record("minutes.recorded", minutes.as_thing(), by=by, at=at, data={"agreements": 0})
        return minutes
    minutes = save_if_unchanged(minutes, {"text": whole}, seen=minutes.revision)
    lately = Event.objects.filter(
        thing=minutes.pk,
        kind__in=["minutes.recorded", "minutes.changed"],
        function=by.function,
        at__gt=at - ONE_SITTING,
    )
    if lately.exists():
        keep([minutes.pk])
    else:
        record("minutes.changed", minutes.as_thing(), by=by, at=at, data={"agreements": 0})
    return minutes


def refuse_approved(minutes: Minutes) -> None:
    if minutes.state == MinutesState.APPROVED:
        raise Closed(
            _("These minutes have been approved and cannot be changed any more."),
            do=_("What was found later can be added as a dated remark."),
        )


def _locked(meeting: Meeting) -> Meeting:
    """One writer at a time in the minutes of a meeting."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _begun(meeting: Meeting, text: str, *, language: str, is_example: bool) -> Minutes:
    with override(language):
        title = gettext("Minutes: %(meeting)s") % {"meeting": meeting.title}
    return Minutes.objects.create(
        municipality_id=meeting.municipality_id,
        meeting=meeting,
        title=title,
        text=text,
        happened_on=meeting.happened_on,
        precision=meeting.precision,
        language=language,
        is_example=is_example,
    )
