"""A small town with one of everything, public and not: what the tests over all pages walk through.

Built by factories, so that a test of pages does not depend on the road of the actions. Whatever
has the name of a kind (``world["measure"]``) may be seen by everybody; ``world["hidden measure"]``
is its twin that may not.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from miteinander.adoption import actions as adoption
from miteinander.adoption.states import Method
from miteinander.community.models import SheetImport
from miteinander.community.queries import fingerprint_of, forget_frames
from miteinander.config.signin import sign_in_path
from miteinander.core.built import keep
from miteinander.core.canonical import canonical
from miteinander.core.codes import code_from
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.links import sign_link
from miteinander.core.models import Attachment, Municipality, Relation, Thing, User
from miteinander.core.standing import Role, system
from miteinander.monitoring.rules import REPORT_LINK
from miteinander.participation.actions import cast_vote, noticing, participant_code, take_part
from miteinander.participation.actions.receipts import receipt_code
from miteinander.participation.models import (
    Answer,
    AnswerDays,
    AnswerNotice,
    BlackedOut,
    ContributionCount,
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
    Passage,
    PassageComment,
    QuestionTime,
    RoomQuestion,
    TextBlock,
)
from miteinander.participation.queries.receipts import receipt_hash
from miteinander.process import actions as drawing
from miteinander.process.models import (
    AgendaItem,
    Attendance,
    CalendarAddress,
    Correction,
    DatePoll,
    Dissent,
    ForeignDate,
    Guest,
    MeetingFile,
    Milestone,
    Minutes,
    Pattern,
    PollAnswer,
    PollOption,
    PollVoter,
    Remark,
    TablePlan,
    Task,
    Template,
)
from miteinander.process.queries import content_of, token_of
from miteinander.process.queries.attendance import door_key
from miteinander.process.queries.registration import registration_code, registration_hash
from miteinander.public.share import picture_of
from miteinander.strategy.models import ConceptImport, CrossCuttingTheme, OverlapRun
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.workspace.building import built
from tests import factories as make
from tests.adoption.ballots import cast_all, closed, terms
from tests.strategy.papers import docx, h

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = dt.timedelta(days=1)
A_SHEET = {"name": "liste.csv", "columns": ["Alter"], "rows": [["jung"], ["alt"]]}
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A crest goes into documents, which look at its bytes."""


@dataclass
class World:
    """Things and rows by name, and the accounts of the people in it."""

    town: Municipality
    rows: dict[str, Any] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.rows[name]

    def address_of(self, name: str) -> object:
        """What stands in a path for a row: code or token, identifier, else the number."""
        if name in self.codes:
            return self.codes[name]
        row = self.rows[name]
        if isinstance(row, Attachment):
            return row.identifier
        return row.identifier if isinstance(row, Thing) else row.pk

    def client(self, who: str, *, host: str = "") -> Client:
        """A browser of somebody; "visitor" is nobody."""
        client = Client(headers={"host": host or self.town.host}, raise_request_exception=False)
        if who != "visitor":
            client.force_login(self.users[who], backend=BACKEND)
        return client


def build(host: str, *, rows: int = 1, is_example: bool = False) -> World:
    """One town; `rows` is how many things stand in each of its lists."""
    town = make.MunicipalityFactory(host=host, name=f"Stadt {host}", is_example=is_example)
    world = World(town)
    _people(world, rows)
    _drafting(world, rows)
    _implementation(world, rows)
    _hidden(world)
    _tokens(world)
    if connection.vendor == "postgresql":
        # Its own analysis comes after a commit, and there is none. Our tables only: those that
        # all databases share would stay locked for the other runs.
        with connection.cursor() as cursor:
            tables = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            cursor.execute(f"ANALYZE {', '.join(tables)}")
    return world


def _people(world: World, rows: int) -> None:
    town, w = world.town, world.rows
    for _number in range(rows):
        w["perspective"] = make.PerspectiveFactory(municipality=town, text="Wer hier lernt.")
        w["organisation"] = make.OrganisationFactory(municipality=town, text="Ein Verein.")
        w["organisation"].perspectives.add(w["perspective"])
    for _number in range(rows):
        w["offer"] = make.OfferFactory(organisation=w["organisation"])
    w["office"] = make.OfficeFactory(municipality=town)
    w["picture"] = town.crest = make.AttachmentFactory(
        municipality=town, media_type="image/png", content=ONE_PIXEL
    )
    town.facts = {"legal": {"tile_server": "karten.stadt.example"}}
    town.save()
    make.RenditionFactory(attachment=town.crest)
    for _number in range(rows):
        w["news"] = make.NewsFactory(
            municipality=town, picture=make.AttachmentFactory(municipality=town)
        )
        w["page"] = make.PageFactory(municipality=town)
    w["office organisation"] = w["office"].organisation
    for name in ("news", "page"):
        words = {"title": "Vorher", "text": "Ein früherer Text."}
        w[f"edit of {name}"] = record(
            f"{name}.edited", w[name].as_thing(), by=system(town.pk, at=timezone.now()),
            at=timezone.now(), personal={"before": words},
        )  # fmt: skip
    w["steering"] = make.BodyFactory(municipality=town)
    w["group"] = make.BodyFactory(municipality=town, body_kind="working_group")
    w["body"] = w["steering"]
    for person, role in (
        ("coordinator", Role.COORDINATOR),
        ("member", Role.MEMBER),
        ("seat", Role.MEMBER),
        ("group", Role.MEMBER),
        ("lead", Role.MEMBER),
    ):
        membership = make.MembershipFactory(municipality=town, role=role)
        world.users[person] = membership.user
        w[f"{person} person"] = make.PersonFactory(
            municipality=town,
            user=membership.user,
            organisation=w["organisation"] if person == "lead" else None,
        )
    w["person"] = make.PersonFactory(municipality=town)
    w["list"] = SheetImport.objects.create(
        municipality=town, owner=world.users["coordinator"], name="liste.csv",
        content=b"Name\nEin Name aus einer Liste", state="open", received_at=timezone.now(),
        seen=fingerprint_of(town),
    )  # fmt: skip
    for number in range(rows):
        for body, person in (("steering", "seat"), ("group", "group")):
            w[f"{body} seat"] = make.SeatFactory(
                body=w[body],
                holder=w[f"{person} person"] if number == 0 else None,
                perspective=w["perspective"],
                organisation=w["organisation"],
                position=number,
            )
        make.TenureFactory(seat=w["steering seat"])
    w["seat"] = w["steering seat"]


def _drafting(world: World, rows: int) -> None:
    """The process that runs: people contribute, groups draft, the steering group reviews."""
    town, w = world.town, world.rows
    today = timezone.localdate()
    for number in range(rows):
        w["template"] = Template.objects.create(
            municipality=town, title=f"V{number}", parts=Pattern("V").as_parts(), made_on=today
        )
        w["process"] = process = make.ProcessFactory(
            municipality=town, lead_office=w["office"], starts=today - 100 * DAY
        )
    w["phase"] = phase = make.PhaseFactory(process=process)
    process.bodies.add(w["steering"], w["group"])
    for number in range(rows):
        Milestone.objects.create(process=process, title="Auftakt", on=today)
        past = make.MeetingFactory(
            process=process, body=w["steering"], happened_on=today - (20 + number) * DAY
        )
        w["next meeting"] = make.MeetingFactory(
            process=process, body=w["steering"], happened_on=today + 9 * DAY
        )
        Minutes.objects.create(
            meeting=past,
            municipality=town,
            title=f"Protokoll {number}",
            text="Es wurde viel gesagt.",
            state="approved",
            approved_on=today,
            is_public=True,
            happened_on=today,
        )
        for _correction in range(rows):
            w["correction"] = Correction.objects.create(
                minutes=past.minutes, passage="viel", proposal="wenig", reason="So war es.",
                function="Sitz Schule", proposed_at=timezone.now(),
            )  # fmt: skip
            w["remark"] = Remark.objects.create(
                minutes=past.minutes, text="Es waren mehr.", function="Koordination",
                made_on=today,
            )  # fmt: skip
        for position in range(rows):
            AgendaItem.objects.create(meeting=past, position=position, title="Begrüßung")
            w["task"] = Task.objects.create(
                meeting=past, what="Räume suchen", owner_function="Koordination", due=today
            )
            w["resolution"] = make.ResolutionFactory(process=process, meeting=past)
            w["dissent"] = Dissent.objects.create(
                resolution=w["resolution"], function="Sitz Schule", text="Es geht zu schnell."
            )
        w["meeting"], w["minutes"] = past, past.minutes
        w["call"] = make.CallFactory(
            process=process, phase=phase, allows=["comments", "picture", "place", "support"]
        )
        w["theme"] = make.ThemeFactory(process=process)
        _drawn(world, number)
        _seated(world, number)
    _planned(world, rows)
    _attendance(world, rows)
    for minutes in Minutes.objects.filter(municipality=town, state="approved"):
        # Without the checksum that makes the database refuse changes: tests plant markers.
        content = canonical(content_of(minutes)).decode()
        Minutes.objects.filter(pk=minutes.pk).update(frozen=content)
    w["concept"] = concept = make.ConceptFactory(process=process)
    w["document"] = ConceptImport.objects.create(
        concept=concept, owner=world.users["coordinator"], name="konzept.docx", digest="d" * 64,
        content=docx(h(2, "Handlungsfeld 1: Wohnen")), state="open", received_at=timezone.now(),
    )  # fmt: skip
    for number in range(rows):
        w["chapter"] = make.ChapterFactory(concept=concept)
        w["cross_cutting_theme"] = CrossCuttingTheme.objects.create(
            municipality=town,
            concept=concept,
            title=f"Ehrenamt {number}",
            is_public=True,
            happened_on=today,
        )
        w["field"] = make.FieldOfActionFactory(concept=concept, working_group=w["group"])
    for number in range(rows):
        w["goal"] = make.GoalFactory(field=w["field"], number=str(number + 1), position=number + 1)
    for number in range(rows):
        w["measure"] = _measure(world, w["goal"], number, state="submitted", lead_state="asked")
    # One of each: a town of many would only have more of the same pages.
    w["wished"] = _measure(
        world, w["goal"], rows, state="draft", is_public=True, lead_state="wished"
    )
    w["overlap run"] = OverlapRun.objects.create(
        concept=concept, seen="1:1", made_at=timezone.now()
    )
    w["overlap"] = make.OverlapFactory(concept=concept, first=w["measure"], second=w["wished"])
    w["draft"] = _measure(world, w["goal"], rows, state="draft", is_public=False)
    for _number in range(rows):
        _on_the_sheets(world)
    w["version"] = adoption.freeze_version(
        concept, by=system(town.pk, at=timezone.now()), at=timezone.now()
    )
    _files(w["version"])
    for number in range(rows):
        w["objection"] = make.ObjectionFactory(
            measure=w["measure"],
            seat=w["steering seat"] if number == 0 else make.SeatFactory(body=w["steering"]),
            title="Einwand einer Stelle",
        )
    _voices(world, rows)
    _voted(world, rows)
    _surveyed(world, rows)
    for number in range(rows):
        _thread(world, number)


def _voted(world: World, rows: int) -> None:
    """Ballots of the steering group: one prepared, one running, one counted, one for members."""
    w, who = world.rows, system(world.town.pk, at=timezone.now())
    world.codes |= {"method": "dots", "ballot file": "json", "hidden ballot file": "json"}

    def prepared(title: str, **more: Any) -> Any:
        return adoption.prepare_ballot(
            w["process"], body=w["steering"], method=Method.DOTS,
            terms=terms(Method.DOTS, title=title, **more), by=who, at=who.at,
        )  # fmt: skip

    def counted(title: str, **more: Any) -> Any:
        ballot = adoption.open_ballot(prepared(title, **more), by=who, at=who.at)
        cast_all(ballot, [{"1": 1}])
        return closed(ballot)

    for number in range(rows):
        w["draft ballot"] = prepared(f"Was bereiten wir vor? {number}")
        running = prepared(f"Womit beginnen wir? {number}", has_paper=True)
        running = adoption.open_ballot(running, by=who, at=who.at)
        everybody = list(running.electors.values_list("pk", flat=True))
        w["open ballot"] = adoption.hand_out_papers(running, electors=everybody, by=who, at=who.at)
        w["ballot"] = counted(f"Was kommt zuerst? {number}")
    w["hidden ballot"] = counted("Nur für uns", publishes=False)


def _planned(world: World, rows: int) -> None:
    """Who is invited to the next meeting, its files, a date that is looked for, a calendar."""
    w, at = world.rows, timezone.now()
    w["invitation"] = Attendance.objects.create(
        meeting=w["next meeting"], person=w["seat person"], seat=w["steering seat"],
        function="Sitz Schule", invited_at=at,
    )  # fmt: skip
    w["poll"] = poll = DatePoll.objects.create(
        process=w["process"], body=w["steering"], title="Klausur", text="Ein Tag im Grünen",
        place="Hütte", closes_on=timezone.localdate() + 5 * DAY, asked_at=at,
    )  # fmt: skip
    for number in range(rows):
        w["file row"] = MeetingFile.objects.create(
            meeting=w["next meeting"], title=f"Unterlage {number}", is_public=True,
            attachment=make.AttachmentFactory(municipality=world.town),
        )  # fmt: skip
        option = PollOption.objects.create(
            poll=poll, day=timezone.localdate() + (20 + number) * DAY, starts_at=dt.time(18)
        )
        person = w["seat person"] if number == 0 else make.PersonFactory(municipality=world.town)
        voter = PollVoter.objects.create(poll=poll, person=person, function=f"Sitz {number}")
        PollAnswer.objects.create(option=option, voter=voter, answer="yes")
    w["meeting file"] = w["file row"].attachment
    w["hidden meeting file"] = make.AttachmentFactory(municipality=world.town)
    MeetingFile.objects.create(
        meeting=w["next meeting"], title="Nur für Mitglieder", attachment=w["hidden meeting file"]
    )
    w["calendar"] = CalendarAddress.objects.create(person=w["seat person"], made_at=at)
    ForeignDate.objects.create(
        municipality=world.town, uid=f"{world.town.host}@anderswo", meeting=w["next meeting"]
    )
    world.codes["calendar token"] = token_of(w["calendar"])


def _attendance(world: World, rows: int) -> None:
    """A meeting today to which everybody may come; people and guests have registered."""
    w = world.rows
    w["open meeting"] = meeting = make.MeetingFactory(
        process=w["process"],
        body=w["steering"],
        registration="public",
        registration_until=timezone.now() + DAY,
        capacity=100,
        happened_on=timezone.localdate(),
        starts_at=None,
    )
    for number in range(rows):
        code = registration_code(f"{world.town.host} {number}")
        w["attendance"] = make.AttendanceFactory(
            meeting=meeting,
            form_digest=f"{world.town.host} {number}",
            code_hash=registration_hash(code),
        )
        world.codes["registration code"] = code
        make.AttendanceFactory(
            meeting=meeting, person=make.PersonFactory(municipality=world.town), name=""
        )
    world.codes["door key"] = door_key(meeting)
    world.codes["list ending"] = "csv"
    world.codes["english"] = "en"
    world.codes["first page"] = "1"


def _drawn(world: World, number: int) -> None:
    """Draws by lot in all their states; the drawn one is public."""
    w, at = world.rows, timezone.now()
    by = system(world.town.pk, at=at)
    # Everybody sees them, so that whoever may not change them is told so (403, not 404).
    shared = {"process": w["process"], "body": w["steering"], "is_public": True}
    w["pooled draw"] = make.DrawFactory(**shared, tickets=4, sheet=A_SHEET)
    w["listed draw"] = make.DrawFactory(**shared, tickets=4, listed=True)
    w["announced draw"] = make.DrawFactory(**shared, tickets=4, listed=True)
    w["draw"] = make.DrawFactory(**shared, tickets=4, listed=True)
    w["hidden draw"] = make.DrawFactory(**shared, tickets=4, listed=True)
    for name in ("announced draw", "draw", "hidden draw"):
        public = name != "hidden draw"
        w[name] = drawing.announce_draw(w[name], seed_from="dice", public=public, by=by, at=at)
    w["called off draw"] = make.DrawFactory(**shared, state="announced")
    drawing.call_off_draw(w["called off draw"], reason="Zu wenige.", by=by, at=at)
    w["draw"] = drawing.draw_panel(w["draw"], seed=f"4-{number}", number=0, by=by, at=at)


def _seated(world: World, number: int) -> None:
    w = world.rows
    w["table plan"] = plan = TablePlan.objects.create(
        meeting=w["meeting"], title=f"Plan {number}", source="body", tables=2, state="ready"
    )
    for place in range(4):
        Guest.objects.create(plan=plan, name=f"Gast {place}", seats=[place % 2 + 1])


def _surveyed(world: World, rows: int) -> None:
    """A survey, and somebody who has sent their answers."""
    w, at = world.rows, timezone.now()
    w["survey"] = call = make.SurveyFactory(process=w["process"], phase=w["phase"])
    w["hidden survey"] = make.SurveyFactory(process=w["process"], phase=w["phase"], is_public=False)
    w["closed survey"], w["hidden closed survey"] = (
        make.SurveyFactory(
            process=w["process"],
            phase=w["phase"],
            is_public=is_public,
            opens_at=at - 3 * DAY,
            closes_at=at - DAY,
        )
        for is_public in (True, False)
    )
    w["hidden survey question"] = make.SurveyQuestionFactory(call=w["hidden survey"])
    code = participant_code(call, world.town.host)
    who = take_part(call, code, at=at)
    response = make.SurveyResponseFactory(participant=who, call=call, state="sent", turn=1)
    for _question in range(rows):
        w["survey question"] = make.SurveyQuestionFactory(call=call, help="Der Weg zum Kurs.")
        response.answers.create(question=w["survey question"], option=1)
        closed = make.SurveyQuestionFactory(call=w["closed survey"])
        for _answer in range(5):
            other = make.SurveyResponseFactory(call=w["closed survey"], state="sent", turn=1)
            other.answers.create(question=closed, option=1)
    world.codes["survey receipt"] = code
    world.codes["kind of question"] = "single"


def _voices(world: World, rows: int) -> None:
    town, w = world.town, world.rows
    for number in range(rows):
        code = receipt_code(f"{town.host} {number}")
        w["contribution"] = said = make.ContributionFactory(
            process=w["process"],
            call=w["call"],
            theme=w["theme"],
            meeting=w["meeting"],
            is_answered=True,
            receipt_hash=receipt_hash(code),
        )
        answer = Answer.objects.create(
            contribution=said,
            outcome="taken_up",
            reason="Daraus wurde eine Maßnahme.",
            function="Koordination",
            answered_at=timezone.now(),
        )
        answer.supplements.create(
            text="Sie ist beschlossen.", function="Koordination", added_at=timezone.now()
        )
        w["text block"] = TextBlock.objects.create(
            municipality=town, title=f"Nein {number}", text="Dafür fehlt das Geld."
        )
        world.codes["receipt"] = code
        _voting(world, number)
        waiting = AnswerNotice.objects.create(
            contribution=said, address="a@example.org", language="de", told="published",
            until=timezone.localdate(),
        )  # fmt: skip
        wish = [said.pk, "a@example.org", "de", int((timezone.now() + DAY).timestamp())]
        world.codes["wish for news"] = signing.dumps(wish, salt=noticing.SALT)
        world.codes["end of news"] = signing.dumps([waiting.pk, said.pk], salt=noticing.SALT)
        link(said, w["theme"], Relation.GATHERED_IN, on=timezone.localdate())
        photograph(said)
    w["review call"] = make.CallFactory(process=w["process"], phase=w["phase"], method="review")
    _drafted(world, rows)
    _asked(world, rows)
    for _comment in range(rows):
        w["comment"] = make.ContributionFactory(
            process=w["process"], call=w["call"], replies_to=w["contribution"], is_answered=True
        )
    w["blacked out"] = BlackedOut.objects.create(
        contribution=w["comment"], text="Wie es dastand.", words="dastand", reason="Ein Name.",
        was="submitted",
    )  # fmt: skip
    for scope in ("process", "call", "theme"):
        ContributionCount.objects.create(
            scope=w[scope], state="published", is_answered=True, is_part=False, count=rows
        )
    for scope in ("process", "call"):
        AnswerDays.objects.create(scope=w[scope], days=12, count=rows)
    w["theme"].gathered = rows
    w["theme"].save(update_fields=["gathered"])


def photograph(contribution: Any) -> None:
    """A picture and a place beside the words, whatever became of them."""
    picture = ContributionPicture.objects.create(
        contribution=contribution,
        alternative_text="Ein Tisch im Park.",
        digest="0" * 64,
        width=40,
        height=20,
        small_width=40,
        small_height=20,
    )
    ContributionPictureSize.objects.create(picture=picture, width=40, content=b"RIFF")
    ContributionPlace.objects.create(
        contribution=contribution, words="Im Stadtpark", latitude=47.7, longitude=10.3
    )


def _asked(world: World, rows: int) -> None:
    """A round of questions in a meeting: one is answered now, others wait or were answered."""
    w = world.rows
    w["round call"] = call = make.CallFactory(
        process=w["process"], phase=w["phase"], method="live", allows=["support"]
    )
    QuestionTime.objects.create(call=call, meeting=w["next meeting"])
    of_call = {"process": w["process"], "call": call, "channel": "meeting"}
    for _number in range(rows):
        w["question"] = make.ContributionFactory(**of_call)
        make.ContributionFactory(**of_call, is_answered=True)
    RoomQuestion.objects.create(
        contribution=make.ContributionFactory(**of_call), call=call, state="current"
    )


def _voting(world: World, number: int) -> None:
    """A call with statements, and somebody who voted on them."""
    w = world.rows
    if number == 0:
        w["voting call"] = make.CallFactory(
            process=w["process"], phase=w["phase"], method="statements", allows=["proposals"]
        )
    w["statement"] = make.StatementFactory(call=w["voting call"], order=2 * number + 1)
    make.StatementFactory(call=w["voting call"], order=2 * number + 2)
    w["proposal"] = make.ContributionFactory(
        process=w["process"], call=w["voting call"], state="submitted", is_public=False
    )
    code = participant_code(w["voting call"], f"{world.town.host} {number}")
    world.codes["votes code"] = code
    world.codes["votes ending"] = "csv"
    cast_vote(
        w["voting call"], code, statement=w["statement"].identifier, value=1, at=timezone.now()
    )


def _drafted(world: World, rows: int) -> None:
    """A draft with passages, and comments on its first one."""
    for number in range(1, rows + 2):
        passage = Passage.objects.create(
            call=world["review call"], number=number, text=f"Absatz {number} eines Entwurfs."
        )
        if number == 1:
            world.rows["passage"] = passage
    for _number in range(rows):
        said = make.ContributionFactory(process=world["process"], call=world["review call"])
        world.rows["passage comment"] = PassageComment.objects.create(
            contribution=said,
            passage=world["passage"],
            quote="eines Entwurfs",
            proposal="Absatz 1 unseres Entwurfs.",
        )


def _thread(world: World, number: int) -> None:
    """Sew the first row along the whole thread, further rows beside it where there are any."""
    w, on = world.rows, timezone.localdate()
    measures = list(w["goal"].measures.filter(is_public=True).order_by("position"))
    goals = list(w["field"].goals.order_by("position"))
    link(w["theme"], w["field"], Relation.COLLECTED_BY, on=on, context=w["meeting"])
    link(w["theme"], goals[number], Relation.GREW_INTO, on=on, context=w["meeting"])
    link(w["goal"], measures[number], Relation.GREW_INTO, on=on)
    link(w["measure"], w["version"], Relation.FROZEN_IN, on=on)
    link(w["measure"], w["measure"].objections.order_by("pk")[number], Relation.OBJECTED_BY, on=on)
    link(w["version"], w["resolution"], Relation.DECIDED_BY, on=on)
    link(w["theme"], w["meeting"], Relation.DISCUSSED_AT, on=on)


def _on_the_sheets(world: World) -> None:
    w = world.rows
    w["own field"] = make.OwnFieldFactory(municipality=world.town)
    for measure in (w["measure"], w["draft"]):
        w["indicator"] = make.IndicatorFactory(measure=measure)
    for thing in (w["field"], w["goal"], w["draft"]):
        for revision in range(2):
            make.WordingFactory(thing=thing.as_thing(), revision=revision)
            w["change proposal"] = make.ChangeProposalFactory(thing=thing.as_thing())
    world.codes["present kind"] = "goal"
    # Only written down: the pages of drafts are walked through as those who write them see them.
    w["hand-over"] = make.HandOverFactory(field=w["field"])
    make.HandedPartFactory(hand_over=w["hand-over"])


def _measure(world: World, goal: Any, number: int, **more: Any) -> Any:
    facts = {"text": "Wir öffnen die Räume.", "first_steps": "Räume suchen.", **more}
    made = make.MeasureFactory(
        goal=goal,
        position=number + 1,
        number=f"1.{number + 1}",
        lead=world["organisation"],
        **facts,
    )
    made.partners.add(world["office"].organisation)
    made.cross_cutting_themes.add(*_themes_of(goal))
    return made


def _themes_of(goal: Any) -> Any:
    return goal.field.concept.cross_cutting_themes.all()


def _implementation(world: World, rows: int) -> None:
    """An earlier process, whose concept is being carried out."""
    town, w = world.town, world.rows
    today = timezone.localdate()
    process = make.ProcessFactory(
        municipality=town, lead_office=w["office"], starts=today - 900 * DAY, state="adopted"
    )
    make.PhaseFactory(process=process, permits=["report"])
    concept = make.ConceptFactory(process=process, state="adopted")
    for number in range(rows):
        field_of_action = make.FieldOfActionFactory(concept=concept)
        goal = make.GoalFactory(field=field_of_action)
        w["adopted"] = _measure(world, goal, number, state="adopted", lead_state="accepted")
    for number in range(rows):
        w["report"] = make.StatusReportFactory(
            measure=w["adopted"],
            title=f"Bericht {number}",
            is_latest=number == rows - 1,
            reported_at=timezone.now() - (rows - number) * DAY,
        )
        link(w["adopted"], w["report"], Relation.REPORTED_IN, on=today)


def _hidden(world: World) -> None:
    """The twin of everything that may be hidden, hanging on the public things beside it."""
    town, w = world.town, world.rows
    hidden = {"municipality": town, "is_public": False}
    today = timezone.localdate()
    w["hidden news"] = make.NewsFactory(**hidden, state="draft", appears_at=None)
    make.NewsFactory(**hidden, state="scheduled", appears_at=timezone.now() + 3 * DAY)
    w["hidden page"] = make.PageFactory(**hidden)
    w["hidden picture"] = make.AttachmentFactory(municipality=town)
    for name, factory in (
        ("perspective", make.PerspectiveFactory),
        ("organisation", make.OrganisationFactory),
        ("body", make.BodyFactory),
    ):
        w[f"hidden {name}"] = factory(**hidden)
    w["hidden offer"] = make.OfferFactory(organisation=w["organisation"], is_public=False)
    w["hidden organisation"].perspectives.add(w["perspective"])
    w["organisation"].perspectives.add(w["hidden perspective"])
    make.SeatFactory(
        body=w["hidden body"], perspective=w["perspective"], organisation=w["organisation"]
    )
    of_process = {"process": w["process"], "is_public": False}
    w["hidden process"] = process = make.ProcessFactory(
        **hidden, lead_office=w["office"], starts=today - 5 * DAY
    )
    process.bodies.add(w["body"])
    w["hidden meeting"] = meeting = make.MeetingFactory(**of_process, body=w["body"])
    w["hidden minutes"] = Minutes.objects.create(
        meeting=make.MeetingFactory(process=w["process"], body=w["body"]),
        **hidden,
        title="Entwurf eines Protokolls",
        text="Noch nicht freigegeben.",
        happened_on=today,
    )
    w["hidden resolution"] = make.ResolutionFactory(**of_process, meeting=w["meeting"])
    w["hidden call"] = make.CallFactory(**of_process, phase=w["phase"], allows=["place"])
    w["hidden voting call"] = make.CallFactory(
        **of_process, phase=w["phase"], method="statements", allows=["proposals"]
    )
    w["hidden statement"] = make.StatementFactory(
        call=w["hidden voting call"],
        is_public=False,
        order=1,
        state="withdrawn",
        withdrawn_because="Sie nennt einen Namen.",
    )
    w["hidden review call"] = make.CallFactory(**of_process, phase=w["phase"], method="review")
    w["hidden round call"] = make.CallFactory(**of_process, phase=w["phase"], method="live")
    Passage.objects.create(call=w["hidden review call"], number=1, text="Noch nicht öffentlich.")
    w["call by code"] = make.CallFactory(
        **of_process,
        phase=w["phase"],
        audience="code",
        access_code=code_from("world", town.host),
    )
    world.codes["access code"] = code_from("world", town.host)
    w["hidden theme"] = make.ThemeFactory(**of_process)
    beside = {"call": w["call"], "theme": w["theme"], "meeting": w["meeting"]}
    for state in ("submitted", "internal", "refused", "withdrawn"):
        code = receipt_code(f"{town.host} {state}")
        w[f"{state} contribution"] = make.ContributionFactory(
            **of_process,
            **beside,
            state=state,
            may_publish=False,
            refusal="Der Beitrag nennt Namen." if state == "refused" else "",
            receipt_hash=receipt_hash(code),
        )
        world.codes[f"{state} receipt"] = code
        photograph(w[f"{state} contribution"])
    w["hidden contribution"] = w["internal contribution"]
    w["hidden concept"] = concept = make.ConceptFactory(process=process, is_public=False)
    w["hidden field"] = make.FieldOfActionFactory(
        concept=w["concept"], is_public=False, state="candidate"
    )
    w["hidden cross_cutting_theme"] = CrossCuttingTheme.objects.create(
        **hidden, concept=w["concept"], title="Nur ein Einfall"
    )
    w["hidden goal"] = make.GoalFactory(field=w["field"], is_public=False)
    w["hidden measure"] = w["draft"]
    w["hidden version"] = _hidden_version(world, concept)
    w["hidden objection"] = make.ObjectionFactory(
        measure=w["measure"], seat=make.SeatFactory(body=w["hidden body"]), is_public=False
    )
    w["hidden report"] = make.StatusReportFactory(
        measure=w["measure"], is_public=False, is_latest=False
    )
    for name in ("minutes", "hidden minutes"):
        for language in ("de", "en"):
            keep(w[name], "html", language, content=b"<p>Protokoll</p>", at=timezone.now())
    link(w["hidden contribution"], w["theme"], Relation.GATHERED_IN, on=today)
    link(w["hidden theme"], w["goal"], Relation.GREW_INTO, on=today, context=meeting)
    link(w["theme"], w["hidden goal"], Relation.GREW_INTO, on=today, context=meeting)
    link(w["theme"], w["hidden field"], Relation.COLLECTED_BY, on=today)
    link(w["goal"], w["hidden measure"], Relation.GREW_INTO, on=today, context=meeting)
    link(w["measure"], w["hidden objection"], Relation.OBJECTED_BY, on=today)
    link(w["adopted"], w["hidden report"], Relation.REPORTED_IN, on=today)
    link(w["contribution"], w["hidden contribution"], Relation.MERGED_INTO, on=today)
    link(w["theme"], w["hidden meeting"], Relation.DISCUSSED_AT, on=today)
    link(w["version"], w["hidden resolution"], Relation.DECIDED_BY, on=today)


def _files(version: Any) -> None:
    """What the worker makes of a version, in both languages."""
    for language in ("de", "en"):
        built(version, "html", language)


def _hidden_version(world: World, concept: Any) -> Any:
    copy = type(world["version"]).objects.get(pk=world["version"].pk)
    hidden = type(copy).objects.create(
        municipality=world.town,
        concept=concept,
        title="Noch nicht veröffentlicht",
        edition=1,
        content=copy.content,
        checksum=copy.checksum,
        frozen_at=copy.frozen_at,
        is_public=False,
        happened_on=copy.happened_on,
    )
    _files(hidden)
    return hidden


def _tokens(world: World) -> None:
    at = timezone.now()
    lead = {"function": world["organisation"].title, "at": at, "days": 30}
    with override("en"):  # the language of its address below
        drawn = picture_of(world["goal"], world.town)
    world.codes |= {
        "lead link": sign_link(ACCEPT_LEAD, world["measure"].as_thing(), **lead).token,
        "report link": sign_link(REPORT_LINK, world["adopted"].as_thing(), **lead).token,
        "legal": "imprint",
        "mail": "person.invited",
        "language": "en",
        "width": "480",
        "photo width": "40",
        "hidden photo width": "40",
        "suffix": "png",
        "hidden width": "480",
        "hidden suffix": "webp",
        "colour": world.town.accent.lstrip("#"),
        "ending": "html",
        "spoken": "ar",
        "paper": "tagesordnung",
        "letters": "docx",
        "table": "xlsx",
        "list_ending": "csv",
        "brief_ending": "docx",
        "table of call": "beitraege",
        "paper of call": "bogen",
        "ending of paper": "pdf",
        "target kind": "language",
        "list_name": "personen",
        "hidden ending": "html",
        "table file": "csv",
        "list file": "liste.json",
        "hidden list file": "liste.json",
        "one": "1",
        "hidden one": "1",
        "digest": drawn.digest,
        "sign-in link": sign_in_path(world.users["member"], world.town, at=at).split("/")[-2],
    }


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """A database that several tests only read: filled once, rolled back after the last of them."""
    with blocker.unblock(), transaction.atomic():
        forget_frames()
        yield
        transaction.set_rollback(True)
        forget_frames()


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever a request changed is rolled back, so that the next one finds the same world."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies
