"""The pages of planning, inviting and finding a date, as people walk through them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from miteinander.core.models import Mail
from miteinander.process.models import Attendance, DatePoll, Meeting
from tests import factories as make
from tests.world import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["*"]
    found = build("planen.example")
    person = found["seat person"]
    person.email = "sitz@stadt.example"
    person.save()
    person.consents.create(given_on=timezone.localdate(), way="form")
    return found


@pytest.fixture
def meeting(world):
    return make.MeetingFactory(
        process=world["process"],
        body=world["steering"],
        title="Nächstes Treffen",
        happened_on=timezone.localdate() + 20 * DAY,
        starts_at=dt.time(18, 0),
    )


def test_invite_answer_by_link_and_see_it_on_the_desk(world, meeting):
    desk = world.client("coordinator")
    base = f"/de/arbeit/sitzungen/{meeting.identifier}"
    found = desk.get(f"{base}/")
    assert found.status_code == 200, found.content.decode()[:2000]
    base = found.request["PATH_INFO"].rstrip("/")

    assert desk.get(f"{base}/einladungen/").status_code == 200
    assert desk.post(f"{base}/einladen/").status_code == 303
    path = re.search(r"(/de/l/[^/\s]+/)", Mail.objects.get().body).group(1)

    visitor = world.client("visitor")
    assert visitor.get(path).status_code == 200
    assert Attendance.objects.get(meeting=meeting).state == "silent", "looking changes nothing"
    assert visitor.post(path, {"answer": "coming"}).status_code == 200
    assert Attendance.objects.get(meeting=meeting).state == "coming"

    own = world.client("seat")
    assert own.post(f"{base}/antworten/", {"answer": "declined"}).status_code == 303
    assert Attendance.objects.get(meeting=meeting).state == "declined"
    assert world.client("member").get(f"{base}/einladungen/").status_code == 403


def test_a_date_is_found_and_the_invitations_go_out(world):
    desk = world.client("coordinator")
    process = world["process"]
    first, second = (timezone.localdate() + n * DAY for n in (30, 31))
    answer = desk.post(
        f"/de/arbeit/prozesse/{process.identifier}/termin-finden/",
        {
            "title": "Haushalt beraten",
            "body": world["steering"].pk,
            "slots": f"{first:%d.%m.%Y} 18:00-20:00\n{second:%d.%m.%Y} 18.30",
            "closes_on": f"{timezone.localdate() + 5 * DAY:%d.%m.%Y}",
        },
    )
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    poll = DatePoll.objects.get(title="Haushalt beraten")
    path = re.search(r"(/de/l/[^/\s]+/)", Mail.objects.get().body).group(1)
    visitor = world.client("visitor")
    page = visitor.get(path)
    assert page.status_code == 200
    names = sorted(set(re.findall(r'name="(option_\d+)"', page.content.decode())))
    assert visitor.post(path, {names[0]: "yes"}).status_code == 422
    assert visitor.post(path, dict.fromkeys(names, "yes")).status_code == 200

    where = f"/de/arbeit/terminumfragen/{poll.pk}/"
    assert desk.get(where).status_code == 200
    assert world.client("seat").get(where).status_code == 200
    assert world.client("member").get(where).status_code == 404
    option = poll.options.first()
    assert desk.post(f"{where}festlegen/", {"option": option.pk}).status_code == 303
    meeting = Meeting.objects.get(title="Haushalt beraten")
    assert meeting.happened_on == first
    assert Mail.objects.filter(key__startswith="meeting.invited").count() == 1
