"""Said in another language: whoever decides about it reads what there is of it in theirs."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community import actions as community
from miteinander.core.events.read import history
from miteinander.core.models import Translation
from tests import factories as f

pytestmark = pytest.mark.django_db
WORDS, IN_GERMAN = "Нам потрібен тихий куточок.", "Wir brauchen eine ruhige Ecke."


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    phase = f.PhaseFactory(process=process, permits=["contribute", "gather"])
    return f.CallFactory(process=process, phase=phase)


def said(call, state="published", **more):
    kept = {"municipality": call.municipality, "process": call.process, "call": call}
    return f.ContributionFactory(text=WORDS, language="uk", state=state, **kept, **more)


def translated(row, text=IN_GERMAN, state="checked"):
    by = f.coordinator(row.municipality)
    community.translate(row, "text", "de", text, state=state, by=by, at=timezone.now())


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


ROOMS = {
    "reading": (lambda row: desk("moderation", row.process.identifier), "submitted"),
    "blacking out": (lambda row: desk("black_out", row.identifier), "submitted"),
    "its page": (lambda row: desk("contribution", row.identifier), "published"),
    "what waits for answers": (lambda row: desk("answers", row.process.identifier), "published"),
    "answering": (lambda row: desk("answer", row.identifier), "published"),
    "answering several": (
        lambda row: f"{desk('answer_many', row.process.identifier)}?c={row.identifier}",
        "published",
    ),
    "board": (lambda row: desk("board", row.process.identifier), "published"),
    "splitting": (lambda row: desk("split", row.identifier), "published"),
}


@pytest.mark.parametrize("room", ROOMS)
def test_in_every_room_the_translation_stands_below_the_original(client, call, room):
    address, state = ROOMS[room]
    row = said(call, state)
    assert IN_GERMAN not in client.get(address(row)).content.decode()
    translated(row)
    page = client.get(address(row)).content.decode()
    assert page.index(WORDS) < page.index(IN_GERMAN)


def test_in_the_theme_and_beside_what_it_is_merged_with(client, call):
    theme = f.ThemeFactory(process=call.process, municipality=call.municipality)
    rows = [said(call, theme=theme), f.ContributionFactory(call=call, process=call.process)]
    translated(rows[0])
    merging = "&".join(f"c={row.identifier}" for row in rows)
    for address in (
        desk("theme", theme.identifier),
        f"{desk('merge', call.process.identifier)}?{merging}",
    ):
        assert IN_GERMAN in client.get(address).content.decode(), address


def test_whoever_leads_a_round_and_the_room_read_it_too(client, call):
    call.method = "live"
    call.save()
    row = said(call)
    translated(row)
    for name in ("questions", "questions_screen"):
        assert IN_GERMAN in client.get(desk(name, call.identifier)).content.decode(), name


def test_what_a_machine_wrote_or_what_has_aged_says_so(client, call):
    row = said(call, "submitted")
    translated(row, state="machine")
    address = desk("moderation", call.process.identifier)
    assert "maschinell" in client.get(address).content.decode().casefold()


def test_on_the_screen_a_machine_says_so_and_a_long_question_is_cut_between_letters(client, call):
    call.method = "live"
    call.save()
    translated(said(call), text='"a' * 200, state="machine")
    page = client.get(desk("questions_screen", call.identifier)).content.decode()
    assert "maschinell" in page
    _before, _ahead, rest = page.partition('<ol class="plain screen__questions">')
    shown = html.unescape(rest.partition("</ol>")[0])
    assert '"a' * 69 + '"…' in shown


def test_where_there_is_none_one_press_leads_to_writing_it(client, call):
    row = said(call, "internal", may_publish=False)
    way = desk("translation", row.identifier, "de")
    assert way in client.get(desk("answer", row.identifier)).content.decode()

    assert client.post(way, {"text": IN_GERMAN}).status_code == 303

    page = client.get(desk("answer", row.identifier)).content.decode()
    assert IN_GERMAN in page
    assert way not in page
    own = f.ContributionFactory(call=call, process=call.process)
    assert "translation" not in client.get(desk("answer", own.identifier)).content.decode()


def test_in_protected_mode_no_record_tells_when_it_was_translated(client, call):
    call.is_protected = True
    call.save()
    row = said(call, "submitted")
    client.post(desk("translation", row.identifier, "de"), {"text": IN_GERMAN})
    moments = [Translation.objects.get().at, *(e.at for e in history([row.pk], public_only=False))]
    assert {timezone.localtime(at).time() for at in moments} == {dt.time()}


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query_however_many_there_are(client, call, count, django_assert_num_queries):
    address = desk("moderation", call.process.identifier)
    for _number in range(count):
        translated(said(call, "submitted"))
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)


QUERIES = 10  # who asks (4), the process, its figures, what waits, what hangs on it, translations
