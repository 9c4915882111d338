"""What an answer says: checked once, for one contribution or for many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid, filled
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import Recount
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Answer, Contribution
from miteinander.participation.queries.textblocks import unfilled_in
from miteinander.participation.states import Outcome

if TYPE_CHECKING:
    from miteinander.community.models import Organisation
    from miteinander.core.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Outcome and reason as they are to be given."""

    outcome: Outcome
    reason: str
    language: str
    organisation: Organisation | None = None
    business_of: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Reply:
        """What an answer says, to say it once more."""
        return cls(
            outcome=Outcome(answer.outcome),
            reason=answer.reason,
            language=answer.language,
            organisation=answer.organisation,
            business_of=answer.business_of,
        )

    def with_addition(self, addition: str) -> Reply:
        """The same for one person, with a sentence of their own."""
        addition = addition.strip()
        return replace(self, reason=f"{self.reason}\n\n{addition}") if addition else self

    def is_in(self, answer: Answer) -> bool:
        """Whether exactly this was said already."""
        return (answer.outcome, answer.reason, answer.organisation, answer.business_of) == (
            self.outcome,
            self.reason,
            self.organisation,
            self.business_of,
        )


def checked(
    *,
    outcome: Outcome | str,
    reason: str,
    language: str,
    organisation: Organisation | None = None,
    business_of: str = "",
    additions: Mapping[int, str] | None = None,
) -> Reply:
    """Every open point of an answer at once."""
    wrong: dict[str, Text] = {}
    business_of = business_of.strip()
    if outcome not in Outcome.values:
        wrong["outcome"] = _("Please choose what became of it.")
    if not reason.strip():
        wrong["reason"] = _("Please give the reason. The author will read it.")
    elif places := unfilled_in(" ".join([reason, *(additions or {}).values()])):
        wrong["reason"] = filled(
            _("Please replace %(place)s by words, or take it out."), place=", ".join(places)
        )
    if outcome == Outcome.ELSEWHERE and organisation is None and not business_of:
        wrong["business_of"] = _("Please say whose business it is.")
    if wrong:
        raise Invalid(wrong)
    if outcome != Outcome.ELSEWHERE:
        organisation, business_of = None, ""
    return Reply(
        outcome=Outcome(outcome),
        reason=reason.strip(),
        language=language,
        organisation=organisation,
        business_of=business_of,
    )


def give(
    contribution: Contribution, reply: Reply, recount: Recount, *, by: Standing, at: datetime
) -> Answer:
    """Write the answer to a row that the caller has locked."""
    answer = Answer.objects.create(
        contribution=contribution,
        outcome=reply.outcome,
        reason=reply.reason,
        language=reply.language,
        organisation=reply.organisation,
        business_of=reply.business_of,
        function=by.function,
        answered_at=told_at(contribution.call, at),
    )
    if not contribution.is_answered:
        recount.change(contribution, is_answered=True)
    return answer
