"""Factories: the smallest valid rows, with sentences a reader recognises in a failing test."""

from __future__ import annotations

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from miteinander.adoption import models as adoption
from miteinander.community import models as community
from miteinander.core import models as core
from miteinander.core.standing import Role, SeatHeld, Standing
from miteinander.monitoring import models as monitoring
from miteinander.participation import models as participation
from miteinander.process import models as process
from miteinander.strategy import models as strategy
from miteinander.strategy.states import OUTLINE

DAY = dt.timedelta(days=1)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = core.Municipality

    name = factory.Sequence(lambda n: f"Musterstadt {n}")
    host = factory.Sequence(lambda n: f"stadt{n}.example")
    languages = ["de", "en"]


class AttachmentFactory(DjangoModelFactory):
    """A picture of one pixel size; its bytes are no real picture."""

    class Meta:
        model = core.Attachment

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"bild{n}.webp")
    media_type = "image/webp"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    content = b"RIFF"
    size = 4
    width = 480
    height = 300
    alternative_text = "Menschen sitzen um einen Tisch."
    created_at = factory.LazyFunction(timezone.now)


class RenditionFactory(DjangoModelFactory):
    class Meta:
        model = core.Rendition

    attachment = factory.SubFactory(AttachmentFactory)
    width = 96
    height = 60
    content = b"RIFF"
    size = 4


class UserFactory(DjangoModelFactory):
    class Meta:
        model = core.User

    email = factory.Sequence(lambda n: f"person{n}@stadt.example")
    password = "!"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = core.Membership

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    role = Role.MEMBER


class ThingFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    municipality = factory.SubFactory(MunicipalityFactory)
    is_public = True
    happened_on = factory.LazyFunction(timezone.localdate)


class PerspectiveFactory(ThingFactory):
    class Meta:
        model = community.Perspective

    title = factory.Sequence(lambda n: f"Perspektive {n}")


class OrganisationFactory(ThingFactory):
    class Meta:
        model = community.Organisation

    title = factory.Sequence(lambda n: f"Einrichtung {n}")
    email = factory.Sequence(lambda n: f"einrichtung{n}@stadt.example")


class OfferFactory(ThingFactory):
    class Meta:
        model = community.Offer

    organisation = factory.SubFactory(OrganisationFactory)
    municipality = factory.LazyAttribute(lambda o: o.organisation.municipality)
    title = factory.Sequence(lambda n: f"Deutschkurs {n}")
    text = "Für alle, die sprechen wollen."
    target_groups = "Eltern, Kinder"
    languages = "de, ar"
    neighbourhood = "Thingers"


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = community.Office

    class Params:
        municipality = None

    organisation = factory.SubFactory(
        OrganisationFactory,
        title="Amt für Integration",
        municipality=factory.LazyAttribute(
            lambda o: o.factory_parent.municipality or MunicipalityFactory()
        ),
    )
    opening_hours = [{"days": ["mon", "tue"], "from": "08:00", "to": "12:00"}]


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = community.Person

    municipality = factory.SubFactory(MunicipalityFactory)
    function = factory.Sequence(lambda n: f"Fachkraft {n}")


class BodyFactory(ThingFactory):
    class Meta:
        model = community.Body

    title = factory.Sequence(lambda n: f"Gremium {n}")
    body_kind = "steering_group"


def agreed(person: community.Person, **more: object) -> community.Person:
    """Somebody who may be written to by mail."""
    community.Consent.objects.create(
        person=person, given_on=timezone.localdate(), way="form", **more
    )
    return person


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = community.Seat

    body = factory.SubFactory(BodyFactory)
    function = factory.Sequence(lambda n: f"Sitz {n}")


class TenureFactory(DjangoModelFactory):
    """Somebody who held a seat before."""

    class Meta:
        model = community.Tenure

    seat = factory.SubFactory(SeatFactory)
    function = "Frühere Schulleitung"
    starts = factory.LazyFunction(lambda: timezone.localdate() - 400 * DAY)
    ended = factory.LazyFunction(lambda: timezone.localdate() - 40 * DAY)


class ProcessFactory(ThingFactory):
    class Meta:
        model = process.Process

    title = factory.Sequence(lambda n: f"Prozess {n}")
    question = "Wie leben wir gut zusammen?"
    lead_office = factory.LazyAttribute(lambda o: OfficeFactory(municipality=o.municipality))
    planned_months = 18
    starts = factory.LazyFunction(lambda: timezone.localdate() - 100 * DAY)
    state = "running"


class DrawFactory(ThingFactory):
    """A draw by lot; `tickets` people in the pool, `listed` with a list of two panels."""

    class Meta:
        model = process.Draw
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Auslosung {n}")
    process = factory.SubFactory(ProcessFactory)
    municipality = factory.SelfAttribute("process.municipality")
    body = factory.LazyAttribute(lambda o: BodyFactory(municipality=o.process.municipality))
    size = 2
    source = "file"
    is_public = False

    @factory.post_generation
    def tickets(self, create, count, **kwargs):
        for number in range(1, (count or 0) + 1):
            values = {"Alter": "jung" if number % 2 else "alt"}
            person = {"name": f"Mensch {number}", "email": f"m{number}@stadt.example"}
            self.tickets.create(number=str(number), values=values, chance=0.5, **person)

    @factory.post_generation
    def listed(self, create, wanted, **kwargs):
        if wanted:
            process.NumberedPanels.objects.create(
                draw=self,
                numbers=[["1", "2"], ["3", "4"]],
                digest=f"{self.pk:064x}",
                smallest=0.5,
                largest=0.5,
                upper_bound=0.5,
                shortfall=0,
                deviation=0,
                said={"de": ["Alle haben dieselbe Chance."], "en": ["All have the same chance."]},
                made_at=timezone.now(),
            )
            self.state = "listed"
            self.save(update_fields=["state"])


class PhaseFactory(DjangoModelFactory):
    """A phase that runs today and permits everything; tests narrow it."""

    class Meta:
        model = process.Phase

    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: f"Phase {n}")
    phase_kind = "participation"
    starts = factory.LazyFunction(lambda: timezone.localdate() - 10 * DAY)
    ends = factory.LazyFunction(lambda: timezone.localdate() + 10 * DAY)
    permits = ["contribute", "gather", "draft", "review", "adopt", "report"]


class NewsFactory(ThingFactory):
    class Meta:
        model = community.News

    title = factory.Sequence(lambda n: f"Neuigkeit {n}")
    teaser = "Im Osten der Stadt gibt es Tee."
    text = "Jeden **Mittwoch** um 15 Uhr."
    state = "published"
    appears_at = factory.LazyFunction(lambda: timezone.now() - DAY)


class PageFactory(ThingFactory):
    class Meta:
        model = community.Page

    title = factory.Sequence(lambda n: f"Seite {n}")
    text = "Wer wir sind."
    place = "more"


class _OfProcess(ThingFactory):
    class Meta:
        abstract = True

    process = factory.SubFactory(ProcessFactory)
    municipality = factory.LazyAttribute(lambda o: o.process.municipality)


class MeetingFactory(_OfProcess):
    class Meta:
        model = process.Meeting

    title = factory.Sequence(lambda n: f"Sitzung {n}")
    body = factory.LazyAttribute(lambda o: BodyFactory(municipality=o.municipality))
    meeting_kind = "steering_group"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = process.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Punkt {n}")
    position = factory.Sequence(lambda n: n)


class AttendanceFactory(DjangoModelFactory):
    """A guest who is coming; with `person`, somebody of the register."""

    class Meta:
        model = process.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Gast {n}")
    state = "coming"


class ResolutionFactory(_OfProcess):
    class Meta:
        model = process.Resolution

    title = factory.Sequence(lambda n: f"Beschluss {n}")
    body = factory.LazyAttribute(
        lambda o: BodyFactory(municipality=o.municipality, body_kind="council")
    )
    resolution_kind = "adoption"
    result = "unanimous"


class MinutesFactory(ThingFactory):
    class Meta:
        model = process.Minutes

    meeting = factory.SubFactory(MeetingFactory)
    municipality = factory.SelfAttribute("meeting.municipality")
    text = "Was besprochen wurde."
    state = "approved"


class CallFactory(_OfProcess):
    class Meta:
        model = participation.Call

    phase = factory.LazyAttribute(lambda o: PhaseFactory(process=o.process))
    title = factory.Sequence(lambda n: f"Aufruf {n}")
    question = "Wo fehlt Ihnen ein Ort, um Deutsch zu sprechen?"
    opens_at = factory.LazyFunction(lambda: timezone.now() - DAY)
    closes_at = factory.LazyFunction(lambda: timezone.now() + DAY)
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + 7 * DAY)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = participation.Participant

    call = factory.SubFactory(CallFactory)
    key_hash = factory.Sequence(lambda n: f"{n:064x}")
    began_on = factory.LazyFunction(timezone.localdate)


class SurveyFactory(CallFactory):
    method = "survey"
    title = factory.Sequence(lambda n: f"Umfrage {n}")


class SurveyQuestionFactory(DjangoModelFactory):
    class Meta:
        model = participation.SurveyQuestion

    call = factory.SubFactory(SurveyFactory)
    municipality = factory.SelfAttribute("call.municipality")
    title = factory.Sequence(lambda n: f"Frage {n}: Wie kommen Sie zum Kurs?")
    question_kind = "single"
    options = "Bus\nRad\nzu Fuß"
    position = factory.Sequence(lambda n: n + 1)


class SurveyResponseFactory(DjangoModelFactory):
    """Begun and empty, unless said otherwise."""

    class Meta:
        model = participation.SurveyResponse

    participant = factory.SubFactory(ParticipantFactory, call=factory.SelfAttribute("..call"))
    call = factory.SubFactory(SurveyFactory)


class ThemeFactory(_OfProcess):
    class Meta:
        model = participation.Theme

    title = factory.Sequence(lambda n: f"Thema {n}")


class ContributionFactory(_OfProcess):
    class Meta:
        model = participation.Contribution

    text = factory.Sequence(lambda n: f"Im Norden fehlt ein Treffpunkt, Stimme {n}.")
    title = factory.LazyAttribute(lambda o: o.text[:80])
    state = "published"
    receipt_hash = factory.Sequence(lambda n: f"{n:064d}")


class StatementFactory(ThingFactory):
    class Meta:
        model = participation.Statement

    call = factory.SubFactory(CallFactory, method="statements")
    municipality = factory.SelfAttribute("call.municipality")
    order = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"These {n}: Es braucht mehr Treffpunkte.")


class ConceptFactory(_OfProcess):
    class Meta:
        model = strategy.Concept
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Integrationskonzept {n}")

    @factory.post_generation
    def outline(concept, create, extracted, **more):  # noqa: N805 -- factory_boy hands it over
        """Its chapters, as beginning a concept lays them; `outline=()` for none."""
        kinds = OUTLINE if extracted is None else extracted
        strategy.Chapter.objects.bulk_create(
            strategy.Chapter(concept=concept, chapter_kind=kind, position=place)
            for place, kind in enumerate(kinds, start=1)
        )


class ConceptVersionFactory(ThingFactory):
    class Meta:
        model = adoption.ConceptVersion

    concept = factory.SubFactory(ConceptFactory)
    municipality = factory.SelfAttribute("concept.municipality")
    edition = factory.Sequence(lambda n: n + 1)
    content = "{}"
    checksum = "0" * 64
    frozen_at = factory.LazyFunction(timezone.now)


class ChapterFactory(DjangoModelFactory):
    class Meta:
        model = strategy.Chapter

    concept = factory.SubFactory(ConceptFactory)
    chapter_kind = "own"
    title = factory.Sequence(lambda n: f"Kapitel {n}")
    text = "Das gilt für *alle*."
    position = factory.Sequence(lambda n: 100 + n)


class FieldOfActionFactory(ThingFactory):
    class Meta:
        model = strategy.FieldOfAction

    concept = factory.SubFactory(ConceptFactory)
    municipality = factory.LazyAttribute(lambda o: o.concept.municipality)
    title = factory.Sequence(lambda n: f"Handlungsfeld {n}")
    position = factory.Sequence(lambda n: n)
    state = "kept"


class GoalFactory(ThingFactory):
    class Meta:
        model = strategy.Goal

    field = factory.SubFactory(FieldOfActionFactory)
    municipality = factory.LazyAttribute(lambda o: o.field.municipality)
    title = factory.Sequence(lambda n: f"Ziel {n}")
    position = 1
    number = "1"


class MeasureFactory(ThingFactory):
    class Meta:
        model = strategy.Measure

    goal = factory.SubFactory(GoalFactory)
    municipality = factory.LazyAttribute(lambda o: o.goal.municipality)
    title = factory.Sequence(lambda n: f"Maßnahme {n}")
    position = 1
    number = "1.1"


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = strategy.Indicator

    measure = factory.SubFactory(MeasureFactory)
    title = factory.Sequence(lambda n: f"Besuche {n}")
    unit = "Menschen"
    baseline = 120
    target = 200
    position = factory.Sequence(lambda n: n % 100 + 1)


class WordingFactory(DjangoModelFactory):
    class Meta:
        model = strategy.Wording

    thing = factory.SubFactory(GoalFactory)
    revision = factory.Sequence(lambda n: n)
    at = factory.LazyFunction(timezone.now)
    function = "Sitz Schule"
    words = factory.Sequence(lambda n: {"title": f"Wortlaut {n}"})


class ChangeProposalFactory(DjangoModelFactory):
    class Meta:
        model = strategy.ChangeProposal

    thing = factory.SubFactory(GoalFactory)
    entry = "title"
    passage = "Wege"
    proposal = "Sichere Wege"
    reason = factory.Sequence(lambda n: f"Abends ist es dunkel {n}.")
    function = "Sitz Schule"
    proposed_at = factory.LazyFunction(timezone.now)


class HandOverFactory(DjangoModelFactory):
    class Meta:
        model = strategy.HandOver

    field = factory.SubFactory(FieldOfActionFactory)
    note = "Die Kosten haben wir geschätzt."
    function = "Sitz Schule"
    handed_in_at = factory.LazyFunction(timezone.now)


class HandedPartFactory(DjangoModelFactory):
    class Meta:
        model = strategy.HandedPart

    hand_over = factory.SubFactory(HandOverFactory)
    thing = factory.LazyAttribute(lambda o: o.hand_over.field.as_thing())
    words = factory.LazyFunction(lambda: {"scope": "Wie Menschen wohnen."})


class OwnFieldFactory(DjangoModelFactory):
    class Meta:
        model = strategy.OwnField

    municipality = factory.SubFactory(MunicipalityFactory)
    label = factory.Sequence(lambda n: f"Leitbild {n}")
    field_kind = "text"
    position = factory.Sequence(lambda n: n % 100 + 1)


class OverlapFactory(DjangoModelFactory):
    class Meta:
        model = strategy.Overlap

    concept = factory.SubFactory(ConceptFactory)
    first = factory.SubFactory(MeasureFactory)
    second = factory.SubFactory(MeasureFactory)
    score = 0.7
    why = factory.LazyFunction(lambda: ["words"])


class ObjectionFactory(ThingFactory):
    class Meta:
        model = adoption.Objection

    measure = factory.SubFactory(MeasureFactory)
    municipality = factory.LazyAttribute(lambda o: o.measure.municipality)
    seat = factory.LazyAttribute(
        lambda o: SeatFactory(body=BodyFactory(municipality=o.municipality))
    )
    reason = "Ehrenamtliche dürfen nicht allein bleiben."
    title = "Einwand"


class StatusReportFactory(ThingFactory):
    class Meta:
        model = monitoring.StatusReport

    measure = factory.SubFactory(MeasureFactory)
    municipality = factory.LazyAttribute(lambda o: o.measure.municipality)
    light = "on_time"
    text = "Der erste Treffpunkt ist offen."
    title = "Bericht"
    function = "Federführung"
    reported_at = factory.LazyFunction(timezone.now)


def coordinator(municipality: core.Municipality, **more: object) -> Standing:
    """A coordinator's standing, without rows; for actions and rules."""
    return Standing(
        municipality=municipality.pk,
        at=timezone.now(),
        role=Role.COORDINATOR,
        function="Koordination",
        **more,
    )


def member(municipality: core.Municipality, **more: object) -> Standing:
    return Standing(
        municipality=municipality.pk,
        at=timezone.now(),
        role=Role.MEMBER,
        function="Mitglied",
        **more,
    )


def visitor(municipality: core.Municipality) -> Standing:
    return Standing(municipality=municipality.pk, at=timezone.now())


def seat_held(seat: community.Seat, **more: object) -> SeatHeld:
    facts = {"as_deputy": False, "speaks": True, "leads": seat.leads} | more
    return SeatHeld(seat=seat.pk, body=seat.body_id, body_kind=seat.body.body_kind, **facts)


def sign_in(client, municipality: core.Municipality, role: Role = Role.COORDINATOR, **person):
    """Sign a browser in as somebody; returns the account. The client must use the town's host."""
    membership = MembershipFactory(municipality=municipality, role=role)
    PersonFactory(municipality=municipality, user=membership.user, **person)
    client.force_login(
        membership.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.defaults["HTTP_HOST"] = municipality.host or "testserver"
    return membership.user
