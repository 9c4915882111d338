"""What a document that is taken over has to say, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.strategy.queries.imports import taken_from
from miteinander.strategy.states import Funding, Horizon, Novelty
from miteinander.ui.words import written_day, written_money

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.strategy.models.wordings import Draft

LABELS: dict[str, Text] = {
    "field": _("Field of action"),
    "guiding_goal": _("Guiding goal"),
    "scope": _("Scope"),
    "goal": _("Goal"),
    "measure": _("Measure"),
    "number": _("Number in the document"),
    "title": _("Title"),
    "summary": _("In one sentence"),
    "text": _("Description"),
    "first_steps": _("First steps"),
    "target_groups": _("Target groups"),
    "lead": _("Lead"),
    "partners": _("Partners"),
    "period": _("Period"),
    "starts": _("Start"),
    "ends": _("End"),
    "horizon": _("Horizon"),
    "cost": _("Cost"),
    "cost_once": _("One-off cost"),
    "cost_yearly": _("Yearly cost"),
    "funding": _("Funding"),
    "funding_source": _("Source of the funding"),
    "staff_need": _("Staff need"),
    "novelty": _("New or existing"),
    "neighbourhoods": _("Neighbourhoods"),
    "risks": _("Risks"),
    "indicator": _("Indicator"),
    "indicators": _("Indicators"),
    "priority": _("Priority"),
    "is_key": _("Key measure"),
    "is_quick_win": _("Quick win"),
    "themes": _("Cross-cutting themes"),
    "cross_cutting_themes": _("Cross-cutting themes"),
    "need": _("Need"),
    "evidence": _("Evidence"),
    "note": _("Note"),
    "ignore": _("is not read"),
}
ROLE_LABELS: dict[str, Text] = {
    "field": _("Field of action"),
    "goal": _("Goal"),
    "measure": _("Measure"),
    "text": _("text of what it stands in"),
    "ignore": _("is not read"),
}
WHYS: dict[str, Text] = {
    "named": _("most of these headings say so themselves"),
    "sheets": _("a measure sheet follows below them"),
    "area": _("they stand directly below “fields of action”"),
    "between": _("by their place between the others"),
    "numbered": _("by the depth of their numbers"),
    "chosen": _("you said so"),
}
LEVELS: dict[str, Text] = {
    "h": _("Heading of level %(n)s"),
    "n": _("Paragraph with a number such as “%(n)s”"),
    "b": _("Bold line"),
}
ASIDE: dict[str, Text] = {
    "inserted": _("Tracked insertions, taken as accepted: %(n)s"),
    "deleted": _("Tracked deletions, left out: %(n)s"),
    "comments": _("Comments in the margin, not read: %(n)s"),
    "boxes": _("Text boxes, read after the paragraph to which they belong: %(n)s"),
    "pictures": _("Pictures, not taken over: %(n)s"),
    "hidden": _("Pieces of hidden text, not read: %(n)s"),
    "contents": _("Table of contents, not read"),
    "macros": _("The file holds macros. They were neither read nor run."),
}
REMARKS: dict[str, Text] = {
    "prose": _("Belongs to no field of action and is not taken over: “%(value)s”"),
    "text": _("Belongs to no field of action and is not taken over: “%(value)s”"),
    "table": _("What the columns of this table hold is not known: “%(value)s”"),
    "row": _("This row names neither a goal nor a measure: “%(value)s”"),
    "label": _("“%(value)s” is a label that is not known; its words are in the description."),
    "sheet": _("No row of this sheet says what its columns hold: “%(value)s”"),
    "hidden_sheet": _("This sheet is hidden and was not read."),
    "formula": _("The value of the formula in %(value)s is not in the file."),
    "value": _("%(field)s: “%(value)s” was not understood; the words are in the description."),
    "twice": _("%(field)s: stated twice and differently; “%(value)s” is in the description."),
    "backwards": _("%(field)s: ends before it starts (%(value)s); both are in the description."),
    "organisation": _(
        "%(field)s: there is no organisation “%(value)s” here; the name is in the description."
    ),
    "theme": _(
        "%(field)s: there is no cross-cutting theme “%(value)s” here; it is in the description."
    ),
    "two_leads": _("%(field)s: “%(value)s” names several; the first leads, the others work along."),
    "long": _("%(field)s: too long for its place; all of it is in the description."),
    "cost": _("%(field)s: %(value)s is far more than measures usually cost. Please check it."),
    "retired": _("Was given up here and stays so."),
    "handed_in": _("Was handed in or adopted here; only drafts are changed."),
    "closed_above": _("What it belongs to was given up or handed in here; it is left out."),
}
_CHOICES: dict[str, dict[str, Text]] = {
    "funding": {choice.value: choice.label for choice in Funding},
    "horizon": {choice.value: choice.label for choice in Horizon},
    "novelty": {choice.value: choice.label for choice in Novelty},
}


def import_label(meaning: str) -> str:
    return str(LABELS.get(meaning, meaning))


def level_in_words(key: str) -> str:
    """“h2” → “Heading of level 2”; “n2” → “Paragraph with a number such as “1.1””."""
    depth = key[1:]
    return str(LEVELS[key[0]]) % {"n": ".".join("1" * int(depth)) if key[0] == "n" else depth}


def aside_in_words(aside: Mapping[str, int]) -> list[str]:
    return [str(ASIDE[name]) % {"n": count} for name, count in aside.items() if count]


def remark_on_import(remark: Mapping[str, Any]) -> str:
    code, value = remark["code"], remark.get("value", "")
    words = {
        "value": written_money(int(value)) if code == "cost" else value,
        "field": import_label(remark.get("field") or ""),
    }
    return str(REMARKS[code]) % words


def difference_on_import(difference: Mapping[str, Any]) -> str:
    """What stands here → what stands in the document."""
    name, old, new = difference["field"], difference["old"], difference["new"]
    choices = _CHOICES.get(name, {})
    if name in {"is_key", "is_quick_win"}:
        old, new = ("" if old in ("", "False") else gettext("yes")), gettext("yes")
    old, new = str(choices.get(old, old)), str(choices.get(new, new))
    arrow = f"{old} → {new}" if old else f"+ {new}"
    told = f"{import_label(name)}: {arrow}"
    return f"{told} ({gettext('changed here as well')})" if difference["both"] else told


def details_on_import(says: Mapping[str, Any], names: Mapping[int, str]) -> list[str]:
    """What an entry would say besides its title, column by column; texts by their beginning."""
    found = []
    for name, value in says.items():
        if name == "title" or value in (None, "", []):
            continue
        if name in {"lead"}:
            told = names.get(value, "…")
        elif name in {"partners", "cross_cutting_themes"}:
            told = ", ".join(names.get(pk, "…") for pk in value)
        elif isinstance(value, bool):
            told = gettext("yes")
        elif isinstance(value, list):
            told = "; ".join(map(str, value))
        else:
            told = str(_CHOICES.get(name, {}).get(str(value), value))
        short = told if len(told) <= 160 else f"{told[:158]} …"
        found.append(f"{import_label(name)}: {short}")
    return found


def taken_from_in_words(row: Draft, *, inside: bool = True) -> str:
    """From which document, and where in it. Outside only the day: file names may name people."""
    part = taken_from(row)
    if part is None:
        return ""
    words = {"day": written_day(localdate(part.source.taken_at))}
    if not inside:
        return gettext("Taken over from a document on %(day)s.") % words
    words |= {"file": part.source.name, "place": place_in_words(part.place)}
    if not words["place"]:
        return gettext("Taken over from the file “%(file)s” on %(day)s.") % words
    return gettext("Taken over from the file “%(file)s” on %(day)s: %(place)s.") % words


def place_in_words(place: Mapping[str, Any]) -> str:
    """“Handlungsfeld 1 › Ziel 2 · page 12 · paragraph 80”."""
    parts = [" › ".join(place.get("path", ()))]
    if place.get("sheet"):
        parts.append(gettext("Sheet “%(name)s”") % {"name": place["sheet"]})
    for name, words in (
        ("page", gettext("page %(n)s")),
        ("paragraph", gettext("paragraph %(n)s")),
        ("table", gettext("table no. %(n)s")),
        ("row", gettext("row %(n)s")),
    ):
        if place.get(name):
            parts.append(words % {"n": place[name]})
    return " · ".join(part for part in parts if part)
