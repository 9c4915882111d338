"""Rooms of the stock-take and of an organisation: filters, files, previews, and who may."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from miteinander.community.models import Offer, Organisation, Person, Seat
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(town):
    return make.OrganisationFactory(municipality=town, title="Haus International")


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def act_for(client, town, organisation):
    user = make.sign_in(client, town, "member")
    Person.objects.filter(user=user).update(organisation=organisation)
    return user


def test_whoever_acts_for_an_organisation_keeps_its_offers(client, town, owner):
    act_for(client, town, owner)
    other = make.OrganisationFactory(municipality=town)
    typed = {"title": "Sprachcafé", "languages": ["de", "ar"], "is_public": "on"}

    foreign = client.post(to("offer_new"), {**typed, "organisation": other.pk})
    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["organisation"])
    assert "Sprachcafé" in text(foreign)
    done = client.post(to("offer_new"), {**typed, "organisation": owner.pk})
    offer = Offer.objects.get()
    assert (done.status_code, done.url) == (303, to("organisation", owner.identifier))
    again = client.post(to("offer_new"), {**typed, "organisation": owner.pk})
    assert (again.status_code, Offer.objects.count()) == (422, 1)
    client.post(
        to("offer_edit", offer.identifier),
        {**typed, "ends": str(TODAY + DAY), "seen": offer.revision},
    )
    client.post(to("offer_end", offer.identifier))
    offer.refresh_from_db()
    assert (offer.ends, offer.retired_on) == (TODAY + DAY, TODAY)
    client.post(to("offer_end", offer.identifier), {"resume": "1"})
    offer.refresh_from_db()
    assert offer.retired_on is None

    strange = make.OfferFactory(organisation=other)
    assert client.get(to("offer_edit", strange.identifier)).status_code == 403
    assert client.post(to("offer_end", strange.identifier)).status_code == 403


def test_the_list_is_filtered_and_taken_away_as_a_file(client, town, owner):
    make.sign_in(client, town, "member")
    make.OfferFactory(organisation=owner, title="Für Eltern", target_groups="Eltern")
    make.OfferFactory(organisation=owner, title="=SUMME(1)", target_groups="Frauen")
    make.OfferFactory(organisation=owner, title="Vorbei", retired_on=TODAY)

    page = text(client.get(to("offers"), {"target_group": "Eltern"}))
    assert "Für Eltern" in page
    assert "=SUMME(1)" not in page
    assert "Vorbei" in text(client.get(to("offers"), {"lasting": "ended"}))
    csv = client.get(to("offers_file", "csv")).content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Angebot;Organisation;Zielgruppen")
    assert "'=SUMME(1)" in csv
    assert "Vorbei" not in csv
    book = load_workbook(io.BytesIO(client.get(to("offers_file", "xlsx")).content))
    cells = [cell.value for cell in book.worksheets[0]["A"]]
    assert cells == ["Angebot", "=SUMME(1)", "Für Eltern"]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert client.get(to("offers_file", "exe")).status_code == 404


def test_an_answer_of_integreat_is_looked_at_before_it_is_taken(client, town, owner):
    make.sign_in(client, town)
    answer = json.dumps([{"path": "/stadt/de/kurs/", "title": "Sprachkurs", "excerpt": "Gratis"}])
    upload = SimpleUploadedFile("locations.json", answer.encode(), "application/json")

    seen = client.post(to("offers_read"), {"file": upload, "organisation": owner.pk})
    assert (seen.status_code, Offer.objects.count()) == (200, 0)
    assert "Sprachkurs" in text(seen)
    for _each in range(2):
        taken = client.post(
            to("offers_read"),
            {
                "text": seen.context["compact"],
                "organisation": owner.pk,
                "source": ["integreat:/stadt/de/kurs/"],
                "take": "1",
            },
        )
        assert taken.status_code == 303

    assert [(o.title, o.organisation) for o in Offer.objects.all()] == [("Sprachkurs", owner)]


@pytest.mark.parametrize("sent", [{}, {"text": "[{]"}, {"text": '{"a": 1}'}])
def test_a_broken_answer_writes_nothing_and_says_why(client, town, sent):
    make.sign_in(client, town)

    refused = client.post(to("offers_read"), {**sent, "take": "1"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["text"])
    assert not Offer.objects.exists()


def test_gaps_are_told_in_words_first(client, town, owner):
    make.sign_in(client, town, "member")
    assert "Noch gibt es kein Konzept" in text(client.get(to("gaps")))
    process = make.ProcessFactory(municipality=town)
    concept = make.ConceptFactory(process=process, municipality=town)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    make.MeasureFactory(goal=goal, target_groups="Eltern, Senioren")
    make.OfferFactory(organisation=owner, target_groups="Eltern", ends=TODAY + 30 * DAY)

    page = text(client.get(to("gaps")))

    assert "kein Angebot: Senioren." in page
    assert "innerhalb eines Jahres enden: Eltern." in page
    assert page.index("In Worten") < page.index("<table")


def test_the_page_of_an_organisation_gathers_what_it_does_and_what_is_asked(client, town, owner):
    act_for(client, town, owner)
    body = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    make.SeatFactory(body=body, organisation=owner, function="Migrationsberatung")
    process = make.ProcessFactory(municipality=town)
    goal = make.GoalFactory(
        field=make.FieldOfActionFactory(concept=make.ConceptFactory(process=process))
    )

    type(goal.field.concept).objects.update(state="adopted", happened_on=TODAY - 900 * DAY)

    def measure(title, **more):
        return make.MeasureFactory(goal=goal, title=title, **more)

    measure("Gefragt", lead=owner, lead_state="asked")
    measure("Geführt", lead=owner, lead_state="accepted", state="adopted")
    measure("Mitgemacht").partners.add(owner)
    meeting = make.MeetingFactory(process=process, body=body, happened_on=TODAY + 9 * DAY)
    meeting.tasks.create(what="Räume suchen", owner_function=owner.title)
    meeting.attendances.create(organisation=owner, function="Leitung", invited_at=timezone.now())
    make.OfferFactory(organisation=owner, title="Sprachcafé")

    response = client.get(to("organisation", owner.identifier))

    asked, invited, task, silent = [str(todo.title) for todo in response.context["todos"]]
    assert asked.endswith("Gefragt")
    assert invited == f"Einladung ohne Antwort: {meeting.title}"
    assert task == "Räume suchen"
    assert silent.endswith("Geführt")
    assert [m.title for m in response.context["led"]] == ["Geführt"]
    assert [m.title for m in response.context["partner"]] == ["Mitgemacht"]
    page = text(response)
    for word in ("Migrationsberatung", "Sprachcafé", "Sie handeln für sie"):
        assert word in page
    assert [p["name"] for p in response.context["people"]] == [""]


def test_details_of_an_organisation_are_saved_and_kept(client, town, owner):
    make.sign_in(client, town)
    person = make.PersonFactory(municipality=town, function="Leitung", name="Ada Muster")
    address = to("organisation_edit", owner.identifier)
    typed = {
        "title": "Haus International", "kind": "association", "seen": owner.revision,
        "neighbourhood": "Thingers", "target_groups": "Eltern;Kinder", "contact": person.pk,
        "phone": "0831 123", "website": "haus.example", "shows_contact": "on",
    }  # fmt: skip

    assert client.post(address, {**typed, "website": "kein Wort"}).status_code == 422
    assert client.post(address, typed).status_code == 303

    row = Organisation.objects.get()
    assert (row.neighbourhood, row.target_groups, row.contact) == (
        "Thingers", "Eltern, Kinder", person,
    )  # fmt: skip
    assert row.website == "https://haus.example"
    make.OfferFactory(organisation=row, neighbourhood="Altstadt")
    assert "Schon benutzt: Altstadt, Thingers." in text(client.get(address))
    client.logout()
    shown = text(client.get(row.get_absolute_url()))
    assert "0831 123" in shown
    assert "Ada Muster" not in shown
    Organisation.objects.update(shows_contact=False)
    hidden = text(client.get(row.get_absolute_url(), {"x": "1"}))
    assert "0831 123" not in hidden


def test_a_seat_is_handed_over_and_its_history_shown(client, town):
    make.sign_in(client, town)
    old, new = (
        make.PersonFactory(municipality=town, function=f, name=n)
        for f, n in (("Alte Leitung", "Ada Muster"), ("Neue Leitung", ""))
    )
    seat = make.SeatFactory(
        body=make.BodyFactory(municipality=town), leads=True, ends=TODAY + 20 * DAY
    )
    assert "ohne Leitung" in text(client.get(to("today")))
    client.post(to("seat_fill", seat.pk), {"holder": old.pk})
    seat.tenures.update(starts=TODAY - 300 * DAY)
    page = text(client.get(to("today")))
    assert "Eine Amtszeit endet" in page
    assert "ohne Leitung" not in page

    refused = client.post(to("seat_hand_over", seat.pk), {"to": old.pk, "on": str(TODAY)})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["to"])
    done = client.post(to("seat_hand_over", seat.pk), {"to": new.pk, "on": str(TODAY)})
    assert done.status_code == 303

    assert Seat.objects.get().holder == new
    history = text(client.get(to("seat_history", seat.pk)))
    assert history.index("Neue Leitung") < history.index("Alte Leitung")
    assert "Ada Muster" in history
    make.sign_in(client, town, "member")
    assert "Ada Muster" not in text(client.get(to("seat_history", seat.pk)))
    client.logout()
    public = text(client.get(seat.body.get_absolute_url()))
    assert "Alte Leitung" in public
    assert "Ada Muster" not in public


def test_a_perspective_rests_and_comes_back(client, town):
    make.sign_in(client, town)
    row = make.PerspectiveFactory(municipality=town)
    address = to("perspective_retire", row.identifier)

    client.post(address)
    row.refresh_from_db()
    assert row.retired_on == TODAY
    assert "nicht mehr verwendet" in text(client.get(to("perspectives")))
    client.post(address)
    row.refresh_from_db()

    assert row.retired_on is None


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_row_as_for_many(
    client, town, owner, count, django_assert_max_num_queries
):
    make.sign_in(client, town)
    for _each in range(count):
        make.OfferFactory(organisation=make.OrganisationFactory(municipality=town))
        make.OfferFactory(organisation=owner)
        seat = make.SeatFactory(body=make.BodyFactory(municipality=town), organisation=owner)
        make.PersonFactory(municipality=town, organisation=owner)
        make.TenureFactory.create_batch(count, seat=seat)
    client.get(to("offers"))  # warms the frame

    def cost(address):
        with django_assert_max_num_queries(30) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    # town, session, account, membership with person, seats; then what the page itself asks
    assert [
        cost(to("offers")) - 5,
        cost(to("seat_history", seat.pk)) - 5,
        cost(to("organisation", owner.identifier)) - 5,
    ] == [2, 2, 10]
