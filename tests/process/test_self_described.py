"""Quotas by what people said of themselves: it counts, and nobody reads it of anybody."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from miteinander.community import actions as community
from miteinander.community.insights import release
from miteinander.community.states import CoverageKind, TargetUnit
from miteinander.core.errors import Closed, NotReady
from miteinander.core.models import Event, EventDetail
from miteinander.core.standing import Role, Standing
from miteinander.process import actions, insights, queries
from miteinander.process.actions import NOT_SAID, Candidate
from miteinander.process.actions.self_described import blurred
from miteinander.process.tasks import list_panels
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return make.coordinator(town)


@pytest.fixture
def draw(town, by):
    return actions.prepare_draw(
        make.ProcessFactory(municipality=town),
        body=make.BodyFactory(municipality=town),
        title="Beirat", size=6, source="register", by=by, at=by.at,
    )  # fmt: skip


@pytest.fixture
def people(town, by):
    """Eight women and six men who let it count, and two who do not."""
    community.choose_characteristics(town, words={"gender": "Frau, Mann, divers"}, by=by, at=by.at)
    words = ["Frau"] * 8 + ["Mann"] * 6 + ["divers"] * 2
    made = []
    for number, word in enumerate(words):
        person = make.PersonFactory(municipality=town, name=f"Geheim {number}")
        describe(person, by, word, for_draws=word != "divers")
        made.append(person)
    return made


def own(person, by):
    standing = Standing(person.municipality_id, at=by.at, person=person.pk, role=Role.MEMBER)
    return {"by": standing, "at": by.at}


def describe(person, by, word, *, for_draws=True):
    community.describe_self(person, said={"gender": word}, for_draws=for_draws, **own(person, by))


def take(draw, town, by):
    pool = pool_of(town)
    return actions.take_pool(draw, people=pool, told=["Geschlecht"], by=by, at=by.at)


def take_told(draw, town, by, at=None):
    told = {"gender": "Geschlecht"}
    return insights.take_told(draw, people=pool_of(town), told=told, by=by, at=at or by.at)


def pool_of(town):
    return [
        Candidate(person=k.person, values={"Geschlecht": k.told.get("gender", "")})
        for k in queries.people_to_draw(town)
    ]


def values(draw):
    return sorted(ticket.values["Geschlecht"] for ticket in draw.tickets.all())


def test_groups_of_fewer_than_five_say_nothing():
    rows = [{"a": "x"}] * 6 + [{"a": "y"}] * 5 + [{"a": "z"}] * 4 + [{"a": NOT_SAID}] * 3
    assert sorted(row["a"] for row in blurred(rows)) == [NOT_SAID] * 7 + ["x"] * 6 + ["y"] * 5


def test_those_who_say_nothing_are_never_fewer_than_five_either():
    rows = [{"a": "x"}] * 9 + [{"a": "y"}] * 5 + [{"a": "z"}] * 2
    assert sorted(row["a"] for row in blurred(rows)) == [NOT_SAID] * 7 + ["x"] * 9


def test_several_characteristics_are_looked_at_together():
    rows = [{"a": "x", "b": "1"}] * 5 + [{"a": "x", "b": "2"}] * 4 + [{"a": "y", "b": "2"}] * 5
    assert {"a": "x", "b": "2"} not in blurred(rows)


def test_only_what_may_count_counts(draw, town, by, people):
    draw = take(draw, town, by)

    # Two say nothing for draws: with the six men there are enough who say nothing.
    assert values(draw) == ["Frau"] * 8 + [NOT_SAID] * 8
    for person in people[:3]:
        describe(person, by, "Frau", for_draws=False)
    assert values(take(draw, town, by)) == ["Frau"] * 5 + ["Mann"] * 6 + [NOT_SAID] * 5


def test_too_few_who_said_something_are_no_pool(draw, town, by, people):
    for person in people[:14]:
        describe(person, by, "divers", for_draws=False)
    with pytest.raises(Closed):
        take(draw, town, by)
    assert not draw.tickets.exists()


def test_what_was_told_stands_alone(draw, by, people):
    known = Candidate(person=people[0], values={"Geschlecht": "Frau", "Organisation": "Bücherei"})
    with pytest.raises(AssertionError):
        actions.take_pool(draw, people=[known], told=["Geschlecht"], by=by, at=by.at)


@pytest.mark.parametrize(
    "quotas",
    [
        [["Geschlecht", "Frau", 5, 6]],
        [["Geschlecht", "Frau", 0, 6], ["Geschlecht", NOT_SAID, 0, 1]],
        [["Geschlecht", "Frau", 0, 0], ["Geschlecht", NOT_SAID, 0, 6]],
    ],
)
def test_quotas_that_tell_of_each_are_refused(draw, town, by, people, quotas):
    draw = take(draw, town, by)
    with pytest.raises(Closed):
        actions.set_quotas(draw, quotas=quotas, by=by, at=by.at)
    assert draw.refreshed().quotas == []


def test_few_places_tell_too_much(draw, town, by, people):
    draw = take(draw, town, by)
    actions.change_draw(
        draw, title="Beirat", text="", size=4, per_household=None, seen=draw.revision,
        by=by, at=by.at,
    )  # fmt: skip
    with pytest.raises(NotReady):
        actions.order_list(draw, by=by, at=by.at)


def announced(draw, town, by, people):
    for person in people[:3]:
        describe(person, by, "Frau", for_draws=False)
    draw = take(draw, town, by)
    rows = [
        ["Geschlecht", "Frau", 2, 3],
        ["Geschlecht", "Mann", 2, 3],
        ["Geschlecht", NOT_SAID, 1, 2],
    ]
    actions.set_quotas(draw, quotas=rows, by=by, at=by.at)
    actions.order_list(draw, by=by, at=by.at)
    list_panels(draw.pk)
    return actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at)


def drawn(draw, town, by, people):
    draw = announced(draw, town, by, people)
    number = insights.draw_number(queries.panel_numbers(draw), draw.panels.digest, "6-2")
    return actions.draw_panel(draw, seed="6-2", number=number, by=by, at=by.at)


def test_quotas_count_and_events_tell_nothing_of_anybody(draw, town, by, people):
    draw = drawn(draw, town, by, people)
    panel = [ticket.values["Geschlecht"] for ticket in queries.draw_page(draw).panel]

    assert 2 <= panel.count("Frau") <= 3
    assert 2 <= panel.count("Mann") <= 3
    told = [str(e.data) for e in Event.objects.all()] + [
        str(d.data) for d in EventDetail.objects.filter(event__kind__startswith="draw.")
    ]
    assert not [text for text in told if "Frau" in text or "Geheim" in text]
    actions.erase_names(draw, by=by, at=by.at)
    assert {str(ticket.values) for ticket in draw.tickets.all()} == {"{}"}


def test_what_is_taken_back_counts_no_longer_until_the_draw_is_announced(draw, town, by, people):
    draw = take(draw, town, by)
    describe(people[15], by, "Mann", for_draws=False)
    assert values(draw) == ["Frau"] * 8 + [NOT_SAID] * 8, "they had not counted"

    describe(people[0], by, "Mann")
    assert not draw.tickets.exists(), "with seven women it would be seen what they had said"
    assert (draw.refreshed().quotas, draw.refreshed().told) == ([], [])


def test_a_list_of_what_was_taken_back_while_it_was_computed_is_let_go(
    draw, town, by, people, monkeypatch
):
    draw = take(draw, town, by)
    actions.order_list(draw, by=by, at=by.at)
    compute = insights.listed

    def meanwhile(*args, **how):
        monkeypatch.setattr(insights, "listed", compute)
        describe(people[0], by, "Mann")
        take(draw, town, by)
        actions.order_list(draw, by=by, at=by.at)
        return compute(*args, **how)

    monkeypatch.setattr(insights, "listed", meanwhile)
    list_panels(draw.pk)
    assert draw.refreshed().state == "computing", "the next job has the values of now"
    list_panels(draw.pk)
    assert draw.refreshed().state == "listed"


def test_what_the_town_stops_asking_counts_no_longer(draw, town, by, people):
    draw = take(draw, town, by)
    community.choose_characteristics(town, words={}, by=by, at=by.at)
    assert not draw.tickets.exists()


# --- beside what is shown elsewhere ---


def test_a_newcomer_does_not_change_the_numbers_of_a_pool_and_five_do(draw, town, by, people):
    """Monday's pool beside Tuesday's would say what the one said who came in between."""
    before = values(take_told(draw, town, by))
    assert values(take_told(draw, town, by)) == before
    make.PersonFactory(municipality=town, name="Geheim, und sagt nichts")
    assert values(take_told(draw, town, by)) == [*before, NOT_SAID]

    for number in range(5):
        person = make.PersonFactory(municipality=town, name=f"Neu {number}")
        describe(person, by, "Frau")
        if number < 4:
            with pytest.raises(Closed):
                take_told(draw, town, by)
            assert draw.tickets.count() == 17, "the pool stays as it was"
    assert values(take_told(draw, town, by)).count("Frau") == 13


def test_another_draw_is_held_against_the_first_for_a_year(draw, town, by, people):
    take_told(draw, town, by)
    community.erase_self_description(people[0], **own(people[0], by))
    other = actions.prepare_draw(
        draw.process, body=draw.body, title="Zweiter", size=6, source="register", by=by, at=by.at
    )
    with pytest.raises(Closed):
        take_told(other, town, by)
    later = by.at + dt.timedelta(days=366)
    assert values(take_told(other, town, by, at=later)).count("Frau") == 7


def wanting(town, by):
    community.set_target(
        town, CoverageKind.GENDER, unit=TargetUnit.PERCENT, source="Statistik",
        amounts={"Frau": Decimal(50), "Mann": Decimal(50)}, by=by, at=by.at,
    )  # fmt: skip


def everybody(people):
    return [person.pk for person in people]


def test_pool_and_radar_together_tell_nothing_small(draw, town, by, people):
    """One woman let it count on the radar only: one subtraction from saying that she is one."""
    wanting(town, by)
    assert release(town, None, everybody(people), at=by.at) == 1
    describe(people[0], by, "Frau", for_draws=False)

    with pytest.raises(Closed) as refused:
        take_told(draw, town, by)

    assert "ausrechnen" in german(refused.value)
    assert not draw.tickets.exists()


def test_the_radar_keeps_its_figures_where_a_pool_was_shown(draw, town, by, people):
    wanting(town, by)
    take_told(draw, town, by)
    assert release(town, None, everybody(people[1:]), at=by.at) == 0


def test_a_pool_of_which_all_said_the_same_is_none(draw, town, by):
    community.choose_characteristics(town, words={"gender": "Frau, Mann"}, by=by, at=by.at)
    for number in range(9):
        describe(make.PersonFactory(municipality=town, name=f"Geheim {number}"), by, "Frau")
    with pytest.raises(Closed):
        take_told(draw, town, by)


def german(refusal):
    with translation.override("de"):
        return str(refusal.what)


def test_an_announced_list_does_not_change(draw, town, by, people):
    draw = announced(draw, town, by, people)
    before = values(draw)
    community.erase_self_description(people[5], **own(people[5], by))
    assert (values(draw), draw.refreshed().state) == (before, "announced")


def test_seats_and_names_come_in_an_order_that_tells_no_number(draw, town, by, people):
    draw = drawn(draw, town, by, people)
    names = [ticket.who for ticket in queries.draw_page(draw).by_name]
    assert names == sorted(names)
    actions.seat_drawn(draw, by=by, at=by.at)
    holders = [seat.holder_id for seat in draw.body.seats.order_by("pk")]
    assert holders == sorted(holders), "as in the register"


def test_everybody_finds_their_own_number_once_it_is_announced(draw, town, by, people):
    draw = take(draw, town, by)
    assert queries.own_numbers(people[0]) == []
    for person in people[:3]:
        describe(person, by, "Frau", for_draws=False)
    draw = announced(draw, town, by, people)
    (found,) = queries.own_numbers(people[0])
    assert found == draw.tickets.get(person=people[0])
