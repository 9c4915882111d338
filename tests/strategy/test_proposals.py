"""Remarks and proposed changes: about words, answered with a reason, taken as an editor would."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event
from miteinander.strategy import actions, queries
from miteinander.strategy.models import ChangeProposal, Chapter, Goal
from tests import factories as make

pytestmark = pytest.mark.django_db
NEED = "Wege in die Stadt fehlen.\n\nAbends fährt kein Bus."


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    return make.GoalFactory(
        field=make.FieldOfActionFactory(concept=concept), title="Unterwegs", need=NEED
    )


@pytest.fixture
def author(goal):
    person = make.PersonFactory(municipality=goal.municipality)
    return make.member(goal.municipality, person=person.pk)


@pytest.fixture
def who(goal):
    return make.coordinator(goal.municipality)


def propose(row, by, now, **more):
    said = {"entry": "need", "passage": "kein Bus", "proposal": "selten ein Bus", "reason": "So."}
    return actions.propose_change(row, **{**said, **more}, by=by, at=now)


def settle(proposal, outcome, by, now, **more):
    return actions.settle_proposal(proposal, outcome=outcome, **more, by=by, at=now)


def test_an_accepted_change_is_in_the_text_and_in_its_history(goal, author, who, now):
    made = propose(goal, author, now)
    settled = settle(made, "accepted", who, now, response="")
    assert goal.refreshed().need == NEED.replace("kein Bus", "selten ein Bus")
    assert settled.settled_function == "Koordination"
    assert queries.wordings_of(goal)[-1].changed == ("need",)
    kinds = Event.objects.filter(thing=goal.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["draft.change_proposed", "goal.edited", "draft.change_accepted"]


def test_an_adapted_change_takes_other_words_with_a_reason(goal, author, who, now):
    made = propose(goal, author, now)
    with pytest.raises(Invalid) as refused:
        settle(made, "adapted", who, now, words="kaum ein Bus", response=" ")
    assert "response" in refused.value.fields
    settle(made, "adapted", who, now, words="kaum ein Bus", response="Genauer.")
    assert "Abends fährt kaum ein Bus." in goal.refreshed().need


def test_a_title_stays_one_line_of_its_length(goal, author, who, now):
    made = propose(goal, author, now, entry="title", passage="Unterwegs", proposal="Gut\nankommen")
    with pytest.raises(Invalid) as refused:
        settle(made, "adapted", who, now, words="sehr lang " * 31, response="Genauer.")
    assert list(refused.value.fields) == ["words"]
    settle(made, "accepted", who, now, response="")
    assert goal.refreshed().title == "Gut ankommen"


@pytest.mark.parametrize("outcome", ["declined", "settled"])
def test_what_is_not_taken_changes_nothing_and_has_a_reason(goal, author, who, now, outcome):
    made = propose(goal, author, now)
    with pytest.raises(Invalid):
        settle(made, outcome, who, now, response="")
    settle(made, outcome, who, now, response="Das stimmt nicht mehr.")
    assert goal.refreshed().need == NEED


def test_the_same_twice_is_once(goal, author, who, now):
    made = propose(goal, author, now)
    assert propose(goal, author, now) == made
    for _time in range(2):
        settle(made, "accepted", who, now, response="")
    assert goal.refreshed().need.count("selten") == 1
    assert len(queries.wordings_of(goal)) == 2
    with pytest.raises(Closed):
        settle(made, "declined", who, now, response="Doch nicht.")


def test_words_that_changed_meanwhile_are_told_and_nothing_is_replaced(goal, author, who, now):
    made = propose(goal, author, now)
    actions.edit_goal(goal, changes={"need": "Alles neu."}, revision=0, by=who, at=now)
    [one] = queries.proposals_of(goal.refreshed(), {})
    assert one.paragraph is None
    with pytest.raises(Closed):
        settle(made, "accepted", who, now, response="")
    assert goal.refreshed().need == "Alles neu."
    made.refresh_from_db()
    assert made.state == "open"


def test_words_follow_edits_around_them(goal, author, who, now):
    propose(goal, author, now)
    text = f"Davor.\n\n{NEED}"
    actions.edit_goal(goal, changes={"need": text}, revision=0, by=who, at=now)
    [one] = queries.proposals_of(goal.refreshed(), {"need": "Bedarf"})
    assert (one.paragraph, one.label) == (3, "Bedarf")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"passage": "e"}, "passage"),
        ({"passage": "steht nicht da"}, "passage"),
        ({"passage": ""}, "passage"),
        ({"proposal": "kein Bus"}, "proposal"),
        ({"reason": " "}, "reason"),
        ({"entry": "title", "passage": "Unterwegs", "proposal": "sehr lang " * 31}, "proposal"),
        ({"entry": "title", "passage": "Unterwegs", "proposal": " "}, "proposal"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(goal, author, now, more, field):
    with pytest.raises(Invalid) as refused:
        propose(goal, author, now, **more)
    assert list(refused.value.fields) == [field]
    assert not ChangeProposal.objects.exists()


def test_where_no_text_is_yet_one_is_proposed(goal, author, who, now):
    made = propose(goal, author, now, entry="text", passage="", proposal="Alle kommen an.")
    settle(made, "accepted", who, now, response="")
    assert goal.refreshed().text == "Alle kommen an."


def test_a_remark_is_settled_with_a_word_and_never_taken(goal, author, who, now):
    made = propose(goal, author, now, proposal=None)
    with pytest.raises(Invalid):
        settle(made, "accepted", who, now, response="")
    settle(made, "settled", who, now, response="Steht jetzt im zweiten Absatz.")
    assert goal.refreshed().need == NEED


def test_what_is_handed_in_takes_proposals_and_no_words(goal, author, who, now):
    measure = make.MeasureFactory(goal=goal, text="Ein Nachtbus fährt.", state="submitted")
    made = propose(measure, author, now, entry="text", passage="Ein", proposal="Jeden Tag ein")
    with pytest.raises(Closed):
        settle(made, "accepted", who, now, response="")
    assert measure.refreshed().text == "Ein Nachtbus fährt."


def test_an_adopted_edition_takes_no_proposals(goal, author, now):
    type(goal.field.concept).objects.filter(pk=goal.field.concept_id).update(state="adopted")
    with pytest.raises(Closed):
        propose(Goal.objects.get(pk=goal.pk), author, now)


def test_chapters_take_proposals_too(goal, author, who, now):
    chapter = Chapter.objects.get(concept=goal.field.concept, chapter_kind="preface")
    actions.write_chapter(chapter, changes={"text": "Guten Tag."}, revision=0, by=who, at=now)
    chapter.refresh_from_db()
    made = propose(chapter, author, now, entry="text", passage="Tag", proposal="Abend")
    settle(made, "accepted", who, now, response="")
    chapter.refresh_from_db()
    assert chapter.text == "Guten Abend."


def test_whoever_is_erased_leaves_the_function(goal, author, now):
    made = propose(goal, author, now)
    made.person.delete()
    made.refresh_from_db()
    assert (made.person, made.function) == (None, "Mitglied")
