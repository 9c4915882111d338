"""Statements: written by the office, proposed by others, taken out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import Standing
from miteinander.participation.actions.moderating import publish_contribution
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.words import cleaned
from miteinander.participation.models import Call, Contribution, Statement, Vote
from miteinander.participation.states import CallMethod, ContributionState, StatementState

LONGEST_STATEMENT = 200
"""Characters: what is longer holds two thoughts, and nobody knows which of them was voted on."""
MOST_STATEMENTS = 300
"""Nobody sees more; a vote on each of them costs a web process some forty milliseconds."""


def statement_text(text: str, *, field: str = "text") -> str:
    """One sentence on one line, cleaned; refused when it is too long to be voted on."""
    text = " ".join(cleaned(text, field=field).split())
    if len(text) > LONGEST_STATEMENT:
        sentence = _("A statement has at most %(most)s characters; this one has %(have)s.")
        raise Invalid({field: filled(sentence, most=LONGEST_STATEMENT, have=len(text))})
    return text


@transaction.atomic
def write_statements(
    call: Call,
    texts: Sequence[str],
    *,
    by: Standing,
    at: datetime,
    language: str = "de",
    is_example: bool = False,
) -> list[Statement]:
    """Put statements up for a vote. What stands there already word for word is not put up twice."""
    call = _locked(call)
    _require_time(call, at)
    there = {_alike(title) for title in call.statements.values_list("title", flat=True)}
    new = []
    for text in texts:
        line = statement_text(text, field="statements")
        if _alike(line) not in there:
            there.add(_alike(line))
            new.append(line)
    if len(there) > MOST_STATEMENTS:
        sentence = _("A call holds at most %(most)s statements.")
        raise Invalid({"statements": filled(sentence, most=MOST_STATEMENTS)})
    made = [_put_up(call, line, language, at=at, is_example=is_example) for line in new]
    if made:
        record("statements.written", call, by=by, at=at, data={"count": len(made)})
    return made


@transaction.atomic
def reword_statement(
    statement: Statement, *, text: str, seen: int, by: Standing, at: datetime
) -> Statement:
    """Change the wording as long as nobody has voted on it; `seen` is what the editor saw."""
    line = statement_text(text)
    _locked(statement.call)
    current = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if current.title == line:
        return current  # sent twice
    _require_open(current)
    if Vote.objects.filter(statement=current).exists():
        raise Closed(
            _("Somebody has voted on this statement. Its words stay as they are."),
            do=_("Take it out with a reason, and put a better one in its place."),
        )
    if current.revision != seen:
        raise Closed(
            _("Somebody else has changed this statement meanwhile."),
            where=current.title,
            do=_("Please look at it again."),
        )
    current.title, current.revision = line, current.revision + 1
    current.save(update_fields=["title", "revision"])
    record("statement.changed", current, by=by, at=at)
    return current


@transaction.atomic
def withdraw_statement(
    statement: Statement, *, reason: str, by: Standing, at: datetime, instead: str = ""
) -> Statement | None:
    """Take a statement out of the vote, for all to see why; returns what takes its place.

    Votes on it stay with those who gave them and count in no map.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": _("Please give the reason. Everybody can read it.")})
    line = statement_text(instead, field="instead") if instead.strip() else ""
    call = _locked(statement.call)
    current = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if current.state == StatementState.WITHDRAWN:
        return None  # pressed twice
    if line:
        _require_time(call, at)
    current.state, current.withdrawn_because = StatementState.WITHDRAWN, reason
    current.retired_on = localdate(at)
    current.save(update_fields=["state", "withdrawn_because", "retired_on"])
    record("statement.withdrawn", current, by=by, at=at, data={"reason": reason})
    if not line:
        return None
    new = _put_up(call, line, current.language, at=at, is_example=current.is_example)
    link(current.as_thing(), new.as_thing(), Relation.CONTINUED_AS, on=localdate(at))
    record("statements.written", call, by=by, at=at, data={"count": 1})
    return new


@transaction.atomic
def adopt_proposal(
    contribution: Contribution, *, text: str, by: Standing, at: datetime
) -> Statement:
    """Publish what somebody proposed and put it up for a vote, in one step.

    The author's words stay as they are in the contribution; `text` is the statement, which may
    be shorter. Doing it twice makes one statement.
    """
    line = statement_text(text)
    assert contribution.call_id is not None, "proposed in a call"
    call = _locked(Call.objects.get(pk=contribution.call_id))
    if earlier := Statement.objects.filter(contribution=contribution).first():
        return earlier
    if call.method != CallMethod.STATEMENTS:
        raise Closed(
            _("People do not vote on statements in this call."),
            do=_("Publish the contribution as it is."),
        )
    _require_time(call, at)
    if call.statements.count() >= MOST_STATEMENTS:
        sentence = _("A call holds at most %(most)s statements.")
        raise Closed(filled(sentence, most=MOST_STATEMENTS))
    if contribution.state != ContributionState.PUBLISHED:
        contribution = publish_contribution(contribution, by=by, at=at)
    statement = _put_up(
        call,
        line,
        contribution.language,
        at=at,
        is_example=contribution.is_example,
        contribution=contribution,
    )
    link(contribution.as_thing(), statement.as_thing(), Relation.GREW_INTO, on=localdate(at))
    record("statement.proposed", statement, by=by, at=told_at(call, at))
    return statement


def _locked(call: Call) -> Call:
    """Two who write statements at once take turns: each number is given once."""
    rows = Call.objects.select_for_update(of=("self",)).select_related("phase")
    return rows.get(pk=call.pk)


def _require_time(call: Call, at: datetime) -> None:
    """Statements may be written before a call opens, and while it is open."""
    if at >= call.closes_at:
        raise Closed(
            _("This call is closed. Nobody could vote on another statement."),
            do=_("Open a new call, or let this one go on for longer."),
        )


def _require_open(statement: Statement) -> None:
    if statement.state != StatementState.OPEN:
        raise Closed(_("This statement was taken out."), where=statement.title)


def _alike(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def _put_up(
    call: Call,
    text: str,
    language: str,
    *,
    at: datetime,
    is_example: bool,
    contribution: Contribution | None = None,
) -> Statement:
    last = call.statements.aggregate(last=Max("order"))["last"] or 0
    statement: Statement = Statement.objects.create(
        municipality_id=call.municipality_id,
        call=call,
        order=last + 1,
        title=text,
        language=language,
        contribution=contribution,
        happened_on=localdate(at),
        is_public=call.is_public,
        is_example=is_example,
    )
    return statement
