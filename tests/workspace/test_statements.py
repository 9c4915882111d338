"""Statements at the office's desk, paper sheets, and who may open any of it."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import Call, KeptMap, Participant, Statement, Vote
from miteinander.workspace.call_papers import BALLOT, Order
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(method="statements", allows=["proposals"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    f.sign_in(client, call.municipality, "coordinator")
    return call


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def post(client, name, thing, **facts):
    return client.post(desk(name, thing.identifier), facts)


def wrote(call, *texts):
    office = {"by": f.coordinator(call.municipality), "at": timezone.now()}
    return actions.write_statements(call, texts, **office)


# --- statements -----------------------------------------------------------------------------------


def test_the_office_writes_one_statement_per_line(client, call):
    answer = post(
        client, "statements", call, statements="Eins ist gut.\n\n Zwei auch.", language="de"
    )
    assert answer.status_code == 303
    assert [s.title for s in call.statements.order_by("order")] == ["Eins ist gut.", "Zwei auch."]
    assert "Über 2 Thesen wird abgestimmt." in client.get(answer["Location"]).content.decode()


def test_the_line_at_fault_is_named_and_nothing_typed_is_lost(client, call):
    text = "Gut.\n" + "x" * 201
    answer = post(client, "statements", call, statements=text, language="de")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Zeile 2: Eine These hat höchstens 200 Zeichen; diese hat 201." in html
    assert text in html
    assert not Statement.objects.exists()


def test_a_statement_is_reworded_and_taken_out(client, call):
    [statement] = wrote(call, "Eins ist gut.")
    answer = post(client, "statement_edit", statement, text="Eins ist besser.", seen="0")
    assert answer.status_code == 303
    actions.cast_vote(
        call, "AAAA-BBBB-CCCC", statement=statement.identifier, value=1, at=timezone.now()
    )
    refused = post(client, "statement_edit", statement, text="Zwei.", seen="1")
    assert refused.status_code == 422
    assert "Ihre Worte bleiben, wie sie sind." in refused.content.decode()
    missing = post(client, "statement_withdraw", statement, reason="", instead="")
    assert missing.status_code == 422
    done = post(client, "statement_withdraw", statement, reason="Unklar.", instead="Drei ist gut.")
    assert done.status_code == 303
    html = client.get(done["Location"]).content.decode()
    assert "Unklar." in html
    assert "Drei ist gut." in html


def test_a_proposal_is_put_up_beside_what_says_almost_the_same(client, call):
    wrote(call, "Die Stadt braucht mehr Treffpunkte.", "Kurse sollen abends sein.")
    proposal, _code = actions.submit_contribution(
        call, text="Unsere Stadt braucht Treffpunkte.", may_publish=True, form_key="k",
        language="de", by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    assert proposal.text in client.get(desk("statements", call.identifier)).content.decode()
    html = client.get(desk("statement_adopt", proposal.identifier)).content.decode()
    assert "Die Stadt braucht mehr Treffpunkte." in html
    assert "Kurse sollen abends sein." not in html
    for _time in range(2):
        answer = post(client, "statement_adopt", proposal, text="Mehr Treffpunkte!")
        assert answer.status_code == 303
    assert call.statements.filter(title="Mehr Treffpunkte!").count() == 1


def test_the_desk_asks_the_same_for_one_statement_and_for_thirty(client, call):
    address = desk("statements", call.identifier)
    counts = []
    for texts in (["Eins ist gut."], [f"Satz {n} ist gut." for n in range(30)]):
        wrote(call, *texts)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_other_calls_have_no_statements(client, call):
    other = f.CallFactory(process=call.process)
    for name in ("statements", "opinion_map", "ballots", "votes_file"):
        assert client.get(desk(name, other.identifier)).status_code == 404


def test_all_votes_are_exported_without_anybody_in_them(client, call):
    one, two = wrote(call, "Eins ist gut.", "Zwei ist gut.")
    for n in range(3):
        for statement in (one, two):
            actions.cast_vote(
                call, f"AAAA-BBBB-{n:04}", statement=statement.identifier, value=n - 1,
                at=timezone.now(),
            )  # fmt: skip
    answer = client.get(desk("votes_file", call.identifier))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["participant", "statement", "vote"]
    assert sorted((r[1], r[2]) for r in rows[1:]) == sorted(
        (number, value) for number in "12" for value in ("-1", "0", "1")
    )
    assert {r[0] for r in rows[1:]} == {"1", "2", "3"}
    assert "AAAA" not in answer.content.decode()


# --- paper ----------------------------------------------------------------------------------------


def sheets(client, call, text, **more):
    facts = {"sheets": text, "channel": "paper", "form_key": "k"} | more
    return client.post(desk("ballots", call.identifier), facts)


def test_sheets_are_entered_a_line_each_and_once(client, call):
    one, two, three = wrote(call, "Eins ist gut.", "Zwei ist gut.", "Drei ist gut.")
    for _time in range(2):
        assert sheets(client, call, "1 2 3\n-21\n\n3").status_code == 303
    found = {
        participant.pk: {v.statement_id: v.value for v in participant.votes.all()}
        for participant in Participant.objects.all()
    }
    assert sorted(found.values(), key=len) == [
        {one.pk: 0}, {two.pk: -1, three.pk: 1}, {one.pk: 1, two.pk: -1, three.pk: 0},
    ]  # fmt: skip
    assert set(Participant.objects.values_list("channel", flat=True)) == {"paper"}
    [event] = Event.objects.filter(kind="ballots.entered")
    assert event.data == {"count": 3, "channel": "paper"}
    assert not event.is_public
    assert sheets(client, call, "111", form_key="another", channel="phone").status_code == 303
    assert Participant.objects.filter(channel="phone").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12\n1x", "Zeile 2, Taste 2: „x“ ist weder 1, 2, 3 noch ein Strich."),
        ("1231", "Zeile 1 hat 4 Tasten; es gibt 3 Thesen."),
        ("---\n", "Auf keinem Bogen steht eine Antwort."),
        ("4", "Zeile 1, Taste 1: „4“"),
    ],
)
def test_a_key_at_fault_is_named_and_kept(client, call, typed, sentence):
    wrote(call, "Eins ist gut.", "Zwei ist gut.", "Drei ist gut.")
    answer = sheets(client, call, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert typed.strip() in html
    assert not Vote.objects.exists()


def test_what_was_taken_out_since_is_left_out(client, call):
    one, _two = wrote(call, "Eins ist gut.", "Zwei ist gut.")
    actions.withdraw_statement(
        one, reason="Unklar.", by=f.coordinator(call.municipality), at=timezone.now()
    )
    assert sheets(client, call, "12").status_code == 303
    assert [(v.statement.order, v.value) for v in Vote.objects.all()] == [(2, -1)]


def over_since(call, **since):
    """The call closed a moment ago; its answers are due as told."""
    now = timezone.now()
    call.opens_at, call.closes_at = now - dt.timedelta(days=3), now - dt.timedelta(minutes=5)
    call.answer_by = timezone.localdate() + dt.timedelta(**since)
    call.save()


def test_sheets_that_came_in_time_are_entered_until_the_answers_are_due(client, call):
    wrote(call, "Eins ist gut.")
    kept = KeptMap.objects.create(call=call, drawn_at=timezone.now(), is_final=True, shown={})
    over_since(call, days=0)
    assert sheets(client, call, "1").status_code == 303
    assert Vote.objects.count() == 1
    kept.refresh_from_db()
    assert not kept.is_final, "the map is drawn once more"
    assert call in queries.calls_to_draw(timezone.now())


def test_sheets_are_refused_and_kept_once_the_answers_are_due(client, call):
    wrote(call, "Eins ist gut.")
    over_since(call, days=-1)
    answer = sheets(client, call, "1")
    assert answer.status_code == 422
    assert "Es wird nichts mehr eingegeben" in answer.content.decode()
    assert not Participant.objects.exists()


def test_the_page_of_the_call_offers_the_sheet(client, call):
    page = client.get(desk("call", call.identifier)).content.decode()
    assert desk("call_paper", call.identifier, "thesen", "pdf") in page


@pytest.mark.parametrize("ending", ["pdf", "docx", "odt"])
def test_the_sheet_can_be_printed(client, call, ending):
    wrote(call, "Eins ist gut.", "Zwei ist <b>gut</b>.")
    answer = client.get(desk("call_paper", call.identifier, "thesen", ending))
    assert answer.status_code == 200
    assert answer.content[:4] == {"pdf": b"%PDF"}.get(ending, b"PK\x03\x04")
    assert client.get(desk("call_paper", call.identifier, "thesen", "exe")).status_code == 404


def test_a_sheet_has_room_for_a_statement_of_ones_own_where_they_are_taken(client, call):
    """It is typed in like everything that came on paper, and waits to be read and put."""
    wrote(call, "Eins ist gut.")
    assert "Fehlt eine These?" in printed(call)
    assert desk("call_entry", call.identifier) in opened(client, call)
    said = "Busse sollen auch nachts fahren."
    key = actions.fresh_form_key(at=timezone.now())
    post(client, "call_entry", call, text=said, channel="paper", may_publish="on", form_key=key)
    [proposal] = queries.proposals_waiting(call)
    assert proposal.text == said

    Call.objects.filter(pk=call.pk).update(allows=[])
    call.refresh_from_db()
    assert "Fehlt eine These?" not in printed(call)
    assert desk("call_entry", call.identifier) not in opened(client, call)


def test_whoever_types_a_proposal_in_finds_the_consent_ticked_that_the_sheet_does_not_ask(
    client, call
):
    wrote(call, "Eins ist gut.")
    assert f"{desk('call_entry', call.identifier)}?channel=paper" in opened(client, call)
    form = client.get(desk("call_entry", call.identifier)).context["form"]
    assert form["may_publish"].value()
    Call.objects.filter(pk=call.pk).update(allows=[])
    form = client.get(desk("call_entry", call.identifier)).context["form"]
    assert not form["may_publish"].value()


def test_the_sheet_says_where_it_is_taken_in(call):
    wrote(call, "Eins ist gut.")
    assert "Am Markt 1" not in printed(call)
    call.ways = [{"title": "Stadtbücherei", "text": "Am Markt 1"}]
    assert "Stadtbücherei: Am Markt 1" in printed(call)


def test_a_gap_on_the_sheet_is_named_where_it_is_typed_in(client, call):
    """A new sheet lacks the number; without a key in its place all others would move."""
    _first, second, _third = wrote(call, "Eins.", "Zwei.", "Drei.")
    assert "Strich an ihre Stelle" not in opened(client, call)
    office = {"by": f.coordinator(call.municipality), "at": timezone.now()}
    actions.withdraw_statement(second, reason="Doppelt.", **office)
    assert "Zwei." not in printed(call)
    html = opened(client, call)
    assert "These 2 wurde herausgenommen" in html
    assert "Strich an ihre Stelle" in html


def opened(client, call):
    """The page on which sheets are typed in."""
    return client.get(desk("ballots", call.identifier)).content.decode()


def printed(call):
    """The words of the sheet."""
    return str(BALLOT.made(Order(call, language="de", today=timezone.localdate())))


def test_the_export_of_paper_and_screen_is_one(client, call):
    [statement] = wrote(call, "Eins ist gut.")
    actions.cast_vote(
        call, "AAAA-BBBB-CCCC", statement=statement.identifier, value=1, at=timezone.now()
    )
    sheets(client, call, "2")
    assert sorted(value for _who, _n, value in queries.votes_to_export(call)) == [-1, 1]
