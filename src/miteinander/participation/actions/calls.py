"""Asking a question for a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.participation.actions.participants import fresh_access_code
from miteinander.participation.models import Call
from miteinander.participation.states import Allowed, Audience, CallMethod
from miteinander.process.actions import require_public

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.process.models import Phase


@transaction.atomic
def open_call(
    phase: Phase,
    *,
    title: str,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    answer_by: date,
    by: Standing,
    at: datetime,
    text: str = "",
    ways: Sequence[Mapping[str, str]] = (),
    method: CallMethod = CallMethod.IDEAS,
    audience: Audience = Audience.PUBLIC,
    body: Body | None = None,
    is_protected: bool = False,
    allows: Sequence[str] = (),
    language: str = "de",
    is_example: bool = False,
) -> Call:
    """Put a question to somebody, within a phase that permits contributions.

    A call to everybody is public; the others are seen by those to whom they are put.
    """
    _check(
        phase,
        title=title,
        question=question,
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=answer_by,
    )
    if audience == Audience.BODY and body is None:
        raise Invalid({"body": _("Please choose the body to which the call is put.")})
    require_public(phase.process)
    call = Call.objects.create(
        municipality_id=phase.process.municipality_id,
        process_id=phase.process_id,
        phase=phase,
        title=title.strip(),
        question=question.strip(),
        text=text.strip(),
        ways=[dict(way) for way in ways],
        method=method,
        audience=audience,
        body=body if audience == Audience.BODY else None,
        access_code=fresh_access_code() if audience == Audience.CODE else "",
        is_protected=is_protected,
        allows=sorted(set(allows) & set(Allowed.values)),
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=answer_by,
        language=language,
        is_public=audience == Audience.PUBLIC,
        is_example=is_example,
        happened_on=localdate(opens_at),
    )
    record("call.opened", call, by=by, at=at)
    return call


@transaction.atomic
def change_call(
    call: Call, *, changes: Mapping[str, object], seen: int, by: Standing, at: datetime
) -> Call:
    """Change wording or times; `seen` is the revision that the editor saw.

    Raises :class:`Conflict` with both texts when somebody else was faster.
    """
    wanted = {
        name: changes.get(name, getattr(call, name))
        for name in ("title", "question", "opens_at", "closes_at", "answer_by")
    }
    _check(call.phase, **wanted)  # type: ignore[arg-type]  # the form has typed them
    before = call.answer_by
    call = save_if_unchanged(call, changes, seen=seen)
    record("call.changed", call, by=by, at=at, data={"fields": sorted(changes)})
    if call.answer_by != before:
        data = {
            "before": f"{before:%d.%m.%Y}",
            "now": f"{call.answer_by:%d.%m.%Y}",
            "was": before.isoformat(),
        }
        record("call.promise_moved", call, by=by, at=at, data=data)
    return call


def _check(
    phase: Phase,
    *,
    title: str,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    answer_by: date,
) -> None:
    if "contribute" not in phase.permits or phase.is_closed():
        raise Closed(
            _("The phase “%(phase)s” does not permit contributions.") % {"phase": phase.title},
            do=_("Choose another phase, or let this one permit contributions."),
        )
    wrong: dict[str, object] = {}
    if not title.strip():
        wrong["title"] = _("Please give the call a short name.")
    if not question.strip():
        wrong["question"] = _("Please write the question.")
    if closes_at <= opens_at:
        wrong["closes_at"] = _("A call cannot close before it opens.")
    if localdate(opens_at) < phase.starts:
        wrong["opens_at"] = _("The phase begins later than the call.")
    if phase.ends is not None and localdate(closes_at) > phase.ends:
        wrong["closes_at"] = _("The phase ends before the call closes.")
    if answer_by < localdate(closes_at):
        wrong["answer_by"] = _("Answers cannot be due before the call closes.")
    if wrong:
        raise Invalid(wrong)  # type: ignore[arg-type]  # sentences, all of them
