"""Themes: named, renamed, closed, carried on in another.

A closed theme keeps what was gathered in it; nothing is ever taken apart.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Link, Relation
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.participation.actions.guards import (
    needed,
    one_at_a_time,
    refuse_return,
    require_gathering,
)
from miteinander.participation.actions.steps import remember
from miteinander.participation.models import Theme
from miteinander.process.actions import require_public
from miteinander.process.models import Process

NAMES = ("title", "text", "candidate_field", "former_titles")
"""What renaming changes."""


@transaction.atomic
def name_theme(
    process: Process,
    *,
    title: str,
    by: Standing,
    at: datetime,
    text: str = "",
    candidate_field: str = "",
    language: str = "de",
    is_example: bool = False,
) -> Theme:
    """Give a name to what many contributions are about."""
    require_gathering(process, at)
    require_public(process)
    theme = Theme.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        title=needed("title", title, _("Please give the theme a name.")),
        text=text.strip(),
        candidate_field=candidate_field.strip(),
        language=language,
        is_public=True,
        is_example=is_example,
        happened_on=localdate(at),
    )
    remember(record("theme.named", theme, by=by, at=at), process.pk)
    return theme


@transaction.atomic
def rename_theme(
    theme: Theme,
    *,
    title: str,
    by: Standing,
    at: datetime,
    text: str | None = None,
    candidate_field: str | None = None,
    seen: int | None = None,
) -> Theme:
    """Call a theme something else; what was gathered stays, and the record keeps the old name.

    With `seen` (a revision), a second editor is told of the first.
    """
    before = theme.title
    names = {name: getattr(theme, name) for name in NAMES}
    changes: dict[str, object] = {
        "title": needed("title", title, _("Please give the theme a name."))
    }
    if changes["title"] != before:
        former = {"title": before, "number": theme.number, "until": localdate(at).isoformat()}
        changes["former_titles"] = [*theme.former_titles, former]
    if text is not None:
        changes["text"] = text.strip()
    if candidate_field is not None:
        changes["candidate_field"] = candidate_field.strip()
    theme = save_if_unchanged(theme, changes, seen=theme.revision if seen is None else seen)
    event = record("theme.renamed", theme, by=by, at=at, data={"before": before})
    now = {name: getattr(theme, name) for name in NAMES}
    remember(event, theme.process_id, names=names, now=now)
    return theme


@transaction.atomic
def retire_theme(theme: Theme, *, reason: str, by: Standing, at: datetime) -> Theme:
    """Close a theme. Its contributions stay attached, answered or to be answered."""
    reason = needed("reason", reason, _("Please give the reason."))
    one_at_a_time(theme.process_id)
    if _retire(theme, at):
        event = record("theme.retired", theme, by=by, at=at, data={"reason": reason})
        remember(event, theme.process_id)
    return theme


@transaction.atomic
def move_theme(theme: Theme, *, into: Theme, reason: str, by: Standing, at: datetime) -> Theme:
    """Let a theme live on in another; the thread leads from the one to the other."""
    one_at_a_time(theme.process_id)
    require_gathering(theme.process, at)
    reason = needed("reason", reason, _("Please give the reason."))
    if into.pk == theme.pk or into.process_id != theme.process_id:
        raise Invalid({"into": _("Choose another theme of this process.")})
    if into.retired_on is not None:
        raise Invalid({"into": _("That theme is closed itself.")})
    refuse_return(theme, into, Relation.MOVED_TO)
    theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    moved = {"source_id": theme.pk, "target_id": into.pk, "relation": Relation.MOVED_TO}
    if Link.objects.filter(**moved, undone_at=None).exists():
        return theme  # sent twice
    link(theme, into, Relation.MOVED_TO, on=localdate(at), note=reason)
    is_closed = _retire(theme, at)
    data = {"into": into.title, "reason": reason}
    event = record("theme.moved", theme, by=by, at=at, data=data)
    remember(event, theme.process_id, into=into.pk, closed=is_closed)
    return theme


def _retire(theme: Theme, at: datetime) -> bool:
    """Whether it was still open; of two at once one is."""
    closed = Theme.objects.filter(pk=theme.pk, retired_on=None).update(retired_on=localdate(at))
    theme.refresh_from_db()
    return bool(closed)
