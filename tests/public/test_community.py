"""Who is at the table, as everybody may see it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Seat
from miteinander.community.queries import frame_of
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = [
    ("organisation", make.OrganisationFactory),
    ("body", make.BodyFactory),
    ("perspective", make.PerspectiveFactory),
]


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("name", "factory"), PAGES)
def test_what_is_not_public_or_of_another_town_is_not_there(client, town, name, factory):
    public = factory(municipality=town)
    hidden = factory(municipality=town, is_public=False)
    abroad = factory()

    def status(row):
        return client.get(reverse(f"public:{name}", args=[row.identifier])).status_code

    assert [status(row) for row in (public, hidden, abroad)] == [200, 404, 404]
    make.sign_in(client, town, "member")
    assert [status(row) for row in (public, hidden, abroad)] == [200, 200, 404]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("organisation", 7), ("body", 6), ("perspective", 4)]
)
def test_pages_cost_the_same_for_one_row_as_for_many(
    *, client, town, count, name, queries, django_assert_num_queries
):
    organisations = make.OrganisationFactory.create_batch(count, municipality=town)
    perspectives = make.PerspectiveFactory.create_batch(count, municipality=town)
    bodies = make.BodyFactory.create_batch(count, municipality=town)
    for process in make.ProcessFactory.create_batch(count, municipality=town):
        process.bodies.add(*bodies)
        make.MeetingFactory.create_batch(count, process=process, body=bodies[0])
    for row in organisations:
        row.perspectives.add(*perspectives)
    for body in bodies:
        for organisation, perspective in zip(organisations, perspectives, strict=True):
            make.SeatFactory(body=body, organisation=organisation, perspective=perspective)
    first = {
        "organisation": organisations[0],
        "body": bodies[0],
        "perspective": perspectives[0],
    }[name]
    frame_of(town)  # the frame is warm

    with django_assert_num_queries(queries):
        response = client.get(first.get_absolute_url())

    seats = response.context["seats"] if name == "body" else response.context["page"].seats
    assert len(seats) == count


def test_organisation_shows_office_and_hours_but_not_its_own_mail(client, town):
    office = make.OfficeFactory(municipality=town)
    office.street, office.phone = "Rathausplatz 22", "0831 115"
    office.save()

    shown = text(client.get(office.organisation.get_absolute_url())).split("<footer")[0]

    assert "Rathausplatz 22" in shown
    assert "08:00–12:00" in shown
    assert office.organisation.email not in shown


def test_seats_in_closed_bodies_are_not_shown_to_everybody(client, town):
    organisation = make.OrganisationFactory(municipality=town)
    closed = make.BodyFactory(municipality=town, title="Interne Runde", is_public=False)
    make.SeatFactory(body=closed, organisation=organisation)

    assert "Interne Runde" not in text(client.get(organisation.get_absolute_url()))
    make.sign_in(client, town, "member")
    assert "Interne Runde" in text(client.get(organisation.get_absolute_url()))


def test_empty_body_says_what_comes_next(client, town):
    body = make.BodyFactory(municipality=town)

    shown = text(client.get(body.get_absolute_url()))

    assert "Die Sitze sind noch nicht eingetragen." in shown
    assert "Noch ist keine Sitzung angekündigt." in shown


def test_vacant_seat_says_so(client, town):
    body = make.BodyFactory(municipality=town)
    seat = make.SeatFactory(body=body, function="Schule")

    assert "unbesetzt" in text(client.get(body.get_absolute_url())).split("Schule")[1][:200]
    Seat.objects.filter(pk=seat.pk).update(holder=make.PersonFactory(municipality=town))
    assert "unbesetzt" not in text(client.get(body.get_absolute_url())).split("Schule")[1][:200]


def test_an_organisation_shows_what_it_has_accepted_apart_from_what_it_was_asked(client, town):
    row = make.OrganisationFactory(municipality=town, title="Volkshochschule")
    goal = make.GoalFactory(field__concept__process__municipality=town)
    for title, state in (("Kurse", "accepted"), ("Cafés", "asked"), ("Karten", "declined")):
        make.MeasureFactory(
            goal=goal, municipality=town, title=title, state="adopted", lead=row, lead_state=state
        )
    make.MeasureFactory(goal=goal, municipality=town, title="Entwurf", lead=row, lead_state="asked")

    shown = text(client.get(row.get_absolute_url()))

    assert "Für 1 Maßnahme ist die Federführung zugesagt." in shown
    assert shown.index("Kurse") < shown.index("Angefragt, aber nicht zugesagt")
    assert shown.index("Angefragt, aber nicht zugesagt") < shown.index("Cafés")
    assert "Entwurf" not in shown


def test_an_organisation_that_is_gone_leads_nothing_and_says_what_needs_somebody_else(client, town):
    row = make.OrganisationFactory(municipality=town, retired_on=timezone.localdate())
    goal = make.GoalFactory(field__concept__process__municipality=town)
    make.MeasureFactory(
        goal=goal, municipality=town, title="Kurse", state="adopted", lead=row,
        lead_state="accepted",
    )  # fmt: skip
    shown = text(client.get(row.get_absolute_url()))
    assert "ist die Federführung zugesagt" not in shown
    assert shown.index("eine andere Organisation die Federführung") < shown.index("Kurse")


def test_an_organisation_without_anything_says_what_would_stand_here(client, town):
    shown = text(client.get(make.OrganisationFactory(municipality=town).get_absolute_url()))

    assert "Zurzeit führt sie keine Maßnahme." in shown
    assert "Sie hat keinen Sitz in einem Gremium." in shown or "keinen Sitz" in shown
