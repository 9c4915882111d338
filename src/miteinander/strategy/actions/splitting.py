"""A field of action is split: a new one takes some of its goals and themes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link, unlink
from miteinander.core.models import Relation, Thing
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.participation.models import Theme
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import (
    locked,
    number_field,
    number_fields,
    require_drafting,
    require_living,
    required,
)
from miteinander.strategy.actions.wordings import begin
from miteinander.strategy.models import Concept, FieldOfAction, Goal


@transaction.atomic
def split_field(
    field: FieldOfAction,
    *,
    title: str,
    goals: Sequence[Goal],
    themes: Sequence[Theme] = (),
    reason: str,
    meeting: Thing | None = None,
    by: Standing,
    at: datetime,
) -> FieldOfAction:
    """Make a new field of some goals and themes of one; it stands behind it, and both renumber.

    The measures go with their goals. Addresses stay, and the thread leads from the old field to
    the new one. What is left behind must be something: all of it would be another name.
    """
    required(title=title, reason=reason)
    Concept.objects.select_for_update().get(pk=field.concept_id)
    field = locked(field)
    require_drafting(field.concept, "draft", "gather", at=at)
    require_living(field)
    _require_part(field, goals, themes)
    memory = {
        "goals": queries.places_in(field),
        "moved": [goal.pk for goal in goals],
        "themes": [theme.pk for theme in themes],
    }
    siblings = FieldOfAction.objects.filter(concept=field.concept)
    if siblings.filter(title__iexact=title.strip(), retired_on=None).exists():
        raise Invalid({"title": _("There is a field of that name already.")})
    later = siblings.filter(position__gt=field.position)
    for pk, position in later.values_list("pk", "position"):
        siblings.filter(pk=pk).update(position=position + 1)
    day = localdate(at)
    new = FieldOfAction.objects.create(
        municipality_id=field.municipality_id,
        concept=field.concept,
        title=title.strip(),
        working_group=field.working_group,
        position=field.position + 1,
        state=field.state,
        language=field.language,
        is_public=field.is_public,
        is_example=field.is_example,
        happened_on=day,
    )
    link(field, new, Relation.SPLIT_INTO, on=day, context=meeting, note=reason.strip())
    for theme in themes:
        link(theme, new, Relation.COLLECTED_BY, on=day, context=meeting)
        unlink(theme, field, Relation.COLLECTED_BY, at=at)
    for place, goal in enumerate(sorted(goals, key=lambda g: (g.position, g.pk)), start=1):
        Goal.objects.filter(pk=goal.pk).update(field=new, position=place)
    number_fields(field.concept)
    number_field(field)
    number_field(new)
    keep([new.pk])
    begin([new], by=by, at=at)
    said = {"into": new.title, "reason": reason.strip(), "memory": memory | {"home": new.pk}}
    record(events.FIELD_SPLIT.name, field, by=by, at=at, data=said)
    return new.refreshed()


def _require_part(field: FieldOfAction, goals: Sequence[Goal], themes: Sequence[Theme]) -> None:
    """Refuse nothing, everything, and what is not in the field (any more)."""
    if not goals and not themes:
        raise Invalid({"goals": _("Please choose what goes into the new field.")})
    there = list(Goal.objects.filter(field=field, retired_on=None))
    collected = queries.themes_of_field(field)
    gone = [g.title for g in goals if g.pk not in {t.pk for t in there}]
    gone += [t.title for t in themes if t.pk not in {c.pk for c in collected}]
    if gone:
        raise Closed(
            _("“%(title)s” is not in this field any more.") % {"title": gone[0]},
            where=field.title,
            do=_("Please open the page again and choose anew."),
        )
    if len(goals) == len(there) and len(themes) == len(collected):
        raise Invalid({"goals": _("Something has to stay. To take everything along, rename it.")})
