"""From many voices to few: gather, take out, merge, split.

Every operation sews its own stitch and can be undone (see `undoing`). Nothing is ever taken
apart: a merged contribution stays readable under its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from miteinander.participation.actions.carrying import carry_supports
from miteinander.participation.actions.counting import (
    Recount,
    has_answer,
    locked,
    locked_all,
    settle,
)
from miteinander.participation.actions.guards import (
    lives_here,
    needed,
    one_at_a_time,
    refuse_return,
    require_gathering,
    same_process,
    worked_with,
)
from miteinander.participation.actions.steps import closed_among, lay, remember
from miteinander.participation.actions.words import beginning, cleaned
from miteinander.participation.models import Contribution, Theme
from miteinander.process.models import Meeting


@transaction.atomic
def gather(
    contributions: Sequence[Contribution],
    theme: Theme,
    *,
    by: Standing,
    at: datetime,
    meeting: Meeting | None = None,
    seen: Mapping[int, int | None] | None = None,
) -> int:
    """Put contributions into a theme; those that lay in another are taken out there.

    `seen` says in which theme somebody saw some of them: what was sorted meanwhile is refused and
    named, so that nobody overrules another unknowingly.

    Returns how many moved. The stitch names the meeting in which it happened, else the one in
    which the contribution was collected.
    """
    one_at_a_time(theme.process_id)
    require_gathering(theme.process, at)
    if Theme.objects.filter(pk=theme.pk, retired_on__isnull=False).exists():
        raise Closed(_("This theme is closed."), do=_("Choose another theme."))
    recount = Recount()
    moved: list[Contribution] = []
    before: dict[int, int | None] = {}
    for row in locked_all(contributions):
        same_process(row, theme.process_id)
        worked_with(row)
        if row.theme_id == theme.pk:
            continue
        if seen is not None and seen.get(row.pk, row.theme_id) != row.theme_id:
            raise Closed(
                _("Meanwhile somebody has put “%(title)s” elsewhere: %(theme)s.")
                % {"title": row.title, "theme": row.theme or _("in no theme")},
                do=_("The page shows it as it is now. Sort it again if you want it otherwise."),
            )
        if row.theme_id is not None:
            unlink(row, Thing(pk=row.theme_id), Relation.GATHERED_IN, at=at)
        context = meeting or row.meeting
        link(row, theme, Relation.GATHERED_IN, on=localdate(at), context=context)
        before[row.pk] = row.theme_id
        recount.change(row, theme=theme)
        moved.append(row)
    if moved:
        recount.write()
        data = {"count": len(moved)}
        event = record("contributions.gathered", theme, by=by, at=at, data=data)
        closed = closed_among(before.values())
        remember(event, theme.process_id, rows=lay(moved, before), closed=closed)
    return len(moved)


@transaction.atomic
def release(contributions: Sequence[Contribution], *, by: Standing, at: datetime) -> int:
    """Take contributions out of their themes again; the undone stitch stays in the records."""
    for process in sorted({row.process_id for row in contributions}):
        one_at_a_time(process)
    recount = Recount()
    released: dict[int, list[Contribution]] = {}
    for row in locked_all(contributions):
        if row.theme_id is None:
            continue
        require_gathering(row.process, at)
        released.setdefault(row.theme_id, []).append(row)
        unlink(row, Thing(pk=row.theme_id), Relation.GATHERED_IN, at=at)
        recount.change(row, theme=None)
    recount.write()
    for theme in Theme.objects.filter(pk__in=released).order_by("pk"):
        rows = released[theme.pk]
        data = {"count": len(rows)}
        event = record("contributions.released", theme, by=by, at=at, data=data)
        homes: dict[int, int | None] = {row.pk: theme.pk for row in rows}
        closed = closed_among(homes.values())
        remember(event, theme.process_id, rows=lay(rows, homes), closed=closed)
    return sum(map(len, released.values()))


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

    All stay readable, each with its own words; the answer to `into` answers all of them, and
    whoever stands behind one of them stands behind `into`, once.
    A merge that would come back to itself is refused.
    """
    one_at_a_time(into.process_id)
    into = locked(into)
    require_gathering(into.process, at)
    worked_with(into)
    if into.is_split:
        raise Closed(
            _("“%(title)s” was split.") % {"title": into.title},
            do=_("Choose one of its parts as the target."),
        )
    rows = [row for row in locked_all(others) if row.pk != into.pk]
    if not rows:
        raise Invalid({"contributions": _("Please choose at least two contributions.")})
    reason = needed("reason", reason, _("Please give the reason."))
    recount = Recount()
    for row in rows:
        same_process(row, into.process_id)
        worked_with(row)
        lives_here(row)
        refuse_return(row, into)
        link(row, into, Relation.MERGED_INTO, on=localdate(at), note=reason)
        recount.change(row, is_merged=True)
        recount.change(row, is_answered=has_answer(row))
    settle([row.pk for row in rows], recount)
    recount.write()
    carry_supports([into.pk])
    data = {"count": len(rows), "reason": reason}
    event = record("contributions.merged", into, by=by, at=at, data=data)
    remember(event, into.process_id, rows=lay(rows, {}))
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
    one_at_a_time(contribution.process_id)
    contribution = locked(contribution)
    require_gathering(contribution.process, at)
    worked_with(contribution)
    lives_here(contribution)
    if contribution.is_answered:
        raise Closed(
            _("“%(title)s” has been answered already.") % {"title": contribution.title},
            do=_("Split contributions before you answer them."),
        )
    texts = [cleaned(part, field="parts") for part in parts if part.strip()]
    if len(texts) < 2:
        raise Invalid({"parts": _("Please write at least two parts.")})
    reason = needed("reason", reason, _("Please give the reason."))
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
    event = record("contribution.split", contribution, by=by, at=at, data=data)
    remember(event, contribution.process_id, rows=lay(made, {}))
    return made
