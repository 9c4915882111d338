"""The button that takes back what was just sorted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution, SortingStep, Theme
from tests import factories as f
from tests.workspace.test_participation import call, desk, office, read, town

pytestmark = pytest.mark.django_db
__all__ = ["call", "town"]


def address_of(response):
    """Where the message after an action sends its "undo"."""
    html = response.content.decode()
    start = html.index('class="toast__undo"')
    return html[start:].split('action="', 1)[1].split('"', 1)[0].replace("&amp;", "&")


def test_one_button_takes_back_the_theme_and_what_was_put_into_it(client, call):
    one, two = read(call, 2)
    board = desk("board", call.process.identifier)
    said = client.post(
        board, {"c": [one.identifier, two.identifier], "title": "Bänke"}, follow=True
    )
    assert Theme.objects.get(title="Bänke").gathered == 2

    undo = address_of(said)
    again = client.post(undo, follow=True)

    assert Contribution.objects.filter(theme=None).count() == 2
    assert Theme.objects.get(title="Bänke").retired_on == timezone.localdate()
    assert "Rückgängig gemacht." in again.content.decode()
    assert "toast__undo" not in again.content.decode()
    twice = client.post(undo, follow=True).content.decode()
    assert "Das hat schon jemand rückgängig gemacht." in twice


@pytest.mark.parametrize("page", ["merge", "split", "theme_new", "theme_rename", "theme_retire"])
def test_every_form_of_sorting_offers_to_take_it_back(client, call, page):
    one, two = read(call, 2)
    theme = actions.name_theme(call.process, title="Orte", **office(call))
    before = list(SortingStep.objects.values_list("pk", flat=True))
    path, data = {
        "merge": (
            f"{desk('merge', call.process.identifier)}?c={one.identifier}&c={two.identifier}",
            {"into": one.identifier, "reason": "Dasselbe"},
        ),
        "split": (desk("split", one.identifier), {"parts": "Eins\n\nZwei", "reason": "Zwei"}),
        "theme_new": (desk("theme_new", call.process.identifier), {"title": "Wege"}),
        "theme_rename": (desk("theme_rename", theme.identifier), {"title": "Plätze", "seen": 0}),
        "theme_retire": (desk("theme_retire", theme.identifier), {"reason": "Fertig"}),
    }[page]
    said = client.post(path, data, follow=True)
    client.post(address_of(said))
    (step,) = SortingStep.objects.exclude(pk__in=before)
    assert step.undone_at is not None


def test_what_stands_in_the_way_is_said_on_the_board(client, call):
    (one,) = read(call)
    theme = actions.name_theme(call.process, title="Orte", **office(call))
    actions.gather([one], theme, **office(call))
    actions.answer_contribution(one.refreshed(), outcome="taken_up", reason="Ja.", **office(call))
    step = SortingStep.objects.order_by("-pk").first()
    undo = f"{desk('undo', call.process.identifier)}?step={step.pk}"
    refused = client.post(undo)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "wurde inzwischen beantwortet" in html
    said = html.split('id="brett"')[0]
    assert "Zum Thema „Orte“ kamen Beiträge hinzu: 1" in said, "which step it was"
    assert one.refreshed().theme == theme


def test_steps_of_another_process_are_not_there(client, call):
    theirs = f.PhaseFactory().process
    actions.name_theme(theirs, title="Fremd", **office(theirs))
    step = SortingStep.objects.get()
    for keys in (f"step={step.pk}", "", "step=x", "step=99999999999999999999"):
        refused = client.post(f"{desk('undo', call.process.identifier)}?{keys}")
        assert refused.status_code == 422
    step.refresh_from_db()
    assert step.undone_at is None


def test_the_board_lists_the_last_steps_with_function_and_button(client, call):
    actions.name_theme(call.process, title="Orte", **office(call))
    step = SortingStep.objects.get()
    html = client.get(desk("board", call.process.identifier)).content.decode()
    assert "Neues Thema: Orte" in html
    assert f"{reverse('workspace:undo', args=[call.process.identifier])}?step={step.pk}" in html


def test_what_is_too_old_to_be_undone_is_not_offered(client, call):
    call.process.phases.update(starts=timezone.localdate() - dt.timedelta(days=30))
    actions.name_theme(call.process, title="Orte", **office(call))
    old = office(call) | {"at": timezone.now() - dt.timedelta(days=15)}
    actions.name_theme(call.process, title="Wege", **old)
    recent, past = (SortingStep.objects.get(event__thing__title=t) for t in ("Orte", "Wege"))
    html = client.get(desk("board", call.process.identifier)).content.decode()
    assert "Neues Thema: Wege" in html
    assert f"?step={recent.pk}" in html
    assert f"?step={past.pk}" not in html
    refused = client.post(f"{desk('undo', call.process.identifier)}?step={past.pk}")
    assert refused.status_code == 422
    assert "Das ist mehr als 14 Tage her." in refused.content.decode()


def test_what_is_merged_is_named_in_its_own_direction(client, call):
    one, two = read(call, 2)
    Contribution.objects.filter(pk=one.pk).update(title="<b>نريد</b>.", language="ar")
    path = f"{desk('merge', call.process.identifier)}?c={one.identifier}&c={two.identifier}"
    page = client.get(path).content.decode()
    assert '<bdi lang="ar">&lt;b&gt;نريد&lt;/b&gt;.</bdi>' in page
