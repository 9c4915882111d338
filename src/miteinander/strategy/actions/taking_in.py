"""Writing what a document brings: all of it at once, as its actions would one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.community.readers.names import folded
from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import Happened, record, record_all
from miteinander.core.models import Thing
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.actions import together
from miteinander.strategy.actions.fields import describe_field, new_field, rename_field
from miteinander.strategy.actions.goals import new_goal, require_goal_changes
from miteinander.strategy.actions.ground import locked, require_drafting, required
from miteinander.strategy.actions.measures import MANY, new_measure, own_changes
from miteinander.strategy.actions.sheet import MOST_INDICATORS
from miteinander.strategy.actions.together import Sheet
from miteinander.strategy.models import (
    Concept,
    ConceptLine,
    ConceptSource,
    CrossCuttingTheme,
    FieldOfAction,
    Goal,
    Indicator,
    Measure,
    SourcePart,
)
from miteinander.strategy.queries import fingerprint_of_concept, lines_left_out
from miteinander.strategy.states import FieldState, LineKind, LineOutcome


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
    together.hold(concept)
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
    """One document on its way into a concept: first what becomes of each entry, then the rows."""

    def __init__(
        self, concept: Concept, source: ConceptSource, *, by: Standing, at: datetime
    ) -> None:
        self.concept, self.source, self.by, self.at = concept, source, by, at
        self.things: dict[int, Thing] = {}
        """Position of an entry → what it is here."""
        self.told = dict.fromkeys(("fields", "goals", "measures", "changed", "left"), 0)
        self.organisations: dict[int, Organisation] = {}
        self.themes: dict[int, CrossCuttingTheme] = {}
        self.indicators: dict[int, set[str]] = {}
        """What each measure counts already."""
        self.fields: list[FieldOfAction] = []
        self.goals: list[Goal] = []
        self.sheets: list[Sheet] = []
        self.changed_goals: list[tuple[Goal, dict[str, Any]]] = []
        self.changed_sheets: list[tuple[Sheet, dict[str, Any]]] = []
        self.happened: list[Happened] = []
        self.parts: list[tuple[ConceptLine, Thing]] = []

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
        self._write()
        return self.told

    def _look_up(self, lines: Sequence[ConceptLine]) -> None:
        """All that entries name, in one question for each kind."""
        town = self.concept.municipality_id
        wanted: dict[str, set[int]] = {"organisations": set(), "themes": set()}
        matches: dict[str, set[int]] = {kind: set() for kind in LineKind}
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
        here: dict[str, Any] = {
            LineKind.FIELD: FieldOfAction.objects.filter(concept=self.concept),
            LineKind.GOAL: Goal.objects.filter(field__concept=self.concept).select_related("field"),
            LineKind.MEASURE: Measure.objects.filter(goal__field__concept=self.concept),
        }
        found: dict[int, Thing] = {}
        for kind, rows in here.items():
            found |= rows.in_bulk(list(matches[kind]))
        for line in lines:
            if line.match in found:
                self.things[line.position] = found[line.match]
        counted = Indicator.objects.filter(measure__in=matches[LineKind.MEASURE])
        for pk, title in counted.values_list("measure_id", "title"):
            self.indicators.setdefault(pk, set()).add(title)

    # --- what is there already --------------------------------------------------------------------

    def _known(self, line: ConceptLine) -> None:
        thing = self.things.get(line.position)
        if thing is None:
            raise _changed_meanwhile()
        takes = line.outcome == LineOutcome.CHANGED and line.decision != "leave"
        takes = takes or (line.outcome == LineOutcome.BOTH and line.decision == "take")
        if takes:
            self._change(thing, line, [difference["field"] for difference in line.differences])
            self.told["changed"] += 1
        if takes or line.outcome == LineOutcome.SAME or line.decision == "leave":
            self.parts.append((line, thing))

    def _change(self, thing: Thing, line: ConceptLine, names: Sequence[str]) -> None:
        changes = self._values(line, names)
        counts = changes.pop("indicators", None) is not None
        edited = {"fields": sorted(changes)}
        if isinstance(thing, FieldOfAction):
            self._change_field(thing, changes)
        elif isinstance(thing, Goal) and changes:
            require_goal_changes(thing, changes)
            self.changed_goals.append((thing, changes))
            self.happened.append(Happened(events.GOAL_EDITED.name, thing, edited))
        elif isinstance(thing, Measure):
            if changes:
                self.happened.append(Happened(events.MEASURE_EDITED.name, thing, edited))
            named = {name: changes.pop(name) for name in MANY if name in changes}
            counted = self._count(thing, line) if counts else []
            own = own_changes(thing, changes) if changes or named else {}
            self.changed_sheets.append((Sheet(thing, named, counted), own))

    def _change_field(self, field: FieldOfAction, changes: dict[str, Any]) -> None:
        """There are few of them."""
        if "title" in changes:
            field = rename_field(field, title=changes.pop("title"), by=self.by, at=self.at)
        if changes:
            describe_field(field, changes=changes, revision=field.revision, by=self.by, at=self.at)

    # --- what is new ------------------------------------------------------------------------------

    def _enter(self, line: ConceptLine) -> None:
        says = self._values(line, line.says) | {
            "title": line.title,
            "language": self.concept.language,
            "is_example": self.concept.is_example,
            "at": self.at,
        }
        counts = says.pop("indicators", None)
        parent = self.things[line.parent] if line.parent is not None else None
        thing: Thing
        if line.subject == LineKind.FIELD:
            thing = new_field(self.concept, **says)
            thing.state = FieldState.KEPT
            self.fields.append(thing)
            self.told["fields"] += 1
            self.happened.append(Happened(events.FIELD_PROPOSED.name, thing))
            self.happened.append(Happened(events.FIELD_KEPT.name, thing))
        elif line.subject == LineKind.GOAL:
            assert isinstance(parent, FieldOfAction), "a goal lies in a field"
            thing = new_goal(parent, **says)
            self.goals.append(thing)
            self.told["goals"] += 1
            self.happened.append(Happened(events.GOAL_GROWN.name, thing))
        else:
            assert isinstance(parent, Goal), "a measure lies below a goal"
            named = {name: says.pop(name) for name in MANY if name in says}
            thing = new_measure(parent, **says)
            self.told["measures"] += 1
            self.happened.append(Happened(events.MEASURE_GROWN.name, thing))
            counted = self._count(thing, line) if counts else []
            self.sheets.append(Sheet(thing, named, counted))
        self.things[line.position] = thing
        self.parts.append((line, thing))

    def _count(self, measure: Measure, line: ConceptLine) -> list[Indicator]:
        """The indicators that are not there yet, as many as fit."""
        there = self.indicators.get(measure.pk, set())
        titles = dict.fromkeys(title.strip() for title in line.says["indicators"])
        fitting = [title for title in titles if title not in there]
        for title in (fitting := fitting[: MOST_INDICATORS - len(there)]):
            required(title=title)
            self.happened.append(Happened(events.INDICATORS_CHANGED.name, measure))
        return [Indicator(measure=measure, title=title) for title in fitting]

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

    # --- rows -------------------------------------------------------------------------------------

    def _write(self) -> None:
        who: dict[str, Any] = {"by": self.by, "at": self.at}
        together.write_fields(self.fields, **who)
        together.write_goals(self.goals, **who)
        together.write_measures(self.sheets, **who)
        together.edit_goals(self.changed_goals, **who)
        together.edit_measures(self.changed_sheets, **who)
        touched = [goal.field for goal in self.goals]
        touched += [sheet.row.goal.field for sheet in self.sheets]
        if touched or self.fields:
            together.number_all(self.concept, touched)
        record_all(self.happened, **who)
        SourcePart.objects.bulk_create(
            [self._part(line, thing) for line, thing in self.parts],
            update_conflicts=True,
            unique_fields=["thing"],
            update_fields=["source", "number", "key", "said", "place"],
            batch_size=AT_ONCE,
        )

    def _part(self, line: ConceptLine, thing: Thing) -> SourcePart:
        """Where in which document it stands, and what was said there."""
        return SourcePart(
            source=self.source,
            thing_id=thing.pk,
            number=line.number,
            key=folded(line.title)[:300],
            said=line.says,
            place=line.place,
        )
