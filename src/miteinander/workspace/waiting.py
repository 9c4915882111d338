"""What waits for somebody: gathered from every stage, oldest promise first (*Heute*)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.adoption.queries import (
    ballots_to_vote_in,
    ballots_waiting_for_papers,
    objections_waiting,
    own_seat,
    reviews_waiting,
)
from miteinander.community.queries import bodies_without_lead, terms_ending
from miteinander.monitoring.queries import silent_measures
from miteinander.participation.queries import calls_with_open_answers, figures_of
from miteinander.process.queries import (
    phases_to_close,
    processes_visible_to,
)
from miteinander.strategy.queries import leads_to_answer, measures_waiting_for_lead
from miteinander.strategy.states import LeadState
from miteinander.ui.shapes import Todo
from miteinander.workspace.call_todos import calls_closing
from miteinander.workspace.drafting_todos import drafting_todos
from miteinander.workspace.gaps_ahead import gaps_ahead
from miteinander.workspace.meeting_todos import agreed_and_minuted, asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.participation.models import Call
    from miteinander.participation.queries import Figures
    from miteinander.strategy.models import Measure

MOST = 30
"""So many tasks and minutes are named one by one; *Heute* is a page, not a register."""


def waiting_for(town: Municipality, standing: Standing) -> list[Todo]:
    """Everything that waits for this person; the number of queries does not depend on rows."""
    today = localdate(standing.at)
    todos = [*_for_everybody(town, standing, today)]
    if standing.is_coordinator:
        todos += _for_the_coordination(town, standing, today)
    return sorted(todos, key=lambda t: (t.due or date.max, t.waiting_since or date.max))


def _for_everybody(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    yield from asked(town, standing, today)
    yield from agreed_and_minuted(town, standing, today)
    yield from drafting_todos(town, standing)
    for measure in leads_to_answer(town, standing)[:MOST]:
        yield _lead_to_answer(measure)
    for ballot in ballots_to_vote_in(town, standing):
        yield Todo(
            title=_("Vote: %(ballot)s") % {"ballot": ballot.title},
            text=ballot.body.title,
            url=reverse("workspace:vote_in", args=[ballot.identifier]),
            action=_("Vote"),
            due=localdate(ballot.closes_at),
            is_example=ballot.is_example,
        )
    seat = own_seat(standing)
    if seat is not None and (count := reviews_waiting(town, seat)):
        yield Todo(
            title=ngettext(
                "%(count)d measure waits for your voice",
                "%(count)d measures wait for your voice",
                count,
            )
            % {"count": count},
            text=seat.function,
            url=reverse("workspace:review"),
            action=_("Agree or object"),
        )


def _lead_to_answer(measure: Measure) -> Todo:
    """Asked whether one takes the lead, or what a lead wants to be changed before."""
    words = {"measure": f"{measure.number} {measure.title}".strip()}
    if measure.lead_state == LeadState.WISHED:
        return Todo(
            title=_("A lead asks for a change: %(measure)s") % words,
            text=measure.lead_reason,
            url=reverse("workspace:measure_answer_wish", args=[measure.identifier]),
            action=_("Answer"),
            waiting_since=measure.lead_answered_on,
            is_example=measure.is_example,
        )
    return Todo(
        title=_("Take the lead? %(measure)s") % words,
        text=measure.lead.title if measure.lead else "",
        url=reverse("workspace:measure_answer_lead", args=[measure.identifier]),
        action=_("Answer"),
        is_example=measure.is_example,
    )


def _to_answer(call: Call, owed: Figures, today: date) -> Todo:
    """Promised for a day; overdue after it, and then what nobody has read yet counts as well."""
    is_late = call.answer_by < today
    unread = owed.waiting if is_late else 0
    count = owed.unanswered + unread
    also = ngettext(
        "%(count)d of them has not been read yet",
        "%(count)d of them have not been read yet",
        unread,
    )
    return Todo(
        title=ngettext(
            "%(count)d contribution needs an answer",
            "%(count)d contributions need an answer",
            count,
        )
        % {"count": count},
        text=f"{call.title}: {also % {'count': unread}}" if unread else call.title,
        url=reverse("workspace:answers", args=[call.process.identifier]),
        action=_("Answer"),
        due=call.answer_by,
        is_late=is_late,
        is_example=call.is_example,
    )


def _for_the_coordination(town: Municipality, standing: Standing, today: date) -> Iterator[Todo]:
    processes = list(processes_visible_to(town, standing))
    numbers = figures_of(processes)
    for process in processes:
        if unread := numbers[process.pk].waiting:
            yield Todo(
                title=ngettext(
                    "%(count)d contribution waits to be read",
                    "%(count)d contributions wait to be read",
                    unread,
                )
                % {"count": unread},
                text=process.title,
                url=reverse("workspace:moderation", args=[process.identifier]),
                action=_("Read"),
                due=today,
            )
    yield from calls_closing(town, standing)
    yield from gaps_ahead(town, standing, today)
    promised = calls_with_open_answers(town, day=today)
    for call, owed in promised:
        yield _to_answer(call, owed, today)
    for process in processes:
        with_call = sum(owed.unanswered for call, owed in promised if call.process_id == process.pk)
        if count := numbers[process.pk].unanswered - with_call:
            yield Todo(
                title=ngettext(
                    "%(count)d contribution without a call needs an answer",
                    "%(count)d contributions without a call need an answer",
                    count,
                )
                % {"count": count},
                text=process.title,
                url=reverse("workspace:answers", args=[process.identifier]),
                action=_("Answer"),
                is_example=process.is_example,
            )
    for phase in phases_to_close(town, today):
        yield Todo(
            title=_("Close the phase “%(phase)s”") % {"phase": phase.title},
            text=phase.process.title,
            url=reverse("workspace:phase_close", args=[phase.pk]),
            action=_("Close the phase"),
            due=phase.ends,
            is_late=True,
        )
    leaderless = measures_waiting_for_lead(town).count()
    if leaderless:
        yield Todo(
            title=ngettext(
                "%(count)d measure has no lead that has accepted",
                "%(count)d measures have no lead that has accepted",
                leaderless,
            )
            % {"count": leaderless},
            url=reverse("workspace:concepts"),
            action=_("Ask"),
        )
    for seat in terms_ending(town, today)[:MOST]:
        yield Todo(
            title=_("A term ends: %(seat)s") % {"seat": seat.function},
            text=seat.body.title,
            url=reverse("workspace:seat_hand_over", args=[seat.pk]),
            action=_("Hand over"),
            due=seat.ends,
            is_late=seat.ends is not None and seat.ends < today,
        )
    for body in bodies_without_lead(town, today)[:MOST]:
        yield Todo(
            title=_("“%(body)s” is without a lead") % {"body": body.title},
            text=_("Nobody holds the seat that leads it, or the term has ended."),
            url=reverse("workspace:body", args=[body.identifier]),
            action=_("Find a lead"),
            is_example=body.is_example,
        )
    for ballot in ballots_waiting_for_papers(town, standing.at)[:MOST]:
        yield Todo(
            title=_("Type in the papers: %(ballot)s") % {"ballot": ballot.title},
            text=ballot.body.title,
            url=reverse("workspace:vote_papers", args=[ballot.identifier]),
            action=_("Type in"),
            due=localdate(ballot.closes_at),
            is_late=True,
            is_example=ballot.is_example,
        )
    for objection in objections_waiting(town)[:MOST]:
        yield Todo(
            title=_("Answer the objection to “%(measure)s”") % {"measure": objection.subject},
            url=reverse("workspace:objections"),
            action=_("Answer"),
            waiting_since=objection.happened_on,
            is_example=objection.is_example,
        )
    silent = silent_measures(town, at=standing.at).count()
    if silent:
        yield Todo(
            title=ngettext(
                "%(count)d measure without a report",
                "%(count)d measures without a report",
                silent,
            )
            % {"count": silent},
            url=reverse("workspace:monitoring"),
            action=_("Ask for reports"),
        )
