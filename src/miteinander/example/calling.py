"""Opening a call of the example: what all methods have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from miteinander.community import actions as community
from miteinander.core.standing import Standing
from miteinander.example.source import Row, days_from, moment
from miteinander.example.town import Town
from miteinander.participation import actions as participation

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.participation.states import Allowed, CallMethod
    from miteinander.process.models import Phase


def open_call(
    town: Town, phase: Phase, row: Row, method: CallMethod, allows: Sequence[Allowed] = ()
) -> tuple[Call, Standing]:
    """Open it on its day, with its question in English, and say who did it and when."""
    opens = days_from(town.today, row["opens_days"])
    by = town.coordination(opens, 8)
    call = participation.open_call(
        phase,
        title=row["title"],
        question=row["question"],
        text=row["text"],
        opens_at=moment(opens, 8),
        closes_at=moment(days_from(town.today, row["closes_days"]), 23, 59),
        answer_by=days_from(town.today, row["answers_by_days"]),
        ways=row.get("ways", ()),
        method=method,
        allows=allows,
        is_example=True,
        by=by,
        at=by.at,
    )
    community.translate(
        call, "question", "en", row["question_en"], state="checked", by=by, at=by.at
    )
    return call, by
