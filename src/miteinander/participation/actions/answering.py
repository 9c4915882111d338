"""Nobody is left without an answer: outcome and reason, one by one or for a theme; the gate."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import Recount, locked, settle
from miteinander.participation.models import Answer, Contribution, Theme
from miteinander.participation.queries.answers import open_answers
from miteinander.participation.states import Outcome
from miteinander.process import actions as process_actions
from miteinander.process.models import Phase


@transaction.atomic
def answer_contribution(
    contribution: Contribution,
    *,
    outcome: Outcome | str,
    reason: str,
    by: Standing,
    at: datetime,
    language: str = "de",
) -> Answer:
    """Say what became of it and why. What was merged into it, or split off it, is answered too.

    Always possible, also after the phase: an answer that comes late is still owed.
    """
    outcome, reason = _checked(outcome, reason)
    contribution = locked(contribution)
    if not contribution.is_counted:
        raise Closed(
            _("This contribution is in the state “%(state)s” now.")
            % {"state": contribution.get_state_display()},
            do=_("Only contributions that were read and accepted are answered."),
        )
    if earlier := Answer.objects.filter(contribution=contribution).first():
        if (earlier.outcome, earlier.reason) == (outcome, reason):
            return earlier  # sent twice
        raise Closed(
            _("This contribution has been answered already: %(reason)s")
            % {"reason": earlier.reason},
            do=_("Answers that were given are not rewritten."),
        )
    recount = Recount()
    answer = _answer(contribution, outcome, reason, language, recount, by=by, at=at)
    settle([contribution.pk], recount)
    recount.write()
    record("contribution.answered", contribution, by=by, at=at, data={"outcome": str(outcome)})
    return answer


@transaction.atomic
def answer_theme(
    theme: Theme,
    *,
    outcome: Outcome | str,
    reason: str,
    by: Standing,
    at: datetime,
    language: str = "de",
) -> int:
    """Give the same answer to every unanswered contribution of a theme; return how many.

    What was merged or split is answered through what it lives on in.
    """
    outcome, reason = _checked(outcome, reason)
    waiting = Contribution.objects.select_for_update(of=("self",)).filter(
        process=theme.process_id,
        is_counted=True,
        theme=theme,
        is_answered=False,
        is_merged=False,
        is_split=False,
    )
    recount = Recount()
    rows = list(waiting.order_by("pk"))
    for row in rows:
        _answer(row, outcome, reason, language, recount, by=by, at=at)
    settle([row.pk for row in rows], recount)
    recount.write()
    if rows:
        data = {"count": len(rows), "outcome": str(outcome)}
        record("theme.answered", theme, by=by, at=at, data=data)
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


def _answer(
    contribution: Contribution,
    outcome: Outcome,
    reason: str,
    language: str,
    recount: Recount,
    *,
    by: Standing,
    at: datetime,
) -> Answer:
    answer = Answer.objects.create(
        contribution=contribution,
        outcome=outcome,
        reason=reason,
        language=language,
        function=by.function,
        answered_at=at,
    )
    if not contribution.is_answered:
        recount.change(contribution, is_answered=True)
    return answer


def _checked(outcome: Outcome | str, reason: str) -> tuple[Outcome, str]:
    wrong = {}
    if outcome not in Outcome.values:
        wrong["outcome"] = _("Please choose what became of it.")
    if not reason.strip():
        wrong["reason"] = _("Please give the reason. The author will read it.")
    if wrong:
        raise Invalid(wrong)
    return Outcome(outcome), reason.strip()
