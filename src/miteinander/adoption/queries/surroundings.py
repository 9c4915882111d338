"""What stands around fields and measures in a frozen version: who took part, and how it went.

Plain data of what is public at this moment; one or two queries for each part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q

from miteinander.adoption.models import Ballot
from miteinander.adoption.states import BallotState
from miteinander.community.models import Body, Organisation, Seat
from miteinander.community.states import BodyKind, OrganisationKind
from miteinander.core.models import Thing
from miteinander.process.models import Meeting, Process, Resolution
from miteinander.strategy.models import Measure


def named(thing: Thing) -> dict[str, Any]:
    """How a part refers to something that has a page, its example mark included."""
    return {
        "identifier": thing.identifier, "title": thing.title, "is_example": thing.is_example,
    }  # fmt: skip


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def meetings_of(process: Process, *, until: date) -> list[dict[str, Any]]:
    """Public meetings that have been held, the first one first."""
    rows = (
        Meeting.objects.filter(process=process, is_public=True, happened_on__lte=until)
        .select_related("body")
        .order_by("happened_on", "starts_at", "pk")
    )
    return [
        {
            **named(meeting),
            "kind": meeting.meeting_kind,
            "body": meeting.body.title if meeting.body.is_public else None,
            "on": day(meeting.happened_on),
            "precision": meeting.precision,
            "place": meeting.place,
            "participants": meeting.participants,
            "participants_approx": meeting.participants_approx,
        }
        for meeting in rows
    ]


def resolutions_of(process: Process) -> list[dict[str, Any]]:
    """Public resolutions, the first one first."""
    rows = (
        Resolution.objects.filter(process=process, is_public=True)
        .select_related("body")
        .order_by("happened_on", "pk")
    )
    return [
        {
            **named(resolution),
            "kind": resolution.resolution_kind,
            "body": resolution.body.title if resolution.body.is_public else "",
            "on": day(resolution.happened_on),
            "precision": resolution.precision,
            "result": resolution.result,
            "text": resolution.text,
            "votes_for": resolution.votes_for,
            "votes_against": resolution.votes_against,
            "abstentions": resolution.abstentions,
        }
        for resolution in rows
    ]


def counted_ballots_of(process: Process) -> list[dict[str, Any]]:
    """Counted ballots with a public result, the first one first: the question, what came out."""
    rows = (
        Ballot.objects.filter(process=process, is_public=True, state=BallotState.CLOSED)
        .select_related("body")
        .order_by("closed_at", "pk")
    )
    return [_counted(ballot, json.loads(ballot.content)) for ballot in rows]


def _counted(ballot: Ballot, content: dict[str, Any]) -> dict[str, Any]:
    return {
        **named(ballot),
        "language": ballot.language,
        "method": ballot.method,
        "body": ballot.body.title if ballot.body.is_public else "",
        "on": day(ballot.happened_on),
        "outcome": content["outcome"],
        "said": content["said"],
        "checksum": ballot.checksum,
    }


def bodies_of(process: Process, *, on: date) -> list[dict[str, Any]]:
    """Public bodies with the functions and perspectives of their seats, never with people."""
    seats = Seat.objects.select_related("perspective").order_by("position", "pk")
    rows = (
        Body.objects.filter(processes=process, is_public=True)
        .prefetch_related(Prefetch("seats", seats))
        .order_by("title", "pk")
    )
    order = {kind: place for place, kind in enumerate(BodyKind.values)}
    return [
        {
            **named(body),
            "kind": body.body_kind,
            "text": body.text,
            "language": body.language,
            "seats": [_seat(seat) for seat in body.seats.all() if seat.in_term(on)],
        }
        for body in sorted(rows, key=lambda body: order.get(body.body_kind, len(order)))
    ]


def _seat(seat: Seat) -> dict[str, Any]:
    perspective = seat.perspective
    return {
        "function": seat.function,
        "perspective": perspective.title if perspective and perspective.is_public else "",
        "has_voice": seat.has_voice,
        "leads": seat.leads,
    }


def participants_of(process: Process, measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """Public organisations with a seat, a lead or a part in a measure, by kind; one query."""
    working = {m.lead_id for m in measures if m.lead_id is not None}
    working |= {o.pk for m in measures for o in m.partners.all()}
    seated = Seat.objects.filter(body__processes=process, body__is_public=True)
    rows = Organisation.objects.filter(
        Q(pk__in=sorted(working)) | Q(pk__in=seated.values("organisation")),
        municipality=process.municipality_id,
        is_public=True,
    ).order_by("title", "pk")
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for organisation in rows:
        by_kind[organisation.organisation_kind].append(named(organisation))
    return [
        {"kind": kind, "organisations": by_kind[kind]}
        for kind in OrganisationKind.values
        if kind in by_kind
    ]


def figures_known(
    process: Process,
    *,
    received: int,
    meetings: Sequence[dict[str, Any]],
    bodies: Iterable[dict[str, Any]],
    participants: Iterable[dict[str, Any]],
) -> dict[str, Any]:
    """Numbers that may be quoted: what the town published, and what the system counted.

    `people` and `institutions` come from the town and are null where it said nothing.
    """
    told = process.counts if isinstance(process.counts, dict) else {}
    people, institutions = told.get("people"), told.get("institutions")
    bodies = list(bodies)
    return {
        "people": people if isinstance(people, int) else None,
        "institutions": institutions if isinstance(institutions, int) else None,
        "people_approx": bool(told.get("approx")),
        "contributions": received,
        "meetings": len(meetings),
        "bodies": len(bodies),
        "seats": sum(len(body["seats"]) for body in bodies),
        "organisations": sum(len(group["organisations"]) for group in participants),
    }
