"""Review, objections, versions."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import rfc8785
from django.utils import timezone

from miteinander.adoption import actions, queries, readers
from miteinander.adoption.models import Objection, Voice
from miteinander.community.queries import standing_of
from miteinander.core.errors import Closed, Invalid, NotAllowed, NotReady
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event, Link
from miteinander.strategy import actions as strategy
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def measure(concept):
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    lead = make.OrganisationFactory(municipality=concept.municipality, title="Volkshochschule")
    return make.MeasureFactory(goal=goal, state="submitted", lead=lead)


@pytest.fixture
def group(concept):
    body = make.BodyFactory(municipality=concept.municipality)
    concept.process.bodies.add(body)
    return body


@pytest.fixture
def school(group):
    return make.SeatFactory(body=group, function="Sitz Schule")


def for_seat(seat, **more):
    return make.member(seat.body.municipality, seats=(make.seat_held(seat, **more),))


def test_a_seat_agrees_and_may_change_its_mind_while_the_review_runs(measure, school, now):
    by = for_seat(school)
    actions.cast_voice(measure, choice="agree", by=by, at=now)
    actions.cast_voice(measure, choice="object", reason="Zu teuer", by=by, at=now)
    voice = Voice.objects.get()
    assert (voice.choice, voice.seat) == ("object", school)
    objection = Objection.objects.get()
    assert (objection.reason, objection.state, objection.title) == (
        "Zu teuer", "open", "Sitz Schule",
    )  # fmt: skip
    actions.cast_voice(measure, choice="agree", by=by, at=now)
    assert objection.refreshed().state == "withdrawn"
    assert Voice.objects.get().choice == "agree"
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "voice.cast", "objection.raised", "voice.cast",
    ]  # fmt: skip


def test_an_objection_needs_a_reason(measure, school, now):
    with pytest.raises(Invalid) as refused:
        actions.cast_voice(measure, choice="object", reason=" ", by=for_seat(school), at=now)
    assert list(refused.value.fields) == ["reason"]
    assert not Voice.objects.exists()


def test_an_objection_travels_on_the_thread_of_its_measure(measure, school, now):
    by = for_seat(school)
    actions.cast_voice(measure, choice="object", reason="Allein gelassen", by=by, at=now)
    reached = thread_of(measure.as_thing(), public_only=True).things()
    assert Objection.objects.get().pk in {thing.pk for thing in reached}


def test_the_deputy_speaks_only_while_the_holder_is_absent(concept, measure, group, now):
    town = concept.municipality
    account = make.MembershipFactory(municipality=town).user
    deputy = make.PersonFactory(municipality=town, user=account)
    holder = make.PersonFactory(municipality=town)
    seat = make.SeatFactory(body=group, holder=holder, deputy=deputy)
    with pytest.raises(NotAllowed):
        actions.cast_voice(measure, choice="agree", by=standing_of(town, account, at=now), at=now)
    seat.absent_from = timezone.localdate()
    seat.save()
    by = standing_of(town, account, at=now)
    voice = actions.cast_voice(measure, choice="agree", by=by, at=now)
    assert (voice.as_deputy, voice.seat) == (True, seat)


def test_only_seats_of_the_process_in_its_own_town_have_a_voice(concept, measure, group, now):
    elsewhere = make.SeatFactory(body=make.BodyFactory(municipality=concept.municipality))
    stranger = make.SeatFactory()
    working = make.SeatFactory(
        body=make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    )
    for by in (
        for_seat(elsewhere), for_seat(stranger), for_seat(working),
        make.member(concept.municipality), make.coordinator(concept.municipality),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.cast_voice(measure, choice="agree", by=by, at=now)
    assert not Voice.objects.exists()


@pytest.mark.parametrize("offset", [-30, 30], ids=["before", "after"])
def test_voices_are_cast_during_the_review_only(measure, school, now, offset):
    with pytest.raises(Closed):
        actions.cast_voice(
            measure,
            choice="agree",
            by=for_seat(school),
            at=now + dt.timedelta(days=offset),
        )


def test_a_draft_is_not_reviewed(measure, school, now):
    measure.state = "draft"
    measure.save()
    with pytest.raises(Closed):
        actions.cast_voice(measure, choice="agree", by=for_seat(school), at=now)


def test_an_answered_objection_is_carried_to_the_council(measure, school, who, now):
    actions.cast_voice(measure, choice="object", reason="Nein", by=for_seat(school), at=now)
    objection = Objection.objects.get()
    actions.answer_objection(objection, response="Wir prüfen es.", by=who, at=now)
    carried = actions.carry_objection(objection, by=who, at=now)
    assert (carried.state, carried.response) == ("carried", "Wir prüfen es.")
    with pytest.raises(Closed):
        actions.withdraw_objection(objection, by=for_seat(school), at=now)


def test_a_withdrawn_objection_leaves_an_agreeing_voice(measure, school, now):
    by = for_seat(school)
    actions.cast_voice(measure, choice="object", reason="Nein", by=by, at=now)
    actions.withdraw_objection(Objection.objects.get(), by=by, at=now)
    assert Voice.objects.get().choice == "agree"
    assert queries.objections_to(measure, public_only=True) == []


def test_the_review_counts_per_seat(concept, measure, group, school, now):
    make.SeatFactory(body=group)
    make.SeatFactory(body=group, has_voice=False, has_vote=False)
    actions.cast_voice(measure, choice="agree", by=for_seat(school), at=now)
    line = queries.review_of(concept, for_seat(school))[0]
    assert (line.agree, line.object, line.silent, line.own.choice) == (1, 0, 1, "agree")


@pytest.mark.parametrize("count", [1, 3])
def test_the_review_costs_the_same_for_one_measure_as_for_many(
    concept, measure, school, count, django_assert_num_queries
):
    for _ in range(count - 1):
        make.MeasureFactory(goal=measure.goal, state="submitted")
    with django_assert_num_queries(4):
        assert len(queries.review_of(concept, for_seat(school))) == count


# --- versions ------------------------------------------------------------------------------


def test_a_version_is_canonical_json_under_its_checksum(concept, measure, who, now):
    version = actions.freeze_version(concept, by=who, at=now)
    data = queries.version_json(version)
    content = json.loads(data)
    assert rfc8785.dumps(content) == data
    found = readers.verify(data)
    assert found.holds
    assert found.is_canonical
    assert found.computed == version.checksum == content["checksum"]
    assert content["version"]["identifier"] == version.identifier
    frozen = content["fields"][0]["goals"][0]["measures"][0]
    assert (frozen["identifier"], frozen["lead"]["title"]) == (
        measure.identifier, "Volkshochschule",
    )  # fmt: skip


def test_the_same_version_is_the_same_bytes_whatever_happens_later(concept, measure, who, now):
    version = actions.freeze_version(concept, by=who, at=now)
    before = queries.version_json(version)
    strategy.take_back_measure(measure, by=who, at=now)
    assert queries.version_json(version.refreshed()) == before


def test_freezing_twice_without_a_change_differs_in_number_and_time_only(
    concept, measure, who, now
):
    one, two = (
        json.loads(actions.freeze_version(concept, by=who, at=now).content) for _ in range(2)
    )
    assert (one["version"]["edition"], two["version"]["edition"]) == (1, 2)
    for content in (one, two):
        del content["version"], content["checksum"]
    assert one == two


@pytest.mark.parametrize(
    "tamper",
    [
        lambda text: text.replace("Volkshochschule", "Volkshochschulen"),
        lambda text: text.replace('"measures":1', '"measures":2'),
        lambda text: text.replace('"checksum":"', '"checksum":"0'),
        lambda text: text.replace('"is_example":false', '"is_example":true', 1),
    ],
)
def test_every_tampering_is_found(concept, measure, who, now, tamper):
    text = actions.freeze_version(concept, by=who, at=now).content
    changed = tamper(text)
    assert changed != text
    assert not readers.verify(changed.encode()).holds


def test_a_file_that_was_only_laid_out_differently_still_holds(concept, measure, who, now):
    text = actions.freeze_version(concept, by=who, at=now).content
    found = readers.verify(json.dumps(json.loads(text), indent=2).encode())
    assert (found.holds, found.is_canonical) == (True, False)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"checksum": 1}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b"3"],
)
def test_what_is_no_version_is_refused(data):
    with pytest.raises(Invalid):
        readers.verify(data)


def test_a_version_names_functions_and_never_people(concept, measure, group, who, now):
    person = make.PersonFactory(municipality=concept.municipality, name="Erika Muster")
    seat = make.SeatFactory(body=group, holder=person, function="Sitz Schule")
    by = for_seat(seat)
    actions.cast_voice(measure, choice="object", reason="Zu wenig Personal", by=by, at=now)
    text = actions.freeze_version(concept, by=who, at=now).content
    assert "Sitz Schule" in text
    assert "Zu wenig Personal" in text
    assert "Erika Muster" not in text


def test_drafts_candidates_and_withdrawn_objections_stay_out(concept, measure, school, who, now):
    make.MeasureFactory(goal=measure.goal, state="draft", title="Noch im Entwurf")
    make.GoalFactory(field=measure.goal.field, title="Ziel ohne Maßnahme")
    make.FieldOfActionFactory(concept=concept, state="candidate", title="Nur vorgeschlagen")
    by = for_seat(school)
    actions.cast_voice(measure, choice="object", reason="Zurückgezogenes", by=by, at=now)
    actions.cast_voice(measure, choice="agree", by=by, at=now)
    content = json.loads(actions.freeze_version(concept, by=who, at=now).content)
    text = json.dumps(content, ensure_ascii=False)
    for absent in ("Noch im Entwurf", "Ziel ohne Maßnahme", "Nur vorgeschlagen", "Zurückgezogenes"):
        assert absent not in text
    assert content["counts"] == {
        "fields": 1, "goals": 1, "measures": 1, "cross_cutting_themes": 0, "objections": 0,
    }  # fmt: skip


def test_an_empty_concept_is_not_frozen(concept, who, now):
    with pytest.raises(NotReady):
        actions.freeze_version(concept, by=who, at=now)


def test_freezing_needs_its_phase(measure, who, now):
    with pytest.raises(Closed):
        actions.freeze_version(measure.goal.field.concept, by=who, at=now + dt.timedelta(days=60))


def test_adopting_a_version_adopts_its_measures_and_sews_the_thread(concept, measure, who, now):
    version = actions.freeze_version(concept, by=who, at=now)
    resolution = make.ResolutionFactory(process=concept.process)
    adopted = actions.adopt_version(version, resolution=resolution, by=who, at=now)
    assert (adopted.state, concept.refreshed().state, measure.refreshed().state) == (
        "adopted", "adopted", "adopted",
    )  # fmt: skip
    assert queries.latest_adopted(concept.municipality) == adopted
    reached = {t.pk for t in thread_of(measure.as_thing(), public_only=True).things()}
    assert {version.pk, resolution.pk} <= reached
    with pytest.raises(Closed):
        actions.adopt_version(version, resolution=resolution, by=who, at=now)


@pytest.mark.parametrize(
    "facts", [{"result": "rejected"}, {"resolution_kind": "mandate"}, {"process": None}]
)
def test_only_an_adopting_resolution_of_the_process_adopts(concept, measure, who, now, facts):
    version = actions.freeze_version(concept, by=who, at=now)
    own = {"process": concept.process} | facts
    if own["process"] is None:
        own["process"] = make.ProcessFactory(municipality=concept.municipality)
    with pytest.raises(Invalid) as refused:
        actions.adopt_version(version, resolution=make.ResolutionFactory(**own), by=who, at=now)
    assert list(refused.value.fields) == ["resolution"]


def test_what_was_changed_after_freezing_cannot_be_adopted_with_that_version(
    concept, measure, who, now
):
    version = actions.freeze_version(concept, by=who, at=now)
    strategy.take_back_measure(measure, by=who, at=now)
    resolution = make.ResolutionFactory(process=concept.process)
    with pytest.raises(NotReady) as refused:
        actions.adopt_version(version, resolution=resolution, by=who, at=now)
    assert len(refused.value.points) == 1
    assert measure.title in str(refused.value.points[0])
    assert Link.objects.filter(target=resolution).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_reading_the_content_costs_the_same_for_one_measure_as_for_many(
    measure, count, now, django_assert_num_queries
):
    for _ in range(count - 1):
        other = make.MeasureFactory(goal=make.GoalFactory(field=measure.goal.field))
        strategy_state = type(other).objects.filter(pk=other.pk)
        strategy_state.update(state="submitted")
    with django_assert_num_queries(27):
        content = queries.content_of(
            measure.goal.field.concept.refreshed(), identifier="x", edition=1, at=now
        )
    assert content["counts"]["measures"] == count
