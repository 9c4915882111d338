"""What lies ahead: an invitation with its answers, and a date that is still looked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miteinander.community import actions as community
from miteinander.community.queries import seats_of
from miteinander.core.standing import Standing
from miteinander.example.source import clock, days_from, read
from miteinander.example.town import Town
from miteinander.process import actions, queries

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.process.models import DatePoll, Process

AHEAD = 37
"""Days until the open meeting of the steering group (`renewal.yaml`)."""
SAID = (("yes", "no", "yes"), ("yes", "maybe", "no"), ("maybe", "no", "yes"))
"""What some of the body answered; the others have not yet."""


def tell_inviting(town: Town, renewal: Process) -> DatePoll:
    """Invite the steering group to its next meeting, and ask when it can meet after that."""
    by = town.coordination(town.today - timedelta(days=3), 10)
    body = town.bodies["steuerungsgruppe"]
    _agree(body, by)
    meeting = renewal.meetings.get(body=body, happened_on=days_from(town.today, AHEAD))
    actions.invite(meeting, by=by, at=by.at)
    first = queries.attendances_of(meeting).filter(invited_at__isnull=False).first()
    if first is not None:
        actions.answer_invitation(first, is_coming=True, by=by, at=by.at)
    return _look_for_a_date(town, renewal, body, by)


def _agree(body: Body, by: Standing) -> None:
    """Whoever has an address here has agreed to be written to, on paper."""
    for seat in seats_of(body):
        for person in (seat.holder, seat.deputy):
            if person is not None and person.email:
                community.give_consent(person, way="form", by=by, at=by.at)


def _look_for_a_date(town: Town, renewal: Process, body: Body, by: Standing) -> DatePoll:
    row = read("renewal")["poll"]
    poll = actions.open_poll(
        renewal,
        body=body,
        title=row["title"],
        text=row["text"],
        place=row["place"],
        slots=[
            actions.Slot(days_from(town.today, slot["days"]), starts, clock(slot["time_to"]))
            for slot in row["slots"]
            if (starts := clock(slot["time_from"])) is not None
        ],
        closes_on=days_from(town.today, row["closes_days"]),
        is_example=True,
        by=by,
        at=by.at,
    )
    page = queries.poll_page(poll)
    options = [line.option.pk for line in page.options]
    # The first of them wait for their visitors: they can be signed in as.
    for line, said in zip(reversed(page.voters), SAID, strict=False):
        answers = dict(zip(options, said, strict=True))
        actions.answer_poll(line.voter, answers, by=by, at=by.at)
    return poll
