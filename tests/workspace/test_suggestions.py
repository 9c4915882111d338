"""The page of suggestions, pressed through."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.jobs import run
from miteinander.core.models import Job
from miteinander.participation import actions
from miteinander.participation.models import Contribution, ThemeGroup
from tests import factories as f
from tests.participation.test_suggestions import BENCHES, COURSES, ask, cards, loose, themes
from tests.workspace.test_participation import desk, town
from tests.workspace.test_undoing import address_of

pytestmark = pytest.mark.django_db
__all__ = ["themes", "town"]


@pytest.fixture
def process(town):
    process = f.ProcessFactory(municipality=town)
    f.PhaseFactory(process=process)
    return process


def page(process):
    return desk("suggestions", process.identifier)


def test_from_asking_to_a_theme_and_back(client, process):
    cards(process, BENCHES + COURSES)
    asked = client.post(page(process), {"do": "groups"}, follow=True).content.decode()
    assert "Themen werden gesucht" in asked
    run.func(Job.objects.get(name=actions.SUGGEST_THEMES).pk)
    shown = client.get(page(process)).content.decode()
    assert "Vorschlag nach Wörtern" in shown
    number = ThemeGroup.objects.first().number
    nameless = client.post(page(process), {"do": f"name.{number}", f"title.{number}": " "})
    assert nameless.status_code == 422
    said = client.post(
        page(process), {"do": f"name.{number}", f"title.{number}": "Orte"}, follow=True
    )
    assert Contribution.objects.filter(theme__title="Orte").exists()
    client.post(address_of(said))
    assert not Contribution.objects.filter(theme__title="Orte").exists()


def test_one_is_taken_and_one_is_rejected_beside_its_card(client, process, themes):
    ask(process, by_groups=False)
    one, other, *_rest = loose(process)
    board = client.get(desk("board", process.identifier)).content.decode()
    assert f'value="take.{one.identifier}"' in board
    client.post(page(process), {"do": f"take.{one.identifier}", "back": "board"})
    client.post(page(process), {"do": f"reject.{other.identifier}", "back": "board"})
    assert one.refreshed().theme == themes["Bänke"]
    assert other.refreshed().theme is None
    board = client.get(desk("board", process.identifier)).content.decode()
    assert f'value="take.{other.identifier}"' not in board


def test_all_sure_ones_of_a_theme_are_taken_at_once(client, process, themes):
    for theme, text in ((themes["Bänke"], "Bänke am Bahnhof"), (themes["Kurse"], "Sprachkurs")):
        more = cards(process, [f"{text}, noch {n} Mal am Abend" for n in range(12)])
        actions.gather(more, theme, by=f.coordinator(process.municipality), at=timezone.now())
    ask(process, by_groups=False)
    theme = themes["Kurse"]
    before = len(loose(process))
    said = client.post(page(process), {"do": f"take_all.{theme.identifier}"}, follow=True)
    assert before - len(loose(process)) == 2
    client.post(address_of(said))
    assert len(loose(process)) == before


def test_the_tray_of_what_is_unsure_lies_on_the_board(client, process, themes):
    empty = client.get(desk("board", process.identifier), {"show": "unsure"}).content.decode()
    assert "In dieser Ablage liegt nichts." in empty
    ask(process, by_groups=False)
    (odd,) = cards(process, ["Ganz etwas anderes."])
    plain = client.get(desk("board", process.identifier)).content.decode()
    assert 'href="?show=unsure"' in plain
    assert odd.text in plain
    tray = client.get(desk("board", process.identifier), {"show": "unsure"}).content.decode()
    assert BENCHES[4] in tray
    assert COURSES[5] in tray
    assert odd.text not in tray, "nobody has asked about it yet"
    one = loose(process)[0]
    assert f'value="take.{one.identifier}" formaction="{page(process)}?show=unsure"' in tray
    taken = client.post(
        f"{page(process)}?show=unsure", {"do": f"take.{one.identifier}", "back": "board"}
    )
    assert taken["Location"] == desk("board", process.identifier) + "?show=unsure"
    assert one.refreshed().theme == themes["Bänke"]


@pytest.mark.parametrize("do", ["", "take.nothing", "take_all.nothing", "name.99", "name.x", "zz"])
def test_what_is_not_there_is_refused(client, process, do):
    assert client.post(page(process), {"do": do}).status_code == 422
