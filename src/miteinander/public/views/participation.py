"""Have your say: calls, the form without an account, the receipt, and what became of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from miteinander.core.codes import read_code
from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.forms import ContributeForm, FilterForm, ReceiptSearchForm
from miteinander.participation.states import Channel, ContributionState
from miteinander.process.queries import registration_with
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.thread import stations
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link, VoiceRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miteinander.participation.models import Call, Contribution, Theme
    from miteinander.ui.requests import SiteRequest


def language() -> str:
    return get_language() or "de"


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Start"), reverse("public:home")),
        Link(_("Have your say"), reverse("public:calls")),
        *more,
    ]


def _time_left(call: Call, request: SiteRequest) -> dict[str, Any]:
    """Absolute and relative; the last day is told in words."""
    shown_until(request, call.opens_at, call.closes_at)
    days = (localdate(call.closes_at) - localdate(request.standing.at)).days
    return {
        "is_open": call.is_open(request.standing.at, localdate(request.standing.at)),
        "is_ahead": request.standing.at < call.opens_at,
        "days": days,
        "left": ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
        if days > 0
        else _("only today"),
    }


def _place(request: SiteRequest) -> dict[str, int]:
    """Where a long list goes on; what is no number is the beginning."""
    for name in ("older", "newer"):
        value = request.GET.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 16:
            return {name: int(value)}
    return {}


def _voices(rows: Iterable[Contribution]) -> list[VoiceRow]:
    """Turn contributions, localised before, into rows."""
    return [_voice(contribution) for contribution in rows]


def _voice(contribution: Contribution) -> VoiceRow:
    localised = getattr(contribution, "localised", {}).get("text")
    return VoiceRow(
        text=localised.text if localised else contribution.text,
        text_language=localised.language if localised else contribution.language,
        translation=localised.state if localised else "",
        title=contribution.title,
        language=contribution.language,
        url=contribution.get_absolute_url(),
        when=contribution.happened_on,
        precision=contribution.precision,
        channel=Channel(contribution.channel).label,
        is_answered=contribution.is_answered,
        is_example=contribution.is_example,
    )


# --- calls -------------------------------------------------------------------------------------


@public_page()
def calls(request: SiteRequest) -> HttpResponse:
    """What is open now, what is planned, what was asked before."""
    everything = queries.public_calls(request.municipality)
    localise(everything, language())
    numbers = queries.figures_of(everything)
    shown = [
        {"call": call, "figures": numbers[call.pk], **_time_left(call, request)}
        for call in everything
    ]
    context = {
        "title": _("Have your say"),
        "crumbs": _crumbs(),
        "open_calls": sorted((c for c in shown if c["is_open"]), key=lambda c: c["call"].closes_at),
        "planned": [c for c in shown if c["is_ahead"]],
        "closed": [c for c in shown if not c["is_open"] and not c["is_ahead"]],
    }
    return render(request, "public/calls.html", context)


@public_page("newer", "older")
def call(request: SiteRequest, identifier: str) -> HttpResponse:
    """The question, the time left, the ways to answer, and what others say."""
    found = _call(request, identifier)
    said = queries.published_in(found, **_place(request))
    localise([found, *said.rows], language())
    context = {
        "title": found.title,
        "crumbs": _crumbs(Link(found.title)),
        "call": found,
        "office": found.process.lead_office,
        "figures": queries.figures(found),
        "contributions": said,
        "voices": _voices(said.rows),
        **_time_left(found, request),
    }
    return render(request, "public/call.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def contribute(request: SiteRequest, identifier: str) -> HttpResponse:
    """One textarea. No account, no name; nothing about the sender is read or kept.

    After success a redirect leads to the receipt, so that a reload sends nothing twice; the
    signed key in the form makes a double click one contribution.
    """
    found = _call(request, identifier)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _contribution, code = actions.submit_contribution(
            found,
            **data,
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(request, ContributeForm, SALT, {}, act)
    if answer is not None:
        return answer
    left = _time_left(found, request)
    refused = request.method == "POST" or not left["is_open"]
    localise([found], language())
    context = {
        "title": found.question,
        "crumbs": _crumbs(Link(found.title, found.get_absolute_url()), Link(_("Answer"))),
        "call": found,
        "office": found.process.lead_office,
        "form": form,
        "refusal": refusal,
        "typed": request.POST.get("text", ""),
        **left,
    }
    page = "public/contribute.html" if left["is_open"] else "public/call_closed.html"
    return render(request, page, context, status=422 if refused else 200)


def _call(request: SiteRequest, identifier: str) -> Call:
    return queries.call_at(request.municipality, request.standing, identifier)


# --- receipts ----------------------------------------------------------------------------------


@login_not_required
@require_GET
@confidential
def receipt_search(request: SiteRequest) -> HttpResponse:
    """Type the code, find the contribution. See ``actions.receipts`` on guessing."""
    form = ReceiptSearchForm(request.GET or None)
    status = 200
    if form.is_bound:
        if form.is_valid():
            typed = form.cleaned_data["code"]
            if queries.contribution_with_receipt(request.municipality, typed):
                return redirect("public:receipt", code=read_code(typed))
            if registration_with(request.municipality, typed):
                return redirect("public:registration", code=read_code(typed))
            form.add_error(
                "code",
                _(
                    "No contribution has this code. Please compare it with your receipt, "
                    "letter by letter."
                ),
            )
        status = 404
    context = {
        "title": _("Find your contribution again"),
        "crumbs": _crumbs(Link(_("Receipt"))),
        "form": form,
    }
    return render(request, "public/receipt_search.html", context, status=status)


@login_not_required
@require_safe
@confidential
def receipt(request: SiteRequest, code: str) -> HttpResponse:
    """What became of it: for whoever holds the code, also when nobody else may read it."""
    found = _with_receipt(request, code)
    localise([found], language())
    code = read_code(code)
    answers = queries.answers_to(found)
    context = {
        "title": _("Your contribution"),
        "crumbs": _crumbs(Link(_("Receipt"))),
        "contribution": found,
        "code": code,
        "address": request.build_absolute_uri(reverse("public:receipt", args=[code])),
        "answers": answers,
        "thread": stations(found, standing=request.standing, language=language())
        if found.is_counted
        else [],
        "is_waiting": found.state == ContributionState.SUBMITTED,
        "is_refused": found.state == ContributionState.REFUSED,
        "is_withdrawn": found.state == ContributionState.WITHDRAWN,
        "is_late": bool(
            found.call
            and not found.is_answered
            and found.call.answer_by < localdate(request.standing.at)
        ),
        "office": found.process.lead_office,
    }
    return render(request, "public/receipt.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def withdraw(request: SiteRequest, code: str) -> HttpResponse:
    """Asked once more, because it cannot be taken back: the words are gone afterwards."""
    found = _with_receipt(request, code)
    code = read_code(code)
    if request.method == "POST":
        actions.withdraw_contribution(found, by=request.standing, at=request.standing.at)
        response = HttpResponseRedirect(reverse("public:receipt", args=[code]))
        response.status_code = 303
        return response
    context = {
        "title": _("Take your contribution back"),
        "crumbs": _crumbs(
            Link(_("Receipt"), reverse("public:receipt", args=[code])), Link(_("Take back"))
        ),
        "contribution": found,
        "code": code,
    }
    return render(request, "public/withdraw.html", context)


def _with_receipt(request: SiteRequest, code: str) -> Contribution:
    found = queries.contribution_with_receipt(request.municipality, code)
    if found is None:
        raise NotThere
    return found


# --- reading -----------------------------------------------------------------------------------


HEADLINE = 280
"""So many letters of a contribution can be its headline; longer ones have a title above."""


@public_page()
def contribution(request: SiteRequest, identifier: str) -> HttpResponse:
    """One published contribution: its words, its answer, its thread."""
    found = queries.contribution_at(request.municipality, request.standing, identifier)
    localise([found], language())
    context = {
        "title": found.title or _("Contribution taken back"),
        "crumbs": _crumbs(
            Link(_("Contributions"), reverse("public:contributions")), Link(_("Contribution"))
        ),
        "contribution": found,
        "is_withdrawn": found.state == ContributionState.WITHDRAWN,
        "is_short": len(found.text) <= HEADLINE,
        "answers": queries.answers_to(found),
        "thread": stations(found, standing=request.standing, language=language()),
    }
    return render(request, "public/contribution.html", context)


@public_page("newer", "older")
def theme(request: SiteRequest, identifier: str) -> HttpResponse:
    """What many contributions are about, and what became of them."""
    found = _theme(request, identifier)
    said = queries.published_in(found, **_place(request))
    thread = stations(found, standing=request.standing, language=language(), beside=said.rows)
    context = {
        "title": found.title,
        "crumbs": _crumbs(
            Link(_("Contributions"), reverse("public:contributions")), Link(found.title)
        ),
        "theme": found,
        "figures": queries.figures(found),
        "contributions": said,
        "voices": _voices(said.rows),
        "thread": thread,
    }
    return render(request, "public/theme.html", context)


@public_page("call", "newer", "of", "older", "theme")
def contributions(request: SiteRequest) -> HttpResponse:
    """All published contributions of a process, or of one call or theme of it."""
    town, standing = request.municipality, request.standing
    scope, chosen = _scope(request)
    process = scope.process if scope else queries.newest_process(town, standing)
    found = queries.published_in(scope or process, **_place(request)) if process else None
    if found:
        localise(found.rows, language())
    form = None
    if process:
        form = FilterForm(
            {"of": chosen},
            calls=[c for c in queries.calls_of(process) if c.is_public],
            themes=[t for t in queries.themes_of(process) if t.is_public],
        )
    context = {
        "title": _("What people say"),
        "crumbs": _crumbs(Link(_("Contributions"))),
        "process": process,
        "scope": scope,
        "form": form,
        "figures": queries.figures(scope or process) if process else None,
        "contributions": found,
        "voices": _voices(found.rows) if found else [],
        "query": f"of={chosen}" if scope else "",
    }
    return render(request, "public/contributions.html", context)


def _scope(request: SiteRequest) -> tuple[Call | Theme | None, str]:
    """The call or theme that is asked for: ``?of=call.abc``, ``?call=abc`` or ``?theme=abc``."""
    kind, _dot, identifier = request.GET.get("of", "").partition(".")
    for name in ("call", "theme"):
        if request.GET.get(name):
            kind, identifier = name, request.GET[name]
    if kind in ("call", "theme") and not identifier.isalnum():
        raise NotThere  # paths are held to letters and digits, parameters are not
    if kind == "call":
        return _call(request, identifier), f"call.{identifier}"
    if kind == "theme":
        return _theme(request, identifier), f"theme.{identifier}"
    return None, ""


def _theme(request: SiteRequest, identifier: str) -> Theme:
    return queries.theme_at(request.municipality, request.standing, identifier)
