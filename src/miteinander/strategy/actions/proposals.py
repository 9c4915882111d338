"""A change is proposed or remarked, and accepted, adapted or declined with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import record
from miteinander.core.models import Thing
from miteinander.core.standing import Standing
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import require_drafting, required
from miteinander.strategy.actions.handing import begin_review
from miteinander.strategy.actions.returning import write_texts
from miteinander.strategy.models import ChangeProposal, Chapter
from miteinander.strategy.models.wordings import Draft, place_of
from miteinander.strategy.rules import WRITING
from miteinander.strategy.states import ProposalState

if TYPE_CHECKING:
    from miteinander.core.errors import Text

KINDS = {
    ProposalState.ACCEPTED: events.CHANGE_ACCEPTED,
    ProposalState.ADAPTED: events.CHANGE_ADAPTED,
    ProposalState.DECLINED: events.CHANGE_DECLINED,
    ProposalState.SETTLED: events.REMARK_SETTLED,
}


@transaction.atomic
def propose_change(
    row: Draft,
    *,
    entry: str,
    passage: str,
    proposal: str | None,
    reason: str,
    by: Standing,
    at: datetime,
) -> ChangeProposal:
    """Propose other words for a passage, or remark on it (`proposal` is None then).

    The same again from the same person is the one that is open already.
    """
    assert entry in queries.open_to_proposals(row)
    required(reason=reason)
    require_drafting(queries.concept_of_draft(row), *WRITING, at=at)
    passage = queries.as_words(passage).strip()
    text = queries.as_words(getattr(row, entry))
    if queries.paragraph_of(text, passage) is None:
        raise Invalid({"passage": _why_not(text, passage)})
    words = "" if proposal is None else queries.as_words(proposal).strip()
    if proposal is not None:
        if words == passage:
            raise Invalid({"proposal": _("This is how it reads already.")})
        _with_words(row, entry, passage, words, at="proposal")
    same = {
        **place_of(row), "entry": entry, "passage": passage, "proposal": words,
        "is_remark": proposal is None, "reason": reason.strip(), "function": by.function,
        "person_id": by.person,
    }  # fmt: skip
    if earlier := ChangeProposal.objects.filter(state=ProposalState.OPEN, **same).first():
        return earlier
    made = ChangeProposal.objects.create(**same, proposed_at=at)
    if not isinstance(row, Chapter):
        begin_review(row, by=by, at=at)
    kind = events.REMARK_MADE if proposal is None else events.CHANGE_PROPOSED
    record(kind.name, _thing_of(row), by=by, at=at)
    return made


def _why_not(text: str, passage: str) -> Text:
    if not passage:
        return _("Please copy the words here that you mean.")
    if passage in text:
        return _("These words stand there more than once. Please copy a few more around them.")
    return _("These words do not stand in this text. Please copy them from it.")


def _thing_of(row: Draft) -> Thing:
    return row.concept if isinstance(row, Chapter) else row


@transaction.atomic
def settle_proposal(
    proposal: ChangeProposal,
    *,
    outcome: str,
    response: str,
    words: str = "",
    by: Standing,
    at: datetime,
) -> ChangeProposal:
    """Answer a proposal or a remark; accepted or adapted words go into the text with that.

    `words` are those that are taken when it is adapted. The text is saved as by an editor: its
    history keeps it, and what is handed in refuses. The same answer twice is one.
    """
    outcome = ProposalState(outcome)
    proposal = ChangeProposal.objects.select_for_update().get(pk=proposal.pk)
    response = response.strip()
    if proposal.state != ProposalState.OPEN:
        if (proposal.state, proposal.response) == (outcome, response):
            return proposal
        raise Closed(
            _("This has been answered already."),
            where=proposal.get_state_display(),
            do=_("Please propose anew what should still change."),
        )
    if outcome != ProposalState.ACCEPTED:
        required(response=response)
    row = queries.draft_of(proposal)
    if outcome in (ProposalState.ACCEPTED, ProposalState.ADAPTED):
        if proposal.is_remark:
            raise Invalid({"outcome": _("A remark proposes no words. Please settle it.")})
        taken = proposal.proposal if outcome == ProposalState.ACCEPTED else words.strip()
        _take(row, proposal, taken, by=by, at=at)
        proposal.words_taken = taken
    proposal.state, proposal.response = outcome, response
    proposal.settled_at, proposal.settled_function = at, by.function
    proposal.save()
    record(KINDS[outcome].name, _thing_of(row), by=by, at=at)
    return proposal


def _take(row: Draft, proposal: ChangeProposal, words: str, *, by: Standing, at: datetime) -> None:
    text = queries.as_words(getattr(row, proposal.entry))
    if queries.paragraph_of(text, proposal.passage) is None:
        raise Closed(
            _("The words that it is about have changed since."),
            where=proposal.passage[:120],
            do=_("Please change the text yourself, then choose “settled in another way”."),
        )
    changed = _with_words(row, proposal.entry, proposal.passage, words, at="words")
    write_texts(row, {proposal.entry: changed}, revision=row.revision, by=by, at=at)


def _with_words(row: Draft, entry: str, passage: str, words: str, *, at: str) -> str:
    """The text with other words in it; refused (beside `at`) where it would not fit its place."""
    text = queries.as_words(getattr(row, entry))
    changed = text.replace(passage, words, 1) if passage else words
    column: Any = row._meta.get_field(entry)
    if column.max_length is None:
        return changed
    changed = " ".join(changed.split())  # a title or a sentence is one line
    if len(changed) > column.max_length:
        told = _("With these words the text is too long: at most %(most)s characters fit.")
        raise Invalid({at: filled(told, most=column.max_length)})
    if entry == "title" and not changed:
        raise Invalid({at: _("Please fill this in.")})
    return changed
