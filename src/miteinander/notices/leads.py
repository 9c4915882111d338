"""A lead declines or asks for a change: the coordination and the working group are told.

Nobody is told of what was answered meanwhile.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.core.mailtexts import MailKind, Word
from miteinander.notices import once
from miteinander.participation.queries import coordination_of
from miteinander.process.queries import members_to_tell
from miteinander.strategy import queries
from miteinander.strategy.states import LeadState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.community.models import Person
    from miteinander.core.models import Event
    from miteinander.strategy.models import Measure

STILL = {
    "measure.lead_wished": LeadState.WISHED,
    "measure.lead_declined": LeadState.DECLINED,
}
"""Which kinds of event are told, and the state of the lead while they are still news."""


def letters(*, at: datetime) -> int:
    """Write what is missing into the outbox; returns how many mails were added."""
    added = 0
    for event, measure, person in _untold(at):
        _write(event, measure, person, at=at)
        added += 1
    return added


def are_missing(at: datetime) -> bool:
    """Whether somebody is to be told; only reads."""
    return next(_untold(at), None) is not None


def _untold(at: datetime) -> Iterator[tuple[Event, Measure, Person]]:
    for event in read.recent(STILL, since=at - once.LOOK_BACK):
        measure = queries.measure_to_tell(event.thing_id or 0)
        if measure is None or measure.lead is None or measure.lead_state != STILL[event.kind]:
            continue  # answered meanwhile
        people = list(coordination_of(event.municipality))
        if group := measure.goal.field.working_group_id:
            people += members_to_tell(event.municipality, group, day=localdate(at))
        for person in once.untold(event, people):
            yield event, measure, person


def _write(event: Event, measure: Measure, person: Person, *, at: datetime) -> None:
    town = measure.municipality
    wished = event.kind == "measure.lead_wished"
    kind = LEAD_WISHED if wished else LEAD_DECLINED
    # What a wish needs is an answer; the question who else could lead belongs on the sheet.
    page = "workspace:measure_answer_wish" if wished else "workspace:measure"

    def words() -> dict[str, str]:
        return {
            "municipality": town.name,
            "lead": event.data["lead"],
            "measure": f"{measure.number} {measure.title}".strip(),
            "reason": event.data["reason"],
            "link": address_of(town) + reverse(page, args=[measure.identifier]),
        }

    once.tell(event, person, (kind, town), words, at=at)


_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "lead": Word(_("Organisation"), _("Example adult education centre")),
    "measure": Word(_("Measure"), _("2.4 Language courses with child care")),
    "reason": Word(_("Reason"), _("We need half a post for it.")),
    "link": Word(_("Link to answer"), "https://miteinander.example/arbeit/massnahme/abc/"),
}
LEAD_WISHED = MailKind(
    "measure.lead_wished",
    label=_("News that a lead asks for a change"),
    subject=_("A change is asked for: %(measure)s"),
    body=_(
        """Good day,

%(lead)s would take the lead for this measure, but asks for a change first:

%(measure)s

%(reason)s

Please change the measure or explain why it stays, and ask again:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"reason", "link"}),
)
LEAD_DECLINED = MailKind(
    "measure.lead_declined",
    label=_("News that a lead has declined"),
    subject=_("The lead was declined: %(measure)s"),
    body=_(
        """Good day,

%(lead)s does not take the lead for this measure:

%(measure)s

%(reason)s

Somebody else has to be asked:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"reason", "link"}),
)
