"""My own page, what the municipality asks, and consents that the coordination notes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Characteristic, Person, SelfDescription
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def signed_in(client, town):
    user = make.sign_in(client, town, "member")
    return Person.objects.get(user=user)


def test_a_member_says_something_of_themselves_and_erases_it(client, town):
    person = signed_in(client, town)
    Characteristic.objects.create(municipality=town, kind="gender", words="Frau, Mann, divers")

    assert "freiwillig" in text(client.get(to("me_describe")))
    said = client.post(to("me_describe"), {"gender": "divers"})
    assert (said.status_code, said.url) == (303, to("me"))
    assert SelfDescription.objects.get(person=person).gender == "divers"
    assert "divers" in text(client.get(to("me")))
    client.post(to("me_erase"))

    assert not SelfDescription.objects.exists()


def test_a_word_that_is_not_offered_is_refused(client, town):
    signed_in(client, town)
    Characteristic.objects.create(municipality=town, kind="gender", words="Frau, Mann")

    refused = client.post(to("me_describe"), {"gender": "Elf"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["gender"])


def test_a_member_agrees_and_takes_it_back(client, town):
    person = signed_in(client, town)

    assert "noch nicht eingewilligt" in text(client.get(to("me")))
    for _each in range(2):
        client.post(to("me_consent"))
    assert person.consents.filter(withdrawn_on=None).count() == 1
    client.post(to("me_consent"), {"withdraw": "1"})

    assert [row.withdrawn_on for row in person.consents.all()] == [TODAY]


def test_an_account_without_a_person_learns_what_that_means(client, town):
    user = make.sign_in(client, town, "member")
    Person.objects.filter(user=user).delete()

    assert "nicht im Register" in text(client.get(to("me")))
    assert client.post(to("me_consent")).status_code == 404


@pytest.mark.parametrize("name", ["me", "me_describe"])
def test_the_side_navigation_shows_one_place_only(client, town, name):
    make.sign_in(client, town)
    nav = client.get(to(name), follow=True).content.decode().split('class="life"')[1]
    nav = nav.split("</nav>")[0]
    assert nav.count('aria-current="page"') == 1
    assert 'aria-current="page">Meine Angaben' in nav


def test_the_coordination_chooses_what_is_asked(client, town):
    make.sign_in(client, town)
    asked = {"asks_neighbourhood": "on", "neighbourhood": "Thingers", "gender": "Frau, Mann"}

    refused = client.post(to("characteristics"), asked)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["neighbourhood"])
    done = client.post(to("characteristics"), {**asked, "neighbourhood": "Thingers, Altstadt"})

    assert done.status_code == 303
    assert [(row.kind, row.words) for row in Characteristic.objects.all()] == [
        ("neighbourhood", "Thingers, Altstadt")
    ]


def test_the_coordination_notes_consent_and_withdrawal(client, town):
    make.sign_in(client, town)
    person = make.PersonFactory(municipality=town)
    address = to("person_consent", person.pk)
    assert "keine eingetragen" in text(client.get(to("people")))

    future = client.post(address, {"given_on": str(TODAY + DAY), "way": "form"})
    assert (future.status_code, list(future.context["form"].errors)) == (422, ["given_on"])
    client.post(address, {"given_on": str(TODAY - DAY), "way": "form"})
    assert "unterschriebenes Formular" in text(client.get(address))
    client.post(address, {"withdrawn_on": str(TODAY)})

    assert [(c.given_on, c.withdrawn_on) for c in person.consents.all()] == [(TODAY - DAY, TODAY)]
    assert "widerrufen" in text(client.get(to("people")))
