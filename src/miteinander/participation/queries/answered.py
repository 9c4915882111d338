"""What was answered, for papers and files: letters, the sheet to hang up, the table of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F

from miteinander.participation.models import Answer, Call, Contribution, Theme
from miteinander.participation.queries.slices import YES, Slice, sliced
from miteinander.participation.states import Channel, ContributionState
from miteinander.process.models import Process

ON_PAPER = [str(c) for c in (Channel.CARD, Channel.PAPER, Channel.PHONE, Channel.MEETING)]
MOST_ON_PAPER = 500


def answered_off_line(
    process: Process,
    *,
    theme: Theme | None = None,
    older: int | None = None,
    newer: int | None = None,
    size: int = 20,
) -> Slice[Contribution]:
    """Answered contributions that came in without the web, for letters: one query."""
    found = Contribution.objects.filter(
        process=process, is_counted__in=YES, is_answered__in=YES, channel__in=ON_PAPER
    )
    if theme is not None:
        found = found.filter(theme=theme)
    found = found.select_related("answer__organisation", "theme", "call")
    return sliced(found, older=older, newer=newer, size=size)


def chosen_off_line(process: Process, identifiers: Iterable[str]) -> list[Contribution]:
    """Those of them that were ticked, in the order of the list: one query."""
    found = Contribution.objects.filter(
        process=process,
        is_counted__in=YES,
        is_answered__in=YES,
        channel__in=ON_PAPER,
        identifier__in=list(identifiers),
    )
    return list(found.select_related("answer__organisation", "theme").order_by("-thing_ptr_id"))


def answers_to_hang_up(call: Call) -> list[Answer]:
    """Public answers of a call by theme, for the sheet that is hung up: two queries."""
    found = Answer.objects.filter(
        contribution__call=call, contribution__state=ContributionState.PUBLISHED
    ).exclude(reason="")
    found = found.select_related("contribution__theme", "organisation")
    found = found.prefetch_related("supplements")
    themes = F("contribution__theme__title").asc(nulls_last=True)
    order = ("contribution__theme", "outcome", "contribution")
    return list(found.order_by(themes, *order)[:MOST_ON_PAPER])


def every_answer(process: Process) -> Iterator[Contribution]:
    """Everything that is worked with, with its answer, oldest first; read piece by piece."""
    found = Contribution.objects.filter(process=process, is_counted__in=YES)
    found = found.select_related("answer__organisation", "theme", "call")
    found = found.prefetch_related("answer__supplements").order_by("thing_ptr_id")
    return found.iterator(chunk_size=500)
