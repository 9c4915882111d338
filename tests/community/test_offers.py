"""Offers: kept, changed, ended, never deleted; read from elsewhere without doubling."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from miteinander.community import actions, queries
from miteinander.community.actions import OfferDetails
from miteinander.community.models import Offer
from miteinander.community.readers.integreat import MOST_ENTRIES, compact, read_integreat
from miteinander.core.errors import Conflict, Invalid
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.core.standing import Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.fixture
def owner(town):
    return make.OrganisationFactory(municipality=town, title="Haus International")


def visitor(town):
    return Standing(town.pk, at=NOW)


def test_an_offer_is_written_in_one_way(owner, by):
    details = OfferDetails(
        " Deutschkurs  für Eltern ", target_groups="Eltern;Kinder, eltern", languages=["de", "ar"]
    )
    offer = actions.make_offer(owner, details=details, **by)

    assert (offer.title, offer.target_groups, offer.language_tags) == (
        "Deutschkurs für Eltern", "Eltern, Kinder", ("de", "ar"),
    )  # fmt: skip
    assert [event.kind for event in Event.objects.all()] == ["offer.made"]


def test_the_same_offer_twice_is_refused_with_a_sentence(owner, by):
    actions.make_offer(owner, details=OfferDetails("Deutschkurs"), **by)
    with pytest.raises(Invalid) as refused:
        actions.make_offer(owner, details=OfferDetails("deutschkurs"), **by)

    assert list(refused.value.fields) == ["title"]
    assert Offer.objects.count() == 1


def test_an_offer_of_a_hidden_organisation_stays_hidden(town, by):
    hidden = make.OrganisationFactory(municipality=town, is_public=False)
    with pytest.raises(Invalid) as refused:
        actions.make_offer(hidden, details=OfferDetails("Kurs"), **by)
    assert list(refused.value.fields) == ["is_public"]

    offer = actions.make_offer(hidden, details=OfferDetails("Kurs"), is_public=False, **by)
    assert offer not in queries.offers_visible_to(town, visitor(town))


def test_ending_and_coming_back_happen_once_each(owner, by):
    offer = actions.make_offer(owner, details=OfferDetails("Kurs"), **by)
    for _each in range(2):
        offer = actions.end_offer(offer, **by)
    assert (offer.retired_on, offer.runs_on(TODAY), offer.runs_on(TODAY - DAY)) == (
        TODAY, False, True,
    )  # fmt: skip
    for _each in range(2):
        offer = actions.resume_offer(offer, **by)

    assert offer.runs_on(TODAY)
    assert [event.kind for event in Event.objects.order_by("pk")] == [
        "offer.made", "offer.ended", "offer.resumed",
    ]  # fmt: skip


def test_two_editors_lose_no_text(owner, by):
    offer = actions.make_offer(owner, details=OfferDetails("Kurs"), **by)
    change = {"is_public": True, "seen": offer.revision, **by}
    actions.change_offer(offer, details=OfferDetails("Kurs", text="Fremd"), **change)
    with pytest.raises(Conflict) as refused:
        actions.change_offer(offer, details=OfferDetails("Kurs", text="Eigen"), **change)

    assert (refused.value.mine["text"], refused.value.theirs["text"]) == ("Eigen", "Fremd")


def test_hiding_an_offer_is_noticed_by_kept_pages(owner, by):
    offer = actions.make_offer(owner, details=OfferDetails("Kurs"), **by)
    before = type(owner.municipality).objects.get(pk=owner.municipality_id).public_version

    actions.change_offer(
        offer, details=OfferDetails("Kurs"), is_public=False, seen=offer.revision, **by
    )

    after = type(owner.municipality).objects.get(pk=owner.municipality_id).public_version
    assert after > before


def test_what_runs_ends_and_has_ended(town, owner):
    def offered(title, **more):
        return make.OfferFactory(organisation=owner, title=title, **more)

    lasting, last_day = offered("a"), offered("b", ends=TODAY)
    soon, later = offered("c", ends=TODAY + 364 * DAY), offered("d", ends=TODAY + 365 * DAY)
    over, ended = offered("e", ends=TODAY - DAY), offered("f", retired_on=TODAY)
    every = queries.offers_visible_to(town, visitor(town))

    def found(which):
        return list(queries.running(every, TODAY, which))

    assert found("now") == [lasting, last_day, soon, later]
    assert found("ending") == [last_day, soon]
    assert found("ended") == [over, ended]
    assert len(found("all")) == 6
    assert [offer.runs_on(TODAY) for offer in every] == [True] * 4 + [False] * 2


def test_words_choose_whole_words_only(town, owner):
    parents = make.OfferFactory(organisation=owner, target_groups="Eltern (mit Kita, Schule)")
    both = make.OfferFactory(organisation=owner, target_groups="eltern, Kinder", languages="fa")
    every = queries.offers_visible_to(town, visitor(town))
    words = queries.offer_words(every)

    assert list(queries.chosen(every, words, target_group="Eltern")) == [both]
    assert list(queries.chosen(every, words, target_group="Kinder", language="fa")) == [both]
    assert list(queries.chosen(every, words, target_group="Kinder", language="ar")) == []
    assert list(queries.chosen(every, words, neighbourhood="thingers")) == [parents, both]


def test_the_list_agrees_with_the_rule(town, owner):
    offers = [make.OfferFactory(organisation=owner, is_public=p) for p in (True, False)]
    member = Standing(town.pk, at=NOW, role=Role.MEMBER)
    for standing in (visitor(town), member, Standing(None, at=NOW)):
        listed = set(queries.offers_visible_to(town, standing))
        assert listed == {o for o in offers if allowed(standing, "community.see_thing", o)}


def test_who_acts_for_the_organisation_keeps_its_offers(town, owner):
    offer = make.OfferFactory(organisation=owner)
    own = Standing(town.pk, at=NOW, role=Role.MEMBER, organisations=frozenset({owner.pk}))
    other = Standing(town.pk, at=NOW, role=Role.MEMBER, organisations=frozenset({0}))

    assert allowed(own, "community.change_offer", offer)
    assert not allowed(other, "community.change_offer", offer)
    assert not allowed(Standing(town.pk, at=NOW), "community.make_offer")


# --- Integreat ---------------------------------------------------------------------------------


def entry(path="/stadt/de/orte/kurs/", title="Sprachkurs", **more):
    return {"path": path, "title": title, "excerpt": "Für <b>alle</b> &amp; kostenlos", **more}


def test_places_events_and_pages_become_rows():
    organisation = {"id": 1, "name": "Haus International"}
    data = json.dumps(
        [
            entry(organization=organisation, location={"id": None}),
            entry("/stadt/de/e/cafe$2026-12-01/", "Café", event={"end_date": "2026-12-01"}),
            entry("/stadt/de/e/cafe$2027-03-01/", "Café", event={"end_date": "2027-03-01"}),
            entry("/stadt/de/e/chor/", "Chor", event={"end": "2026-12-01T20:00:00+01:00"},
                  recurrence_rule="RRULE:FREQ=WEEKLY;UNTIL=20270630T000000"),
            entry("/stadt/de/e/treff/", "Treff", event={"end_date": "2026-12-01"},
                  recurrence_rule="RRULE:FREQ=WEEKLY"),
            entry("/stadt/de/e/nacht/", "Nacht", event={"end": "2026-12-01T23:30:00Z"}),
            entry("/stadt/de/seite/", "Seite", organization=None, content="<p>Text</p>"),
        ]
    )  # fmt: skip
    rows = read_integreat(data.encode())

    assert [(r.source, r.organisation, r.ends) for r in rows] == [
        ("integreat:/stadt/de/orte/kurs/", "Haus International", None),
        ("integreat:/stadt/de/e/cafe/", "", dt.date(2027, 3, 1)),
        ("integreat:/stadt/de/e/chor/", "", dt.date(2027, 6, 30)),
        ("integreat:/stadt/de/e/treff/", "", None),
        ("integreat:/stadt/de/e/nacht/", "", dt.date(2026, 12, 2)),
        ("integreat:/stadt/de/seite/", "", None),
    ]
    assert rows[0].text == "Für alle & kostenlos"
    assert read_integreat(compact(rows)) == rows


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xff\xfe{", "UTF-8"),
        ('[{"path": ', "Zeile 1"),
        ("", "Zeile 1"),
        ('{"error": "not found"}', "keine Liste"),
        ("[]", "leer"),
        ("[1]", "Eintrag 1"),
        ('[{"path": "/a/"}]', "keinen Titel"),
        ('[{"path": "/a/", "title": "<b></b>"}]', "keinen Titel"),
        ('[{"title": "A", "path": 5}]', "keinen Pfad"),
        ('[{"title": "A", "path": "/a/", "event": {"end_date": "bald"}}]', "„bald“"),
        ('[{"title": "A", "path": "/a/", "event": {}, "recurrence_rule": "UNTIL=20269901"}]', "99"),
        ("[" * 100_000, ""),
        (json.dumps([{}] * (MOST_ENTRIES + 1)), str(MOST_ENTRIES)),
    ],
)  # fmt: skip
def test_a_broken_answer_is_refused_in_words(data, word):
    with pytest.raises(Invalid) as refused:
        read_integreat(data)
    assert word in str(refused.value.fields["text"])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-05T22:30:00Z", dt.date(2026, 10, 6)),
        ("9999-12-31T23:59:59Z", dt.date.max),
        ("0001-01-01T00:00:00+14:00", dt.date.min),
    ],
)
def test_a_moment_lies_on_the_day_of_the_town_at_either_end_of_time_too(written, day):
    [row] = read_integreat(json.dumps([entry(event={"end_date": written})]))
    assert row.ends == day


def test_reading_again_doubles_nothing_and_keeps_what_was_added(town, owner, by):
    rows = read_integreat(json.dumps([entry(), entry("/b/", "Chor"), entry("/c/", "Kurs")]))
    make.OfferFactory(organisation=owner, title="kurs")
    sources = {row.source for row in rows}

    def take():
        return actions.take_offers(town, rows, chosen=sources, fallback=owner, **by)

    plans = actions.planned(town, rows, fallback=owner)
    assert [plan.state for plan in plans] == ["new", "new", "named_alike"]
    assert take() == (2, 0)
    assert take() == (0, 0)
    assert Offer.objects.count() == 3
    Offer.objects.filter(title="Chor").update(target_groups="Frauen", languages="uk")
    rows = read_integreat(json.dumps([entry("/b/", "Chor für alle")]))
    assert [plan.state for plan in actions.planned(town, rows, fallback=owner)] == ["changed"]
    assert take() == (0, 1)

    chor = Offer.objects.get(title="Chor für alle")
    assert (chor.target_groups, chor.languages) == ("Frauen", "uk")
    assert Event.objects.filter(kind="offers.read").count() == 2


def test_rows_find_their_organisation_by_name_or_nowhere(town, owner, by):
    rows = read_integreat(
        json.dumps([entry(organization={"name": "HAUS international"}), entry("/b/", "Chor")])
    )
    plans = actions.planned(town, rows, fallback=None)

    assert [(plan.state, plan.organisation) for plan in plans] == [
        ("new", owner), ("homeless", None),
    ]  # fmt: skip
    everything = {row.source for row in rows}
    assert actions.take_offers(town, rows, chosen=everything, fallback=None, **by) == (1, 0)


def test_only_ticked_rows_are_taken(town, owner, by):
    rows = read_integreat(json.dumps([entry(), entry("/b/", "Chor")]))

    actions.take_offers(town, rows, chosen={"integreat:/b/"}, fallback=owner, **by)

    assert [offer.title for offer in Offer.objects.all()] == ["Chor"]
