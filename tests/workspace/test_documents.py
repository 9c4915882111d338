"""A document taken over in the browser: sent, understood, decided about, written, reported."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption.queries import draft_content
from miteinander.core import jobs
from miteinander.core.models import Event, Thing
from miteinander.documents.sheets import tabulated
from miteinander.strategy import actions, tasks
from miteinander.strategy.models import ConceptImport, ConceptSource, FieldOfAction, Goal, Measure
from miteinander.strategy.readers import previews
from tests.factories import (
    ConceptFactory,
    MeasureFactory,
    MembershipFactory,
    PhaseFactory,
    ProcessFactory,
    coordinator,
    sign_in,
)
from tests.strategy.papers import REAL, docx, h, p, sheet_of
from tests.strategy.test_import_taking import _with

pytestmark = pytest.mark.django_db
READ = 8
WRITE = 86


@pytest.fixture
def concept(town):
    found = ConceptFactory(process=ProcessFactory(municipality=town))
    PhaseFactory(process=found.process, permits=["draft", "gather"])
    return found


def send(client, concept, data, name="konzept.docx"):
    return client.post(
        reverse("workspace:concept_import", args=[concept.identifier]),
        {"file": SimpleUploadedFile(name, data)},
    )


def sent(client, concept, data):
    answer = send(client, concept, data)
    assert answer.status_code == 303, answer.content.decode()
    return ConceptImport.objects.latest("pk")


def page(client, found, **query):
    return client.get(reverse("workspace:concept_reading", args=[found.pk]), query).content.decode()


def press(client, found, what, **data):
    return client.post(reverse(f"workspace:concept_reading_{what}", args=[found.pk]), data)


def test_from_the_file_to_the_report(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    shown = page(client, found)
    assert "Sprachcafé in den Stadtteilen" in shown
    assert "nichts" in shown
    assert "Nachverfolgte Löschungen, weggelassen: 2" in shown
    assert "<b>Federführung</b> → Federführung" in shown
    assert "Absatz mit einer Nummer wie „1.1“" in shown
    assert not FieldOfAction.objects.exists()

    press(client, found, "take")
    assert Measure.objects.count() == 5
    found.refresh_from_db()
    assert (found.state, bytes(found.content)) == ("done", b"")
    done = page(client, found)
    assert "5 Maßnahmen eingetragen, als Entwürfe" in done
    assert "Einträge geändert" not in done
    assert "Literatur" in done

    press(client, found, "take")
    assert Measure.objects.count() == 5
    assert ConceptSource.objects.count() == 1
    start = client.get(reverse("workspace:concept_import", args=[concept.identifier]))
    assert "konzept.docx" in start.content.decode()


def test_the_report_is_a_file_before_and_after(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    address = reverse("workspace:concept_reading_report", args=[found.pk, "csv"])
    before = client.get(address).content.decode("utf-8-sig")
    assert "Tabelle 1 · Zeile 9" in before
    assert "Jugendamt" in before
    press(client, found, "take")
    assert client.get(address).content.decode("utf-8-sig") == before


def test_sent_again_there_is_nothing_to_do(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    found = sent(client, concept, REAL)
    assert "Alles aus dem Dokument steht schon im Konzept." in page(client, found)


def test_the_guess_is_changed_and_remembered_for_the_next_time(client, town, concept):
    sign_in(client, town)
    data = docx(h(1, "Wohnen"), h(2, "Lotsen"), p("Wer es tut: Sozialamt"), p("Kosten: 5 €"))
    found = sent(client, concept, data)
    assert "Nichts davon wurde" in page(client, found)
    answer = press(client, found, "meanings", **{"level-0": "text", "level-1": "text"})
    assert answer.status_code == 422
    assert "mindestens eine Art von Überschrift" in answer.content.decode()
    answer = press(client, found, "meanings", **{"level-0": "field", "level-1": "measure",
                                                 "label-0": "cost"})  # fmt: skip
    assert answer.status_code == 303
    press(client, found, "take")
    assert Measure.objects.get().cost_once == 5
    again = sent(client, concept, data)
    assert again.mapping["h2"] == "measure"
    assert "Alles aus dem Dokument steht schon im Konzept." in page(client, again)


def test_what_is_perhaps_there_is_decided_one_by_one_or_for_all(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    near = _with(REAL, "Sprachkurse für Eltern in Kitas", "Sprachkurse für Eltern in den Kitas")
    found = sent(client, concept, near)
    line = found.lines.get(outcome="similar")
    assert "1 Eintrag ist vielleicht schon da" in page(client, found)
    press(client, found, "decide", **{f"line-{line.pk}": "0"})
    line.refresh_from_db()
    assert (line.outcome, [d["field"] for d in line.differences]) == ("changed", ["title"])

    other = sent(client, concept, near)
    press(client, other, "decide", alle="new")
    press(client, other, "take")
    assert Measure.objects.count() == 6


def test_what_changed_on_both_sides_is_only_taken_when_said(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    Measure.objects.filter(title__startswith="Sprachcafé").update(horizon="long")
    found = sent(client, concept, _with(REAL, "kurzfristig", "mittelfristig"))
    assert "nicht entschieden: bleibt, wie es hier ist" in page(client, found)
    line = found.lines.get(outcome="both")
    press(client, found, "decide", **{f"line-{line.pk}": "take"})
    press(client, found, "take")
    assert Measure.objects.get(title__startswith="Sprachcafé").horizon == "medium"


def test_when_the_concept_changed_meanwhile_the_preview_is_made_anew(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    PhaseFactory(process=concept.process, permits=["draft"])
    client.post(reverse("workspace:field_new", args=[concept.identifier]), {"title": "Dazwischen"})
    answer = client.post(reverse("workspace:concept_reading_take", args=[found.pk]), follow=True)
    assert "hat sich geändert" in answer.content.decode()
    assert not Measure.objects.exists()
    press(client, found, "take")
    assert Measure.objects.count() == 5


def test_two_presses_at_the_same_moment_write_once_and_keep_the_report(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    second = ConceptImport.objects.defer("content").get(pk=found.pk)
    press(client, found, "take")
    previews.take_in(second, by=coordinator(town), at=timezone.now())
    assert "5 Maßnahmen eingetragen, als Entwürfe" in page(client, found)
    assert Measure.objects.count() == 5


def test_what_is_dropped_while_it_is_read_or_written_does_not_come_back(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    read, refused, written = (ConceptImport.objects.get(pk=found.pk) for _time in range(3))
    press(client, found, "drop")
    previews.prepare(read, at=timezone.now())
    refused.content = b"%PDF"
    previews.prepare(refused, at=timezone.now())
    previews.take_in(written, by=coordinator(town), at=timezone.now())
    assert not ConceptImport.objects.exists()
    assert not Measure.objects.exists()


def test_what_does_not_fit_what_was_written_here_is_named_and_nothing_is_written(
    client, town, concept
):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    cafe = Measure.objects.filter(title__startswith="Sprachcafé")
    cafe.update(starts="2028-01-01", horizon="")
    changed = _with(_with(REAL, "kurzfristig", "bis 2026"), "Patenschaften", "Patinnen")
    found = sent(client, concept, changed)
    press(client, found, "decide", alle="new")
    press(client, found, "take")
    shown = page(client, found)
    assert "Es wurde nicht übernommen" in shown
    assert "Sprachcafé in den Stadtteilen" in shown.partition("<section")[0]
    assert not Measure.objects.filter(title="Patinnen").exists()
    line = found.lines.get(match=cafe.get().pk)
    press(client, found, "decide", **{f"line-{line.pk}": "leave"})
    press(client, found, "take")
    assert Measure.objects.filter(title="Patinnen").exists()


def test_no_two_entries_are_one_thing(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    title = "Sprachkurse für Eltern in Kitas"
    near = _with(REAL, "Patenschaften", "Sprachkurse für Eltern in den Kitas")
    found = sent(client, concept, near)
    assert found.lines.get(title=title).outcome == "same"
    assert [line.candidates for line in found.lines.filter(outcome="similar")] == []


def test_a_decision_about_no_entry_is_none(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    line = found.lines.first()
    odd = {f"line-{'9' * 30}": "leave", "line-²": "leave", f"line-{line.pk}": "9" * 5000}
    assert press(client, found, "decide", **odd).status_code == 303
    assert press(client, found, "decide", alle="9" * 5000).status_code == 303
    assert not found.lines.exclude(decision="").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (REAL[:3000], "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        (docx(**{"word__document.xml": b"<document>" + b" " * 90_000_000}), "Entpackt"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_that_is_none_is_refused_at_the_field(
    client, concept, data, words, django_capture_on_commit_callbacks
):
    sign_in(client, concept.municipality)
    with django_capture_on_commit_callbacks(execute=False):
        answer = send(client, concept, data)
    if answer.status_code == 303:  # too large to be read at once: the worker says so
        found = ConceptImport.objects.get()
        jobs.run.call(found.job_id)
        shown = page(client, found)
        assert (found.state, ConceptImport.objects.get().state) == ("reading", "refused")
    else:
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert not ConceptImport.objects.exists()
    assert words in shown


def test_a_long_document_is_read_and_written_by_the_worker(
    client, town, concept, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("miteinander.strategy.readers.previews.is_light", lambda _data: False)
    monkeypatch.setattr(previews, "FEW", 3)
    sign_in(client, town)
    with django_capture_on_commit_callbacks(execute=False):
        found = sent(client, concept, REAL)
    assert found.state == "reading"
    assert "wird gelesen" in page(client, found)
    jobs.run.call(found.job_id)
    with django_capture_on_commit_callbacks(execute=False):
        press(client, found, "take")
    found.refresh_from_db()
    assert (found.state, Measure.objects.count()) == ("writing", 0)
    progress = reverse("workspace:concept_reading_progress", args=[found.pk])
    assert "HX-Redirect" not in client.get(progress).headers
    jobs.run.call(found.job_id)
    assert Measure.objects.count() == 5
    assert client.get(progress).headers["HX-Redirect"]
    tasks.take_in_document(found.pk)
    assert Measure.objects.count() == 5


def test_only_the_coordination_and_only_ones_own(client, town, concept):
    sign_in(client, town)
    found = sent(client, concept, REAL)
    client.logout()
    sign_in(client, town)
    assert client.get(reverse("workspace:concept_reading", args=[found.pk])).status_code == 404
    client.logout()
    client.force_login(
        MembershipFactory(municipality=town, role="member").user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    start = reverse("workspace:concept_import", args=[concept.identifier])
    assert client.get(start).status_code == 403


def test_outside_the_phase_it_is_refused_before_anything_is_read(client, town, concept):
    concept.process.phases.update(permits=["review"])
    sign_in(client, town)
    assert send(client, concept, REAL).status_code == 422
    assert not ConceptImport.objects.exists()


def test_dropped_or_left_for_a_week_it_is_gone(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "drop")
    assert not ConceptImport.objects.exists()
    found = sent(client, concept, REAL)
    ConceptImport.objects.filter(pk=found.pk).update(
        received_at=timezone.now() - timezone.timedelta(days=8)
    )
    tasks.sweep_documents()
    assert not ConceptImport.objects.exists()


@pytest.mark.parametrize("measures", [1, 40])
def test_the_preview_asks_the_same_however_long_the_document(client, town, concept, measures):
    sign_in(client, town)
    sheets = [
        part
        for n in range(measures)
        for part in (h(3, f"Maßnahme {n + 1}: Angebot {n + 1}"), sheet_of(("Kosten", "5 €"),
                     ("Federführung", "Niemand")))
    ]  # fmt: skip
    found = sent(
        client, concept, docx(h(1, "Handlungsfeld 1: Wohnen"), h(2, "Ziel 1: Gut"), *sheets)
    )
    page(client, found)
    with CaptureQueriesContext(connection) as asked:
        page(client, found)
    assert len(asked) <= READ, [query["sql"][:90] for query in asked]


def test_what_was_taken_over_says_from_where(client, town, concept):
    sign_in(client, town)
    press(client, send_named(client, concept, "Entwurf Meier.docx"), "take")
    cafe = Measure.objects.get(title="Sprachcafé in den Stadtteilen")
    goal = Goal.objects.get(title="Eltern finden früh einen Sprachkurs")
    place = "Aus der Datei „Entwurf Meier.docx“ übernommen am"
    for address, row in (
        ("measure", cafe), ("measure_history", cafe), ("goal_edit", goal), ("goal_history", goal),
        ("field_history", goal.field),
    ):  # fmt: skip
        shown = client.get(reverse(f"workspace:{address}", args=[row.identifier])).content.decode()
        assert place in shown, address
        assert ". Stelle: " in shown, address
    for row in (cafe, goal):
        assert place in client.get(row.get_absolute_url()).content.decode()

    Thing.objects.filter(pk__in=[cafe.pk, goal.pk]).update(is_public=True)
    Measure.objects.filter(pk=cafe.pk).update(state="submitted")
    client.logout()
    for row in (cafe, goal):
        shown = client.get(row.get_absolute_url()).content.decode()
        assert "Aus einem Dokument übernommen am" in shown
        assert "Meier" not in shown, "a file name may name people"


def test_what_was_written_by_hand_says_nothing_of_documents(client, town, concept):
    sign_in(client, town)
    measure = MeasureFactory(goal__field__concept=concept)
    for address in (
        reverse("workspace:measure", args=[measure.identifier]),
        measure.get_absolute_url(),
    ):
        assert "übernommen am" not in client.get(address).content.decode()


def test_what_was_taken_over_says_so_in_the_export(client, town, concept):
    sign_in(client, town)
    press(client, sent(client, concept, REAL), "take")
    cafe = Measure.objects.get(title="Sprachcafé in den Stadtteilen")
    Thing.objects.filter(pk__in=[cafe.pk, cafe.goal_id]).update(is_public=True)
    Measure.objects.filter(pk=cafe.pk).update(state="submitted")
    content = draft_content(concept, at=timezone.now())
    [goal] = content["fields"][0]["goals"]
    [measure] = goal["measures"]
    today = timezone.localdate().isoformat()
    assert (goal["origin"]["document"], measure["origin"]["document"]) == (today, today)
    assert "konzept.docx" not in str(content)
    assert f",{today}," in tabulated(content, "csv").decode("utf-8-sig").replace(";", ",")


def send_named(client, concept, name):
    assert send(client, concept, REAL, name=name).status_code == 303
    return ConceptImport.objects.latest("pk")


def test_killed_while_it_is_written_it_is_written_once_by_the_next(
    client, town, concept, monkeypatch, django_capture_on_commit_callbacks
):
    """The last thing that is done fails, as if the worker were killed: nothing is half there."""
    monkeypatch.setattr("miteinander.strategy.readers.previews.is_light", lambda _data: False)
    monkeypatch.setattr(previews, "FEW", 3)
    sign_in(client, town)
    with django_capture_on_commit_callbacks(execute=False):
        found = sent(client, concept, REAL)
        jobs.run.call(found.job_id)
        press(client, found, "take")
    found.refresh_from_db()
    with monkeypatch.context() as broken:
        broken.setattr(actions, "finish_document", _killed)
        with django_capture_on_commit_callbacks(execute=False), pytest.raises(KeyboardInterrupt):
            jobs.run.call(found.job_id)
    assert not FieldOfAction.objects.exists()
    assert not Event.objects.filter(kind="measure.grown").exists()
    found.refresh_from_db()
    assert found.state == "writing"
    assert "Das Dokument wird übernommen" in page(client, found)

    with django_capture_on_commit_callbacks(execute=False):
        assert jobs.resume(at=timezone.now(), after=jobs.LEFT_ALONE) == 1
        for _time in range(2):
            jobs.run.call(found.job_id)
    assert (Measure.objects.count(), ConceptSource.objects.count()) == (5, 1)
    assert "5 Maßnahmen eingetragen" in page(client, found)


def _killed(*_args, **_more):
    raise KeyboardInterrupt


@pytest.mark.parametrize("count", [2, 12])
def test_writing_costs_the_same_for_few_measures_as_for_many(
    client, town, concept, count, django_assert_num_queries
):
    by = coordinator(town, user=sign_in(client, town).pk)
    sheets = [sheet_of(("Maßnahme", f"Lotsen {n}"), ("Kosten", f"{n} €"), ("Indikator", "Zahl"))
              for n in range(count)]  # fmt: skip
    data = docx(h(1, "Handlungsfeld 1: Wohnen"), h(2, "Ziel 1: Gut"), *sheets)
    found = actions.receive_document(concept, name="k.docx", content=data, by=by, at=by.at)
    previews.prepare(found, at=by.at)
    with django_assert_num_queries(WRITE):
        previews.take_in(found, by=by, at=by.at)
    assert Measure.objects.count() == count
