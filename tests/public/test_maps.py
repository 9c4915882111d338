"""Maps: only where the town has named a server, from that server alone, without a script."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community import forms as community
from miteinander.community.actions import set_municipality
from miteinander.participation.models import ContributionPlace
from miteinander.public.maps import HEIGHT, WIDTH, View, spot_of, tiles_of, view_of
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
