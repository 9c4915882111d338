"""Suggestions for sorting: asked for, kept, taken by people, or rejected for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from miteinander.core.bulk import AT_ONCE
from miteinander.core.jobs import enqueue
from miteinander.core.models import Job
from miteinander.core.standing import Standing
from miteinander.participation.actions.guards import require_gathering
from miteinander.participation.actions.sorting import gather
from miteinander.participation.actions.themes import name_theme
from miteinander.participation.models import (
    Contribution,
    SuggestionRun,
    Theme,
    ThemeGroup,
    ThemeSuggestion,
)
from miteinander.process.models import Process

if TYPE_CHECKING:
    from miteinander.participation.insights import Guesses

SUGGEST_THEMES = "participation.suggest_themes"
"""The name of the job that computes suggestions."""


@transaction.atomic
def suggest_soon(process: Process, *, by_groups: bool, by: Standing, at: datetime) -> Job:
    """Have the worker look for themes: groups to be named, or the rest like what is sorted."""
    require_gathering(process, at)
    return enqueue(
        SUGGEST_THEMES, at=at, by=by, thing=process, process=process.pk, by_groups=by_groups
    )


@transaction.atomic
def keep_suggestions(
    process: Process,
    contributions: Sequence[int],
    found: Guesses,
    *,
    themes: Mapping[str, int],
    at: datetime,
) -> int:
    """Replace the last suggestions by new ones; what people rejected is not suggested again.

    `contributions` are the keys behind the rows of `found`. Sorting stays with people: nothing
    else changes.
    """
    SuggestionRun.objects.update_or_create(
        process=process, defaults={"sentences": found.sentences, "made_at": at}
    )
    ThemeGroup.objects.filter(process=process).delete()  # with what was suggested for them
    ThemeSuggestion.objects.filter(process=process, is_rejected=False).delete()
    rejected = set(
        ThemeSuggestion.objects.filter(process=process, is_rejected=True).values_list(
            "contribution_id", "theme_id"
        )
    )
    groups = {
        number: ThemeGroup.objects.create(process=process, number=number, telling=list(words))
        for number, words in found.groups
    }
    new = [
        ThemeSuggestion(
            process=process,
            contribution_id=contributions[guess.row],
            theme_id=themes.get(guess.label),
            group=groups.get(guess.group) if guess.group is not None else None,
            probability=guess.probability,
            is_unsure=guess.is_unsure,
        )
        for guess in found.guesses
        if (contributions[guess.row], themes.get(guess.label)) not in rejected
    ]
    ThemeSuggestion.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(new)


@transaction.atomic
def reject_suggestion(contribution: Contribution, *, at: datetime) -> None:
    """Say no to what is suggested for a contribution; a theme is not suggested for it again."""
    require_gathering(contribution.process, at)
    found = ThemeSuggestion.objects.filter(contribution=contribution, is_rejected=False)
    found.filter(theme=None).delete()
    found.update(is_rejected=True)


@transaction.atomic
def name_group(
    group: ThemeGroup,
    contributions: Sequence[Contribution],
    *,
    title: str,
    by: Standing,
    at: datetime,
    language: str = "de",
) -> Theme:
    """Make a theme of a group: with a name by people, and the contributions that they saw.

    The rest of the group is suggested for the theme from now on.
    """
    theme = name_theme(group.process, title=title, by=by, at=at, language=language)
    gather(contributions, theme, by=by, at=at)
    ThemeSuggestion.objects.filter(group=group).update(theme=theme, group=None)
    group.delete()
    return theme
