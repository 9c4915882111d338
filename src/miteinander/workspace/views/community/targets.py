"""Who should be at the table: target shares, with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from miteinander.community import actions, forms, queries
from miteinander.community.forms.register import LANGUAGES
from miteinander.community.readers import shares_in
from miteinander.community.states import CoverageKind, TargetUnit
from miteinander.core.errors import Invalid, NotThere
from miteinander.core.uploads import bytes_of
from miteinander.ui.shapes import Cell, Column, Link, TimelineEntry
from miteinander.ui.words import written_number, written_percent
from miteinander.workspace.asking import Question, SeeOther, ask, blame, enter, typed
from miteinander.workspace.views.community.crumbs import form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.community.queries import Wanted, Wanting
    from miteinander.ui.requests import MemberRequest

SET = "community.set_targets"
INTROS = {
    CoverageKind.PERSPECTIVE: gettext_lazy(
        "How many seats should each perspective have? This is a decision, not a measurement: "
        "name who made it."
    ),
    CoverageKind.LANGUAGE: gettext_lazy(
        "Which languages should be present? Whoever speaks other languages than German counts "
        "with the first of them."
    ),
    CoverageKind.NEIGHBOURHOOD: gettext_lazy(
        "How many people live in each neighbourhood? It is held against the neighbourhoods of "
        "the organisations and, where people are asked, against what they said themselves."
    ),
    CoverageKind.GENDER: gettext_lazy("Only what people say of themselves is held against it."),
    CoverageKind.AGE_GROUP: gettext_lazy("Only what people say of themselves is held against it."),
}
TAGS = [tag for tag, _name in LANGUAGES]


def target_crumbs(*more: Link) -> list[Link]:
    return register_crumbs(
        Link(_("Who is missing"), reverse("workspace:radar")),
        Link(_("Targets"), reverse("workspace:targets")),
        *more,
    )


@require_GET
def targets(request: MemberRequest) -> HttpResponse:
    enter(request, SET)
    town = request.municipality
    wanting = queries.wanting_of(town)
    asked = {row.kind for row in queries.characteristics_of(town)}
    context = {
        "title": _("Targets: who should be at the table"),
        "crumbs": target_crumbs(),
        "columns": [
            Column(_("Value")),
            Column(_("Entered"), is_number=True),
            Column(_("Share"), is_number=True),
        ],
        "targets": [_shown(kind, wanting, asked) for kind in CoverageKind],
        "history": [
            TimelineEntry(text=each.sentence, at=each.at, by=each.function)
            for each in queries.target_history(town)
        ],
    }
    return render(request, "workspace/targets.html", context)


def _shown(kind: CoverageKind, wanting: Wanting, asked: set[str]) -> dict[str, Any]:
    wanted = wanting.targets.get(kind)
    needs_asking = kind in (CoverageKind.GENDER, CoverageKind.AGE_GROUP) and kind not in asked
    return {
        "kind": kind,
        "name": kind.label,
        "wanted": wanted,
        "rows": _rows(wanted, wanting) if wanted else [],
        "url": "" if needs_asking else reverse("workspace:target_edit", args=[kind]),
        "drop_url": reverse("workspace:target_drop", args=[kind]),
        "hint": _("People here are not asked for it. Decide first whether they are.")
        if needs_asking
        else "",
    }


def _rows(wanted: Wanted, wanting: Wanting) -> list[list[Cell]]:
    sign = " %" if wanted.unit == TargetUnit.PERCENT else ""
    return [
        [
            Cell(wanting.label(wanted.kind, word)),
            Cell(f"{written_number(amount.normalize())}{sign}"),
            Cell(written_percent(wanted.shares[word])),
        ]
        for word, amount in wanted.amounts.items()
    ]


@form_view
def target_edit(request: MemberRequest, kind: str) -> HttpResponse:
    found = _kind(request, kind)
    words = queries.target_words(request.municipality, found, TAGS)
    wanted = queries.targets_of(request.municipality).get(found)
    data = typed(request)
    form = forms.TargetForm(data, request.FILES or None, words=words, wanted=wanted)

    def act() -> str:
        actions.set_target(
            request.municipality,
            found,
            unit=TargetUnit(form.cleaned_data["unit"]),
            amounts=form.amounts(),
            source=form.cleaned_data["source"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:targets")

    question = Question(
        title=_("Target: %(what)s") % {"what": found.label},
        intro=INTROS[found],
        submit=_("Save target"),
        done=_("The target has been saved."),
        crumbs=target_crumbs(Link(str(found.label))),
        missing=[] if words else [_where_words_are(found)],
    )
    if data is not None and request.FILES:
        return _filled_in(request, form, question, words, wanted)
    return ask(request, form, question, act=act)


def _filled_in(
    request: MemberRequest,
    form: forms.TargetForm,
    question: Question,
    words: dict[str, str],
    wanted: Wanted | None,
) -> HttpResponse:
    """Put what the file says into the form, for a look before it is saved."""
    status = 422
    form.is_valid()
    if "file" not in form.errors:
        try:
            shares = shares_in(bytes_of(form.cleaned_data["file"]), words)
        except Invalid as refusal:
            blame(form, refusal)
        else:
            data = request.POST.copy()
            data.update(dict.fromkeys(form.names, ""))
            for name, share in form.named(shares).items():
                data[name] = share
            form = forms.TargetForm(initial=data.dict(), words=words, wanted=None)
            for name in form.names:
                form.fields[name].initial = data[name]
            messages.info(
                request,
                _("The form has been filled in from the file. Please look at it and save it."),
            )
            status = 200
    context = {"question": question, "title": question.title, "crumbs": question.crumbs}
    return render(
        request, "workspace/asking.html", {**context, "form": form, "refusal": None}, status=status
    )


@require_POST
def target_drop(request: MemberRequest, kind: str) -> HttpResponse:
    found = _kind(request, kind)
    actions.drop_target(request.municipality, found, by=request.standing, at=request.standing.at)
    messages.success(request, _("The target has been dropped."))
    return SeeOther(reverse("workspace:targets"))


def _kind(request: MemberRequest, kind: str) -> CoverageKind:
    enter(request, SET)
    if kind not in CoverageKind.values:
        raise NotThere
    return CoverageKind(kind)


def _where_words_are(kind: CoverageKind) -> Link:
    if kind == CoverageKind.PERSPECTIVE:
        return Link(
            _("Name the perspectives that must be heard."), reverse("workspace:perspectives")
        )
    return Link(
        _("Choose what people may say of themselves, and in which words."),
        reverse("workspace:characteristics"),
    )
