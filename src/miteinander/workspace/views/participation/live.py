"""Holding a round of questions: read, take up, answer; and the screen for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.core.errors import Closed, Invalid, NotThere, Refusal
from miteinander.core.links import address_of
from miteinander.core.rights import allowed, require
from miteinander.documents.codes import way_to
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import Audience, CallMethod, Outcome
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.participation.rooms import crumbs, facts, form_view, understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.participation.models import Call, Contribution
    from miteinander.ui.requests import MemberRequest

HOLD = "participation.hold_questions"
ON_SCREEN = 4
SAME = 30
"""So many questions are offered as the one in which another lives on."""


@form_view
def questions(request: MemberRequest, identifier: str) -> HttpResponse:
    """What nobody has read, what waits, what was answered; each with its few buttons."""
    call = _held(request, identifier)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request, call))
        except Refusal as problem:
            refusal = problem
        else:
            return SeeOther(reverse("workspace:questions", args=[call.identifier]))
    found = queries.room_questions_of(call)
    unread = queries.questions_to_read(call, request.standing)
    if request.htmx and request.method == "GET":
        return render(request, "workspace/parts/questions_new.html", _news(call, unread))
    understood([*unread, *found.all])
    sent = request.POST.get("question", "") if refusal else ""
    # What is not on the page any more is said on top of it.
    refused = sent if any(sent == row.identifier for row in (*unread, *found.all)) else ""
    context = {
        "title": _("Questions from the room"),
        "crumbs": _crumbs(request, call, _("Questions")),
        "call": call,
        "found": found,
        # Whatever is asked twice is among what many support; all of them would be a long page.
        "others": found.ahead[:SAME],
        "unread": unread,
        "refusal": refusal,
        "refused": refused,
        "typed": request.POST.get("words", "") if refusal else "",
        "may_set_up": request.standing.is_coordinator,
        "outcomes": Outcome.choices,
        **_news(call, unread),
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/questions.html", context, status=status)


def _news(call: Call, unread: list[Contribution]) -> dict[str, object]:
    return {"call": call, "waiting": len(unread)}


def _act(request: MemberRequest, call: Call) -> str:
    """One press, one question; says what was done."""
    question = queries.question_in(call, request.standing, request.POST.get("question", "")[:12])
    if question is None:
        raise Closed(
            _("This question is not here any more."),
            do=_("Somebody may have been faster. The list shows what there is now."),
        )
    do = _ACTS.get(request.POST.get("do", ""))
    if do is None:
        raise Refusal(_("Please choose what to do."), do=_("Press one of the buttons below it."))
    return do(request, question)


def _publish(request: MemberRequest, question: Contribution) -> str:
    actions.publish_contribution(question, **facts(request))
    return _("Everybody can read the question now.")


def _keep_back(request: MemberRequest, question: Contribution) -> str:
    actions.refuse_contribution(question, reason=request.POST.get("words", ""), **facts(request))
    return _("The question is kept back. Its author can read why.")


def _take_up(request: MemberRequest, question: Contribution) -> str:
    actions.take_up_question(question, **facts(request))
    return _("The question stands on the screen.")


def _put_back(request: MemberRequest, question: Contribution) -> str:
    actions.put_question_back(question, **facts(request))
    return _("The question waits again.")


def _answered(request: MemberRequest, question: Contribution) -> str:
    outcome = request.POST.get("outcome", Outcome.TAKEN_UP)
    if outcome not in Outcome.values:
        raise Invalid({"outcome": _("Please choose what became of it.")})
    actions.answer_question(
        question,
        note=request.POST.get("words", ""),
        outcome=outcome,
        language=get_language() or "de",
        **facts(request),
    )
    return _("Answered. Its author finds the answer under the receipt.")


def _merge(request: MemberRequest, question: Contribution) -> str:
    call = question.call
    assert call is not None, "a question of this round"
    into = queries.question_in(call, request.standing, request.POST.get("into", "")[:12])
    if into is None or into == question:
        raise Invalid({"into": _("Please choose the question in which it lives on.")})
    actions.merge_contributions(into, [question], reason=_("The same question"), **facts(request))
    return _("Merged. Both stay readable.")


_ACTS: dict[str, Callable[[MemberRequest, Contribution], str]] = {
    "publish": _publish,
    "keep_back": _keep_back,
    "take_up": _take_up,
    "put_back": _put_back,
    "answered": _answered,
    "merge": _merge,
}


@form_view
def question_time(request: MemberRequest, identifier: str) -> HttpResponse:
    """To which meeting the round belongs, and whether each question is read first."""
    enter(request, "participation.open_call")
    rows = queries.calls_visible_to(request.municipality, request.standing)
    call = get_object_or_404(rows.filter(method=CallMethod.LIVE), identifier=identifier)
    kept = queries.question_time_of(call)
    meetings = queries.meetings_of(call.process)
    form = forms.QuestionTimeForm(
        typed(request),
        meetings=meetings,
        initial={"meeting": kept.meeting_id, "at_once": "yes" if kept.at_once else "no"},
    )

    def act() -> str:
        data = form.cleaned_data
        meeting = next((m for m in meetings if m.pk == data["meeting"]), None)
        actions.set_up_questions(call, meeting=meeting, at_once=data["at_once"], **facts(request))
        return reverse("workspace:questions", args=[call.identifier])

    question = Question(
        title=_("How the round is held: %(title)s") % {"title": call.title},
        submit=_("Save"),
        done=_("Saved."),
        crumbs=_crumbs(request, call, _("How the round is held")),
    )
    return ask(request, form, question, act=act)


@require_GET
def questions_screen(request: MemberRequest, identifier: str) -> HttpResponse:
    """What everybody in the room sees: the question that is answered, the next ones, the way in."""
    call = _held(request, identifier)
    found = queries.room_questions_of(call, most=ON_SCREEN + 1)
    understood(found.all)
    town = address_of(call.municipality)
    way = way_to(call)
    if call.audience == Audience.CODE:
        address = f"{town}{reverse('public:by_code_opened', args=[call.access_code])}"
        plain, code = f"{town}{reverse('public:by_code')}".partition("://")[2], call.access_code
    else:
        address = f"{town}{reverse('public:live', args=[call.identifier])}"
        plain, code = way.plain, way.code
    context = {
        "title": call.title,
        "call": call,
        "current": found.current,
        "ahead": found.ahead[:ON_SCREEN],
        "address": address,
        "plain": plain,
        "code": code,
    }
    part = "parts/questions_screen.html" if request.htmx else "questions_screen.html"
    return render(request, f"workspace/{part}", context)


def live_rooms(call: Call) -> list[Link]:
    """What the page of such a call offers further."""
    names = {
        "questions": _("Hold the round of questions"),
        "questions_screen": _("Screen for the room"),
        "question_time": _("How the round is held"),
    }
    return [
        Link(label, reverse(f"workspace:{name}", args=[call.identifier]))
        for name, label in names.items()
    ]


def _held(request: MemberRequest, identifier: str) -> Call:
    """A round of this municipality, for whoever holds it; 404 before 403."""
    if not request.standing.is_member:
        raise NotThere
    rows = queries.rounds_held_by(request.municipality, request.standing)
    call = rows.select_related("municipality").filter(identifier=identifier).first()
    if call is None:
        visible = queries.calls_visible_to(request.municipality, request.standing)
        rows = visible.filter(method=CallMethod.LIVE)
        call = get_object_or_404(rows, identifier=identifier)
    require(request.standing, HOLD, call)
    return call


def _crumbs(request: MemberRequest, call: Call, here: str) -> list[Link]:
    """The office comes from the call; whoever leads a body has no page of it."""
    if allowed(request.standing, "participation.open_call", call):
        return crumbs(
            Link(call.title, reverse("workspace:call", args=[call.identifier])), Link(here)
        )
    return crumbs(Link(call.title, call.get_absolute_url()), Link(here))
