"""A draft that is open for comments: people have begun to say what they think of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from miteinander.community import actions as community
from miteinander.core.standing import Standing
from miteinander.example.calling import open_call
from miteinander.example.source import days_from, read
from miteinander.example.town import Town
from miteinander.participation import actions as participation
from miteinander.participation import queries
from miteinander.participation.readers import passages_in
from miteinander.participation.states import CallMethod

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.process.models import Phase


def review_draft(town: Town, phase: Phase, *, now: datetime) -> Call:
    """Open the call, put the draft in, and let people comment on it."""
    data = read("review")
    call, by = open_call(town, phase, data["call"], CallMethod.REVIEW)
    participation.lay_out_draft(call, passages_in(data["draft"]), by=by, at=by.at)
    _comment(town, call, now)
    return call


def _comment(town: Town, call: Call, now: datetime) -> None:
    passages = {passage.number: passage for passage in queries.passages_of(call)}
    for row in read("review")["comments"]:
        by = town.coordination(days_from(town.today, row["days"]), 9)
        at = min(by.at, now)
        made, _code = participation.comment_on_passage(
            passages[row["passage"]],
            text=row["text"],
            quote=row.get("quote", ""),
            proposal=row.get("proposal", ""),
            may_publish=True,
            form_key=participation.fresh_form_key(at=at),
            language=row.get("language", "de"),
            is_example=True,
            by=Standing(municipality=town.municipality.pk, at=at),
            at=at,
        )
        if row["state"] != "published":
            continue
        made = participation.publish_contribution(made, by=by, at=at)
        if translation := row.get("translation_de"):
            community.translate(made, "text", "de", translation, state="checked", by=by, at=at)
        if "outcome" in row:
            participation.answer_contribution(
                made.refreshed(), outcome=row["outcome"], reason=row["reason"], by=by, at=at
            )
