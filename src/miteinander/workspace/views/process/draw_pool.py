"""Who may be drawn, and how many of whom: people from the register or a file, and quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.community.states import CharacteristicKind
from miteinander.core.errors import Closed, Refusal
from miteinander.core.uploads import bytes_of
from miteinander.process import actions, forms, insights, queries, readers
from miteinander.process.states import DrawState, LotSource
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, typed
from miteinander.workspace.views.process.draws import draw_address, draw_crumbs, draw_to_change
from miteinander.workspace.views.process.ways import form_view

if TYPE_CHECKING:
    from miteinander.process.models import Draw
    from miteinander.process.queries import Known
    from miteinander.ui.requests import MemberRequest


@form_view
def draw_people(request: MemberRequest, identifier: str) -> HttpResponse:
    """Take people in: choose in the register, or bring a table."""
    draw = draw_to_change(request, identifier)
    return _upload(request, draw) if draw.source == LotSource.FILE else _register(request, draw)


def _upload(request: MemberRequest, draw: Draw) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = forms.UploadForm(typed(request), files)

    def act() -> str:
        file = form.cleaned_data["file"]
        sheet = readers.read_people(bytes_of(file), name=file.name)
        actions.keep_sheet(draw, sheet=dict(sheet), by=request.standing, at=request.standing.at)
        return reverse("workspace:draw_columns", args=[draw.identifier])

    question = Question(
        title=_("Bring a table of people"),
        intro=_(
            "Each line is somebody who may be drawn, each characteristic a column. Nothing is "
            "taken in before you have said what the columns mean."
        ),
        submit=_("Read table"),
        done=_("The table has been read."),
        crumbs=draw_crumbs(draw, Link(_("People"))),
    )
    return ask(request, form, question, act=act)


def _register(request: MemberRequest, draw: Draw) -> HttpResponse:
    form = forms.FromRegisterForm(typed(request), municipality=request.municipality)

    def act() -> str:
        known = queries.people_to_draw(request.municipality, form.cleaned_data["bodies"])
        chosen = form.cleaned_data["characteristics"]
        told = {k: str(CharacteristicKind(k).label) for k in form.cleaned_data.get("told", ())}
        people = [_candidate(each, chosen, told) for each in known]
        by, at = request.standing, request.standing.at
        if told:
            insights.take_told(draw, people=people, told=told, by=by, at=at)
        else:
            actions.take_pool(draw, people=people, by=by, at=at)
        return reverse("workspace:draw_quotas", args=[draw.identifier])

    question = Question(
        title=_("Take people from the register"),
        intro=_("People who are in the pool already are replaced; everybody gets a new number."),
        submit=_("Take people in"),
        done=_("The people are in the pool, each with a number by chance."),
        crumbs=draw_crumbs(draw, Link(_("People"))),
    )
    return ask(request, form, question, act=act)


def _candidate(known: Known, chosen: list[str], told: dict[str, str]) -> actions.Candidate:
    if told:
        values = {label: known.told.get(kind, "") for kind, label in told.items()}
        return actions.Candidate(person=known.person, values=values)
    said = {
        "language": (_("Language"), known.language),
        "organisation": (_("Organisation"), known.organisation),
        # Whoever brings several views counts for them together: each person counts once.
        "perspective": (_("Perspective"), " + ".join(known.perspectives)),
    }
    return actions.Candidate(
        person=known.person, values={said[name][0]: said[name][1] for name in chosen}
    )


@form_view
def draw_columns(request: MemberRequest, identifier: str) -> HttpResponse:
    """What the columns of the table mean; then the people are in the pool, and it is erased."""
    draw = draw_to_change(request, identifier)
    if draw.sheet is None:
        return SeeOther(reverse("workspace:draw_people", args=[draw.identifier]))
    sheet = draw.sheet
    form = forms.ColumnsForm(typed(request), sheet=sheet)

    def act() -> str:
        people = [_from_row(form.meanings, sheet["columns"], row) for row in sheet["rows"]]
        actions.take_pool(draw, people=people, by=request.standing, at=request.standing.at)
        return reverse("workspace:draw_quotas", args=[draw.identifier])

    question = Question(
        title=_("What the columns mean"),
        intro=_(
            "%(name)s: %(n)s people. Names, addresses and households stay inside; of a household "
            "only a number is kept."
        )
        % {"name": sheet["name"], "n": len(sheet["rows"])},
        submit=_("Take people in"),
        done=_("The people are in the pool, each with a number by chance."),
        crumbs=draw_crumbs(draw, Link(_("Columns"))),
    )
    return ask(request, form, question, act=act)


def _from_row(meanings: dict[str, str], columns: list[str], row: list[str]) -> actions.Candidate:
    def of(meaning: str) -> list[tuple[str, str]]:
        pairs = zip(columns, row, strict=True)
        return [(name, cell) for name, cell in pairs if meanings[name] == meaning]

    return actions.Candidate(
        values=dict(of("characteristic")),
        name=" ".join(cell for _name, cell in of("name") if cell),
        email="".join(cell for _name, cell in of("email")),
        household=" ".join(cell for _name, cell in of("household")),
    )


@form_view
def draw_quotas(request: MemberRequest, identifier: str) -> HttpResponse:
    """At least and at most of each value; says while one types whether people can meet them."""
    draw = draw_to_change(request, identifier)
    people = _people(draw)
    if request.method != "POST":
        return _propose(request, draw, people, draw.quotas)
    if "proportional" in request.POST:
        return _propose(request, draw, people, [])
    form = _quotas_form(draw, people, typed(request))
    check = _check(draw, people, form.quotas) if form.is_valid() else None
    if "relax" in request.POST and isinstance(check, insights.CannotCompute):
        return _propose(request, draw, people, insights.relaxed(form.quotas, check))
    only_looks = "preview" in request.POST or "relax" in request.POST
    if only_looks or check is None or _stands_against(check):
        status = 200 if only_looks else 422
        return _show_quotas(request, draw, form, check=check, status=status)
    actions.set_quotas(draw, quotas=form.quotas, by=request.standing, at=request.standing.at)
    messages.success(request, _("The quotas are set."))
    return SeeOther(draw_address(draw))


def _stands_against(check: insights.Checked | Refusal) -> bool:
    """Quotas that cannot be met are not kept; those that nobody can check here are."""
    missing = isinstance(check, insights.CannotCompute) and check.needs_installing
    return isinstance(check, Refusal) and not missing


def _propose(
    request: MemberRequest, draw: Draw, people: list[insights.Person], quotas: list[list[Any]]
) -> HttpResponse:
    """The form with these quotas in it (none: in proportion), and whether they can be met."""
    form = _quotas_form(draw, people, quotas=quotas)
    return _show_quotas(request, draw, form, check=_check(draw, people, form.proposed()))


@require_POST
def draw_quotas_check(request: MemberRequest, identifier: str) -> HttpResponse:
    """Only whether these quotas can be met: asked while somebody types."""
    draw = draw_to_change(request, identifier)
    people = _people(draw)
    form = _quotas_form(draw, people, request.POST)
    check = _check(draw, people, form.quotas) if form.is_valid() else None
    context = {"check": check, "form": form, "draw": draw, "refused": isinstance(check, Refusal)}
    return render(request, "workspace/parts/draw_check.html", context)


def _people(draw: Draw) -> list[insights.Person]:
    if draw.state not in {DrawState.PREPARING, DrawState.LISTED}:
        raise Closed(
            _("The quotas of this draw do not change any more."),
            do=_("Prepare a new draw, if it has to be another one."),
        )
    people = [insights.Person(*row) for row in queries.numbers_in(draw)]
    if not people:
        raise Closed(_("Nobody is in the pool yet."), do=_("Please take people in first."))
    return people


def _quotas_form(
    draw: Draw,
    people: list[insights.Person],
    data: Any = None,
    *,
    quotas: list[list[Any]] | None = None,
) -> forms.QuotasForm:
    return forms.QuotasForm(
        data,
        shares=insights.shares_of(people, draw.size),
        size=draw.size,
        quotas=draw.quotas if quotas is None else quotas,
    )


def _check(
    draw: Draw, people: list[insights.Person], quotas: list[list[Any]]
) -> insights.Checked | Refusal:
    if refusal := actions.too_certain(draw, quotas):
        return refusal
    try:
        return insights.check(people, quotas, size=draw.size, per_household=draw.per_household)
    except insights.CannotCompute as refusal:
        return refusal


def _show_quotas(
    request: MemberRequest,
    draw: Draw,
    form: forms.QuotasForm,
    *,
    check: insights.Checked | Refusal | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": _("Quotas"),
        "crumbs": draw_crumbs(draw, Link(_("Quotas"))),
        "draw": draw,
        "form": form,
        "check": check,
        "refused": isinstance(check, Refusal),
    }
    return render(request, "workspace/draw_quotas.html", context, status=status)
