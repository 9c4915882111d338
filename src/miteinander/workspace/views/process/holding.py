"""Meeting mode: one page for whoever takes the minutes, and the screen in the room.

Here and not in a stage, because it puts together what stages know: the meeting with its minutes,
tasks and resolutions, what people in the room contribute to a call, and what is put to the vote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.adoption.queries import ballots_at
from miteinander.core.errors import Closed, Conflict, Invalid, Refusal
from miteinander.core.links import address_of
from miteinander.core.rights import allowed
from miteinander.participation import actions as participation
from miteinander.participation.forms import RoomCardForm
from miteinander.participation.queries import open_calls_of, round_of_meeting, said_in
from miteinander.participation.states import Channel
from miteinander.process import actions, forms, queries
from miteinander.process.states import ResolutionKind
from miteinander.ui.shapes import Link
from miteinander.ui.words import written_time
from miteinander.workspace.asking import SeeOther, blame, enter
from miteinander.workspace.views.process.registrations import KEEP, door_address
from miteinander.workspace.views.process.ways import meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from miteinander.adoption.models import Ballot
    from miteinander.participation.models import Call
    from miteinander.process.models import AgendaItem, Meeting
    from miteinander.process.queries import Clock, Held
    from miteinander.ui.requests import MemberRequest

HOLD = "process.hold_meeting"
PASSAGE, CARD, TASK, DECISION = "passage", "card", "task", "decision"


@dataclass
class Typed:
    """A form of the page that was refused, as it was typed, and why."""

    forms: dict[str, Form] = field(default_factory=dict)
    refusal: Refusal | None = None
    where: str = ""


# --- the page --------------------------------------------------------------------------------


@require_GET
def meeting_hold(request: MemberRequest, identifier: str) -> HttpResponse:
    """Agenda on the left, what is said on the right; below, cards, tasks and resolutions."""
    meeting = _meeting(request, identifier)
    if request.htmx and request.GET.get("part") == "agenda":
        page = queries.held(meeting, item=_chosen(request.GET), at=request.standing.at)
        context = {"page": page, "meeting": meeting}
        return render(request, "workspace/parts/hold_agenda.html", context)
    return _page(request, meeting, item=_chosen(request.GET))


def _page(
    request: MemberRequest, meeting: Meeting, *, item: int | None, typed: Typed | None = None
) -> HttpResponse:
    typed = typed or Typed()
    page = queries.held(meeting, item=item, at=request.standing.at)
    calls = open_calls_of(meeting.process, request.standing.at)
    refusal = typed.refusal
    shown = {**_empty_forms(request, page, calls), **typed.forms}
    on_to = request.GET.get("on", "")
    if on_to in shown:  # the next voice, the next task: typed without reaching for the mouse
        first = shown[on_to].visible_fields()[0].field.widget
        first.attrs["autofocus"] = True
    context = {
        "title": _("Hold: %(meeting)s") % {"meeting": meeting.title},
        "crumbs": meeting_crumbs(meeting, Link(_("Hold the meeting"))),
        "meeting": meeting,
        "page": page,
        "said": said_in(meeting),
        "ballots": ballots_at(meeting, request.standing),
        "round": round_of_meeting(meeting, request.standing, request.standing.at),
        "owners": queries.owners_offered(meeting.body),
        "forms": shown,
        # What does not fit in a field is said beside it.
        "refusal": None if isinstance(refusal, Invalid) else refusal,
        "where": typed.where,
        "is_conflict": isinstance(refusal, Conflict),
        "mark": _mark(page, refusal),
        "on_to": on_to,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/meeting_hold.html", context, status=status)


def _empty_forms(request: MemberRequest, page: Held, calls: list[Call]) -> dict[str, Form]:
    key = participation.fresh_form_key(at=request.standing.at)
    card = {"form_key": key, "call": calls[0].pk if calls else ""}
    return {
        PASSAGE: forms.PassageForm(prefix=PASSAGE, initial={"text": page.passage}),
        CARD: RoomCardForm(prefix=CARD, calls=calls, initial=card),
        TASK: forms.TaskForm(prefix=TASK),
        DECISION: forms.DecisionForm(prefix=DECISION),
    }


def _mark(page: Held, refusal: Refusal | None) -> str:
    """After a conflict the writer has seen the other text: the next saving is based on it."""
    if isinstance(refusal, Conflict):
        return queries.mark_of(str(refusal.theirs["text"]))
    return page.mark


# --- what is done on it ----------------------------------------------------------------------


@require_POST
def hold_item(request: MemberRequest, identifier: str) -> HttpResponse:
    """Begin a point of the agenda, or say that it has been dealt with."""
    meeting = _meeting(request, identifier)
    item = _item_or_none(request, meeting)
    if item is None:
        return _page(request, meeting, item=None, typed=Typed(refusal=_gone()))
    verb = actions.end_item if request.POST.get("do") == "end" else actions.begin_item
    try:
        verb(item, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return _page(request, meeting, item=item.pk, typed=Typed(refusal=refusal))
    return _back(meeting, None if request.POST.get("do") == "end" else item)


@require_POST
def hold_passage(request: MemberRequest, identifier: str) -> HttpResponse:
    """Save what was said about one point; asked by htmx every few seconds, else by the button."""
    meeting = _meeting(request, identifier)
    item = _item_or_none(request, meeting)
    form = forms.PassageForm(request.POST, prefix=PASSAGE)
    form.is_valid()  # nothing in it can be wrong
    refusal: Refusal | None = None
    try:
        if item is None:
            raise _gone()
        actions.write_passage(
            item,
            text=form.cleaned_data["text"],
            seen=request.POST.get("seen", ""),
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as problem:
        refusal = problem
    if request.htmx:
        return _saved(request, meeting, item, refusal)
    if refusal is not None:
        typed = Typed({PASSAGE: form}, refusal, PASSAGE)
        return _page(request, meeting, item=item.pk if item else None, typed=typed)
    messages.success(request, _("The minutes have been saved."))
    return _back(meeting, item)


def _saved(
    request: MemberRequest, meeting: Meeting, item: AgendaItem | None, refusal: Refusal | None
) -> HttpResponse:
    """The line below the text: saved, or why not; with the mark of what is stored now."""
    page = queries.held(meeting, item=item.pk if item else None, at=request.standing.at)
    context = {
        "mark": request.POST.get("seen", "") if refusal else page.mark,
        "saved_at": "" if refusal else written_time(localtime(request.standing.at)),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/parts/hold_saved.html", context, status=status)


@require_POST
def hold_card(request: MemberRequest, identifier: str) -> HttpResponse:
    """Enter what somebody says: a contribution to the call that is open, sewn to this meeting."""
    meeting = _meeting(request, identifier)
    enter(request, "participation.record_in_meeting", meeting)
    calls = open_calls_of(meeting.process, request.standing.at)
    form = RoomCardForm(request.POST, prefix=CARD, calls=calls)
    item = _item_or_none(request, meeting)

    def act() -> str:
        data = form.cleaned_data
        participation.record_contribution(
            meeting.process,
            text=data["text"],
            channel=Channel.MEETING,
            call=next((call for call in calls if call.pk == data.get("call")), None),
            meeting=meeting,
            may_publish=data["may_publish"],
            happened_on=_day(request, meeting),
            form_key=data["form_key"],
            about=item.title if item else "",
            by=request.standing,
            at=request.standing.at,
        )
        return _("Entered. The next one?")

    return _act(request, meeting, item, CARD, form, act)


@require_POST
def hold_task(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = _meeting(request, identifier)
    form = forms.TaskForm(request.POST, prefix=TASK)
    item = _item_or_none(request, meeting)

    def act() -> str:
        data = form.cleaned_data
        agreement = actions.Agreement(data["what"], data["who"], data["due"], item)
        task = actions.agree_task(meeting, agreement, by=request.standing, at=request.standing.at)
        if not task.has_owner:
            messages.warning(
                request,
                _(
                    "“%(who)s” is not in the register: the task waits for the whole body, and "
                    "nobody is reminded."
                )
                % {"who": task.owner_function},
            )
        return _("Agreed: %(task)s") % {"task": task.what}

    return _act(request, meeting, item, TASK, form, act)


@require_POST
def hold_resolution(request: MemberRequest, identifier: str) -> HttpResponse:
    """Record what the body decides; votes that do not fit who is there are a warning, no more."""
    meeting = _meeting(request, identifier)
    form = forms.DecisionForm(request.POST, prefix=DECISION)
    item = _item_or_none(request, meeting)

    def act() -> str:
        resolution = actions.resolve(
            meeting.process,
            body=meeting.body,
            meeting=meeting,
            on=_day(request, meeting),
            kind=ResolutionKind.OTHER,
            item=item,
            dissents=form.dissents(),
            **form.resolution(),
            by=request.standing,
            at=request.standing.at,
        )
        counted = (resolution.votes_for, resolution.votes_against, resolution.abstentions)
        warning = queries.vote_warning(queries.voting_seats_present(meeting), *counted)
        if warning:
            messages.warning(request, warning)
        return _("Decided: %(title)s") % {"title": resolution.title}

    return _act(request, meeting, item, DECISION, form, act)


def _act(  # noqa: PLR0917 -- three forms share one way: who, where, which, and what to do
    request: MemberRequest,
    meeting: Meeting,
    item: AgendaItem | None,
    name: str,
    form: Form,
    act: Callable[[], str],
) -> HttpResponse:
    refusal: Refusal = Invalid({})
    if form.is_valid():
        try:
            done = act()
        except Invalid as problem:
            blame(form, problem)
            refusal = problem
        except Refusal as problem:
            refusal = problem
        else:
            messages.success(request, done)
            return _back(meeting, item, on=name)
    typed = Typed({name: form}, refusal, name)
    return _page(request, meeting, item=item.pk if item else None, typed=typed)


# --- the screen in the room --------------------------------------------------------------------


@require_GET
def meeting_screen(request: MemberRequest, identifier: str) -> HttpResponse:
    """What everybody in the room sees: now, next, and how to have a say; no person is named."""
    meeting = the_meeting(request, identifier)
    enter(request, "community.see_register")
    at = request.standing.at
    town = request.municipality
    call = round_of_meeting(meeting, request.standing, at)
    if call is None or not call.is_open(at, localdate(at)):
        call = next(iter(open_calls_of(meeting.process, at)), None)
    clock = queries.clock_of(meeting, queries.agenda_items(meeting), at=at)
    ballot = _put_to_the_vote(request, meeting, clock)
    permanent = reverse("permanent", args=[(ballot or call or meeting).identifier])
    context: dict[str, Any] = {
        "title": meeting.title,
        "meeting": meeting,
        "clock": clock,
        "ballot": ballot,
        "call": call,
        "address": f"{address_of(town)}{permanent}" if ballot or call or meeting.is_public else "",
        "now": localtime(at),
    }
    context["short_address"] = context["address"].partition("://")[2]
    if queries.door_is_open(meeting, at) and allowed(request.standing, KEEP, meeting):
        context["door"] = door_address(meeting)
    if request.htmx:
        return render(request, "workspace/parts/screen.html", context)
    return render(request, "workspace/meeting_screen.html", context)


def _put_to_the_vote(request: MemberRequest, meeting: Meeting, clock: Clock) -> Ballot | None:
    """The ballot of the point that is up, while it runs."""
    if clock.current is None:
        return None
    up, at = clock.current.item.pk, request.standing.at
    found = ballots_at(meeting, request.standing)
    return next((one for one in found if one.item_id == up and one.is_running(at)), None)


# --- finding ---------------------------------------------------------------------------------


def _meeting(request: MemberRequest, identifier: str) -> Meeting:
    meeting = the_meeting(request, identifier)
    enter(request, HOLD, meeting)
    return meeting


def _chosen(sent: Any, name: str = "item") -> int | None:
    number = str(sent.get(name, ""))
    return int(number) if number.isdecimal() and len(number) < 12 else None


def _gone() -> Closed:
    return Closed(
        _("This point is no longer on the agenda."),
        do=_("Choose another one on the left. If you typed something, it stands below."),
    )


def _item_or_none(request: MemberRequest, meeting: Meeting) -> AgendaItem | None:
    chosen = _chosen(request.POST)
    return next((each for each in queries.agenda_items(meeting) if each.pk == chosen), None)


def _day(request: MemberRequest, meeting: Meeting) -> Any:
    """The day of the meeting, also past midnight; today where it lies ahead or is not known."""
    today = localdate(request.standing.at)
    return min(meeting.happened_on or today, today)


def _back(meeting: Meeting, item: AgendaItem | None, *, on: str = "") -> HttpResponse:
    address = reverse("workspace:meeting_hold", args=[meeting.identifier])
    parts = [f"item={item.pk}"] if item else []
    if on:
        parts.append(f"on={on}")
    query = f"?{'&'.join(parts)}" if parts else ""
    return SeeOther(f"{address}{query}{f'#{on}' if on else ''}")
