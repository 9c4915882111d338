"""Two editors at once: one saves, the other is shown both texts."""

from __future__ import annotations

import pytest
from django.db import transaction

from miteinander.core.errors import Conflict
from miteinander.core.revisions import save_if_unchanged
from tests.core.together import at_once
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_saving_counts_up():
    thing = OrganisationFactory(title="Verein")
    saved = save_if_unchanged(thing, {"title": "Verein Brücke", "text": "Neu"}, seen=0)
    assert (saved.title, saved.text, saved.revision) == ("Verein Brücke", "Neu", 1)
    assert thing.refreshed().revision == 1
    assert save_if_unchanged(thing, {"title": "Brücke"}, seen=1).revision == 2


def test_whoever_saw_an_older_text_gets_both():
    thing = OrganisationFactory(title="alt", text="unberührt")
    save_if_unchanged(thing, {"title": "von der anderen"}, seen=0)
    with pytest.raises(Conflict) as refusal:
        save_if_unchanged(thing, {"title": "von mir"}, seen=0)
    assert refusal.value.mine == {"title": "von mir"}
    assert refusal.value.theirs == {"title": "von der anderen"}
    assert refusal.value.revision == 1
    assert refusal.value.status == 409
    assert thing.refreshed().title == "von der anderen"


def test_what_another_editor_changed_elsewhere_is_not_overwritten():
    mine = OrganisationFactory(title="alt", text="alt")
    theirs = mine.refreshed()
    save_if_unchanged(theirs, {"text": "neu"}, seen=0)
    saved = save_if_unchanged(mine, {"title": "neu"}, seen=1)
    assert (saved.title, saved.text) == ("neu", "neu")


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_exactly_one_saves():
    thing = OrganisationFactory(title="alt")

    def save(text):
        with transaction.atomic():
            return save_if_unchanged(thing, {"title": text}, seen=0).title

    outcomes = at_once(lambda: save("eins"), lambda: save("zwei"))

    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, str)]
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert refusal.theirs == {"title": winner}
    assert thing.refreshed().title == winner
