"""What lies on the board: loose contributions by default, filtered, and searched with slips."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from miteinander.core.models import Thing
from miteinander.core.search.find import Query, inside_of, read
from miteinander.participation.models import Call, Contribution
from miteinander.participation.queries.slices import YES, Slice, sliced
from miteinander.participation.queries.suggestions import unsure_in, with_suggestions
from miteinander.participation.states import Channel

ON_THE_BOARD = 50
AT_ONCE = 500
MOST_ROUNDS = 6
"""Further hits that are looked through where filters leave few of them; then people go on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see on the board."""

    text: str = ""
    call: Call | None = None
    channel: str = ""
    language: str = ""
    is_everything: bool = False
    """Also what is sorted, unread, kept with the office or refused."""
    is_unsure: bool = False
    """Only what the machine cannot place: the tray that people read."""

    @property
    def is_narrow(self) -> bool:
        by_choice = self.is_everything or self.is_unsure
        return bool(self.text or self.call or self.channel or self.language or by_choice)


def board_contributions(
    process: Thing, wanted: Wanted, *, older: int | None = None, newer: int | None = None
) -> tuple[Slice[Contribution], Query | None]:
    """A slice of the board, each with what is suggested for it (`suggested_along`).

    One query; with words to search for at least three.
    """
    found = with_suggestions(_filtered(process, wanted).select_related("theme", "replies_to"))
    if not wanted.text.strip():
        return sliced(found, older=older, newer=newer, size=ON_THE_BOARD), None
    query = read(wanted.text, with_inside=True)
    if query.is_empty:
        return Slice([]), query
    rows: list[Contribution] = []
    step = ON_THE_BOARD + 1
    for _round in range(MOST_ROUNDS):
        keys = inside_of(process, query, below=older, most=step)
        rows += found.filter(pk__in=keys).order_by("-thing_ptr_id")
        if len(rows) > ON_THE_BOARD:
            return Slice(rows[:ON_THE_BOARD], older=rows[ON_THE_BOARD - 1].pk), query
        if len(keys) < step:
            return Slice(rows), query
        older, step = keys[-1], AT_ONCE
    return Slice(rows, older=older), query


def _filtered(process: Thing, wanted: Wanted) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(process_id=process.pk)
    if not wanted.is_everything:
        found = found.filter(is_counted__in=YES, theme=None, is_merged=False, is_split=False)
    if wanted.is_unsure:
        found = found.filter(pk__in=unsure_in(process).values("contribution"))
    if wanted.call:
        found = found.filter(call=wanted.call)
    if wanted.channel in Channel.values:
        found = found.filter(channel=wanted.channel)
    if wanted.language:
        found = found.filter(language=wanted.language)
    return found
