"""Contributions, as somebody may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Contribution, Theme
from miteinander.participation.queries.sight import put_to, seen_at
from miteinander.participation.queries.slices import SLICE, YES, Slice, slice_of, sliced
from miteinander.participation.states import ContributionState
from miteinander.process.models import Process


def contributions_visible_to(
    scope: Municipality | Process, standing: Standing
) -> QuerySet[Contribution]:
    """For everything that shows contributions. The twin of ``participation.see_contribution``."""
    if isinstance(scope, Municipality):
        here, found = scope.pk, Contribution.objects.filter(municipality=scope)
    else:
        here, found = scope.municipality_id, Contribution.objects.filter(process=scope)
    if standing.municipality != here:
        return found.none()
    if standing.is_coordinator:
        return found
    seen = Q(is_public=True)
    if (put := put_to(standing, "call")) is not None:
        seen |= Q(state=ContributionState.PUBLISHED) & put
    return found.filter(seen)


def contribution_at(
    municipality: Municipality, standing: Standing, identifier: str
) -> Contribution:
    """For the page of a contribution; `NotThere` where there is none for this person."""
    found: Contribution = seen_at(
        municipality, standing, identifier, _contribution_at, right="participation.see_contribution"
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _contribution_at(*, town: Any, identifier: Any) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(municipality=town, identifier=identifier)
    return found.select_related(
        "call__phase",
        "theme",
        "meeting",
        "answer__organisation",
        "replies_to",
        "passage_comment__passage",
        "picture",
        "place",
        "blacked_out",
    )


def published_in(
    scope: Process | Call | Theme, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Published contributions of a process, call or theme, for the open lists: one query.

    Of a call all of them: whoever may see the call reads what is said in it. In lists of a
    process or theme only those that everybody may read.
    """
    if older is None and newer is None:
        return slice_of(_newest(scope=scope.pk, column=scope.kind), size=SLICE)
    found = _published(scope.kind, scope)
    return sliced(found, older=older, newer=newer)


def searched_in(scope: Process | Call | Theme) -> dict[str, Any]:
    """Where the search looks for what `published_in` lists: no query by itself.

    The index knows by itself what belongs to a process or to an open call.
    """
    if isinstance(scope, Theme) or not scope.is_public:
        return {"among": _published(scope.kind, scope).values_list("pk", flat=True)}
    return {"home": scope.pk}


def _published(column: str, scope: Any) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(**{column: scope}, state=ContributionState.PUBLISHED)
    if column == Call.KIND:
        # comments stand below what they are about
        return found.filter(replies_to=None).select_related("picture", "place")
    found = found.filter(is_public=True)
    return found.select_related("replies_to", "picture", "place")


@prepared(scope=BigIntegerField())
def _newest(*, scope: Any, column: str) -> QuerySet[Contribution]:
    """One row more than a slice, to know whether it goes on."""
    return _published(column, scope).order_by("-thing_ptr_id")[: SLICE + 1]


def contributions_of_theme(
    theme: Theme, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Every contribution of a theme that is worked with, for the workspace: one query."""
    found = Contribution.objects.filter(process=theme.process_id, is_counted__in=YES, theme=theme)
    return sliced(
        found.select_related("call", "answer", "replies_to", "passage_comment__passage"),
        older=older,
        newer=newer,
    )


def loose_contributions(
    process: Process, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Contributions in no theme yet, for the board: one query."""
    found = Contribution.objects.filter(
        process=process, is_counted__in=YES, theme=None, is_merged=False, is_split=False
    )
    found = found.select_related("call", "replies_to", "passage_comment__passage")
    return sliced(found, older=older, newer=newer, size=50)


def chosen_contributions(
    process: Process, standing: Standing, identifiers: Sequence[str]
) -> list[Contribution]:
    """The rows behind some ticked boxes; those of other processes are not there."""
    found = contributions_visible_to(process, standing).filter(identifier__in=identifiers)
    return list(
        found.select_related("theme", "call", "answer", "passage_comment__passage").order_by(
            "-thing_ptr_id"
        )
    )
