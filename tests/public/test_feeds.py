"""Sitemap, robots, Atom and iCalendar: complete, lasting, and never under somebody else's name."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import icalendar
import pytest
from django.test import override_settings
from django.utils import timezone

from miteinander.core.models import Thing
from miteinander.core.standing import system
from miteinander.monitoring import actions as monitoring
from miteinander.process import actions as process_actions
from miteinander.public.views import sitemap as maps
from tests.world import build

pytestmark = pytest.mark.django_db
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://folgen.example"


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return build("folgen.example", rows=2)


def get(world, path, **more):
    response = world.client("visitor").get(path, **more)
    assert response.status_code == 200, path
    return response


def locations(response):
    return [each.text for each in ET.fromstring(response.content).iter(f"{SITE}loc")]


def test_the_sitemap_names_every_public_thing_in_every_language(world):
    found = locations(get(world, "/sitemap.xml"))
    public = Thing.objects.filter(municipality=world.town, is_public=True).exclude(title="")

    for thing in public:
        path = thing.get_absolute_url()
        assert f"{HOST}{path}" in found
        assert f"{HOST}{path.replace('/de/', '/en/', 1)}" in found
    assert len(found) == len(set(found)) == 2 * (public.count() + len(maps.fixed_pages()))


def test_the_sitemap_names_nothing_hidden_and_nothing_private(world):
    text = get(world, "/sitemap.xml").content.decode()

    hidden = Thing.objects.filter(municipality=world.town, is_public=False)
    assert hidden.exists()
    assert [thing.identifier for thing in hidden if thing.identifier in text] == []
    assert not any(word in text for word in ("quittung", "arbeit", "konto", "suche", ".atom"))


def test_every_page_of_the_sitemap_answers(world):
    client = world.client("visitor")
    found = [each.removeprefix(HOST) for each in locations(get(world, "/sitemap.xml"))]

    assert {path: s for path in found if (s := client.get(path).status_code) != 200} == {}


def test_the_sitemap_has_every_fixed_page():
    assert {"home", "contact", "calls", "contributions", "concepts", "implementation",
            "processes", "meetings"} <= set(maps.fixed_pages())  # fmt: skip


def test_a_long_sitemap_is_cut_into_files_that_together_are_all(world, monkeypatch):
    whole = set(locations(get(world, "/sitemap.xml")))
    monkeypatch.setattr(maps, "MOST", 20)
    index = locations(get(world, "/sitemap.xml"))
    parts = [locations(get(world, each.removeprefix(HOST))) for each in index]

    assert len(parts) > 2
    assert {place for part in parts for place in part} == whole
    assert world.client("visitor").get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert world.client("visitor").get("/sitemap-0.xml").status_code == 404


def test_the_sitemap_says_when_something_last_happened(world):
    when = timezone.now() - dt.timedelta(days=3)
    by = system(world.town.pk, at=when)
    monitoring.report_status(world["adopted"], light="on_time", text="Es läuft.", by=by, at=when)
    report = Thing.objects.filter(kind="report").latest("pk")
    tree = ET.fromstring(get(world, "/sitemap.xml").content)
    last = {each[0].text: each[1].text for each in tree if each[1].tag == f"{SITE}lastmod"}

    assert last[HOST + report.get_absolute_url()].startswith(f"{when:%Y-%m-%dT%H:%M}")


def test_robots_keep_out_of_what_is_nobodys_business(world):
    lines = get(world, "/robots.txt").content.decode().splitlines()

    for room in ("arbeit", "konto", "quittung", "l", "suche"):
        assert f"Disallow: /de/{room}/" in lines
        assert f"Disallow: /en/{room}/" in lines
    assert f"Sitemap: {HOST}/sitemap.xml" in lines


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/robots.txt", "/de/feed.atom", "/de/kalender.ics", "/de/"]
)
def test_links_never_take_the_host_of_the_request(world, path):
    attacks = {
        "HTTP_X_FORWARDED_HOST": "boese.example",
        "HTTP_FORWARDED": "host=boese.example",
        "HTTP_X_ORIGINAL_HOST": "boese.example",
    }
    assert b"boese" not in get(world, path, **attacks).content


@override_settings(ALLOWED_HOSTS=["*"], PUBLIC_ADDRESS="https://stadt.example")
@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/robots.txt", "/de/feed.atom", "/de/kalender.ics"]
)
def test_a_single_town_answers_everywhere_and_links_to_its_own_address(path):
    world = build("kurz.example")
    type(world.town).objects.filter(pk=world.town.pk).update(host=None)
    response = world.client("visitor", host="boese.example").get(path)

    assert response.status_code == 200
    assert b"boese" not in response.content


# --- Atom ------------------------------------------------------------------------------------


def entries(response):
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def test_a_measure_tells_of_its_reports_and_keeps_their_names(world):
    at = timezone.now()
    by = system(world.town.pk, at=at)
    for text in ("Erster Bericht", "Zweiter Bericht"):
        monitoring.report_status(world["adopted"], light="on_time", text=text, by=by, at=at)
    path = f"/de/massnahme/{world['adopted'].identifier}/feed.atom"

    first, again = entries(get(world, path)), entries(get(world, path))

    titles = [each.findtext(f"{ATOM}title") for each in first]
    assert len([title for title in titles if "gemeldet" in title]) == 2
    names = [each.findtext(f"{ATOM}id") for each in first]
    assert names == [each.findtext(f"{ATOM}id") for each in again]
    assert len(names) == len(set(names))
    assert all(name.startswith(f"{HOST}/t/") for name in names)


def test_feeds_survive_characters_that_xml_does_not_know(world):
    Thing.objects.filter(pk=world["adopted"].pk).update(title="A\x0b & <b>B</b> \x01")
    at = timezone.now()
    monitoring.report_status(
        world["adopted"], light="on_time", text="Ja", by=system(world.town.pk, at=at), at=at
    )

    told = [
        e for e in entries(get(world, "/de/feed.atom")) if "B</b>" in e.findtext(f"{ATOM}title")
    ]
    assert told, "the report stands in the feed, under the name of its measure"
    assert "<b>" not in (told[0].findtext(f"{ATOM}summary") or "")


# --- iCalendar -------------------------------------------------------------------------------


def dates(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


def test_the_calendar_has_public_meetings_and_milestones_and_is_the_same_twice(world):
    response = get(world, "/de/kalender.ics")
    found = dates(response)
    uids = [str(event["UID"]) for event in found.walk("VEVENT")]

    assert f"{world['meeting'].identifier}@miteinander" in uids
    assert f"{world['hidden meeting'].identifier}@miteinander" not in uids
    assert any(str(event["SUMMARY"]) == "Meilenstein: Auftakt" for event in found.walk("VEVENT"))
    assert len(uids) == len(set(uids))
    assert get(world, "/de/kalender.ics").content == response.content


def test_a_date_with_a_time_is_written_in_the_towns_time(world):
    meeting = world["meeting"]
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at="18:30", ends_at="20:00", happened_on="2027-07-05", place="Rathaus, Saal 1"
    )
    found = dates(get(world, f"/de/sitzung/{meeting.identifier}/termin.ics"))
    (event,) = found.walk("VEVENT")

    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert event["DTSTART"].dt.isoformat() == "2027-07-05T18:30:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-07-05T20:00:00+02:00"
    assert str(event["LOCATION"]) == "Rathaus, Saal 1"
    assert str(event["URL"]) == HOST + meeting.get_absolute_url()


def test_a_changed_date_counts_up_so_that_calendars_take_it_over(world):
    meeting = world["meeting"].refreshed()
    path = f"/de/sitzung/{meeting.identifier}/termin.ics"
    (before,) = dates(get(world, path)).walk("VEVENT")
    at = timezone.now()
    agenda = [item.title for item in meeting.agenda.all()]
    process_actions.change_meeting(
        meeting, title="Neuer Name", on=meeting.happened_on, agenda=agenda, text="", place="",
        starts_at=None, ends_at=None, participants=None, participants_approx=False,
        seen=meeting.revision, by=system(world.town.pk, at=at), at=at,
    )  # fmt: skip
    (after,) = dates(get(world, path)).walk("VEVENT")

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_what_has_no_day_stands_in_no_calendar(world):
    meeting = world["meeting"]
    Thing.objects.filter(pk=meeting.pk).update(precision="month")

    assert dates(get(world, f"/de/sitzung/{meeting.identifier}/termin.ics")).walk("VEVENT") == []
    assert meeting.identifier not in get(world, "/de/kalender.ics").content.decode()
