"""The example tells what it promises, through actions only, and marks what it invented."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import EmailField
from django.utils import timezone
from django.utils.translation import override

from miteinander.adoption import queries as adoption
from miteinander.adoption.models import ConceptVersion, Objection
from miteinander.adoption.readers import verify
from miteinander.community.models import Offer, Office, Person, Seat
from miteinander.community.queries import reachable
from miteinander.core.events.read import sentence
from miteinander.core.models import Event, Thing
from miteinander.core.search import keep
from miteinander.documents import html
from miteinander.documents.concept import document_of
from miteinander.example.load import load
from miteinander.example.source import read
from miteinander.monitoring.models import StatusReport
from miteinander.participation.models import Call, Contribution, Theme
from miteinander.participation.queries import open_calls
from miteinander.process.models import Minutes, Phase, Process, Resolution, Task
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure
from tests.world import kept_for_a_module

pytestmark = pytest.mark.django_db

MARK = '<span class="example">'
INVENTED = ("contribution", "theme", "goal", "measure", "report", "objection", "minutes", "call")
"""Kinds of which nothing is documented: whatever there is of them is invented."""


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Told once: it takes some seconds."""
    with kept_for_a_module(django_db_blocker):
        yield load(at=timezone.now())


@pytest.fixture
def first(town):
    return Process.objects.get(municipality=town, state="adopted")


@pytest.fixture
def concept(first):
    return Concept.objects.get(process=first)


@pytest.fixture
def version(concept):
    return ConceptVersion.objects.get(concept=concept)


def main_of(client, address: str) -> str:
    """What stands between the frames of a page: the banner above it does not count as a mark."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().partition("<main")[2]


# --- how much there is, and that it is what the facts say --------------------------------------


def test_everything_public_can_be_found_and_nothing_else(town):
    """Every action kept the index in step: nothing would change if it were written anew."""
    assert town.things.filter(is_public=True, found_by=None).exclude(title="").count() == 0
    assert keep.out_of_step() == []


def test_people_said_a_lot_in_several_languages(town, first):
    said = Contribution.objects.filter(municipality=town)
    languages = Counter(said.values_list("language", flat=True))

    assert said.filter(process=first).count() >= 120
    assert languages["de"] > sum(languages.values()) / 2
    assert len(languages) >= 5


def test_everything_that_was_said_in_the_first_process_was_answered(first):
    waiting = first.contributions.filter(is_counted=True, is_answered=False)
    answered = first.contributions.filter(is_answered=True, answer__isnull=True)

    assert list(waiting) == []
    assert not answered.filter(is_merged=False, is_split=False).exists()
    assert first.contributions.filter(is_merged=True).exists()
    assert first.contributions.filter(is_split=True).exists()


def test_six_of_seven_candidates_were_kept(concept):
    kept = concept.fields.filter(state="kept").order_by("position")

    assert {field.title for field in kept} == {row["title"] for row in read("facts")["fields"]}
    assert [field.number for field in kept] == ["1", "2", "3", "4", "5", "6"]
    assert concept.fields.count() == len(read("facts")["candidate_fields"]) == 7


def test_language_and_education_has_the_documented_numbers(concept):
    field = concept.fields.get(title="Sprache und Bildung")
    measures = Measure.objects.filter(goal__field=field)
    words = {"2.4": "Deutschsprechen", "3.2": "Stadtteil", "4.4": "Anlaufstellen",
             "8.3": "Hausaufgaben", "8.6": "Deutschkurse für Eltern"}  # fmt: skip

    assert (field.goals.count(), measures.count()) == (8, 30)
    assert {n: measures.get(number=n).title for n, word in words.items()
            if word in measures.get(number=n).title}.keys() == words.keys()  # fmt: skip
    assert all(m.number.startswith(f"{m.goal.number}.") for m in measures.select_related("goal"))


def test_there_are_at_least_sixty_measures_over_six_fields(concept):
    by_field = Counter(
        Measure.objects.filter(goal__field__concept=concept).values_list("goal__field", flat=True)
    )

    assert sum(by_field.values()) >= 60
    assert len(by_field) == 6
    assert not Goal.objects.filter(field__concept=concept, measures=None).exists()


def test_every_seat_of_the_facts_has_its_perspective_and_is_filled(town):
    rows = read("facts")["seats"]
    titles = {row["key"]: row["title"] for row in read("facts")["perspectives"]}
    expected = {
        (
            row["function"] + (" (Beispiel)" if row.get("example") else ""),
            titles[row["perspective"]],
        )
        for row in rows
    }
    seats = Seat.objects.filter(body__municipality=town, body__title="Steuerungsgruppe")

    assert set(seats.values_list("function", "perspective__title")) == expected
    assert seats.count() == len(rows) == 14
    assert not seats.filter(holder=None).exists()
    assert {row["perspective"] for row in rows} == set(titles)


def test_documented_meetings_and_resolutions_stand_on_their_days(first):
    meetings = {(str(m.happened_on), m.precision) for m in first.meetings.all()}
    decided = {(str(r.happened_on), r.title) for r in first.resolutions.all()}
    facts = read("facts")

    assert meetings == {(row["date"], row["precision"]) for row in facts["meetings"]}
    assert decided == {(row["date"], row["title"]) for row in facts["resolutions"]}
    assert first.meetings.filter(happened_on="2019-10-07", meeting_kind="expert_round").count() == 1


def test_the_phases_of_the_first_process_are_closed_but_the_implementation(first):
    phases = Phase.objects.filter(process=first)

    assert set(phases.filter(closed_on=None).values_list("phase_kind", flat=True)) == {
        "implementation"
    }
    assert phases.exclude(closed_on=None).count() == len(read("facts")["phases"]) - 1
    assert set(phases.values_list("closed_despite", flat=True)) == {""}


def test_a_newcomer_can_take_part_today(town, client):
    calls = open_calls(town, timezone.now())

    assert calls
    assert all(call.process.state == "running" for call in calls)
    page = main_of(client, f"/de/aufruf/{calls[0].identifier}/beitragen/")
    assert "<textarea" in page
    assert Contribution.objects.filter(call__in=calls, state="submitted").exists(), (
        "the coordination has something to read"
    )


def test_the_implementation_has_reports_of_every_light_and_silence(concept):
    measures = Measure.objects.filter(goal__field__concept=concept)
    lights = StatusReport.objects.filter(is_latest=True).values_list("light", flat=True)

    assert set(measures.values_list("state", flat=True)) == {"adopted"}
    assert set(lights) == {"not_started", "on_time", "at_risk", "stuck", "done"}
    assert measures.filter(reports=None).exists(), "silence is visible"


def test_objections_travel_with_their_measures(concept, version):
    told = read("concept")["objections"]
    objections = Objection.objects.filter(measure__goal__field__concept=concept)

    assert {o.seat.function.removesuffix(" (Beispiel)") for o in objections} == {
        row["seat_function"] for row in told
    }
    assert set(objections.values_list("state", flat=True)) == {"carried"}
    frozen = adoption.content_frozen_in(version)
    assert frozen["counts"]["objections"] == len(told)


# --- what was retired and renamed can be followed -------------------------------------------------


def test_housing_was_retired_and_everything_said_about_it_is_still_reachable(concept, client):
    housing = concept.fields.get(title="Wohnen")
    themes = Theme.objects.filter(candidate_field="Wohnen")
    page = main_of(client, housing.get_absolute_url())

    assert (housing.state, housing.goals.count()) == ("retired", 0)
    assert housing.retired_because in page
    assert themes.count() >= 2
    for theme in themes:
        here = main_of(client, theme.get_absolute_url())
        assert housing.get_absolute_url() in here, "back to where it was collected first"
        assert set(re.findall(r"/de/handlungsfeld/(\w+)/", here)) - {housing.identifier}, "and on"
        one = theme.contributions.filter(is_public=True).first()
        assert theme.get_absolute_url() in main_of(client, one.get_absolute_url())
        assert one.get_absolute_url() in main_of(client, f"/de/beitraege/?theme={theme.identifier}")


def test_health_was_renamed_and_says_so(concept, client):
    health = concept.fields.get(title="Gesundheit und Pflege")

    assert [former["title"] for former in health.former_titles] == ["Gesundheit"]
    page = main_of(client, health.get_absolute_url())
    assert re.search(r"[Ff]rüher[^<]*Gesundheit", re.sub(r"<[^>]+>", "", page))


def test_every_goal_leads_back_to_what_people_said(concept, client):
    """Both directions, for one goal of every field; the thread is on the page of each."""
    for field in concept.fields.filter(state="kept"):
        goal = field.goals.order_by("position").first()
        theme = Theme.objects.filter(
            links_out__target=goal, links_out__relation="grew_into"
        ).first()
        assert theme is not None, goal
        assert theme.get_absolute_url() in main_of(client, goal.get_absolute_url())
        assert goal.get_absolute_url() in main_of(client, theme.get_absolute_url())


# --- adopted, frozen, verifiable ---------------------------------------------------------------


def test_the_version_was_adopted_by_the_council_and_its_checksum_holds(version, client):
    data = client.get(f"/de/fassung/{version.identifier}.json").content
    found = verify(data)

    assert (version.state, version.resolution.body.title) == ("adopted", "Stadtrat")
    assert Resolution.objects.get(pk=version.resolution_id).result == "unanimous"
    assert (found.holds, found.is_canonical) == (True, True)
    assert found.computed == version.checksum
    assert not verify(data.replace(b"Sprache", b"Sprachen", 1)).holds, "a changed file is found out"


# --- the chapters of the document ---------------------------------------------------------------


def test_the_adopted_version_is_the_whole_document(version):
    document = document_of(json.loads(version.content), language="de")

    assert [section.title for section in document.sections] == [
        "Vorwort", "Wozu ein Integrationskonzept", "Auf einen Blick", "Daten, Zahlen, Fakten",
        "Strukturen und Netzwerke", "Integrationsverständnis", "Begriffe", "Entstehungsprozess",
        "Handlungsfelder und Querschnittsthemen", "Handlungsfelder im Detail", "Umsetzung",
        "Impressum", "Anhang",
    ]  # fmt: skip
    assert all(depth_of(section) >= 1 for section in document.sections)


def depth_of(section) -> int:
    """How much stands below a heading: blocks, and what its parts hold."""
    return len(section.blocks) + sum(depth_of(below) for below in section.sections)


def test_texts_of_chapters_are_marked_and_name_no_figure_that_is_not_documented(version):
    chapters = json.loads(version.content)["chapters"]
    written = [chapter for chapter in chapters if chapter["text"]]
    facts = read("facts")
    known = set(re.findall(r"\d+", json.dumps(facts, default=str))) | {"7"}  # 2019-10-07
    told = {n for chapter in written for n in re.findall(r"(?m)(?<!^)\b\d+", chapter["text"])}

    assert len(written) >= 9
    assert all(chapter["is_example"] for chapter in written)
    assert told >= {"2019", "200", "85", "18", "100"}, "the control: figures are found"
    assert told <= known


def test_chapters_name_the_aims_and_the_day_of_the_beginning(version):
    texts = {c["kind"]: c["text"] for c in json.loads(version.content)["chapters"]}

    assert "27. Juni 2019" in texts["preface"]
    assert [aim for aim in ("langfristig", "Bedarf", "nachhaltig") if aim in texts["purpose"]] == [
        "langfristig", "Bedarf", "nachhaltig",
    ]  # fmt: skip
    assert texts.get("literature") is None, "nothing is invented that one could look for"


# --- what is invented says so ------------------------------------------------------------------


def test_whatever_is_invented_carries_the_mark(town):
    things = Thing.objects.filter(municipality=town, kind__in=INVENTED)

    assert set(things.values_list("kind", flat=True)) == set(INVENTED)
    assert list(things.filter(is_example=False)) == []
    assert not Task.objects.filter(meeting__municipality=town, is_example=False).exists()


@pytest.mark.parametrize("name", ["perspectives", "bodies", "meetings", "organisations"])
def test_what_the_files_mark_as_invented_is_marked_in_the_town(town, name):
    rows = read("organisations" if name == "organisations" else "facts")[name]
    kind = {"bodies": "body"}.get(name, name.removesuffix("s"))
    # Meetings of the second process and a perspective for the coverage radar are in no file.
    of_files = {
        "meetings": lambda: {"pk__in": _meetings_of_the_first_process()},
        "perspectives": lambda: {"title__in": [row["title"] for row in rows]},
    }.get(name, dict)
    marked = Thing.objects.filter(municipality=town, kind=kind, **of_files())

    assert Counter(marked.values_list("is_example", flat=True)) == Counter(
        bool(row.get("example")) for row in rows
    )


def _meetings_of_the_first_process() -> list[int]:
    return list(Process.objects.get(state="adopted").meetings.values_list("pk", flat=True))


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_of_everything_invented_shows_the_mark(town, client, language):
    """Two of each kind; the banner of the installation does not count."""
    word = {"de": "Beispiel", "en": "Example"}[language]
    kinds = Thing.objects.filter(municipality=town, is_example=True, is_public=True)
    unmarked = []
    with override(language):
        for kind in set(kinds.values_list("kind", flat=True)):
            for thing in kinds.filter(kind=kind).order_by("pk")[:2]:
                address = thing.get_absolute_url()
                if f"{MARK}{word}</span>" not in main_of(client, address):
                    unmarked.append(address)

    assert unmarked == []


@pytest.mark.parametrize(
    ("address", "model", "rows"),
    [
        ("/de/handlungsfeld/{field}/", Measure, 30),
        ("/de/beitraege/", Contribution, 10),
        ("/de/mitreden/", Call, 2),
        ("/de/umsetzung/", Measure, 20),
    ],
)
def test_every_invented_row_of_a_list_shows_the_mark(concept, client, address, model, rows):
    field = concept.fields.get(title="Sprache und Bildung")
    page = main_of(client, address.format(field=field.identifier))
    shown = set(re.findall(rf"/de/{ROUTES[model]}/(\w+)/", page))
    invented = model.objects.filter(identifier__in=shown, is_example=True).count()

    assert invented >= rows
    assert page.count(MARK) >= invented


ROUTES = {Measure: "massnahme", Contribution: "beitrag", Call: "aufruf"}


def test_what_is_documented_carries_no_mark(first, concept, client):
    mandate = first.resolutions.get(resolution_kind="mandate")
    heading = main_of(client, mandate.get_absolute_url()).partition("</h1>")[0]

    assert (first.is_example, concept.is_example, mandate.is_example) == (False, False, False)
    assert MARK not in heading


def test_the_banner_says_that_this_is_no_page_of_the_city(town, client):
    page = client.get("/de/").content.decode()

    assert town.is_example
    assert "Beispielinstallation" in page
    assert "keine Seite der Stadt" in page


def test_exports_carry_the_mark_of_every_part(version):
    content = json.loads(version.content)
    marks = dict(_marks(content))
    things = Thing.objects.filter(identifier__in=marks).values_list("identifier", "is_example")

    assert content["municipality"]["is_example"] is True
    assert len(marks) > 100
    assert marks == dict(things)
    page = html.render(document_of(content, language="de"))
    assert page.count("Beispiel") > Measure.objects.filter(state="adopted").count()


def _marks(part: object):
    """Identifier and mark of every part of a version that has both."""
    if isinstance(part, dict):
        if "identifier" in part and "is_example" in part:
            yield part["identifier"], part["is_example"]
        for value in part.values():
            yield from _marks(value)
    elif isinstance(part, list):
        for value in part:
            yield from _marks(value)


# --- nobody is named ---------------------------------------------------------------------------


def test_people_appear_by_function_only(town):
    people = Person.objects.filter(municipality=town)

    assert people.count() > 14
    assert not people.exclude(name="").exists()
    assert not people.filter(function="").exists()


def test_no_address_leads_to_a_real_mailbox_but_the_offices_own():
    found = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EmailField):
                found |= set(model._default_manager.values_list(field.name, flat=True))
    office = Office.objects.get()
    found -= {"", office.email}

    assert office.email == read("facts")["office"]["email"]
    assert found
    assert {address for address in found if not address.endswith(".example")} == set()


def test_every_event_can_be_read_as_a_sentence(town):
    with override("de"):
        told = {e.kind: sentence(e) for e in Event.objects.filter(municipality=town)}

    assert len(told) >= 30, "the example goes through most actions"
    assert {kind: text for kind, text in told.items() if "%(" in text or not text} == {}


def test_fields_that_were_candidates_stay_in_the_records(concept):
    fields = FieldOfAction.objects.filter(concept=concept)
    kinds = Counter(
        Event.objects.filter(thing__in=fields.values("pk")).values_list("kind", flat=True)
    )

    assert kinds["field.proposed"] == 7
    assert (kinds["field.kept"], kinds["field.renamed"], kinds["field.retired"]) == (6, 1, 1)


# --- what goes on besides ----------------------------------------------------------------------


def test_organisations_offer_something_and_gaps_stay_visible(town):
    offers = Offer.objects.filter(municipality=town)
    assert offers.filter(retired_on=None, is_public=True).count() >= 7
    assert offers.filter(ends__isnull=False).exists()
    assert offers.exclude(retired_on=None).count() == 1


def test_most_may_be_written_to_and_some_get_letters(town):
    seated = Person.objects.filter(municipality=town, seats_held__body__title="Steuerungsgruppe")
    agreed = reachable(seated).count()
    assert seated.count() / 2 < agreed < seated.count()


def test_a_seat_changed_hands_and_its_history_stays(town):
    seat = Seat.objects.get(
        body__municipality=town, function="Koordination des Seniorenpolitischen Gesamtkonzepts"
    )
    assert seat.tenures.filter(as_deputy=False).count() == 2
    assert seat.tenures.filter(ended=None, person=seat.holder).exists()


def test_a_draft_of_minutes_is_being_read(town):
    minutes = Minutes.objects.get(municipality=town, state="round")
    assert minutes.corrections_until > timezone.localdate()
    assert [row.state for row in minutes.corrections.all()] == ["open"]
    assert not minutes.is_public
