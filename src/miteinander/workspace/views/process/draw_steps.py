"""From the list to the panel: compute, announce, draw, move up, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from miteinander.core.errors import Closed, Refusal
from miteinander.process import actions, forms, insights, queries
from miteinander.process.states import DrawState, SeedFrom
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, typed
from miteinander.workspace.views.process.draws import (
    draw_address,
    draw_crumbs,
    draw_to_change,
    show_draw,
)
from miteinander.workspace.views.process.ways import form_view

if TYPE_CHECKING:
    from miteinander.process.models import Draw
    from miteinander.ui.requests import MemberRequest


@require_POST
def draw_list(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    try:
        actions.order_list(draw, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return show_draw(request, draw, refusal=refusal)
    messages.success(request, _("The list is being computed."))
    return SeeOther(draw_address(draw))


@form_view
def draw_announce(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    _only_in(draw, DrawState.LISTED)
    can_be_public = draw.process.is_public and draw.body.is_public
    form = forms.AnnounceForm(typed(request), initial={"public": can_be_public})

    def act() -> str:
        actions.announce_draw(
            draw, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return draw_address(draw)

    question = Question(
        title=_("Announce the draw"),
        intro=_(
            "From now on people, quotas and list are fixed. Their checksum is told before the "
            "seed is known, so that nobody can choose a seed to their liking."
        ),
        submit=_("Announce draw"),
        done=_("The draw has been announced."),
        crumbs=draw_crumbs(draw, Link(_("Announce"))),
    )
    return ask(request, form, question, act=act)


@form_view
def draw_seed(request: MemberRequest, identifier: str) -> HttpResponse:
    """The draw itself. A seed that was made beforehand is revealed by the button alone."""
    draw = draw_to_change(request, identifier)
    _only_in(draw, DrawState.ANNOUNCED)
    is_made = draw.seed_from == SeedFrom.BEFORE
    form = forms.SeedForm(typed(request))
    if is_made:
        del form.fields["seed"]

    def act() -> str:
        seed = draw.seed if is_made else str(form.cleaned_data["seed"]).strip()
        panels = queries.panels_of(draw)
        assert panels is not None, "an announced draw has its list"
        number = insights.draw_number(queries.panel_numbers(draw), panels.digest, seed)
        actions.draw_panel(
            draw, seed=seed, number=number, by=request.standing, at=request.standing.at
        )
        return draw_address(draw)

    question = Question(
        title=_("Draw"),
        intro=_("The seed that was fixed beforehand is told now, and decides.")
        if is_made
        else _("Throw dice in front of everybody and enter what they show. It decides at once."),
        submit=_("Draw now"),
        done=_("It is drawn."),
        crumbs=draw_crumbs(draw, Link(_("Draw"))),
    )
    return ask(request, form, question, act=act)


@form_view
def draw_call_off(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    if draw.state != DrawState.CALLED_OFF:  # the same form sent twice is answered by the action
        _only_in(draw, DrawState.ANNOUNCED)
    form = forms.CallOffForm(typed(request))

    def act() -> str:
        actions.call_off_draw(
            draw, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return draw_address(draw)

    question = Question(
        title=_("Call the draw off"),
        intro=_(
            "It is then not drawn, for good. List and checksum stay where they were published, "
            "with your reason. The names in the pool are erased. For another draw, prepare a new "
            "one."
        ),
        submit=_("Call draw off"),
        done=_("The draw has been called off."),
        crumbs=draw_crumbs(draw, Link(_("Call off"))),
    )
    return ask(request, form, question, act=act)


@form_view
def draw_replace(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    _only_in(draw, DrawState.DRAWN)
    page = queries.draw_page(draw)
    panel = page.panel
    only_names = bool(draw.told)
    form = forms.ReplaceForm(
        typed(request), panel=page.by_name if only_names else panel, only_names=only_names
    )

    def act() -> str:
        gone = form.cleaned_data["gone"]
        found = insights.move_up(
            [insights.Person(*row) for row in queries.numbers_in(draw)],
            draw.quotas,
            size=draw.size,
            per_household=draw.per_household,
            panel=[ticket.number for ticket in panel],
            gone=gone,
            away=queries.away_from(draw),
            seed=draw.seed,
        )
        actions.replace_drawn(
            draw,
            gone=gone,
            new=found.new,
            same_type=found.same_type,
            missed=found.missed,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=request.standing,
            at=request.standing.at,
        )
        return draw_address(draw)

    question = Question(
        title=_("Somebody cannot come"),
        intro=_(
            "Whoever moves up is found under the same quotas and with the same seed: first "
            "somebody with the same characteristics."
        ),
        submit=_("Let somebody move up"),
        done=_("Noted. Who moves up stands in the list below."),
        crumbs=draw_crumbs(draw, Link(_("Move up"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def draw_seats(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    try:
        count = actions.seat_drawn(draw, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return show_draw(request, draw, refusal=refusal)
    said = ngettext(
        "%(n)s seat of the body has been filled.",
        "%(n)s seats of the body have been filled.",
        count,
    )
    messages.success(request, said % {"n": count} if count else _("Everybody has a seat already."))
    return SeeOther(reverse("workspace:body", args=[draw.body.identifier]))


@form_view
def draw_invite(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    _only_in(draw, DrawState.DRAWN)
    form = forms.InviteDrawnForm(typed(request), draw=draw, standing=request.standing)
    ahead = queries.meetings_ahead(draw, request.standing)

    def act() -> str:
        meeting = form.cleaned_data["meeting"]
        actions.invite_drawn(draw, meeting, by=request.standing, at=request.standing.at)
        return reverse("workspace:meeting", args=[meeting.identifier])

    question = Question(
        title=_("Ask those drawn to a meeting"),
        intro=_("They stand on the list of the meeting, still without an answer."),
        submit=_("Put them on the list"),
        done=_("Those drawn are on the list of the meeting."),
        missing=[]
        if ahead.exists()
        else [
            Link(
                _("Announce the meeting."),
                reverse("workspace:meeting_new", args=[draw.process.identifier]),
            )
        ],
        crumbs=draw_crumbs(draw, Link(_("Meeting"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def draw_erase(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    try:
        actions.erase_names(draw, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return show_draw(request, draw, refusal=refusal)
    messages.success(request, _("The names of those who were not drawn are erased."))
    return SeeOther(draw_address(draw))


def _only_in(draw: Draw, state: DrawState) -> None:
    """A page of a step that is over, or not yet possible, says so instead of a form."""
    if draw.state != state:
        raise Closed(
            _("This step of the draw is over, or its turn has not come."),
            do=_("Please look at the page of the draw again."),
        )
