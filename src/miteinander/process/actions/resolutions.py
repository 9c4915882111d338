"""Deciding: what a body resolved, from the mandate to the adoption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation, Thing
from miteinander.process.models import AgendaItem, Dissent, Meeting, Process, Resolution
from miteinander.process.states import ProcessState, ResolutionKind, Result

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Dissenting:
    """Whose opinion differs, by function, and how: it stays with the resolution, for everybody."""

    function: str
    text: str


@transaction.atomic
def resolve(
    process: Process,
    *,
    body: Body,
    title: str,
    on: date,
    kind: ResolutionKind | str,
    result: Result | str,
    by: Standing,
    at: datetime,
    text: str = "",
    meeting: Meeting | None = None,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstentions: int | None = None,
    about: Sequence[Thing] = (),
    item: AgendaItem | None = None,
    dissents: Sequence[Dissenting] = (),
    precision: str = "day",
    language: str = "de",
    is_example: bool = False,
) -> Resolution:
    """Record what a body decided, and sew it onto the thread.

    What was decided `about` leads to the resolution; the mandate leads to its process. A
    process has one mandate. An adoption that was not rejected ends the making of the concept.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    assert body.municipality_id == process.municipality_id, "a body of another municipality"
    assert meeting is None or meeting.process_id == process.pk, "a meeting of another process"
    assert item is None or (meeting and item.meeting_id == meeting.pk), "a point of this meeting"
    kind, result = ResolutionKind(kind), Result(result)
    _check(process, body, title=title, on=on, kind=kind, at=at)
    _check_votes(result, votes_for, votes_against, abstentions)
    _check_dissents(dissents)
    resolution = Resolution.objects.create(
        municipality_id=process.municipality_id,
        process=process,
        body=body,
        meeting=meeting,
        item=item,
        title=title.strip(),
        text=text,
        resolution_kind=kind,
        result=result,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        happened_on=on,
        precision=precision,
        language=language,
        is_public=process.is_public
        and body.is_public
        and not (meeting is not None and meeting.is_closed),
        is_example=is_example,
    )
    Dissent.objects.bulk_create(
        Dissent(resolution=resolution, function=each.function.strip(), text=each.text.strip())
        for each in dissents
    )
    process.bodies.add(body)
    context = (meeting or body).as_thing()
    for thing in about:
        link(thing.as_thing(), resolution.as_thing(), Relation.DECIDED_BY, on=on, context=context)
    if kind == ResolutionKind.MANDATE:
        link(resolution.as_thing(), process.as_thing(), Relation.GREW_INTO, on=on, context=context)
    if kind == ResolutionKind.ADOPTION and result != Result.REJECTED:
        process.state, process.ended = ProcessState.ADOPTED, on
        process.save(update_fields=["state", "ended"])
    record("resolution.taken", resolution.as_thing(), by=by, at=at, data={"body": body.title})
    return resolution


def _check(
    process: Process, body: Body, *, title: str, on: date, kind: ResolutionKind, at: datetime
) -> None:
    fields: dict[str, Text] = {}
    if on > localdate(at):
        fields["on"] = _("This day lies ahead. Please record a resolution when it has been taken.")
    if Resolution.objects.filter(
        process=process, body=body, happened_on=on, title__iexact=title.strip()
    ).exists():
        fields["title"] = _("This resolution of that day has been recorded already.")
    if (
        kind == ResolutionKind.MANDATE
        and Resolution.objects.filter(process=process, resolution_kind=kind).exists()
    ):
        fields["kind"] = _("This process has its mandate already.")
    if fields:
        raise Invalid(fields)


def _check_votes(
    result: Result, votes_for: int | None, votes_against: int | None, abstentions: int | None
) -> None:
    """Refuse a result that its own figures contradict."""
    if votes_for is None and (votes_against is not None or abstentions is not None):
        raise Invalid({"votes_for": _("Please also give the votes for it.")})
    if votes_for is None:
        return
    if result == Result.NO_OBJECTION:
        raise Invalid({"result": _("Where votes were counted, please choose another result.")})
    against = votes_against or 0
    if result == Result.UNANIMOUS and against:
        raise Invalid({"result": _("With votes against it, this was not unanimous.")})
    if result == Result.REJECTED and votes_for > against:
        raise Invalid({"result": _("With more votes for it than against, it was not rejected.")})
    if result != Result.REJECTED and votes_for <= against:
        raise Invalid({"result": _("Without more votes for it than against, it was rejected.")})


def _check_dissents(dissents: Sequence[Dissenting]) -> None:
    for each in dissents:
        if not each.function.strip() or not each.text.strip():
            raise Invalid(
                {"dissent": _("A dissenting opinion needs both: whose it is, and what it says.")}
            )
