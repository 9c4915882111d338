"""Lists that come in: sent, previewed, decided about, taken over or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community import actions, forms, queries, readers
from miteinander.community.states import ImportState, LineOutcome
from miteinander.core.errors import Invalid, Refusal
from miteinander.core.uploads import bytes_of
from miteinander.ui.shapes import File, Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.paging import page_of
from miteinander.workspace.views.community.crumbs import CHANGE, form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.community.models import SheetImport, SheetLine
    from miteinander.ui.requests import MemberRequest

PER_PAGE = 50
DECISION = "line-"


def _found(request: MemberRequest, pk: int) -> SheetImport:
    enter(request, CHANGE)
    return get_object_or_404(queries.imports_of(request.municipality, request.standing), pk=pk)


def _crumbs(*more: Link) -> list[Link]:
    return register_crumbs(Link(_("Lists"), reverse("workspace:lists")), *more)


@form_view
def lists(request: MemberRequest) -> HttpResponse:
    """Send a list in; below, one's own lists that wait, and the register as files."""
    enter(request, CHANGE)
    form = forms.ListForm(typed(request), request.FILES or None)
    at = request.standing.at

    def act() -> str:
        file = form.cleaned_data["file"]
        found = actions.receive_list(
            request.municipality,
            name=file.name,
            content=bytes_of(file),
            by=request.standing,
            at=at,
        )
        readers.prepare_soon(found, by=request.standing, at=at)
        if found.state == ImportState.REFUSED:
            why = found.refusal
            actions.drop_import(found)
            raise Invalid({"file": why})
        return reverse("workspace:list", args=[found.pk])

    question = Question(
        title=_("Take over a list"),
        intro=_(
            "A list as you have it becomes people, organisations and members of bodies. First you "
            "see what would happen; nothing is written before you confirm it."
        ),
        submit=_("Read the list"),
        done=_("The list has been received. Nothing of it is written yet."),
        crumbs=register_crumbs(Link(_("Lists"))),
    )
    more = {
        "waiting": queries.imports_of(request.municipality, request.standing)[:20],
        "files": _files(),
    }
    return ask(request, form, question, act=act, template="workspace/lists.html", more=more)


def _files() -> list[File]:
    names = {
        "personen": _("People"),
        "organisationen": _("Organisations"),
        "gremien": _("Bodies and their seats"),
    }
    return [
        File(
            f"{label} · {ending.upper()}",
            reverse("workspace:register_file", args=[name, ending]),
            kind=ending.upper(),
            size=0,
        )
        for name, label in names.items()
        for ending in ("xlsx", "csv")
    ]


@require_GET
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What would be taken over, entry by entry; what waits for a word comes first."""
    found = _found(request, pk)
    if found.state in {ImportState.READING, ImportState.WRITING}:
        context = {"found": found, "crumbs": _crumbs(Link(found.name))}
        return render(request, "workspace/list_working.html", context)
    if found.state != ImportState.OPEN:
        return _ended(request, found)
    shown = request.GET.get("zeigen", "")
    outcome = shown if shown in LineOutcome.values else ""
    lines = queries.lines_of(found, outcome)
    page = page_of(lines, request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "found": found,
        "crumbs": _crumbs(Link(found.name)),
        "page": page,
        "rows": [_row(line) for line in page],
        "figures": _figures(found.totals),
        "outcomes": _outcomes(found.totals),
        "outcome": outcome,
        "sheet": found.sheets[found.sheet] if found.sheets else None,
        "is_empty": not _has(found, LineOutcome.NEW, LineOutcome.CHANGED, LineOutcome.SIMILAR),
        "is_understood": _has(found, LineOutcome.SAME),
    }
    return render(request, "workspace/list.html", context)


def _has(found: SheetImport, *outcomes: LineOutcome) -> bool:
    return any(of.get(outcome) for of in found.totals.values() for outcome in outcomes)


@require_GET
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the worker is; when it is through, the whole page is asked for."""
    found = _found(request, pk)
    answer = render(request, "workspace/parts/list_working.html", {"found": found})
    if not queries.is_being_worked_on(found):
        answer["HX-Redirect"] = reverse("workspace:list", args=[found.pk])
    return answer


def _ended(request: MemberRequest, found: SheetImport) -> HttpResponse:
    left = [
        {
            "row": line["row"],
            "words": [queries.remark_in_words(remark) for remark in line["remarks"]]
            or [_("Nobody decided whether this is already there.")],
        }
        for line in found.totals.get("left", ())
    ]
    context = {"found": found, "crumbs": _crumbs(Link(found.name)), "left": left}
    return render(request, "workspace/list_done.html", context)


def _figures(totals: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """For people, organisations and bodies how many came out how."""
    labels = {
        "person": _("People"),
        "organisation": _("Organisations"),
        "body": _("Bodies"),
        "row": _("Other rows"),
    }
    return [
        {
            "label": label,
            "parts": [
                {"count": totals[name][outcome.value], "label": outcome.label}
                for outcome in LineOutcome
                if totals[name].get(outcome.value)
            ],
        }
        for name, label in labels.items()
        if name in totals
    ]


def _outcomes(totals: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    sums = {
        outcome: sum(of.get(outcome.value, 0) for of in totals.values()) for outcome in LineOutcome
    }
    return [
        {"value": o.value, "label": o.label, "count": count} for o, count in sums.items() if count
    ]


LOOKS = {
    LineOutcome.NEW: "open",
    LineOutcome.SAME: "done",
    LineOutcome.CHANGED: "info",
    LineOutcome.SIMILAR: "waiting",
    LineOutcome.REFUSED: "ended",
}


def _row(line: SheetLine) -> dict[str, Any]:
    return {
        "line": line,
        "name": f"{DECISION}{line.pk}",
        "look": LOOKS[LineOutcome(line.outcome)],
        "details": queries.details_of(line),
        "bodies": [seat["body"] for seat in line.says.get("bodies", ())],
        "differences": [queries.difference_in_words(d) for d in line.differences],
        "remarks": [queries.remark_in_words(remark) for remark in line.remarks],
        "choices": _choices(line),
    }


def _choices(line: SheetLine) -> list[tuple[str, str]]:
    match line.outcome:
        case LineOutcome.SIMILAR:
            return [
                ("", _("not decided: is left out")),
                *(
                    (str(n), _("is the same as: %(name)s") % {"name": candidate["label"]})
                    for n, candidate in enumerate(line.candidates)
                ),
                ("new", _("is something else: enter it")),
                ("leave", _("leave it out")),
            ]
        case LineOutcome.CHANGED:
            return [("", _("take over the change")), ("leave", _("leave it as it is"))]
        case LineOutcome.NEW:
            return [("", _("enter it")), ("leave", _("leave it out"))]
    return []


@form_view
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = forms.ColumnsForm(typed(request), found=found)

    def act() -> str:
        if form.sheet != found.sheet and len(found.sheets) > 1:
            changed = actions.choose_sheet(found, sheet=form.sheet)
        else:
            was = readers.columns_of(found)
            now = readers.headed(was, form.headings) if form.first else was
            try:
                changed = actions.choose_columns(
                    found,
                    headings=readers.headings_key(now),
                    instead_of=readers.headings_key(was),
                    sheet=found.sheet,
                    mapping=form.mapping,
                )
            except Invalid as problem:
                fields = {f"{forms.COLUMN}{name}" if name else "": text
                          for name, text in problem.fields.items()}  # fmt: skip
                raise Invalid(fields) from problem
        readers.prepare_soon(changed, by=request.standing, at=request.standing.at)
        return reverse("workspace:list", args=[found.pk])

    question = Question(
        title=_("What the columns hold"),
        intro=_(
            "Below each heading stand its first entries. What you choose is remembered for every "
            "list with these headings."
        ),
        submit=_("Read the list like this"),
        done=_("The preview has been made anew."),
        crumbs=_crumbs(Link(found.name, reverse("workspace:list", args=[found.pk])),
                       Link(_("Columns"))),
    )  # fmt: skip
    return ask(request, form, question, act=act)


@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what was chosen for each entry of a page, or one choice for all that wait."""
    found = _found(request, pk)
    try:
        if choice := request.POST.get("alle"):
            count = actions.decide_all(found, LineOutcome.SIMILAR, choice)
        else:
            chosen = {
                int(name.removeprefix(DECISION)): str(value)
                for name, value in request.POST.items()
                if name.startswith(DECISION) and name.removeprefix(DECISION).isdecimal()
            }
            count = actions.decide(found, chosen)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Kept: %(count)s decisions.") % {"count": count})
    address = reverse("workspace:list", args=[found.pk])
    kept = request.GET.urlencode()
    return SeeOther(f"{address}?{kept}" if kept else address)


@require_POST
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm: now it is written, at once or by the worker. Sent twice, it is done once."""
    found = _found(request, pk)
    if found.state == ImportState.OPEN:
        try:
            readers.take_over_soon(found, by=request.standing, at=request.standing.at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
    return SeeOther(reverse("workspace:list", args=[found.pk]))


@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    actions.drop_import(found)
    messages.success(request, _("The list and its preview have been erased."))
    return SeeOther(reverse("workspace:lists"))
