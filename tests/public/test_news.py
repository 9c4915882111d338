"""News, pages and legal pages as everybody reads them, also with what nobody should write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from miteinander.community import actions
from miteinander.community.states import LegalPage
from miteinander.core.models import Municipality
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
LEGAL = {
    "imprint": "impressum",
    "privacy": "datenschutz",
    "accessibility": "barrierefreiheit",
    "barrier": "barriere-melden",
    "counting": "so-zaehlen-wir",
}


@pytest.fixture
def town(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return make.MunicipalityFactory()


@pytest.fixture
def page(town):
    client = Client(headers={"host": town.host})

    def read(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return read


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_the_start_page_shows_the_three_newest_and_says_what_the_link_leads_to(town, page):
    make.ProcessFactory(municipality=town)
    for number in range(4):
        make.NewsFactory(
            municipality=town, title=f"Nummer {number}",
            appears_at=timezone.now() - (5 - number) * HOUR,
        )  # fmt: skip
    shown = main_of(page("/de/"))

    assert [n for n in range(4) if f"Nummer {n}" in shown] == [1, 2, 3]
    assert shown.index("Nummer 3") < shown.index("Nummer 1")
    assert 'Mehr lesen<span class="kern-sr-only">: Nummer 3</span>' in shown


def test_a_town_without_news_has_no_empty_box_and_a_list_that_says_why(town, page):
    make.ProcessFactory(municipality=town)

    assert "Alle Neuigkeiten" not in main_of(page("/de/"))
    assert "Es gibt noch nichts Neues." in page("/de/aktuelles/")


def test_a_picture_comes_in_its_sizes_with_its_words(town, page):
    picture = make.AttachmentFactory(
        municipality=town, width=1600, height=1000, alternative_text='Ein "Fest" <b>'
    )
    news = make.NewsFactory(municipality=town, picture=picture)
    shown = page(f"/de/aktuelles/{news.identifier}/")

    assert 'alt="Ein &quot;Fest&quot; &lt;b&gt;"' in shown
    assert f"/bild/{picture.identifier}-960.webp 960w" in shown
    assert 'width="1600" height="1000"' in shown
    assert 'lang="de"' in page(f"/en/aktuelles/{news.identifier}/").partition("srcset")[2]


def test_retired_news_says_so_and_is_not_in_the_list(town, page):
    news = make.NewsFactory(municipality=town, state="retired", retired_on=timezone.localdate())

    assert "Das ist nicht mehr aktuell." in page(f"/de/aktuelles/{news.identifier}/")
    assert news.title not in main_of(page("/de/aktuelles/"))


def test_what_it_is_about_is_linked_only_where_the_reader_may_go(town, page):
    news = make.NewsFactory(municipality=town)
    open_thing = make.PerspectiveFactory(municipality=town, title="Schule")
    hidden = make.PerspectiveFactory(municipality=town, title="Geheim", is_public=False)
    news.about.set([open_thing, hidden])
    shown = page(f"/de/aktuelles/{news.identifier}/")

    assert open_thing.get_absolute_url() in shown
    assert "Geheim" not in shown


@pytest.mark.parametrize(
    ("written", "there", "gone"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;", "<script>alert"),
        ("[böse](javascript:alert(1))", "böse", 'href="javascript'),
        ('<img src=x onerror="a()">', "&lt;img", "<img src=x"),
        ("![Bild](https://fremd.example/x.png)", "", "fremd.example/x.png\""),
        ("- a\n  - b\n    - c", "<li>c</li>", "&lt;li&gt;"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", '<div class="scroll" role="region"', "|---|"),
        ("Glück 🎉 für alle 👩🏽‍🏫", "👩🏽‍🏫", "\ufffd"),
        ("W" * 300, "W" * 300, "\u00ad"),
        ("# Groß\n## Klein", "<h3>Klein</h3>", "<h1>Groß"),
        ("## Groß", "<h2>Groß</h2>", "<h3>Groß"),
    ],
    ids=["script", "scheme", "handler", "foreign picture", "nested list", "table", "emoji",
         "long word", "headings", "heading"],
)  # fmt: skip
def test_whatever_is_written_becomes_text_that_can_do_nothing(town, page, written, there, gone):
    news = make.NewsFactory(municipality=town, text=written)
    own = make.PageFactory(municipality=town, text=written)
    for path in (f"/de/aktuelles/{news.identifier}/", f"/de/seite/{own.identifier}/"):
        shown = main_of(page(path))
        assert there in shown, path
        assert gone not in shown, path


def test_scheduled_news_is_on_the_start_page_as_soon_as_its_moment_has_come(
    town, page, monkeypatch
):
    make.ProcessFactory(municipality=town)
    moment = timezone.now() + HOUR
    make.NewsFactory(
        municipality=town, title="Später", state="scheduled", is_public=False, appears_at=moment
    )
    assert "Später" not in page("/de/")
    assert "Später" not in page("/de/aktuelles/")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert "Später" in page("/de/")
    assert "Später" in page("/de/aktuelles/")


# --- pages ------------------------------------------------------------


def test_a_page_is_linked_where_it_belongs(town, page):
    for place in ("more", "footer", ""):
        make.PageFactory(municipality=town, title=f"Seite {place or 'nirgends'}", place=place)
    foot = page("/de/kontakt/").partition("<footer")[2]
    more, _mark, legal = foot.partition("site-footer__legal")

    assert "Seite more" in more
    assert "Seite footer" in legal
    assert "Seite nirgends" not in foot


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("legal", LegalPage.values)
def test_every_legal_page_is_there_from_the_start_and_linked(town, page, legal, language):
    make.OfficeFactory(municipality=town, email="amt@stadt.example", street="Weg 1", place="Ort")
    path = f"/{language}/{LEGAL[legal]}/"
    shown = page(path)

    assert f'href="{path}"' in shown.partition("<footer")[2]
    assert "{{" not in shown
    assert "<h2>" in main_of(shown)


@pytest.mark.parametrize("legal", LegalPage.values)
def test_a_legal_page_stands_without_office_too_and_makes_nothing_up(town, page, legal):
    shown = main_of(page(f"/de/{LEGAL[legal]}/"))

    for empty in ("None", 'mailto:"', "[]", "Telefon: <", "Vertreten durch: <"):
        assert empty not in shown


def test_the_privacy_page_says_what_is_configured(town, page, settings):
    settings.SIGNED_LINK_DAYS = 17
    settings.SESSION_COOKIE_AGE = 5 * 86_400
    shown = main_of(page("/de/datenschutz/"))

    assert "17 Tage gültig" in shown
    assert "Sitzungen: 5 Tage" in shown


def test_the_town_s_own_text_replaces_ours_and_goes_back(town, page):
    who = make.coordinator(town)
    own = actions.write_page(
        town, title="Impressum", text="Unser **eigenes**.", legal="imprint", by=who, at=who.at
    )
    assert "eigenes" not in page("/de/impressum/")
    own = actions.publish_page(own, by=who, at=who.at)
    assert "<strong>eigenes</strong>" in page("/de/impressum/")
    response = Client(headers={"host": town.host}).get(f"/de/seite/{own.identifier}/")
    assert (response.status_code, response.url) == (302, "/de/impressum/")
    actions.take_back_page(own, by=who, at=who.at)
    assert "eigenes" not in page("/de/impressum/")


# --- contact ------------------------------------------------------------


def test_contact_says_why_today_is_different_and_what_comes(town, page):
    office = make.OfficeFactory(
        municipality=town, way="Haltestelle **Rathaus**.",
        contact_form_url="https://stadt.example/sicher", authority_phone="115",
    )  # fmt: skip
    who = make.coordinator(town)
    today = timezone.localdate()
    actions.add_closure(office, first=today, reason="Betriebsausflug", by=who, at=who.at)
    shown = page("/de/kontakt/")

    assert "Heute geschlossen: Betriebsausflug" in shown
    assert "<strong>Rathaus</strong>" in shown
    assert 'href="https://stadt.example/sicher"' in shown
    assert 'href="tel:115"' in shown


def test_the_crest_stands_in_the_head_of_every_page(town, page):
    town.crest = make.AttachmentFactory(municipality=town, media_type="image/png")
    town.public_version += 1
    town.save()

    assert f"/bild/{town.crest.identifier}-96.png" in page("/de/kontakt/").partition("<main")[0]
    assert Municipality.objects.get(pk=town.pk).crest_id
