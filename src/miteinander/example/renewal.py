"""The second process, open today: a newcomer can take part at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from miteinander.community import actions as community
from miteinander.core.pictures import read_picture
from miteinander.core.standing import Standing
from miteinander.example.agreeing import tell_agreeing
from miteinander.example.asking import take_questions
from miteinander.example.attending import note_attendance, open_registration
from miteinander.example.calling import open_call
from miteinander.example.drafting import tell_drafting
from miteinander.example.pictures import draw_picture
from miteinander.example.reviewing import review_draft
from miteinander.example.source import clock, days_from, read
from miteinander.example.surveying import ask_survey
from miteinander.example.town import Town
from miteinander.example.voting import vote_on_statements
from miteinander.participation import actions as participation
from miteinander.participation.states import CallMethod, Channel
from miteinander.process import actions as process

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution
    from miteinander.process.models import Phase, Process
    from miteinander.strategy.models import Concept


def tell_renewal(town: Town, *, continues: Concept, now: datetime) -> Process:
    data = read("renewal")
    row, mandate = data["process"], data["mandate"]
    on = days_from(town.today, mandate["days"])
    by = town.coordination(on, 9)
    renewal = process.create_process(
        town.municipality,
        title=row["title"],
        question=row["question"],
        text=row["text"],
        aims=row["aims"],
        lead_office=town.office,
        planned_months=row["planned_months"],
        starts=on,
        mandate=process.Mandate(
            body=town.bodies[mandate["body"]],
            on=on,
            title=mandate["title"],
            text=mandate["text"],
            result=mandate["result"],
        ),
        is_example=True,
        by=by,
        at=by.at,
    )
    community.translate(
        renewal, "question", "en", row["question_en"],
        state="checked", by=by, at=by.at,
    )  # fmt: skip
    phases = _plan(town, renewal, by)
    renewal = process.publish_process(renewal.refreshed(), by=by, at=by.at)
    for phase in phases:
        if phase.ends is not None and phase.ends < town.today:
            done = town.coordination(phase.ends, 18)
            participation.close_phase(phase, by=done, at=done.at)
    _announce(town, renewal)
    calls = _open_calls(town, phases)
    heard = _hear(town, renewal, calls, now)
    open_phase = next(p for p in phases if "contribute" in p.permits)
    review_draft(town, open_phase, now=now)
    take_questions(town, open_phase, now=now)
    vote_on_statements(town, open_phase, now=now)
    ask_survey(town, open_phase)
    draft = tell_drafting(town, renewal, continues=continues, heard=heard, now=now)
    tell_agreeing(town, renewal, draft, now=now)
    return renewal


def _plan(town: Town, renewal: Process, by: Standing) -> list[Phase]:
    phases = [
        process.plan_phase(
            renewal,
            title=row["title"],
            kind=row["kind"],
            starts=days_from(town.today, row["starts_days"]),
            ends=(
                days_from(town.today, row["ends_days"]) if row["ends_days"] is not None else None
            ),
            permits=row["permits"],
            by=by,
            at=by.at,
        )
        for row in read("renewal")["phases"]
    ]
    for body in town.bodies.values():
        process.attach_body(renewal, body=body, by=by, at=by.at)
    return phases


def _announce(town: Town, renewal: Process) -> None:
    by = town.coordination(town.today - timedelta(days=10))
    for row in read("renewal")["meetings"]:
        meeting = process.announce_meeting(
            renewal,
            body=town.bodies[row["body"]],
            title=row["title"],
            kind=row["kind"],
            on=days_from(town.today, row["days"]),
            starts_at=clock(row["time_from"]),
            ends_at=clock(row["time_to"]),
            place=row["place"],
            text=row["text"],
            agenda=[process.Point.read(line) for line in row["agenda"]],
            access_notes=row.get("access_notes", ""),
            is_example=True,
            by=by,
            at=by.at,
        )
        if row["registration"]:
            open_registration(town, meeting, places=row["places"])
        if row["days"] < 0:
            note_attendance(town, meeting)


def _open_calls(town: Town, phases: list[Phase]) -> dict[str, Call]:
    phase = next(p for p in phases if "contribute" in p.permits)
    calls = {}
    for row in read("renewal")["calls"]:
        calls[row["key"]], _by = open_call(
            town, phase, row, CallMethod.IDEAS, row.get("allows", ())
        )
    return calls


def _hear(
    town: Town, renewal: Process, calls: dict[str, Call], now: datetime
) -> dict[str, Contribution]:
    """Online voices come in as they do from the street and are moderated; others are typed in."""
    heard: dict[str, Contribution] = {}
    for row in read("renewal")["contributions"]:
        on: date = days_from(town.today, row["days"])
        by = town.coordination(on, 9)
        at = min(by.at, now)
        if row["channel"] == Channel.ONLINE:
            visitor = Standing(municipality=town.municipality.pk, at=at)
            made, _code = participation.submit_contribution(
                calls[row["call"]],
                text=row["text"],
                language=row["language"],
                may_publish=row["public"],
                form_key=participation.fresh_form_key(at=at),
                replies_to=heard.get(row.get("replies_to", "")),
                beside=_beside(row),
                is_example=True,
                by=visitor,
                at=at,
            )
            if blacked := row.get("blacked_out"):
                made = participation.black_out(made, **blacked, by=by, at=at)
            elif row["state"] == "published":
                made = participation.publish_contribution(made, by=by, at=at)
        else:
            made = participation.record_contribution(
                renewal, call=calls[row["call"]], text=row["text"], channel=row["channel"],
                language=row["language"], may_publish=row["public"], is_example=True,
                by=by, at=at,
            )  # fmt: skip
        if translation := row.get("translation_de"):
            community.translate(made, "text", "de", translation, state="checked", by=by, at=at)
        heard[row["key"]] = made
    for row in read("renewal")["contributions"]:
        _support(heard[row["key"]], calls[row["call"]], how_many=row.get("supports", 0), at=now)
    return heard


def _beside(row: dict[str, Any]) -> participation.Beside:
    """What came with the words: a picture drawn by us, a place in the town's own words."""
    picture = row.get("picture")
    return participation.Beside(
        picture=read_picture(draw_picture(picture)) if picture else None,
        picture_text=row.get("picture_text", ""),
        place=participation.Place(row.get("neighbourhood", ""), row.get("place", "")),
    )


def _support(said: Contribution, call: Call, *, how_many: int, at: datetime) -> None:
    """Invented people press the button, each with a key of their own."""
    for number in range(how_many):
        code = participation.participant_code(call, f"example {said.pk} {number}")
        participation.support(said, participation.take_part(call, code, at=at), at=at)
