"""The opinion map: drawn by the worker, shown to everybody, settled at the end."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from miteinander.cli.main import main
from miteinander.core import jobs
from miteinander.core.models import Event, Job
from miteinander.participation import actions, insights, queries, tasks
from miteinander.participation.models import KeptMap, Participant, Vote
from tests import factories as f

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def conversation(people=60, statements=12, *, seed=1, **facts):
    """Two camps that differ in the first half of the statements and agree on the last one."""
    call = f.CallFactory(method="statements", **facts)
    rows = [f.StatementFactory(call=call, order=n) for n in range(1, statements + 1)]
    random = np.random.default_rng(seed)
    who = Participant.objects.bulk_create(
        Participant(call=call, key_hash=f"{call.pk}-{n}", began_on=timezone.localdate())
        for n in range(people)
    )
    Vote.objects.bulk_create(
        Vote(participant=person, statement=row, value=value)
        for at, person in enumerate(who)
        for row in rows
        if random.random() < 0.8
        and (value := _value(at % 2, row.order, statements, random.random())) is not None
    )
    return call


def _value(camp, number, statements, chance):
    if number == statements:
        return 1 if chance < 0.95 else 0
    leans = camp if number <= statements // 2 else number % 2
    return (1 if leans else -1) if chance < 0.85 else 0


def drawn(call):
    tasks.draw_map(call.pk)
    return KeptMap.objects.get(call=call)


def test_the_map_says_first_what_unites_and_how_reliable_it_is():
    call = conversation()
    shown = drawn(call).shown

    assert (shown["people"], shown["statements"]) == (60, 12)
    assert shown["said"]["de"]["extent"][0].startswith("60 Personen haben über 12 Thesen")
    last = call.statements.get(order=12).title
    assert any(last in sentence for sentence in shown["said"]["de"]["uniting"])
    assert sum(group["size"] for group in shown["groups"]) == 60
    assert [group["name"] for group in shown["groups"]] == ["A", "B"]
    assert shown["reliability"]["label"] in {"fair", "stable"}
    assert {mark["group"] for mark in shown["picture"]["marks"]} == {0, 1}


def test_the_exported_votes_give_the_same_map_on_the_command_line(tmp_path, client, capsys):
    call = conversation()
    shown = drawn(call).shown
    client.defaults["HTTP_HOST"] = call.municipality.host
    rows = queries.votes_to_export(call)
    path = tmp_path / "stimmen.csv"
    lines = ["participant,statement,vote", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="0"):
        main(["opinion", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)

    assert told["reliability"] == shown["reliability"]
    sizes = {group["id"]: group["size"] for group in told["groups"]}
    assert sizes == {group["name"]: group["size"] for group in shown["groups"]}
    for row, same in zip(shown["rows"], told["statements"], strict=True):
        assert int(same["id"]) == row["number"]
        seen = same["agree"] + same["disagree"] + same["pass"]
        assert row["seen"] == seen
        assert row["agree"] == pytest.approx(same["agree"] / seen)
        shares = [cell["agree"] / cell["seen"] for cell in same["groups"].values()]
        assert row["groups"] == pytest.approx(shares)
    assert insights.digest(rows) == KeptMap.objects.get().digest


def test_small_numbers_and_small_groups_are_in_no_map():
    call = conversation(people=14)
    new = f.StatementFactory(call=call, order=13)
    for person in Participant.objects.filter(call=call)[:4]:
        Vote.objects.create(participant=person, statement=new, value=1)
    shown = drawn(call).shown

    row = shown["rows"][-1]
    assert row["number"] == 13
    assert [row[name] for name in ("seen", "agree", "disagree", "pass")] == [None] * 4
    assert row["groups"] == [None] * len(shown["groups"])
    assert all(group["size"] is None or group["size"] >= 5 for group in shown["groups"])


@pytest.mark.parametrize(("people", "missing"), [(1, 9), (6, 4), (9, 1)])
def test_with_too_few_people_the_map_says_how_many_are_missing(people, missing):
    call = conversation(people=people)
    shown = drawn(call).shown

    assert shown["missing"] == missing
    assert (shown["groups"], shown["picture"]) == ([], {})


def test_a_map_without_votes_can_be_drawn():
    call = conversation(people=0)
    shown = drawn(call).shown
    assert (shown["people"], shown["rows"], shown["groups"]) == (0, [], [])
    assert shown["said"]["de"]["extent"] == [
        "Niemand hat abgestimmt. Ein Bild entsteht, sobald Stimmen eingehen."
    ]


def test_the_next_picture_is_turned_like_the_one_before():
    call = conversation()
    before = drawn(call).places
    person = Participant.objects.create(call=call, key_hash="new", began_on=timezone.localdate())
    for row in call.statements.all():
        Vote.objects.create(participant=person, statement=row, value=1)
    after = drawn(call).places
    old, new = (np.array([places[name] for name in before]) for places in (before, after))
    for axis in (0, 1):
        assert np.corrcoef(old[:, axis], new[:, axis])[0, 1] > 0.9


def test_parameters_lead_the_choice_of_the_next_statement():
    call = conversation()
    statements = queries.open_statements(call)
    unfitted = insights.next_statement(call, statements, [])
    drawn(call)
    fitted = insights.next_statement(call, statements, [])
    seen = [queries.OwnVote(s.pk, 1) for s in statements[:5]]
    sixth = insights.next_statement(call, statements, seen)

    assert unfitted == min(
        statements, key=lambda s: (Vote.objects.filter(statement=s).count(), s.order)
    )
    assert fitted.order <= 6  # the camps differ in these, not in the others
    fewest = min(statements[5:], key=lambda s: (Vote.objects.filter(statement=s).count(), s.order))
    assert sixth == fewest
    with CaptureQueriesContext(connection) as asked:
        insights.next_statement(call, statements, seen)
    assert len(asked) == 1


# --- when -----------------------------------------------------------------------------------------


def test_a_map_is_drawn_again_only_when_votes_changed_and_some_time_has_passed():
    call = conversation()
    now = timezone.now()
    assert queries.calls_to_draw(now) == [call]
    drawn(call)
    later = timezone.now() + queries.RENEWED_AFTER + dt.timedelta(seconds=1)
    assert queries.calls_to_draw(later) == []
    first = Vote.objects.first()
    first.value = 0 if first.value else 1
    first.save()
    assert queries.calls_to_draw(timezone.now()) == []  # too soon
    assert queries.calls_to_draw(later) == [call]
    actions.draw_map_soon(call, at=later)
    assert queries.calls_to_draw(later) == []  # the worker has it already
    actions.draw_map_soon(call, at=later)
    assert Job.objects.filter(name=queries.DRAW_MAP).count() == 1


def test_the_worker_looks_and_draws(django_capture_on_commit_callbacks):
    call = conversation()
    assert queries.votes_may_come(timezone.now())
    with django_capture_on_commit_callbacks(execute=False):
        assert "participation.look_for_votes" in jobs.run_scheduled(at=timezone.now())
    job = Job.objects.get(name=queries.DRAW_MAP)
    assert (job.thing_id, job.arguments) == (call.pk, {"call": call.pk})
    jobs.run.func(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert KeptMap.objects.get().shown["people"] == 60


def test_after_the_end_the_map_is_settled_once_and_remembered():
    call = conversation()
    drawn(call)
    call.opens_at, call.closes_at = timezone.now() - 2 * HOUR, timezone.now() - HOUR
    call.save()
    assert queries.calls_to_draw(timezone.now()) == [call]
    kept = drawn(call)
    drawn(call)

    assert kept.is_final
    [event] = Event.objects.filter(kind="map.settled")
    assert event.is_public
    assert event.data == {"people": 60, "votes": Vote.objects.count(), "digest": kept.digest}
    assert queries.calls_to_draw(timezone.now()) == []
    assert not queries.votes_may_come(timezone.now())
    assert KeptMap.objects.get().drawn_at == kept.drawn_at


def test_whoever_was_forgotten_meanwhile_has_no_place():
    call = conversation()
    ballots = queries.ballots_in(call)
    found = insights.drawn_map(call, ballots, None)
    gone = Participant.objects.filter(call=call).first()
    actions.forget_votes(gone)
    kept = actions.keep_map(call, found, tally="", at=timezone.now())
    assert str(gone.pk) in found.places
    assert str(gone.pk) not in kept.places


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def site(client, settings):
    settings.ALLOWED_HOSTS = [".example"]

    def at(call):
        client.defaults["HTTP_HOST"] = call.municipality.host
        return client

    return at


def test_the_page_of_the_call_shows_the_map_and_asks_little(site):
    call = conversation()
    drawn(call)
    client = site(call)
    client.get("/de/kontakt/")
    with CaptureQueriesContext(connection) as asked:
        html = client.get(call.get_absolute_url()).content.decode()
    assert len(asked) <= 8
    assert html.index("Was verbindet") < html.index("Gruppen, und wie verlässlich sie sind")
    assert html.index("Was unterscheidet") < html.index('class="opinion__map"')
    assert "Gruppe A: " in html
    assert call.statements.first().title in html
    english = client.get(call.get_absolute_url().replace("/de/", "/en/")).content.decode()
    assert "60 people have voted on 12 statements" in english


def test_before_the_first_vote_and_with_too_few_the_page_says_what_is_missing(site):
    call = conversation(people=4)
    client = site(call)
    assert "Noch hat niemand abgestimmt." in client.get(call.get_absolute_url()).content.decode()
    drawn(call)
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Noch 6 Personen müssen oft genug abstimmen" in html
    assert "opinion__map" not in html


def test_a_statement_that_was_taken_out_leaves_the_page_at_once(site):
    call = conversation()
    drawn(call)
    out = call.statements.get(order=3)
    actions.withdraw_statement(
        out, reason="Unklar.", by=f.coordinator(call.municipality), at=timezone.now()
    )
    assert [row.statement.order for row in queries.shown_map(call, "de").rows] == [
        1, 2, *range(4, 13),
    ]  # fmt: skip
    html = site(call).get(call.get_absolute_url()).content.decode()
    assert f">{out.order}</a>" not in html


def test_where_the_analysis_has_no_words_it_speaks_as_the_rest_of_the_page(site):
    call = conversation()
    drawn(call)
    said = {language: queries.shown_map(call, language) for language in ("de", "en", "ar")}
    assert said["ar"].said_in == "de"
    assert said["ar"].said == said["de"].said != said["en"].said


def test_the_office_sees_the_same_map_and_may_have_it_drawn_now(site):
    call = conversation()
    client = site(call)
    f.sign_in(client, call.municipality, "coordinator")
    address = reverse("workspace:opinion_map", args=[call.identifier])
    assert client.post(address).status_code == 303
    assert Job.objects.filter(name=queries.DRAW_MAP).count() == 1
    assert "Die Karte wird gezeichnet." in client.get(address).content.decode()
    drawn(call)
    assert "Was verbindet" in client.get(address).content.decode()
