"""Groups hear of proposals on their texts, authors of the answers: once, if they agreed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.models import Mail
from miteinander.core.standing import Role
from miteinander.notices import proposed
from miteinander.strategy import actions
from miteinander.strategy.models import Chapter, FieldOfAction
from tests import factories as make

pytestmark = pytest.mark.django_db
HALF = dt.timedelta(minutes=30)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    town = concept.municipality
    group = make.BodyFactory(municipality=town, body_kind="working_group")
    for name in ("gruppe", "vertretung"):
        person = make.PersonFactory(municipality=town, email=f"{name}@stadt.example")
        make.SeatFactory(body=group, holder=make.agreed(person))
    make.SeatFactory(
        body=group, holder=make.PersonFactory(municipality=town, email="nein@x.example")
    )
    account = make.UserFactory()
    make.MembershipFactory(user=account, municipality=town, role=Role.COORDINATOR)
    make.agreed(make.PersonFactory(municipality=town, user=account, email="amt@stadt.example"))
    field = make.FieldOfActionFactory(concept=concept, working_group=group)
    return make.GoalFactory(field=field, title="Schneller wohnen", need="Abends fährt kein Bus.")


@pytest.fixture
def author(goal):
    town = goal.municipality
    return make.agreed(make.PersonFactory(municipality=town, email="autorin@stadt.example"))


def propose(row, person, now, reason="Seit Mai fährt einer.", **more):
    by = make.member(row.concept.municipality if isinstance(row, Chapter) else row.municipality,
                     person=person.pk)  # fmt: skip
    said = {"entry": "need", "passage": "kein Bus", "proposal": "selten ein Bus"} | more
    return actions.propose_change(row, **said, reason=reason, by=by, at=now)


def answer(made, now, outcome="declined", response="Das stimmt nicht mehr.", **more):
    return actions.settle_proposal(
        made, outcome=outcome, response=response, by=make.coordinator(made.thing.municipality),
        at=now, **more,
    )  # fmt: skip


def told():
    return sorted(Mail.objects.values_list("to", flat=True))


def test_an_evening_of_proposals_is_one_mail_for_each_of_the_group(goal, author, now):
    propose(goal, author, now, "Eins.")
    later = now + HALF / 2
    propose(goal, author, later, "Zwei.", proposal="kaum ein Bus")
    assert not proposed.are_missing(later)
    assert proposed.letters(at=later) == 0
    assert proposed.are_missing(now + HALF)
    assert proposed.letters(at=now + HALF) == 2
    assert told() == ["gruppe@stadt.example", "vertretung@stadt.example"]
    body = Mail.objects.first().body
    assert "Eins." in body
    assert "Zwei." in body
    assert f"/ziel/{goal.identifier}/vorschlaege/" in body
    assert not proposed.are_missing(now + 2 * HALF)
    assert proposed.letters(at=now + 2 * HALF) == 0


def test_nobody_is_told_of_their_own_nor_of_what_was_answered_meanwhile(goal, now):
    mine = goal.field.working_group.seats.first().holder
    propose(goal, mine, now)
    proposed.letters(at=now + HALF)
    assert told() == ["vertretung@stadt.example"]
    again = propose(goal, mine, now + HALF, proposal="kaum ein Bus")
    answer(again, now + HALF)
    Mail.objects.all().delete()
    proposed.letters(at=now + 2 * HALF)
    assert told() == ["gruppe@stadt.example"], "the author, of the answer"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("accepted", "wie vorgeschlagen"),
        ("adapted", "mit anderen Worten"),
        ("declined", "nicht übernommen"),
    ],
)
def test_the_author_is_told_once_what_became_of_it_and_why(goal, author, now, outcome, said):
    made = propose(goal, author, now)
    answer(made, now, outcome, words="kaum ein Bus")
    assert proposed.letters(at=now + HALF) == 1
    assert proposed.letters(at=now + HALF) == 0
    mail = Mail.objects.get()
    assert mail.to == "autorin@stadt.example"
    assert said in mail.body
    assert "Das stimmt nicht mehr." in mail.body


def test_without_consent_or_without_a_person_nobody_is_written_to(goal, author, now):
    made = propose(goal, author, now)
    answer(made, now)
    author.consents.all().delete()
    assert proposed.letters(at=now + HALF) == 0
    assert not proposed.are_missing(now + HALF), "and nobody is asked again"


def test_without_a_working_group_and_of_chapters_the_coordination_is_told(goal, author, now):
    FieldOfAction.objects.update(working_group=None)
    chapter = Chapter.objects.get(concept=goal.field.concept, chapter_kind="preface")
    propose(goal, author, now, "Zum Ziel.")
    propose(chapter, author, now, "Zum Vorwort.", entry="text", passage="", proposal="Guten Tag.")
    assert proposed.letters(at=now + HALF) == 1
    assert told() == ["amt@stadt.example"]
    assert "Zum Vorwort." in Mail.objects.get().body


def test_what_is_old_when_the_worker_comes_is_not_told(goal, author, now):
    propose(goal, author, now - dt.timedelta(days=3))
    assert not proposed.are_missing(now)
