"""What is internal stays internal: a marker in every such field, and a walk over the open site."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from miteinander.adoption import actions as adoption
from miteinander.core.models import Event, EventDetail, Job, Link, Mail, SpentLink, Thing
from miteinander.core.models import Translation as TranslationRow
from miteinander.core.standing import system
from miteinander.participation.models import Answer, SurveyQuestion
from miteinander.process.models import AgendaItem, MeetingFile, Milestone, Task
from miteinander.strategy.models import Presence
from miteinander.workspace.building import built
from tests import factories as make
from tests.addresses import FRAME, PUBLIC
from tests.test_addresses import path_of
from tests.world import World, build, kept_for_a_module

pytestmark = pytest.mark.django_db

MARK = re.compile(r"zq\d{3}x", re.IGNORECASE)
HREF = re.compile(r'(?:href|(?<!form)action|hx-get)="(/[^"#]*)')
INLINE = re.compile(r"<[^>]* (?:style|on[a-z]+)=|<style|<script(?![^>]* src=)[^>]*>", re.IGNORECASE)
TEXT = (models.CharField, models.TextField, models.JSONField)
MOST_PAGES = 700

# Every text that a model holds is in one of these two tables: whoever adds one decides here.
INTERNAL = {
    "core.User": {"email", "password"},
    "core.Event": {"kind", "function", "data"},
    "core.EventDetail": {"data"},
    "core.Attachment": {"name", "digest"},
    "core.Mail": {"key", "to", "subject", "body", "calendar", "error"},
    "core.MailText": {"mail", "subject", "body"},
    "core.SpentLink": {"digest"},
    "core.SpentForm": {"digest", "content"},
    "core.Rush": {"scope"},
    "participation.AnswerNotice": {"address", "told"},
    "participation.BlackedOut": {"place", "text", "proposal", "words"},
    "participation.RefusalReasons": {"lines"},
    "core.SearchEntry": {"tokens"},
    "core.SearchWord": {"tokens"},
    "core.Job": {"name", "schedule", "arguments", "error"},
    "core.BuiltDocument": {"format", "digest", "missing"},
    "community.Organisation": {"email"},
    "community.Offer": {"source"},
    "community.Person": {"name", "function", "email", "further_languages"},
    "community.Characteristic": {"words"},
    "community.SelfDescription": {"gender", "age_group", "neighbourhood"},
    "community.Target": {"source"},
    "community.TargetShare": {"word"},
    "community.Figures": {"counts", "few"},
    "community.CountedPerson": {"word"},
    "community.SheetImport": {
        "name",
        "sheets",
        "columns",
        "mapping",
        "seen",
        "totals",
        "refusal",
    },
    "community.SheetLine": {
        "title",
        "says",
        "remarks",
        "candidates",
        "differences",
        "decision",
    },
    "community.ColumnMapping": {"headings", "mapping"},
    "community.Spelling": {"key"},
    "process.Process": {"pattern"},
    "process.Template": {"title", "parts"},
    "process.Meeting": {"link"},
    "process.CalendarAddress": {"nonce"},
    "process.ForeignDate": {"uid"},
    "process.DatePoll": {"title", "text", "place"},
    "process.PollVoter": {"function"},
    "process.Task": {"changed_because"},
    "process.Attendance": {
        "function",
        "name",
        "email",
        "needs",
        "needs_note",
        "form_digest",
        "code_hash",
    },
    "process.Draw": {"sheet", "trouble"},
    "process.Ticket": {"name", "email"},
    "process.TablePlan": {"title", "mix", "trouble", "history"},
    "process.Guest": {"name", "organisation", "values", "seats"},
    "participation.Call": {"access_code"},
    "participation.Contribution": {"refusal", "receipt_hash"},
    "participation.CardRow": {"key", "wall"},
    "participation.Participant": {"key_hash"},
    "participation.SurveyResponse": {"draft"},
    "participation.SurveyAnswer": {"text"},
    "participation.KeptMap": {"tally", "digest", "parameters", "places"},
    "strategy.Measure": {"lead_terms"},
    "strategy.Overlap": {"groups", "why", "word"},
    "strategy.OverlapRun": {"seen"},
    "strategy.OwnField": {"help_text", "options"},
    "strategy.ConceptImport": {
        "name",
        "digest",
        "mapping",
        "structure",
        "same",
        "remarks",
        "seen",
        "totals",
        "refusal",
    },
    "strategy.ConceptLine": {
        "number",
        "title",
        "says",
        "place",
        "differences",
        "candidates",
        "remarks",
        "decision",
    },
    "strategy.ConceptSource": {"name", "digest", "mapping", "counts"},
    "strategy.SourcePart": {"number", "key", "said", "place"},
    "adoption.Ballot": {"paper_codes"},
    "adoption.PaperCount": {"code", "marks", "reasons"},
    "strategy.HandOver": {"note", "function", "reason", "answered_function"},
    "strategy.HandedPart": {"words"},
    "strategy.Presence": {"function"},
    "strategy.ChangeProposal": {
        "entry",
        "passage",
        "proposal",
        "reason",
        "function",
        "words_taken",
        "response",
        "settled_function",
    },
    "strategy.Wording": {"function", "words"},
    "participation.Theme": {"candidate_field"},
    "participation.ThemeGroup": {"telling"},
    "participation.SuggestionRun": {"sentences"},
    "participation.SortingStep": {"before"},
    "participation.Answer": {"wording"},
    "participation.AnswerSupplement": {"wording"},
    "participation.AnswerTranslation": {"wording", "function"},
    "participation.TextBlock": {"title", "text"},
}
"""Nobody outside reads these, whatever they belong to."""
OPEN = {
    "core.Attachment": {"identifier", "media_type", "alternative_text"},
    "core.Municipality": {"name", "host", "official_key", "state", "languages", "accent", "facts"},
    "core.Thing": {"identifier", "kind", "title", "number", "former_titles"},
    "core.Link": {"source_kind", "target_kind", "note"},
    "core.Tally": {"kind"},
    "core.SearchEntry": {"texts"},
    "core.SearchWord": {"word", "spelling"},
    "core.Translation": {"field", "text", "source_hash", "function"},
    "community.Perspective": {"text"},
    "community.Organisation": {
        "text", "neighbourhood", "target_groups", "phone", "website", "address",
    },
    "community.Offer": {"text", "target_groups", "languages", "neighbourhood", "funding"},
    "community.Tenure": {"function"},
    "community.Office": {
        "street", "postcode", "place", "phone", "email", "authority_phone",
        "authority_phone_hours", "opening_hours", "appointments_note", "local_holidays",
        "closures", "way", "contact_form_url",
    },
    "community.News": {"teaser", "text"},
    "community.Page": {"text"},
    "community.Body": {"text"},
    "community.Seat": {"function"},
    "process.Process": {"question", "text", "aims", "counts"},
    "process.Phase": {"title", "permits", "closed_despite"},
    "process.Milestone": {"title"},
    "process.Meeting": {"text", "place", "access_notes", "cancelled_because"},
    "process.MeetingFile": {"title"},
    "process.AgendaItem": {"title"},
    "process.Minutes": {"text", "frozen", "checksum"},
    "process.Correction": {"passage", "proposal", "reason", "function", "response"},
    "process.Remark": {"text", "function"},
    "process.Task": {"what", "owner_function"},
    "process.Resolution": {"text"},
    "process.Draw": {"text", "quotas", "seed", "commitment", "called_off_because", "told"},
    "process.Ticket": {"number", "values"},
    "process.NumberedPanels": {"numbers", "digest", "said"},
    "process.Replacement": {"missed"},
    "process.Dissent": {"function", "text"},
    "participation.Call": {"question", "text", "ways", "allows"},
    "participation.Theme": {"text"},
    "participation.SurveyQuestion": {
        "help", "options", "rows", "low", "high", "shown_values",
    },
    "participation.Contribution": {"text"},
    "participation.BlackedOut": {"reason"},
    "participation.Statement": {"withdrawn_because"},
    "participation.KeptMap": {"shown"},
    "participation.Passage": {"mark", "text"},
    "participation.PassageComment": {"quote", "proposal"},
    "participation.PassageTranslation": {"text"},
    "participation.Answer": {"reason", "business_of", "function"},
    "participation.AnswerSupplement": {"text", "function"},
    "participation.AnswerTranslation": {"text"},
    "participation.ContributionPicture": {"alternative_text", "digest"},
    "participation.ContributionPlace": {"neighbourhood", "words"},
    "strategy.Concept": {"text"},
    "strategy.Chapter": {"title", "text"},
    "strategy.CrossCuttingTheme": {"text"},
    "strategy.FieldOfAction": {"scope", "guiding_goal", "retired_because"},
    "strategy.Goal": {"text", "need", "evidence", "indicator", "no_indicator_reason"},
    "strategy.Measure": {
        "summary", "text", "first_steps", "target_groups", "neighbourhoods", "funding_source",
        "risks", "own", "lead_reason", "lead_note", "retired_because",
    },
    "strategy.Indicator": {"title", "unit", "source"},
    "strategy.OwnField": {"label"},
    "adoption.Objection": {"reason", "response"},
    "adoption.ConceptVersion": {"content", "checksum"},
    "adoption.Ballot": {"text", "rules", "content", "checksum"},
    "adoption.BallotOption": {"title"},
    "adoption.Elector": {"function", "institution", "perspective"},
    "adoption.CastPaper": {"code", "perspective", "marks", "reasons"},
    "monitoring.StatusReport": {"text", "next_step", "function"},
}  # fmt: skip
"""What everybody reads as soon as the thing itself is public, and nobody before."""
TECHNICAL = {
    "identifier", "kind", "number", "language", "precision", "permits", "allows", "checksum",
}  # fmt: skip


@dataclass
class Planted:
    """Markers by what they stand for."""

    internal: dict[str, str] = field(default_factory=dict)
    public: dict[str, str] = field(default_factory=dict)

    def mark(self, what: str, *, open_to_all: bool = False) -> str:
        marker = f"zq{len(self.internal) + len(self.public):03}x"
        (self.public if open_to_all else self.internal)[marker] = what
        return marker

    def put(self, row: models.Model, *names: str, open_to_all: bool = False) -> None:
        """Write markers into a row, beside every action and every rule."""
        values = {}
        for name in names:
            label = f"{type(row)._meta.label}.{name} of {row.pk}"
            column = row._meta.get_field(name)
            marker = self.mark(label, open_to_all=open_to_all)
            if isinstance(column, models.JSONField):
                values[name] = [{"title": marker, "text": marker, "reason": marker}]
            elif isinstance(column, models.EmailField):
                values[name] = f"{marker}@stadt.example"
            else:
                values[name] = marker
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    def found_in(self, text: str) -> set[str]:
        """The markers in a text, in the spelling that they were planted in."""
        return {marker.lower() for marker in MARK.findall(text)}


@dataclass
class Place:
    world: World
    planted: Planted
    pages: dict[str, str] = field(default_factory=dict)
    """What was answered, headers and all, by path."""
    status: dict[str, int] = field(default_factory=dict)
    seeds: set[str] = field(default_factory=set)
    """Where the walk began; whatever is in `status` beside them was reached by a link."""


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker, request):
    """A town full of markers, and everything that a visitor can reach in it."""
    with kept_for_a_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["leck.example"])
        found = Place(build("leck.example", rows=2), Planted())
        _plant(found.world, found.planted)
        _walk(found)
        yield found


# --- planting --------------------------------------------------------------------------------


def _texts_of(label: str) -> set[str]:
    """What one model holds as text of its own: neither choices nor a language."""
    columns = apps.get_model(label)._meta.local_fields
    free = {c.name for c in columns if isinstance(c, TEXT) and not c.choices}
    return free - {"language", "precision"}


def _plant(world: World, planted: Planted) -> None:
    at = timezone.now()
    _people_and_post(world, planted)
    for contribution in world["process"].contributions.all():
        planted.put(contribution, "refusal", "receipt_hash")
    planted.put(world["blacked out"], "text", "proposal", "words")
    for theme in world["process"].themes.all():
        planted.put(theme, "candidate_field")
    left_out = make.ChapterFactory(concept=world["concept"], is_left_out=True)
    planted.put(left_out, "title", "text")
    # Asked, and alive; what a lead would accept is for those who draft.
    planted.put(world["measure"], "lead_reason", "lead_terms", "retired_because")
    planted.put(world["overlap"], "groups", "why", "word")
    planted.put(world["overlap run"], "seen")
    for asked in world.town.own_fields.all():
        planted.put(asked, "help_text", "options")
    for thing in (world["field"], world["goal"]):
        for wording in thing.wordings.all():
            planted.put(wording, "function", "words")
        for proposed in thing.change_proposals.all():
            planted.put(
                proposed, "entry", "passage", "proposal", "reason", "function", "words_taken",
                "response", "settled_function",
            )  # fmt: skip
    here = {"user": world.users["group"], "thing": world["goal"].as_thing()}
    present = Presence.objects.create(**here, function="x", at=timezone.now())
    planted.put(present, "function")
    planted.put(world["hand-over"], "note", "function", "reason", "answered_function")
    for part in world["hand-over"].parts.all():
        planted.put(part, "words")
    # A body that nobody is told about may work on a field that everybody reads.
    Thing.objects.filter(pk=world["group"].pk).update(is_public=False)
    type(world["hidden resolution"]).objects.filter(pk=world["hidden resolution"].pk).update(
        resolution_kind="mandate"
    )
    for answer in world["survey question"].answers.all():
        planted.put(answer, "text")
        planted.put(answer.response, "draft")
    # A question is never public by itself: it is seen with its call.
    seen_with_their_call = SurveyQuestion.objects.filter(call__is_public=True)
    hidden = Thing.objects.filter(municipality=world.town, is_public=False)
    for thing in hidden.exclude(pk__in=seen_with_their_call.values("pk")):
        _hide(_whole(thing), planted)
    _hanging_on_hidden_things(world, planted)
    for name, fields in SHOWN.items():
        planted.put(world[name], *fields, open_to_all=True)
    # Frozen only now, so that whatever is planted had its chance to get into the version.
    world.rows["version"] = adoption.freeze_version(
        world["concept"], by=system(world.town.pk, at=at), at=at
    )
    for language in ("de", "en"):
        built(world["version"], "html", language)


SHOWN = {
    "measure": ("text", "first_steps"),
    "goal": ("title", "need"),
    "field": ("scope",),
    "chapter": ("title", "text"),
    "contribution": ("text",),
    "call": ("question",),
    "passage": ("text",),
    "passage comment": ("quote",),
    "blacked out": ("reason",),
    "theme": ("text",),
    "survey question": ("help",),
    "minutes": ("text",),
    "remark": ("text",),
    "dissent": ("text",),
    "task": ("what",),
    "objection": ("reason",),
    "report": ("text",),
    "steering seat": ("function",),
    "next meeting": ("access_notes",),
    "file row": ("title",),
    "organisation": ("text",),
    "news": ("title", "teaser", "text"),
    "page": ("text",),
}
"""Positive control: what everybody may read must be found, else the walk proves nothing."""


def _people_and_post(world: World, planted: Planted) -> None:
    town, at = world.town, timezone.now()
    for person in town.people.all():
        planted.put(person, "name", "function", "email")
        if person.user:
            planted.put(person.user, "email")
    for organisation in town.things.filter(kind="organisation"):
        planted.put(_whole(organisation), "email")
    for number in range(2):
        key = {"municipality": town, "queued_at": at}
        mail = Mail.objects.create(key=f"leck:{number}", to="a@b.example", not_before=at, **key)
        planted.put(mail, "to", "subject", "body", "calendar", "error")
        planted.put(Job.objects.create(name="notices", **key), "error", "arguments")
    spent = SpentLink.objects.create(digest="0", at=at)
    planted.put(spent, "digest")
    for kind, is_public in (("contribution.submitted", False), ("goal.edited", False)):
        event = Event.objects.create(
            municipality=town,
            thing=world["contribution" if is_public else "goal"].as_thing(),
            kind=kind,
            at=at,
            is_public=is_public,
            function=planted.mark("Event.function"),
            data={"reason": planted.mark("Event.data")},
        )
        EventDetail.objects.create(
            event=event, user=world.users["seat"], data={"text": planted.mark("EventDetail.data")}
        )


def _whole(thing: Thing) -> Any:
    """The stage's own object behind the shared row."""
    for model in apps.get_models():
        if issubclass(model, Thing) and thing.kind == model.KIND:
            return model._default_manager.get(pk=thing.pk)
    raise AssertionError(thing.kind)


def _hide(thing: Any, planted: Planted) -> None:
    names = {"title", "former_titles"} | OPEN[type(thing)._meta.label]
    planted.put(thing, *sorted(names - TECHNICAL - {"content", "aims", "counts", "ways"}))
    TranslationRow.objects.create(
        thing=thing,
        field="title",
        language="en",
        text=planted.mark(f"translation of {thing.kind}"),
        state="approved",
        at=timezone.now(),
    )


def _hanging_on_hidden_things(world: World, planted: Planted) -> None:
    meeting = world["hidden meeting"]
    planted.put(AgendaItem.objects.create(meeting=meeting, position=1), "title")
    planted.put(Task.objects.create(meeting=meeting), "what", "owner_function")
    planted.put(MeetingFile.objects.get(attachment=world["hidden meeting file"]), "title")
    for poll in world["process"].polls.all():
        planted.put(poll, "title", "text", "place")
        for voter in poll.voters.all():
            planted.put(voter, "function")
    for foreign in world["next meeting"].origins.all():
        planted.put(foreign, "uid")
    for passage in world["hidden review call"].passages.all():
        planted.put(passage, "text")
    process = world["hidden process"]
    planted.put(make.PhaseFactory(process=process), "title", "closed_despite")
    planted.put(Milestone.objects.create(process=process, on=timezone.localdate()), "title")
    for seat in world["hidden body"].seats.all():
        planted.put(seat, "function")
    for link in Link.objects.filter(target__is_public=False):
        planted.put(link, "note")
    answer = Answer.objects.create(
        contribution=world["internal contribution"],
        outcome="elsewhere",
        reason="-",
        function="-",
        answered_at=timezone.now(),
    )
    planted.put(answer, "reason", "business_of", "function")
    added = answer.supplements.create(text="-", function="-", added_at=timezone.now())
    planted.put(added, "text", "function")
    for block in world.town.text_blocks.all():
        planted.put(block, "title", "text")


# --- walking ---------------------------------------------------------------------------------


def _walk(place: Place) -> None:
    """Everything that the table names and that links lead to, in German and in English."""
    world, client = place.world, place.world.client("visitor")
    # A sign-in link names the account to whoever holds it, and is nobody else's; the code of a
    # call opens it to this browser.
    opening = {"account_sign_in_by_link", "public:by_code_opened"}
    frame = [address for address in FRAME if address.name not in opening]
    # So does a private calendar: whoever holds its address reads what its owner may read.
    open_to_all = [address for address in PUBLIC if address.name != "public:own_calendar"]
    waiting = [path_of(address, world) for address in (*frame, *open_to_all)]
    waiting += [
        "/de/gibt-es-nicht/",
        *(f"/de/beitraege/?{kind}={world[kind].identifier}" for kind in ("call", "theme")),
        *(f"/de/umsetzung/?light={light}" for light in ("on_time", "unknown")),
        # What is hidden answers, too: its 404 must not say what it is.
        *(path_of(a, world, hidden=True) for a in PUBLIC if a.hidden is not None),
    ]
    waiting += [path.replace("/de/", "/en/", 1) for path in waiting]
    seen = place.seeds | set(waiting)
    place.seeds |= seen
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        body = response.content.decode(errors="replace")  # pictures, too
        place.pages[path], place.status[path] = f"{heads}\n{body}", response.status_code
        for address in HREF.findall(body) if response.status_code == 200 else ():
            further = address.replace("&amp;", "&")
            if further not in seen and not further.startswith("/static/"):
                seen.add(further)
                waiting.append(further)
        assert len(seen) < MOST_PAGES, "links lead in circles"


def test_no_link_leads_astray(place):
    """Nobody is sent to a page that does not exist, that breaks, or that they may not see."""
    reached = {path: status for path, status in place.status.items() if path not in place.seeds}

    assert len(reached) > 50
    assert {path: status for path, status in reached.items() if status not in (200, 302)} == {}


def test_no_page_holds_style_or_script_of_its_own(place):
    """And each carries the policy that would refuse it.

    A file to keep is no page: it is only ever saved, and there its one style belongs (0047).
    """
    for path, text in place.pages.items():
        heads, _blank, body = text.partition("\n<!doctype html>")
        if "Content-Disposition: attachment" in heads:
            body = body.replace("<style>", "", 1)
        assert "Content-Security-Policy: default-src 'none'" in heads, path
        assert not INLINE.findall(body), path


def test_every_text_of_every_model_is_decided_upon():
    labels = {m._meta.label for m in apps.get_models() if m.__module__.startswith("miteinander.")}
    held = {label: texts for label in labels if (texts := _texts_of(label))}
    decided = {
        label: INTERNAL.get(label, set()) | OPEN.get(label, set()) for label in {*INTERNAL, *OPEN}
    }

    assert held == decided


def test_no_marker_is_found_on_the_open_site(place):
    leaks = {
        path: sorted(place.planted.internal[m] for m in marks)
        for path, text in place.pages.items()
        if (marks := place.planted.found_in(text) & set(place.planted.internal))
    }

    assert leaks == {}


def test_what_everybody_may_read_is_found_so_that_the_walk_can_fail(place):
    found = set().union(*(place.planted.found_in(text) for text in place.pages.values()))

    assert {what for marker, what in place.planted.public.items() if marker not in found} == set()


def test_the_coordination_finds_the_markers_that_nobody_else_does(place, settings):
    """Second control: they were planted where pages do show them, to those who may."""
    settings.ALLOWED_HOSTS = ["leck.example"]
    client = place.world.client("coordinator")
    rooms = ("postausgang/", "auftraege/", "kommune/personen/", "konzept/")
    text = "".join(client.get(f"/de/arbeit/{room}").content.decode() for room in rooms)
    text += client.get(f"/de/sitzung/{place.world['hidden meeting'].identifier}/").content.decode()
    found = {place.planted.internal[m].split(" of ")[0] for m in place.planted.found_in(text)}

    assert {
        "core.Mail.body", "core.Mail.to", "core.Job.error", "community.Person.name",
        "community.Person.function", "strategy.Concept.title", "process.Meeting.title",
        "process.AgendaItem.title",
    } <= found  # fmt: skip


def test_an_absence_is_nobodys_business(place, settings):
    """Dates cannot carry a marker: a year that nothing else has does."""
    settings.ALLOWED_HOSTS = ["leck.example"]
    seat = place.world["steering seat"]
    body = f"/de/gremium/{place.world['steering'].identifier}/"
    client = place.world.client("visitor")
    before = client.get(body).content.decode()
    type(seat).objects.filter(pk=seat.pk).update(
        absent_from="1987-03-04", absent_until="2187-03-04", deputy=place.world["person"]
    )
    after = client.get(body).content.decode()

    assert seat.function in before or MARK.search(before)
    assert after == before, "the page does not even differ"
