"""From many voices to themes: name, gather, merge, split, rename, retire, move.

Every operation sews its own stitch. Nothing is ever taken apart: a merged contribution stays
readable under its address, a retired theme keeps what was gathered in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link, refuse_circle, unlink
from miteinander.core.models import Relation, Thing
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import (
    Recount,
    has_answer,
    locked,
    locked_all,
    settle,
)
from miteinander.participation.actions.words import beginning, cleaned
from miteinander.participation.models import Contribution, Theme
from miteinander.process.actions import require_public
from miteinander.process.models import Meeting, Process


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
    _require_gathering(process, at)
    require_public(process)
    theme = Theme.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        title=_needed("title", title, _("Please give the theme a name.")),
        text=text.strip(),
        candidate_field=candidate_field.strip(),
        language=language,
        is_public=True,
        is_example=is_example,
        happened_on=localdate(at),
    )
    record("theme.named", theme, by=by, at=at)
    return theme


@transaction.atomic
def gather(
    contributions: Sequence[Contribution],
    theme: Theme,
    *,
    by: Standing,
    at: datetime,
    meeting: Meeting | None = None,
) -> int:
    """Put contributions into a theme; those that lay in another are taken out there.

    Returns how many moved. The stitch names the meeting in which it happened, else the one in
    which the contribution was collected.
    """
    _require_gathering(theme.process, at)
    if theme.retired_on is not None:
        raise Closed(_("This theme is closed."), do=_("Choose another theme."))
    recount, moved = Recount(), 0
    for row in locked_all(contributions):
        _same_process(row, theme.process_id)
        _worked_with(row)
        if row.theme_id == theme.pk:
            continue
        if row.theme_id is not None:
            unlink(row, Thing(pk=row.theme_id), Relation.GATHERED_IN, at=at)
        context = meeting or row.meeting
        link(row, theme, Relation.GATHERED_IN, on=localdate(at), context=context)
        recount.change(row, theme=theme)
        moved += 1
    if moved:
        recount.write()
        record("contributions.gathered", theme, by=by, at=at, data={"count": moved})
    return moved


@transaction.atomic
def release(contributions: Sequence[Contribution], *, by: Standing, at: datetime) -> int:
    """Take contributions out of their themes again; the undone stitch stays in the records."""
    recount, released = Recount(), 0
    themes: dict[int, int] = {}
    for row in locked_all(contributions):
        if row.theme_id is None:
            continue
        _require_gathering(row.process, at)
        themes[row.theme_id] = themes.get(row.theme_id, 0) + 1
        unlink(row, Thing(pk=row.theme_id), Relation.GATHERED_IN, at=at)
        recount.change(row, theme=None)
        released += 1
    recount.write()
    for theme in Theme.objects.filter(pk__in=themes).order_by("pk"):
        data = {"count": themes[theme.pk]}
        record("contributions.released", theme, by=by, at=at, data=data)
    return released


@transaction.atomic
def merge_contributions(
    into: Contribution,
    others: Sequence[Contribution],
    *,
    reason: str,
    by: Standing,
    at: datetime,
) -> Contribution:
    """Say that several contributions mean the same: the others live on in `into`.

    All stay readable, each with its own words; the answer to `into` answers all of them.
    A merge that would come back to itself is refused.
    """
    into = locked(into)
    _require_gathering(into.process, at)
    _worked_with(into)
    if into.is_split:
        raise Closed(
            _("“%(title)s” was split.") % {"title": into.title},
            do=_("Choose one of its parts as the target."),
        )
    rows = [row for row in locked_all(others) if row.pk != into.pk]
    if not rows:
        raise Invalid({"contributions": _("Please choose at least two contributions.")})
    reason = _needed("reason", reason, _("Please give the reason."))
    recount = Recount()
    for row in rows:
        _same_process(row, into.process_id)
        _worked_with(row)
        _lives_here(row)
        _refuse_circle(row, into)
        link(row, into, Relation.MERGED_INTO, on=localdate(at), note=reason)
        recount.change(row, is_merged=True)
        recount.change(row, is_answered=has_answer(row))
    settle([row.pk for row in rows], recount)
    recount.write()
    record("contributions.merged", into, by=by, at=at, data={"count": len(rows), "reason": reason})
    return into


@transaction.atomic
def split_contribution(
    contribution: Contribution,
    parts: Sequence[str],
    *,
    reason: str,
    by: Standing,
    at: datetime,
) -> list[Contribution]:
    """Say that a contribution holds several matters: each becomes a contribution of its own.

    The original keeps its words and its address; the parts have its channel and its date and
    are answered one by one.
    """
    contribution = locked(contribution)
    _require_gathering(contribution.process, at)
    _worked_with(contribution)
    _lives_here(contribution)
    if contribution.is_answered:
        raise Closed(
            _("“%(title)s” has been answered already.") % {"title": contribution.title},
            do=_("Split contributions before you answer them."),
        )
    texts = [cleaned(part, field="parts") for part in parts if part.strip()]
    if len(texts) < 2:
        raise Invalid({"parts": _("Please write at least two parts.")})
    reason = _needed("reason", reason, _("Please give the reason."))
    recount = Recount()
    made = []
    for text in texts:
        part = Contribution.objects.create(
            municipality_id=contribution.municipality_id,
            process_id=contribution.process_id,
            call_id=contribution.call_id,
            meeting_id=contribution.meeting_id,
            title=beginning(text),
            text=text,
            language=contribution.language,
            channel=contribution.channel,
            may_publish=contribution.may_publish,
            state=contribution.state,
            is_public=contribution.is_public,
            is_part=True,
            is_example=contribution.is_example,
            happened_on=contribution.happened_on,
            precision=contribution.precision,
        )
        recount.came(part)
        link(contribution, part, Relation.SPLIT_INTO, on=localdate(at), note=reason)
        made.append(part)
    recount.change(contribution, is_split=True)
    recount.write()
    keep(part.pk for part in made)
    data = {"count": len(made), "reason": reason}
    record("contribution.split", contribution, by=by, at=at, data=data)
    return made


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
    changes: dict[str, object] = {
        "title": _needed("title", title, _("Please give the theme a name."))
    }
    if changes["title"] != before:
        former = {"title": before, "number": theme.number, "until": localdate(at).isoformat()}
        changes["former_titles"] = [*theme.former_titles, former]
    if text is not None:
        changes["text"] = text.strip()
    if candidate_field is not None:
        changes["candidate_field"] = candidate_field.strip()
    theme = save_if_unchanged(theme, changes, seen=theme.revision if seen is None else seen)
    record("theme.renamed", theme, by=by, at=at, data={"before": before})
    return theme


@transaction.atomic
def retire_theme(theme: Theme, *, reason: str, by: Standing, at: datetime) -> Theme:
    """Close a theme. Its contributions stay attached, answered or to be answered."""
    reason = _needed("reason", reason, _("Please give the reason."))
    if _retire(theme, at):
        record("theme.retired", theme, by=by, at=at, data={"reason": reason})
    return theme


@transaction.atomic
def move_theme(theme: Theme, *, into: Theme, reason: str, by: Standing, at: datetime) -> Theme:
    """Let a theme live on in another; the thread leads from the one to the other."""
    _require_gathering(theme.process, at)
    reason = _needed("reason", reason, _("Please give the reason."))
    if into.pk == theme.pk or into.process_id != theme.process_id:
        raise Invalid({"into": _("Choose another theme of this process.")})
    if into.retired_on is not None:
        raise Invalid({"into": _("That theme is closed itself.")})
    _refuse_circle(theme, into, Relation.MOVED_TO)
    link(theme, into, Relation.MOVED_TO, on=localdate(at), note=reason)
    if _retire(theme, at):
        data = {"into": into.title, "reason": reason}
        record("theme.moved", theme, by=by, at=at, data=data)
    return theme


def _retire(theme: Theme, at: datetime) -> bool:
    """Whether it was still open; of two at once one is."""
    closed = Theme.objects.filter(pk=theme.pk, retired_on=None).update(retired_on=localdate(at))
    theme.refresh_from_db()
    return bool(closed)


def _require_gathering(process: Process, at: datetime) -> None:
    if not process.permits("gather", localdate(at)):
        raise Closed(
            _("No phase that runs now permits gathering contributions into themes."),
            do=_("Check the dates of the phases of the process."),
        )


def _same_process(contribution: Contribution, process: int) -> None:
    if contribution.process_id != process:
        raise Invalid({"contributions": _("These contributions belong to different processes.")})


def _worked_with(contribution: Contribution) -> None:
    if not contribution.is_counted:
        raise Closed(
            _("“%(title)s” is in the state “%(state)s”.")
            % {"title": contribution.title, "state": contribution.get_state_display()},
            do=_("Only contributions that were read and accepted can be sorted."),
        )


def _lives_here(contribution: Contribution) -> None:
    if contribution.is_merged or contribution.is_split:
        raise Closed(
            _("“%(title)s” was merged or split already.") % {"title": contribution.title},
            do=_("Work with the contribution that it lives on in."),
        )


def _refuse_circle(source: Thing, target: Thing, relation: Relation = Relation.MERGED_INTO) -> None:
    try:
        refuse_circle(source, target, relation)
    except Invalid as problem:
        raise Invalid(
            {
                "into": _("“%(target)s” already lives on in “%(source)s”.")
                % {"target": target, "source": source}
            }
        ) from problem


def _needed(field: str, value: str, sentence: object) -> str:
    value = value.strip()
    if not value:
        raise Invalid({field: sentence})  # type: ignore[dict-item]  # a lazy sentence
    return value
