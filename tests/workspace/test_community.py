"""The municipality's room: entering, correcting, inviting; and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Body, Office, Organisation, Person, Perspective, Seat
from miteinander.core.models import Mail
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def addresses(town):
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town))
    organisation = make.OrganisationFactory(municipality=town)
    person = make.PersonFactory(municipality=town)
    perspective = make.PerspectiveFactory(municipality=town)
    lists = [to(n) for n in ("community", "organisations", "people", "perspectives")]
    new = [to(f"{n}_new") for n in ("organisation", "person", "perspective", "body")]
    own = [
        to("organisation_edit", organisation.identifier),
        to("office_edit", organisation.identifier),
        to("person_edit", person.pk),
        to("person_invite", person.pk),
        to("perspective_edit", perspective.identifier),
        to("body_edit", seat.body.identifier),
        to("seat_new", seat.body.identifier),
        to("seat_edit", seat.pk),
        to("seat_fill", seat.pk),
        to("seat_absence", seat.pk),
    ]
    return lists, [to("body", seat.body.identifier)], new, own


def test_every_address_by_role_and_town(client, town):
    lists, shown, new, own = addresses(town)

    def statuses(role, of):
        make.sign_in(client, of, role)
        client.defaults["HTTP_HOST"] = town.host
        return (
            {client.get(each).status_code for each in (*lists, *shown)},
            {client.get(each).status_code for each in (*new, *own)},
        )

    assert statuses("coordinator", town) == ({200}, {200})
    assert statuses("member", town) == ({200}, {403})
    assert statuses("coordinator", make.MunicipalityFactory()) == ({404}, {404})
    client.logout()
    assert {client.get(each).status_code for each in (*lists, *shown, *new, *own)} == {302}


def test_rows_of_another_town_are_not_there(client, town):
    make.sign_in(client, town)
    _lists, shown, _new, own = addresses(make.MunicipalityFactory())

    assert {client.get(each).status_code for each in (*shown, *own)} == {404}
    assert {client.post(each, {}).status_code for each in own} == {404}


def test_body_seat_and_holder_are_entered_one_after_the_other(client, town):
    make.sign_in(client, town)
    person = make.PersonFactory(municipality=town, function="Schulleitung")

    formed = client.post(
        to("body_new"), {"title": "Steuerungsgruppe", "kind": "steering_group", "is_public": "on"}
    )
    body = Body.objects.get()
    assert (formed.status_code, formed.url) == (303, to("body", body.identifier))
    added = client.post(to("seat_new", body.identifier), {"function": "Schule", "has_voice": "on"})
    seat = Seat.objects.get()
    assert (added.status_code, added.url) == (303, to("seat_fill", seat.pk))
    client.post(added.url, {"holder": person.pk})
    client.post(to("seat_absence", seat.pk), {"absent_from": str(TODAY)})

    assert "Die Stellvertretung spricht" in text(client.get(formed.url))
    assert "Schulleitung" in text(client.get(formed.url))


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("organisation_new", {"title": "", "kind": "school", "text": "Kostbarer Text"}, "title"),
        ("person_new", {"function": "X", "language": "de", "email": "Kostbarer Text"}, "email"),
        ("body_new", {"title": "X", "kind": "junta", "text": "Kostbarer Text"}, "kind"),
        ("perspective_new", {"title": "", "text": "Kostbarer Text"}, "title"),
    ],
)
def test_wrong_entry_is_named_and_nothing_typed_is_lost(client, town, name, typed, field):
    make.sign_in(client, town)

    response = client.post(to(name), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Kostbarer Text" in text(response)


def test_empty_form_names_its_fields(client, town):
    make.sign_in(client, town)

    response = client.post(to("organisation_new"), {})

    assert response.status_code == 422
    assert {"title", "kind"} <= set(response.context["form"].errors)


def test_second_editor_of_an_organisation_sees_both_texts(client, town):
    make.sign_in(client, town)
    row = make.OrganisationFactory(municipality=town, title="Bücherei", text="Alt")
    typed = {"title": "Bücherei", "kind": "culture", "seen": row.revision}
    client.post(to("organisation_edit", row.identifier), {**typed, "text": "Fremder Text"})

    refused = client.post(
        to("organisation_edit", row.identifier), {**typed, "text": "Eigener Text"}
    )

    assert refused.status_code == 409
    assert "Fremder" in text(refused)
    form = refused.context["form"]
    assert form["text"].value() == "Eigener Text"
    again = {**typed, "text": "Beide", "seen": form["seen"].value()}
    assert client.post(to("organisation_edit", row.identifier), again).status_code == 303
    assert Organisation.objects.get().text == "Beide"


def test_office_hours_are_typed_as_people_write_them(client, town):
    make.sign_in(client, town)
    row = make.OrganisationFactory(municipality=town)
    address = to("office_edit", row.identifier)

    assert client.post(address, {"hours_mon": "acht bis zwölf"}).status_code == 422
    client.post(address, {"street": "Rathausplatz 22", "hours_mon": "8-12, 14:30-17:30"})

    assert Office.objects.get().opening_hours == [
        {"days": ["mon"], "from": "08:00", "to": "12:00"},
        {"days": ["mon"], "from": "14:30", "to": "17:30"},
    ]
    assert "08:00–12:00, 14:30–17:30" in text(client.get(address))


def test_invitation_lies_in_the_outbox(client, town):
    make.sign_in(client, town)
    person = make.PersonFactory(municipality=town)

    client.post(to("person_invite", person.pk), {"email": "ada@stadt.example"})

    assert Mail.objects.get().to == "ada@stadt.example"
    assert Person.objects.get(pk=person.pk).user.email == "ada@stadt.example"


def test_names_are_shown_to_the_coordination_only(client, town):
    make.PersonFactory(municipality=town, name="Ada Muster")
    make.sign_in(client, town, "member")
    assert "Ada Muster" not in text(client.get(to("people")))
    make.sign_in(client, town)
    assert "Ada Muster" in text(client.get(to("people")))


def test_perspective_is_named_once(client, town):
    make.sign_in(client, town)
    for _each in range(2):
        last = client.post(to("perspective_new"), {"title": "Schule"})

    assert (last.status_code, Perspective.objects.count()) == (422, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_rooms_cost_the_same_for_one_row_as_for_many(
    client, town, count, django_assert_max_num_queries
):
    make.sign_in(client, town)
    bodies = make.BodyFactory.create_batch(count, municipality=town)
    for row in make.OrganisationFactory.create_batch(count, municipality=town):
        person = make.PersonFactory(municipality=town, organisation=row)
        perspective = make.PerspectiveFactory(municipality=town)
        make.SeatFactory(body=bodies[0], holder=person, organisation=row, perspective=perspective)
    names = [
        to("community"),
        to("organisations"),
        to("people"),
        to("perspectives"),
        to("body", bodies[0].identifier),
    ]
    assert len(client.get(names[4]).context["rows"]) == count  # also warms the frame

    def cost(address):
        with django_assert_max_num_queries(30) as counted:
            client.get(address)
        return len(counted)

    # town, session, account, membership with person, seats; then counts, count and page
    assert [cost(name) for name in names] == [10, 7, 7, 7, 7]
