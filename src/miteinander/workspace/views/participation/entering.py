"""Entering for others: by one person or by several at once, and from a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from miteinander.community.queries import public_neighbourhoods
from miteinander.core.errors import Invalid, NotThere, Refusal
from miteinander.core.uploads import bytes_of
from miteinander.participation import actions, forms, queries
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.readers import Card, read_cards
from miteinander.participation.states import CallMethod, Channel
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, blame, typed
from miteinander.workspace.kept import kept, opened
from miteinander.workspace.views.participation.rooms import (
    address_of,
    call_of,
    crumbs,
    facts,
    form_view,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import MemberRequest

RECORD = "participation.record_contribution"
RECEIPT = "receipt of the last entry"
WITH_RECEIPT = (Channel.PAPER, Channel.PHONE)
"""Ways on which somebody waits to be told their code, or can be sent it."""


@form_view
def call_entry(request: MemberRequest, identifier: str) -> HttpResponse:
    """One contribution after the other; what colleagues have just entered stands below."""
    found = call_of(request, identifier, RECORD)
    if request.GET.get("part") == "entered" and request.htmx:
        return render(request, "workspace/parts/entered.html", _entered(request, found))
    themes = queries.themes_of(found.process, live_only=True)
    initial = {name: request.GET[name] for name in forms.EntryForm.STICKY if request.GET.get(name)}
    initial["form_key"] = actions.fresh_form_key(at=request.standing.at)
    passages = len(queries.passages_of(found)) if found.method == CallMethod.REVIEW else 0
    parts = public_neighbourhoods(request.municipality) if queries.takes_places(found) else None
    form = forms.EntryForm(
        typed(request),
        themes=themes,
        passages=passages,
        parts=parts,
        proposes=queries.takes_proposals(found),
        initial=initial,
    )

    def act() -> str:
        data = form.cleaned_data
        theme = next((t for t in themes if t.identifier == data.get("theme")), None)
        _contribution, code = actions.enter_on_behalf(
            found, **{**data, "theme": theme}, **facts(request)
        )
        if data["channel"] in WITH_RECEIPT:
            request.session[RECEIPT] = code
        return f"{address_of('call_entry', found)}?{urlencode(form.sticky())}"

    question = Question(
        title=_("Enter for others"),
        intro=found.question,
        submit=_("Save and go on to the next one"),
        done=_("Saved. The next one?"),
        crumbs=_crumbs(found, _("Enter")),
    )
    more = {
        **_entered(request, found),
        "is_closed": request.standing.at >= found.closes_at,
        "code": request.session.pop(RECEIPT, "") if RECEIPT in request.session else "",
    }
    return ask(request, form, question, act=act, template="workspace/call_entry.html", more=more)


def _entered(request: MemberRequest, call: Call) -> dict[str, Any]:
    return {
        "call": call,
        "entries": [
            (entry, actions.can_be_undone(entry, request.standing.at))
            for entry in queries.entered_last(call)
        ],
        "back": request.GET.urlencode() if request.GET.get("part") is None else _back(request.GET),
    }


def _back(said: QueryDict) -> str:
    """What was chosen on the page, and nothing else that somebody wrote into an address."""
    return urlencode({name: said[name] for name in forms.EntryForm.STICKY if said.get(name)})


@require_POST
def call_entry_undo(request: MemberRequest, identifier: str) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = call_of(request, identifier, RECORD)
    if wanted := request.POST.get("entry", ""):
        entry = queries.entry_of(found, wanted)
        if entry is None:
            raise NotThere
        actions.undo_entry(entry, **facts(request))
        messages.success(request, _("The entry was taken back."))
    return SeeOther(
        f"{address_of('call_entry', found)}?{_back(QueryDict(request.POST.get('back')))}"
    )


@form_view
def call_cards_read(request: MemberRequest, identifier: str) -> HttpResponse:
    """Cards from a table, whatever its columns are called: shown first, then entered once."""
    found = call_of(request, identifier, RECORD)
    mark = ("CALL", found.identifier)
    is_sent = request.method == "POST"
    form = forms.CardTableForm(
        request.POST if is_sent and "kept" not in request.POST else None,
        request.FILES or None,
        initial={"may_publish": found.is_public},
    )
    refusal: Refusal | None = None
    shown: dict[str, Any] = {}
    status = 422 if is_sent else 200
    if is_sent:
        try:
            if "kept" in request.POST:
                return _cards_entered(request, found, mark)
            if form.is_valid():
                shown, status = _cards_shown(found, form, mark), 200
        except Invalid as problem:
            if form.is_bound:
                blame(form, problem)
            else:
                refusal = Refusal(*problem.fields.values(), do=_("Please send the table again."))
        except Refusal as problem:
            refusal, status = problem, problem.status
    context = {
        "title": _("Cards from a table"),
        "crumbs": _crumbs(found, _("Cards from a table")),
        "form": form,
        "refusal": refusal,
        **shown,
    }
    return render(request, "workspace/table_read.html", context, status=status)


def _cards_shown(call: Call, form: forms.CardTableForm, mark: tuple[str, ...]) -> dict[str, Any]:
    read = read_cards(
        bytes_of(form.cleaned_data["file"]),
        languages=forms.LANGUAGES,
        longest=LONGEST,
        named=form.cleaned_data["named"],
        may_publish=form.cleaned_data["may_publish"],
    )
    changes = queries.compared(None, call, read.cards)
    return {
        "changes": changes,
        "counts": Counter(change.sort for change in changes),
        "columns": "cards",
        "flaws": read.flaws,
        "unread": read.table.unread,
        "kept": kept(mark, read.cards),
    }


def _cards_entered(request: MemberRequest, call: Call, mark: tuple[str, ...]) -> HttpResponse:
    rows = [Card(**row) for row in opened(request.POST["kept"], mark)]
    done = actions.enter_cards(None, call, rows, **facts(request))
    sentence = ngettext("%(n)s card has been entered.", "%(n)s cards have been entered.", len(done))
    messages.success(request, sentence % {"n": len(done)})
    return SeeOther(address_of("call", call))


def _crumbs(call: Call, here: str) -> list[Link]:
    return crumbs(Link(call.title, address_of("call", call)), Link(here))
