"""A call as plain tables: what its files hold, for the office and for everybody.

The office gets all that is worked with (published and internal), others what is published and
what they may read on the page of the call anyway. Nothing about senders is there to be exported.
A method that keeps more than contributions adds its own table to `TABLES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from miteinander.participation.models import Call, Contribution
from miteinander.participation.queries.maps import map_of, statements_to_draw, votes_to_export
from miteinander.participation.queries.survey_table import columns_of, line_of, way_of
from miteinander.participation.queries.surveys import questions_of, responses_to_export
from miteinander.participation.states import CallMethod, Channel, ContributionState, Outcome

if TYPE_CHECKING:
    from miteinander.core.errors import Text

Reader = Literal["office", "everybody"]
"""Who is to have the file: the office all that is worked with, everybody what is published."""
Value = str | int | date | None
ANY = frozenset(CallMethod)
EVERYBODY: frozenset[Reader] = frozenset({"office", "everybody"})
OFFICE: frozenset[Reader] = frozenset({"office"})


@dataclass(frozen=True, slots=True)
class Exported:
    """One table: the keys of its columns, their heads in the language of the page, its rows."""

    keys: tuple[str, ...]
    heads: tuple[Text, ...]
    rows: Iterator[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class TableOfCall:
    """A table that a call can be had as."""

    label: Text
    made: Callable[[Call, Reader], Exported]
    """Needs a fixed number of queries, however many rows."""
    methods: frozenset[CallMethod] = ANY
    readers: frozenset[Reader] = EVERYBODY


CONTRIBUTIONS: dict[str, Text] = {
    "identifier": _("Code"),
    "text": _("Text"),
    "language": _("Language"),
    "day": _("Day"),
    "channel": _("How it came in"),
    "theme": _("Theme"),
    "supports": _("Supporters"),
    "replies_to": _("Says something to"),
    "outcome": _("What became of it"),
    "reason": _("Reason"),
}
FOR_THE_OFFICE: dict[str, Text] = {"published": _("published"), "wall": _("Wall or group")}


def contributions_of_call(call: Call, reader: Reader) -> Exported:
    """Text, way, theme and answer of every contribution: one query, read row by row."""
    columns = CONTRIBUTIONS | (FOR_THE_OFFICE if reader == "office" else {})
    return Exported(tuple(columns), tuple(columns.values()), _contributions(call, reader))


def _contributions(call: Call, reader: Reader) -> Iterator[Sequence[Value]]:
    everything = reader == "office"
    found = Contribution.objects.filter(call=call)
    found = (
        found.filter(is_counted=True)
        if everything
        else found.filter(state=ContributionState.PUBLISHED)
    )
    rows = found.select_related("theme", "answer", "replies_to", "card_row")
    for row in rows.order_by("thing_ptr_id").iterator(chunk_size=2000):
        answer = getattr(row, "answer", None)
        card = getattr(row, "card_row", None)
        told: list[Value] = [
            row.identifier,
            row.text,
            row.language,
            row.happened_on,
            str(Channel(row.channel).label),
            row.theme.title if row.theme and (everything or row.theme.is_public) else "",
            row.supports,
            row.replies_to.identifier if row.replies_to else "",
            str(Outcome(answer.outcome).label) if answer else "",
            answer.reason if answer else "",
        ]
        if everything:
            is_published = row.state == ContributionState.PUBLISHED
            told += [str(_("yes")) if is_published else str(_("no")), card.wall if card else ""]
        yield told


def statements_of_call(call: Call, reader: Reader) -> Exported:
    """Each statement with the shares of the opinion map, where enough have voted: two queries.

    The same for everybody: whoever reads the page of the call reads them there.
    """
    del reader
    columns: dict[str, Text] = {
        "number": _("No."),
        "statement": _("Statement"),
        "seen": _("Votes"),
        "agree": _("Share that agrees"),
        "disagree": _("Share that disagrees"),
        "pass": _("Share that passes"),
    }
    return Exported(tuple(columns), tuple(columns.values()), _statements(call))


def _statements(call: Call) -> Iterator[Sequence[Value]]:
    kept = map_of(call)
    drawn = {row["number"]: row for row in kept.shown["rows"]} if kept is not None else {}
    for statement in statements_to_draw(call):
        row = drawn.get(statement.order, {})
        shares = (row.get(name) for name in ("agree", "disagree", "pass"))
        yield [
            statement.order,
            statement.title,
            row.get("seen"),
            *("" if share is None else f"{share:.3f}" for share in shares),
        ]


def votes_of_call(call: Call, reader: Reader) -> Exported:
    """All votes as `miteinander opinion` reads them; people have numbers drawn anew each time."""
    assert reader == "office", "nobody else gets single votes"
    columns: dict[str, Text] = {
        "participant": _("Number of the person"),
        "statement": _("Statement"),
        "vote": _("Vote cast"),
    }
    return Exported(tuple(columns), tuple(columns.values()), iter(votes_to_export(call)))


def answers_of_call(call: Call, reader: Reader) -> Exported:
    """One line for each response, in an order that tells nothing about when it came."""
    assert reader == "office", "nobody else gets single answers"
    columns = [
        column
        for number, question in enumerate(questions_of(call), start=1)
        for column in columns_of(number, question)
    ]
    keys = ("way", *(code for code, *_rest in columns))
    heads: tuple[Text, ...] = (
        _("Way"),
        *(f"{code}: {label}" for code, _question, _row, _option, label in columns),
    )
    rows = ([way_of(each), *line_of(columns, each)] for each in responses_to_export(call))
    return Exported(keys, heads, rows)


STATEMENTS, SURVEY = frozenset({CallMethod.STATEMENTS}), frozenset({CallMethod.SURVEY})
TABLES: dict[str, TableOfCall] = {
    "beitraege": TableOfCall(_("Contributions"), contributions_of_call),
    "thesen": TableOfCall(_("Statements"), statements_of_call, STATEMENTS),
    "stimmen": TableOfCall(_("All votes"), votes_of_call, STATEMENTS, OFFICE),
    "antworten": TableOfCall(_("All answers"), answers_of_call, SURVEY, OFFICE),
}
"""By the name that stands in the address. What is computed stands in `insights.tables`."""
