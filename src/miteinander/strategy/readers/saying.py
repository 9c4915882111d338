"""What an entry says, in the values that a field, goal or measure is made of.

Whatever fits no column stays in the description, under a line that says where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from miteinander.community.readers.names import folded, institution_key
from miteinander.core.wordlist import written
from miteinander.strategy.queries import Ground, import_label
from miteinander.strategy.readers.entries import LONGEST_TITLE, Entry
from miteinander.strategy.readers.values import (
    Read,
    cost_in,
    funding_in,
    novelty_in,
    period_in,
    priority_in,
    staff_in,
)

SHORT = {"summary": 300, "target_groups": 300, "neighbourhoods": 300}
LONG = frozenset({"first_steps", "risks"})
MOST_INDICATORS = 12
LONGEST_INDICATOR = 200


@dataclass(slots=True)
class Saying:
    """The values of one entry while they are put together."""

    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[dict[str, str]] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    """What stays in words."""

    def keep(self, meaning: str, words: str) -> None:
        self.more.append(f"{import_label(meaning)}: {words}")

    def remark(self, code: str, meaning: str, words: str) -> None:
        self.remarks.append({"code": code, "field": meaning, "value": words[:200]})


class Names:
    """The names of a town that a document may use: organisations and cross-cutting themes."""

    def __init__(self, ground: Ground) -> None:
        self.organisations: dict[str, int] = {}
        for pk, title in ground.organisations.items():
            for key in {folded(title), institution_key(title)}:
                self.organisations.setdefault(key, pk)
            if short := re.search(r"\(([^)]{2,20})\)", title):
                self.organisations.setdefault(folded(short[1]), pk)
                bare = title.replace(short[0], " ")
                self.organisations.setdefault(folded(bare), pk)
        self.themes = {folded(title): pk for pk, title in ground.themes.items()}

    def organisation(self, name: str) -> int | None:
        bare = re.sub(r"\s*\([^)]*\)", "", name)
        for words in (name, bare):
            for key in (folded(words), institution_key(words)):
                if key in self.organisations:
                    return self.organisations[key]
        return None


def said_by(entry: Entry, names: Names) -> Saying:
    """Everything that an entry says; in the language of the concept."""
    saying = Saying()
    title = entry.title or _nameless(entry)
    if len(title) > LONGEST_TITLE:
        saying.remark("long", "title", title)
        saying.more.append(title)
        title = f"{title[: LONGEST_TITLE - 2].rsplit(' ', 1)[0]} …"
    saying.values["title"] = title
    if entry.kind == "measure":
        _measure(entry, names, saying)
    elif entry.kind == "goal":
        _goal(entry, saying)
    text = "\n\n".join(entry.said.get("text", []))
    loose = [*entry.loose]
    if not text:
        text, loose = "\n\n".join(loose), []
    more = [*loose, *saying.more]
    if more and entry.kind != "field":
        told = _("More from the file:")
        text = "\n\n".join(part for part in (text, told, *more) if part)
    elif more:
        text = "\n\n".join(part for part in (text, *more) if part)
    if entry.kind == "field":
        scope = "\n\n".join([*entry.said.get("scope", []), *([text] if text else [])])
        _put(saying, "scope", scope)
        _put(saying, "guiding_goal", "\n".join(entry.said.get("guiding_goal", [])))
    else:
        _put(saying, "text", text)
    return saying


def _nameless(entry: Entry) -> str:
    if entry.is_made:
        return (
            _("Without a goal in the file")
            if entry.kind == "goal"
            else _("Without a field of action in the file")
        )
    sort = {"field": _("Field of action"), "goal": _("Goal"), "measure": _("Measure")}[entry.kind]
    return f"{sort} {entry.number}".strip()


def _put(saying: Saying, name: str, value: Any) -> None:
    if value not in ("", None, []):
        saying.values[name] = value


def _goal(entry: Entry, saying: Saying) -> None:
    for name in ("need", "evidence"):
        _put(saying, name, "\n\n".join(entry.said.get(name, [])))
    indicator = "; ".join(" ".join(words.split()) for words in entry.said.get("indicator", []))
    if len(indicator) > 300:
        saying.keep("indicator", indicator)
    else:
        _put(saying, "indicator", indicator)


def _measure(entry: Entry, names: Names, saying: Saying) -> None:
    said = entry.said
    for name, most in SHORT.items():
        words = ", ".join(_lines(said.get(name, [])))
        if len(words) > most:
            saying.remark("long", name, words)
            saying.keep(name, words)
        elif words:
            saying.values[name] = written(words) if name != "summary" else words
    for name in LONG:
        _put(saying, name, "\n\n".join(said.get(name, [])))
    _lead(said.get("lead", []), names, saying)
    _partners(said.get("partners", []), names, saying)
    _themes(said.get("themes", []), names, saying)
    _indicators(said.get("indicator", []), saying)
    readings: dict[str, Callable[[str], Read]] = {
        "period": period_in, "starts": lambda t: period_in(t, at="starts"),
        "ends": lambda t: period_in(t, at="ends"), "horizon": period_in, "cost": cost_in,
        "cost_once": lambda t: cost_in(t, at="cost_once"),
        "cost_yearly": lambda t: cost_in(t, at="cost_yearly"), "funding": funding_in,
        "staff_need": staff_in, "novelty": novelty_in, "priority": priority_in,
    }  # fmt: skip
    for meaning, read in readings.items():
        for words in said.get(meaning, []):
            _read(meaning, words, read(words), saying)
    starts, ends = saying.values.get("starts"), saying.values.get("ends")
    if starts and ends and ends < starts:
        saying.remark("backwards", "period", f"{starts} – {ends}")
        for name in ("starts", "ends"):
            saying.keep(name, saying.values.pop(name))
    for meaning in ("need", "evidence", "goal"):
        for words in said.get(meaning, []):
            saying.keep(meaning, words)


def _read(meaning: str, words: str, read: Read, saying: Saying) -> None:
    for name, value in read.values.items():
        told = value.isoformat() if hasattr(value, "isoformat") else value
        if saying.values.get(name, told) != told:
            saying.remark("twice", meaning, words)
            saying.keep(meaning, words)
            return
        saying.values[name] = told
    if not read.is_whole:
        saying.keep(meaning, words)
        if not read.values:
            saying.remark("value", meaning, words)


def _lines(several: list[str]) -> list[str]:
    """Points of a cell, each for itself and without its dash."""
    lines = (line.strip() for words in several for line in words.split("\n"))
    return [re.sub(r"^[-•–·*]\s*", "", line) for line in lines if line]


def _lead(several: list[str], names: Names, saying: Saying) -> None:
    """One institution leads; whoever stands beside it works along."""
    told = "\n".join(several)
    if not told:
        return
    whole = names.organisation(" ".join(told.split()))
    found: list[tuple[str, int | None]] = [(told, whole)]
    if whole is None:
        found = [(name, names.organisation(name)) for name in _named(told)]
    known = [pk for _name, pk in found if pk is not None]
    if known:
        saying.values["lead"] = known[0]
        if further := [pk for pk in known[1:] if pk != known[0]]:
            saying.values["partners"] = sorted(set(further))
            saying.remark("two_leads", "lead", told)
    if unknown := [name for name, pk in found if pk is None]:
        saying.keep("lead", ", ".join(unknown))
        for name in unknown:
            saying.remark("organisation", "lead", name)


def _partners(several: list[str], names: Names, saying: Saying) -> None:
    unknown, known = [], set(saying.values.get("partners", []))
    for told in several:
        if (whole := names.organisation(" ".join(told.split()))) is not None:
            known.add(whole)
            continue
        for name in _named(told):
            if (pk := names.organisation(name)) is None:
                unknown.append(name)
            else:
                known.add(pk)
    _put(saying, "partners", sorted(known))
    if unknown:
        saying.keep("partners", ", ".join(unknown))
        for name in unknown:
            saying.remark("organisation", "partners", name)


def _named(told: str) -> list[str]:
    """Names in a list: divided by lines, commas and semicolons, but not within brackets."""
    parts = re.split(r"[;\n]|,(?![^(]*\))|\s/\s", told)
    return [name for name in (re.sub(r"^[-•–·*]\s*", "", p.strip()) for p in parts) if name]


def _themes(several: list[str], names: Names, saying: Saying) -> None:
    unknown, known = [], []
    for name in (name for told in several for name in _named(told)):
        if (pk := names.themes.get(folded(name))) is None:
            unknown.append(name)
        else:
            known.append(pk)
    _put(saying, "cross_cutting_themes", sorted(set(known)))
    if unknown:
        saying.keep("themes", ", ".join(unknown))
        for name in unknown:
            saying.remark("theme", "themes", name)


def _indicators(several: list[str], saying: Saying) -> None:
    lines = list(dict.fromkeys(_lines(several)))
    fit = [line for line in lines if len(line) <= LONGEST_INDICATOR][:MOST_INDICATORS]
    _put(saying, "indicators", fit)
    for line in lines:
        if line not in fit:
            saying.keep("indicator", line)
            saying.remark("long", "indicator", line)
