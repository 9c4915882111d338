"""What a page says of itself to others, and the picture beside a shared link."""

from __future__ import annotations

import io
import re

import pytest
from django.utils.translation import override
from PIL import Image

from miteinander.public.share import picture_of, picture_path
from miteinander.ui import share
from miteinander.ui.share import HEIGHT, MARGIN, WIDTH, SharePicture, drawn, shown_text
from tests.world import build

pytestmark = pytest.mark.django_db
HOST = "http://teilen.example"


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return build("teilen.example")


def meta(page):
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))


def test_a_page_says_what_it_is_where_it_is_and_in_which_languages(world):
    path = world["measure"].get_absolute_url()
    page = world.client("visitor").get(path + "?von=anderswo").content.decode()
    said = meta(page)

    assert said["description"] == said["og:description"] == "Wir öffnen die Räume."
    assert said["og:url"] == HOST + path
    assert f'<link rel="canonical" href="{HOST}{path}">' in page
    assert f'hreflang="en" href="{HOST}{path.replace("/de/", "/en/", 1)}"' in page
    assert said["og:image"].startswith(f"{HOST}/teilen/de/{world['measure'].identifier}-")
    with override("de"):
        expected = picture_path(world["measure"].refreshed(), world.town, "de")
    assert said["og:image"] == HOST + expected


def test_what_people_wrote_is_escaped_in_the_head(world):
    row = world["measure"]
    type(row).objects.filter(pk=row.pk).update(title='"><script>x</script>', text='"><img src=x>')
    page = world.client("visitor").get(row.get_absolute_url()).content.decode()

    head = page.partition("</head>")[0]
    assert "<script>x" not in head
    assert "<img" not in head


@pytest.mark.parametrize("path", ["/de/quittung/", "/de/suche/?q=x", "/de/konto/anmelden/"])
def test_private_pages_say_nothing_to_others(world, path):
    page = world.client("visitor").get(path).content.decode()

    assert "og:image" not in page
    assert 'rel="canonical"' not in page


def test_the_draft_that_a_member_reads_has_no_picture(world):
    page = world.client("member").get(world["draft"].get_absolute_url()).content.decode()

    assert "og:image" not in page
    path = f"/teilen/de/{world['draft'].identifier}-{'0' * 16}.png"
    assert world.client("member").get(path).status_code == 404


def test_the_picture_is_kept_for_ever_and_another_digest_leads_to_it(world):
    client = world.client("visitor")
    with override("de"):
        path = picture_path(world["goal"].refreshed(), world.town, "de")
    response = client.get(path)

    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).size == (WIDTH, HEIGHT)
    assert client.get(path).content == response.content
    other = client.get(re.sub(r"-[0-9a-f]+\.png", "-0123456789abcdef.png", path))
    assert (other.status_code, other["Location"]) == (302, path)
    assert client.get(path.replace("/de/", "/xx/")).status_code == 404


def test_a_new_title_is_a_new_address(world):
    goal = world["goal"].refreshed()
    before = picture_of(goal, world.town).digest
    goal.title = "Anders"

    assert picture_of(goal, world.town).digest != before
    town = world.town
    after = picture_of(goal, town).digest
    town.accent = "#7f2339"
    assert picture_of(goal, town).digest != after


TITLES = [
    "Begegnungsorte", "x" * 300, "W" * 300, "Donaudampf " * 40, "دورة " * 60, "ا" * 300,
    "Нам потрібні курси", "😀 Fest 😀", "", " ", "\u202e", "日本語", "हिन्दी", "\x00\x07",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_no_title_runs_over_the_edge_and_the_bytes_are_the_same_twice(title):
    picture = SharePicture(title, "Maßnahme 2.4", "Miteinander in Musterstadt", "#0f4c55")
    data = drawn(picture)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    ground = (0x0F, 0x4C, 0x55)

    assert data == drawn(picture)
    for box in ((0, 0, MARGIN - 8, 500), (WIDTH - MARGIN + 8, 0, WIDTH, 500)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * 500, ground)]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Räume öffnen", "Räume öffnen"),
        ("Нам потрібні курси", "Нам потрібні курси"),
        ("Fest 😀 im Park", "Fest im Park"),
        ("日本語", ""),
        ("हिन्दी", ""),
    ],
)
def test_what_cannot_be_drawn_rightly_is_not_drawn(title, shown):
    assert shown_text(title) == shown


def test_arabic_is_drawn_only_where_it_can_be_shaped(monkeypatch):
    monkeypatch.setattr(share, "_can_shape", lambda: False)
    assert shown_text("دورة لغة") == ""
    monkeypatch.setattr(share, "_can_shape", lambda: True)
    assert shown_text("دورة لغة") == "دورة لغة"
