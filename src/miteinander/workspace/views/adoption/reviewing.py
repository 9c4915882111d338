"""The room of review and adoption: voices, objections, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.adoption import actions, forms, queries
from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed, require
from miteinander.documents.formats import FORMATS
from miteinander.monitoring.queries import standing_to_freeze
from miteinander.strategy.queries import chapters_of, concepts_visible_to, measures_visible_to
from miteinander.strategy.states import ConceptState
from miteinander.ui.shapes import File, Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, press, sought, typed
from miteinander.workspace.building import building_of, order_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.adoption.models import ConceptVersion, Objection
    from miteinander.strategy.models import Concept
    from miteinander.ui.requests import MemberRequest

form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Adoption"), reverse("workspace:versions")),
        *more,
    ]


def _concept(request: MemberRequest, identifier: str) -> Concept:
    if not request.standing.is_member:
        raise NotThere
    found = concepts_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


# --- review --------------------------------------------------------------------------------


@require_GET
def reviews(request: MemberRequest) -> HttpResponse:
    """Lead to the review of the edition that is being drafted."""
    enter(request, "adoption.see_review")
    found = (
        concepts_visible_to(request.municipality, request.standing)
        .filter(state=ConceptState.DRAFTING)
        .first()
    )
    if found is None:
        return SeeOther(reverse("workspace:versions"))
    return SeeOther(reverse("workspace:review", args=[found.identifier]))


@require_GET
def review(request: MemberRequest, identifier: str) -> HttpResponse:
    """Every measure that is handed in: how many seats have spoken, and what one's own said."""
    found = _concept(request, identifier)
    lines = queries.review_of(found, request.standing)
    context = {
        "concept": found,
        "lines": lines,
        "seat": queries.own_seat(request.standing),
        "open": sum(line.own is None for line in lines),
        "may_speak": bool(lines)
        and allowed(request.standing, "adoption.cast_voice", lines[0].measure),
        "crumbs": _crumbs(Link(_("Review"))),
    }
    return render(request, "workspace/review.html", context)


@form_view
def voice(request: MemberRequest, identifier: str) -> HttpResponse:
    """Agree or object for one's seat."""
    if not request.standing.is_member:
        raise NotThere
    found = get_object_or_404(
        measures_visible_to(request.municipality, request.standing), identifier=identifier
    )
    enter(request, "adoption.speak", found)
    seat = queries.own_seat(request.standing)
    assert seat is not None, "the right to speak comes from a seat"
    before = queries.standing_objection(found, seat.pk)
    form = forms.VoiceForm(typed(request), initial={"reason": before.reason if before else ""})
    address = reverse("workspace:review", args=[found.goal.field.concept.identifier])

    def act() -> str:
        actions.cast_voice(
            found,
            choice=form.cleaned_data["choice"],
            reason=form.cleaned_data["reason"],
            seat=seat.pk,
            by=request.standing,
            at=request.standing.at,
        )
        return address

    return ask(
        request,
        form,
        Question(
            title=f"{found.number} {found.title}",
            submit=_("Cast the voice"),
            crumbs=_crumbs(Link(_("Review"), address), Link(found.title)),
            done=_(
                "The voice of your seat has been recorded. You can change it during the review."
            ),
            intro=_("You speak for: %(seat)s") % {"seat": seat.function},
        ),
        act=act,
    )


# --- objections ----------------------------------------------------------------------------


@require_GET
def objections(request: MemberRequest) -> HttpResponse:
    enter(request, "adoption.see_review")
    context = {
        "waiting": queries.objections_waiting(request.municipality),
        "crumbs": _crumbs(Link(_("Objections"))),
    }
    return render(request, "workspace/objections.html", context)


def _objection(request: MemberRequest, identifier: str) -> Objection:
    return sought(
        request, queries.objections_visible_to(request.municipality, request.standing), identifier
    )


@form_view
def objection(request: MemberRequest, identifier: str) -> HttpResponse:
    """Read an objection and answer it."""
    found = _objection(request, identifier)
    if request.method == "POST":
        enter(request, "adoption.answer_objection", found)
    return _show_objection(request, found)


def _show_objection(
    request: MemberRequest, found: Objection, *, refused: Refusal | None = None
) -> HttpResponse:
    answering = refused is None and request.method == "POST"
    form = forms.ResponseForm(request.POST if answering else None)
    refusal, status = refused, refused.status if refused else 200
    if answering:
        status = 422
        if form.is_valid():
            try:
                actions.answer_objection(
                    found,
                    response=form.cleaned_data["response"],
                    by=request.standing,
                    at=request.standing.at,
                )
            except Refusal as problem:
                refusal, status = problem, problem.status
            else:
                messages.success(request, _("The answer stands beside the objection."))
                return SeeOther(_room(found))
    standing = request.standing
    context = {
        "objection": found,
        "form": form,
        "refusal": refusal,
        "may_answer": allowed(standing, "adoption.answer_objection", found),
        "may_withdraw": allowed(standing, "adoption.withdraw_objection", found),
        "may_carry": allowed(standing, "adoption.carry_objection", found),
        "crumbs": _crumbs(
            Link(_("Objections"), reverse("workspace:objections")), Link(found.title)
        ),
    }
    return render(request, "workspace/objection.html", context, status=status)


def _room(found: Objection) -> str:
    return reverse("workspace:objection", args=[found.identifier])


def _on_objection(
    request: MemberRequest, found: Objection, act: Callable[[], object], done: str
) -> HttpResponse:
    return press(
        request,
        act,
        done=done,
        then=_room(found),
        refused=lambda refusal: _show_objection(request, found, refused=refusal),
    )


@require_POST
def objection_withdraw(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _objection(request, identifier)
    require(request.standing, "adoption.withdraw_objection", found)
    return _on_objection(
        request,
        found,
        lambda: actions.withdraw_objection(found, by=request.standing, at=request.standing.at),
        _("The objection has been withdrawn."),
    )


@require_POST
def objection_carry(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _objection(request, identifier)
    require(request.standing, "adoption.carry_objection", found)
    return _on_objection(
        request,
        found,
        lambda: actions.carry_objection(found, by=request.standing, at=request.standing.at),
        _("The objection travels along as a minority opinion."),
    )


# --- versions ------------------------------------------------------------------------------


@require_GET
def versions(request: MemberRequest) -> HttpResponse:
    enter(request, "adoption.see_review")
    return _show_versions(request)


def _show_versions(request: MemberRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    """All editions with their versions; two queries."""
    found = list(concepts_visible_to(request.municipality, request.standing))
    below: dict[int, list[ConceptVersion]] = {concept.pk: [] for concept in found}
    rows = queries.versions_visible_to(request.municipality, request.standing).defer("content")
    for version in rows:
        below[version.concept_id].append(version)
    context = {
        "concepts": [(concept, below[concept.pk]) for concept in found],
        "drafting": ConceptState.DRAFTING,
        "may_keep": allowed(request.standing, "adoption.keep_versions"),
        "refusal": refusal,
        "crumbs": _crumbs(),
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/versions.html", context, status=status)


@require_POST
def version_freeze(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _concept(request, identifier)
    require(request.standing, "adoption.keep_versions", found)
    try:
        made = actions.freeze_version(
            found,
            implementation=standing_to_freeze(found, at=request.standing.at),
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as refusal:
        return _show_versions(request, refusal=refusal)
    order_files(made, by=request.standing, at=request.standing.at)
    messages.success(
        request, _("“%(title)s” is frozen. Everybody can read it.") % {"title": made.title}
    )
    return SeeOther(_room_of(made))


def _room_of(version: ConceptVersion) -> str:
    return reverse("workspace:version", args=[version.identifier])


def _version(request: MemberRequest, identifier: str) -> ConceptVersion:
    rows = queries.versions_visible_to(request.municipality, request.standing)
    found = sought(request, rows.select_related("municipality"), identifier)
    enter(request, "adoption.see_review", found)
    return found


@require_GET
def version(request: MemberRequest, identifier: str) -> HttpResponse:
    """One version: its files, how far the others are, and what the coordination should know."""
    found = _version(request, identifier)
    context = {
        "version": found,
        **_progress(request, found),
        "may_adopt": allowed(request.standing, "adoption.adopt_version", found),
        "may_write": allowed(request.standing, "strategy.write_chapter", found.concept),
        "without_text": [c for c in chapters_of(found.concept) if c.is_missing],
        "crumbs": _crumbs(Link(found.title)),
    }
    return render(request, "workspace/version.html", context)


@require_GET
def version_progress(request: MemberRequest, identifier: str) -> HttpResponse:
    """Only how far the files are; asked again and again while they are being made."""
    found = _version(request, identifier)
    return render(request, "workspace/parts/building.html", _progress(request, found))


def _progress(request: MemberRequest, found: ConceptVersion) -> dict[str, object]:
    building = building_of(found)
    names = dict(settings.LANGUAGES)
    return {
        "version": found,
        "building": building,
        "files": [
            File(
                f"{FORMATS[file.format].label} · {names.get(file.language, file.language)}",
                _file_address(found, file.format, file.language),
                kind=FORMATS[file.format].suffix.upper(),
                size=file.kept.size,
                language=file.language,
            )
            for file in building.files
            if file.kept is not None
        ],
        "may_keep": allowed(request.standing, "adoption.keep_versions"),
    }


def _file_address(found: ConceptVersion, name: str, language: str) -> str:
    with override(language):  # the language of a file is that of its address
        return reverse("public:version_file", args=[found.identifier, FORMATS[name].suffix])


@require_POST
def version_build(request: MemberRequest, identifier: str) -> HttpResponse:
    """Ask for the files that are still missing; once is enough, however often it is pressed."""
    found = _version(request, identifier)
    require(request.standing, "adoption.keep_versions", found)
    if order_files(found, by=request.standing, at=request.standing.at):
        messages.success(request, _("The missing files are being made."))
    return SeeOther(_room_of(found))


@form_view
def version_adopt(request: MemberRequest, identifier: str) -> HttpResponse:
    """Record on a version the resolution by which it was adopted."""
    if not request.standing.is_member:
        raise NotThere
    found = get_object_or_404(
        queries.versions_visible_to(request.municipality, request.standing), identifier=identifier
    )
    enter(request, "adoption.keep_versions", found)
    form = forms.AdoptForm(typed(request), concept=found.concept)

    def act() -> str:
        actions.adopt_version(
            found,
            resolution=form.cleaned_data["resolution"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:versions")

    missing = []
    if not queries.resolutions_for(found.concept).exists():
        process = found.concept.process
        missing.append(
            Link(
                _("Record the resolution of the council"),
                reverse("workspace:resolution_new", args=[process.identifier]),
            )
        )
    title = _("Record the resolution on “%(title)s”") % {"title": found.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Record as adopted"),
            crumbs=_crumbs(Link(title)),
            done=_("This version has been adopted, and all its measures with it."),
            intro=_("From then on the edition does not change any more."),
            missing=missing,
        ),
        act=act,
    )
