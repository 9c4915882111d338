"""The concept as a document, built from the frozen text of a version and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from miteinander.adoption.states import ObjectionState
from miteinander.documents.shapes import (
    Block,
    Document,
    Facts,
    Listing,
    Paragraph,
    Remark,
    Section,
    Table,
)
from miteinander.process.states import Result
from miteinander.strategy.states import Effect, Funding, LeadState
from miteinander.ui.words import written_day, written_money, written_number

Content = Mapping[str, Any]


def document_of(content: Content, *, language: str = "de") -> Document:
    """Build the reading edition; labels in `language`, texts as they were frozen."""
    with override(language):
        return _document(content, language)


def _document(content: Content, language: str) -> Document:
    concept, counts = content["concept"], content["counts"]
    sections = [
        *([_themes(content)] if content["cross_cutting_themes"] else []),
        *(_field(field) for field in content["fields"]),
        *([_retired(content)] if content["retired_fields"] else []),
    ]
    sentence = _("%(fields)s, %(goals)s, %(measures)s.") % {
        "fields": ngettext("%(n)s field of action", "%(n)s fields of action", counts["fields"])
        % {"n": written_number(counts["fields"])},
        "goals": ngettext("%(n)s goal", "%(n)s goals", counts["goals"])
        % {"n": written_number(counts["goals"])},
        "measures": ngettext("%(n)s measure", "%(n)s measures", counts["measures"])
        % {"n": written_number(counts["measures"])},
    }
    opening: list[Block] = [Paragraph(content["process"]["question"], lead=True)]
    if concept["text"]:
        opening.append(Paragraph(concept["text"], language=concept["language"]))
    opening += [Paragraph(sentence), Facts(_about(content))]
    if concept["is_example"] or content["municipality"]["is_example"]:
        text = _("This document comes from an example installation. Invented parts are marked.")
        opening.insert(0, Remark(_("Example"), text))
    return Document(
        title=concept["title"],
        language=language,
        subtitle=content["municipality"]["name"],
        blocks=tuple(opening),
        sections=tuple(sections),
        closing=(
            Paragraph(
                _("This version is frozen. Its checksum (SHA-256) is %(checksum)s.")
                % {"checksum": content["checksum"]}
            ),
        ),
    )


def _about(content: Content) -> tuple[tuple[str, str], ...]:
    version, process = content["version"], content["process"]
    pairs = [
        (_("Version"), str(version["edition"])),
        (_("Frozen on"), written_day(datetime.fromisoformat(version["frozen_at"]))),
        (_("Process"), process["title"]),
        (_("Lead office"), process["lead_office"]),
    ]
    if mandate := process["mandate"]:
        on = (
            written_day(date.fromisoformat(mandate["on"]), mandate["precision"])
            if mandate["on"]
            else ""
        )
        result = str(Result(mandate["result"]).label)
        pairs.append((_("Mandate"), _join([mandate["body"], on, result])))
    return tuple(pairs)


def _join(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _mark(part: Content) -> str:
    return _("Example") if part["is_example"] else ""


def _themes(content: Content) -> Section:
    return Section(
        _("Cross-cutting themes"),
        sections=tuple(
            Section(
                theme["title"],
                identifier=theme["identifier"],
                language=theme["language"],
                mark=_mark(theme),
                blocks=_text(theme["text"], theme["language"]),
            )
            for theme in content["cross_cutting_themes"]
        ),
    )


def _retired(content: Content) -> Section:
    return Section(
        _("Fields that were given up"),
        blocks=(
            Table(
                _("Fields that were given up, and why"),
                (_("Field of action"), _("Reason")),
                tuple((field["title"], field["reason"]) for field in content["retired_fields"]),
            ),
        ),
    )


def _text(text: str, language: str, *, lead: bool = False) -> tuple[Block, ...]:
    return (Paragraph(text, language=language, lead=lead),) if text.strip() else ()


def _field(field: Content) -> Section:
    blocks: list[Block] = [
        *_text(field["scope"], field["language"]),
        *_text(field["guiding_goal"], field["language"], lead=True),
    ]
    if field["former_titles"]:
        former = ", ".join(former["title"] for former in field["former_titles"])
        blocks.append(Paragraph(_("Formerly: %(titles)s.") % {"titles": former}))
    return Section(
        field["title"],
        number=field["number"],
        identifier=field["identifier"],
        language=field["language"],
        mark=_mark(field),
        blocks=tuple(blocks),
        sections=tuple(_goal(goal) for goal in field["goals"]),
    )


def _goal(goal: Content) -> Section:
    effect = str(Effect(goal["effect"]).label) if goal["effect"] else ""
    pairs = [
        (_("Need"), goal["need"]),
        (_("Evidence"), goal["evidence"]),
        (_("Kind of effect"), effect),
        (_("Indicator"), goal["indicator"]),
        (_("Why there is no indicator"), goal["no_indicator_reason"]),
        (_("Where it comes from"), _origin(goal["origin"])),
    ]
    return Section(
        _("Goal: %(title)s") % {"title": goal["title"]},
        number=goal["number"],
        identifier=goal["identifier"],
        language=goal["language"],
        mark=_mark(goal),
        blocks=(*_text(goal["text"], goal["language"]), *_facts(pairs)),
        sections=tuple(_measure(measure) for measure in goal["measures"]),
    )


def _facts(pairs: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    told = tuple((name, text) for name, text in pairs if text)
    return (Facts(told),) if told else ()


def _measure(measure: Content) -> Section:
    lead = measure["lead"]["title"] if measure["lead"] else _("Nobody yet")
    state = str(LeadState(measure["lead_state"]).label)
    marks = [
        *([_("key measure")] if measure["is_key"] else []),
        *([_("quick win")] if measure["is_quick_win"] else []),
    ]
    pairs = [
        (_("Lead"), f"{lead} ({state})"),
        (_("Partners"), _join(partner["title"] for partner in measure["partners"])),
        (_("Target groups"), measure["target_groups"]),
        (_("Period"), _period(measure)),
        (_("Cost"), _cost(measure)),
        (_("Funding"), str(Funding(measure["funding"]).label) if measure["funding"] else ""),
        (_("First steps"), measure["first_steps"]),
        (_("Kind"), _join(marks)),
        (
            _("Cross-cutting themes"),
            _join(theme["title"] for theme in measure["cross_cutting_themes"]),
        ),
        (_("Where it comes from"), _origin(measure["origin"])),
    ]
    return Section(
        measure["title"],
        number=measure["number"],
        identifier=measure["identifier"],
        language=measure["language"],
        mark=_mark(measure),
        blocks=(
            *_text(measure["text"], measure["language"]),
            *_facts(pairs),
            *(block for objection in measure["objections"] for block in _objection(objection)),
        ),
    )


def _objection(objection: Content) -> tuple[Block, ...]:
    state = str(ObjectionState(objection["state"]).label)
    title = _("Objection of %(seat)s (%(state)s)") % {"seat": objection["seat"], "state": state}
    told = [Remark(title, objection["reason"], language=objection["language"])]
    if objection["response"]:
        told.append(
            Remark(_("Answer to the objection"), objection["response"], objection["language"])
        )
    return tuple(told)


def _period(measure: Content) -> str:
    starts, ends = (
        written_day(date.fromisoformat(measure[name]), "month") if measure[name] else ""
        for name in ("starts", "ends")
    )
    if starts and ends:
        return _("%(starts)s to %(ends)s") % {"starts": starts, "ends": ends}
    if starts:
        return _("from %(starts)s, without an end") % {"starts": starts}
    return _("until %(ends)s") % {"ends": ends} if ends else ""


def _cost(measure: Content) -> str:
    once, yearly = measure["cost_once"], measure["cost_yearly"]
    return _join(
        [
            _("%(sum)s once") % {"sum": written_money(once)} if once is not None else "",
            _("%(sum)s a year") % {"sum": written_money(yearly)} if yearly is not None else "",
        ]
    )


def _origin(origin: Content) -> str:
    parts = [_("theme “%(title)s”") % {"title": theme["title"]} for theme in origin["themes"]]
    if origin["contributions"]:
        count = origin["contributions"]
        said = ngettext("%(n)s contribution", "%(n)s contributions", count)
        parts.append(said % {"n": written_number(count)})
    return _join([*parts, *origin["meetings"]])


def contents(document: Document) -> Listing:
    """List the parts of a document, for the top of long pages."""
    return Listing(tuple(f"{s.number} {s.title}".strip() for s in document.sections))
