"""Published with parts blacked out: names and numbers of people go, what is said stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.covering import uncover, write
from miteinander.participation.actions.moderating import publish_contribution
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.reconsidering import reconsider
from miteinander.participation.models import BlackedOut, Contribution
from miteinander.participation.queries.blacked import not_found, written_in
from miteinander.participation.queries.parts import parts_of
from miteinander.participation.states import ContributionState

if TYPE_CHECKING:
    from miteinander.core.errors import Text


@transaction.atomic
def black_out(
    contribution: Contribution,
    *,
    words: Sequence[str],
    reason: str,
    by: Standing,
    at: datetime,
) -> Contribution:
    """Publish a contribution without these words; the whole is kept for the coordination.

    Done again, with other words, it begins from what was written. Of a contribution that was
    split, the parts are blacked out with it. Translations of what was written go: they hold the
    words. The same twice changes nothing.
    """
    contribution = locked(contribution)
    reason = reason.strip()
    kept = BlackedOut.objects.filter(contribution=contribution).first()
    _require_possible(contribution)
    _require_sensible(written_in(contribution).whole, words, reason)
    if kept is not None and (kept.words.splitlines(), kept.reason) == (list(words), reason):
        return contribution  # sent twice
    for row in (contribution, *parts_of(contribution)):
        _rewrite(row, words, reason)
    published = publish_contribution(contribution, by=by, at=at)
    record("contribution.blacked_out", published, by=by, at=told_at(published.call, at))
    if published.is_public:
        advance_public_version(published.municipality_id)
    return published


@transaction.atomic
def show_again(contribution: Contribution, *, by: Standing, at: datetime) -> Contribution:
    """Undo it: the words are back, and the contribution is where it was before.

    What was not public before is put back among what waits to be read, so that undoing never
    publishes anything; refused once somebody has worked with it.
    """
    contribution = locked(contribution)
    kept = BlackedOut.objects.filter(contribution=contribution).first()
    if kept is None:
        return contribution  # pressed twice
    if kept.was != ContributionState.PUBLISHED:
        reconsider([contribution], by=by, at=at)
        return locked(contribution)
    for row in (contribution, *parts_of(contribution)):
        uncover(row)
    record("contribution.shown_again", contribution, by=by, at=told_at(contribution.call, at))
    return locked(contribution)


def _require_possible(contribution: Contribution) -> None:
    if contribution.state == ContributionState.WITHDRAWN:
        raise Closed(
            _("Its author has taken this contribution back."),
            do=_("There is nothing left to black out."),
        )
    if contribution.state == ContributionState.INTERNAL:
        raise Closed(
            _("This contribution stays with the office. Nobody else reads it."),
            do=_("To publish it, put it back among those that wait to be read."),
        )


def _require_sensible(said: str, words: Sequence[str], reason: str) -> None:
    """Refuse with all that is wrong: words that are not there, and a reason that tells them."""
    wrong: dict[str, Text] = {}
    if not words:
        wrong["words"] = _("Please say which words are blacked out.")
    elif missing := not_found(said, words):
        wrong["words"] = filled(
            _("These words are not in the contribution: %(words)s. Please copy them from it."),
            words=", ".join(missing),
        )
    elif any(len(word) < 2 for word in words):
        wrong["words"] = _("Please write at least two characters on each line.")
    if not reason:
        wrong["reason"] = _("Please give the reason. Everybody will read it.")
    elif len(not_found(reason, words)) < len(words):
        wrong["reason"] = _("Everybody reads the reason. Please write it without these words.")
    if wrong:
        raise Invalid(wrong)


def _rewrite(contribution: Contribution, words: Sequence[str], reason: str) -> None:
    written = written_in(contribution)
    BlackedOut.objects.update_or_create(
        contribution=contribution,
        defaults={"words": "\n".join(words), "reason": reason},
        create_defaults={
            "text": written.text,
            "proposal": written.proposal,
            "place": written.place,
            "words": "\n".join(words),
            "reason": reason,
            "was": contribution.state,
        },
    )
    write(contribution, written.without(words, language=contribution.language))
