"""What the machine would sort, for people who decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from miteinander.core.models import Thing
from miteinander.participation.models import (
    Contribution,
    SuggestionRun,
    Theme,
    ThemeGroup,
    ThemeSuggestion,
)
from miteinander.participation.queries.slices import YES
from miteinander.process.models import Process

MOST_SORTED = 20_000
"""Contributions of each sort that are looked at, the newest; the page says so."""
MOST_TAKEN = 500
SAMPLES = 3
UNSURE_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ThemeOffer:
    """A theme, and how many contributions would surely fit it."""

    theme: Theme
    sure: int


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """A group without a name, with some of what is in it."""

    group: ThemeGroup
    sure: int
    samples: list[Contribution]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Everything that is suggested for a process and not decided yet."""

    run: SuggestionRun | None
    themes: list[ThemeOffer]
    groups: list[GroupOffer]
    unsure: list[ThemeSuggestion]


def process_to_suggest(pk: int) -> Process:
    return Process.objects.get(pk=pk)


def texts_to_sort(process: Process, *, is_sorted: bool) -> list[tuple[int, str, int | None]]:
    """Key, words and theme of what lies in an open theme, or of what lies in none."""
    found = Contribution.objects.filter(
        process=process, is_counted__in=YES, is_merged=False, is_split=False
    )
    found = found.filter(theme__retired_on=None) if is_sorted else found.filter(theme=None)
    if is_sorted:
        found = found.exclude(theme=None)
    return list(found.order_by("-pk").values_list("pk", "text", "theme_id")[:MOST_SORTED])


def suggested_in(process: Process) -> Suggested:
    """What the page of suggestions shows: six queries, however many there are."""
    run = SuggestionRun.objects.filter(process=process).first()
    if run is None:
        return Suggested(None, [], [], [])
    sure = Count("pk", filter=Q(is_unsure=False))
    counts = _open(process).values("theme", "group").annotate(sure=sure)
    numbers = {(row["theme"], row["group"]): row["sure"] for row in counts}
    themes = Theme.objects.filter(pk__in=[theme for theme, _group in numbers if theme])
    place = Window(RowNumber(), partition_by="group", order_by=F("contribution").desc())
    shown = _open(process).filter(is_unsure=False).exclude(group=None).annotate(place=place)
    samples: dict[int, list[Contribution]] = {}
    for each in shown.filter(place__lte=SAMPLES).select_related("contribution"):
        samples.setdefault(each.group_id or 0, []).append(each.contribution)
    unsure = unsure_in(process).select_related("contribution", "theme", "group")
    return Suggested(
        run,
        [ThemeOffer(theme, numbers[theme.pk, None]) for theme in themes.order_by("title", "pk")],
        [
            GroupOffer(group, numbers.get((None, group.pk), 0), samples.get(group.pk, []))
            for group in ThemeGroup.objects.filter(process=process)
        ],
        list(unsure.order_by("-contribution")[:UNSURE_SHOWN]),
    )


def suggestions_for(contributions: Iterable[Contribution]) -> dict[int, ThemeSuggestion]:
    """What is suggested for some contributions that lie in no theme: one query."""
    keys = [each.pk for each in contributions if each.theme_id is None]
    found = ThemeSuggestion.objects.filter(contribution__in=keys, is_rejected=False)
    found = found.filter(theme__retired_on=None).select_related("theme", "group")
    return {each.contribution_id: each for each in found}


def with_suggestions(found: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Contributions that bring along what is suggested for each; no query by itself.

    Asked for in the row, not joined: a slice must never hold one of them twice.
    """
    each = ThemeSuggestion.objects.filter(
        contribution=OuterRef("pk"), is_rejected=False, theme__retired_on=None
    ).order_by("-pk")
    return found.annotate(
        suggested_theme=Subquery(each.values("theme__title")[:1]),
        suggested_words=Subquery(each.values("group__telling")[:1]),
        is_unsure=Subquery(each.values("is_unsure")[:1]),
    )


def suggested_along(contribution: Contribution) -> ThemeSuggestion | None:
    """What `with_suggestions` brought along; what lies in a theme is sorted already."""
    row: Any = contribution
    if row.is_unsure is None or row.theme_id is not None:
        return None
    theme, words = row.suggested_theme, row.suggested_words
    return ThemeSuggestion(
        contribution=contribution,
        theme=Theme(title=theme) if theme is not None else None,
        group=ThemeGroup(telling=words) if words is not None else None,
        is_unsure=row.is_unsure,
    )


def surely_of(
    process: Process, *, theme: Theme | None = None, group: ThemeGroup | None = None
) -> list[Contribution]:
    """What would surely fit a theme or a group, the newest, as many as are sorted at once."""
    found = _open(process).filter(is_unsure=False, theme=theme, group=group)
    rows = found.order_by("-contribution").select_related("contribution")[:MOST_TAKEN]
    return [each.contribution for each in rows]


def group_of(process: Process, number: str) -> ThemeGroup | None:
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        return None
    return ThemeGroup.objects.filter(process=process, number=number).first()


def unsure_in(process: Thing) -> QuerySet[ThemeSuggestion]:
    """The tray “unsure”: what nobody has decided and the machine cannot."""
    return _open(process).filter(is_unsure=True)


def _open(process: Thing) -> QuerySet[ThemeSuggestion]:
    """Not decided yet: neither rejected nor sorted by people meanwhile."""
    return ThemeSuggestion.objects.filter(
        process_id=process.pk,
        is_rejected=False,
        theme__retired_on=None,
        contribution__theme=None,
        contribution__is_counted__in=YES,
        contribution__is_merged=False,
        contribution__is_split=False,
    )
