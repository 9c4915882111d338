"""Editing what the town tells: forms that lose nothing, a preview, pictures, appearance."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from miteinander.community.models import News, Office, Page
from miteinander.core.models import Attachment, Municipality
from tests import factories as make

pytestmark = pytest.mark.django_db
SAID = "Menschen pflanzen einen Baum."


@pytest.fixture
def town(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return make.MunicipalityFactory()


@pytest.fixture
def desk(client, town):
    make.sign_in(client, town)
    return client


def picture(name: str = "baum.png", colour: str = "green") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="text/html")


WORDS = {"title": "Sprachcafé", "teaser": "Tee.", "text": "Jeden **Mittwoch**.", "about": ""}


def test_from_the_draft_to_the_start_page_and_back(desk, town):
    response = desk.post("/de/arbeit/kommune/aktuelles/neu/", WORDS)
    news = News.objects.get(municipality=town)
    assert response.url == f"/de/arbeit/kommune/aktuelles/{news.identifier}/"
    assert desk.get(response.url).status_code == 200

    for step, state in (
        ("veroeffentlichen", "published"), ("abgelaufen", "retired"),
        ("veroeffentlichen", "published"), ("zuruecknehmen", "draft"),
    ):  # fmt: skip
        assert desk.post(f"{response.url}{step}/").status_code == 303
        assert news.refreshed().state == state


def test_a_moment_is_typed_in_the_town_s_time(desk, town):
    news = make.NewsFactory(municipality=town, state="draft", is_public=False, appears_at=None)
    path = f"/de/arbeit/kommune/aktuelles/{news.identifier}/zeitpunkt/"
    assert desk.post(path, {"day": "2031-07-01", "clock": "09:30"}).status_code == 303
    assert news.refreshed().appears_at.isoformat() == "2031-07-01T07:30:00+00:00"

    refused = desk.post(path, {"day": "2001-07-01", "clock": "09:30"})
    assert refused.status_code == 422
    assert "2001-07-01" in refused.content.decode()


def test_what_is_not_complete_is_not_published_and_the_page_names_all_points(desk, town):
    news = make.NewsFactory(
        municipality=town, state="draft", is_public=False, appears_at=None, teaser="", text=""
    )
    refused = desk.post(f"/de/arbeit/kommune/aktuelles/{news.identifier}/veroeffentlichen/")

    assert refused.status_code == 422
    assert "Anreißer" in refused.content.decode()
    assert news.refreshed().state == "draft"


def test_the_preview_button_shows_the_words_and_keeps_nothing(desk, town):
    shown = desk.post("/de/arbeit/kommune/aktuelles/neu/", WORDS | {"preview": "1"})

    assert shown.status_code == 200
    text = shown.content.decode()
    assert "<strong>Mittwoch</strong>" in text
    assert "Jeden **Mittwoch**." in text, "and the form still holds what was typed"
    assert not News.objects.exists()


def test_the_live_preview_is_a_piece_of_the_page_and_cannot_do_anything(desk):
    shown = desk.post("/de/arbeit/kommune/vorschau/", {"text": "<script>a()</script> **x**"})

    assert '<div class="preview' in shown.content.decode()
    assert "<html" not in shown.content.decode()
    assert "<script>" not in shown.content.decode()
    assert "<strong>x</strong>" in shown.content.decode()


def test_of_two_editors_the_second_sees_both_texts(desk, town):
    news = make.NewsFactory(municipality=town)
    path = f"/de/arbeit/kommune/aktuelles/{news.identifier}/"
    assert desk.post(path, WORDS | {"text": "Von der einen.", "seen": 0}).status_code == 303
    refused = desk.post(path, WORDS | {"text": "Von der anderen.", "seen": 0})

    assert refused.status_code == 409
    text = refused.content.decode()
    assert "einen." in text
    assert "Von der anderen." in text
    again = desk.post(path, WORDS | {"text": "Von beiden.", "seen": 1})
    assert again.status_code == 303


def test_an_earlier_text_comes_back_with_one_button(desk, town):
    news = make.NewsFactory(municipality=town, text="Das Erste.")
    path = f"/de/arbeit/kommune/aktuelles/{news.identifier}/"
    desk.post(path, WORDS | {"text": "Das Zweite.", "seen": 0})
    page = desk.get(path).content.decode()
    assert "Das Erste." in page
    button = page.partition(f"{path}frueher/")[2].partition("/")[0]
    assert desk.post(f"{path}frueher/{button}/").status_code == 303
    assert news.refreshed().text == "Das Erste."
    assert desk.post(f"{path}frueher/999999/").status_code == 404


def test_a_translation_is_written_beside_its_original_and_shown(desk, town):
    news = make.NewsFactory(municipality=town, title="Sprachcafé", text="Tee.")
    path = f"/de/arbeit/kommune/uebersetzen/{news.identifier}/en/"
    assert "Sprachcafé" in desk.get(path).content.decode()
    sent = {"title": "Language café", "teaser": "", "text": "Tea."}
    assert desk.post(path, sent).status_code == 303
    shown = desk.get(f"/en/aktuelles/{news.identifier}/").content.decode()
    assert "Language café" in shown
    assert "Tea." in shown
    assert 'value="Language café"' in desk.get(path).content.decode() or (
        "Language café</textarea>" in desk.get(path).content.decode()
    )
    for wrong in ("de", "xx"):
        assert desk.get(path.replace("/en/", f"/{wrong}/")).status_code == 404


def test_a_picture_is_sent_with_its_words_and_shown(desk, town):
    news = make.NewsFactory(municipality=town)
    path = f"/de/arbeit/kommune/aktuelles/{news.identifier}/bild/"
    sent = desk.post(path, {"picture": picture(), "alternative_text": SAID})
    assert sent.status_code == 303
    kept = news.refreshed().picture
    assert (kept.alternative_text, kept.media_type) == (SAID, "image/webp")

    assert desk.post(f"{path}waehlen/", {"picture": ""}).status_code == 303
    assert news.refreshed().picture is None
    assert desk.post(f"{path}waehlen/", {"picture": kept.identifier}).status_code == 303
    assert news.refreshed().picture == kept
    foreign = make.AttachmentFactory()
    assert desk.post(f"{path}waehlen/", {"picture": foreign.identifier}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"picture": picture(), "alternative_text": ""}, "für alle, die es nicht sehen"),
        ({"alternative_text": SAID}, "Bitte wählen Sie ein Bild."),
        ({"picture": SimpleUploadedFile("a.png", b"MZ" + bytes(500)), "alternative_text": SAID},
         "kein Bild, das wir lesen können"),
        ({"picture": SimpleUploadedFile("a.png", b"x" * 10_000_001), "alternative_text": SAID},
         "größer als 10 MB"),
        ({"picture": picture(), "alternative_text": SAID, "is_decorative": "on"},
         "wählen Sie eines von beiden"),
    ],
    ids=["no words", "no file", "a program", "too heavy", "both"],
)  # fmt: skip
def test_a_picture_that_does_not_fit_is_refused_beside_its_field(desk, sent, words):
    if "picture" in sent:
        sent["picture"].seek(0)
    refused = desk.post("/de/arbeit/kommune/bilder/neu/", sent)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert sent["alternative_text"] in refused.content.decode()
    assert not Attachment.objects.exists()


def test_the_same_picture_twice_is_one_picture(desk):
    for status in (303, 422):
        sent = {"picture": picture(), "alternative_text": SAID}
        assert desk.post("/de/arbeit/kommune/bilder/neu/", sent).status_code == status
    assert Attachment.objects.count() == 1


def test_a_picture_is_removed_only_while_nothing_shows_it(desk, town):
    shown = make.AttachmentFactory(municipality=town)
    make.NewsFactory(municipality=town, picture=shown)
    path = "/de/arbeit/kommune/bilder/{}/entfernen/"

    assert desk.post(path.format(shown.identifier)).status_code == 422
    loose = make.AttachmentFactory(municipality=town)
    assert desk.post(path.format(loose.identifier)).status_code == 303
    assert list(Attachment.objects.all()) == [shown]


def test_a_legal_page_begins_with_our_text_and_names_what_is_missing(desk, town):
    path = "/de/arbeit/kommune/seiten/recht/imprint/"
    shown = desk.get(path).content.decode()
    assert "Wer für diese Seiten verantwortlich ist" in shown
    assert "die Aufsichtsbehörde" in shown

    assert desk.post(path, {"text": "Eigener Text."}).status_code == 303
    page = Page.objects.get(municipality=town)
    assert (page.legal, page.is_public) == ("imprint", False)
    assert desk.post(f"/de/arbeit/kommune/seiten/{page.identifier}/veroeffentlichen/").url == path
    assert page.refreshed().is_public
    assert desk.get("/de/arbeit/kommune/seiten/recht/nichts/").status_code == 404


def test_details_for_the_legal_pages_are_shown_there(desk, town):
    assert desk.get("/de/arbeit/kommune/seiten/angaben/").status_code == 200
    sent = desk.post("/de/arbeit/kommune/seiten/angaben/", {"supervision": "Regierung von Ort"})
    assert sent.status_code == 303
    assert "Aufsichtsbehörde: Regierung von Ort" in desk.get("/de/impressum/").content.decode()


def test_a_colour_that_is_too_light_is_refused_and_one_button_takes_the_better_one(desk, town):
    path = "/de/arbeit/kommune/erscheinung/"
    sent = {"name": "Musterstadt", "accent": "#ffe000", "languages": ["de", "en"]}
    refused = desk.post(path, sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    better = text.partition('name="take" value="')[2][:7]

    assert desk.post(path, sent | {"take": better}).status_code == 303
    assert Municipality.objects.get(pk=town.pk).accent == better


def test_a_crest_is_sent_replaced_and_removed(desk, town):
    path = "/de/arbeit/kommune/erscheinung/wappen/"
    for colour in ("red", "blue"):
        assert desk.post(path, {"picture": picture(colour=colour)}).status_code == 303
    crest = Municipality.objects.get(pk=town.pk).crest
    assert crest.media_type == "image/png"
    assert list(Attachment.objects.all()) == [crest], "the former one is gone"
    svg = SimpleUploadedFile("w.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    refused = desk.post(path, {"picture": svg})
    assert refused.status_code == 422
    assert "SVG-Dateien" in refused.content.decode()
    assert desk.post(f"{path}entfernen/").status_code == 303
    assert Municipality.objects.get(pk=town.pk).crest is None


def test_hours_that_overlap_are_refused_beside_their_day(desk, town):
    office = make.OfficeFactory(municipality=town)
    path = f"/de/arbeit/kommune/organisationen/{office.organisation.identifier}/amt/"
    refused = desk.post(path, {"hours_tue": "8:00–12:30, 12:00–16:00", "street": "Weg 1"})

    assert refused.status_code == 422
    text = refused.content.decode()
    assert "überschneiden" in text.partition("id_hours_tue_errors")[2]
    assert 'value="Weg 1"' in text
    assert desk.post(path, {"hours_tue": "8:00–12:00", "keeps_holidays": "on"}).status_code == 303
    assert Office.objects.get().keeps_holidays


def test_days_with_other_hours_are_entered_and_removed(desk, town):
    office = make.OfficeFactory(municipality=town)
    path = f"/de/arbeit/kommune/organisationen/{office.organisation.identifier}/tage/"
    entry = {"first": "2031-12-24", "last": "", "reason": "Heiligabend", "hours": ""}
    assert desk.post(f"{path}neu/", entry).status_code == 303
    assert "Heiligabend" in desk.get(path).content.decode()
    refused = desk.post(f"{path}neu/", entry)
    assert refused.status_code == 422
    assert "Für diese Tage gibt es schon einen Eintrag" in refused.content.decode()
    assert desk.post(f"{path}entfernen/", {"first": "2031-12-24"}).status_code == 303
    assert Office.objects.get().closures == []
