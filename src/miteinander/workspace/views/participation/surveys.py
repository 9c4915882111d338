"""Building a survey: questions in their order, what hangs on what, and how people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from miteinander.core.errors import NotThere, Refusal
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import CallMethod, QuestionKind, ResultsShown
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.participation.rooms import crumbs, facts, form_view

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion
    from miteinander.ui.requests import MemberRequest

BUILD = "participation.open_call"


def survey_of(request: MemberRequest, identifier: str, right: str = BUILD) -> Call:
    """A call that is a survey, for whoever has the right; 404 before 403."""
    enter(request, right)
    visible = queries.calls_visible_to(request.municipality, request.standing)
    return get_object_or_404(visible, identifier=identifier, method=CallMethod.SURVEY)


def survey_crumbs(call: Call, *more: Link) -> list[Link]:
    return crumbs(
        Link(call.title, reverse("workspace:call", args=[call.identifier])),
        Link(_("Questions"), _address("survey_questions", call)),
        *more,
    )


def _address(page: str, thing: Call | SurveyQuestion) -> str:
    return reverse(f"workspace:{page}", args=[thing.identifier])


@require_safe
def questions(request: MemberRequest, identifier: str) -> HttpResponse:
    return _show(request, survey_of(request, identifier))


def _show(request: MemberRequest, call: Call, *, refusal: Refusal | None = None) -> HttpResponse:
    """All questions with what one does with each; refusals of the buttons stand on top."""
    found = queries.questions_of(call)
    by_pk = {question.pk: question for question in found}
    answered = queries.responses_in(call)
    context = {
        "title": _("Questions"),
        "crumbs": [*survey_crumbs(call)[:-1], Link(_("Questions"))],
        "call": call,
        "rows": [
            {
                "question": question,
                "number": number,
                "condition": _condition(question, by_pk, found),
                "is_first": number == 1,
                "is_last": number == len(found),
            }
            for number, question in enumerate(found, start=1)
        ],
        "kinds": list(QuestionKind),
        "sent": answered["sent"],
        "begun": answered["draft"],
        "stands": answered["sent"] > 0,
        "results": queries.results_shown(call).label,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/survey_questions.html", context, status=status)


def _condition(
    question: SurveyQuestion, by_pk: dict[int, SurveyQuestion], found: list[SurveyQuestion]
) -> str:
    """On what a question hangs, in words; empty where everybody is asked."""
    source = by_pk.get(question.shown_if_id or 0)
    if source is None:
        return ""
    words = [str(value) for value in question.shown_values]
    if source.question_kind != QuestionKind.SCALE:
        lines = queries.words_of(source, "options").lines
        quoted = [lines[value - 1] for value in question.shown_values]
        words = [_("“%(words)s”") % {"words": word} for word in quoted]
    return _("Only asked after question %(number)s was answered with %(words)s.") % {
        "number": found.index(source) + 1,
        "words": _(" or ").join(words),
    }


@form_view
def question_new(request: MemberRequest, identifier: str, kind: str) -> HttpResponse:
    call = survey_of(request, identifier)
    if kind not in QuestionKind.values:
        raise NotThere
    chosen = QuestionKind(kind)
    form = forms.QuestionForm(typed(request), kind=chosen, earlier=queries.questions_of(call))

    def act() -> str:
        actions.add_question(call, question_kind=kind, **form.changes(), **facts(request))
        return _address("survey_questions", call)

    question = Question(
        title=_("New question: %(kind)s") % {"kind": chosen.label},
        submit=_("Add question"),
        done=_("The question has been added at the end."),
        crumbs=survey_crumbs(call, Link(_("New question"))),
        autosave=f"question-{call.identifier}-{kind}",
    )
    return ask(request, form, question, act=act)


def _question(request: MemberRequest, identifier: str) -> SurveyQuestion:
    enter(request, BUILD)
    return queries.survey_question_at(request.municipality, request.standing, identifier)


@form_view
def question_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _question(request, identifier)
    everything = queries.questions_of(found.call)
    earlier = everything[: [q.pk for q in everything].index(found.pk)]
    form = forms.QuestionForm(
        typed(request),
        kind=QuestionKind(found.question_kind),
        earlier=earlier,
        initial=forms.QuestionForm.initial_from(found),
    )
    stands = queries.is_answered(found.call)

    def act() -> str:
        seen = form.cleaned_data["seen"]
        actions.change_question(
            found,
            changes=form.changes(),
            seen=found.revision if seen is None else seen,
            **facts(request),
        )
        return _address("survey_questions", found.call)

    question = Question(
        title=_("Edit question"),
        intro=_(
            "Somebody has answered already, so the questions stand. You can still correct a "
            "wording; everybody can read in the record that you did."
        )
        if stands
        else "",
        submit=_("Save"),
        done=_("The question has been changed."),
        crumbs=survey_crumbs(found.call, Link(_("Edit question"))),
        autosave=f"question-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@require_POST
def question_move(request: MemberRequest, identifier: str) -> HttpResponse:
    """One place up or down, by a button."""
    found = _question(request, identifier)
    try:
        if request.POST.get("to") in ("up", "down"):
            to: Literal["up", "down"] = "up" if request.POST["to"] == "up" else "down"
            actions.move_question(found, to=to, **facts(request))
    except Refusal as problem:
        return _show(request, found.call, refusal=problem)
    return SeeOther(f"{_address('survey_questions', found.call)}#q-{found.identifier}")


@require_POST
def question_copy(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _question(request, identifier)
    try:
        copy = actions.duplicate_question(found, **facts(request))
    except Refusal as problem:
        return _show(request, found.call, refusal=problem)
    return SeeOther(_address("survey_question", copy))


@form_view
def question_remove(request: MemberRequest, identifier: str) -> HttpResponse:
    """Asked once more: a question with twenty options is soon gone and slowly typed."""
    found = _question(request, identifier)

    def act() -> str:
        actions.remove_question(found, **facts(request))
        return _address("survey_questions", found.call)

    question = Question(
        title=_("Take the question out"),
        intro=found.title,
        submit=_("Take out"),
        done=_("The question has been taken out."),
        crumbs=survey_crumbs(found.call, Link(_("Take out"))),
    )
    return ask(request, forms.EmptyForm(typed(request)), question, act=act)


@require_safe
def survey_preview(request: MemberRequest, identifier: str) -> HttpResponse:
    """The survey as people see it, all pages one below the other; nothing is sent from here."""
    call = survey_of(request, identifier)
    found = queries.questions_of(call)
    by_pk = {question.pk: question for question in found}
    pages = [
        [
            (_condition(question, by_pk, found), [block])
            for question, block in zip(
                page, forms.SurveyForm(page, language=call.language).blocks(), strict=True
            )
        ]
        for page in queries.pages_of(found)
    ]
    context = {
        "title": _("Preview"),
        "crumbs": survey_crumbs(call, Link(_("Preview"))),
        "call": call,
        "pages": pages,
    }
    return render(request, "workspace/survey_preview.html", context)


@form_view
def survey_take_over(request: MemberRequest, identifier: str) -> HttpResponse:
    """All questions of an earlier survey."""
    call = survey_of(request, identifier)
    surveys = queries.earlier_surveys(call, request.standing)
    form = forms.TakeOverForm(typed(request), surveys=surveys)

    def act() -> str:
        source = next(s for s in surveys if s.identifier == form.cleaned_data["source"])
        actions.copy_questions(source, call, **facts(request))
        return _address("survey_questions", call)

    question = Question(
        title=_("Take over questions"),
        intro=_("All questions of the other survey are added at the end. You can change them.")
        if surveys
        else "",
        nothing="" if surveys else _("There is no other survey yet."),
        submit=_("Take over"),
        done=_("The questions have been taken over."),
        crumbs=survey_crumbs(call, Link(_("Take over questions"))),
    )
    return ask(request, form, question, act=act)


@form_view
def survey_results_shown(request: MemberRequest, identifier: str) -> HttpResponse:
    """When everybody sees the results."""
    call = survey_of(request, identifier)
    initial = {"results": queries.results_shown(call)}
    form = forms.ResultsForm(typed(request), initial=initial)

    def act() -> str:
        when = ResultsShown(form.cleaned_data["results"])
        actions.show_results(call, when=when, **facts(request))
        return _address("survey_questions", call)

    question = Question(
        title=_("Show the results"),
        intro=_(
            "Whoever sees results before answering is easily led by them. So they are shown after "
            "the survey has closed, unless you decide otherwise."
        ),
        submit=_("Save"),
        done=_("It is decided when the results are shown."),
        crumbs=survey_crumbs(call, Link(_("Show the results"))),
    )
    return ask(request, form, question, act=act)


def survey_rooms(call: Call) -> list[Link]:
    """What the office does with a survey, in the order in which one needs it."""
    return [
        Link(_("Questions"), _address("survey_questions", call)),
        Link(_("Preview"), _address("survey_preview", call)),
        Link(_("Enter answers from paper or by phone"), _address("survey_enter", call)),
        Link(_("Results"), _address("survey_office_results", call)),
    ]
