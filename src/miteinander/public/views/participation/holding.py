"""For whoever holds a receipt: add to it, take everything along, hear by mail, be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core.codes import read_code
from miteinander.core.errors import NotThere
from miteinander.participation import actions, queries
from miteinander.participation.forms import AddForm, NoticeForm
from miteinander.participation.states import ContributionState
from miteinander.public.thread import stations
from miteinander.public.views.participation.shared import crumbs, language
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Answer, Contribution
    from miteinander.ui.requests import SiteRequest

ADD, NOTICE = "miteinander.add", "miteinander.answer_notice_form"
sent_or_shown = require_http_methods(["GET", "HEAD", "POST"])


def with_receipt(request: SiteRequest, code: str) -> Contribution:
    found = queries.contribution_with_receipt(request.municipality, code)
    if found is None:
        raise NotThere
    return found


def receipt_crumbs(code: str, *more: Link) -> list[Link]:
    return crumbs(Link(_("Receipt"), reverse("public:receipt", args=[code])), *more)


def _below(
    request: SiteRequest, page: str, code: str, title: str, *, crumb: str = "", **more: Any
) -> HttpResponse:
    """A page below the receipt; whatever was sent and is shown again was refused."""
    context = {
        "title": title,
        "crumbs": receipt_crumbs(code, Link(crumb or title)),
        "code": code,
        **more,
    }
    return render(request, page, context, status=422 if request.method == "POST" else 200)


@login_not_required
@sent_or_shown
@confidential
def add(request: SiteRequest, code: str) -> HttpResponse:
    """Something was forgotten: it is found under the same receipt, and read with the first."""
    found = with_receipt(request, code)
    code = read_code(code)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        actions.add_to_contribution(
            found,
            **data,
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(request, AddForm, ADD, {}, act, about=found.call)
    if answer is not None:
        return answer
    more: dict[str, Any] = {
        "contribution": found,
        "form": form,
        "refusal": refusal,
        "is_possible": actions.can_be_added_to(found),
    }
    return _below(request, "public/receipt_add.html", code, _("Add something"), **more)


@login_not_required
@require_safe
@confidential
def receipt_data(request: SiteRequest, code: str, kind: str) -> HttpResponse:
    """Everything that is kept under a code: for machines (json) and for people (txt)."""
    found = with_receipt(request, code)
    kept = _kept(request, found)
    if kind == "json":
        response: HttpResponse = JsonResponse(
            kept, json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    else:
        text = render_to_string("public/receipt.txt", {"kept": kept})
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="beitrag.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kept(request: SiteRequest, found: Contribution) -> dict[str, Any]:
    """One dict for both: what is stored, and nothing that only we would understand."""
    hanging = queries.hanging_on(found)
    said = [found, *hanging.additions]
    further = queries.answers_to_additions(found, hanging.additions)
    answers = [queries.answers_to(found, language=found.language), *further]
    thread = (
        stations(found, standing=request.standing, language=language()) if found.is_counted else []
    )
    return {
        "question": found.call.question if found.call else "",
        "contributions": [
            _one(row, answers=given, late=row is found and hanging.is_late)
            for row, given in zip(said, answers, strict=True)
        ],
        **_about(found),
        "theme": found.theme.title if found.theme and found.theme.is_public else "",
        "thread": [str(station.title) for station in thread],
        "notice_by_mail": hanging.has_notice,
    }


def _about(found: Contribution) -> dict[str, Any]:
    """The passage of a draft that it is about, where there is one."""
    said = getattr(found, "passage_comment", None)
    if said is None:
        return {}
    return {
        "passage": {
            "number": said.passage.number,
            "wording": said.passage.text,
            "these_words": said.quote,
            "another_wording": said.proposal,
        }
    }


def _answer(answer: Answer) -> dict[str, Any]:
    """All that stands under the receipt: also whose business it is, and what was added later."""
    dressed: Any = answer
    organisation = answer.organisation if answer.organisation_id else None
    named = organisation.title if organisation and organisation.is_public else answer.business_of
    return {
        "outcome": str(answer.get_outcome_display()),
        "reason": answer.reason,
        **_told(dressed.told),
        "whose_business": named,
        "by": answer.function,
        "day": localdate(answer.answered_at).isoformat(),
        "added_later": [
            {
                "text": added.told.original,
                **_told(added.told),
                "by": added.function,
                "day": localdate(added.added_at).isoformat(),
            }
            for added in dressed.added
        ],
    }


def _told(told: queries.Told) -> dict[str, Any]:
    if not told.translated:
        return {"language": told.language}
    return {
        "language": told.language,
        "in_your_language": told.translated,
        "checked_by_a_person": told.is_reliable,
    }


def _one(row: Contribution, *, answers: list[Answer], late: bool) -> dict[str, Any]:
    return {
        "text": row.text,
        "language": row.language,
        "day": row.happened_on.isoformat() if row.happened_on else "",
        "way": str(row.get_channel_display()),
        "others_may_read_it": row.may_publish,
        "state": str(row.get_state_display()),
        "reason_for_not_publishing": row.refusal,
        "sent_after_closing": late,
        "supports": row.supports,
        "answers": [_answer(answer) for answer in answers],
        **_blacked_out(row),
    }


def _blacked_out(row: Contribution) -> dict[str, str]:
    """Only whoever holds the receipt takes along what was written before."""
    kept = getattr(row, "blacked_out", None)
    if kept is None:
        return {}
    return {
        "as_you_wrote_it": kept.text,
        "your_other_wording": kept.proposal if kept.proposal != kept.text else "",
        "where_as_you_wrote_it": kept.place,
        "reason_for_blacking_out": kept.reason,
    }


# --- hearing by mail ----------------------------------------------------------------------------


@login_not_required
@sent_or_shown
@confidential
def notice(request: SiteRequest, code: str) -> HttpResponse:
    """Ask for a mail when there is an answer; the same is said whatever the address is."""
    found = with_receipt(request, code)
    code = read_code(code)
    if found.call is None or found.call.is_protected:
        raise NotThere
    has_notice = queries.hanging_on(found).has_notice
    if request.method == "POST" and request.POST.get("do") == "end":
        actions.drop_notice(found)
        return see("receipt", code)

    def act(data: dict[str, Any], _key: str) -> HttpResponse:
        actions.ask_for_notice(found, data["address"], language=language(), at=request.standing.at)
        return see("notice_asked", code)

    form, refusal, answer = sent_once(request, NoticeForm, NOTICE, {}, act, about=found.call)
    if answer is not None:
        return answer
    more: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "has_notice": has_notice,
        "is_possible": actions.is_noticeable(found),
    }
    title = _("Hear by mail when there is an answer")
    return _below(request, "public/notice.html", code, title, crumb=_("News by mail"), **more)


@login_not_required
@require_safe
@confidential
def notice_asked(request: SiteRequest, code: str) -> HttpResponse:
    found = with_receipt(request, code)
    if found.call is None or found.call.is_protected:
        raise NotThere
    code = read_code(code)
    title = _("Please look into your mails.")
    return _below(request, "public/notice_asked.html", code, title, crumb=_("News by mail"))


@login_not_required
@sent_or_shown
@confidential
def notice_confirm(request: SiteRequest, token: str) -> HttpResponse:
    """The second half of the opt-in: a press, because mail programs open links by themselves."""
    at = request.standing.at
    found, address, chosen = actions.read_wish(request.municipality, token, at=at)
    is_done = request.method == "POST"
    if is_done:
        actions.confirm_notice(found, address, language=chosen, at=at)
    title = _("It is noted.") if is_done else _("Hear by mail when there is an answer")
    return _pressed(request, "public/notice_confirm.html", title, is_done=is_done)


@login_not_required
@sent_or_shown
@confidential
def notice_end(request: SiteRequest, token: str) -> HttpResponse:
    """No further mail: one press, and the address is gone."""
    found = actions.notice_of_link(request.municipality, token)
    if request.method == "POST" and found is not None:
        actions.drop_notice(found.contribution)
        found = None
    title = _("No further mail") if found else _("Your address is deleted.")
    return _pressed(request, "public/notice_end.html", title, is_done=found is None)


def _pressed(request: SiteRequest, page: str, title: str, *, is_done: bool) -> HttpResponse:
    """Where a link of a mail leads: to a button, and to what its press has done."""
    context = {"title": title, "crumbs": crumbs(Link(_("News by mail"))), "is_done": is_done}
    return render(request, page, context)


# --- gone ---------------------------------------------------------------------------------------


@login_not_required
@sent_or_shown
@confidential
def withdraw(request: SiteRequest, code: str) -> HttpResponse:
    """Asked once more, because it cannot be undone: the words go, or the receipt as well."""
    found = with_receipt(request, code)
    code = read_code(code)
    facts: Any = {"by": request.standing, "at": request.standing.at}
    if request.method == "POST":
        if request.POST.get("do") == "erase":
            actions.erase_contribution(found, **facts)
            return see("receipt_gone")
        actions.withdraw_with_additions(found, **facts)
        return see("receipt", code)
    more: dict[str, Any] = {
        "contribution": found,
        "additions": queries.hanging_on(found).additions,
        "is_withdrawn": found.state == ContributionState.WITHDRAWN,
    }
    return _below(request, "public/withdraw.html", code, _("Take back or delete"), **more)


@login_not_required
@require_safe
@confidential
def receipt_gone(request: SiteRequest) -> HttpResponse:
    context = {"title": _("Everything under your code is deleted."), "crumbs": crumbs()}
    return render(request, "public/receipt_gone.html", context)
