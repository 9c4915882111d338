"""The coordination's room: reading, cards, sorting, answering."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.standing import Role
from miteinander.participation import actions, queries
from miteinander.participation.models import Answer, Call, Contribution, Theme
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def call(town):
    return f.CallFactory(process=f.ProcessFactory(municipality=town))


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def said(call, count=1, text="Stimme {n}: mehr Bänke.", **more):
    """Unread contributions, as they come in."""
    facts = {"may_publish": True, "language": "de"} | more
    return [
        actions.submit_contribution(
            call,
            text=text.format(n=n),
            form_key=f"{text}{n}",
            by=f.visitor(call.municipality),
            at=timezone.now(),
            **facts,
        )[0]
        for n in range(count)
    ]


def read(call, count=1, **more):
    return [actions.publish_contribution(c, **office(call)) for c in said(call, count, **more)]


def every_page(call):
    theme = actions.name_theme(call.process, title="Bänke", **office(call))
    one, two = read(call, 2)
    process = call.process.identifier
    return [
        desk("call_new", process),
        desk("call_edit", call.identifier),
        desk("moderation", process),
        desk("cards", process),
        desk("board", process),
        desk("merge", process) + f"?c={one.identifier}&c={two.identifier}",
        desk("answers", process),
        desk("theme_new", process),
        desk("theme", theme.identifier),
        desk("theme_rename", theme.identifier),
        desk("theme_retire", theme.identifier),
        desk("theme_move", theme.identifier),
        desk("theme_answer", theme.identifier),
        desk("contribution", one.identifier),
        desk("refuse", one.identifier),
        desk("split", one.identifier),
        desk("answer", one.identifier),
    ]


# --- who ----------------------------------------------------------------------------------------


def test_the_coordination_enters_every_room_and_others_do_not(client, call):
    pages = every_page(call)
    assert {client.get(address).status_code for address in pages} == {200}

    client.logout()
    assert {client.get(address).status_code for address in pages} == {302}

    f.sign_in(client, call.municipality, Role.MEMBER)
    assert {client.get(address).status_code for address in pages} == {403}

    f.sign_in(client, f.MunicipalityFactory())
    assert {client.get(address).status_code for address in pages} == {404}


def test_a_coordinator_of_elsewhere_is_nobody_here(client, call):
    pages = every_page(call)
    f.sign_in(client, f.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = call.municipality.host
    assert {client.get(address).status_code for address in pages} == {404}


@pytest.mark.parametrize("name", ["moderation", "board", "answers"])
def test_lists_cost_the_same_for_one_and_for_three(client, call, name, django_assert_num_queries):
    theme = actions.name_theme(call.process, title="Bänke", **office(call))
    actions.gather(read(call, 1, text="Sortiert {n}"), theme, **office(call))
    read(call, 2)
    said(call, 1, text="Neu {n}")
    address = desk(name, call.process.identifier)
    client.get(address)
    with django_assert_num_queries(QUERIES[name]):
        client.get(address)
    read(call, 3, text="Mehr {n}")
    said(call, 3, text="Ungelesen {n}")
    client.get(address)
    with django_assert_num_queries(QUERIES[name]):
        client.get(address)


# municipality, session, account, membership with person, seats, process, phases; then what is shown
QUERIES = {"moderation": 9, "board": 8, "answers": 8}


# --- calls ---------------------------------------------------------------------------------------


def call_data(phase, **more):
    now = timezone.localtime()
    data = {
        "title": "Orte",
        "question": "Wo fehlt ein Ort?",
        "phase": phase.pk,
        "opens_at": f"{now:%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + 3 * DAY:%Y-%m-%dT%H:%M}",
        "answer_by": f"{now + 9 * DAY:%Y-%m-%d}",
        "ways": "Auf Papier: Karten in der Bücherei",
    }
    return data | more


def test_a_call_is_opened_with_its_other_ways(client, call):
    response = client.post(
        desk("call_new", call.process.identifier), call_data(call.phase, title="Neuer Aufruf")
    )
    assert response.status_code == 303
    made = Call.objects.get(title="Neuer Aufruf")
    assert made.ways == [{"title": "Auf Papier", "text": "Karten in der Bücherei"}]


def test_a_call_with_wrong_dates_keeps_what_was_typed(client, call):
    now = timezone.localtime()
    response = client.post(
        desk("call_new", call.process.identifier),
        call_data(call.phase, closes_at=f"{now - DAY:%Y-%m-%dT%H:%M}", question="Meine Frage?"),
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Meine Frage?" in html
    assert 'href="#id_closes_at"' in html


def test_two_editors_of_a_call_see_both_texts(client, call):
    data = call_data(call.phase, seen=call.revision)
    assert client.post(desk("call_edit", call.identifier), data).status_code == 303
    response = client.post(
        desk("call_edit", call.identifier), {**data, "question": "Die Frage der Zweiten?"}
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "Die Frage der Zweiten?" in html
    assert "fehlt" in html  # the stored text, its different words marked


# --- reading -------------------------------------------------------------------------------------


def test_one_press_publishes_one(client, call):
    one, other = said(call, 2)
    address = desk("moderation", call.process.identifier)
    assert client.post(address, {"do": f"publish.{one.identifier}"}).status_code == 303
    assert (one.refreshed().state, other.refreshed().state) == ("published", "submitted")


def test_many_ticked_ones_are_published_and_the_authors_will_is_kept(client, call):
    one, two = said(call, 2)
    [secret] = said(call, 1, text="Nur fürs Amt", may_publish=False)
    response = client.post(
        desk("moderation", call.process.identifier),
        {"do": "publish", "c": [c.identifier for c in (one, two, secret)]},
        follow=True,
    )
    states = [c.refreshed().state for c in (one, two, secret)]
    assert states == ["published", "published", "submitted"]
    assert "Nur fürs Amt" in response.content.decode()


@pytest.mark.parametrize("do", ["", "delete", "publish.nicht-da"])
def test_a_made_up_press_changes_nothing(client, call, do):
    [one] = said(call)
    client.post(desk("moderation", call.process.identifier), {"do": do})
    assert one.refreshed().state == "submitted"


def test_refusing_needs_a_reason(client, call):
    [one] = said(call)
    assert client.post(desk("refuse", one.identifier), {"reason": " "}).status_code == 422
    assert client.post(desk("refuse", one.identifier), {"reason": "Ein Name."}).status_code == 303
    assert one.refreshed().refusal == "Ein Name."


def test_a_contribution_of_elsewhere_cannot_be_ticked(client, call):
    foreign = f.ContributionFactory(state="submitted")
    client.post(
        desk("moderation", call.process.identifier), {"do": "publish", "c": [foreign.identifier]}
    )
    assert foreign.refreshed().state == "submitted"


# --- cards ---------------------------------------------------------------------------------------


def card_data(**more):
    key = actions.fresh_form_key(at=timezone.now())
    data = {"channel": "card", "language": "de", "may_publish": "on", "form_key": key}
    return data | more


def test_a_pinwall_is_typed_in_once_however_often_it_is_sent(client, call):
    meeting = f.MeetingFactory(process=call.process)
    data = card_data(cards="Mehr Bänke\n\nMehr Schatten\n", meeting=meeting.pk)
    for _twice in range(2):
        assert client.post(desk("cards", call.process.identifier), data).status_code == 303
    cards = Contribution.objects.order_by("pk")
    assert [(c.text, c.meeting, c.channel) for c in cards] == [
        ("Mehr Bänke", meeting, "card"),
        ("Mehr Schatten", meeting, "card"),
    ]


def test_the_card_at_fault_is_named_and_none_is_lost(client, call):
    cards = "Mehr Bänke\n" + "x" * 6_000
    response = client.post(desk("cards", call.process.identifier), card_data(cards=cards))
    assert response.status_code == 422
    assert "2" in str(response.context["form"].errors["cards"])
    assert cards.split("\n")[1] in response.content.decode()
    assert not Contribution.objects.exists()


# --- sorting -------------------------------------------------------------------------------------


def test_ticked_contributions_go_into_a_new_theme(client, call):
    rows = read(call, 3)
    response = client.post(
        desk("board", call.process.identifier),
        {"c": [r.identifier for r in rows[:2]], "title": "Bänke", "do": "gather"},
    )
    assert response.status_code == 303
    theme = Theme.objects.get(title="Bänke")
    assert [r.refreshed().theme for r in rows] == [theme, theme, None]


def test_without_a_theme_the_ticks_stay(client, call):
    [one] = read(call)
    response = client.post(desk("board", call.process.identifier), {"c": [one.identifier]})
    assert response.status_code == 422
    assert f'value="{one.identifier}" id="c-{one.identifier}" checked' in response.content.decode()


def test_contributions_are_taken_out_of_a_theme_again(client, call):
    [one] = read(call)
    theme = actions.name_theme(call.process, title="Bänke", **office(call))
    actions.gather([one], theme, **office(call))
    response = client.post(
        desk("board", call.process.identifier),
        {"c": [one.identifier], "do": "release", "back": theme.identifier},
    )
    assert response["Location"] == desk("theme", theme.identifier)
    assert one.refreshed().theme is None


def test_merging_shows_what_will_be_linked_and_then_links_it(client, call):
    one, two = read(call, 2)
    board = client.post(
        desk("board", call.process.identifier),
        {"c": [one.identifier, two.identifier], "do": "merge"},
    )
    shown = client.get(board["Location"]).content.decode()
    assert one.text in shown
    assert two.text in shown
    assert not two.refreshed().is_merged
    response = client.post(board["Location"], {"into": one.identifier, "reason": "Dasselbe"})
    assert response["Location"] == desk("contribution", one.identifier)
    assert two.refreshed().is_merged


def test_splitting_makes_parts(client, call):
    [one] = read(call, text="Mehr Bänke und mehr Schatten, Stimme {n}.")
    response = client.post(
        desk("split", one.identifier),
        {"parts": "Mehr Bänke.\r\n\r\nMehr Schatten.", "reason": "Zwei Dinge"},
    )
    assert response.status_code == 303
    assert [c.text for c in queries.merged_into(one)] == ["Mehr Bänke.", "Mehr Schatten."]


@pytest.mark.parametrize("permits", [["contribute"], ["draft"]])
def test_sorting_outside_its_phase_is_refused_with_the_ticks_kept(client, call, permits):
    [one] = read(call)
    call.phase.permits = permits
    call.phase.save()
    response = client.post(
        desk("board", call.process.identifier), {"c": [one.identifier], "title": "Bänke"}
    )
    assert response.status_code == 422
    assert 'value="Bänke"' in response.content.decode()
    assert not Theme.objects.exists()


def test_a_theme_is_renamed_moved_and_closed(client, call):
    first = actions.name_theme(call.process, title="Wohnen", **office(call))
    second = actions.name_theme(call.process, title="Leben", **office(call))
    client.post(desk("theme_rename", first.identifier), {"title": "Gut wohnen", "seen": 0})
    client.post(
        desk("theme_move", first.identifier), {"into": second.identifier, "reason": "Zusammen"}
    )
    client.post(desk("theme_retire", second.identifier), {"reason": "Nicht unsere Sache"})
    first, second = first.refreshed(), second.refreshed()
    assert (first.title, bool(first.retired_on), bool(second.retired_on)) == (
        "Gut wohnen",
        True,
        True,
    )


# --- answering -----------------------------------------------------------------------------------


def test_an_answer_needs_both_and_keeps_the_typed(client, call):
    [one] = read(call)
    response = client.post(desk("answer", one.identifier), {"reason": "Weil es gut ist."})
    assert response.status_code == 422
    assert "Weil es gut ist." in response.content.decode()
    data = {"outcome": "taken_up", "reason": "Weil es gut ist."}
    assert client.post(desk("answer", one.identifier), data).status_code == 303
    assert Answer.objects.get(contribution=one).function


def test_a_theme_is_answered_in_one_go(client, call):
    rows = read(call, 3)
    theme = actions.name_theme(call.process, title="Bänke", **office(call))
    actions.gather(rows, theme, **office(call))
    client.post(
        desk("theme_answer", theme.identifier), {"outcome": "taken_up", "reason": "Zehn kommen."}
    )
    assert queries.figures(call.process).unanswered == 0


def test_a_phase_does_not_close_while_somebody_waits_unless_a_reason_is_published(client, call):
    read(call)
    address = desk("phase_close", call.phase.pk)
    refused = client.post(address, {"despite": ""})
    assert refused.status_code == 422
    call.phase.refresh_from_db()
    assert call.phase.closed_on is None
    assert client.post(address, {"despite": "Wahl am Sonntag."}).status_code == 303
    call.phase.refresh_from_db()
    assert (call.phase.closed_despite, bool(call.phase.closed_on)) == ("Wahl am Sonntag.", True)


def test_what_people_write_is_never_run(client, call):
    rows = read(call, 2, text=SCRIPT + "{n}")
    said(call, 1, text=SCRIPT + "neu {n}")
    theme = actions.name_theme(call.process, title=SCRIPT, **office(call))
    actions.gather(rows[:1], theme, **office(call))
    addresses = [
        desk("calls"),
        desk("moderation", call.process.identifier),
        desk("board", call.process.identifier),
        desk("answers", call.process.identifier),
        desk("theme", theme.identifier),
        desk("contribution", rows[0].identifier),
        desk("answer", rows[0].identifier),
        desk("split", rows[0].identifier),
    ]
    for address in addresses:
        assert SCRIPT not in client.get(address).content.decode()
