"""Coming to a meeting without an account: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from miteinander.core.codes import fresh_form_key
from miteinander.core.models import Mail
from miteinander.process import actions, queries
from miteinander.process.models import Attendance, Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


@pytest.fixture
def meeting():
    return make.MeetingFactory(
        process=make.ProcessFactory(municipality=make.MunicipalityFactory(host="testserver")),
        happened_on=timezone.localdate() + 9 * DAY,
        registration="public",
        is_public=True,
        capacity=1,
    )


def page(name, *keys):
    return reverse(f"public:{name}", args=keys)


def send(client, meeting, *, at=None, **typed):
    key = fresh_form_key("miteinander.register", at=at or timezone.now())
    typed = {"name": "Ayşe Kaya", "language": "de", "form_key": key, **typed}
    return client.post(page("register", meeting.identifier), typed)


def text(response):
    return response.content.decode()


def test_without_an_address_the_code_is_shown_and_a_double_click_is_one_place(client, meeting):
    key = fresh_form_key("miteinander.register", at=timezone.now())
    first, second = (send(client, meeting, form_key=key) for _time in range(2))

    assert first.status_code == 303
    assert first["Location"] == second["Location"]
    assert meeting.attendances.get().name == "Ayşe Kaya"
    shown = client.get(first["Location"])
    assert first["Location"].strip("/").split("/")[-1] in text(shown)
    assert "Sie haben einen Platz." in text(shown)
    assert shown["Cache-Control"] == "no-store, private"
    assert "sessionid" not in client.cookies


def test_with_an_address_the_page_says_the_same_to_everybody(client, meeting):
    new = send(client, meeting, email="a@example.org")
    known = send(client, meeting, name="Jemand", email="A@example.org")

    assert new["Location"] == known["Location"] == page("registered", meeting.identifier)
    assert meeting.attendances.count() == Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"name": " "}, 'href="#id_name"'),
        ({"email": "keine"}, 'href="#id_email"'),
        ({"needs": ["other"]}, 'href="#id_needs_note"'),
        ({"homepage": "x"}, "nur Programme sehen"),
        ({"form_key": "made-up"}, "noch einmal"),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_is_kept(client, meeting, typed, where):
    refused = send(client, meeting, organisation="Chor der Vielen", **typed)

    assert refused.status_code == 422
    assert where in text(refused)
    assert 'value="Chor der Vielen"' in text(refused)
    assert not Attendance.objects.exists()
    again = refused.context["form"].data
    assert again["homepage"] == ""
    assert send(client, meeting, form_key=again["form_key"]).status_code == 303


def test_a_form_that_lay_open_too_long_is_kept_and_says_so(client, meeting):
    meeting.registration_until = timezone.now() - DAY
    meeting.save()
    refused = send(client, meeting, organisation="Chor der Vielen")

    assert refused.status_code == 422
    assert "Die Anmeldung ist beendet." in text(refused)
    assert 'value="Chor der Vielen"' in text(refused)


@pytest.mark.parametrize("hidden", [{"registration": "members"}, {"is_public": False}])
def test_where_not_everybody_may_register_there_is_no_form(client, meeting, hidden):
    Meeting.objects.filter(pk=meeting.pk).update(**hidden)
    assert client.get(page("register", meeting.identifier)).status_code == 404


def test_cancelling_is_asked_once_more_and_opens_the_place(client, meeting):
    code = send(client, meeting)["Location"].strip("/").split("/")[-1]
    send(client, meeting, name="Boris Petrov")
    cancel = page("registration_cancel", code)
    assert client.get(cancel).status_code == 200
    assert sorted(meeting.attendances.values_list("state", flat=True)) == ["coming", "waiting"]

    shown = client.post(cancel, follow=True)

    assert "Sie haben abgesagt." in text(shown)
    assert meeting.attendances.get(name="Boris Petrov").state == "coming"
    assert not meeting.attendances.filter(name="Ayşe Kaya").exists()


def test_who_has_a_place_reads_that_the_meeting_does_not_take_place(client, meeting):
    code = send(client, meeting)["Location"].strip("/").split("/")[-1]
    Meeting.objects.filter(pk=meeting.pk).update(
        cancelled_on=timezone.localdate(), cancelled_because="Der Saal ist überschwemmt."
    )
    shown = text(client.get(page("registration", code)))

    assert "Der Saal ist überschwemmt." in shown
    assert "Sie haben einen Platz." not in shown


def test_a_code_of_another_town_opens_nothing(client, meeting):
    other = make.MeetingFactory(registration="public", happened_on=timezone.localdate() + DAY)
    code = actions.register_guest(
        other, name="Ayşe", form_key="k", by=make.visitor(other.municipality), at=timezone.now()
    ).code
    for name in ("registration", "registration_cancel"):
        assert client.get(page(name, code)).status_code == 404


def test_at_the_door_the_answer_does_not_depend_on_who_is_expected(client, meeting):
    meeting.happened_on = timezone.localdate()
    meeting.save()
    expected = make.AttendanceFactory(meeting=meeting, name="Zita Quell", came=None)
    door = page("door", meeting.identifier, queries.door_key(meeting))
    answers = set()
    for name in ("Zita Quell", "Jemand anders"):
        key = fresh_form_key("miteinander.door", at=timezone.now())
        answers.add(client.post(door, {"name": name, "form_key": key})["Location"])
    refused = client.post(door, {"organisation": "Chor"})

    assert answers == {page("arrived", meeting.identifier, queries.door_key(meeting))}
    assert set(meeting.attendances.values_list("name", "came")) == {
        (expected.name, True), ("Jemand anders", True),
    }  # fmt: skip
    assert refused.status_code == 422
    assert 'href="#id_name"' in text(refused)
    assert 'value="Chor"' in text(refused)
