"""Documents that come in: sent, previewed, decided about, taken over or dropped."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.states import ImportState
from miteinander.core.errors import Invalid, NotThere, Refusal
from miteinander.core.uploads import bytes_of
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.strategy import actions, forms, queries, readers
from miteinander.strategy.states import LineKind, LineOutcome
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.paging import page_of
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    concept_of,
    form_view,
)

if TYPE_CHECKING:
    from miteinander.strategy.models import Concept, ConceptImport, ConceptLine
    from miteinander.ui.requests import MemberRequest

PER_PAGE = 50
DECISION = "line-"
LOOKS = {
    LineOutcome.NEW: "open",
    LineOutcome.SAME: "done",
    LineOutcome.CHANGED: "info",
    LineOutcome.BOTH: "waiting",
    LineOutcome.SIMILAR: "waiting",
    LineOutcome.FIXED: "ended",
}
_PLURAL = {
    LineKind.FIELD: lambda: _("Fields of action"),
    LineKind.GOAL: lambda: _("Goals"),
    LineKind.MEASURE: lambda: _("Measures"),
}


def _found(request: MemberRequest, pk: int) -> ConceptImport:
    enter(request, "strategy.shape_concept")
    return get_object_or_404(
        queries.concept_imports_of(request.municipality, request.standing), pk=pk
    )


def _address(found: ConceptImport) -> str:
    return reverse("workspace:concept_reading", args=[found.pk])


def _crumbs(concept: Concept, *more: Link) -> list[Link]:
    start = Link(
        _("Take over a document"), reverse("workspace:concept_import", args=[concept.identifier])
    )
    return concept_crumbs(concept, start, *more)


@form_view
def concept_import(request: MemberRequest, identifier: str) -> HttpResponse:
    """Send a document in; below, one's own that wait, and what was taken in before."""
    concept = concept_of(request, identifier)
    enter(request, "strategy.shape_concept", concept)
    form = forms.DocumentForm(typed(request), request.FILES or None)
    at = request.standing.at

    def act() -> str:
        file = form.cleaned_data["file"]
        found = actions.receive_document(
            concept, name=file.name, content=bytes_of(file), by=request.standing, at=at
        )
        readers.prepare_soon(found, by=request.standing, at=at)
        if found.state == ImportState.REFUSED:
            why = found.refusal
            actions.drop_document(found)
            raise Invalid({"file": why})
        return _address(found)

    question = Question(
        title=_("Take over a document"),
        intro=_(
            "A concept, a draft or a table of measures becomes fields of action, goals and "
            "measures. First you see how it was understood; nothing is written before you confirm "
            "it."
        ),
        submit=_("Read the document"),
        done=_("The document has been received. Nothing of it is written yet."),
        crumbs=concept_crumbs(concept, Link(_("Take over a document"))),
    )
    mine = queries.concept_imports_of(request.municipality, request.standing)
    more = {
        "waiting": mine.filter(concept=concept)[:20],
        "sources": queries.sources_of_concept(concept)[:20],
    }
    return ask(
        request, form, question, act=act, template="workspace/concept_import.html", more=more
    )


@require_GET
def concept_reading(request: MemberRequest, pk: int) -> HttpResponse:
    """How a document was understood, and what would be taken over, entry by entry."""
    found = _found(request, pk)
    crumbs = _crumbs(found.concept, Link(found.name))
    if queries.import_is_worked_on(found):
        context = {"found": found, "crumbs": crumbs}
        return render(request, "workspace/concept_reading_working.html", context)
    if found.state != ImportState.OPEN:
        return _ended(request, found, crumbs)
    shown = request.GET.get("zeigen", "")
    outcome = shown if shown in LineOutcome.values else ""
    page = page_of(
        queries.lines_of_import(found, outcome), request.GET.get("page"), per_page=PER_PAGE
    )
    names = queries.names_of_lines(list(page))
    sums = _sums(found.totals)
    context = {
        "found": found,
        "crumbs": crumbs,
        "page": page,
        "rows": [_row(line, names) for line in page],
        "figures": _figures(found.totals),
        "outcomes": [
            {"value": o.value, "label": o.label, "count": sums[o.value]}
            for o in LineOutcome
            if sums.get(o.value)
        ],
        "outcome": outcome,
        "levels": [_level(level) for level in found.structure.get("levels", [])],
        "labels": [
            (label["label"], queries.import_label(label["role"]) if label["role"] else "")
            for label in found.structure.get("labels", [])
        ],
        "aside": queries.aside_in_words(found.structure.get("aside", {})),
        "remarks": _remarks(found.remarks),
        "is_empty": not {"new", "changed", "both", "similar"} & sums.keys(),
        "is_understood": bool(sums),
        "files": _files(found),
    }
    return render(request, "workspace/concept_reading.html", context)


def _level(level: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": queries.level_in_words(level["key"]),
        "role": queries.ROLE_LABELS[level["role"]],
        "why": queries.WHYS.get(level["why"], ""),
        "samples": level["samples"][:2],
    }


def _remarks(remarks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Place and sentence of what was not understood."""
    return [
        (queries.place_in_words(one["place"]), queries.remark_on_import(one)) for one in remarks
    ]


def _files(found: ConceptImport) -> list[Link]:
    return [
        Link(ending.upper(), reverse("workspace:concept_reading_report", args=[found.pk, ending]))
        for ending in LIST_TYPES
    ]


def _sums(totals: dict[str, dict[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for of in totals.values():
        for outcome, count in of.items():
            sums[outcome] = sums.get(outcome, 0) + count
    return sums


def _figures(totals: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "label": _PLURAL[kind](),
            "parts": [
                {"count": totals[kind.value][outcome.value], "label": outcome.label}
                for outcome in LineOutcome
                if totals[kind.value].get(outcome.value)
            ],
        }
        for kind in LineKind
        if kind.value in totals
    ]


def _row(line: ConceptLine, names: dict[int, str]) -> dict[str, Any]:
    return {
        "line": line,
        "name": f"{DECISION}{line.pk}",
        "look": LOOKS[LineOutcome(line.outcome)],
        "place": queries.place_in_words(line.place),
        "details": queries.details_on_import(line.says, names),
        "differences": [queries.difference_on_import(d) for d in line.differences],
        "remarks": [queries.remark_on_import(remark) for remark in line.remarks],
        "choices": _choices(line),
    }


def _choices(line: ConceptLine) -> list[tuple[str, str]]:
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
        case LineOutcome.BOTH:
            return [
                ("", _("not decided: stays as it is here")),
                ("take", _("take what the document says")),
                ("leave", _("leave it as it is")),
            ]
        case LineOutcome.NEW:
            return [("", _("enter it")), ("leave", _("leave it out"))]
    return []


@require_GET
def concept_reading_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the worker is; when it is through, the whole page is asked for."""
    found = _found(request, pk)
    answer = render(request, "workspace/parts/concept_reading_working.html", {"found": found})
    if not queries.import_is_worked_on(found):
        answer["HX-Redirect"] = _address(found)
    return answer


def _ended(request: MemberRequest, found: ConceptImport, crumbs: list[Link]) -> HttpResponse:
    context = {
        "found": found,
        "crumbs": crumbs,
        "rest": _report(found),
        "board": board_address(found.concept),
        "files": _files(found),
    }
    return render(request, "workspace/concept_reading_done.html", context)


def _report(found: ConceptImport) -> list[tuple[str, str, str]]:
    """Place, entry and sentence of everything that was not taken over as it stands."""
    rows = [(place, "", told) for place, told in _remarks(found.remarks)]
    is_done = found.state == ImportState.DONE
    for entry in found.totals.get("rows", []) if is_done else queries.lines_to_tell(found):
        place = queries.place_in_words(entry["place"])
        title = f"{entry['number']} {entry['title']}".strip()
        told = [queries.remark_on_import(remark) for remark in entry["remarks"]]
        if entry["is_left"]:
            told.append(_("Was left out."))
        elif entry["outcome"] == LineOutcome.BOTH and entry["decision"] != "take":
            told.append(_("Changed here and in the document: stays as it is here."))
        elif entry["outcome"] == LineOutcome.CHANGED and entry["decision"] == "leave":
            told.append(_("The change in the document was not taken over."))
        rows += [(place, title, sentence) for sentence in told]
    return rows


@require_GET
def concept_reading_report(request: MemberRequest, pk: int, ending: str) -> HttpResponse:
    """Everything that was not understood or not taken over, as a file."""
    found = _found(request, pk)
    if ending not in LIST_TYPES or queries.import_is_worked_on(found):
        raise NotThere
    content = as_list(
        ending,
        title=_("Report on %(file)s") % {"file": found.name},
        heads=[_("Where"), _("Entry"), _("What")],
        rows=[list(row) for row in _report(found)],
    )
    response = HttpResponse(content, content_type=LIST_TYPES[ending])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{_("report")}-{found.pk}.{ending}"'
    )
    return response


@form_view
def concept_reading_meanings(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm or change what headings and labels mean; the document is read anew."""
    found = _found(request, pk)
    form = forms.MeaningsForm(typed(request), found=found)

    def act() -> str:
        changed = actions.choose_meanings(found, form.mapping)
        readers.prepare_soon(changed, by=request.standing, at=request.standing.at)
        return _address(found)

    question = Question(
        title=_("What headings and labels mean"),
        intro=_(
            "Below each stands where it comes up. What you choose is remembered for a document "
            "with the same name."
        ),
        submit=_("Read the document like this"),
        done=_("The preview has been made anew."),
        crumbs=_crumbs(found.concept, Link(found.name, _address(found)), Link(_("What it means"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def concept_reading_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what was chosen for each entry of a page, or one choice for all that wait."""
    found = _found(request, pk)
    try:
        if choice := request.POST.get("alle"):
            count = readers.decide_all(found, choice)
        else:
            chosen = {
                int(name.removeprefix(DECISION)): str(value)
                for name, value in request.POST.items()
                if re.fullmatch(rf"{DECISION}[0-9]{{1,18}}", name)
            }
            count = readers.decide(found, chosen)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Kept: %(count)s decisions.") % {"count": count})
    kept = request.GET.urlencode()
    return SeeOther(f"{_address(found)}?{kept}" if kept else _address(found))


@require_POST
def concept_reading_take(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm: now it is written, at once or by the worker. Sent twice, it is done once."""
    found = _found(request, pk)
    if found.state == ImportState.OPEN:
        with contextlib.suppress(Refusal):  # the preview that is made anew says why
            readers.take_in_soon(found, by=request.standing, at=request.standing.at)
    return SeeOther(_address(found))


@require_POST
def concept_reading_drop(request: MemberRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    address = reverse("workspace:concept_import", args=[found.concept.identifier])
    actions.drop_document(found)
    messages.success(request, _("The document and its preview have been erased."))
    return SeeOther(address)
