"""Around every page: hosts and towns, languages, headers, and pages that say what went wrong."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from miteinander.config import middleware, views
from miteinander.config.middleware import POLICY
from miteinander.core.standing import Role
from tests.factories import MunicipalityFactory, ProcessFactory, ThemeFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.ALLOWED_HOSTS = ["hier.example", "dort.example", "leer.example"]
    return MunicipalityFactory(host="hier.example", name="Hierstadt")


@pytest.fixture
def reader(town):
    return Client(HTTP_HOST="hier.example", raise_request_exception=False)


def words_of(response) -> str:
    """What a reader sees between the frames."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- hosts and towns ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/de/", "/-/health", "/gibt-es-nicht"])
def test_an_unknown_host_name_is_refused_with_a_sentence(reader, path):
    answer = reader.get(path, HTTP_HOST="fremd.example")

    assert answer.status_code == 400
    assert "Diese Anfrage kann nicht beantwortet werden." in words_of(answer)
    assert "MITEINANDER_HOSTS" in words_of(answer), "says what to do"
    assert "fremd.example" not in answer.content.decode(), "what was sent is not repeated"


def test_a_host_without_a_town_says_so(reader):
    answer = reader.get("/de/", HTTP_HOST="leer.example")

    assert answer.status_code == 404
    assert "Unter dieser Adresse antwortet keine Kommune." in words_of(answer)
    assert "miteinander invite" in words_of(answer)


def test_two_towns_answer_at_their_own_hosts(reader, town):
    there = MunicipalityFactory(host="dort.example", name="Dortstadt")
    for host, own, other in (
        ("hier.example", "Hierstadt", "Dortstadt"),
        ("dort.example:8000", "Dortstadt", "Hierstadt"),
        ("DORT.example", "Dortstadt", "Hierstadt"),
    ):
        page = reader.get("/de/kontakt/", HTTP_HOST=host).content.decode()
        assert own in page
        assert other not in page
    process = ProcessFactory(municipality=there)
    assert reader.get(f"/de/prozess/{process.identifier}/").status_code == 404


def test_the_town_without_a_host_answers_where_no_other_does(reader, town):
    for name in ("Alleinstadt", "Nebenstadt"):
        MunicipalityFactory(host=None, name=name)

    assert "Alleinstadt" in reader.get("/de/kontakt/", HTTP_HOST="leer.example").content.decode()
    assert "Hierstadt" in reader.get("/de/kontakt/").content.decode()


# --- languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "cookie", "expected"),
    [
        ("en-GB,de;q=0.5", "", "/en/"),
        ("de", "", "/de/"),
        ("pl", "", "/de/"),
        ("", "", "/de/"),
        ("de", "en", "/en/"),
    ],
)
def test_the_door_leads_to_the_preferred_language(reader, settings, asked, cookie, expected):
    if cookie:
        reader.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = reader.get("/", headers={"accept-language": asked})

    assert (answer.status_code, answer["Location"]) == (302, expected)
    assert {"Accept-Language", "Cookie"} <= {w.strip() for w in answer["Vary"].split(",")}


@pytest.mark.parametrize(("language", "word"), [("de", "Kontakt"), ("en", "Contact")])
def test_the_path_decides_the_language_whatever_the_browser_asks_for(reader, language, word):
    answer = reader.get(f"/{language}/kontakt/", headers={"accept-language": "pl"})

    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()
    assert word in words_of(answer)


def test_a_page_without_a_language_is_led_to_one(reader):
    answer = reader.get("/kontakt/", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Location"]) == (302, "/en/kontakt/")


def test_every_page_leads_to_itself_in_the_other_language(reader, town):
    theme = ThemeFactory(process=ProcessFactory(municipality=town))
    page = reader.get(f"/de/thema/{theme.identifier}/").content.decode()

    assert f'href="/en/thema/{theme.identifier}/"' in page


def test_what_a_page_is_about_does_not_get_into_the_frame(reader, town):
    """Templates share their names: a page about a theme once chose the colours by its title."""
    theme = ThemeFactory(process=ProcessFactory(municipality=town), title="dark")
    opening = reader.get(f"/de/thema/{theme.identifier}/").content.decode().partition("<head")[0]

    assert opening.split("<html", 1)[1].strip() == 'lang="de" dir="ltr">'


def test_the_short_address_leads_to_the_page_in_the_readers_language(reader, town):
    theme = ThemeFactory(process=ProcessFactory(municipality=town))
    answer = reader.get(f"/t/{theme.identifier}", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Location"]) == (302, f"/en/thema/{theme.identifier}/")


# --- up, ready, colour -------------------------------------------------------------------------


def test_health_asks_nobody_and_ready_asks_the_database(reader, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader.get("/-/health").content == b"ok"
    with django_assert_num_queries(1):
        assert reader.get("/-/ready").content == b"ok"


def test_without_its_database_the_process_is_up_and_not_ready(reader, monkeypatch):
    class Gone:
        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(views, "connection", Gone())
    monkeypatch.setattr(middleware, "municipality_for", lambda host: Gone().cursor())

    assert reader.get("/-/health").status_code == 200
    assert reader.get("/-/ready").status_code == 500


def test_the_colour_of_the_town_is_a_style_sheet_of_its_own(reader, town):
    town.accent = "#7a1fa2"
    town.save()
    address = reverse("accent", args=["7a1fa2"])
    assert f'href="{address}"' in reader.get("/de/kontakt/").content.decode()
    answer = reader.get(address)

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "#7a1fa2" in answer.content.decode().lower()
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("colour", ["7a1fa", "7a1fa2f", "zzzzzz", "7A1FA2"])
def test_what_is_no_colour_is_no_style_sheet(reader, colour):
    assert reader.get(f"/-/accent-{colour}.css").status_code == 404


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "hier.example", 302),
        ("/de/", "hier.example", 200),
        ("/de/mitreden/", "hier.example", 200),
        ("/de/konto/anmelden/", "hier.example", 200),
        ("/de/arbeit/", "hier.example", 302),
        ("/de/gibt-es-nicht/", "hier.example", 404),
        ("/de/", "leer.example", 404),
        ("/de/", "fremd.example", 400),
        ("/-/health", "hier.example", 200),
        ("/static/ui/css/site.css", "hier.example", None),
    ],
)
def test_every_answer_carries_the_policy(reader, path, host, status):
    answer = reader.get(path, HTTP_HOST=host)

    assert status in (None, answer.status_code)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_policy_permits_nothing_inline():
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_reading_sets_no_cookie(reader, town):
    process = ProcessFactory(municipality=town)
    for path in ("/de/", "/de/mitreden/", f"/de/prozess/{process.identifier}/"):
        assert reader.get(path).cookies == {}, path


# --- what went wrong, and what to do -------------------------------------------------------------


def test_404_says_what_and_leads_on(reader):
    answer = reader.get("/de/gibt-es-nicht/")

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht, oder sie ist für Sie nicht zugänglich." in words_of(answer)
    assert 'href="/de/"' in answer.content.decode()


def test_what_is_hidden_and_what_is_missing_answer_alike(reader, town):
    hidden = ThemeFactory(process=ProcessFactory(municipality=town), is_public=False)
    answers = [reader.get(f"/de/thema/{i}/") for i in (hidden.identifier, "gibtesni")]

    assert [a.status_code for a in answers] == [404, 404]
    assert words_of(answers[0]) == words_of(answers[1])


def test_403_says_what_and_whom_to_ask(reader, town):
    sign_in(reader, town, Role.MEMBER)
    answer = reader.get("/de/arbeit/kommune/personen/neu/")

    assert answer.status_code == 403
    assert "Das dürfen Sie hier nicht." in words_of(answer)
    assert "Koordination" in words_of(answer)


def test_500_says_that_it_is_our_fault_and_what_to_do(reader, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("geheim: kaputt")

    monkeypatch.setattr("miteinander.public.views.frame.opening_now", broken)
    monkeypatch.setattr("miteinander.public.views.frame.frame_of", broken)
    answer = reader.get("/de/kontakt/")

    assert answer.status_code == 500
    assert "Bei uns ist etwas schiefgegangen." in words_of(answer)
    assert "versuchen Sie es in einigen Minuten noch einmal" in words_of(answer)
    assert "geheim" not in answer.content.decode()
    assert answer["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(("language", "word"), [("de", "Diese Seite"), ("en", "This page")])
def test_errors_speak_the_language_of_the_path(reader, language, word):
    assert words_of(reader.get(f"/{language}/gibt-es-nicht/")).count(word) == 1


@pytest.mark.parametrize("path", ["/de/konto/anmelden/", "/de/arbeit/prozesse/neu/"])
def test_a_form_without_its_protection_is_refused_with_what_to_do(town, path):
    careful = Client(enforce_csrf_checks=True, HTTP_HOST="hier.example")
    answer = careful.post(path, {"email": "wer@stadt.example"})

    assert answer.status_code == 403
    assert "Dieses Formular konnte nicht geprüft werden." in words_of(answer)
    assert "Zurück-Taste" in words_of(answer)
    assert "Cookies" in words_of(answer)


def test_a_method_that_a_page_does_not_know_is_refused(reader):
    assert reader.post("/de/kontakt/").status_code == 405
    assert reader.put("/de/mitreden/").status_code == 405
