"""Nobody is left without an answer: for one, for many, for a theme; and the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.core.clock import moment
from miteinander.core.errors import Closed, NotReady, filled
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.clock import count_days
from miteinander.participation.actions.counting import Recount, locked, locked_all, settle
from miteinander.participation.actions.protecting import told_at, told_of
from miteinander.participation.actions.replies import Reply, checked, give
from miteinander.participation.models import Answer, Call, Contribution, Theme
from miteinander.participation.queries.answers import open_answers
from miteinander.participation.states import Outcome
from miteinander.process import actions as process_actions
from miteinander.process.models import Phase, Process

if TYPE_CHECKING:
    from miteinander.community.models import Organisation

LAST_MINUTE = time(23, 59)
"""Of a day: whoever closes a phase in the afternoon does not cut anybody off."""
NAMED = 3
"""So many contributions are named in a refusal."""


@transaction.atomic
def answer_contribution(
    contribution: Contribution,
    *,
    outcome: Outcome | str,
    reason: str,
    by: Standing,
    at: datetime,
    language: str = "de",
    organisation: Organisation | None = None,
    business_of: str = "",
) -> Answer:
    """Say what became of it and why. What was merged into it, or split off it, is answered too.

    Always possible, also after the phase: an answer that comes late is still owed.
    """
    reply = checked(
        outcome=outcome,
        reason=reason,
        language=language,
        organisation=organisation,
        business_of=business_of,
    )
    contribution = locked(contribution)
    _require_counted([contribution])
    if earlier := Answer.objects.filter(contribution=contribution).first():
        if reply.is_in(earlier):
            return earlier  # sent twice
        raise Closed(
            filled(
                _("This contribution has been answered already: %(reason)s"),
                reason=earlier.reason,
            ),
            do=_("Answers that were given are not rewritten. You can add a supplement."),
        )
    recount = Recount()
    answer = give(contribution, reply, recount, by=by, at=at)
    _done([contribution], recount, at=at)
    record(
        "contribution.answered",
        contribution,
        by=by,
        at=told_at(contribution.call, at),
        data={"outcome": str(reply.outcome)},
    )
    return answer


@transaction.atomic
def answer_together(
    process: Process,
    contributions: Iterable[Contribution],
    *,
    outcome: Outcome | str,
    reason: str,
    by: Standing,
    at: datetime,
    additions: Mapping[int, str] | None = None,
    language: str = "de",
    organisation: Organisation | None = None,
    business_of: str = "",
) -> int:
    """Give some contributions the same answer, with a sentence of their own for some of them.

    All or none: when somebody else has answered one of them meanwhile, nothing is sent and the
    refusal names it. Sent twice is once. `additions` goes by the key of the contribution.
    """
    additions = additions or {}
    reply = checked(
        outcome=outcome,
        reason=reason,
        language=language,
        organisation=organisation,
        business_of=business_of,
        additions=additions,
    )
    rows = locked_all(contributions)
    assert all(row.process_id == process.pk for row in rows), "contributions of this process"
    waiting = _still_waiting(rows, reply, additions)
    _give_all(waiting, reply, additions, by=by, at=at)
    if waiting:
        data = {"count": len(waiting), "outcome": str(reply.outcome)}
        record(
            "contributions.answered", process.as_thing(), by=by, at=told_of(waiting, at), data=data
        )
    return len(waiting)


@transaction.atomic
def answer_theme(
    theme: Theme,
    *,
    outcome: Outcome | str,
    reason: str,
    by: Standing,
    at: datetime,
    additions: Mapping[int, str] | None = None,
    language: str = "de",
    organisation: Organisation | None = None,
    business_of: str = "",
) -> int:
    """Give the same answer to every unanswered contribution of a theme; return how many.

    What was merged or split is answered through what it lives on in. Whoever was answered by
    somebody else meanwhile is left as they are, unless a sentence was written for them: then
    nothing is sent, so that the sentence is not lost.
    """
    additions = {pk: text for pk, text in (additions or {}).items() if text.strip()}
    reply = checked(
        outcome=outcome,
        reason=reason,
        language=language,
        organisation=organisation,
        business_of=business_of,
        additions=additions,
    )
    found = Contribution.objects.select_related("call").select_for_update(of=("self",))
    waiting = found.filter(
        process=theme.process_id,
        is_counted=True,
        theme=theme,
        is_answered=False,
        is_merged=False,
        is_split=False,
    )
    rows = list(waiting.order_by("pk"))
    _still_waiting(
        locked_all(Contribution.objects.filter(pk__in=set(additions) - {r.pk for r in rows})),
        reply,
        additions,
    )
    _give_all(rows, reply, additions, by=by, at=at)
    if rows:
        data = {"count": len(rows), "outcome": str(reply.outcome)}
        record("theme.answered", theme, by=by, at=told_of(rows, at), data=data)
    return len(rows)


@transaction.atomic
def close_phase(phase: Phase, *, by: Standing, at: datetime, despite: str = "") -> Phase:
    """Close a phase once everybody has an answer; else refuse and say how many have none.

    `despite` is a public reason: it is logged, and the page of the process shows it.
    """
    despite = despite.strip()
    still_open = open_answers(phase)
    if still_open and not despite:
        points = []
        if still_open.unread:
            points.append(
                ngettext(
                    "%(count)s contribution has not been read yet.",
                    "%(count)s contributions have not been read yet.",
                    still_open.unread,
                )
                % {"count": still_open.unread}
            )
        if still_open.unanswered:
            points.append(
                ngettext(
                    "%(count)s contribution has no answer yet.",
                    "%(count)s contributions have no answer yet.",
                    still_open.unanswered,
                )
                % {"count": still_open.unanswered}
            )
        raise NotReady(points)
    phase = process_actions.close_phase(phase, by=by, at=at)
    _close_calls(phase, by=by, at=at)
    if still_open:  # a reason is only needed, and only published, while something is unanswered
        phase.closed_despite = despite
        phase.save(update_fields=["closed_despite"])
        data = {
            "phase": phase.title,
            "reason": despite,
            "count": still_open.unread + still_open.unanswered,
        }
        record("phase.closed_despite", phase.process.as_thing(), by=by, at=at, data=data)
    return phase


def _close_calls(phase: Phase, *, by: Standing, at: datetime) -> None:
    """What is open in a phase ends with it, and says so: on its page, to whoever still writes."""
    assert phase.closed_on is not None, "closed just now"
    end = moment(phase.closed_on, LAST_MINUTE)
    for call in Call.objects.filter(phase=phase, opens_at__lt=end, closes_at__gt=end):
        call.closes_at = end
        call.revision = F("revision") + 1  # also of what somebody saves at this moment
        call.save(update_fields=["closes_at", "revision"])
        record("call.changed", call, by=by, at=at, data={"fields": ["closes_at"]})


def _require_counted(rows: Iterable[Contribution]) -> None:
    for row in rows:
        if not row.is_counted:
            raise Closed(
                filled(
                    _("This contribution is in the state “%(state)s” now."),
                    state=row.get_state_display(),
                ),
                where=row.title,
                do=_("Only contributions that were read and accepted are answered."),
            )


def _still_waiting(
    rows: list[Contribution], reply: Reply, additions: Mapping[int, str]
) -> list[Contribution]:
    """Those that still wait; raises `Closed` when one has got another answer meanwhile."""
    _require_counted(rows)
    given = {
        answer.contribution_id: answer
        for answer in Answer.objects.filter(contribution__in=rows).select_related("organisation")
    }
    waiting, taken = [], []
    for row in rows:
        mine = reply.with_addition(additions.get(row.pk, ""))
        if row.pk not in given and not row.is_answered:
            waiting.append(row)
        elif row.pk not in given or not mine.is_in(given[row.pk]):
            taken.append(row)
    if taken:
        raise Closed(
            ngettext(
                "%(count)s of these contributions has been answered by somebody else meanwhile.",
                "%(count)s of these contributions have been answered by somebody else meanwhile.",
                len(taken),
            )
            % {"count": len(taken)},
            where=", ".join(f"„{row.title}“" for row in taken[:NAMED]),
            do=_("Nothing was sent. Your words are kept: send them to the others."),
        )
    return waiting


def _give_all(
    rows: list[Contribution],
    reply: Reply,
    additions: Mapping[int, str],
    *,
    by: Standing,
    at: datetime,
) -> None:
    recount = Recount()
    for row in rows:
        give(row, reply.with_addition(additions.get(row.pk, "")), recount, by=by, at=at)
    _done(rows, recount, at=at)


def _done(rows: list[Contribution], recount: Recount, *, at: datetime) -> None:
    settle([row.pk for row in rows], recount)
    recount.write()
    count_days(rows, at=at)
