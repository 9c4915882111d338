"""What every sorting needs: a phase that gathers, contributions that are worked with, reasons."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.lineage.link import refuse_circle
from miteinander.core.models import Relation, Thing
from miteinander.participation.models import Call, Contribution
from miteinander.process.models import Process
from miteinander.ui.words import written_day


def one_at_a_time(process: int) -> None:
    """Whoever sorts in a process waits for whoever sorts there already, before anything is read.

    An operation touches contributions, themes, stitches and their tallies: two of them that held
    some of these each would wait for each other for ever. Of several processes the caller begins
    with the smallest key. Whoever only writes in does not wait.
    """
    held = Process.objects.select_for_update(of=("self",), no_key=True).filter(pk=process)
    held.values_list("pk", flat=True).first()


def require_gathering(process: Process, at: datetime) -> None:
    if not process.permits("gather", localdate(at)):
        raise Closed(
            _("No phase that runs now permits gathering contributions into themes."),
            do=_("Check the dates of the phases of the process."),
        )


def same_process(contribution: Contribution, process: int) -> None:
    if contribution.process_id != process:
        raise Invalid({"contributions": _("These contributions belong to different processes.")})


def worked_with(contribution: Contribution) -> None:
    if not contribution.is_counted:
        raise Closed(
            _("“%(title)s” is in the state “%(state)s”.")
            % {"title": contribution.title, "state": contribution.get_state_display()},
            do=_("Only contributions that were read and accepted can be sorted."),
        )


def lives_here(contribution: Contribution) -> None:
    if contribution.is_merged or contribution.is_split:
        raise Closed(
            _("“%(title)s” was merged or split already.") % {"title": contribution.title},
            do=_("Work with the contribution that it lives on in."),
        )


def refuse_return(source: Thing, target: Thing, relation: Relation = Relation.MERGED_INTO) -> None:
    try:
        refuse_circle(source, target, relation)
    except Invalid as problem:
        raise Invalid(
            {
                "into": _("“%(target)s” already lives on in “%(source)s”.")
                % {"target": target, "source": source}
            }
        ) from problem


def needed(field: str, value: str, sentence: object) -> str:
    value = value.strip()
    if not value:
        raise Invalid({field: sentence})  # type: ignore[dict-item]  # a lazy sentence
    return value


def require_enterable(call: Call, at: datetime) -> None:
    """What came on paper is entered from the beginning of a call until its answers are due."""
    if at < call.opens_at:
        raise Closed(_("This call has not begun yet."), do=_("Please come back when it is open."))
    if localdate(at) > call.answer_by and at >= call.closes_at:
        raise Closed(
            _("The answers of this call are due since %(day)s. Nothing is entered any more.")
            % {"day": written_day(call.answer_by)},
            do=_("Move the day of the answers, if you still take it in."),
        )
