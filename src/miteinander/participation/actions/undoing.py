"""Taking an operation of sorting back, as long as nothing was built upon it.

Undoing is an operation of its own: it marks stitches as undone, writes an event, and brings
counters and answers in step. What was built upon the operation stands in the way and is named:
answers that were given, goals that grew, contributions that somebody sorted on. So steps can be
undone in any order in which nothing is torn, the latest first always among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.read import sentence
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.lineage.link import link, unlink
from miteinander.core.models import Link, Relation, Thing, Translation
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.participation.actions.carrying import carry_supports
from miteinander.participation.actions.counting import Recount, has_answer, locked, settle
from miteinander.participation.actions.guards import one_at_a_time, require_gathering
from miteinander.participation.models import BlackedOut, Contribution, SortingStep, Theme
from miteinander.participation.queries.steps import UNDO_WITHIN
from miteinander.participation.states import ContributionState

GROWTH = (Relation.GREW_INTO, Relation.COLLECTED_BY)


@transaction.atomic
def undo(steps: Sequence[SortingStep], *, by: Standing, at: datetime) -> int:
    """Take some steps back, the latest first; return how many were still there to be undone.

    All or none: a refusal names the step, and what stands in its way. Of two at once, one undoes.
    """
    for process in sorted({step.process_id for step in steps}):
        one_at_a_time(process)
    undone = 0
    for step in sorted(steps, key=lambda each: -each.pk):
        free = SortingStep.objects.filter(pk=step.pk, undone_at=None)
        if not free.update(undone_at=at):
            continue
        try:
            _undo_one(step, by=by, at=at)
        except Closed as refusal:
            refusal.where = refusal.where or sentence(step.event)
            raise
        undone += 1
    return undone


def _undo_one(step: SortingStep, *, by: Standing, at: datetime) -> None:
    event = step.event
    if at - event.at > UNDO_WITHIN:
        raise Closed(
            _("This was done more than %(days)s days ago.") % {"days": UNDO_WITHIN.days},
            do=_("Sort anew instead: the records show both."),
        )
    if event.kind not in WITHOUT_PHASE:
        require_gathering(step.process, at)
    UNDOERS[event.kind](step, by=by, at=at)


def _gathering(step: SortingStep, *, by: Standing, at: datetime) -> None:
    """Back to where each lay before: in another theme, or in none."""
    theme = _theme(step)
    _not_grown(theme, step)
    _put_back(step, now=theme.pk, at=at)
    data = {"count": len(step.before["rows"])}
    record("contributions.gathering_undone", theme, by=by, at=at, data=data)


def _releasing(step: SortingStep, *, by: Standing, at: datetime) -> None:
    theme = _theme(step)
    _put_back(step, now=None, at=at)
    data = {"count": len(step.before["rows"])}
    record("contributions.releasing_undone", theme, by=by, at=at, data=data)


def _put_back(step: SortingStep, *, now: int | None, at: datetime) -> None:
    recount = Recount()
    rows = _rows(step)
    former = Theme.objects.in_bulk({home for _row, home in rows if home is not None})
    for row, home in rows:
        if row.theme_id != now:
            raise Closed(
                _("“%(title)s” was sorted on meanwhile.") % {"title": row.title},
                do=_("Undo the later step first."),
            )
        theme = former.get(home) if home is not None else None
        if theme is not None and theme.retired_on and theme.pk not in step.before["closed"]:
            raise Closed(
                _("The theme “%(title)s” is closed.") % {"title": theme.title},
                do=_("Undo the later step first."),
            )
        if now is not None:
            unlink(row, Thing(pk=now), Relation.GATHERED_IN, at=at)
        if theme is not None:
            _sew_again(row, theme)
        recount.change(row, theme=theme)
    recount.write()


def _sew_again(row: Contribution, theme: Theme) -> None:
    """The stitch of before: the same day, the same meeting."""
    stitches = Link.objects.filter(source=row.pk, target=theme.pk, relation=Relation.GATHERED_IN)
    former = stitches.select_related("context").order_by("pk").last()
    assert former is not None, "whatever lies in a theme was sewn to it"
    link(
        row,
        theme,
        Relation.GATHERED_IN,
        on=former.happened_on,
        context=former.context,
        note=former.note,
    )


def _merging(step: SortingStep, *, by: Standing, at: datetime) -> None:
    """Each lives by itself again, and is answered only if it was answered itself."""
    into = locked(_contribution(step))
    recount = Recount()
    rows = [row for row, _home in _rows(step)]
    for row in rows:
        stitches = Link.objects.filter(
            source=row.pk, target=into.pk, relation=Relation.MERGED_INTO, undone_at=None
        )
        assert stitches.exists(), "only undoing takes a merge back, and only once"
        unlink(row, into, Relation.MERGED_INTO, at=at)
        recount.change(row, is_merged=False)
        recount.change(row, is_answered=has_answer(row))
    settle([row.pk for row in rows], recount)
    recount.write()
    carry_supports([into.pk])
    record("contributions.merging_undone", into, by=by, at=at, data={"count": len(rows)})


def _splitting(step: SortingStep, *, by: Standing, at: datetime) -> None:
    """The whole lives again; its parts are emptied and closed, for nothing is ever deleted."""
    whole = locked(_contribution(step))
    if whole.state == ContributionState.WITHDRAWN:
        raise Closed(
            _("Its author has taken this contribution back."),
            do=_("There is nothing left to undo."),
        )
    parts = [row for row, _home in _rows(step)]
    keys = [part.pk for part in parts]
    built = Link.objects.filter(undone_at=None).exclude(
        source=whole.pk, relation=Relation.SPLIT_INTO
    )
    busy = set(built.filter(source__in=keys).values_list("source_id", flat=True))
    busy |= set(built.filter(target__in=keys).values_list("target_id", flat=True))
    busy |= set(
        Contribution.objects.filter(replies_to__in=keys).values_list("replies_to_id", flat=True)
    )
    recount = Recount()
    for part in parts:
        if part.pk in busy or part.supports or part.state != whole.state:
            raise Closed(
                _("The part “%(title)s” was worked with meanwhile.") % {"title": part.title},
                do=_("Undo the later step first, or leave it split."),
            )
        unlink(whole, part, Relation.SPLIT_INTO, at=at)
        recount.change(
            part,
            state=ContributionState.WITHDRAWN,
            text="",
            title="",
            is_public=False,
            retired_on=localdate(at),
        )
    Translation.objects.filter(thing_id__in=keys).delete()
    BlackedOut.objects.filter(contribution__in=keys).delete()
    recount.change(whole, is_split=False)
    recount.change(whole, is_answered=has_answer(whole))
    settle([whole.pk], recount)
    recount.write()
    keep(keys)
    record("contribution.splitting_undone", whole, by=by, at=at, data={"count": len(parts)})


def _naming(step: SortingStep, *, by: Standing, at: datetime) -> None:
    """A theme that nothing has been built upon goes out of everybody's sight."""
    theme = _theme(step)
    if theme.gathered:
        raise Closed(
            _("Contributions lie in the theme “%(title)s”.") % {"title": theme.title},
            do=_("Take them out first, or close the theme."),
        )
    _not_grown(theme, step)
    if theme.retired_on is not None or _leads(theme, target=True):
        raise Closed(
            _("The theme “%(title)s” was worked with meanwhile.") % {"title": theme.title},
            do=_("Undo the later step first."),
        )
    theme.retired_on, theme.is_public = localdate(at), False
    theme.save(update_fields=["retired_on", "is_public"])
    record("theme.naming_undone", theme, by=by, at=at)
    advance_public_version(theme.municipality_id)


def _renaming(step: SortingStep, *, by: Standing, at: datetime) -> None:
    theme = _theme(step)
    now = step.before["now"]
    if any(getattr(theme, name) != value for name, value in now.items()):
        raise Closed(
            _("The theme “%(title)s” was changed again meanwhile.") % {"title": theme.title},
            do=_("Undo the later step first."),
        )
    for name, value in step.before["names"].items():
        setattr(theme, name, value)
    theme.revision += 1
    theme.save(update_fields=[*step.before["names"], "revision"])
    record("theme.renaming_undone", theme, by=by, at=at, data={"before": now["title"]})


def _closing(step: SortingStep, *, by: Standing, at: datetime) -> None:
    theme = _theme(step)
    if moved := _leads(theme, relation=Relation.MOVED_TO):
        raise Closed(
            _("It lives on in “%(title)s”.") % {"title": moved.target},
            do=_("Undo the later step first."),
        )
    theme.retired_on = None
    theme.save(update_fields=["retired_on"])
    record("theme.closing_undone", theme, by=by, at=at)


def _moving(step: SortingStep, *, by: Standing, at: datetime) -> None:
    theme = _theme(step)
    into = Theme.objects.get(pk=step.before["into"])
    _not_grown(into, step)
    unlink(theme, into, Relation.MOVED_TO, at=at)
    if step.before["closed"]:
        theme.retired_on = None
        theme.save(update_fields=["retired_on"])
    record("theme.moving_undone", theme, by=by, at=at, data={"into": into.title})


UNDOERS: dict[str, Callable[..., None]] = {
    "contributions.gathered": _gathering,
    "contributions.released": _releasing,
    "contributions.merged": _merging,
    "contribution.split": _splitting,
    "theme.named": _naming,
    "theme.renamed": _renaming,
    "theme.retired": _closing,
    "theme.moved": _moving,
}
WITHOUT_PHASE = frozenset({"theme.renamed", "theme.retired"})
"""What is done without a phase that gathers is undone without one."""


def _thing(step: SortingStep) -> int:
    assert step.event.thing_id is not None, "sorting is always about a theme or a contribution"
    return step.event.thing_id


def _theme(step: SortingStep) -> Theme:
    return Theme.objects.select_for_update(of=("self",)).get(pk=_thing(step))


def _contribution(step: SortingStep) -> Contribution:
    return Contribution.objects.get(pk=_thing(step))


def _rows(step: SortingStep) -> list[tuple[Contribution, int | None]]:
    """The contributions of a step, locked, with the theme of before; none answered since."""
    homes = {key: home for key, home, _answered in step.before["rows"]}
    answered = {key for key, _home, is_answered in step.before["rows"] if is_answered}
    found = Contribution.objects.select_for_update(of=("self",)).filter(pk__in=homes)
    rows = list(found.order_by("pk"))
    for row in rows:
        if row.is_answered and row.pk not in answered:
            raise Closed(
                _("“%(title)s” has been answered meanwhile.") % {"title": row.title},
                do=_("Answers that were given stay, and what they rest on stays with them."),
            )
    return [(row, homes[row.pk]) for row in rows]


def _leads(theme: Theme, *, relation: Relation | None = None, target: bool = False) -> Link | None:
    found = Link.objects.filter(undone_at=None).select_related("target")
    found = found.filter(target=theme.pk) if target else found.filter(source=theme.pk)
    return (found.filter(relation=relation) if relation else found).first()


def _not_grown(theme: Theme, step: SortingStep) -> None:
    """Nothing grew from a theme since: what grew rests on what lay in it then."""
    grown = Link.objects.filter(
        source=theme.pk, relation__in=GROWTH, undone_at=None, pk__gt=step.before["stitch"]
    )
    if stitch := grown.select_related("target").first():
        raise Closed(
            _("“%(target)s” has grown from the theme “%(title)s” meanwhile.")
            % {"target": stitch.target, "title": theme.title},
            do=_("Leave it, or sort anew: the records show both."),
        )
