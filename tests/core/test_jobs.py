"""Background work: visible, retried with growing pauses, on schedules that run once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from miteinander.core import jobs
from miteinander.core.models import Job
from tests.factories import MunicipalityFactory, UserFactory, coordinator

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def did(monkeypatch):
    """Jobs for these tests only; returns what they did."""
    for name in ("_JOBS", "_LABELS"):
        monkeypatch.setattr(jobs, name, {})
    monkeypatch.setattr(jobs, "_SCHEDULE", {})
    done = []

    @jobs.job("test.note", label="Note something")
    def note(text):
        done.append(text)

    @jobs.job("test.fail")
    def fail():
        done.append("tried")
        raise RuntimeError("the printer is on fire")

    return done


def enqueue(name, capture, **more):
    with capture(execute=True):
        return jobs.enqueue(name, at=AT, **more)


def test_work_is_handed_over_when_the_transaction_commits(did, django_capture_on_commit_callbacks):
    town, user = MunicipalityFactory(), UserFactory()
    with django_capture_on_commit_callbacks(execute=False):
        jobs.enqueue("test.note", at=AT, text="lost")
    assert not DBTaskResult.objects.exists()

    row = enqueue(
        "test.note",
        django_capture_on_commit_callbacks,
        by=coordinator(town, user=user.pk),
        text="kept",
    )
    assert DBTaskResult.objects.count() == 1
    assert (row.state, row.owner, row.municipality) == ("waiting", user, town)

    jobs.run.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.progress, row.attempts) == ("done", 100, 1)
    assert did == ["kept"]


def test_work_that_runs_or_ran_is_not_run_again(did, django_capture_on_commit_callbacks):
    row = enqueue("test.note", django_capture_on_commit_callbacks, text="once")
    jobs.run.call(row.pk)
    jobs.run.call(row.pk)
    assert did == ["once"]


def test_an_unknown_job_is_refused_before_anything_is_written():
    with pytest.raises(KeyError):
        jobs.enqueue("test.never_declared", at=AT)
    assert not Job.objects.exists()


def test_a_failure_is_tried_again_after_10_100_1000_seconds_and_then_stays_visible(
    did, django_capture_on_commit_callbacks
):
    row = enqueue("test.fail", django_capture_on_commit_callbacks)
    pauses = []
    for _ in range(jobs.RETRIES):
        before = set(DBTaskResult.objects.values_list("pk", flat=True))
        now = timezone.now()
        jobs.run.call(row.pk)
        row.refresh_from_db()
        assert row.state == "waiting"
        retry = DBTaskResult.objects.exclude(pk__in=before).get()
        pauses.append(round((retry.run_after - now).total_seconds()))
    jobs.run.call(row.pk)
    row.refresh_from_db()
    assert pauses == [10, 100, 1000]
    assert row.state == "failed"
    assert row.error == "RuntimeError: the printer is on fire"
    assert did == ["tried"] * 4


def test_a_name_is_declared_once(did):
    with pytest.raises(ValueError, match="twice"):
        jobs.job("test.note")(lambda: None)


def schedule(done, *, every=MINUTE, when=None, name="test.tick"):
    @jobs.job(name, every=every, when=when)
    def tick():
        done.append(name)


def test_a_schedule_runs_at_once_and_then_at_its_interval(did):
    schedule(did)
    assert jobs.run_scheduled(at=AT) == ["test.tick"]
    assert jobs.run_scheduled(at=AT + MINUTE / 2) == []
    assert jobs.run_scheduled(at=AT + MINUTE) == ["test.tick"]
    assert did == ["test.tick"] * 2
    assert Job.objects.get().state == "done"


def test_of_two_workers_one_runs_a_schedule(did, monkeypatch):
    schedule(did)
    jobs.run_scheduled(at=AT)
    later = AT + MINUTE
    real = Job.objects.get_or_create

    def both_have_read(**facts):
        row = real(**facts)
        Job.objects.filter(pk=row[0].pk).update(queued_at=later)  # the other worker was faster
        return row

    monkeypatch.setattr(Job.objects, "get_or_create", both_have_read)
    assert jobs.run_scheduled(at=later) == []
    assert did == ["test.tick"]


def test_a_schedule_that_has_nothing_to_do_writes_nothing(did, django_assert_num_queries):
    schedule(did, when=lambda at: at > AT)
    with django_assert_num_queries(0):
        assert jobs.run_scheduled(at=AT) == []
    assert jobs.run_scheduled(at=AT + MINUTE) == ["test.tick"]


def test_a_queued_job_of_the_same_name_is_not_taken_for_the_schedule(
    did, django_capture_on_commit_callbacks
):
    schedule(did)
    enqueue("test.tick", django_capture_on_commit_callbacks)
    enqueue("test.tick", django_capture_on_commit_callbacks)
    assert jobs.run_scheduled(at=AT) == ["test.tick"]
    assert Job.objects.filter(schedule="test.tick").count() == 1


def test_a_schedule_that_fails_says_so_and_the_others_go_on(did):
    @jobs.job("test.broken", every=MINUTE)
    def broken():
        raise RuntimeError("no paper")

    schedule(did)
    assert jobs.run_scheduled(at=AT) == ["test.broken", "test.tick"]
    row = Job.objects.get(schedule="test.broken")
    assert (row.state, row.error) == ("failed", "RuntimeError: no paper")
    assert did == ["test.tick"]


def test_what_a_killed_worker_left_is_handed_to_the_next(did, django_capture_on_commit_callbacks):
    row = enqueue("test.note", django_capture_on_commit_callbacks, text="again")
    Job.objects.filter(pk=row.pk).update(state="running", started_at=AT, attempts=1)
    hour = dt.timedelta(hours=1)
    assert jobs.resume(at=AT + hour / 2, after=hour) == 0
    before = DBTaskResult.objects.count()
    assert jobs.resume(at=AT + hour, after=hour) == 1
    assert DBTaskResult.objects.count() == before + 1
    jobs.run.call(row.pk)
    assert did == ["again"]


def test_people_see_their_towns_work_and_the_installations(did):
    town, other = MunicipalityFactory(), MunicipalityFactory()
    own = jobs.enqueue("test.note", at=AT, by=coordinator(town), text="a")
    jobs.enqueue("test.note", at=AT, by=coordinator(other), text="b")
    general = jobs.enqueue("test.note", at=AT - MINUTE, text="c")
    assert list(jobs.jobs_of(town)) == [own, general]
    assert jobs.label_of(own) == "Note something"
