"""Fields of action, goals and measure sheets of a version, as sections of its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.adoption.states import ObjectionState
from miteinander.documents.shapes import Block, Facts, Paragraph, Remark, Section, Table
from miteinander.strategy.states import Effect, Funding, Horizon, LeadState, Novelty, Service
from miteinander.ui.words import written_day, written_money, written_number

Content = Mapping[str, Any]


def joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def mark_of(part: Content) -> str:
    return _("Example") if part["is_example"] else ""


def marked(part: Content) -> str:
    """The title of something in a table, where its mark has to stand beside it."""
    return f"{part['title']} ({_('Example')})" if part["is_example"] else str(part["title"])


def written(text: str, language: str, *, lead: bool = False) -> tuple[Block, ...]:
    return (Paragraph(text, language=language, lead=lead),) if text.strip() else ()


def themes_section(content: Content) -> Section:
    return Section(
        _("Cross-cutting themes"),
        sections=tuple(
            Section(
                theme["title"],
                identifier=theme["identifier"],
                language=theme["language"],
                mark=mark_of(theme),
                blocks=written(theme["text"], theme["language"]),
            )
            for theme in content["cross_cutting_themes"]
        ),
    )


def retired_section(content: Content) -> Section:
    return Section(
        _("Fields that were given up"),
        blocks=(
            Table(
                _("Fields that were given up, and why"),
                (_("Field of action"), _("Reason")),
                tuple((marked(field), field["reason"]) for field in content["retired_fields"]),
            ),
        ),
    )


def field_section(field: Content, *, breaks: bool = True) -> Section:
    blocks: list[Block] = [
        *written(field["scope"], field["language"]),
        *written(field["guiding_goal"], field["language"], lead=True),
    ]
    if field["former_titles"]:
        former = ", ".join(former["title"] for former in field["former_titles"])
        blocks.append(Paragraph(_("Formerly: %(titles)s.") % {"titles": former}))
    return Section(
        field["title"],
        number=field["number"],
        identifier=field["identifier"],
        language=field["language"],
        mark=mark_of(field),
        blocks=tuple(blocks),
        sections=tuple(_goal(goal) for goal in field["goals"]),
        breaks=breaks,
    )


def _goal(goal: Content) -> Section:
    effect = str(Effect(goal["effect"]).label) if goal["effect"] else ""
    pairs = [
        (_("Need"), goal["need"]),
        (_("Evidence"), goal["evidence"]),
        (_("Rests on"), joined([thing["title"] for thing in goal["origin"].get("evidence", ())])),
        (_("Kind of effect"), effect),
        (_("Indicator"), goal["indicator"]),
        (_("Why there is no indicator"), goal["no_indicator_reason"]),
        (_("Where it comes from"), origin_of(goal["origin"])),
    ]
    return Section(
        _("Goal: %(title)s") % {"title": goal["title"]},
        number=goal["number"],
        identifier=goal["identifier"],
        language=goal["language"],
        mark=mark_of(goal),
        blocks=(*written(goal["text"], goal["language"]), *_facts(pairs, goal["title"])),
        sections=tuple(_measure(measure) for measure in goal["measures"]),
    )


def _facts(pairs: Iterable[tuple[str, str]], caption: str) -> tuple[Block, ...]:
    told = tuple((name, text) for name, text in pairs if text)
    return (Facts(told, caption=caption),) if told else ()


def _measure(measure: Content) -> Section:
    lead = measure["lead"]["title"] if measure["lead"] else _("Nobody yet")
    state = str(LeadState(measure["lead_state"]).label)
    kinds = [
        *([_("key measure")] if measure["is_key"] else []),
        *([_("quick win")] if measure["is_quick_win"] else []),
        *_chosen(measure, "novelty", Novelty),
        *_chosen(measure, "service", Service),
    ]
    # Versions frozen by an earlier release know less of a sheet: what they lack is not there.
    pairs = [
        (_("In one sentence"), measure.get("summary", "")),
        (_("Lead"), f"{lead} ({state})"),
        (_("Partners"), joined(partner["title"] for partner in measure["partners"])),
        (_("Target groups"), measure["target_groups"]),
        (_("Neighbourhoods"), measure.get("neighbourhoods", "")),
        (_("Period"), joined([period_of(measure), *_chosen(measure, "horizon", Horizon)])),
        (_("Cost"), cost_of(measure)),
        (
            _("Funding"),
            joined([*_chosen(measure, "funding", Funding), measure.get("funding_source", "")]),
        ),
        (_("Staff"), staff_of(measure)),
        (_("First steps"), measure["first_steps"]),
        (_("Indicators"), "; ".join(map(indicator_of, measure.get("indicators", ())))),
        (_("Depends on"), joined(other["title"] for other in measure.get("depends_on", ()))),
        (_("Risks"), measure.get("risks", "")),
        (_("Kind"), joined(kinds)),
        (
            _("Cross-cutting themes"),
            joined(theme["title"] for theme in measure["cross_cutting_themes"]),
        ),
        *((answer["label"], answer["answer"]) for answer in measure.get("own", ())),
        (_("Where it comes from"), origin_of(measure["origin"])),
    ]
    return Section(
        measure["title"],
        number=measure["number"],
        identifier=measure["identifier"],
        language=measure["language"],
        mark=mark_of(measure),
        blocks=(
            *written(measure["text"], measure["language"]),
            *_facts(pairs, measure["title"]),
            *(block for raised in measure["objections"] for block in objection_remarks(raised)),
        ),
        keeps_together=True,
        unlisted=True,
    )


def objection_remarks(objection: Content) -> tuple[Block, ...]:
    """An objection and its answer, word for word."""
    state = str(ObjectionState(objection["state"]).label)
    title = _("Objection of %(seat)s (%(state)s)") % {"seat": objection["seat"], "state": state}
    if objection["is_example"]:
        title = f"{title} ({_('Example')})"
    language = objection["language"]
    told = [Remark(title, objection["reason"], language=language, kind="objection")]
    if objection["response"]:
        told.append(
            Remark(_("Answer to the objection"), objection["response"], language, kind="answer")
        )
    return tuple(told)


def period_of(measure: Content) -> str:
    starts, ends = (
        written_day(date.fromisoformat(measure[name]), "month") if measure[name] else ""
        for name in ("starts", "ends")
    )
    if starts and ends:
        return _("%(starts)s to %(ends)s") % {"starts": starts, "ends": ends}
    if starts:
        return _("from %(starts)s, without an end") % {"starts": starts}
    return _("until %(ends)s") % {"ends": ends} if ends else ""


def cost_of(measure: Content) -> str:
    once, yearly = measure["cost_once"], measure["cost_yearly"]
    return joined(
        [
            _("%(sum)s once") % {"sum": written_money(once)} if once is not None else "",
            _("%(sum)s a year") % {"sum": written_money(yearly)} if yearly is not None else "",
        ]
    )


def _chosen(measure: Content, name: str, kind: type[TextChoices]) -> list[str]:
    """The word for what was chosen; none where nothing was."""
    value = measure.get(name)
    return [str(kind(value).label)] if value else []


def staff_of(measure: Content) -> str:
    posts = measure.get("staff_need")
    if posts is None:
        return ""
    if not Decimal(posts):
        return _("nobody has to be employed")
    return _("%(posts)s full-time posts") % {"posts": written_number(Decimal(posts))}


def indicator_of(indicator: Content) -> str:
    """“Besuche im Sprachcafé: 120 (März 2025), Ziel 200 (bis Dezember 2027)”."""
    parts = []
    for name, on, words in (
        ("baseline", "baseline_on", "%(value)s"),
        ("target", "target_by", _("target %(value)s")),
    ):
        if indicator[name] is None:
            continue
        value = f"{written_number(Decimal(indicator[name]))} {indicator['unit']}".strip()
        when = (
            f" ({written_day(date.fromisoformat(indicator[on]), 'month')})" if indicator[on] else ""
        )
        parts.append(words % {"value": value} + when)
    told = joined(parts)
    return f"{indicator['title']}: {told}" if told else str(indicator["title"])


def origin_of(origin: Content) -> str:
    """Themes by name, contributions by number, a document by its day, meetings by name."""
    parts = [_("theme “%(title)s”") % {"title": theme["title"]} for theme in origin["themes"]]
    if origin["contributions"]:
        count = origin["contributions"]
        said = ngettext("%(n)s contribution", "%(n)s contributions", count)
        parts.append(said % {"n": written_number(count)})
    if day := origin.get("document"):
        told = _("a document of the municipality, taken over on %(day)s")
        parts.append(told % {"day": written_day(date.fromisoformat(day))})
    return joined([*parts, *origin["meetings"]])


def measures_of(content: Content) -> list[Content]:
    """All measures of a version in its order."""
    return [m for f in content["fields"] for goal in f["goals"] for m in goal["measures"]]
