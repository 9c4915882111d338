"""The page that moves a phase: it shows what would happen before it happens."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def phase():
    town = make.MunicipalityFactory(host="testserver")
    process = make.ProcessFactory(municipality=town)
    make.PhaseFactory(process=process, title="Beschluss", starts=TODAY + 20 * DAY, ends=None)
    return make.PhaseFactory(
        process=process, title="Mitreden", starts=TODAY - DAY, ends=TODAY + 10 * DAY
    )


def page(phase):
    return reverse("workspace:phase_move", args=[phase.pk])


def asked(phase, days=-3, **more):
    return {"starts": phase.starts, "ends": phase.ends + days * DAY, **more}


def text(response):
    return " ".join(response.content.decode().split())


def confirm(client, phase, **more):
    shown = client.post(page(phase), asked(phase, **more))
    found = re.search(r'name="shown" value="(\w{16})"', shown.content.decode())
    return client.post(page(phase), asked(phase, **more, shown=found[1]))


def test_first_it_is_shown_and_nothing_is_moved(client, phase):
    town = phase.process.municipality
    make.sign_in(client, town)
    body = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    phase.process.bodies.add(body)
    make.SeatFactory(
        body=body,
        holder=make.agreed(
            make.PersonFactory(municipality=town, name="Zita", email="z@example.org")
        ),
    )
    deaf = make.PersonFactory(
        municipality=town, name="Ohne Post", email="", function="Elternbeirat"
    )
    make.SeatFactory(body=body, holder=deaf)
    make.CallFactory(
        process=phase.process, phase=phase, title="Treffpunkte",
        closes_at=timezone.now() + 9 * DAY,
    )  # fmt: skip
    make.MeetingFactory(
        process=phase.process, body=body, title="Lange Sitzung", happened_on=TODAY + 9 * DAY
    )
    response = client.post(page(phase), asked(phase, along="on"))
    assert response.status_code == 200
    shown = text(response)
    for told in (
        "Beschluss",
        "Treffpunkte",
        "Lange Sitzung",
        "Steuerungsgruppe: 1",
        "Elternbeirat",
    ):
        assert told in shown, told
    assert "Zita" not in shown, "functions, never people"
    assert "z@example.org" not in shown
    phase.refresh_from_db()
    assert phase.ends == TODAY + 10 * DAY
    assert not Event.objects.filter(kind="phase.moved").exists()


def test_what_was_shown_is_done_and_can_be_taken_back(client, phase):
    make.sign_in(client, phase.process.municipality)
    response = confirm(client, phase, along="on")
    assert response.status_code == 303
    phase.refresh_from_db()
    assert phase.ends == TODAY + 7 * DAY
    desk = client.get(response.url)
    assert "Verschiebung zurücknehmen" in text(desk)
    move = re.search(r'name="move" value="(\d+)"', desk.content.decode())[1]
    undo = reverse("workspace:phase_move_undo", args=[phase.process.identifier])
    assert client.post(undo, {"move": move}).status_code == 303
    phase.refresh_from_db()
    assert phase.ends == TODAY + 10 * DAY
    again = client.post(undo, {"move": move})
    assert again.status_code == 422
    assert "kann nicht mehr zurückgenommen werden" in text(again)


def test_the_same_form_twice_moves_once(client, phase):
    make.sign_in(client, phase.process.municipality)
    confirm(client, phase)
    assert client.post(page(phase), asked(phase, shown="egal")).status_code == 422
    assert Event.objects.filter(kind="phase.moved").count() == 1


def test_something_else_than_what_was_shown_is_shown_again(client, phase):
    make.sign_in(client, phase.process.municipality)
    shown = client.post(page(phase), asked(phase))
    digest = re.search(r'name="shown" value="(\w{16})"', shown.content.decode())[1]
    response = client.post(page(phase), asked(phase, days=-5, shown=digest))
    assert response.status_code == 200
    phase.refresh_from_db()
    assert phase.ends == TODAY + 10 * DAY


def test_what_does_not_fit_is_named_and_stays(client, phase):
    make.sign_in(client, phase.process.municipality)
    response = client.post(page(phase), {"starts": TODAY, "ends": TODAY - 9 * DAY})
    assert response.status_code == 422
    assert "kann nicht vor ihrem Beginn enden" in text(response)
    assert f'value="{TODAY - 9 * DAY}"' in text(response)
    phase.closed_on = TODAY
    phase.save()
    assert client.post(page(phase), asked(phase)).status_code == 422


def test_each_permit_is_explained_where_it_is_set(client, phase):
    make.sign_in(client, phase.process.municipality)
    shown = text(client.get(reverse("workspace:phase_edit", args=[phase.pk])))
    assert shown.count('<span class="kern-hint">') == 6
    assert "Alle können offene Aufrufe beantworten" in shown


@pytest.mark.parametrize("others", [0, 4])
def test_the_number_of_queries_does_not_grow(client, phase, others, django_assert_num_queries):
    town = phase.process.municipality
    make.sign_in(client, town)
    for number in range(others):
        make.PhaseFactory(process=phase.process, starts=TODAY + (30 + number) * DAY, ends=None)
        body = make.BodyFactory(municipality=town)
        phase.process.bodies.add(body)
        make.SeatFactory(body=body, holder=make.PersonFactory(municipality=town, email="e@e.de"))
    with django_assert_num_queries(16):
        client.post(page(phase), asked(phase, along="on"))
