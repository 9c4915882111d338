"""What was decided too fast is put back; a language that was recognised wrongly is put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.models import Municipality
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing
from miteinander.participation.actions.counting import Recount, locked
from miteinander.participation.actions.covering import uncover
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Contribution, RefusalReasons
from miteinander.participation.states import ROADS, ContributionState

MOST_REASONS = 20
LONGEST_REASON = 300


@transaction.atomic
def reconsider(contributions: Iterable[Contribution], *, by: Standing, at: datetime) -> int:
    """Put contributions back among those that wait to be read; how many.

    Possible until somebody has worked with one: sorted, merged, split or answered it.
    """
    done = 0
    recount = Recount()
    for row in sorted(contributions, key=lambda one: one.pk):
        contribution = locked(row)
        if contribution.state == ContributionState.SUBMITTED:
            continue  # pressed twice
        if ContributionState.SUBMITTED not in ROADS[contribution.state] or (
            contribution.theme_id
            or contribution.is_answered
            or contribution.is_merged
            or contribution.is_split
            or contribution.is_part
        ):
            raise Closed(
                _("Somebody has worked with this contribution already."),
                do=_("Take it out of its theme first, or refuse it with a reason."),
            )
        was_public = contribution.is_public
        uncover(contribution)
        recount.change(contribution, state=ContributionState.SUBMITTED, is_public=False, refusal="")
        record("contribution.reconsidered", contribution, by=by, at=told_at(contribution.call, at))
        keep([contribution.pk])
        if was_public:
            advance_public_version(contribution.municipality_id)
        done += 1
    recount.write()
    return done


@transaction.atomic
def correct_language(
    contribution: Contribution, *, language: str, by: Standing, at: datetime
) -> Contribution:
    """Say in which language somebody wrote, where it was recognised wrongly; the words stay."""
    contribution = locked(contribution)
    if contribution.language == language:
        return contribution
    before, contribution.language = contribution.language, language
    contribution.save(update_fields=["language"])
    record(
        "contribution.language_corrected",
        contribution,
        by=by,
        at=told_at(contribution.call, at),
        data={"before": before, "language": language},
    )
    return contribution


def write_refusal_reasons(municipality: Municipality, lines: Sequence[str]) -> None:
    """Keep the town's short reasons, in their order; the same ones once."""
    kept = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(kept) > MOST_REASONS:
        raise Invalid({"lines": filled(_("At most %(most)s reasons."), most=MOST_REASONS)})
    if too_long := next((line for line in kept if len(line) > LONGEST_REASON), ""):
        raise Invalid(
            {"lines": filled(_("This reason is too long: %(line)s"), line=f"{too_long[:40]} …")}
        )
    RefusalReasons.objects.update_or_create(municipality=municipality, defaults={"lines": kept})
