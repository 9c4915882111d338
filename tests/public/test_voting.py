"""Voting without an account, with and without htmx; the code; proposals; other people's votes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from miteinander.core.models import Translation
from miteinander.core.translation import source_hash
from miteinander.participation import actions, tasks
from miteinander.participation.models import Contribution, Participant, Statement, Vote
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(method="statements", allows=["proposals"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    for number, text in enumerate(("Mehr Treffpunkte.", "Mehr Kurse.", "Weniger Formulare."), 1):
        f.StatementFactory(call=call, order=number, title=text)
    return call


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def statement(call, number):
    return Statement.objects.get(call=call, order=number)


def vote(client, call, number, value="1", **more):
    facts = {"statement": statement(call, number).identifier, "vote": value} | more.pop("facts", {})
    return client.post(page("vote", call.identifier), facts, **more)


def code_on(html):
    return re.search(r"quittung/stimmen/([0-9A-Z-]{14})/", html).group(1)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def test_reading_a_statement_makes_nobody_a_participant(client, call):
    shown = client.get(page("vote", call.identifier))

    assert shown.status_code == 200
    assert "Mehr Treffpunkte." in shown.content.decode()
    assert "0 von 3. Sie können jederzeit aufhören." in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert "taking_part" not in client.cookies
    assert not Participant.objects.exists()


def test_one_votes_goes_on_and_is_told_how_far_one_is(client, call):
    answer = vote(client, call, 1)
    assert (answer.status_code, answer["Location"]) == (
        303, page("vote", call.identifier) + "#karte",
    )  # fmt: skip
    assert client.cookies["taking_part"]["httponly"]
    shown = client.get(answer["Location"]).content.decode()
    assert "1 von 3." in shown
    assert re.search(r'id="these"[^>]*>Mehr Kurse\.', shown)
    assert "Zuletzt:" in shown
    vote(client, call, 2, "-1")
    vote(client, call, 3, "0")
    assert (
        "Sie haben alle Thesen gesehen. Danke." in client.get(answer["Location"]).content.decode()
    )
    assert [v.value for v in Vote.objects.order_by("pk")] == [1, -1, 0]
    assert "sessionid" not in client.cookies


def test_twice_is_once_and_the_last_word_counts(client, call):
    for value in ("1", "1", "-1"):
        assert vote(client, call, 1, value).status_code == 303
    assert [v.value for v in Vote.objects.all()] == [-1]


def test_one_goes_back_and_changes_ones_mind(client, call):
    vote(client, call, 1)
    back = page("vote", call.identifier) + f"?these={statement(call, 1).identifier}"
    shown = client.get(back).content.decode()
    assert "Sie haben gesagt: Ich stimme zu." in shown
    assert re.search(r'value="1" data-key="1" aria-pressed="true"', shown)
    vote(client, call, 1, "-1")
    assert Vote.objects.get().value == -1


def test_a_vote_is_undone(client, call):
    vote(client, call, 1)
    answer = vote(client, call, 1, facts={"undo": "1", "vote": ""})
    assert answer["Location"].endswith(f"?these={statement(call, 1).identifier}#karte")
    assert not Vote.objects.exists()


def test_with_htmx_only_the_card_comes_and_says_what_was_noted(client, call):
    vote(client, call, 1)
    part = client.get(page("vote", call.identifier), headers=HTMX).content.decode()
    assert "<html" not in part
    assert re.search(r'id="gesagt"[^>]*role="status"[^>]*>Notiert: Ich stimme zu\.<', part)
    assert re.search(r'id="these" tabindex="-1" autofocus', part)
    assert "autofocus" not in client.get(page("vote", call.identifier)).content.decode()


def test_a_vote_on_what_was_taken_out_is_refused_with_words_and_the_next_card(client, call):
    shown = statement(call, 1)
    actions.withdraw_statement(shown, reason="Unklar.", **office(call))
    answer = vote(client, call, 1)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Diese These wurde herausgenommen. Ihre Stimme dazu wird nicht mehr gebraucht." in html
    assert re.search(r'id="these"[^>]*>Mehr Kurse\.', html)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("value", ["", "2", "ja", "1.0", "-1 or 1=1"])
def test_what_is_none_of_the_three_answers_is_refused(client, call, value):
    answer = vote(client, call, 1, value)
    assert answer.status_code == 422
    assert "Das ist keine der drei Antworten." in answer.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_before_and_after_no_vote_counts_and_the_page_says_so(client, call, opens, closes):
    vote(client, call, 1)
    call.opens_at, call.closes_at = timezone.now() + opens * DAY, timezone.now() + closes * DAY
    call.save()
    answer = vote(client, call, 2)
    assert answer.status_code == 422
    assert ("Sie können ab" if opens > 0 else "Was später abgeschickt wurde") in (
        answer.content.decode()
    )
    with_htmx = vote(client, call, 2, headers=HTMX)
    assert (with_htmx.status_code, with_htmx["HX-Refresh"]) == (204, "true")
    assert Vote.objects.count() == 1


def test_statements_of_other_calls_and_towns_are_not_there(client, call):
    for other in (f.CallFactory(method="statements", process=call.process), f.CallFactory()):
        foreign = f.StatementFactory(call=other)
        facts = {"statement": foreign.identifier, "vote": "1"}
        assert client.post(page("vote", call.identifier), facts).status_code == 404
    assert (
        client.get(page("vote", f.CallFactory(process=call.process).identifier)).status_code == 404
    )
    assert client.get(page("vote", foreign.call.identifier)).status_code == 404
    assert not Vote.objects.exists()


def test_a_made_up_key_is_worth_one_participant_and_opens_nobody_elses_votes(client, call):
    vote(client, call, 1)
    mine = code_on(client.get(page("vote", call.identifier)).content.decode())
    forger = Client(headers={"host": call.municipality.host})
    forger.cookies["taking_part"] = mine  # the code is no key
    shown = forger.get(page("vote", call.identifier)).content.decode()
    assert "0 von 3." in shown
    vote(forger, call, 1, "-1")
    assert sorted(v.value for v in Vote.objects.all()) == [-1, 1]
    forger.cookies["taking_part"] = "x" * 65
    assert "0 von 3." in forger.get(page("vote", call.identifier)).content.decode()


def test_another_site_cannot_vote_with_my_browser(call):
    strict = Client(enforce_csrf_checks=True, headers={"host": call.municipality.host})
    assert vote(strict, call, 1).status_code == 403
    assert not Vote.objects.exists()


# --- the code -------------------------------------------------------------------------------------


def test_the_code_finds_my_votes_on_any_device(client, call):
    vote(client, call, 1)
    code = code_on(client.get(page("vote", call.identifier)).content.decode())
    mine = client.get(page("own_votes", code)).content.decode()
    assert ">Ändern<" in mine
    elsewhere = Client(headers={"host": call.municipality.host})
    found = elsewhere.get(page("receipt_search"), {"code": code.lower().replace("-", " ")})
    assert found["Location"] == page("own_votes", code)
    shown = elsewhere.get(found["Location"])
    html = shown.content.decode()
    assert [w for w in ("Mehr Treffpunkte.", "Ich stimme zu", "<svg") if w not in html] == []
    assert ">Ändern<" not in html
    assert shown["Cache-Control"] == "no-store, private"


def test_my_votes_can_be_taken_along(client, call):
    call.statements.filter(order=2).update(withdrawn_because="")
    f.StatementFactory(call=call, order=4, title='=HYPERLINK("x")')
    vote(client, call, 1)
    vote(client, call, 4, "-1")
    code = code_on(client.get(page("vote", call.identifier)).content.decode())
    told = json.loads(client.get(page("own_votes_file", code, "json")).content)
    assert [(v["number"], v["vote"]) for v in told["votes"]] == [(1, 1), (4, -1)]
    assert set(told) == {"call", "question", "began_on", "channel", "votes"}
    answer = client.get(page("own_votes_file", code, "csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1:] == [
        ["1", "Mehr Treffpunkte.", "1", "Ich stimme zu"],
        ["4", '\'=HYPERLINK("x")', "-1", "Ich stimme nicht zu"],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="stimmen.csv"'
    assert client.get(page("own_votes_file", code, "exe")).status_code == 404


def test_my_votes_are_deleted_after_asking_once_more(client, call):
    vote(client, call, 1)
    code = code_on(client.get(page("vote", call.identifier)).content.decode())
    assert client.get(page("own_votes_delete", code)).status_code == 200
    assert Vote.objects.exists()
    assert client.post(page("own_votes_delete", code)).status_code == 303
    assert not Participant.objects.exists()
    assert not Vote.objects.exists()
    assert client.get(page("own_votes", code)).status_code == 404


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x", "M4RK-7TZW"])
def test_a_guessed_code_opens_nothing(client, call, code):
    vote(client, call, 1)
    for name in ("own_votes", "own_votes_delete"):
        assert client.get(page(name, code)).status_code == 404
    assert client.post(page("own_votes_delete", code)).status_code == 404
    assert Vote.objects.count() == 1


# --- languages and proposals ----------------------------------------------------------------------


def test_a_statement_is_read_in_the_language_of_the_page_and_marked(client, call):
    first = statement(call, 1)
    Translation.objects.create(
        thing=first, field="title", language="en", text="More places to meet.", state="machine",
        source_hash=source_hash(first.title), at=timezone.now(),
    )  # fmt: skip
    html = client.get(page("vote", call.identifier).replace("/de/", "/en/")).content.decode()
    assert "More places to meet." in html
    assert "machine" in html.lower()
    call.statements.filter(order=1).update(title="<script>alert(1)</script>")
    html = client.get(page("vote", call.identifier)).content.decode()
    assert "<script>alert" not in html


def test_before_there_is_a_statement_nothing_is_counted(client, call):
    assert "0 von 3." in client.get(page("vote", call.identifier)).content.decode()
    Statement.objects.all().delete()
    html = client.get(page("vote", call.identifier)).content.decode()
    assert "Noch gibt es nichts abzustimmen." in html
    assert "0 von 0" not in html


def test_a_proposal_is_a_contribution_with_a_receipt(client, call):
    facts = {
        "text": "Es fehlen Kurse am Abend.",
        "language": "de",
        "form_key": actions.fresh_form_key(at=timezone.now()),
    }
    answers = [client.post(page("propose", call.identifier), facts) for _time in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    proposal = Contribution.objects.get()
    assert (proposal.state, proposal.may_publish) == ("submitted", True)
    adopted = actions.adopt_proposal(proposal, text=proposal.text, **office(call))
    receipt = client.get(answers[0]["Location"]).content.decode()
    assert adopted.get_absolute_url() in receipt


def test_a_proposal_that_is_too_long_is_refused_and_kept(client, call):
    text = "Ein sehr langer Satz. " * 20
    facts = {"text": text, "form_key": actions.fresh_form_key(at=timezone.now())}
    answer = client.post(page("propose", call.identifier), facts)
    assert answer.status_code == 422
    assert "höchstens 200 Zeichen" in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert not Contribution.objects.exists()


def test_nobody_proposes_where_the_call_does_not_want_it(client, call):
    call.allows = []
    call.save()
    assert client.get(page("propose", call.identifier)).status_code == 404
    assert "these-vorschlagen" not in client.get(page("vote", call.identifier)).content.decode()


def test_the_page_of_the_call_leads_to_the_statements(client, call):
    html = client.get(call.get_absolute_url()).content.decode()
    assert page("vote", call.identifier) in html
    assert "Über die Thesen abstimmen" in html


def test_when_it_is_over_and_nobody_voted_no_map_is_promised(client, call):
    assert "Sobald zehn Personen" in client.get(call.get_absolute_url()).content.decode()
    call.opens_at, call.closes_at = timezone.now() - 2 * DAY, timezone.now() - DAY
    call.save()
    tasks.draw_map(call.pk)
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Niemand hat abgestimmt." in html
    assert "Sobald zehn Personen" not in html
