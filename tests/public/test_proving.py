"""The proof of work at the door: with and without JavaScript nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import html as markup

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core import proof
from miteinander.core.models import Rush, SpentForm
from miteinander.participation.models import Contribution, Participant
from miteinander.public.views.proving import OneMoment, one_moment
from miteinander.public.views.taking_part import taking_part
from tests import factories as make
from tests.proving import hidden_in

pytestmark = pytest.mark.django_db
WORDS = "Im Norden fehlt ein Treffpunkt. <b>Wirklich</b>"


@pytest.fixture(autouse=True)
def _short_sums(settings):
    settings.PROOF_BITS = 7


@pytest.fixture
def call(town):
    process = make.ProcessFactory(municipality=town)
    return make.CallFactory(process=process, phase=make.PhaseFactory(process=process))


def address(call):
    return reverse("public:contribute", args=[call.identifier])


def send(client, call, fields, **typed):
    return client.post(
        address(call), {"text": WORDS, "may_publish": "yes", "language": "de"} | fields | typed
    )


def form_of(client, call):
    return hidden_in(client.get(address(call)).content.decode())


def test_with_the_sum_done_it_is_taken_in_at_once(client, call):
    assert send(client, call, form_of(client, call)).status_code == 303
    assert Contribution.objects.get().text == WORDS


def test_the_same_form_again_is_the_same_receipt(client, call):
    fields = form_of(client, call)
    first, second = send(client, call, fields), send(client, call, fields)
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_one_sum_is_not_worth_a_second_contribution_but_its_words_are_kept(client, call):
    fields = form_of(client, call)
    send(client, call, fields)
    again = send(client, call, fields, text="Noch etwas.")
    page = again.content.decode()
    assert again.status_code == 422
    assert "Noch etwas." in page
    assert Contribution.objects.count() == 1
    fresh = hidden_in(page)
    assert fresh["form_key"] != fields["form_key"]
    assert send(client, call, fresh, text="Noch etwas.").status_code == 303


def test_without_javascript_it_is_sent_once_more_after_a_while(client, call, monkeypatch):
    opened = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: opened)
    fields = form_of(client, call) | {"proof": ""}
    early = send(client, call, fields)
    page = early.content.decode()
    assert early.status_code == 422
    assert "20 Sekunden" in page
    assert markup.escape(WORDS) in page
    assert hidden_in(page)["form_key"] == fields["form_key"], "who has waited is not asked again"
    monkeypatch.setattr(timezone, "now", lambda: opened + dt.timedelta(seconds=21))
    assert send(client, call, fields).status_code == 303


def test_where_too_many_come_without_the_sum_the_office_is_named(client, call, settings):
    settings.PROOF_WAIT_SECONDS = 0
    office = call.process.lead_office
    office.email = "amt@stadt.example"
    office.save()
    minute = int(timezone.now().timestamp()) // 60
    for number in (minute, minute + 1):
        Rush.objects.create(scope=f"call:{call.pk}", minute=number, slowly=proof.SLOWLY_PER_MINUTE)
    refused = send(client, call, form_of(client, call) | {"proof": ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "mailto:amt@stadt.example" in page
    assert markup.escape(WORDS) in page
    assert not SpentForm.objects.exists()


def test_what_is_refused_for_another_reason_may_be_corrected_with_the_same_sum(client, call):
    fields = form_of(client, call)
    assert send(client, call, fields, text="\u200b").status_code == 422
    assert send(client, call, fields).status_code == 303


def test_in_protected_mode_a_rush_is_counted_for_the_whole_town(client, call):
    call.is_protected = True
    call.save()
    send(client, call, form_of(client, call))
    assert Rush.objects.get().scope == f"town:{call.municipality_id}"


# --- who presses once, for the first time -------------------------------------------------------


def press(rf, call, town, fields, cookies=None):
    request = rf.post("/de/stimme/", fields)
    request.COOKIES.update(cookies or {})
    request.municipality, request.standing = town, make.visitor(town)
    request.htmx = None
    return request


def test_a_new_participant_costs_a_sum_and_a_known_one_none(rf, call, town):
    request = press(rf, call, town, {"vote": "agree", "c": ["1", "2"]})
    with pytest.raises(OneMoment) as asked:
        taking_part(request, call)
    assert not Participant.objects.exists()

    page = one_moment(request, asked.value)
    html = page.content.decode()
    assert page.status_code == 428, "no script takes this page for a part of its own"
    assert html.count('name="c"') == 2
    assert 'name="vote" value="agree"' in html
    fields = {"vote": "agree", "c": ["1", "2"]} | {
        name: value for name, value in hidden_in(html).items() if name in {"form_key", "proof"}
    }
    participant, token = taking_part(press(rf, call, town, fields), call)

    again = press(rf, call, town, {"vote": "pass"}, {"taking_part": token})
    assert taking_part(again, call) == (participant, token)


def test_a_million_participants_cost_a_million_sums(rf, call, town):
    request = press(rf, call, town, {})
    with pytest.raises(OneMoment) as asked:
        taking_part(request, call)
    fields = hidden_in(one_moment(request, asked.value).content.decode())
    taking_part(press(rf, call, town, fields), call)
    with pytest.raises(OneMoment):
        taking_part(press(rf, call, town, fields | {"vote": "other"}), call)
    assert Participant.objects.count() == 1


def test_the_same_press_twice_at_once_is_one_participant(rf, call, town):
    request = press(rf, call, town, {"vote": "agree"})
    with pytest.raises(OneMoment) as asked:
        taking_part(request, call)
    fields = hidden_in(one_moment(request, asked.value).content.decode())
    first, second = (taking_part(press(rf, call, town, fields), call) for _time in range(2))
    assert first == second
    # Nor does a made-up key turn one sum into a second participant.
    with pytest.raises(OneMoment):
        taking_part(press(rf, call, town, fields, {"taking_part": "made-up"}), call)


# --- votes --------------------------------------------------------------------------------------


@pytest.fixture
def voting(call):
    call.method = "statements"
    call.save()
    make.StatementFactory(call=call, is_public=True)
    return call


def test_a_first_vote_costs_a_sum_and_a_second_none(client, voting):
    page = client.get(reverse("public:vote", args=[voting.identifier])).content.decode()
    fields = hidden_in(page)
    press_vote = {"statement": fields["statement"], "vote": "1"}
    address = reverse("public:vote", args=[voting.identifier])
    assert client.post(address, press_vote).status_code == 428
    assert not Participant.objects.exists()
    assert client.post(address, fields | {"vote": "1"}).status_code == 303
    assert client.post(address, press_vote | {"vote": "-1"}).status_code == 303
    assert Participant.objects.count() == 1
    for _again in range(3):
        client.cookies.clear()
        client.post(address, fields | {"vote": "1"})
    assert Participant.objects.count() == 1, "one sum, one participant, however often it is sent"


def test_a_part_of_a_page_is_loaded_anew_instead_of_taking_the_page_in_between(client, voting):
    address = reverse("public:vote", args=[voting.identifier])
    answer = client.post(address, {"statement": "x", "vote": "1"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
