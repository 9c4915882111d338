"""Calls, the form without an account, receipts, and what everybody may read."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from miteinander.core.logs import JsonLines
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution
from miteinander.ui.words import written_day
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SCRIPT = "<script>alert('x')</script>"
BUDGET = 8


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory()
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def send(client, call, text="Im Norden fehlt ein Treffpunkt.", **more):
    facts = {
        "text": text,
        "may_publish": "yes",
        "language": "",
        "form_key": actions.fresh_form_key(at=timezone.now()),
    } | more
    return client.post(page("contribute", call.identifier), facts)


def code_in(response):
    return re.search(r"quittung/([0-9A-Z-]{14})/", response["Location"]).group(1)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


# --- the form ------------------------------------------------------------------------------------


def test_nothing_is_ticked_beforehand_and_silence_publishes_nothing(client, call):
    form = client.get(page("contribute", call.identifier)).content.decode()
    assert 'name="may_publish"' in form
    assert "checked" not in form
    answer = send(client, call, may_publish="")
    assert answer.status_code == 422
    assert "Bitte sagen Sie, ob andere das lesen dürfen." in answer.content.decode()
    assert not Contribution.objects.exists()


def test_somebody_contributes_without_an_account_and_gets_a_receipt(client, call):
    form = client.get(page("contribute", call.identifier)).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', form).group(1)
    response = send(client, call, form_key=key)
    assert response.status_code == 303
    shown = client.get(response["Location"])
    assert code_in(response) in shown.content.decode()
    assert "<svg" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert shown["Referrer-Policy"] == "same-origin"
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    assert "sessionid" not in client.cookies


def test_a_double_click_is_one_contribution_with_one_receipt(client, call):
    key = actions.fresh_form_key(at=timezone.now())
    first, second = (send(client, call, form_key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_a_text_that_is_too_long_is_refused_and_kept(client, call):
    text = "Zu lang. " * 11_200  # 100 kB
    response = send(client, call, text)
    assert response.status_code == 422
    assert text.strip() in response.content.decode()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b"])
def test_an_empty_answer_is_refused_with_a_link_to_the_field(client, call, text):
    response = send(client, call, text)
    assert response.status_code == 422
    assert 'href="#id_text"' in response.content.decode()


def test_an_old_form_is_shown_again_with_the_text_and_then_works(client, call):
    old = actions.fresh_form_key(at=timezone.now() - 2 * DAY)
    response = send(client, call, "Ich habe lange geschrieben.", form_key=old)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ich habe lange geschrieben." in html
    fresh = re.search(r'name="form_key" value="([^"]+)"', html).group(1)
    assert fresh != old
    assert send(client, call, "Ich habe lange geschrieben.", form_key=fresh).status_code == 303


@pytest.mark.parametrize("key", ["", "made-up", "a:b:c"])
def test_a_made_up_key_loses_no_text(client, call, key):
    response = send(client, call, "Mein Satz.", form_key=key)
    assert response.status_code == 422
    assert "Mein Satz." in response.content.decode()


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_a_call_that_is_not_open_keeps_the_text_and_says_whom_to_write_to(
    client, call, opens, closes
):
    call.opens_at, call.closes_at = timezone.now() + opens * DAY, timezone.now() + closes * DAY
    call.save()
    office = call.process.lead_office
    office.email = "amt@stadt.example"
    office.save()
    response = send(client, call, "Zu spät, aber wichtig.")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Zu spät, aber wichtig." in html
    assert "mailto:amt@stadt.example" in html
    assert not Contribution.objects.exists()


def test_the_form_needs_its_protection(call):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, HTTP_HOST=call.municipality.host)
    assert send(strict, call).status_code == 403
    assert not Contribution.objects.exists()


# --- privacy ------------------------------------------------------------------------------------


def test_nothing_of_the_request_lands_in_a_table_or_a_log(client, call):
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    client.defaults |= {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "203.0.113.78",
        "HTTP_USER_AGENT": "Verraeterischer Browser/7",
        "HTTP_ACCEPT_LANGUAGE": "de-x-verraeterisch",
        "HTTP_REFERER": "https://verraeterisch.example/",
    }
    try:
        response = send(client, call)
        code = code_in(response)
        client.get(response["Location"])
        client.get(page("receipt_search"), {"code": code})
        client.post(page("withdraw", code))
    finally:
        logging.getLogger().removeHandler(handler)
    stored = [
        str(value)
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for value in row
    ]
    everything = "\n".join([*stored, lines.getvalue()])
    for trace in ("203.0.113", "erraeterisch", code, code.replace("-", "")):
        assert trace not in everything
    assert "public:contribute" in lines.getvalue()  # it was the right log


# --- receipts ------------------------------------------------------------------------------------


def test_the_code_is_found_however_it_is_typed(client, call):
    code = code_in(send(client, call))
    typed = f" {code.lower().replace('-', ' ').replace('0', 'O').replace('1', 'l')} "
    response = client.get(page("receipt_search"), {"code": typed})
    assert response["Location"] == page("receipt", code)


def test_a_wrong_code_is_not_there_and_stays_in_the_field(client, call):
    response = client.get(page("receipt_search"), {"code": "M4RK-7TZW-0QHA"})
    assert response.status_code == 404
    assert 'value="M4RK-7TZW-0QHA"' in response.content.decode()
    assert client.get(page("receipt", "M4RK-7TZW-0QHA")).status_code == 404


def test_a_receipt_opens_nothing_in_another_municipality(client, call):
    code = code_in(send(client, call))
    other = f.MunicipalityFactory()
    assert client.get(page("receipt", code), headers={"host": other.host}).status_code == 404


def test_a_receipt_tells_what_became_of_it(client, call):
    address = send(client, call)["Location"]
    contribution = Contribution.objects.get()
    actions.publish_contribution(contribution, **office(call))
    theme = actions.name_theme(call.process, title="Treffpunkte im Norden", **office(call))
    actions.gather([contribution], theme, **office(call))
    actions.answer_contribution(
        contribution, outcome="taken_up", reason="Wir suchen einen Raum.", **office(call)
    )
    html = client.get(address).content.decode()
    assert "Wir suchen einen Raum." in html
    assert theme.get_absolute_url() in html


def test_a_refused_contribution_says_why_to_its_author_only(client, call):
    address = send(client, call)["Location"]
    contribution = Contribution.objects.get()
    actions.refuse_contribution(contribution, reason="Nennt eine Nachbarin.", **office(call))
    assert "Nennt eine Nachbarin." in client.get(address).content.decode()
    assert client.get(contribution.get_absolute_url()).status_code == 404


def test_withdrawing_asks_once_and_leaves_an_empty_place(client, call):
    code = code_in(send(client, call, "Mein unverwechselbarer Satz."))
    contribution = actions.publish_contribution(Contribution.objects.get(), **office(call))
    asked = client.get(page("withdraw", code)).content.decode()
    assert "Mein unverwechselbarer Satz." in asked
    response = client.post(page("withdraw", code))
    assert response["Location"] == page("receipt", code)
    for address in (page("receipt", code), contribution.get_absolute_url(), page("contributions")):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "unverwechselbar" not in shown.content.decode()


# --- reading -------------------------------------------------------------------------------------


def published(call, count=1, text="Stimme {n}: mehr Bänke."):
    theme = f.ThemeFactory(process=call.process, text="Worum es geht.")
    rows = [
        actions.record_contribution(
            call.process, text=text.format(n=n), channel="card", call=call, **office(call)
        )
        for n in range(count)
    ]
    actions.gather(rows, theme, **office(call))
    return theme, rows


PAGES = [
    ("calls", lambda call, theme, rows: []),
    ("call", lambda call, theme, rows: [call.identifier]),
    ("contribute", lambda call, theme, rows: [call.identifier]),
    ("contributions", lambda call, theme, rows: []),
    ("contribution", lambda call, theme, rows: [rows[0].identifier]),
    ("theme", lambda call, theme, rows: [theme.identifier]),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_page_costs_the_same_for_one_as_for_many_and_keeps_the_budget(
    client, call, name, args, django_assert_max_num_queries
):
    theme, rows = published(call)
    client.get(page(name, *args(call, theme, rows)))  # the frame remembers the office
    call.municipality.refresh_from_db()
    with django_assert_max_num_queries(BUDGET) as few:
        client.get(page(name, *args(call, theme, rows)))
    more = [
        actions.record_contribution(
            call.process, text=f"Noch {n}.", channel="card", call=call, **office(call)
        )
        for n in range(3)
    ]
    actions.gather(more, theme, **office(call))
    f.CallFactory.create_batch(2, process=call.process, phase=call.phase)
    client.get(page(name, *args(call, theme, rows)))
    with django_assert_max_num_queries(BUDGET) as many:
        client.get(page(name, *args(call, theme, rows)))
    assert len(few) == len(many)


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_what_people_write_is_shown_and_never_run(client, call, name, args):
    call.question = call.title = f"Frage {SCRIPT}"
    call.save()
    theme, rows = published(call, text=f"{SCRIPT} {{n}}")
    actions.rename_theme(theme, title=f"Thema {SCRIPT}", **office(call))
    actions.answer_contribution(rows[0], outcome="partly", reason=SCRIPT, **office(call))
    html = client.get(page(name, *args(call, theme, rows))).content.decode()
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html


def test_a_receipt_shows_a_script_as_text(client, call):
    html = client.get(send(client, call, SCRIPT)["Location"]).content.decode()
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(("name", "args"), PAGES[1:3] + PAGES[4:])
def test_another_municipality_has_none_of_these_pages(client, call, name, args):
    theme, rows = published(call)
    address = page(name, *args(call, theme, rows))
    other = f.MunicipalityFactory()
    assert client.get(address, headers={"host": other.host}).status_code == 404


def test_what_is_not_published_is_nowhere(client, call):
    send(client, call, "Nur fürs Amt gedacht.", may_publish="no")
    send(client, call, "Noch nicht gelesen gedacht.")
    waiting, internal = Contribution.objects.order_by("may_publish")[::-1]
    actions.keep_internal(internal, **office(call))
    for address in (page("calls"), page("call", call.identifier), page("contributions")):
        assert "gedacht" not in client.get(address).content.decode()
    for contribution in (waiting, internal):
        assert client.get(contribution.get_absolute_url()).status_code == 404


def test_contributions_can_be_read_by_call_and_by_theme(client, call):
    theme, rows = published(call, 2)
    actions.record_contribution(
        call.process, text="Ganz etwas anderes.", channel="card", **office(call)
    )
    for query in ({"theme": theme.identifier}, {"of": f"call.{call.identifier}"}):
        html = client.get(page("contributions"), query).content.decode()
        assert all(row.text in html for row in rows)
        assert "Ganz etwas anderes." not in html
    assert "Ganz etwas anderes." in client.get(page("contributions")).content.decode()


def test_a_long_list_goes_on_and_back(client, call):
    f.ThemeFactory(process=call.process, id=5000)  # addresses do not group by thousands
    published(call, 25)
    first = client.get(page("contributions"))
    older = first.context["contributions"].older
    second = client.get(page("contributions"), {"older": older})
    assert len(first.context["contributions"].rows) == 20
    assert len(second.context["contributions"].rows) == 5
    assert f"?newer={second.context['contributions'].newer}" in second.content.decode()


@pytest.mark.parametrize("place", ["x", "-1", "9" * 40, "1 OR 1=1"])
def test_a_place_that_is_none_is_the_beginning(client, call, place):
    published(call)
    response = client.get(page("contributions"), {"older": place})
    assert len(response.context["contributions"].rows) == 1


def test_an_inherited_answer_is_shown_with_where_it_was_given(client, call):
    _theme, (into, other) = published(call, 2)
    actions.merge_contributions(into, [other], reason="Dasselbe", **office(call))
    actions.answer_contribution(into, outcome="taken_up", reason="Kommt 2027.", **office(call))
    html = client.get(other.get_absolute_url()).content.decode()
    assert "Kommt 2027." in html
    assert into.get_absolute_url() in html


def test_home_and_lists_read_the_counters(call):
    published(call, 3)
    assert queries.figures(call).received == 3


def test_a_call_that_was_planned_in_a_phase_that_was_closed_is_announced_no_more(client, call):
    now = timezone.now()
    call.opens_at, call.closes_at = now + 5 * DAY, now + 20 * DAY
    call.save()
    pages = [page("calls"), page("call", call.identifier), page("contribute", call.identifier)]
    day = written_day(call.opens_at)
    for address in pages:
        assert day in client.get(address).content.decode(), address
    actions.close_phase(call.phase, by=f.coordinator(call.municipality), at=now)
    for address in pages:
        told = client.get(address).content.decode()
        assert day not in told, address
        assert written_day(now) in told, address


def test_a_closed_question_promises_nothing_that_no_longer_comes(client, call):
    """While it is open, what came is read first; afterwards nothing comes any more."""
    assert "Das dauert einige Tage." in client.get(call.get_absolute_url()).content.decode()
    call.opens_at, call.closes_at = timezone.now() - 3 * DAY, timezone.now() - DAY
    call.save()
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Es ist kein Beitrag gekommen." in html
    assert "Das dauert einige Tage." not in html
    key = actions.fresh_form_key(at=timezone.now())
    actions.submit_late(call, text="Zu spät.", form_key=key, **office(call))
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Nichts davon ist öffentlich." in html
    assert "Das dauert einige Tage." not in html


def test_of_one_contribution_it_is_said_in_the_singular(client, call):
    for sentence in ("0 von 1 ist beantwortet.", "0 von 2 sind beantwortet."):
        actions.enter_on_behalf(
            call,
            text=sentence,
            channel="paper",
            may_publish=True,
            form_key=sentence,
            **office(call),
        )
        assert sentence in client.get(page("calls")).content.decode()


def test_the_hour_is_named_where_a_question_is_over_before_its_day_is(client, call):
    day = timezone.localtime(timezone.now() + 2 * DAY)
    for hour, minute, is_named in ((18, 30, True), (23, 59, False)):
        call.closes_at = day.replace(hour=hour, minute=minute)
        call.save()
        for name in ("call", "contribute"):
            html = client.get(page(name, call.identifier)).content.decode()
            assert written_day(call.closes_at) in html
            assert (f"{hour}:{minute} Uhr" in html) is is_named


def test_whoever_lacks_the_code_is_told_where_it_goes_and_nothing_else(client, call):
    call.audience, call.access_code, call.is_public = "code", "M4RK-7TZW-0QHA", False
    call.save()
    hidden = client.get(page("call", call.identifier))
    nowhere = client.get(page("call", "zzzzzzzz"))
    assert hidden.status_code == nowhere.status_code == 404
    for answer in (hidden, nowhere):
        assert "Haben Sie einen Code bekommen?" in answer.content.decode()
        assert call.question not in answer.content.decode()


def test_a_question_among_the_faults_keeps_its_own_mark(client, call):
    html = send(client, call, may_publish="").content.decode()
    assert "Dürfen andere das lesen? Bitte" in html
    html = send(client, call, text="").content.decode()
    assert "Ihre Antwort: Bitte" in html
