"""Lists too large to wait for: read and taken over by the worker, also when it is killed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from miteinander.community import tasks
from miteinander.community.actions import taking
from miteinander.community.models import Person, SheetImport
from miteinander.core import jobs
from miteinander.core.models import Event
from tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db
ROWS = 50_000
FORENAMES, SURNAMES, HOUSES = 250, 200, 85


class Killed(BaseException):
    """What no handler catches: like a power cut, it leaves everything as it lies."""


def large(rows=ROWS):
    head = "Vorname;Nachname;E-Mail;Einrichtung;AG\n"
    return (
        head
        + "".join(
            f"Vor{n % FORENAMES:03};Nach{n // FORENAMES:03};p{n}@x.example;Haus {n % HOUSES};"
            f"AG {n % 9}\n"
            for n in range(rows)
        )
    ).encode()


def send(client, capture, data):
    with capture(execute=False):  # the worker's table is not asked; the tests are the worker
        client.post(reverse("workspace:lists"), {"file": SimpleUploadedFile("liste.csv", data)})
    return SheetImport.objects.latest("pk")


def work(found):
    found.refresh_from_db()
    jobs.run.call(found.job_id)
    found.refresh_from_db()
    return found


def work_and_die(found, monkeypatch, module, name, after):
    """Run the job until a step of it has been done `after` times, then cut the power."""
    step, count = getattr(module, name), 0

    def dying(*given, **named):
        nonlocal count
        count += 1
        if count > after:
            raise Killed
        return step(*given, **named)

    monkeypatch.setattr(module, name, dying)
    with pytest.raises(Killed):
        work(found)
    monkeypatch.setattr(module, name, step)
    found.refresh_from_db()
    return found


def entered():
    return Person.objects.filter(email__endswith="@x.example").count()


def resumed():
    return jobs.resume(at=timezone.now() + dt.timedelta(seconds=1), after=jobs.LEFT_ALONE)


def shown(client, found):
    return client.get(reverse("workspace:list", args=[found.pk])).content.decode()


def test_fifty_thousand_rows_are_read_by_the_worker_although_it_is_killed_once(
    client, town, monkeypatch, django_capture_on_commit_callbacks
):
    sign_in(client, town)
    found = send(client, django_capture_on_commit_callbacks, large())
    assert found.state == "reading"
    assert not found.lines.exists()

    work_and_die(found, monkeypatch, tasks, "report", after=50)

    assert (found.state, found.job.state) == ("reading", "running")
    assert 60 < found.job.progress < 90, "half of the rows are compared"
    assert f"{found.job.progress}" in shown(client, found)
    assert "Die Liste wird gelesen" in shown(client, found)
    assert not found.lines.exists(), "half a preview is none"

    assert resumed() == 1
    work(found)

    assert (found.state, found.job.state, found.job.progress) == ("open", "done", 100)
    assert found.totals["person"] == {"new": ROWS}
    assert found.lines.count() == ROWS + 85 + 9
    assert not entered()


def confirmed(client, capture):
    """A list that the worker is to take over: longer than what is written while one waits."""
    found = send(client, capture, large(1200))
    assert found.state == "open"
    with capture(execute=False):
        client.post(reverse("workspace:list_take", args=[found.pk]))
    found.refresh_from_db()
    assert found.state == "writing"
    return found


def test_a_worker_that_is_killed_while_it_writes_leaves_nothing_and_the_next_writes_it_once(
    client, town, monkeypatch, django_capture_on_commit_callbacks
):
    sign_in(client, town)
    found = confirmed(client, django_capture_on_commit_callbacks)

    work_and_die(found, monkeypatch, taking, "take_seats", after=0)

    assert (found.state, found.job.state) == ("writing", "running")
    assert not entered(), "all of it or nothing"
    assert "Die Liste wird übernommen" in shown(client, found)

    assert resumed() == 1
    work(found)
    work(found)
    assert resumed() == 0

    assert (found.state, found.totals["written"]["people"]) == ("done", 1200)
    assert entered() == 1200
    assert Event.objects.filter(kind="register.imported").count() == 1
    assert bytes(found.content) == b""


def test_a_register_that_changed_before_the_worker_came_is_compared_anew(
    client, town, django_capture_on_commit_callbacks
):
    sign_in(client, town)
    found = confirmed(client, django_capture_on_commit_callbacks)
    PersonFactory(municipality=town, name="Vor000 Nach000", email="p0@x.example")

    work(found)

    assert found.state == "open"
    assert entered() == 1
    assert found.totals["person"] == {"new": 1199, "changed": 1}
