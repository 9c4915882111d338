"""After the meeting: minutes are handed round, corrected, approved, and stay as they are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from miteinander.core.canonical import CHECKSUM, canonical, checksum_of
from miteinander.core.errors import Closed, Conflict, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.process.actions.minutes import refuse_approved
from miteinander.process.models import Correction, Meeting, Minutes, Remark
from miteinander.process.queries.sheets import content_of
from miteinander.process.states import ApprovedBy, CorrectionState, MinutesState
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@transaction.atomic
def hand_round_minutes(
    minutes: Minutes, *, by: Standing, at: datetime, until: date | None = None
) -> Minutes:
    """Hand a draft round: from now on its body may propose corrections, until a day.

    Without `until` it is as many days as the body has for it. Members are told by mail. Handing
    round again with another day moves the day; with the same day it changes nothing.
    """
    minutes = _locked(minutes)
    refuse_approved(minutes)
    today = localdate(at)
    if minutes.meeting.happened_on is not None and minutes.meeting.happened_on > today:
        raise NotReady([_("The meeting has not taken place yet.")])
    until = until or today + timedelta(days=minutes.meeting.body.correction_days)
    if until < today:
        raise Invalid({"until": _("This day has passed. Please choose a later one.")})
    if minutes.state == MinutesState.ROUND and minutes.corrections_until == until:
        return minutes
    minutes.state, minutes.corrections_until = MinutesState.ROUND, until
    minutes.handed_round_on = minutes.handed_round_on or today
    minutes.save(update_fields=["state", "corrections_until", "handed_round_on"])
    data = {"until": until.isoformat()}
    record("minutes.handed_round", minutes.as_thing(), by=by, at=at, data=data)
    return minutes


@transaction.atomic
def propose_correction(
    minutes: Minutes, *, passage: str, proposal: str, reason: str, by: Standing, at: datetime
) -> Correction:
    """Ask to put a passage differently; the same proposal of the same person is kept once."""
    minutes = _locked(minutes)
    refuse_approved(minutes)
    if minutes.state != MinutesState.ROUND or minutes.corrections_until is None:
        raise Closed(
            _("These minutes have not been handed round yet."),
            do=_("Corrections are possible from then on; you will be told by mail."),
        )
    if localdate(at) > minutes.corrections_until:
        raise Closed(
            gettext("The time for corrections ended on %(day)s.")
            % {"day": written_day(minutes.corrections_until)},
            do=_("Please raise it in the meeting in which the minutes are approved."),
        )
    words = {"passage": passage.strip(), "proposal": proposal.strip(), "reason": reason.strip()}
    empty: dict[str, Text] = {
        name: _("Please fill in this field.") for name, word in words.items() if not word
    }
    if empty:
        raise Invalid(empty)
    same = minutes.corrections.filter(**words, person=by.person, function=by.function)
    if earlier := same.first():
        return earlier
    correction = Correction.objects.create(
        minutes=minutes,
        **words,
        function=by.function,
        person_id=by.person,
        proposed_at=at,
    )
    record("minutes.correction_proposed", minutes.as_thing(), by=by, at=at)
    return correction


@transaction.atomic
def take_correction(
    correction: Correction, *, by: Standing, at: datetime, response: str = ""
) -> Correction:
    """Take a correction: where its passage stands once in the minutes, it is put in its place.

    Where it does not, whoever keeps the minutes changes them by hand; the answer says so.
    """
    minutes = _locked(correction.minutes)
    correction = _open(correction, CorrectionState.TAKEN)
    if correction.state == CorrectionState.TAKEN:
        return correction
    refuse_approved(minutes)
    if minutes.text.count(correction.passage) == 1:
        text = minutes.text.replace(correction.passage, correction.proposal)
        save_if_unchanged(minutes, {"text": text}, seen=minutes.revision)
    return _settled(correction, CorrectionState.TAKEN, response, by=by, at=at)


@transaction.atomic
def decline_correction(
    correction: Correction, *, response: str, by: Standing, at: datetime
) -> Correction:
    """Do not take a correction; the reason is shown to whoever proposed it and to the body."""
    minutes = _locked(correction.minutes)
    correction = _open(correction, CorrectionState.DECLINED)
    if correction.state == CorrectionState.DECLINED:
        return correction
    refuse_approved(minutes)
    if not response.strip():
        raise Invalid({"response": _("Please say why the correction is not taken.")})
    return _settled(correction, CorrectionState.DECLINED, response, by=by, at=at)


@transaction.atomic
def approve_minutes(
    minutes: Minutes,
    *,
    by: Standing,
    at: datetime,
    seen: int | None = None,
    on: date | None = None,
    way: ApprovedBy | str = ApprovedBy.BODY,
    approved_in: Meeting | None = None,
) -> Minutes:
    """Approve minutes: everything in them is frozen, and public where the meeting is.

    Either the body said so in a meeting (`approved_in`, where that is known here), or nobody
    objected within the time for corrections. Every correction must have its answer before.
    `seen` is the revision that was read: nobody approves a text that changed meanwhile.
    """
    minutes = _locked(minutes)
    refuse_approved(minutes)
    way, day = ApprovedBy(way), on or localdate(at)
    if points := _open_points(minutes, way=way, day=day, at=at):
        raise NotReady(points)
    _check_meeting(minutes.meeting, approved_in, way=way, day=day)
    if seen is not None and seen != minutes.revision:
        raise _changed_meanwhile()
    minutes.approved_on, minutes.approved_by, minutes.approved_in = day, way, approved_in
    content = content_of(minutes)
    checksum = checksum_of(content)
    changes = {
        "state": MinutesState.APPROVED,
        "approved_on": day,
        "approved_by": way,
        "approved_in": approved_in,
        "is_public": minutes.meeting.is_public,
        "frozen": canonical({**content, CHECKSUM: checksum}).decode(),
        "checksum": checksum,
    }
    try:
        approved = save_if_unchanged(minutes, changes, seen=minutes.revision)
    except Conflict as refusal:
        raise _changed_meanwhile() from refusal
    record("minutes.approved", approved.as_thing(), by=by, at=at, data={"checksum": checksum})
    return approved


@transaction.atomic
def add_remark(minutes: Minutes, *, text: str, by: Standing, at: datetime) -> Remark:
    """Add to approved minutes what was found later: dated, beside them; sent twice, kept once."""
    minutes = _locked(minutes)
    if minutes.state != MinutesState.APPROVED:
        raise Closed(
            _("These minutes have not been approved yet."),
            do=_("Please write it into the minutes themselves."),
        )
    if not text.strip():
        raise Invalid({"text": _("Please write the remark.")})
    today = localdate(at)
    remark, made = Remark.objects.get_or_create(
        minutes=minutes, text=text.strip(), function=by.function, defaults={"made_on": today}
    )
    if made:
        record("minutes.remarked", minutes.as_thing(), by=by, at=at)
    return remark


# --- what fits --------------------------------------------------------------------------------


def _locked(minutes: Minutes) -> Minutes:
    Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    rows = Minutes.objects.select_related("meeting__body", "meeting__municipality")
    return rows.get(pk=minutes.pk)


def _open_points(minutes: Minutes, *, way: ApprovedBy, day: date, at: datetime) -> list[Text]:
    points: list[Text] = []
    today, held_on = localdate(at), minutes.meeting.happened_on
    if held_on is not None and held_on > day:
        points.append(_("The meeting has not taken place yet."))
    if day > today:
        points.append(_("The day of the approval lies ahead."))
    waiting = minutes.corrections.filter(state=CorrectionState.OPEN).count()
    if waiting:
        sentence = ngettext(
            "%(count)s correction waits for an answer.",
            "%(count)s corrections wait for an answer.",
            waiting,
        )
        points.append(sentence % {"count": waiting})
    if way != ApprovedBy.SILENCE:
        return points
    if minutes.corrections_until is None:
        points.append(_("The minutes have not been handed round for corrections."))
    elif today <= minutes.corrections_until:
        last = written_day(minutes.corrections_until)
        points.append(gettext("Corrections are possible until %(day)s.") % {"day": last})
    return points


def _check_meeting(
    held: Meeting, approved_in: Meeting | None, *, way: ApprovedBy, day: date
) -> None:
    if approved_in is None:
        return
    assert approved_in.municipality_id == held.municipality_id, "a meeting of another municipality"
    if way != ApprovedBy.BODY:
        raise Invalid({"approved_in": _("Without a meeting of the body, please choose none.")})
    if approved_in.body_id != held.body_id:
        raise Invalid({"approved_in": _("In this meeting another body met.")})
    if approved_in.happened_on is not None and approved_in.happened_on != day:
        raise Invalid({"on": _("This meeting was on another day.")})


def _open(correction: Correction, wanted: CorrectionState) -> Correction:
    """Read it once more: answered the same way it stays as it is, answered the other it is kept."""
    correction = Correction.objects.select_related("minutes").get(pk=correction.pk)
    if correction.state not in (CorrectionState.OPEN, wanted):
        raise Closed(
            _("This correction has been answered already."),
            do=_("Both stay as they are. Please edit the minutes if something is still wrong."),
        )
    return correction


def _settled(
    correction: Correction, state: CorrectionState, response: str, *, by: Standing, at: datetime
) -> Correction:
    correction.state, correction.response, correction.settled_at = state, response.strip(), at
    correction.save(update_fields=["state", "response", "settled_at"])
    thing = correction.minutes.as_thing()
    record(f"minutes.correction_{state}", thing, by=by, at=at)
    return correction


def _changed_meanwhile() -> Closed:
    return Closed(
        _("The minutes were changed while you were reading them."),
        do=_("Please read them once more, then approve them."),
    )
