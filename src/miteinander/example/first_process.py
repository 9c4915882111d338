"""The first process, 2019 to 2021, and what became of it since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import override

from miteinander.adoption import actions as adoption
from miteinander.adoption.states import Choice
from miteinander.community import actions as community
from miteinander.community.queries import standing_of_seat
from miteinander.core.standing import Role, Standing
from miteinander.example.source import EXAMPLE, Row, clock, day, marked, moment, read
from miteinander.example.town import Town
from miteinander.monitoring import actions as monitoring
from miteinander.participation import actions as participation
from miteinander.process import actions as process
from miteinander.strategy import actions as strategy
from miteinander.strategy.queries import chapters_of

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution, Theme
    from miteinander.process.models import Meeting, Phase, Process, Resolution
    from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal, Measure


FACHRUNDE = date(2019, 10, 7)
ANSWERED = date(2020, 3, 25)
LAST_REVIEW = date(2021, 9, 21)
WRITTEN = date(2021, 9, 23)
FROZEN = date(2021, 9, 28)


@dataclass
class Story:
    """What has been told so far, by the keys of the files."""

    town: Town
    process: Process
    concept: Concept | None = None
    phases: dict[str, Phase] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    resolutions: dict[str, Resolution] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    fields: dict[str, FieldOfAction] = field(default_factory=dict)
    cross_cutting: dict[str, CrossCuttingTheme] = field(default_factory=dict)
    measures: dict[tuple[str, str], Measure] = field(default_factory=dict)


def tell_first_process(town: Town, *, now: datetime) -> Story:
    story = Story(town, _begin(town))
    _plan(story)
    _meet(story, "2019-01-01", "2019-10-08")
    _collect(story)
    _sort(story)
    _meet(story, "2019-10-09", "2020-12-31")
    _draft(story)
    _answer(story)
    _meet(story, "2021-01-01", "2021-09-30")
    _change_fields(story)
    _draft_the_rest(story)
    _review(story)
    _write_chapters(story)
    _adopt(story)
    _close(story)
    _carry_out(story, now)
    return story


# --- mandate, phases, meetings -------------------------------------------------------------


def _begin(town: Town) -> Process:
    facts = read("facts")
    row, mandate = facts["process"], facts["resolutions"][0]
    on = day(mandate["date"])
    by = town.coordination(on, 9)
    made = process.create_process(
        town.municipality,
        title=row["title"],
        question=row["question"],
        text=row["text"],
        aims=row["aims"],
        lead_office=town.office,
        planned_months=row["planned_months"],
        starts=day(row["started"]),
        precision=row["started_precision"],
        counts=row["participants"],
        mandate=process.Mandate(
            body=town.bodies[mandate["body"]],
            on=on,
            title=mandate["title"],
            text=mandate["text"],
            result=mandate["result"],
            precision=mandate["precision"],
        ),
        by=by,
        at=by.at,
    )
    community.translate(
        made, "question", "en", row["question_en"], state="checked", by=by, at=by.at
    )
    return made


def _plan(story: Story) -> None:
    facts = read("facts")
    by = story.town.coordination(day("2019-02-01"), 10)
    for row in facts["phases"]:
        story.phases[row["key"]] = process.plan_phase(
            story.process,
            title=row["title"],
            kind=row["kind"],
            starts=day(row["starts"]),
            ends=day(row["ends"]) if row["ends"] else None,
            permits=row["permits"],
            precision=row["precision"],
            by=by,
            at=by.at,
        )
    for body in story.town.bodies.values():
        process.attach_body(story.process, body=body, by=by, at=by.at)
    story.process = process.publish_process(story.process.refreshed(), by=by, at=by.at)


def _meet(story: Story, since: str, until: str) -> None:
    for row in read("facts")["meetings"]:
        if not since <= row["date"] <= until:
            continue
        on = day(row["date"])
        before = story.town.coordination(on - timedelta(days=21))
        meeting = process.announce_meeting(
            story.process,
            body=story.town.bodies[row["body"]],
            title=row["title"],
            kind=row["kind"],
            on=on,
            precision=row["precision"],
            starts_at=clock(row["time_from"]),
            place=row["place"] or "",
            participants=row["participants"],
            participants_approx=row["approx"],
            agenda=[marked(point, row, "agenda") for point in row["agenda"]],
            is_example=row.get("example", False),
            by=before,
            at=before.at,
        )
        story.meetings[row["key"]] = meeting
        after = story.town.coordination(on + timedelta(days=7), 10)
        minutes = process.record_minutes(
            meeting,
            text=row["minutes"],
            agreements=[
                process.Agreement(
                    what=marked(a["what"], row, "agreements"),
                    owner_function=a["owner_function"],
                    due=day(a["due"]),
                )
                for a in row["agreements"]
            ],
            is_example=True,
            by=after,
            at=after.at,
        )
        approved = story.town.coordination(on + timedelta(days=28), 10)
        process.approve_minutes(minutes, by=approved, at=approved.at)
        for task in meeting.tasks.all():
            done = story.town.coordination(task.due or on, 17)
            process.finish_task(task, by=done, at=done.at)


# --- contributions and themes ----------------------------------------------------------------


def _collect(story: Story) -> None:
    story.concept = _concept(story)
    meeting = story.meetings["fachrunde_2019"]
    for number, row in enumerate(read("contributions")["contributions"]):
        on = day(row["date"])
        by = story.town.coordination(max(on, FACHRUNDE), 13, number % 60)
        made = participation.record_contribution(
            story.process,
            text=row["text"],
            channel=row["channel"],
            meeting=meeting if on == FACHRUNDE else None,
            may_publish=row["public"],
            language=row["language"],
            happened_on=on,
            is_example=True,
            by=by,
            at=by.at,
        )
        story.contributions[row["key"]] = made
        if translation := row.get("translation_de"):
            community.translate(made, "text", "de", translation, state="checked", by=by, at=by.at)


def _concept(story: Story) -> Concept:
    facts = read("facts")
    by = story.town.coordination(FACHRUNDE, 9)
    concept = strategy.begin_concept(story.process, title=read("concept")["title"], by=by, at=by.at)
    for row in facts["cross_cutting_themes"]:
        story.cross_cutting[row["key"]] = strategy.name_cross_cutting_theme(
            concept, title=row["title"], text=row["text"], by=by, at=by.at
        )
    groups = {b["field"]: story.town.bodies[b["key"]] for b in facts["bodies"] if "field" in b}
    for row in facts["candidate_fields"]:
        story.fields[row["key"]] = strategy.propose_field(
            concept, title=row["title"], working_group=groups.get(row["key"]), by=by, at=by.at
        )
    return concept


def _sort(story: Story) -> None:
    data = read("contributions")
    meeting = story.meetings["fachrunde_2019"]
    by = story.town.coordination(date(2019, 11, 4), 15)
    titles = {row["key"]: row["title"] for row in read("facts")["candidate_fields"]}
    gathered = defaultdict(list)
    for row in data["contributions"]:
        gathered[row["theme"]].append(story.contributions[row["key"]])
    for row in data["themes"]:
        theme = participation.name_theme(
            story.process,
            title=row["title"],
            text=row["text"],
            candidate_field=titles[row["candidate_field"]],
            is_example=True,
            by=by,
            at=by.at,
        )
        story.themes[row["key"]] = theme
        participation.gather(gathered[row["key"]], theme, meeting=meeting, by=by, at=by.at)
        strategy.attach_theme_to_field(
            theme, field=story.fields[row["candidate_field"]], meeting=meeting, by=by, at=by.at
        )
    for row in data["merges"]:
        participation.merge_contributions(
            story.contributions[row["into"]],
            [story.contributions[key] for key in row["from"]],
            reason=row["reason"],
            by=by,
            at=by.at,
        )
    for row in data["splits"]:
        parts = participation.split_contribution(
            story.contributions[row["of"]],
            [part["text"] for part in row["parts"]],
            reason=row["reason"],
            by=by,
            at=by.at,
        )
        for part, told in zip(parts, row["parts"], strict=True):
            participation.gather([part], story.themes[told["theme"]], by=by, at=by.at)


def _answer(story: Story) -> None:
    data = read("contributions")
    by = story.town.coordination(ANSWERED, 11)
    for row in data["answer_exceptions"]:
        participation.answer_contribution(
            story.contributions[row["contribution"]],
            outcome=row["outcome"],
            reason=row["reason"],
            business_of=row.get("business_of", ""),
            by=by,
            at=by.at,
        )
    for row in data["answers"]:
        participation.answer_theme(
            story.themes[row["theme"]], outcome=row["outcome"], reason=row["reason"],
            business_of=row.get("business_of", ""), by=by, at=by.at,
        )  # fmt: skip
    with override("de"):
        participation.take_starting_blocks(story.town.municipality, language="de")
    _say_more(story, [*data["answer_exceptions"], *data["answers"]], by)
    for key in ("fachrunden", "arbeitsgruppen"):
        closing = story.town.coordination(story.phases[key].ends or ANSWERED, 18)
        participation.close_phase(story.phases[key], by=closing, at=closing.at)


def _say_more(story: Story, rows: list[Row], by: Standing) -> None:
    """A supplement, and translations of answers: one that was checked, one by a machine."""
    later = story.town.coordination(ANSWERED + timedelta(days=200), 10)
    for row in rows:
        if supplement := row.get("supplement"):
            answer = story.contributions[row["contribution"]].refreshed().answer
            participation.supplement_answer(answer, text=supplement, by=later, at=later.at)
        if told := row.get("translation"):
            said = story.contributions[told["for"]].refreshed()
            participation.translate_answer(
                said.answer,
                language=said.language,
                texts={said.answer.wording: told["text"]},
                state=told["state"],
                by=by,
                at=by.at,
            )


# --- fields, goals, measures -------------------------------------------------------------------


def _draft(story: Story) -> None:
    """Every goal that grew in its working group; those from moved themes come later."""
    for row in read("concept")["fields"]:
        field_of_action = story.fields[row["formerly"]]
        story.fields[row["key"]] = field_of_action
        meeting = _meeting_of(story, row["working_group"])
        on = meeting.happened_on or date(2020, 2, 1)
        for goal in row["goals"]:
            if not _waits(goal):
                _grow(story, field_of_action, row=row, told=goal, meeting=meeting, on=on)


def _draft_the_rest(story: Story) -> None:
    meeting = story.meetings["sg_2021_09"]
    for row in read("concept")["fields"]:
        for goal in row["goals"]:
            if _waits(goal):
                _grow(
                    story,
                    story.fields[row["key"]],
                    row=row,
                    told=goal,
                    meeting=meeting,
                    on=LAST_REVIEW,
                )
    _in_order(story)


def _waits(goal: Row) -> bool:
    moved = {t["key"] for t in read("contributions")["themes"] if t.get("moved_from")}
    used = {*goal["themes"], *(k for m in goal["measures"] for k in m.get("from_themes", ()))}
    return bool(used & moved)


def _grow(
    story: Story,
    field_of_action: FieldOfAction,
    *,
    row: Row,
    told: Row,
    meeting: Meeting,
    on: date,
) -> None:
    by = story.town.coordination(on, 16)
    goal = strategy.grow_goal(
        field_of_action,
        title=told["title"],
        themes=[story.themes[key] for key in told["themes"]],
        text=told["text"],
        need=told["need"],
        evidence=told["evidence"],
        effect=told["effect"],
        indicator=told["indicator"] or "",
        no_indicator_reason=told["no_indicator_reason"] or "",
        meeting=meeting,
        is_example=True,
        by=by,
        at=by.at,
    )
    goal_number = row["goals"].index(told) + 1
    for number, sheet in enumerate(told["measures"], start=1):
        measure = strategy.grow_measure(
            goal,
            title=sheet["title"],
            text=sheet["text"],
            first_steps=sheet["first_steps"],
            target_groups=", ".join(sheet["target_groups"]),
            themes=[story.themes[key] for key in sheet.get("from_themes", ())],
            lead=story.town.organisations[sheet["lead"]],
            partners=[story.town.organisations[key] for key in sheet["partners"]],
            starts=day(sheet["starts"]) if sheet["starts"] else None,
            ends=day(sheet["ends"]) if sheet["ends"] else None,
            cost_once=sheet["cost_once"],
            cost_yearly=sheet["cost_yearly"],
            funding=sheet["funding"],
            cross_cutting_themes=[story.cross_cutting[key] for key in sheet["cross_cutting"]],
            is_key=sheet["key_measure"],
            is_quick_win=sheet["quick_win"],
            details=_details(sheet),
            meeting=meeting,
            is_example=True,
            by=by,
            at=by.at,
        )
        for told_number in sheet.get("indicators", ()):
            strategy.write_indicator(measure, _indicator(told_number), by=by, at=by.at)
        story.measures[row["key"], f"{goal_number}.{number}"] = measure


def _details(sheet: Row) -> dict[str, object]:
    told = dict(sheet.get("details", {}))
    return told | ({"staff_need": Decimal(told["staff_need"])} if "staff_need" in told else {})


def _indicator(told: Row) -> dict[str, object]:
    numbers = {name: Decimal(told[name]) for name in ("baseline", "target")}
    days = {name: day(told[name]) for name in ("baseline_on", "target_by")}
    return {**told, **numbers, **days}


def _in_order(story: Story) -> None:
    """Goals that came late take the place that the printed concept gives them."""
    by = story.town.coordination(LAST_REVIEW, 17)
    for row in read("concept")["fields"]:
        for number in range(1, len(row["goals"]) + 1):
            goal = story.measures[row["key"], f"{number}.1"].goal.refreshed()
            if goal.position != number:
                strategy.move_goal(
                    goal, field=story.fields[row["key"]].refreshed(), position=number,
                    by=by, at=by.at,
                )  # fmt: skip


def _meeting_of(story: Story, body: str) -> Meeting:
    return next(m for m in story.meetings.values() if m.body_id == story.town.bodies[body].pk)


def _change_fields(story: Story) -> None:
    facts, data = read("facts"), read("contributions")
    meeting = story.meetings["sg_2021_09"]
    by = story.town.coordination(LAST_REVIEW, 16)
    for change in facts["field_changes"]:
        field_of_action = story.fields[change["from"]].refreshed()
        if change["kind"] == "rename":
            title = next(f["title"] for f in facts["fields"] if f["key"] == change["to"])
            story.fields[change["to"]] = strategy.rename_field(
                field_of_action, title=title, by=by, at=by.at
            )
        else:
            moved: dict[Theme | Goal, FieldOfAction] = {
                story.themes[t["key"]]: story.fields[t["moved_to"]].refreshed()
                for t in data["themes"]
                if t.get("moved_from") == change["from"]
            }
            strategy.retire_field(
                field_of_action, reason=change["reason"], moved_to=moved, meeting=meeting,
                by=by, at=by.at,
            )  # fmt: skip
    for row in read("concept")["fields"]:
        kept = strategy.keep_field(story.fields[row["key"]].refreshed(), by=by, at=by.at)
        changes = {
            "scope": marked(row["scope"], row, "scope"),
            "guiding_goal": marked(row["guiding_goal"], row, "guiding_goal"),
        }
        story.fields[row["key"]] = strategy.describe_field(
            kept, changes=changes, revision=kept.revision, by=by, at=by.at
        )


# --- review, resolution, implementation ----------------------------------------------------------


def _review(story: Story) -> None:
    asked = story.town.coordination(LAST_REVIEW, 9)
    objections = {(o["field"], o["number"]): o for o in read("concept")["objections"]}
    unanswered = _unanswered_leads(story)
    speakers = [standing_of_seat(seat, at=moment(LAST_REVIEW, 18)) for seat in story.town.seats]
    for key, measure in story.measures.items():
        row = measure.refreshed()
        strategy.submit_measure(row, by=asked, at=asked.at)
        strategy.ask_lead(row, by=asked, at=asked.at)
        if key not in unanswered:
            accepted = _of_organisation(story, row, moment(LAST_REVIEW, 12))
            strategy.accept_lead(row, by=accepted, at=accepted.at)
        if told := objections.get(key):
            _object(story, row, told)
    # Where somebody objects, all others spoke one by one; the rest was agreed to as a whole.
    for key, told in objections.items():
        for speaker in speakers:
            if speaker.function.removesuffix(f" {EXAMPLE}") != told["seat_function"]:
                adoption.cast_voice(
                    story.measures[key], choice=Choice.AGREE, by=speaker, at=speaker.at
                )


def _unanswered_leads(story: Story) -> set[tuple[str, str]]:
    """Three leads have been asked and never answered: silence is visible in the example too."""
    quiet = [key for key in story.measures if key[0] == "gesellschaftliche_teilhabe"]
    return set(quiet[-3:])


def _of_organisation(story: Story, measure: Measure, at: datetime) -> Standing:
    assert measure.lead is not None
    return Standing(
        municipality=story.town.municipality.pk,
        at=at,
        role=Role.MEMBER,
        organisations=frozenset({measure.lead.pk}),
        function=measure.lead.title,
    )


def _object(story: Story, measure: Measure, told: Row) -> None:
    seat = story.town.seat(told["seat_function"])
    speaker = standing_of_seat(seat, at=moment(LAST_REVIEW, 18))
    adoption.cast_voice(
        measure,
        choice=Choice.OBJECT,
        reason=marked(told["reason"], told),
        by=speaker,
        at=speaker.at,
    )
    answering = story.town.coordination(LAST_REVIEW, 19)
    objection = measure.objections.get()
    adoption.answer_objection(objection, response=told["response"], by=answering, at=answering.at)
    adoption.carry_objection(objection.refreshed(), by=answering, at=answering.at)


def _write_chapters(story: Story) -> None:
    """The free chapters of the document, in texts made for the example."""
    assert story.concept is not None
    by = story.town.coordination(WRITTEN, 10)
    chapters = {c.chapter_kind: c for c in chapters_of(story.concept)}
    for row in read("chapters")["chapters"]:
        chapter = chapters[row["kind"]]
        strategy.write_chapter(
            chapter, changes={"text": row["text"], "is_example": True},
            revision=chapter.revision, by=by, at=by.at,
        )  # fmt: skip


def _adopt(story: Story) -> None:
    assert story.concept is not None
    by = story.town.coordination(FROZEN, 10)
    version = adoption.freeze_version(story.concept, by=by, at=by.at)
    _meet(story, "2021-10-01", "2021-12-31")
    for row in read("facts")["resolutions"][1:]:
        on = day(row["date"])
        decided = story.town.coordination(on, 18)
        resolution = process.resolve(
            story.process,
            body=story.town.bodies[row["body"]],
            title=row["title"],
            text=marked(row["text"], row, "text"),
            on=on,
            precision=row["precision"],
            kind=row["kind"],
            result=row["result"],
            meeting=next(
                m for m in story.meetings.values()
                if m.happened_on == on and m.body_id == story.town.bodies[row["body"]].pk
            ),
            about=[version.as_thing()],
            by=decided,
            at=decided.at,
        )  # fmt: skip
        story.resolutions[row["key"]] = resolution
        if row["kind"] == "adoption":
            adoption.adopt_version(version, resolution=resolution, by=decided, at=decided.at)


def _close(story: Story) -> None:
    """Phases in which nobody was asked anything close on their last day."""
    for key in ("mandat", "auftakt", "beschluss"):
        phase = story.phases[key]
        by = story.town.coordination(phase.ends or FROZEN, 18)
        participation.close_phase(phase, by=by, at=by.at)


def _carry_out(story: Story, now: datetime) -> None:
    for row in sorted(read("reports")["reports"], key=lambda row: -row["days_ago"]):
        measure = story.measures[row["field"], row["number"]].refreshed()
        reporting = _of_organisation(story, measure, now - timedelta(days=row["days_ago"]))
        monitoring.report_status(
            measure,
            light=row["state"],
            text=row["text"],
            next_step=row["next_step"] or "",
            is_example=True,
            by=reporting,
            at=reporting.at,
        )
