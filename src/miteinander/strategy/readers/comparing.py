"""A document held against the concept: what is new, what is there, what changed on which side.

An entry is known again by its title and number, first among what the same document brought earlier,
then among everything in the concept. Of what was taken in it is remembered what the document said:
so a change there is told from a later edit here, and where both changed, nothing happens unasked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import override

from miteinander.community.readers.names import are_alike, folded, institution_words
from miteinander.strategy.models import COSTS, ConceptLine
from miteinander.strategy.queries import VALUES, Ground, KnownPart
from miteinander.strategy.readers.entries import Entry
from miteinander.strategy.readers.saying import Names, said_by
from miteinander.strategy.rules import is_unusual_cost
from miteinander.strategy.states import LineKind, LineOutcome

MOST_CANDIDATES = 3
COMMON = 200
"""Words in more titles than this say nothing."""
SHOWN = 400
_MISSING = object()


def compared(
    entries: Sequence[Entry], ground: Ground, same: Mapping[str, int] | None = None
) -> list[ConceptLine]:
    """One line for each entry; `same` says of some which thing they are."""
    names, known = Names(ground), Known(ground)
    positions = {id(entry): at for at, entry in enumerate(entries)}
    lines: list[ConceptLine] = []
    taken: set[int] = set()
    with override(ground.language):
        sayings = [said_by(entry, names) for entry in entries]
    for at, (entry, saying) in enumerate(zip(entries, sayings, strict=True)):
        parent = positions.get(id(entry.parent)) if entry.parent else None
        title = str(saying.values["title"])
        line = ConceptLine(
            position=at, subject=LineKind(entry.kind), parent=parent, number=entry.number[:16],
            title=title, says=saying.values, place=entry.place.as_json(), remarks=saying.remarks,
            outcome=LineOutcome.NEW, differences=[], candidates=[],
        )  # fmt: skip
        lines.append(line)
        above = lines[parent].match if parent is not None else None
        decided = ground.parts.get((same or {}).get(same_key(line), 0))
        found = decided if decided and decided.pk not in taken else known.same(line, above, taken)
        if found is not None and found.kind == line.subject:
            taken.add(found.pk)
            hold_against(line, found, ground)
    for line in lines:  # only now it is known what is something else for sure
        if line.match is not None:
            continue
        if candidates := known.alike(line, taken):
            line.outcome = LineOutcome.SIMILAR
            line.candidates = [{"pk": part.pk, "label": told_part(part)} for part in candidates]
        elif line.parent is not None and _is_closed(lines[line.parent], ground):
            line.outcome = LineOutcome.FIXED
            line.remarks = [*line.remarks, {"code": "closed_above", "field": "", "value": ""}]
    for name in COSTS:
        _remark_unusual(name, lines, ground)
    return lines


def _remark_unusual(name: str, lines: Sequence[ConceptLine], ground: Ground) -> None:
    """Remark costs that nobody would expect in the plan as it would be with this document."""
    plan: dict[object, int] = {
        pk: cost
        for pk, part in ground.parts.items()
        if part.kind == LineKind.MEASURE and not part.is_retired and (cost := part.values[name])
    }
    told = []
    for line in lines:
        cost = line.says.get(name)
        if not cost or line.outcome == LineOutcome.FIXED:
            continue
        if plan.get(line.match) != cost:
            told.append((line, cost))
        plan[line.match or ("new", line.position)] = cost
    costs = sorted(plan.values())
    for line, cost in told:
        at = costs.index(cost)
        if is_unusual_cost(cost, costs[:at] + costs[at + 1 :]):
            line.remarks = [*line.remarks, {"code": "cost", "field": name, "value": str(cost)}]


def same_key(line: ConceptLine) -> str:
    return f"{line.subject}|{line.number}|{folded(line.title)}"


def told_part(part: KnownPart) -> str:
    return f"{part.number} {part.title}".strip()


def _is_closed(line: ConceptLine, ground: Ground) -> bool:
    found = ground.parts.get(line.match) if line.match else None
    if found is None:
        return line.outcome == LineOutcome.FIXED
    return found.is_retired or not found.is_draft


class Known:
    """What the concept holds, to be looked up by title, by source, and by words."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.by_title: dict[tuple[str, str], list[KnownPart]] = defaultdict(list)
        self.by_source: dict[tuple[str, str], list[KnownPart]] = defaultdict(list)
        self.by_word: dict[tuple[str, str], list[KnownPart]] = defaultdict(list)
        self.by_number: dict[tuple[str, str, int | None], list[KnownPart]] = defaultdict(list)
        for part in ground.parts.values():
            self.by_title[part.kind, folded(part.title)].append(part)
            if part.source_key:
                self.by_source[part.kind, part.source_key].append(part)
            for word in set(institution_words(part.title)):
                self.by_word[part.kind, word].append(part)
            if part.source_number:
                self.by_number[part.kind, part.source_number, part.parent].append(part)

    def same(self, line: ConceptLine, above: int | None, taken: set[int]) -> KnownPart | None:
        """The thing that an entry is for sure: the same title, and no two things that share it."""
        key = folded(line.title)
        for rows in (self.by_source[line.subject, key[:300]], self.by_title[line.subject, key]):
            free = [part for part in rows if part.pk not in taken]
            here = [part for part in free if part.parent == above]
            numbered = [part for part in here or free if part.source_number == line.number]
            living = [part for part in numbered or here or free if not part.is_retired]
            for choice in (living, numbered, here, free):
                if len(choice) == 1:
                    return choice[0]
            if choice := living or free:
                return choice[0] if here else None
        return None

    def alike(self, line: ConceptLine, taken: set[int]) -> list[KnownPart]:
        """What an entry could be: a title that is nearly the same."""
        words = institution_words(line.title)
        shared: dict[int, int] = defaultdict(int)
        for word in set(words):
            rows = self.by_word.get((line.subject, word), ())
            if len(rows) <= COMMON:
                for part in rows:
                    shared[part.pk] += 1
        found = []
        for pk in sorted(shared, key=lambda pk: (-shared[pk], pk))[:30]:
            part = self.ground.parts[pk]
            if pk in taken or part.is_retired:
                continue
            has_number = bool(line.number) and part.source_number == line.number
            enough = 2 * shared[pk] >= min(len(words), len(institution_words(part.title)))
            if are_alike(words, institution_words(part.title)) or (has_number and enough):
                found.append(part)
        return found[:MOST_CANDIDATES]


def hold_against(line: ConceptLine, part: KnownPart, ground: Ground) -> None:
    """Say what is different between an entry and the thing that it is."""
    line.match, line.candidates = part.pk, []
    line.differences = []
    if part.is_retired:
        line.outcome = LineOutcome.FIXED
        line.remarks = [*line.remarks, {"code": "retired", "field": "", "value": ""}]
        return
    is_first = part.source_said is None
    for name in VALUES[LineKind(line.subject)]:
        new = line.says.get(name)
        if new in (None, "", []) or (
            name == "title" and is_first and _same("title", new, part.title)
        ):
            continue
        here = part.values[name]
        before = (part.source_said or {}).get(name, _MISSING)
        if name == "indicators" and set(new) <= set(here):
            continue
        if _same(name, new, here) or (before is not _MISSING and _same(name, new, before)):
            continue
        is_empty = here in (None, "", [], False)
        is_ours = before is not _MISSING and _same(name, here, before)
        both = not (is_empty and before is _MISSING) and not is_ours and name != "indicators"
        line.differences.append(
            {
                "field": name,
                "old": _told(name, here, ground),
                "new": _told(name, new, ground),
                "both": both,
            }
        )
    if not line.differences:
        line.outcome = LineOutcome.SAME
    elif not part.is_draft:
        line.outcome = LineOutcome.FIXED
        line.remarks = [*line.remarks, {"code": "handed_in", "field": "", "value": ""}]
    elif any(difference["both"] for difference in line.differences):
        line.outcome = LineOutcome.BOTH
    else:
        line.outcome = LineOutcome.CHANGED


def _same(name: str, one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        if name == "title":
            return folded(one) == folded(other)
        return one.split() == other.split()
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def _told(name: str, value: Any, ground: Ground) -> str:
    """A value as words, as far as a preview shows it."""
    if value in (None, "", []):
        return ""
    if name == "lead":
        return ground.organisations.get(value, "…")
    if name in {"partners", "cross_cutting_themes"}:
        titles = ground.organisations if name == "partners" else ground.themes
        return ", ".join(titles.get(pk, "…") for pk in value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)[:SHOWN]
