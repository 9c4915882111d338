"""The room of participation: calls, reading, cards, the board, themes, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core.errors import Invalid, Refusal
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import ContributionState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from miteinander.core.standing import Standing
    from miteinander.participation.models import Contribution, Theme
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


class Facts(TypedDict):
    by: Standing
    at: datetime


MODERATE, GATHER, ANSWER = (
    "participation.moderate",
    "participation.gather",
    "participation.answer",
)
MOST_AT_ONCE = 500
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _facts(request: MemberRequest) -> Facts:
    """Who acts and when, as every action wants it."""
    return {"by": request.standing, "at": request.standing.at}


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Participation"), reverse("workspace:calls")),
        *more,
    ]


def _process(request: MemberRequest, identifier: str, right: str) -> Process:
    """A process of this municipality, for whoever has the right; 404 before 403."""
    enter(request, right)
    found = queries.processes_taking_part(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def _theme(request: MemberRequest, identifier: str, right: str = GATHER) -> Theme:
    enter(request, right)
    found = queries.themes_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def _contribution(request: MemberRequest, identifier: str, right: str) -> Contribution:
    enter(request, right)
    found = queries.contributions_visible_to(request.municipality, request.standing)
    found = found.select_related("call", "theme", "meeting", "process", "answer")
    return get_object_or_404(found, identifier=identifier)


def _place(request: MemberRequest) -> dict[str, int]:
    for name in ("older", "newer"):
        value = request.GET.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 16:
            return {name: int(value)}
    return {}


def _on(name: str, thing: Process | Theme | Contribution) -> str:
    return reverse(f"workspace:{name}", args=[thing.identifier])


def _ticked(request: MemberRequest, process: Process, boxes: QueryDict) -> list[Contribution]:
    wanted = boxes.getlist("c")[:MOST_AT_ONCE]
    return queries.chosen_contributions(process, request.standing, wanted)


# --- calls -------------------------------------------------------------------------------------


@require_safe
def calls(request: MemberRequest) -> HttpResponse:
    """Every process with its calls and with what waits in it."""
    enter(request, "community.see_register")
    processes = list(queries.processes_taking_part(request.municipality, request.standing)[:20])
    everything = queries.calls_of_all(processes, request.standing)
    numbers = queries.figures_of([*processes, *everything])
    at, day = request.standing.at, localdate(request.standing.at)
    rooms = [
        {
            "process": process,
            "figures": numbers[process.pk],
            "may_collect": process.permits("contribute", day),
            "calls": [
                {"call": c, "figures": numbers[c.pk], "is_open": c.is_open(at, day)}
                for c in everything
                if c.process_id == process.pk
            ],
        }
        for process in processes
    ]
    context = {"title": _("Participation"), "crumbs": _crumbs(), "rooms": rooms}
    return render(request, "workspace/calls.html", context)


@form_view
def call_new(request: MemberRequest, process: str) -> HttpResponse:
    found = _process(request, process, "participation.open_call")
    phases = [p for p in found.phases.all() if "contribute" in p.permits and not p.is_closed()]
    form = forms.CallForm(typed(request), phases=phases)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k not in ("seen", "phase")}
        phase = next(p for p in phases if p.pk == form.cleaned_data["phase"])
        actions.open_call(phase, **data, language=get_language() or "de", **_facts(request))
        return reverse("workspace:calls")

    question = Question(
        title=_("Open a call"),
        intro=_("Everybody can read it at once, and answer it as soon as it opens."),
        submit=_("Open call"),
        done=_("The call is public now."),
        missing=[]
        if phases
        else [
            Link(
                _("A phase that permits contributions"),
                reverse("workspace:process", args=[found.identifier]),
            )
        ],
        crumbs=_crumbs(Link(_("Open a call"))),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@form_view
def call_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, "participation.open_call")
    visible = queries.calls_visible_to(request.municipality, request.standing)
    found = get_object_or_404(visible, identifier=identifier)
    form = forms.CallForm(
        typed(request), phases=[found.phase], initial=forms.CallForm.initial_from(found)
    )

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k not in ("seen", "phase")}
        seen = form.cleaned_data["seen"]
        actions.change_call(
            found, changes=data, seen=found.revision if seen is None else seen, **_facts(request)
        )
        return reverse("workspace:calls")

    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        submit=_("Save"),
        done=_("The call has been changed."),
        crumbs=_crumbs(Link(found.title)),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)


# --- reading -------------------------------------------------------------------------------------


@form_view
def moderation(request: MemberRequest, process: str) -> HttpResponse:
    """The queue: publish or keep one with one press, or many that are ticked."""
    found = _process(request, process, MODERATE)
    if request.method == "POST":
        return _moderate(request, found)
    context = {
        "title": _("Read what came in"),
        "crumbs": _crumbs(Link(_("Read"))),
        "process": found,
        "figures": queries.figures(found),
        "contributions": queries.waiting_for_moderation(found, **_place(request)),
    }
    return render(request, "workspace/moderation.html", context)


def _moderate(request: MemberRequest, process: Process) -> HttpResponse:
    verb, _dot, one = request.POST.get("do", "").partition(".")
    verbs = {"publish": actions.publish_contribution, "keep": actions.keep_internal}
    if verb not in verbs:
        raise Refusal(_("Please choose what to do."), do=_("Go back and press one of the buttons."))
    rows = (
        queries.chosen_contributions(process, request.standing, [one])
        if one
        else _ticked(request, process, request.POST)
    )
    done, refusals = 0, []
    for row in rows:
        try:
            verbs[verb](row, **_facts(request))
            done += 1
        except Refusal as refusal:
            refusals.append(f"“{row.title}”: {refusal}")
    if done:
        messages.success(
            request,
            ngettext("%(count)s contribution is done.", "%(count)s contributions are done.", done)
            % {"count": done},
        )
    for sentence in refusals:
        messages.warning(request, sentence)
    if not rows:
        messages.warning(request, _("Nothing was ticked."))
    return SeeOther(_on("moderation", process))


@form_view
def refuse(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _contribution(request, identifier, MODERATE)
    form = forms.RefuseForm(typed(request))

    def act() -> str:
        actions.refuse_contribution(found, **form.cleaned_data, **_facts(request))
        return _on("moderation", found.process)

    question = Question(
        title=_("Do not publish: %(title)s") % {"title": found.title},
        intro=_(
            "It will not be worked with either. To work with it unseen, keep it with the office."
        ),
        submit=_("Refuse with this reason"),
        done=_("The contribution was refused. Its author can read why."),
        crumbs=_crumbs(Link(_("Read"), _on("moderation", found.process)), Link(found.title)),
    )
    return ask(request, form, question, act=act)


@form_view
def cards(request: MemberRequest, process: str) -> HttpResponse:
    """A pinwall typed in: one card per line; sent twice, it is entered once."""
    found = _process(request, process, "participation.record_contribution")
    calls, meetings = queries.calls_of(found), queries.meetings_of(found)
    initial = {"form_key": actions.fresh_form_key(at=request.standing.at)}
    form = forms.CardsForm(typed(request), calls=calls, meetings=meetings, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        for number, text in enumerate(data["cards"]):
            actions.record_contribution(
                found,
                text=text,
                channel=data["channel"],
                call=next((c for c in calls if c.pk == data["call"]), None),
                meeting=next((m for m in meetings if m.pk == data["meeting"]), None),
                may_publish=data["may_publish"],
                language=data["language"],
                happened_on=data["happened_on"],
                form_key=f"{data['form_key']}:{number}" if data["form_key"] else "",
                **_facts(request),
            )
        return _on("board", found)

    question = Question(
        title=_("Enter cards"),
        intro=_("What was said on cards, on paper or on the phone counts like everything else."),
        submit=_("Enter cards"),
        done=_("The cards have been entered. They can be sorted now."),
        crumbs=_crumbs(Link(_("Cards"))),
        autosave=f"cards-{found.identifier}",
    )
    return ask(request, form, question, act=act)


# --- the board -----------------------------------------------------------------------------------


@form_view
def board(request: MemberRequest, process: str) -> HttpResponse:
    """Tick contributions, choose a theme, press a button: works with everything."""
    found = _process(request, process, GATHER)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _sort(request, found)
        except Refusal as problem:
            refusal = problem
    themes = queries.themes_of(found, live_only=True)
    context = {
        "title": _("Sort into themes"),
        "crumbs": _crumbs(Link(_("Sort"))),
        "process": found,
        "themes": themes,
        "numbers": queries.figures_of(themes),
        "contributions": queries.loose_contributions(found, **_place(request)),
        "refusal": refusal,
        "ticked": request.POST.getlist("c"),
        "typed_title": request.POST.get("title", ""),
        "chosen_theme": request.POST.get("theme", ""),
    }
    return render(
        request, "workspace/board.html", context, status=refusal.status if refusal else 200
    )


def _sort(request: MemberRequest, process: Process) -> HttpResponse:
    rows = _ticked(request, process, request.POST)
    if not rows:
        raise Invalid({"c": _("Please tick at least one contribution.")})
    do = request.POST.get("do", "gather")
    back = request.POST.get("back", "")
    address = _on("board", process)
    themes = {t.identifier: t for t in queries.themes_of(process)}
    if back in themes:
        address = _on("theme", themes[back])
    if do == "merge":
        query = urlencode([("c", row.identifier) for row in rows])
        return SeeOther(f"{_on('merge', process)}?{query}")
    if do == "release":
        count = actions.release(rows, **_facts(request))
        sentence = ngettext(
            "%(count)s contribution is loose again.",
            "%(count)s contributions are loose again.",
            count,
        )
        messages.success(request, sentence % {"count": count})
        return SeeOther(address)
    title = request.POST.get("title", "").strip()
    theme = themes.get(request.POST.get("theme", ""))
    if title:
        theme = actions.name_theme(
            process,
            title=title,
            language=get_language() or "de",
            **_facts(request),
        )
    if theme is None:
        raise Invalid({"theme": _("Please choose a theme, or give a new one a name.")})
    count = actions.gather(rows, theme, **_facts(request))
    sentence = ngettext(
        "%(count)s contribution lies in “%(theme)s” now.",
        "%(count)s contributions lie in “%(theme)s” now.",
        count,
    )
    messages.success(request, sentence % {"count": count, "theme": theme.title})
    return SeeOther(address)


@form_view
def merge(request: MemberRequest, process: str) -> HttpResponse:
    """Show what will be linked, then link it."""
    found = _process(request, process, GATHER)
    rows = _ticked(request, found, request.GET)  # the address says which, also when sent
    form = forms.MergeForm(typed(request), contributions=rows)

    def act() -> str:
        into = next(r for r in rows if r.identifier == form.cleaned_data["into"])
        others = [r for r in rows if r.pk != into.pk]
        actions.merge_contributions(
            into,
            others,
            reason=form.cleaned_data["reason"],
            **_facts(request),
        )
        return _on("contribution", into)

    question = Question(
        title=_("Merge contributions"),
        submit=_("Merge"),
        done=_("Merged. Every contribution stays readable and leads here."),
        crumbs=_crumbs(Link(_("Sort"), _on("board", found)), Link(_("Merge"))),
    )
    more = {"contributions": rows}
    return ask(request, form, question, act=act, template="workspace/merge.html", more=more)


@form_view
def split(request: MemberRequest, identifier: str) -> HttpResponse:
    """Show the words beside the parts that will be linked to them."""
    found = _contribution(request, identifier, GATHER)
    form = forms.SplitForm(typed(request), initial={"parts": found.text})

    def act() -> str:
        actions.split_contribution(
            found,
            form.cleaned_data["parts"],
            reason=form.cleaned_data["reason"],
            **_facts(request),
        )
        return _on("contribution", found)

    question = Question(
        title=_("Split a contribution"),
        submit=_("Split"),
        done=_("Split. The original stays readable and leads to its parts."),
        crumbs=_crumbs(Link(found.title, _on("contribution", found)), Link(_("Split"))),
    )
    more = {"contribution": found}
    return ask(request, form, question, act=act, template="workspace/split.html", more=more)


# --- themes ------------------------------------------------------------------------------------


@form_view
def theme_new(request: MemberRequest, process: str) -> HttpResponse:
    found = _process(request, process, GATHER)
    form = forms.ThemeForm(typed(request))

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        actions.name_theme(found, **data, language=get_language() or "de", **_facts(request))
        return _on("board", found)

    question = Question(
        title=_("New theme"),
        submit=_("Add theme"),
        done=_("The theme has been added."),
        crumbs=_crumbs(Link(_("Sort"), _on("board", found)), Link(_("New theme"))),
    )
    return ask(request, form, question, act=act)


@require_safe
def theme(request: MemberRequest, identifier: str) -> HttpResponse:
    """A theme with its contributions, to sort on and to answer."""
    found = _theme(request, identifier)
    context = {
        "title": found.title,
        "crumbs": _crumbs(Link(_("Sort"), _on("board", found.process)), Link(found.title)),
        "theme": found,
        "process": found.process,
        "figures": queries.figures(found),
        "themes": [t for t in queries.themes_of(found.process, live_only=True) if t != found],
        "contributions": queries.contributions_of_theme(found, **_place(request)),
    }
    return render(request, "workspace/theme.html", context)


def _theme_crumbs(found: Theme, here: str) -> list[Link]:
    return _crumbs(
        Link(_("Sort"), _on("board", found.process)),
        Link(found.title, _on("theme", found)),
        Link(here),
    )


@form_view
def theme_rename(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _theme(request, identifier)
    form = forms.ThemeForm(typed(request), initial=forms.ThemeForm.initial_from(found))

    def act() -> str:
        actions.rename_theme(found, **form.cleaned_data, **_facts(request))
        return _on("theme", found)

    question = Question(
        title=_("Rename: %(title)s") % {"title": found.title},
        intro=_("The old name stays in the records, and the address stays the same."),
        submit=_("Save"),
        done=_("The theme has been changed."),
        crumbs=_theme_crumbs(found, _("Rename")),
    )
    return ask(request, form, question, act=act)


@form_view
def theme_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _theme(request, identifier)
    form = forms.ReasonForm(typed(request))

    def act() -> str:
        actions.retire_theme(found, **form.cleaned_data, **_facts(request))
        return _on("theme", found)

    question = Question(
        title=_("Close the theme: %(title)s") % {"title": found.title},
        intro=_("What was gathered in it stays attached and is answered all the same."),
        submit=_("Close theme"),
        done=_("The theme is closed."),
        crumbs=_theme_crumbs(found, _("Close")),
    )
    return ask(request, form, question, act=act)


@form_view
def theme_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _theme(request, identifier)
    others = [t for t in queries.themes_of(found.process, live_only=True) if t != found]
    form = forms.MoveThemeForm(typed(request), themes=others)

    def act() -> str:
        into = next(t for t in others if t.identifier == form.cleaned_data["into"])
        actions.move_theme(
            found,
            into=into,
            reason=form.cleaned_data["reason"],
            **_facts(request),
        )
        return _on("theme", into)

    question = Question(
        title=_("Let “%(title)s” live on in another theme") % {"title": found.title},
        intro=_("It is closed, and its thread leads to the other theme from now on."),
        submit=_("Move theme"),
        done=_("The theme lives on here."),
        crumbs=_theme_crumbs(found, _("Carry on")),
    )
    return ask(request, form, question, act=act)


@form_view
def theme_answer(request: MemberRequest, identifier: str) -> HttpResponse:
    """One answer for everything in the theme that waits for one."""
    found = _theme(request, identifier, ANSWER)
    waiting = queries.figures(found).unanswered
    form = forms.AnswerForm(typed(request))

    def act() -> str:
        actions.answer_theme(
            found, **form.cleaned_data, language=get_language() or "de", **_facts(request)
        )
        return _on("theme", found)

    question = Question(
        title=_("Answer the theme: %(title)s") % {"title": found.title},
        intro=ngettext(
            "%(count)s contribution in it has no answer yet.",
            "%(count)s contributions in it have no answer yet, and get this one.",
            waiting,
        )
        % {"count": waiting},
        submit=_("Send answer"),
        done=_("Answered. Everybody finds the answer under their receipt."),
        crumbs=_theme_crumbs(found, _("Answer")),
        autosave=f"theme-answer-{found.identifier}",
    )
    return ask(request, form, question, act=act)


# --- one contribution, and answers ---------------------------------------------------------


@require_safe
def contribution(request: MemberRequest, identifier: str) -> HttpResponse:
    """Everything about one contribution, with what can be done with it."""
    found = _contribution(request, identifier, MODERATE)
    context = {
        "title": found.title or _("Contribution taken back"),
        "crumbs": _crumbs(Link(_("Contribution"))),
        "contribution": found,
        "answers": queries.answers_to(found),
        "heirs": queries.merged_into(found),
        "is_waiting": found.state == ContributionState.SUBMITTED,
    }
    return render(request, "workspace/contribution.html", context)


@require_safe
def answers(request: MemberRequest, process: str) -> HttpResponse:
    """Who still waits for an answer, and how far we are."""
    found = _process(request, process, ANSWER)
    themes = queries.themes_of(found)
    numbers = queries.figures_of([found, *themes])
    context = {
        "title": _("Answer"),
        "crumbs": _crumbs(Link(_("Answer"))),
        "process": found,
        "figures": numbers[found.pk],
        "themes": [
            {"theme": t, "figures": numbers[t.pk]} for t in themes if numbers[t.pk].unanswered
        ],
        "contributions": queries.unanswered(found, **_place(request)),
        "phases": [p for p in found.phases.all() if not p.is_closed()],
    }
    return render(request, "workspace/answers.html", context)


@form_view
def answer(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _contribution(request, identifier, ANSWER)
    form = forms.AnswerForm(typed(request))

    def act() -> str:
        actions.answer_contribution(
            found, **form.cleaned_data, language=get_language() or "de", **_facts(request)
        )
        return _on("answers", found.process)

    question = Question(
        title=_("Answer: %(title)s") % {"title": found.title},
        intro=found.text,
        submit=_("Send answer"),
        done=_("Answered. The author finds the answer under the receipt."),
        crumbs=_crumbs(Link(_("Answer"), _on("answers", found.process)), Link(found.title)),
        autosave=f"answer-{found.identifier}",
    )
    return ask(request, form, question, act=act)
