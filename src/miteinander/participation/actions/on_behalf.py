"""What the office enters for somebody: a card, a letter, what was said on the phone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.participation.actions.beside import Beside, Place, keep_beside
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.guards import require_enterable
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.receiving import (
    record_contribution,
    recorded_code,
    taken_back,
)
from miteinander.participation.actions.sorting import gather
from miteinander.participation.actions.words import cleaned, recognised
from miteinander.participation.models import CardRow, ContributionPlace, Passage, PassageComment
from miteinander.participation.states import Channel
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.participation.models import Call, Contribution, Theme

UNDONE_WITHIN = timedelta(days=1)


def enter_on_behalf(
    call: Call,
    *,
    text: str,
    channel: Channel,
    form_key: str,
    by: Standing,
    at: datetime,
    may_publish: bool = False,
    language: str = "",
    happened_on: date | None = None,
    theme: Theme | None = None,
    wall: str = "",
    passage: int | None = None,
    place: Place | None = None,
) -> tuple[Contribution, str]:
    """Enter what somebody answered otherwise; return it with the code of its receipt.

    Paper that was handed in while the call was open is entered until its answers are due: the
    day on which it came is asked for then. The same form sent twice is one contribution. With
    `passage` it is about the one of the draft that has this number.
    """
    # Outside the transaction: recognising may load a model, and SQLite has one writer.
    text = cleaned(text)
    language = language or recognised(text, otherwise=call.language)
    day = _day(call, happened_on, at)
    # Part of what was entered: about another passage or place it is another contribution.
    beside = [str(passage)] if passage is not None else []
    beside += [repr(place)] if place else []
    form_key = "\x1f".join((form_key, *beside))
    contribution = _enter(
        call, text=text, channel=channel, form_key=form_key, may_publish=may_publish,
        language=language, day=day, theme=theme, wall=wall.strip(), passage=passage, place=place,
        by=by, at=at,
    )  # fmt: skip
    return contribution, recorded_code(call.process, text, form_key)


@transaction.atomic
def _enter(
    call: Call,
    *,
    text: str,
    channel: Channel,
    form_key: str,
    may_publish: bool,
    language: str,
    day: date,
    theme: Theme | None,
    wall: str,
    passage: int | None,
    place: Place | None,
    by: Standing,
    at: datetime,
) -> Contribution:
    contribution = record_contribution(
        call.process,
        text=text,
        channel=channel,
        call=call,
        may_publish=may_publish,
        language=language,
        happened_on=day,
        form_key=form_key,
        by=by,
        at=at,
    )
    if wall and channel == Channel.CARD:
        CardRow.objects.get_or_create(
            contribution=contribution, defaults={"call": call, "wall": wall}
        )
    if passage is not None:
        PassageComment.objects.get_or_create(
            contribution=contribution, defaults={"passage": _passage(call, passage)}
        )
    if place and not ContributionPlace.objects.filter(contribution=contribution).exists():
        keep_beside(contribution, Beside(place=place), call)
    if theme is not None:
        gather([contribution], theme, by=by, at=at)
    return contribution


def _passage(call: Call, number: int) -> Passage:
    """Kept from being replaced until the remark is stored."""
    rows = Passage.objects.select_for_update(of=("self",)).filter(call=call, number=number)
    if (found := rows.first()) is None:
        raise Invalid({"passage": _("The draft has no passage with this number.")})
    return found


def _day(call: Call, happened_on: date | None, at: datetime) -> date:
    """On which day it came in; refused where the call was not open then."""
    today = localdate(at)
    require_enterable(call, at)
    first, last = localdate(call.opens_at), min(today, localdate(call.closes_at))
    if happened_on is None and at >= call.closes_at:
        raise Invalid(
            {
                "happened_on": _(
                    "The call closed on %(day)s. Please say on which day this was handed in."
                )
                % {"day": written_day(call.closes_at)}
            }
        )
    day = happened_on or today
    if not first <= day <= last:
        raise Invalid(
            {
                "happened_on": _("The call took answers from %(first)s to %(last)s.")
                % {"first": written_day(first), "last": written_day(last)}
            }
        )
    return day


def can_be_undone(entry: Contribution, at: datetime) -> bool:
    """Whether what the office entered may still be taken back."""
    return not entry.is_answered and at - entry.created <= UNDONE_WITHIN


@transaction.atomic
def undo_entry(contribution: Contribution, *, by: Standing, at: datetime) -> Contribution:
    """Take back what was entered by mistake, on the same day and before it is answered."""
    contribution = locked(contribution)
    if contribution.channel == Channel.ONLINE:
        raise Closed(
            _("Somebody sent this themselves. Only they can take it back."),
            do=_("Do not publish it, if it must not be read."),
        )
    if not can_be_undone(contribution, at):
        raise Closed(
            _("This was entered more than a day ago, or it has been answered."),
            do=_("Split or merge it on the board instead."),
        )
    if taken_back(contribution):
        CardRow.objects.filter(contribution=contribution).delete()
        PassageComment.objects.filter(contribution=contribution).delete()
        when = told_at(contribution.call, at)
        record("contribution.entry_undone", contribution, by=by, at=when)
    return contribution
