"""Tables that come back from a meeting: shown with their differences, then read in.

Between the preview and the button nothing is kept on the server (see `workspace.kept`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.core.errors import Invalid, Refusal
from miteinander.core.identifiers import on_paper
from miteinander.core.uploads import bytes_of
from miteinander.participation.actions import enter_cards
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms import LANGUAGES
from miteinander.participation.queries import compared
from miteinander.participation.readers import Card, cards_in
from miteinander.process import actions, forms, queries
from miteinander.process.readers import attended_in
from miteinander.process.states import NotedBy
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, blame, enter
from miteinander.workspace.kept import kept, opened
from miteinander.workspace.views.process.papers import at_desk, the_call
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from miteinander.process.models import Meeting
    from miteinander.process.readers import Flawed
    from miteinander.ui.requests import MemberRequest


@form_view
def attendance_read(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = at_desk(request, identifier)
    mark = ("ANW", on_paper(meeting.identifier))
    day = meeting.happened_on or localdate(request.standing.at)

    def show(rows: Sequence[queries.Entry]) -> dict[str, Any]:
        changes = queries.attendance_compared(meeting, rows, day=day)
        return {
            "changes": changes,
            "counts": Counter(change.sort for change in changes),
            "columns": "attendance",
        }

    def act(rows: Sequence[queries.Entry]) -> str:
        noted = actions.note_came(
            meeting, rows, how=NotedBy.PAPER, by=request.standing, at=request.standing.at
        )
        done = [change for change in noted if change.is_written]
        return ngettext(
            "%(n)s entry of attendance has been noted.",
            "%(n)s entries of attendance have been noted.",
            len(done),
        ) % {"n": len(done)}

    return _read(
        request,
        meeting,
        title=_("Read the table of attendance"),
        mark=mark,
        reads=lambda data: attended_in(data, mark=mark),
        kind=queries.Entry,
        show=show,
        act=act,
    )


@form_view
def cards_read(request: MemberRequest, identifier: str, call: str) -> HttpResponse:
    meeting = at_desk(request, identifier)
    enter(request, "participation.record_contribution")
    found = the_call(request, meeting, call)
    mark = ("KARTEN", on_paper(meeting.identifier), on_paper(found.identifier))

    def show(rows: Sequence[Card]) -> dict[str, Any]:
        changes = compared(meeting, found, rows)
        return {
            "changes": changes,
            "counts": Counter(change.sort for change in changes),
            "columns": "cards",
        }

    def act(rows: Sequence[Card]) -> str:
        done = enter_cards(meeting, found, rows, by=request.standing, at=request.standing.at)
        return ngettext(
            "%(n)s card has been entered.", "%(n)s cards have been entered.", len(done)
        ) % {"n": len(done)}

    return _read(
        request,
        meeting,
        title=_("Read the table of cards: %(call)s") % {"call": found.title},
        mark=mark,
        reads=lambda data: cards_in(data, mark=mark, languages=LANGUAGES, longest=LONGEST),
        kind=Card,
        show=show,
        act=act,
    )


def _read(
    request: MemberRequest,
    meeting: Meeting,
    *,
    title: str,
    mark: tuple[str, ...],
    reads: Callable[[bytes], tuple[list[Any], list[Flawed]]],
    kind: type[Any],
    show: Callable[[Sequence[Any]], dict[str, Any]],
    act: Callable[[Sequence[Any]], str],
) -> HttpResponse:
    """One page: the file, then what it would change, then the button that enters just that."""
    form = forms.FilledTableForm(
        request.POST if request.method == "POST" and "kept" not in request.POST else None,
        request.FILES or None,
    )
    refusal: Refusal | None = None
    shown: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if "kept" in request.POST:
                done = act([kind(**row) for row in opened(request.POST["kept"], mark)])
                messages.success(request, done)
                return SeeOther(reverse("workspace:papers", args=[meeting.identifier]))
            if form.is_valid():
                rows, flaws = reads(bytes_of(form.cleaned_data["file"]))
                shown = {
                    **show(rows),
                    "flaws": flaws,
                    "kept": kept(mark, rows),
                }
                status = 200
        except Invalid as problem:
            if form.is_bound:
                blame(form, problem)
            else:
                refusal = Refusal(*problem.fields.values(), do=_("Please send the table again."))
        except Refusal as problem:
            refusal, status = problem, problem.status
    context = {
        "title": title,
        "crumbs": meeting_crumbs(
            meeting,
            Link(_("Papers and kit"), reverse("workspace:papers", args=[meeting.identifier])),
            Link(title),
        ),
        "meeting": meeting,
        "form": form,
        "refusal": refusal,
        "mark": "-".join(mark),
        **shown,
    }
    return render(request, "workspace/table_read.html", context, status=status)
