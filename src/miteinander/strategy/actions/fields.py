"""Fields of action: proposed, kept, renamed, merged, retired. Nothing attached is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation, Thing
from miteinander.core.standing import Standing
from miteinander.participation.models import Theme
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import (
    locked,
    next_position,
    number_field,
    number_fields,
    require_drafting,
    require_in_hands,
    require_living,
    required,
    save_changes,
)
from miteinander.strategy.actions.wordings import begin, remember
from miteinander.strategy.models import Concept, FieldOfAction, Goal
from miteinander.strategy.states import FieldState

DESCRIBED = frozenset({"scope", "guiding_goal", "working_group"})


@transaction.atomic
def propose_field(
    concept: Concept,
    *,
    title: str,
    scope: str = "",
    guiding_goal: str = "",
    working_group: Body | None = None,
    language: str = "de",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Name a candidate; it has no number before it is kept."""
    require_drafting(concept, "draft", "gather", at=at)
    field = new_field(
        concept,
        title=title,
        scope=scope,
        guiding_goal=guiding_goal,
        language=language,
        is_example=is_example,
        at=at,
    )
    field.working_group = working_group
    field.position = next_position(FieldOfAction.objects.filter(concept=concept))
    field.save()
    begin([field], by=by, at=at)
    record(events.FIELD_PROPOSED.name, field, by=by, at=at)
    return field


def new_field(
    concept: Concept,
    *,
    title: str,
    language: str,
    is_example: bool,
    at: datetime,
    **texts: str,
) -> FieldOfAction:
    """A candidate that may be written; it has no position yet."""
    required(title=title)
    return FieldOfAction(
        municipality_id=concept.municipality_id,
        concept=concept,
        title=title,
        language=language,
        is_example=is_example,
        is_public=True,
        happened_on=localdate(at),
        **texts,
    )


@transaction.atomic
def keep_field(field: FieldOfAction, *, by: Standing, at: datetime) -> FieldOfAction:
    field = locked(field)
    require_drafting(field.concept, "draft", "gather", at=at)
    if field.state != FieldState.CANDIDATE:
        raise Closed(_("Only a candidate can become a field of action."), where=field.title)
    field.state = FieldState.KEPT
    field.save()
    number_fields(field.concept)
    record(events.FIELD_KEPT.name, field, by=by, at=at)
    return field.refreshed()


@transaction.atomic
def rename_field(field: FieldOfAction, *, title: str, by: Standing, at: datetime) -> FieldOfAction:
    """Give a field another name; its address, its thread and everything in it stay."""
    required(title=title)
    field = locked(field)
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    require_in_hands(field)
    before, said = field.title, queries.said(field)
    if title == before:
        raise Invalid({"title": _("This is its name already.")})
    former = {"title": before, "number": field.number, "until": localdate(at).isoformat()}
    field.former_titles = [*field.former_titles, former]
    field.title = title
    field.revision += 1
    field.save()
    remember(field, before=said, seen=field.revision - 1, by=by, at=at)
    record(events.FIELD_RENAMED.name, field, by=by, at=at, data={"before": before, "after": title})
    return field


@transaction.atomic
def describe_field(
    field: FieldOfAction,
    *,
    changes: Mapping[str, object],
    revision: int,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Change scope, guiding goal or working group of a field; `revision` is what the editor saw."""
    assert changes.keys() <= DESCRIBED, "a field is renamed by rename_field"
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    stored = locked(field)
    require_in_hands(stored)
    before, was = queries.said(stored), stored.revision
    field = save_changes(field, changes, seen=revision)
    remember(field, before=before, seen=was, by=by, at=at)
    record(events.FIELD_DESCRIBED.name, field, by=by, at=at)
    return field


@transaction.atomic
def attach_theme_to_field(
    theme: Theme,
    *,
    field: FieldOfAction,
    meeting: Thing | None = None,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Say that a field collects a theme, and with it all contributions in it."""
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    link(theme, field, Relation.COLLECTED_BY, on=localdate(at), context=meeting)
    record(events.FIELD_COLLECTED.name, field, by=by, at=at, data={"theme": theme.title})
    return field


@transaction.atomic
def merge_field(
    field: FieldOfAction,
    *,
    into: FieldOfAction,
    reason: str,
    meeting: Thing | None = None,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Let a field become part of another: its goals and themes go along; its page stays."""
    required(reason=reason)
    field, into = locked(field), locked(into)
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    _require_home(field, into)
    day = localdate(at)
    themes, goals = queries.themes_of_field(field), queries.places_in(field)
    collected = {theme.pk for theme in queries.themes_of_field(into)}
    memory = {
        "home": into.pk,
        "state": field.state,
        "goals": goals,
        "themes": [theme.pk for theme in themes if theme.pk not in collected],
    }
    link(field, into, Relation.BECAME, on=day, context=meeting, note=reason)
    for theme in themes:
        link(theme, into, Relation.COLLECTED_BY, on=day, context=meeting)
    for goal in Goal.objects.filter(field=field).order_by("position", "pk"):
        _rehome(goal, into)
    _retire(field, reason=reason, on=day)
    number_field(into)
    record(
        events.FIELD_MERGED.name,
        field,
        by=by,
        at=at,
        data={"into": into.title, "reason": reason, "memory": memory},
    )
    return field.refreshed()


@transaction.atomic
def retire_field(
    field: FieldOfAction,
    *,
    reason: str,
    moved_to: Mapping[Theme | Goal, FieldOfAction],
    meeting: Thing | None = None,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Give a field up. Every theme and goal in it must be told where it goes: nothing is lost.

    Raises :class:`NotReady` naming each theme and goal that has no new home yet.
    """
    required(reason=reason)
    field = locked(field)
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    themes = queries.themes_of_field(field)
    goals = list(Goal.objects.filter(field=field).order_by("position", "pk"))
    homes = {thing.pk: home for thing, home in moved_to.items()}
    if homeless := [thing for thing in (*themes, *goals) if thing.pk not in homes]:
        raise NotReady(
            [_("“%(title)s” has no new place yet.") % {"title": t.title} for t in homeless]
        )
    day = localdate(at)
    for home in dict.fromkeys(homes.values()):
        _require_home(field, home)
        going = [t.title for t in (*themes, *goals) if homes[t.pk] == home]
        note = ", ".join(going)
        link(field, home, Relation.MOVED_TO, on=day, context=meeting, note=note)
    for theme in themes:
        link(theme, homes[theme.pk], Relation.COLLECTED_BY, on=day, context=meeting)
    for goal in goals:
        _rehome(goal, homes[goal.pk])
    _retire(field, reason=reason, on=day)
    for home in dict.fromkeys(homes.values()):
        number_field(home)
    record(events.FIELD_RETIRED.name, field, by=by, at=at, data={"reason": reason})
    return field.refreshed()


def _require_home(field: FieldOfAction, home: FieldOfAction) -> None:
    if home.pk == field.pk or home.concept_id != field.concept_id:
        raise Invalid({"into": _("Please choose another field of the same concept.")})
    require_living(home)


def _rehome(goal: Goal, home: FieldOfAction) -> None:
    Goal.objects.filter(pk=goal.pk).update(
        field=home, position=next_position(Goal.objects.filter(field=home))
    )


def _retire(field: FieldOfAction, *, reason: str, on: date) -> None:
    field.state = FieldState.RETIRED
    field.retired_on = on
    field.retired_because = reason
    field.revision += 1
    field.save()
    number_fields(field.concept)
