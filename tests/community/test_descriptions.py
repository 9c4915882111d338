"""Voluntary details: only what was chosen, only by oneself, gone when erased or forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from miteinander.community import actions, queries
from miteinander.community.models import Consent, Person, SelfDescription
from miteinander.core.errors import Invalid
from miteinander.core.models import Event, EventDetail
from miteinander.core.rights import allowed
from miteinander.core.standing import Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
WORDS = {"gender": "Frau, Mann, divers", "neighbourhood": "Altstadt; Thingers"}


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.fixture
def person(town):
    return make.PersonFactory(municipality=town)


def as_self(person):
    standing = Standing(person.municipality_id, at=NOW, person=person.pk, role=Role.MEMBER)
    return {"by": standing, "at": NOW}


def test_only_what_the_municipality_chose_is_asked(town, by, person):
    actions.choose_characteristics(town, words=WORDS, **by)

    assert [(row.kind, row.choices) for row in queries.characteristics_of(town)] == [
        ("gender", ("Frau", "Mann", "divers")),
        ("neighbourhood", ("Altstadt", "Thingers")),
    ]
    with pytest.raises(Invalid) as refused:
        actions.describe_self(
            person, said={"age_group": "30 bis 49", "gender": "Elf"}, **as_self(person)
        )
    assert set(refused.value.fields) == {"age_group", "gender"}
    assert not SelfDescription.objects.exists()


def test_saying_changing_and_erasing_leave_no_trace(town, by, person):
    actions.choose_characteristics(town, words=WORDS, **by)
    before = set(Event.objects.values_list("pk", flat=True))

    actions.describe_self(person, said={"gender": "Frau"}, **as_self(person))
    actions.describe_self(person, said={"neighbourhood": "Thingers"}, **as_self(person))
    kept = queries.self_description_of(person)
    assert (kept.gender, kept.neighbourhood, kept.said_on) == ("", "Thingers", TODAY)
    actions.erase_self_description(person, **as_self(person))
    actions.erase_self_description(person, **as_self(person))

    assert not SelfDescription.objects.exists()
    assert set(Event.objects.values_list("pk", flat=True)) == before


def test_saying_nothing_keeps_nothing(town, by, person):
    actions.choose_characteristics(town, words=WORDS, **by)
    actions.describe_self(person, said={"gender": "Frau"}, **as_self(person))

    assert actions.describe_self(person, said={"gender": ""}, **as_self(person)) is None
    assert not SelfDescription.objects.exists()


def test_what_is_no_longer_asked_is_erased_at_once(town, by, person):
    actions.choose_characteristics(town, words=WORDS, **by)
    other, elsewhere = make.PersonFactory(municipality=town), make.PersonFactory()
    said = {"gender": "Frau", "neighbourhood": "Thingers"}
    actions.describe_self(person, said=said, **as_self(person))
    actions.describe_self(other, said={"gender": "Mann"}, **as_self(other))
    SelfDescription.objects.create(person=elsewhere, gender="Mann", said_on=TODAY)

    actions.choose_characteristics(town, words={"neighbourhood": "Thingers, Haubenschloß"}, **by)

    assert [
        (row.person, row.gender, row.neighbourhood)
        for row in SelfDescription.objects.order_by("pk")
    ] == [(person, "", "Thingers"), (elsewhere, "Mann", "")]


def test_a_word_that_is_no_longer_offered_may_stay(town, by, person):
    actions.choose_characteristics(town, words=WORDS, **by)
    actions.describe_self(person, said={"neighbourhood": "Thingers"}, **as_self(person))
    actions.choose_characteristics(town, words={"neighbourhood": "Altstadt, Lotterberg"}, **by)

    actions.describe_self(person, said={"neighbourhood": "Thingers"}, **as_self(person))

    assert queries.self_description_of(person).neighbourhood == "Thingers"


def test_one_word_is_no_choice_and_the_same_again_is_no_news(town, by):
    with pytest.raises(Invalid) as refused:
        actions.choose_characteristics(town, words={"gender": "Frau"}, **by)
    assert list(refused.value.fields) == ["gender"]

    for _each in range(2):
        actions.choose_characteristics(town, words=WORDS, **by)
    assert Event.objects.filter(kind="characteristics.chosen").count() == 1


def test_nobody_speaks_for_somebody_else(town, by, person):
    mine, other = as_self(person)["by"], make.PersonFactory(municipality=town)

    assert allowed(mine, "community.describe_self", person)
    assert not allowed(mine, "community.describe_self", other)
    assert not allowed(by["by"], "community.describe_self", person)
    with pytest.raises(AssertionError):
        actions.describe_self(other, said={}, **as_self(person))


def test_a_consent_holds_once_can_be_withdrawn_and_given_again(person, by):
    first = actions.give_consent(person, way="form", on=TODAY - 30 * DAY, **by)
    assert actions.give_consent(person, way="mail", **by) == first
    withdrawn = actions.withdraw_consent(person, **by)
    assert (withdrawn, withdrawn.withdrawn_on) == (first, TODAY)
    assert actions.withdraw_consent(person, **by) is None
    actions.give_consent(person, way="online", **by)

    assert [row.way for row in person.consents.all()] == ["online", "form"]
    assert [event.kind for event in Event.objects.order_by("pk")] == [
        "consent.given", "consent.withdrawn", "consent.given",
    ]  # fmt: skip
    assert {str(event.data) for event in Event.objects.all()} == {str({"person": person.function})}


@pytest.mark.parametrize(
    ("act", "on", "field"),
    [
        ("give_consent", TODAY + DAY, "given_on"),
        ("withdraw_consent", TODAY - 2 * DAY, "withdrawn_on"),
        ("withdraw_consent", TODAY + DAY, "withdrawn_on"),
    ],
)
def test_a_consent_has_its_days_in_order(person, by, act, on, field):
    more = {"way": "form"} if act == "give_consent" else {}
    if not more:
        actions.give_consent(person, way="form", on=TODAY - DAY, **by)

    with pytest.raises(Invalid) as refused:
        getattr(actions, act)(person, on=on, **more, **by)

    assert list(refused.value.fields) == [field]


def test_the_database_keeps_one_live_consent(person):
    Consent.objects.create(person=person, given_on=TODAY, way="form")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=person, given_on=TODAY, way="mail")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=person, given_on=TODAY, way="mail", withdrawn_on=TODAY - DAY)


def test_only_who_agreed_and_has_an_address_is_written_to(town, by):
    agreed, silent, withdrew, nowhere = (
        make.PersonFactory(municipality=town, email=mail)
        for mail in ("a@b.example", "c@b.example", "d@b.example", "")
    )
    for each in (agreed, withdrew, nowhere):
        actions.give_consent(each, way="form", **by)
    actions.withdraw_consent(withdrew, **by)

    assert list(queries.reachable(queries.people_of(town))) == [agreed]
    assert silent in queries.people_of(town)


def test_forgetting_takes_everything_personal_along(town, by, person):
    organisation = make.OrganisationFactory(municipality=town, contact=person)
    actions.choose_characteristics(town, words=WORDS, **by)
    actions.describe_self(person, said={"gender": "Frau"}, **as_self(person))
    actions.give_consent(person, way="form", **by)
    Person.objects.filter(pk=person.pk).update(further_languages="ar, fa")
    person.acts_for.add(organisation)
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town))
    actions.fill_seat(seat, holder=person, on=TODAY - 9 * DAY, **by)

    actions.forget_person(person, **by)

    person.refresh_from_db()
    organisation.refresh_from_db()
    assert (person.languages, organisation.contact) == (("de",), None)
    assert not person.acts_for.exists()
    assert not SelfDescription.objects.exists()
    assert not Consent.objects.exists()
    assert [(row.person, row.function, row.ended) for row in seat.tenures.all()] == [
        (None, person.function, TODAY - DAY)
    ]
    assert not EventDetail.objects.filter(data__person=person.pk).exists()
