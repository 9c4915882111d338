"""The second edition while it is being drafted: fields, sheets, leads, what was proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from miteinander.community.queries import seats_of, standing_of_seat
from miteinander.core.standing import Role, Standing
from miteinander.example.source import EXAMPLE, Row, days_from, read
from miteinander.strategy import actions

if TYPE_CHECKING:
    from miteinander.community.models import Organisation
    from miteinander.example.town import Town
    from miteinander.participation.models import Contribution
    from miteinander.process.models import Process
    from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal, Measure

DRAFTED, HANDED_IN, ANSWERED = -5, -4, -3
"""Days from today on which the groups wrote and handed in, and on which the leads answered."""
BEGINS, LASTS = 200, 700
"""Days until the measures begin, and how long they go on."""


@dataclass
class Draft:
    """The edition, by the keys of the file."""

    concept: Concept
    fields: dict[str, FieldOfAction] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)


def tell_drafting(
    town: Town,
    renewal: Process,
    *,
    continues: Concept,
    heard: Mapping[str, Contribution],
    now: datetime,
) -> Draft:
    """Begin the edition, write it, put fields together and apart, and ask who takes the lead."""
    told = read("drafting")
    by = town.coordination(days_from(town.today, told["concept"]["days"]))
    draft = Draft(
        actions.begin_concept(
            renewal,
            title=told["concept"]["title"],
            text=told["concept"]["text"],
            continues=continues,
            is_example=True,
            by=by,
            at=by.at,
        )
    )
    for row in told["fields"]:
        made = actions.propose_field(
            draft.concept,
            title=row["title"],
            scope=row["scope"],
            guiding_goal=row["guiding_goal"],
            working_group=town.bodies[row["body"]],
            is_example=True,
            by=by,
            at=by.at,
        )
        draft.fields[row["key"]] = actions.keep_field(made, by=by, at=by.at)
    _write(town, draft, heard)
    _regroup(town, draft)
    _hand_in(town, draft)
    for row in told["measures"]:
        if "answer" in row:
            _ask(town, draft.measures[row["key"]].refreshed(), row)
    for row in told["proposals"]:
        _propose(town, draft, row, now)
    return draft


def _write(town: Town, draft: Draft, heard: Mapping[str, Contribution]) -> None:
    told = read("drafting")
    by = town.coordination(days_from(town.today, DRAFTED), 19)
    words = ("title", "text", "need", "evidence", "effect", "indicator")
    for row in told["goals"]:
        draft.goals[row["key"]] = actions.grow_goal(
            draft.fields[row["field"]],
            **{name: row[name] for name in words},
            contributions=[heard[key] for key in row["contributions"]],
            is_example=True,
            by=by,
            at=by.at,
        )
    across = told["cross_cutting"]
    theme = actions.name_cross_cutting_theme(
        draft.concept, title=across["title"], text=across["text"], is_example=True, by=by, at=by.at
    )
    for row in told["measures"]:
        themes = [theme] if row["key"] in across["measures"] else []
        goal = draft.goals[row["goal"]]
        draft.measures[row["key"]] = _measure(town, goal, row, themes, by)
    for row in told["measures"]:
        if "needs" in row:
            measure = draft.measures[row["key"]].refreshed()
            actions.edit_measure(
                measure,
                changes={"depends_on": [draft.measures[row["needs"]]]},
                revision=measure.revision,
                by=by,
                at=by.at,
            )


def _measure(
    town: Town, goal: Goal, row: Row, themes: list[CrossCuttingTheme], by: Standing
) -> Measure:
    """A sheet; one of them has hardly begun."""
    words = ("text", "first_steps", "target_groups", "cost_once", "cost_yearly", "funding")
    details = {name: row[name] for name in ("summary", "neighbourhoods") if name in row}
    details |= row.get("details", {})
    if "staff_need" in details:
        details["staff_need"] = Decimal(details["staff_need"])
    starts = None if row.get("is_draft") else days_from(town.today, BEGINS)
    return actions.grow_measure(
        goal,
        title=row["title"],
        **{name: row[name] for name in words if name in row},
        lead=town.organisations[row["lead"]] if "lead" in row else None,
        partners=[town.organisations[key] for key in row.get("partners", ())],
        cross_cutting_themes=themes,
        starts=starts,
        ends=starts and starts + timedelta(days=LASTS),
        details=details,
        is_example=True,
        by=by,
        at=by.at,
    )


def _regroup(town: Town, draft: Draft) -> None:
    """Two fields become one, and one becomes two; what was written goes along."""
    row = read("drafting")["merged"]
    by = town.coordination(days_from(town.today, row["days"]))
    actions.merge_field(
        draft.fields[row["field"]].refreshed(),
        into=draft.fields[row["into"]].refreshed(),
        reason=row["reason"],
        by=by,
        at=by.at,
    )
    row = read("drafting")["split"]
    by = town.coordination(days_from(town.today, row["days"]))
    new = draft.fields["ankommen"] = actions.split_field(
        draft.fields[row["field"]].refreshed(),
        title=row["title"],
        goals=[draft.goals[key].refreshed() for key in row["goals"]],
        reason=row["reason"],
        by=by,
        at=by.at,
    )
    changes = {name: row[name] for name in ("scope", "guiding_goal")}
    actions.describe_field(new, changes=changes, revision=new.revision, by=by, at=by.at)


def _hand_in(town: Town, draft: Draft) -> None:
    """Each group hands in its fields; what has hardly begun stays with it. One is looked at."""
    at = town.coordination(days_from(town.today, HANDED_IN), 17).at
    goals = [goal.refreshed() for goal in draft.goals.values()]
    for row in read("drafting")["handed_in"]:
        field_ = draft.fields[row["field"]].refreshed()
        of_field = {goal.pk for goal in goals if goal.field_id == field_.pk}
        measures = [
            draft.measures[told["key"]]
            for told in read("drafting")["measures"]
            if not told.get("is_draft") and draft.goals[told["goal"]].pk in of_field
        ]
        assert field_.working_group is not None
        seat = next(seat for seat in seats_of(field_.working_group) if seat.leads)
        made = actions.hand_in(
            field_,
            parts=[field_.pk, *of_field, *(measure.pk for measure in measures)],
            note=row["note"],
            by=standing_of_seat(seat, at=at),
            at=at,
        )
        if "step" in row:
            by = town.coordination(days_from(town.today, ANSWERED), 8)
            actions.answer_hand_over(made, to=row["step"], by=by, at=by.at)


def _ask(town: Town, measure: Measure, row: Row) -> None:
    """The lead is asked, and answers as the story says."""
    by = town.coordination(days_from(town.today, HANDED_IN), 18)
    actions.ask_lead(measure, by=by, at=by.at)
    lead = _of(town, town.organisations[row["lead"]])
    match row["answer"]:
        case "accept":
            actions.accept_lead(measure, by=lead, at=lead.at)
        case "decline":
            actions.decline_lead(measure, reason=row["reason"], by=lead, at=lead.at)
        case _:
            actions.wish_change(
                measure, reason=row["reason"], terms=row["terms"], by=lead, at=lead.at
            )


def _of(town: Town, lead: Organisation) -> Standing:
    return Standing(
        municipality=town.municipality.pk,
        at=town.coordination(days_from(town.today, ANSWERED), 8).at,
        role=Role.MEMBER,
        organisations=frozenset({lead.pk}),
        function=lead.title,
    )


def _propose(town: Town, draft: Draft, row: Row, now: datetime) -> None:
    """Other words for a passage are still open; a remark has been answered."""
    at = min(town.coordination(days_from(town.today, row["days"]), 20).at, now)
    by = Standing(
        municipality=town.municipality.pk,
        at=at,
        role=Role.MEMBER,
        function=f"{row['function']} {EXAMPLE}",
    )
    made = actions.propose_change(
        draft.measures[row["measure"]].refreshed(),
        entry=row["entry"],
        passage=row["passage"],
        proposal=row.get("proposal"),
        reason=row["reason"],
        by=by,
        at=at,
    )
    if "response" in row:
        answers = town.coordination(days_from(town.today, row["days"] + 1), 9)
        actions.settle_proposal(
            made, outcome="settled", response=row["response"], by=answers, at=answers.at
        )
