"""Maps: only where the town has named a server, from that server alone, without a script."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community import forms as community
from miteinander.community.actions import set_municipality
from miteinander.participation.models import ContributionPlace
from miteinander.public.maps import (
    HEIGHT,
    WIDTH,
    View,
    pressed_in,
    spot_of,
    squares_of,
    tiles_of,
    view_of,
)
from tests import factories as f

pytestmark = pytest.mark.django_db
HOST = "karten.stadt.example"
KEMPTEN = (47.728, 10.315)


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["place"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call


def name_server(call, host=HOST):
    by = f.coordinator(call.municipality)
    legal = {"tile_server": host, "tile_credit": "© Karten der Stadt"}
    set_municipality(call.municipality, facts={"legal": legal}, by=by, at=timezone.now())


def said_at(call, latitude=KEMPTEN[0], longitude=KEMPTEN[1], **more):
    said = f.ContributionFactory(process=call.process, call=call, **more)
    ContributionPlace.objects.create(
        contribution=said, words="Hier", latitude=latitude, longitude=longitude
    )
    return said


def address(call):
    return reverse("public:places", args=[call.identifier])


def test_without_a_server_there_is_no_map_and_nothing_else_may_be_loaded(client, call):
    said_at(call)
    assert client.get(address(call)).status_code == 404
    page = client.get(call.get_absolute_url())
    assert "Hier" in page.content.decode()
    assert address(call) not in page.content.decode()
    assert "Karten von anderen Anbietern laden wir nicht." in privacy(client)


def privacy(client):
    return client.get(reverse("public:privacy")).content.decode()


def test_with_a_server_its_tiles_stand_on_this_page_and_on_no_other(client, call):
    name_server(call)
    said = said_at(call)
    page = client.get(call.get_absolute_url())
    assert f'href="{address(call)}"' in page.content.decode()
    assert HOST not in page["Content-Security-Policy"]
    shown = client.get(address(call))
    html = shown.content.decode()
    policy = shown["Content-Security-Policy"]
    assert f"img-src https://{HOST} 'self' data:" in policy
    assert policy.count(HOST) == 1
    assert set(re.findall(r'<image href="https://([^/]+)/\d+/\d+/\d+\.png"', html)) == {HOST}
    assert "<script" not in html[html.index("<main") :]
    assert f'href="{said.get_absolute_url()}"' in html
    assert "© Karten der Stadt" in html
    assert f"Kartenbilder von {HOST}" in privacy(client)


def test_only_what_is_published_lies_on_the_map(client, call):
    name_server(call)
    hidden = said_at(call, state="submitted", is_public=False, text="Noch ungelesen.")
    html = client.get(address(call)).content.decode()
    assert hidden.title not in html
    assert "Noch hat kein Beitrag einen Punkt" in html


def test_in_protected_mode_there_is_no_map(client, call):
    name_server(call)
    type(call).objects.update(is_protected=True)
    assert client.get(address(call)).status_code == 404


def test_it_is_moved_by_links(client, call):
    name_server(call)
    said_at(call)
    html = client.get(address(call)).content.decode()
    north = re.search(r'href="(\?[^"]*)">Nach Norden', html).group(1).replace("&amp;", "&")
    moved = client.get(address(call) + north).content.decode()
    assert "map__pin" in html
    rows = [
        {int(row) for row in re.findall(rf"{HOST}/\d+/\d+/(\d+)", page)} for page in (html, moved)
    ]
    assert min(rows[1]) == min(rows[0]) - 1


@pytest.mark.parametrize(
    "query", ["at=x&zoom=y", "at=1,2,3", "at=nan,nan", "at=99,999&zoom=99", "zoom=-1"]
)
def test_a_view_that_is_none_shows_everything_or_the_closest(client, call, query):
    name_server(call)
    said_at(call)
    assert client.get(f"{address(call)}?{query}").status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "https://karten.example/",
        "karten",
        "karten.example/a",
        "a b.example",
        "x;y.example",
        "-a.example",
    ],
)
def test_a_server_is_a_host_name_and_nothing_else(host):
    form = community.LegalFactsForm({"tile_server": host})
    assert "tile_server" in form.errors
    assert "karten.stadt.example" in str(form.errors["tile_server"])


@pytest.mark.parametrize("host", ["", "karten.stadt.example", "a1.b-c.example:8443"])
def test_a_host_name_is_taken(host):
    assert community.LegalFactsForm({"tile_server": host}).is_valid()


# --- the geometry --------------------------------------------------------------------------------


def test_a_known_place_lies_in_its_known_tile():
    # The worked example of the OpenStreetMap wiki, “Slippy map tilenames”: Shibuya, Tokyo.
    view = View(35.6590699, 139.7006793, 18)
    under_the_middle = [
        tile.url
        for tile in tiles_of(view, HOST)
        if 0 <= WIDTH / 2 - tile.x < 256 and 0 <= HEIGHT / 2 - tile.y < 256
    ]
    assert under_the_middle == [f"https://{HOST}/18/232798/103246.png"]


def test_tiles_cover_the_drawing():
    view = View(*KEMPTEN, 13)
    tiles = {(tile.x, tile.y) for tile in tiles_of(view, HOST)}
    for x in range(0, WIDTH, 32):
        for y in range(0, HEIGHT, 32):
            assert any(0 <= x - left < 256 and 0 <= y - top < 256 for left, top in tiles)


def test_all_points_lie_in_the_first_view():
    points = [KEMPTEN, (47.75, 10.2), (47.6, 10.4)]
    view = view_of(points)
    assert None not in [spot_of(view, point) for point in points]
    assert spot_of(View(*KEMPTEN, 16), (48.0, 10.315)) is None


def test_moving_there_and_back_is_where_one_was():
    view = View(*KEMPTEN, 12)
    back = view.moved(100, 50).moved(-100, -50)
    assert (back.latitude, back.longitude) == pytest.approx(KEMPTEN, abs=1e-9)
    assert view.closer(99).zoom == 18
    assert view.closer(-99).zoom == 3


# --- choosing a place ----------------------------------------------------------------------------


def choosing(call):
    return reverse("public:choose_place", args=[call.identifier])


TYPED = {"text": "Hier ist es dunkel.", "may_publish": "yes", "place_words": "am Park"}


def test_the_form_offers_the_map_only_where_a_server_is_named(client, call):
    form = reverse("public:contribute", args=[call.identifier])
    assert choosing(call) not in client.get(form).content.decode()
    assert client.post(choosing(call), TYPED).status_code == 404
    name_server(call)
    offered = client.get(form)
    assert f'formaction="{choosing(call)}"' in offered.content.decode()
    assert HOST not in offered["Content-Security-Policy"], "nobody asks there before they want it"
    assert client.get(choosing(call)).status_code == 405, (
        "what was typed never stands in an address"
    )


def test_a_press_brings_the_place_back_to_what_was_typed(client, call):
    name_server(call)
    said_at(call)
    shown = client.post(choosing(call), TYPED)
    html = shown.content.decode()
    assert f"img-src https://{HOST} 'self' data:" in shown["Content-Security-Policy"]
    assert len(re.findall(r'<input type="image"', html)) == 6
    squares = squares_of(view_of([KEMPTEN]).squared(), HOST)
    assert all(f'name="{square.name}"' in html for square in squares)
    pressed = {**TYPED, f"{squares[1].name}.x": "200", f"{squares[1].name}.y": "10"}
    back = client.post(choosing(call), pressed)
    form = back.context["form"]
    assert back.status_code == 200
    assert form["text"].value() == TYPED["text"]
    assert form["place_words"].value() == "am Park"
    latitude, longitude = map(float, form["point"].value().split(", "))
    assert abs(latitude - KEMPTEN[0]) < 0.02
    assert abs(longitude - KEMPTEN[1]) < 0.02
    assert not ContributionPlace.objects.exclude(words="Hier").exists(), "nothing is sent yet"


def test_the_place_that_was_pressed_is_sent_with_the_form(client, call):
    name_server(call)
    square = squares_of(view_of([KEMPTEN]).squared(), HOST)[0]
    back = client.post(choosing(call), {**TYPED, f"{square.name}.x": "5", f"{square.name}.y": "5"})
    form = back.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "picture"}
    assert (
        client.post(reverse("public:contribute", args=[call.identifier]), sent).status_code == 303
    )
    place = ContributionPlace.objects.get()
    assert f"{place.latitude:.3f}, {place.longitude:.3f}" == form["point"].value()


def test_the_map_moves_by_buttons_and_leads_back_without_a_place(client, call):
    name_server(call)
    first = client.post(choosing(call), TYPED)
    moves = re.findall(r'name="move" value="([^"]+)"', first.content.decode())
    assert len(moves) == 6
    names = [re.findall(r'name="(square[^"]+)"', first.content.decode())]
    for move in moves:
        html = client.post(choosing(call), {**TYPED, "move": move}).content.decode()
        names.append(re.findall(r'name="(square[^"]+)"', html))
        assert TYPED["text"] in html
    assert len({tuple(each) for each in names}) == 7, "each shows another part"
    back = client.post(choosing(call), {**TYPED, "back": "1"})
    assert back.context["form"]["text"].value() == TYPED["text"]
    assert not back.context["form"]["point"].value()


def test_whoever_looks_at_the_map_does_not_begin_to_wait_anew(client, call):
    name_server(call)
    form = client.get(reverse("public:contribute", args=[call.identifier])).context["form"]
    key = form["form_key"].value()
    html = client.post(choosing(call), {**TYPED, "form_key": key}).content.decode()
    assert f'name="form_key" value="{key}"' in html
    back = client.post(choosing(call), {**TYPED, "form_key": key, "back": "1"})
    assert back.context["form"]["form_key"].value() == key
    fresh = client.post(choosing(call), {**TYPED, "form_key": f"{key}x", "back": "1"})
    assert fresh.context["form"]["form_key"].value() not in {key, f"{key}x"}


def test_a_call_that_closed_while_somebody_looked_at_the_map_keeps_their_words(client, call):
    name_server(call)
    call.closes_at = timezone.now()
    call.save()
    answer = client.post(choosing(call), TYPED)
    assert answer.status_code == 422
    kept = answer.context["late_form"]["text"].value()
    assert kept == f"{TYPED['text']}\n\nWo: {TYPED['place_words']}"


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"square.1.0.0.x": "0", "square.1.0.0.y": "0"}, (66.513, -90.0)),
        ({"square.1.1.1.x": "256", "square.1.1.1.y": "0"}, (0.0, -180.0)),
        ({"square.1.0.0.x": "99999", "square.1.0.0.y": "-4"}, (85.0, 0.0)),
        ({"square.1.2.0.x": "1", "square.1.2.0.y": "1"}, None),
        ({"square.99.0.0.x": "1"}, None),
        ({"square.1.0.x": "1", "x": "1"}, None),
    ],
)
def test_what_a_press_says(sent, where):
    found = pressed_in(sent)
    assert (None if found is None else tuple(round(value, 3) for value in found)) == where


def test_places_are_there_as_geojson_what_is_published_and_nothing_protected(client, call):
    said = said_at(call, text="Hier fehlt Licht.")
    said_at(call, state="internal", text="Nur fürs Amt.")
    said_at(call, state="submitted", text="Noch nicht gelesen.")
    nowhere = f.ContributionFactory(process=call.process, call=call)
    ContributionPlace.objects.create(contribution=nowhere, words="Irgendwo")
    address = reverse("public:places_file", args=[call.identifier])
    assert address in client.get(call.get_absolute_url()).content.decode()
    answer = client.get(address)
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/geo+json; charset=utf-8"
    assert told["type"] == "FeatureCollection"
    [feature] = told["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [KEMPTEN[1], KEMPTEN[0]]}
    assert feature["properties"]["identifier"] == said.identifier
    assert feature["properties"]["where"] == "Hier"
    call.is_protected = True
    call.save()
    assert client.get(address).status_code == 404
    assert client.get(address.replace(call.identifier, "bcdfgh23")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_geojson_costs_the_same_however_many(client, call, count, django_assert_num_queries):
    for _place in range(count):
        said_at(call)
    with django_assert_num_queries(3):  # the town, the call, the places
        client.get(reverse("public:places_file", args=[call.identifier]))
