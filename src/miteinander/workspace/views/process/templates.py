"""Templates: looked at, saved from a process, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.states import BodyKind
from miteinander.core.errors import NotThere
from miteinander.process import actions, forms, queries
from miteinander.process.states import Permit
from miteinander.strategy.actions import save_process_as_template
from miteinander.strategy.states import ChapterKind
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import (
    crumbs,
    form_view,
    process_crumbs,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import PlannedPhase
    from miteinander.process.queries import TemplateLine
    from miteinander.ui.requests import MemberRequest

CREATE = "process.create"


def _crumbs(*more: Link) -> list[Link]:
    return crumbs(Link(_("Templates"), reverse("workspace:templates")), *more)


@require_GET
def templates(request: MemberRequest) -> HttpResponse:
    enter(request, CREATE)
    context = {
        "title": _("Templates"),
        "intro": _(
            "A new process can begin with one. Any process can be saved as a template: its page "
            "has the link."
        ),
        "crumbs": _crumbs(),
        "columns": [
            Column(_("Template")),
            Column(_("Origin")),
            Column(_("Phases"), is_number=True),
            Column(_("Bodies"), is_number=True),
            Column(_("Perspectives"), is_number=True),
            Column(_("Fields of action"), is_number=True),
        ],
        "rows": [_row(line) for line in queries.templates_for(request.municipality)],
        "empty": ("", ""),
    }
    return render(request, "workspace/register.html", context)


def _row(line: TemplateLine) -> list[Cell]:
    pattern = line.pattern
    return [
        Cell(pattern.title, url=reverse("workspace:template", args=[line.key])),
        Cell(_origin(line)),
        Cell(len(pattern.phases)),
        Cell(len(pattern.bodies)),
        Cell(len(pattern.perspectives)),
        Cell(len(pattern.fields)),
    ]


def _origin(line: TemplateLine) -> str:
    if line.own is None:
        return _("comes with Miteinander")
    day = written_day(line.own.made_on)
    if line.own.source is None:
        return _("saved on %(day)s") % {"day": day}
    return _("%(process)s, saved on %(day)s") % {"process": line.own.source.title, "day": day}


@require_GET
def template(request: MemberRequest, key: str) -> HttpResponse:
    """Everything that a process gets from it, in the order in which it is set up."""
    enter(request, CREATE)
    line = _line(request, key)
    pattern = line.pattern
    context = {
        "title": pattern.title,
        "crumbs": _crumbs(Link(pattern.title)),
        "line": line,
        "origin": _origin(line),
        "phases": [
            {
                "title": phase.title,
                "when": _when(phase),
                "permits": [Permit(permit).label for permit in phase.permits],
            }
            for phase in pattern.phases
        ],
        "bodies": [(body, BodyKind(body.kind).label) for body in pattern.bodies],
        "chapters": [
            chapter.title or ChapterKind(chapter.kind).label
            for chapter in pattern.chapters
            if not chapter.left_out
        ],
    }
    return render(request, "workspace/template.html", context)


def _when(phase: PlannedPhase) -> str:
    begins = _("from month %(n)d on") % {"n": phase.after + 1}
    if phase.months is None:
        return begins
    if phase.months == 0:
        return _("at the beginning of month %(n)d") % {"n": phase.after + 1}
    last = ngettext("for %(n)d month", "for %(n)d months", phase.months) % {"n": phase.months}
    return f"{begins}, {last}"


@require_POST
def template_drop(request: MemberRequest, key: str) -> HttpResponse:
    enter(request, CREATE)
    line = _line(request, key)
    if line.own is None:
        raise NotThere
    actions.drop_template(line.own, by=request.standing, at=request.standing.at)
    messages.success(
        request, _("The template “%(title)s” is gone.") % {"title": line.pattern.title}
    )
    return SeeOther(reverse("workspace:templates"))


@form_view
def template_save(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.SaveTemplateForm(typed(request), initial={"title": process.title})

    def act() -> str:
        saved = save_process_as_template(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:template", args=[saved.pk])

    question = Question(
        title=_("Save as a template"),
        intro=_(
            "Phases, milestones, bodies with their seats, perspectives, fields of action, "
            "cross-cutting themes and the outline of the document. No people, no dates, no texts "
            "of chapters."
        ),
        submit=_("Save template"),
        done=_("The template has been saved. A new process can begin with it."),
        crumbs=process_crumbs(process, Link(_("Template"))),
    )
    return ask(request, form, question, act=act)


def _line(request: MemberRequest, key: str) -> TemplateLine:
    line = queries.template_for(request.municipality, key)
    if line is None:
        raise NotThere
    return line
