"""Who is missing: targets, figures that tell on nobody, and whom to invite."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

import pytest
from django.utils import timezone

from miteinander.community import actions, insights, queries
from miteinander.community.models import (
    Characteristic,
    CountedPerson,
    Figures,
    Person,
    SelfDescription,
    Target,
)
from miteinander.community.states import CoverageKind, TargetUnit
from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from miteinander.core.standing import Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
WORDS = ("Frau", "Mann", "divers")
HALVES = {"Frau": Decimal(49), "Mann": Decimal(49), "divers": Decimal(2)}


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.fixture
def asked(town, by):
    """The town asks for the gender and has a target for it."""
    Characteristic.objects.create(municipality=town, kind="gender", words=", ".join(WORDS))
    want(town, CoverageKind.GENDER, HALVES, **by)
    return town


def want(town, kind, amounts, *, by, at, unit=TargetUnit.PERCENT, source="Statistik"):
    amounts = {word: Decimal(amount) for word, amount in amounts.items()}
    return actions.set_target(town, kind, unit=unit, amounts=amounts, source=source, by=by, at=at)


def say(person, word):
    SelfDescription.objects.filter(person=person).delete()
    return SelfDescription.objects.create(person=person, gender=word, said_on=TODAY)


def people_saying(town, *words):
    people = [make.PersonFactory(municipality=town) for _word in words]
    for person, word in zip(people, words, strict=True):
        if word:
            say(person, word)
    return people


def as_self(person):
    standing = Standing(person.municipality_id, at=NOW, person=person.pk, role=Role.MEMBER)
    return {"by": standing, "at": NOW}


def keys(people):
    return {person.pk for person in people}


# --- targets ---


@pytest.mark.parametrize(
    ("unit", "amounts", "field"),
    [
        (TargetUnit.PERCENT, {"Frau": 50, "Mann": 40}, "__all__"),
        (TargetUnit.PERCENT, {"Frau": 60, "Mann": 45}, "__all__"),
        (TargetUnit.PEOPLE, {"Frau": 0}, "__all__"),
        (TargetUnit.PEOPLE, {}, "__all__"),
        (TargetUnit.PEOPLE, {"Frau": 20_000_000}, "__all__"),
    ],
)
def test_shares_that_do_not_add_up_are_refused(asked, by, unit, amounts, field):
    before = queries.targets_of(asked)

    with pytest.raises(Invalid) as refused:
        want(asked, CoverageKind.GENDER, amounts, unit=unit, **by)

    assert list(refused.value.fields) == [field]
    assert queries.targets_of(asked) == before


def test_a_target_needs_a_source(asked, by):
    with pytest.raises(Invalid) as refused:
        want(asked, CoverageKind.GENDER, HALVES, source="  ", **by)
    assert list(refused.value.fields) == ["source"]


def test_percent_and_numbers_of_people_mean_the_same_shares(town, by):
    want(town, CoverageKind.NEIGHBOURHOOD, {"Altstadt": "25", "Thingers": "75"}, **by)
    percent = queries.targets_of(town)[CoverageKind.NEIGHBOURHOOD].shares
    numbers = {"Altstadt": 17_000, "Thingers": 51_000}
    want(town, CoverageKind.NEIGHBOURHOOD, numbers, unit=TargetUnit.PEOPLE, **by)

    assert queries.targets_of(town)[CoverageKind.NEIGHBOURHOOD].shares == percent


def test_the_same_target_twice_is_one_event_and_dropping_it_another(asked, by):
    want(asked, CoverageKind.GENDER, HALVES, **by)
    actions.drop_target(asked, CoverageKind.GENDER, **by)
    actions.drop_target(asked, CoverageKind.GENDER, **by)

    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["targets.set", "targets.dropped"]
    assert Event.objects.first().data["shares"]["Frau"] == "49.00"
    assert not Target.objects.exists()


def test_what_is_no_longer_asked_has_no_target_and_no_figures(asked, by):
    actions.choose_characteristics(asked, words={"gender": "Frau, Mann"}, **by)
    people = people_saying(asked, *["Frau"] * 6, *["Mann"] * 6)
    assert insights.release(asked, None, keys(people), at=NOW) == 1

    actions.choose_characteristics(asked, words={}, **by)

    assert not Target.objects.exists()
    assert not Figures.objects.exists()


# --- what is open ---


def test_perspectives_of_seats_are_held_against_the_target(town, by):
    school, work, youth = (
        make.PerspectiveFactory(municipality=town, title=title)
        for title in ("Schule", "Arbeitsmarkt", "Jugend")
    )
    body = make.BodyFactory(municipality=town)
    for perspective in [school] * 6 + [youth]:
        holder = make.PersonFactory(municipality=town)
        make.SeatFactory(body=body, perspective=perspective, holder=holder)
    make.SeatFactory(body=body, perspective=work, holder=None)
    wanted = {str(each.pk): 2 for each in (school, work, youth)}
    want(town, CoverageKind.PERSPECTIVE, wanted, unit=TargetUnit.PEOPLE, **by)

    radar = insights.radar_of_body(body, day=TODAY)

    (gauge,) = radar.gauges
    assert radar.people == 7
    assert [(row.label, row.cell.present) for row in gauge.rows] == [
        ("Schule", 6),
        ("Arbeitsmarkt", 0),
        ("Jugend", 1),
    ], "who sits for what is read on the page of the body"
    assert "„Perspektive“" in " ".join(gauge.sentences)


def test_a_perspective_that_nobody_brings_is_named_also_where_few_are_expected(town, by):
    body = make.BodyFactory(municipality=town)
    all_of_them = [make.PerspectiveFactory(municipality=town) for _n in range(9)]
    for perspective in all_of_them[:8]:
        holder = make.PersonFactory(municipality=town)
        make.SeatFactory(body=body, perspective=perspective, holder=holder)
    wanted = {str(each.pk): 1 for each in all_of_them}
    want(town, CoverageKind.PERSPECTIVE, wanted, unit=TargetUnit.PEOPLE, **by)

    (gauge,) = insights.radar_of_body(body, day=TODAY).gauges

    assert gauge.sentences[0] == (
        f"Es fehlen bei „Perspektive“: {all_of_them[8].title} (niemand statt etwa 1)."
    )
    assert [row.word for row in gauge.missing] == [str(all_of_them[8].pk)]
    assert {row.cell.present for row in gauge.rows} == {1, 0}


def test_an_organisation_with_one_perspective_brings_it_with_several_nobody_guesses(town, by):
    one, two = (make.PerspectiveFactory(municipality=town) for _n in range(2))
    single = make.OrganisationFactory(municipality=town, neighbourhood="Thingers")
    single.perspectives.add(one)
    double = make.OrganisationFactory(municipality=town)
    double.perspectives.add(one, two)

    found = queries.voices([(None, single), (None, double), (None, None)])

    assert [(voice.perspective, voice.place) for voice in found] == [
        (str(one.pk), "Thingers"),
        ("", ""),
        ("", ""),
    ]


# --- figures that tell on nobody ---


def test_what_people_said_is_shown_only_as_released_figures(asked):
    body = make.BodyFactory(municipality=asked)
    people = people_saying(asked, *["Frau"] * 9, *["Mann"] * 6, "")
    for person in people:
        make.SeatFactory(body=body, holder=person)
    before = insights.radar_of_body(body, day=TODAY)
    assert before.gauges == ()
    assert before.waiting == ("Geschlecht nach eigener Angabe",)

    insights.release_bodies(asked, at=NOW)
    (gauge,) = insights.radar_of_body(body, day=TODAY).gauges

    counts = {row.word: row.cell.present for row in gauge.rows}
    assert gauge.unknown is None, "one person said nothing: nobody learns that"
    assert counts["Frau"] == 9
    assert gauge.counted_on == TODAY


def test_a_newcomer_does_not_change_the_figures_and_five_do(asked):
    people = people_saying(asked, *["Frau"] * 8, *["Mann"] * 8)
    assert insights.release(asked, None, keys(people), at=NOW) == 1

    people += people_saying(asked, "Frau")
    assert insights.release(asked, None, keys(people), at=NOW) == 0
    people += people_saying(asked, "Frau", "Frau", "Frau", "Mann")
    assert insights.release(asked, None, keys(people), at=NOW) == 0, "the man would be seen"
    people.pop()
    people += people_saying(asked, "Frau")
    assert insights.release(asked, None, keys(people), at=NOW) == 1
    assert insights.release(asked, None, keys(people), at=NOW) == 0, "twice changes nothing"
    assert Figures.objects.first().counts["Frau"] == 13


def test_figures_that_say_something_of_everybody_or_of_few_are_not_released(asked):
    assert insights.release(asked, None, keys(people_saying(asked, *["Frau"] * 7)), at=NOW) == 0
    few = people_saying(asked, "Frau", "Mann", "Frau", "Mann", "", "", "", "", "", "")
    assert insights.release(asked, None, keys(few), at=NOW) == 0
    assert not CountedPerson.objects.exists()


def test_whoever_changes_erases_or_is_forgotten_is_in_no_figure_any_more(asked, by):
    people = people_saying(asked, *["Frau"] * 8, *["Mann"] * 8)
    insights.release(asked, None, keys(people), at=NOW)
    shown = Figures.objects.get().counts

    actions.describe_self(people[0], said={"gender": "divers"}, **as_self(people[0]))
    actions.describe_self(people[1], said={"gender": "Frau"}, **as_self(people[1]))
    actions.erase_self_description(people[2], **as_self(people[2]))
    actions.forget_person(people[3], **by)

    gone = keys([people[0], people[2], people[3]])
    kept = set(CountedPerson.objects.values_list("person", flat=True))
    assert kept == keys(people) - gone
    assert Figures.objects.get().counts == shown
    assert insights.release(asked, None, kept, at=NOW) == 0, "three went: too few to tell apart"


def test_no_kind_is_counted_that_the_town_does_not_ask_for(town, by):
    people = people_saying(town, *["Frau"] * 8, *["Mann"] * 8)
    want(town, CoverageKind.GENDER, HALVES, **by)
    assert insights.release(town, None, keys(people), at=NOW) == 0


@dataclass
class Watcher:
    """Somebody who keeps every figure ever shown, knows who sat where on every day, and subtracts.

    `saw` also holds what each of these people had said on that day, to judge what comes out.
    """

    saw: list[tuple[Figures, dict[int, str]]] = field(default_factory=list)

    def look(self, town, scope, there):
        if insights.release(town, scope, there, at=NOW):
            figures = Figures.objects.latest("pk")
            said = dict(SelfDescription.objects.values_list("person", "gender"))
            self.saw.append((figures, {person: said.get(person, "") for person in there}))

    def subtract(self):
        """Numbers below five that come out, to either side."""
        for (one, in_one), (other, in_other) in combinations(self.saw, 2):
            if not in_one.keys() & in_other.keys():
                continue
            for word, count in one.counts.items():
                if count is None or other.counts.get(word) is None:
                    continue
                came = sum(w == word != in_other.get(p) for p, w in in_one.items())
                left = sum(w == word != in_one.get(p) for p, w in in_other.items())
                assert count - other.counts[word] == came - left
                yield from (small for small in (came, left, abs(came - left)) if 0 < small < 5)


def live_through(town, seed):
    """A body, its meetings and everybody, over weeks: people come, go, speak, change their mind."""
    chance = random.Random(seed)
    body, meeting, other = (make.BodyFactory(municipality=town) for _n in range(3))
    words = [*WORDS[:2] * 2, ""]
    people = people_saying(town, *(chance.choice(words) for _n in range(70)))
    inside = set(chance.sample(sorted(keys(people)), 45))
    watcher = Watcher()
    for week in range(16):
        for _change in range(chance.randint(1, 9)):
            person = chance.choice(people)
            if week < 8 or chance.random() < 0.7:
                inside ^= {person.pk}
            else:
                say(person, chance.choice(WORDS[:2]))
                CountedPerson.objects.filter(person=person).delete()
        came = {person for person in inside if chance.random() < 0.8}
        for scope, there in ((body, inside), (meeting, came), (other, keys(people) - inside)):
            watcher.look(town, scope, there)
    return watcher


@pytest.mark.parametrize("seed", range(4))
def test_attack_by_differencing_finds_nothing(asked, seed):
    watcher = live_through(asked, seed)

    assert len(watcher.saw) >= 2
    assert list(watcher.subtract()) == []


def test_the_attack_would_find_something_were_nobody_on_guard(asked, monkeypatch):
    monkeypatch.setattr(insights, "may_stand_beside", lambda *_views, **_gone: True)

    assert list(live_through(asked, 0).subtract())


def test_figures_give_way_after_a_year(asked):
    people = people_saying(asked, *["Frau"] * 8, *["Mann"] * 8)
    insights.release(asked, None, keys(people), at=NOW)
    people += people_saying(asked, "Mann")

    assert insights.release(asked, None, keys(people), at=NOW + dt.timedelta(days=365)) == 0
    assert insights.release(asked, None, keys(people), at=NOW + dt.timedelta(days=366)) == 1
    assert Figures.objects.get().counts["Mann"] == 9


def test_nothing_that_is_withheld_is_kept_in_figures(asked):
    people = people_saying(asked, *["Frau"] * 12, *["Mann"] * 9, *["divers"] * 2, "", "", "")
    insights.release(asked, None, keys(people), at=NOW)

    figures = Figures.objects.get()
    assert figures.counts["divers"] is None
    assert figures.few == ["divers"]
    assert figures.unknown is None
    hidden = figures.people_count - sum(count or 0 for count in figures.counts.values())
    assert hidden >= 5
    assert sum(count is None for count in (*figures.counts.values(), figures.unknown)) >= 2


# --- whom to invite ---


def gap(town, by):
    school, work = (make.PerspectiveFactory(municipality=town, title=t) for t in ("Schule", "Amt"))
    body = make.BodyFactory(municipality=town)
    for _n in range(6):
        holder = make.PersonFactory(municipality=town)
        make.SeatFactory(body=body, perspective=school, holder=holder)
    wanted = {str(school.pk): 1, str(work.pk): 1}
    want(town, CoverageKind.PERSPECTIVE, wanted, unit=TargetUnit.PEOPLE, **by)
    return body, work


def test_organisations_are_proposed_with_their_reason_and_not_twice(town, by):
    body, work = gap(town, by)
    fits, sits = (make.OrganisationFactory(municipality=town, title=t) for t in ("Kammer", "Sitzt"))
    resting = make.OrganisationFactory(municipality=town, title="Ruht", retired_on=TODAY)
    foreign = make.OrganisationFactory(title="Anderswo")
    for organisation in (fits, sits, resting, foreign):
        organisation.perspectives.add(work)
    sits.perspectives.add(make.PerspectiveFactory(municipality=town))
    make.OrganisationFactory(municipality=town, title="Passt nicht")
    make.SeatFactory(body=body, organisation=sits, holder=make.PersonFactory(municipality=town))

    radar = insights.radar_of_body(body, day=TODAY)
    found = insights.proposals_for_body(body, radar, day=TODAY, with_people=True)

    assert [(p.organisation, p.reasons, p.perspective) for p in found] == [
        (fits, ("bringt ein: Amt",), str(work.pk))
    ]


def test_people_are_proposed_by_the_register_alone_never_by_what_they_said(asked, by):
    body, _work = gap(asked, by)
    want(asked, CoverageKind.LANGUAGE, {"ar": 60, "de": 40}, **by)
    speaks = make.agreed(
        make.PersonFactory(municipality=asked, further_languages="ar", email="a@b.example")
    )
    make.PersonFactory(municipality=asked, further_languages="ar", email="c@d.example")
    insights.release_bodies(asked, at=NOW)
    others = people_saying(asked, *[""] * 40)
    Person.objects.filter(pk__in=[person.pk for person in others[:8]]).update(language="tr")
    for person in others:
        make.SeatFactory(body=body, holder=person)
    insights.release_bodies(asked, at=NOW)

    def proposed():
        radar = insights.radar_of_body(body, day=TODAY)
        return insights.proposals_for_body(body, radar, day=TODAY, with_people=True)

    before = proposed()
    assert [(p.person, p.reasons) for p in before if p.person] == [
        (speaks, ("spricht laut Register Arabisch",))
    ], "only whoever agreed to be written to"
    for person in Person.objects.filter(municipality=asked):
        say(person, "Frau" if person.pk % 2 else "divers")
    assert proposed() == before
    radar = insights.radar_of_body(body, day=TODAY)
    without = insights.proposals_for_body(body, radar, day=TODAY, with_people=False)
    assert not [p for p in without if p.person]


@pytest.mark.parametrize("bodies", [1, 4])
def test_the_radar_of_everything_asks_the_same_however_many_bodies(
    town, by, bodies, django_assert_num_queries
):
    rows = []
    for _n in range(bodies):
        body, _work = gap(town, by)
        rows.append(body)
    with django_assert_num_queries(4):
        whole, parts = insights.radar_of_all(town, rows, day=TODAY)

    assert whole.people == 6 * bodies
    assert [part.people for _body, part in parts] == [6] * bodies
