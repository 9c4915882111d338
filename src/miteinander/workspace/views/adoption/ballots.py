"""Ballots in the workspace: prepare, open, vote, read the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.adoption import actions, forms, queries
from miteinander.adoption.states import BallotState, Method
from miteinander.community.queries import bodies_of
from miteinander.core.errors import Conflict, NotThere, Refusal
from miteinander.core.rights import allowed, require
from miteinander.documents.votes import said_of, shown_result
from miteinander.process.queries import processes_visible_to
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day, written_time
from miteinander.workspace.asking import Question, ask, enter, press, sought, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from miteinander.adoption.models import Ballot
    from miteinander.adoption.queries import BallotPage
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest

form_view = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 25


def ballot_crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Ballots"), reverse("workspace:votes")),
        *more,
    ]


def sought_ballot(request: MemberRequest, identifier: str) -> Ballot:
    rows = queries.ballots_visible_to(request.municipality, request.standing)
    return sought(request, rows, identifier)


def room(ballot: Ballot) -> str:
    return reverse("workspace:vote_in", args=[ballot.identifier])


@require_GET
def ballots(request: MemberRequest) -> HttpResponse:
    """All ballots of the town, those that end last first."""
    enter(request, "adoption.see_review")
    rows = queries.ballots_with_turnout(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_keep = allowed(request.standing, "adoption.keep_ballots")
    running = list(processes_visible_to(request.municipality, request.standing)) if may_keep else []
    context = {
        "title": _("Ballots"),
        "crumbs": ballot_crumbs(),
        "columns": [
            Column(_("Question")),
            Column(_("Method")),
            Column(_("Who votes")),
            Column(_("Voted"), is_number=True),
            Column(_("Ends")),
            Column(_("State")),
        ],
        "rows": [_row(ballot) for ballot in cast("Iterable[Any]", page)],
        "page": page,
        "processes": running,
    }
    return render(request, "workspace/votes.html", context)


def _row(ballot: Any) -> list[Cell]:
    """A ballot with the counts of its query."""
    voted = "–" if ballot.state == BallotState.DRAFT else f"{ballot.voted} / {ballot.seats}"
    return [
        Cell(ballot.title, url=room(ballot)),
        Cell(ballot.get_method_display()),
        Cell(ballot.body.title),
        Cell(voted),
        Cell(_ends(ballot)),
        Cell(ballot.get_state_display(), state=ballot.state),
    ]


def _ends(ballot: Ballot) -> str:
    return f"{written_day(ballot.closes_at)}, {written_time(ballot.closes_at)}"


# --- preparing ----------------------------------------------------------------------------------


@require_GET
def ballot_methods(request: MemberRequest, identifier: str) -> HttpResponse:
    """Choose how to ask, each with what it is good for."""
    process = _process(request, identifier)
    enter(request, "adoption.keep_ballots", process)
    told = {
        Method.CONSENT: _("Nobody has a serious objection: for proposals that all must carry."),
        Method.CONSENSING: _("What meets the least resistance: for several ways to one end."),
        Method.DOTS: _("What people care about: to choose what is worked on further."),
        Method.CRITERIA: _("What holds against agreed criteria: for choices that need reasons."),
        Method.BALANCED: _(
            "Which measures money or staff is enough for, so that every voice weighs the same."
        ),
    }
    context = {
        "title": _("Prepare a ballot"),
        "crumbs": ballot_crumbs(Link(_("Prepare a ballot"))),
        "methods": [
            (method.label, text, reverse("workspace:vote_new", args=[identifier, method.value]))
            for method, text in told.items()
        ],
    }
    return render(request, "workspace/vote_methods.html", context)


def _process(request: MemberRequest, identifier: str) -> Process:
    if not request.standing.is_member:
        raise NotThere
    rows = processes_visible_to(request.municipality, request.standing)
    return get_object_or_404(rows, identifier=identifier)


@form_view
def ballot_new(request: MemberRequest, identifier: str, method: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "adoption.keep_ballots", process)
    if method not in Method.values:
        raise NotThere
    chosen = Method(method)
    form = forms.BallotForm(
        typed(request),
        method=chosen,
        bodies=bodies_of(request.municipality),
        measures=list(queries.measures_to_put(process)),
    )

    def act() -> str:
        made = actions.prepare_ballot(
            process,
            body=form.cleaned_data["body"],
            method=chosen,
            terms=form.terms(),
            by=request.standing,
            at=request.standing.at,
        )
        return room(made)

    first = reverse("workspace:vote_methods", args=[identifier])
    question = Question(
        title=_("Prepare a ballot: %(method)s") % {"method": chosen.label},
        intro=_("Everything can be changed until you open the ballot."),
        submit=_("Save the ballot"),
        done=_("The ballot has been saved. Nobody can vote before you open it."),
        crumbs=ballot_crumbs(Link(_("Prepare a ballot"), first), Link(chosen.label)),
        autosave=f"ballot-new-{process.identifier}-{method}",
    )
    return ask(request, form, question, act=act)


@form_view
def ballot_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    ballot = sought_ballot(request, identifier)
    enter(request, "adoption.prepare_ballot", ballot)
    form = forms.BallotForm(
        typed(request),
        method=Method(ballot.method),
        bodies=None,
        measures=list(queries.measures_to_put(ballot.process)),
        initial=forms.BallotForm.initial_from(ballot, queries.options_of(ballot)),
    )

    def act() -> str:
        seen = form.cleaned_data["seen"]
        try:
            actions.change_ballot(
                ballot,
                terms=form.terms(),
                seen=ballot.revision if seen is None else seen,
                by=request.standing,
                at=request.standing.at,
            )
        except Conflict as refusal:
            # Also the options, which are rows of their own; all of it as it is typed here.
            stored = sought_ballot(request, identifier)
            mine, theirs = form.beside(form.initial_from(stored, queries.options_of(stored)))
            raise Conflict(mine=mine, theirs=theirs, revision=refusal.revision) from refusal
        return room(ballot)

    question = Question(
        title=_("Edit: %(title)s") % {"title": ballot.title},
        submit=_("Save the ballot"),
        done=_("The ballot has been saved. Nobody can vote before you open it."),
        crumbs=ballot_crumbs(Link(ballot.title, room(ballot)), Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)


# --- the page -----------------------------------------------------------------------------------


@require_GET
def ballot(request: MemberRequest, identifier: str) -> HttpResponse:
    return _show(request, sought_ballot(request, identifier))


def _show(request: MemberRequest, found: Ballot, *, refusal: Refusal | None = None) -> HttpResponse:
    standing = request.standing
    page = queries.ballot_page(found, standing)
    is_closed = found.state == BallotState.CLOSED
    context = {
        "title": found.title,
        "crumbs": ballot_crumbs(Link(found.title)),
        "ballot": found,
        "page": page,
        "is_running": found.is_running(standing.at),
        "ends": _ends(found),
        "may_prepare": allowed(standing, "adoption.prepare_ballot", found),
        "may_end": allowed(standing, "adoption.end_ballot", found) and not page.missing,
        "may_count": allowed(standing, "adoption.count_papers", found),
        "may_place": allowed(standing, "adoption.place_ballot", found),
        "may_decide": allowed(standing, "adoption.decide_ballot", found) and not found.resolution,
        "may_cast": allowed(standing, "adoption.cast_ballot", found) and bool(page.free),
        "shows_missing": standing.is_coordinator and found.state == BallotState.OPEN,
        "voices": _voices(found, page),
        "result": shown_result(queries.ballot_result(found)) if is_closed else None,
        "files": _files(found) if is_closed else [],
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/vote.html", context, status=status)


def _voices(found: Ballot, page: BallotPage) -> dict[str, Any] | None:
    """Voices of the others as a table; None where they may not be seen (yet)."""
    if not page.papers:
        return None
    cells = list(found.cells(page.options))
    heads = [f"{c.option.title} – {c.criterion}" if c.criterion else c.option.title for c in cells]
    return {
        "columns": [Column(_("Seat")), *(Column(head) for head in heads)],
        "rows": [
            [
                Cell(paper.elector.function if paper.elector else ""),
                *(Cell(said(found, paper.marks.get(c.key))) for c in cells),
            ]
            for paper in page.papers
        ],
    }


def said(found: Ballot, mark: object) -> str:
    """A mark as it is read on a paper of this method."""
    if found.method == Method.CONSENT and mark:
        return said_of(str(mark))
    if found.method == Method.BALANCED:
        return _("yes") if mark else "–"
    return "–" if mark is None else str(mark)


def _files(found: Ballot) -> list[Link]:
    return [
        Link(_("The papers, to be counted again"), _file(found, "papers")),
        Link(_("Everything as data (JSON)"), _file(found, "json")),
    ]


def _file(found: Ballot, name: str) -> str:
    return reverse("public:ballot_file", args=[found.identifier, name])


def _on_ballot(
    request: MemberRequest, found: Ballot, act: Callable[[], object], done: str
) -> HttpResponse:
    return press(
        request,
        act,
        done=done,
        then=room(found),
        refused=lambda refusal: _show(request, found, refusal=refusal),
    )


@require_POST
def ballot_open(request: MemberRequest, identifier: str) -> HttpResponse:
    found = sought_ballot(request, identifier)
    require(request.standing, "adoption.keep_ballots", found)
    return _on_ballot(
        request,
        found,
        lambda: actions.open_ballot(found, by=request.standing, at=request.standing.at),
        _("The ballot is open. Whoever may vote finds it in Today."),
    )


@require_POST
def ballot_end(request: MemberRequest, identifier: str) -> HttpResponse:
    found = sought_ballot(request, identifier)
    require(request.standing, "adoption.keep_ballots", found)
    return _on_ballot(
        request,
        found,
        lambda: actions.end_ballot(found, by=request.standing, at=request.standing.at),
        _("The ballot has ended. It is counted within a minute."),
    )


@form_view
def ballot_cast(request: MemberRequest, identifier: str) -> HttpResponse:
    """One paper, in the order of the printed one; without a script and by keyboard."""
    found = sought_ballot(request, identifier)
    enter(request, "adoption.speak_in_ballot", found)
    page = queries.ballot_page(found, request.standing)
    if not page.own:
        raise NotThere
    seats = page.free or page.own
    # Only one's own marks are brought back; with several seats it is not said yet whose.
    paper = None if found.is_secret or len(seats) > 1 else queries.own_paper(seats[0])
    form = forms.CastForm(
        typed(request), ballot=found, options=page.options, seats=seats, paper=paper
    )

    def act() -> str:
        actions.cast_paper(
            found,
            marks=form.marks,
            reasons=form.reasons,
            travels=form.cleaned_data.get("travels", False),
            seat=form.cleaned_data.get("seat", seats[0].seat_id),
            by=request.standing,
            at=request.standing.at,
        )
        return room(found)

    functions = ", ".join(elector.function for elector in seats)
    speaks = _("You vote for: %(seats)s") % {"seats": functions}
    question = Question(
        title=found.title,
        intro=f"{_how(found)} {speaks}",
        submit=_("Hand in the paper"),
        done=_("Your paper is in. It is final: nobody can find it among the others.")
        if found.is_secret
        else _("Your paper is in. You can change it until the ballot ends."),
        crumbs=ballot_crumbs(Link(found.title, room(found)), Link(_("Vote"))),
        nothing=_why_not(request, found, page) if request.method != "POST" else "",
    )
    return ask(request, form, question, act=act)


def _why_not(request: MemberRequest, found: Ballot, page: BallotPage) -> str:
    """Why nobody needs to fill in this paper; whoever does is refused by the action."""
    if not found.is_running(request.standing.at):
        return _("This ballot has ended; the voice does not count any more.")
    if page.free:
        return ""
    if all(elector.on_paper for elector in page.own):
        return _("Your seat votes on paper; its paper was handed out.")
    return _("This seat has voted already. A secret paper cannot be taken back.")


def _how(found: Ballot) -> str:
    match found.method:
        case Method.CONSENT:
            return _("Agree, also with a concern, abstain, or object and say why.")
        case Method.CONSENSING:
            return _("Mark your resistance: 0 is no objection, 10 is unacceptable.")
        case Method.DOTS:
            each = int(found.rules["each"])
            return ngettext(
                "You have %(each)s dot to give.", "You have %(each)s dots to give.", each
            ) % {"each": each}
        case Method.CRITERIA:
            return _("Rate every option by every criterion: 0 is not at all, 10 is fully.")
        case _:
            return _("Choose everything that you would do. What is enough for it, is counted.")
