"""Something was proposed or remarked, or answered: the group and the author are told by mail.

Nothing here is sent; see :mod:`miteinander.notices.mail`. What comes within half an hour is one
mail for each person, like a digest. The proposal itself remembers that it was told, in the
transaction that writes the mails, so that it is told once.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word
from miteinander.notices import once
from miteinander.participation.queries import coordination_of
from miteinander.process.queries import members_to_tell
from miteinander.strategy import queries
from miteinander.strategy.actions import note_answers_told, note_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.community.models import Person
    from miteinander.core.models import Municipality
    from miteinander.strategy.models import ChangeProposal


def letters(*, at: datetime) -> int:
    """Write what has waited long enough, and all that came meanwhile; how many mails."""
    with transaction.atomic():
        if not queries.somebody_is_to_be_told(at):
            return 0
        made = list(queries.proposals_untold(at).select_for_update(of=("self",)))
        answered = list(queries.answers_untold(at).select_for_update(of=("self",)))
        added = _tell_groups(made, at=at) + _tell_authors(answered, at=at)
        note_told(made, at=at)
        note_answers_told(answered, at=at)
    return added


def are_missing(at: datetime) -> bool:
    """Whether somebody is to be told; only reads."""
    return queries.somebody_is_to_be_told(at)


def _tell_groups(made: Sequence[ChangeProposal], *, at: datetime) -> int:
    """Each member of a group, but not of one's own; the coordination where no group writes."""
    groups = queries.groups_of(made)
    by_group: dict[tuple[Municipality, int | None], list[ChangeProposal]] = defaultdict(list)
    for one in made:
        group = groups.get(one.thing_id) if one.thing_id is not None else None
        by_group[queries.town_of(one), group].append(one)
    told: dict[Person, list[ChangeProposal]] = defaultdict(list)
    for (town, group), rows in by_group.items():
        whom = members_to_tell(town, group, day=localdate(at)) if group else coordination_of(town)
        for person in whom:
            told[person] += [one for one in rows if one.person_id != person.pk]
    for person, rows in told.items():
        if rows:
            _write(PROPOSED, person, rows, at=at)
    return sum(1 for rows in told.values() if rows)


def _tell_authors(answered: Sequence[ChangeProposal], *, at: datetime) -> int:
    told: dict[int, list[ChangeProposal]] = defaultdict(list)
    for one in answered:
        told[one.person_id or 0].append(one)
    people = queries.authors_to_tell(told)
    for person in people:
        _write(ANSWERED, person, told[person.pk], at=at)
    return len(people)


def _write(kind: MailKind, person: Person, rows: Sequence[ChangeProposal], *, at: datetime) -> None:
    town = queries.town_of(rows[0])
    told = ",".join(f"{one.pk}:{one.state}" for one in rows)
    digits = hashlib.sha256(f"{person.pk} {told}".encode()).hexdigest()

    def words() -> dict[str, str]:
        return {
            "municipality": town.name,
            "lines": "\n\n".join(_line(one, town) for one in rows),
            "link": address_of(town) + reverse("workspace:today"),
        }

    key = f"proposals:{town.pk}:{digits[:32]}"
    once.write(Letters(kind, town), town, person, words, key=key, at=at)


def _line(one: ChangeProposal, town: Municipality) -> str:
    """What it is about, what was said, and what was answered; with where it stands."""
    if one.chapter is not None:
        title = one.chapter.heading
        page = reverse("workspace:chapter_proposals", args=[one.chapter_id])
    else:
        assert one.thing is not None, "a constraint holds: one of the two"
        title = one.thing.title
        page = reverse(f"workspace:{one.thing.kind}_proposals", args=[one.thing.identifier])
    said = {"title": title, "reason": one.reason}
    lines = [gettext("- %(title)s: %(reason)s") % said]
    if one.settled_at is not None:
        outcome = {"outcome": one.get_state_display(), "response": one.response}
        lines.append(gettext("  Answer: %(outcome)s. %(response)s").rstrip() % outcome)
    lines.append(f"  {address_of(town)}{page}")
    return "\n".join(line.rstrip() for line in lines)


_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "lines": Word(_("What was said, a line each"), _("- A course in four weeks: Who says so?")),
    "link": Word(_("link to the page Today"), "https://miteinander.example/arbeit/"),
}
PROPOSED = MailKind(
    "draft.change_proposed",
    label=_("News of remarks and proposals"),
    subject=_("Remarks and proposals on your texts"),
    body=_(
        """Good day,

this was said about texts that you write together:

%(lines)s

Please answer with a reason. What waits for you stands on your page Today:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"lines"}),
)
ANSWERED = MailKind(
    "draft.change_answered",
    label=_("News that remarks and proposals were answered"),
    subject=_("Your remarks and proposals were answered"),
    body=_(
        """Good day,

this is what became of what you proposed or remarked:

%(lines)s

Thank you for reading along. Your page Today:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"lines"}),
)
