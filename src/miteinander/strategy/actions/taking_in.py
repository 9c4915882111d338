"""Writing what a document brings: each field, goal and measure through its own action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.community.readers.names import folded
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Thing
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions.fields import (
    describe_field,
    keep_field,
    propose_field,
    rename_field,
)
from miteinander.strategy.actions.goals import edit_goal, grow_goal
from miteinander.strategy.actions.ground import locked, number_field, require_drafting
from miteinander.strategy.actions.measures import DETAILS, edit_measure, grow_measure
from miteinander.strategy.actions.sheet import MOST_INDICATORS, write_indicator
from miteinander.strategy.models import (
    Concept,
    ConceptLine,
    ConceptSource,
    CrossCuttingTheme,
    FieldOfAction,
    Goal,
    Measure,
    SourcePart,
)
from miteinander.strategy.queries import fingerprint_of_concept, lines_left_out
from miteinander.strategy.states import LineKind, LineOutcome

_KINDS: dict[str, type[Thing]] = {
    LineKind.FIELD: FieldOfAction,
    LineKind.GOAL: Goal,
    LineKind.MEASURE: Measure,
}


@transaction.atomic
def take_in_document(
    concept: Concept,
    lines: Sequence[ConceptLine],
    *,
    name: str,
    digest: str,
    size: int,
    seen: Sequence[int],
    mapping: Mapping[str, str],
    by: Standing,
    at: datetime,
) -> dict[str, int]:
    """Write what was decided, all of it or nothing; how many of each came in or changed.

    Whatever nobody decided about is left out. Refused (`Closed`) when somebody wrote something
    since the document was compared.
    """
    concept = locked(concept)
    require_drafting(concept, at=at)
    if fingerprint_of_concept(concept) != list(seen):
        raise _changed_meanwhile()
    source = ConceptSource.objects.create(
        concept=concept,
        name=name[:200],
        digest=digest,
        size=size,
        taken_at=at,
        mapping=dict(mapping),
    )
    told = Taking(concept, source, by=by, at=at).written(lines)
    source.counts = told
    source.save(update_fields=["counts"])
    if any(told[what] for what in ("fields", "goals", "measures", "changed")):
        data = {**told, "checksum": digest[:12]}
        record(events.CONCEPT_IMPORTED.name, concept, by=by, at=at, data=data)
    return told


def _changed_meanwhile() -> Closed:
    return Closed(
        _("The concept has changed since this preview was made."),
        do=_("It has been made anew. Please look at it again and confirm once more."),
    )


class Taking:
    """One document on its way into a concept."""

    def __init__(
        self, concept: Concept, source: ConceptSource, *, by: Standing, at: datetime
    ) -> None:
        self.concept, self.source, self.by, self.at = concept, source, by, at
        self.things: dict[int, Thing] = {}
        """Position of an entry → what it is here."""
        self.unnumbered: dict[int, FieldOfAction] = {}
        self.told = dict.fromkeys(("fields", "goals", "measures", "changed", "left"), 0)
        self.organisations: dict[int, Organisation] = {}
        self.themes: dict[int, CrossCuttingTheme] = {}

    def written(self, lines: Sequence[ConceptLine]) -> dict[str, int]:
        self._look_up(lines)
        left = {line.position for line in lines_left_out(lines)}
        self.told["left"] = len(left)
        for line in lines:
            if line.position in left:
                continue
            try:
                if line.match is not None:
                    self._known(line)
                else:
                    self._enter(line)
            except Invalid as refusal:  # the values of a document, together with those from here
                raise Closed(
                    next(iter(refusal.fields.values())),
                    where=line.title,
                    do=_("Please leave this entry out, or change it here or in the document."),
                ) from refusal
        for field in self.unnumbered.values():
            number_field(field)
        return self.told

    def _look_up(self, lines: Sequence[ConceptLine]) -> None:
        """All that entries name, in one question for each kind."""
        town = self.concept.municipality_id
        wanted: dict[str, set[int]] = {"organisations": set(), "themes": set()}
        matches: dict[str, set[int]] = {kind: set() for kind in _KINDS}
        for line in lines:
            if lead := line.says.get("lead"):
                wanted["organisations"].add(lead)
            wanted["organisations"].update(line.says.get("partners", ()))
            wanted["themes"].update(line.says.get("cross_cutting_themes", ()))
            if line.match is not None:
                matches[line.subject].add(line.match)
        for pk, row in Organisation.objects.in_bulk(list(wanted["organisations"])).items():
            if row.municipality_id == town:
                self.organisations[pk] = row
        for key, theme in CrossCuttingTheme.objects.in_bulk(list(wanted["themes"])).items():
            if theme.concept_id == self.concept.pk:
                self.themes[key] = theme
        here = {
            LineKind.FIELD: FieldOfAction.objects.filter(concept=self.concept),
            LineKind.GOAL: Goal.objects.filter(field__concept=self.concept),
            LineKind.MEASURE: Measure.objects.filter(goal__field__concept=self.concept),
        }
        found: dict[int, Thing] = {}
        for kind, rows in here.items():
            found |= rows.in_bulk(list(matches[kind]))
        for line in lines:
            if line.match in found:
                self.things[line.position] = found[line.match]

    # --- what is there already --------------------------------------------------------------------

    def _known(self, line: ConceptLine) -> None:
        thing = self.things.get(line.position)
        if thing is None:
            raise _changed_meanwhile()
        takes = line.outcome == LineOutcome.CHANGED and line.decision != "leave"
        takes = takes or (line.outcome == LineOutcome.BOTH and line.decision == "take")
        if takes:
            names = [difference["field"] for difference in line.differences]
            self.things[line.position] = self._change(thing, line, names)
            self.told["changed"] += 1
        if takes or line.outcome == LineOutcome.SAME or line.decision == "leave":
            self._remember(line, thing)

    def _change(self, thing: Thing, line: ConceptLine, names: Sequence[str]) -> Thing:
        changes = {
            name: value
            for name, value in self._values(line, names).items()
            if name not in {"indicators"}
        }
        how: dict[str, Any] = {"by": self.by, "at": self.at}
        if isinstance(thing, FieldOfAction):
            if "title" in changes:
                thing = rename_field(thing, title=str(changes.pop("title")), **how)
            if changes:
                thing = describe_field(thing, changes=changes, revision=thing.revision, **how)
        elif isinstance(thing, Goal) and changes:
            thing = edit_goal(thing, changes=changes, revision=thing.revision, **how)
        elif isinstance(thing, Measure):
            if changes:
                thing = edit_measure(thing, changes=changes, revision=thing.revision, **how)
            if "indicators" in names:
                self._count(thing, line)
        return thing

    # --- what is new ------------------------------------------------------------------------------

    def _enter(self, line: ConceptLine) -> None:
        shared: dict[str, Any] = {
            "title": line.title,
            "language": self.concept.language,
            "is_example": self.concept.is_example,
            "by": self.by,
            "at": self.at,
        }
        says = self._values(line, line.says)
        says.pop("title", None)
        indicators = says.pop("indicators", None)
        parent = self.things[line.parent] if line.parent is not None else None
        thing: Thing
        if line.subject == LineKind.FIELD:
            thing = propose_field(self.concept, **says, **shared)
            thing = keep_field(thing, by=self.by, at=self.at)
            self.told["fields"] += 1
        elif line.subject == LineKind.GOAL:
            assert isinstance(parent, FieldOfAction), "a goal lies in a field"
            thing = grow_goal(parent, **says, **shared, numbered=False)
            self.unnumbered[parent.pk] = parent
            self.told["goals"] += 1
        else:
            assert isinstance(parent, Goal), "a measure lies below a goal"
            details = {name: says.pop(name) for name in list(says) if name in DETAILS}
            thing = grow_measure(parent, **says, details=details, **shared, numbered=False)
            self.unnumbered[parent.field_id] = parent.field
            self.told["measures"] += 1
            if indicators:
                self._count(thing, line)
        self.things[line.position] = thing
        self._remember(line, thing)

    def _count(self, measure: Measure, line: ConceptLine) -> None:
        there = set(measure.indicators.values_list("title", flat=True))
        room = MOST_INDICATORS - len(there)
        for title in [t for t in line.says["indicators"] if t not in there][:room]:
            write_indicator(measure, {"title": title}, by=self.by, at=self.at)

    def _values(self, line: ConceptLine, names: Any) -> dict[str, Any]:
        """Plain values of a line as rows, days and numbers."""
        found: dict[str, Any] = {}
        for name in names:
            value = line.says[name]
            if name == "lead":
                if value not in self.organisations:
                    continue
                value = self.organisations[value]
            elif name == "partners":
                value = [self.organisations[pk] for pk in value if pk in self.organisations]
            elif name == "cross_cutting_themes":
                value = [self.themes[pk] for pk in value if pk in self.themes]
            elif name in {"starts", "ends"}:
                value = date.fromisoformat(value)
            elif name == "staff_need":
                value = Decimal(value)
            found[name] = value
        return found

    def _remember(self, line: ConceptLine, thing: Thing) -> None:
        """Where in which document it stands, and what was said there."""
        SourcePart.objects.update_or_create(
            thing_id=thing.pk,
            defaults={
                "source": self.source,
                "number": line.number,
                "key": folded(line.title)[:300],
                "said": line.says,
                "place": line.place,
            },
        )
