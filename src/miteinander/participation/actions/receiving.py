"""What people say comes in: online without an account, or typed in for them; and goes out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation, Translation
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.participation.actions.beside import (
    Beside,
    drop_pictures,
    drop_places,
    keep_beside,
)
from miteinander.participation.actions.commenting import require_commentable
from miteinander.participation.actions.counting import Recount, locked, settle
from miteinander.participation.actions.leaving import drop_supports
from miteinander.participation.actions.protecting import blur, told_at
from miteinander.participation.actions.receipts import receipt_code
from miteinander.participation.actions.supplements import let_go_of_answers
from miteinander.participation.actions.words import beginning, cleaned, recognised
from miteinander.participation.models import BlackedOut, Call, Contribution, PassageComment
from miteinander.participation.queries.parts import parts_of
from miteinander.participation.queries.receipts import receipt_hash
from miteinander.participation.states import ROADS, Channel, ContributionState
from miteinander.process.actions import require_public
from miteinander.process.models import Meeting, Process

IDENTIFIER_TRIES = 3
NOTHING_BESIDE = Beside()


def submit_contribution(
    call: Call,
    *,
    text: str,
    may_publish: bool,
    form_key: str,
    by: Standing,
    at: datetime,
    language: str = "",
    page_language: str = "de",
    channel: Channel = Channel.ONLINE,
    replies_to: Contribution | None = None,
    beside: Beside = NOTHING_BESIDE,
    is_example: bool = False,
) -> tuple[Contribution, str]:
    """Take in what somebody says, without asking who; return it with its receipt code.

    With `replies_to` it is a comment on what somebody else said: received, read first and
    answered like everything else.

    The same form sent twice, also by two threads at once, is one contribution with one
    receipt, even when the call has closed in between. Nothing about the sender is stored: of
    `by` only the municipality is used, also when a signed-in person contributes.
    """
    # Outside the transaction: recognising may load a model, and SQLite has one writer.
    text = cleaned(text)
    language = language or recognised(text, otherwise=page_language)
    parts = [str(call.pk), text, str(may_publish)]
    parts += [*([str(replies_to.pk)] if replies_to else []), *beside.parts()]
    code = receipt_code(form_key, *parts)
    return take_in(
        call,
        text=text,
        language=language,
        may_publish=may_publish,
        channel=channel,
        replies_to=replies_to,
        beside=beside,
        code=code,
        by=by,
        at=at,
        is_example=is_example,
    ), code


def _nobody(by: Standing) -> Standing:
    """What may be remembered of who speaks: in which municipality, nothing else."""
    return Standing(municipality=by.municipality, at=by.at)


def require_open(call: Call, at: datetime) -> None:
    """Refuse a call that is not open; reads `phase` (select it)."""
    if call.is_open(at, localdate(at)):
        return
    if at < call.opens_at:
        raise Closed(_("This call has not begun yet."), do=_("Please come back when it is open."))
    raise Closed(
        _("This call is closed. It takes no more answers."),
        do=_("You can still write to the office. What you typed is kept below: please copy it."),
    )


@transaction.atomic
def take_in(
    call: Call,
    *,
    text: str,
    language: str,
    may_publish: bool,
    code: str,
    by: Standing,
    at: datetime,
    channel: Channel = Channel.ONLINE,
    replies_to: Contribution | None = None,
    beside: Beside = NOTHING_BESIDE,
    is_example: bool = False,
    state: ContributionState = ContributionState.SUBMITTED,
    check: Callable[[Call, datetime], None] | None = require_open,
) -> Contribution:
    """Store what somebody without an account says, once; `check` refuses what comes too late.

    In protected mode the day is noted, and no time.
    """
    by = _nobody(by)
    hashed = receipt_hash(code)
    if earlier := Contribution.objects.filter(receipt_hash=hashed).first():
        return earlier
    call = Call.objects.select_related("phase").get(pk=call.pk)
    if check is not None:
        check(call, at)
    if replies_to is not None:
        require_commentable(replies_to, call)
    for last_try in (*[False] * (IDENTIFIER_TRIES - 1), True):
        try:
            with transaction.atomic():
                contribution = Contribution.objects.create(
                    municipality_id=call.municipality_id,
                    process_id=call.process_id,
                    call=call,
                    title=beginning(text),
                    text=text,
                    language=language,
                    channel=channel,
                    may_publish=may_publish,
                    state=state,
                    replies_to=replies_to,
                    receipt_hash=hashed,
                    happened_on=localdate(at),
                    is_example=is_example,
                )
                blur(contribution, call, at)
            break
        except IntegrityError:
            # Either the same form was faster in another thread, or the identifier was taken.
            if earlier := Contribution.objects.filter(receipt_hash=hashed).first():
                return earlier
            if last_try:
                raise
    if replies_to is None:
        keep_beside(contribution, beside, call)
    recount = Recount()
    recount.came(contribution)
    recount.write()
    record("contribution.submitted", contribution, by=by, at=told_at(call, at))
    return contribution


def recorded_code(process: Process, text: str, form_key: str) -> str:
    """The receipt code of what was entered with this form, to be printed or read out."""
    return receipt_code(form_key, str(process.pk), cleaned(text))


@transaction.atomic
def record_contribution(
    process: Process,
    *,
    text: str,
    channel: Channel,
    by: Standing,
    at: datetime,
    call: Call | None = None,
    meeting: Meeting | None = None,
    may_publish: bool = True,
    language: str = "de",
    happened_on: date | None = None,
    form_key: str = "",
    about: str = "",
    is_example: bool = False,
) -> Contribution:
    """Enter a card, a letter or a call on the phone for somebody.

    Whoever types it in has read it: it is published at once if its author agreed, else it
    stays with the office. Possible while any phase lets people contribute or gathers. With a
    `form_key` the same card of the same form is entered once, however often it is sent. What
    is said in a meeting is sewn to it; `about` names the point of its agenda.
    """
    text = cleaned(text)
    hashed = receipt_hash(recorded_code(process, text, form_key)) if form_key else None
    if hashed and (earlier := Contribution.objects.filter(receipt_hash=hashed).first()):
        return earlier
    day = happened_on or localdate(at)
    if not any(process.permits(what, localdate(at)) for what in ("contribute", "gather")):
        raise Closed(
            _("No phase that runs now permits contributions."),
            do=_("Check the dates of the phases of the process."),
        )
    require_public(process)
    assert call is None or call.process_id == process.pk, "a call of this process"
    assert meeting is None or meeting.process_id == process.pk, "a meeting of this process"
    state = ContributionState.PUBLISHED if may_publish else ContributionState.INTERNAL
    contribution = Contribution.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        call=call,
        meeting=meeting,
        title=beginning(text),
        text=text,
        language=language,
        channel=channel,
        may_publish=may_publish,
        state=state,
        is_public=may_publish and (call is None or call.is_public),  # the process is: see above
        receipt_hash=hashed,
        happened_on=day,
        is_example=is_example,
    )
    recount = Recount()
    recount.came(contribution)
    recount.write()
    if meeting is not None and channel == Channel.MEETING:
        link(contribution, meeting.as_thing(), Relation.DISCUSSED_AT, on=day, note=about)
    blur(contribution, call, at)
    when = told_at(call, at)
    record("contribution.recorded", contribution, by=by, at=when, data={"channel": str(channel)})
    return contribution


@transaction.atomic
def withdraw_contribution(
    contribution: Contribution, *, by: Standing, at: datetime
) -> Contribution:
    """Take back what one has said: whoever holds the receipt may, at any time.

    The words go, here, in parts that were cut out of them and in translations; the thing
    stays as an empty place, so that no thread leads into nothing.
    """
    contribution = locked(contribution)
    if taken_back(contribution):
        when = told_at(contribution.call, at)
        record("contribution.withdrawn", contribution, by=_nobody(by), at=when)
    return contribution


def taken_back(contribution: Contribution) -> bool:
    """Empty a locked contribution, its parts and translations; False where that was done before."""
    if ContributionState.WITHDRAWN not in ROADS[contribution.state]:
        return False  # twice is once
    recount = Recount()
    gone = [contribution, *parts_of(contribution)]
    for row in gone:
        recount.change(row, state=ContributionState.WITHDRAWN, text="", title="", refusal="")
    drop_supports(gone)
    drop_pictures(gone)
    drop_places(gone)
    Translation.objects.filter(thing_id__in=[row.pk for row in gone]).delete()
    BlackedOut.objects.filter(contribution__in=gone).delete()
    PassageComment.objects.filter(contribution__in=gone).update(quote="", proposal="")
    let_go_of_answers(gone)
    settle([row.pk for row in gone], recount)
    recount.write()
    keep(row.pk for row in gone)
    return True
