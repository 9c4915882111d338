"""Asking a question for a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.participation.actions.participants import fresh_access_code
from miteinander.participation.models import Call
from miteinander.participation.queries import has_answers
from miteinander.participation.states import Audience, CallMethod, sensible
from miteinander.process.actions import require_public

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.process.models import Phase


TO_BE_REPLACED = "[…]"
"""Stands in the examples to begin a call with; nobody is asked with it."""


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
        text=text,
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=answer_by,
    )
    put = _put_to(audience, body)
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
        is_protected=is_protected,
        allows=sensible(method, allows, is_protected=is_protected),
        **put,
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=answer_by,
        language=language,
        is_example=is_example,
        happened_on=localdate(opens_at),
    )
    record("call.opened", call, by=by, at=at)
    return call


@transaction.atomic
def change_call(
    call: Call, *, changes: Mapping[str, object], seen: int, by: Standing, at: datetime
) -> Call:
    """Change wording, times or how it is put; `seen` is the revision that the editor saw.

    Once answers have come in, the method stays, and so do the audience and the promise of the
    protected mode: people answered under them. Raises :class:`Conflict` with both texts when
    somebody else was faster.
    """
    wanted = {
        name: changes.get(name, getattr(call, name))
        for name in ("title", "question", "text", "opens_at", "closes_at", "answer_by")
    }
    _check(call.phase, **wanted)  # type: ignore[arg-type]  # the form has typed them
    before, was_public = call.answer_by, call.is_public
    call = save_if_unchanged(call, {**changes, **_put_anew(call, changes)}, seen=seen)
    record("call.changed", call, by=by, at=at, data={"fields": sorted(changes)})
    if was_public and not call.is_public:
        advance_public_version(call.municipality_id)  # it vanishes from the open site
    if call.answer_by != before:
        data = {
            "before": f"{before:%d.%m.%Y}",
            "now": f"{call.answer_by:%d.%m.%Y}",
            "was": before.isoformat(),
        }
        record("call.promise_moved", call, by=by, at=at, data=data)
    return call


@transaction.atomic
def renew_code(call: Call, *, by: Standing, at: datetime) -> Call:
    """Give a call another code; the former one opens nothing any more, whoever has it."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.audience != Audience.CODE:
        raise Closed(
            _("This call has no code."), do=_("Choose “by code” as its audience when you edit it.")
        )
    call.access_code = fresh_access_code()
    call.save(update_fields=["access_code"])
    record("call.code_renewed", call, by=by, at=at)
    return call


def _put_to(audience: str, body: Body | None) -> dict[str, Any]:
    """The columns that say to whom a call is put; the code is made here."""
    if audience == Audience.BODY and body is None:
        raise Invalid({"body": _("Please choose the body to which the call is put.")})
    return {
        "audience": audience,
        "body": body if audience == Audience.BODY else None,
        "access_code": fresh_access_code() if audience == Audience.CODE else "",
        "is_public": audience == Audience.PUBLIC,
    }


def _put_anew(call: Call, changes: Mapping[str, object]) -> dict[str, Any]:
    """What follows for a call from another method, audience or mode; refused after answers."""
    method = str(changes.get("method", call.method))
    is_protected = bool(changes.get("is_protected", call.is_protected))
    allows: Any = changes.get("allows", call.allows)
    audience, body = str(changes.get("audience", call.audience)), changes.get("body", call.body)
    is_put_elsewhere = audience != call.audience or (
        audience == Audience.BODY and body != call.body
    )
    refused: dict[str, object] = {}
    if method != call.method:
        refused["method"] = _(
            "Answers have come in already, so the method stays. Open another call for another one."
        )
    if is_put_elsewhere:
        refused["audience"] = _(
            "Answers have come in already. Those people answered to this audience, so it stays."
        )
    if call.is_protected and not is_protected:
        refused["is_protected"] = _(
            "Answers have come in already. They were given in protected mode, so it stays."
        )
    if refused and has_answers(call):
        raise Invalid(refused)  # type: ignore[arg-type]  # sentences, all of them
    put: dict[str, Any] = {"allows": sensible(method, allows, is_protected=is_protected)}
    if is_put_elsewhere:
        put |= _put_to(audience, body)  # type: ignore[arg-type]  # the form has chosen a body
    else:
        put["body"] = call.body
    return put


def _check(
    phase: Phase,
    *,
    title: str,
    question: str,
    text: str,
    opens_at: datetime,
    closes_at: datetime,
    answer_by: date,
) -> None:
    if phase.is_closed():
        raise Closed(
            _("The phase “%(phase)s” is closed, and its calls end with it.")
            % {"phase": phase.title},
            do=_("They stay as they are. Open another call in a phase that runs."),
        )
    if "contribute" not in phase.permits:
        raise Closed(
            _("The phase “%(phase)s” does not permit contributions.") % {"phase": phase.title},
            do=_("Choose another phase, or let this one permit contributions."),
        )
    wrong: dict[str, object] = {}
    if not title.strip():
        wrong["title"] = _("Please give the call a short name.")
    if not question.strip():
        wrong["question"] = _("Please write the question.")
    for name, said in (("title", title), ("question", question), ("text", text)):
        if TO_BE_REPLACED in said:
            wrong[name] = _("Please write your own words in the place of “[…]”.")
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
