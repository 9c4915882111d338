"""One answer for many: for a theme, or for contributions that were ticked; seen before sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.participation import actions, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask
from miteinander.workspace.views.participation.replying import (
    Replying,
    additions_in,
    language_of,
    preview,
    replying,
)
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    address_of,
    crumbs,
    facts,
    form_view,
    place_of,
    process_of,
    theme_of,
    ticked,
    understood,
)
from miteinander.workspace.views.participation.themes import theme_crumbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.participation.models import Contribution
    from miteinander.ui.requests import MemberRequest

PAGE = "workspace/answering.html"


@form_view
def theme_answer(request: MemberRequest, identifier: str) -> HttpResponse:
    """One answer for everything in the theme that waits, or only for what stands on this page."""
    found = theme_of(request, identifier, ANSWER)
    waiting = queries.figures(found).unanswered
    shown = queries.contributions_of_theme(found, **place_of(request))
    here = _open_ones(shown.rows)
    reply = replying(request, theme=found.title)
    additions = additions_in(request, shown.rows)

    def act() -> str:
        answer = {**reply.form.cleaned_data, "additions": additions}
        answer["language"] = language_of(answer["reason"], shown.rows)
        if request.POST.get("to") == "shown":
            listed = _listed(request, shown.rows)
            actions.answer_together(found.process, listed, **answer, **facts(request))
        else:
            actions.answer_theme(found, **answer, **facts(request))
        return address_of("theme", found)

    question = Question(
        title=_("Answer the theme: %(title)s") % {"title": found.title},
        intro=ngettext(
            "%(count)s contribution in it has no answer yet.",
            "%(count)s contributions in it have no answer yet.",
            waiting,
        )
        % {"count": waiting}
        if waiting
        else "",
        nothing="" if waiting or _was_sent(request) else _("Everybody has an answer."),
        submit=_("Send answer"),
        done=_("Answered. Everybody finds the answer under their receipt."),
        crumbs=theme_crumbs(found, _("Answer")),
        autosave=f"theme-answer-{found.identifier}",
    )
    more = {
        **_page(reply, shown.rows, additions),
        "contributions": shown,
        "waiting": waiting,
        "has_more": waiting > len(here),
    }
    return ask(request, reply.form, question, act=act, template=PAGE, more=more)


@form_view
def answer_many(request: MemberRequest, process: str) -> HttpResponse:
    """The same for contributions that were ticked, whatever theme they lie in."""
    found = process_of(request, process, ANSWER)
    rows = [row for row in ticked(request, found, request.GET) if row.is_counted]
    reply = replying(request)
    additions = additions_in(request, rows)

    def act() -> str:
        actions.answer_together(
            found,
            _listed(request, rows),
            **reply.form.cleaned_data,
            additions=additions,
            language=language_of(reply.form.cleaned_data["reason"], rows),
            **facts(request),
        )
        return address_of("answers", found)

    count = len(_open_ones(rows))
    question = Question(
        title=_("Answer several contributions"),
        intro=ngettext(
            "%(count)s contribution gets this answer.",
            "%(count)s contributions get this answer.",
            count,
        )
        % {"count": count}
        if count
        else "",
        nothing="" if count or _was_sent(request) else _nothing(rows),
        submit=_("Send answer"),
        done=_("Answered. Everybody finds the answer under their receipt."),
        crumbs=crumbs(Link(_("Answer"), address_of("answers", found)), Link(_("Several at once"))),
    )
    more = _page(reply, rows, additions)
    return ask(request, reply.form, question, act=act, template=PAGE, more=more)


def _page(
    reply: Replying, rows: Sequence[Contribution], additions: dict[int, str]
) -> dict[str, Any]:
    """What stands beside the form: each contribution, its own sentence, what its author reads."""
    understood(rows)
    return {
        "blocks": reply.blocks,
        **preview(reply),
        "rows": [{"contribution": c, "addition": additions.get(c.pk, "")} for c in rows],
        "is_bulk": True,
        "is_open": bool(_open_ones(rows)),
    }


def _listed(request: MemberRequest, rows: Sequence[Contribution]) -> list[Contribution]:
    """What stood on the page as waiting when it was sent."""
    wanted = set(request.POST.getlist("on_page"))
    return [row for row in rows if row.identifier in wanted]


def _open_ones(rows: Sequence[Contribution]) -> list[Contribution]:
    return [c for c in rows if not (c.is_answered or c.is_merged or c.is_split)]


def _was_sent(request: MemberRequest) -> bool:
    """What was typed stays on the page, also where others have answered meanwhile."""
    return request.method == "POST"


def _nothing(rows: Sequence[Contribution]) -> str:
    """Why there is nobody to answer."""
    return _("Everybody has an answer.") if rows else _("Please tick at least one contribution.")
