"""Comments: contributions to contributions, one level deep, answered with their idea."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.participation import actions, queries
from miteinander.participation.models import Answer, Contribution
from tests import factories as f

pytestmark = pytest.mark.django_db


def office(call):
    return {"by": f.coordinator(call.municipality), "at": timezone.now()}


@pytest.fixture
def call():
    return f.CallFactory(allows=["comments"])


def write(call, text="Ein Fest im Stadtpark.", key="k", **more):
    more = {"may_publish": True, "form_key": key, "language": "de"} | more
    return actions.submit_contribution(call, text=text, **more, **office(call))[0]


def publish(call, *args, **more):
    return actions.publish_contribution(write(call, *args, **more), **office(call))


def test_a_comment_is_received_read_and_counted_like_every_contribution(call):
    idea = publish(call)
    comment = write(call, "Gute Idee.", replies_to=idea)
    assert comment.replies_to == idea
    assert queries.figures(call).waiting == 1
    assert list(queries.comments_on(idea).rows) == []  # nobody has read it yet
    actions.publish_contribution(comment, **office(call))
    assert list(queries.comments_on(idea).rows) == [comment]
    assert queries.comment_counts([idea, comment]) == {idea.pk: 1}


def test_the_same_comment_sent_twice_is_one_and_elsewhere_it_is_another(call):
    idea, other = publish(call), publish(call, "Noch etwas.", key="l")
    first, second = (write(call, "Ja!", key="one", replies_to=idea) for _ in range(2))
    assert first == second
    assert write(call, "Ja!", key="one", replies_to=other) != first
    assert write(call, "Ja!", key="one") != first


def test_the_list_of_a_call_leaves_comments_below_what_they_are_about(call):
    idea = publish(call)
    comment = publish(call, "Gute Idee.", replies_to=idea)
    assert list(queries.published_in(call).rows) == [idea]
    assert list(queries.published_in(call, older=10**9).rows) == [idea]
    assert set(queries.published_in(call.process).rows) == {idea, comment}


def test_comments_stand_in_their_order_and_go_on(call, monkeypatch):
    monkeypatch.setattr("miteinander.participation.queries.comments.AT_ONCE", 2)
    idea = publish(call)
    written = [publish(call, f"Kommentar {n}", replies_to=idea) for n in range(3)]
    first = queries.comments_on(idea)
    assert (list(first.rows), first.after) == (written[:2], written[1].pk)
    rest = queries.comments_on(idea, after=first.after)
    assert (list(rest.rows), rest.after) == (written[2:], None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "submitted"}, "nicht veröffentlicht"),
        ({"state": "refused"}, "nicht veröffentlicht"),
        ({"state": "internal"}, "nicht veröffentlicht"),
        ({"state": "withdrawn"}, "zurückgenommen"),
        ({"is_merged": True}, "lebt in einem anderen weiter"),
        ({"is_split": True}, "lebt in einem anderen weiter"),
    ],
)
def test_what_cannot_be_commented_on_is_refused_with_words(call, changes, sentence):
    idea = f.ContributionFactory(process=call.process, call=call, **changes)
    with pytest.raises(Closed, match=sentence):
        write(call, "Gute Idee.", replies_to=idea)
    assert not queries.can_be_commented(idea, call)
    assert Contribution.objects.count() == 1


def test_comments_have_no_comments(call):
    comment = publish(call, "Gute Idee.", replies_to=publish(call))
    with pytest.raises(Closed, match="selbst ein Kommentar"):
        write(call, "Finde ich auch.", replies_to=comment)
    assert not queries.can_be_commented(comment, call)


def test_a_call_without_comments_refuses_them():
    call = f.CallFactory(allows=["support"])
    idea = publish(call)
    with pytest.raises(Closed, match="keine Kommentare"):
        write(call, "Gute Idee.", replies_to=idea)


def test_a_comment_stays_when_what_it_is_about_is_taken_back(call):
    idea = publish(call)
    comment = publish(call, "Gute Idee.", replies_to=idea)
    actions.withdraw_contribution(idea, by=f.visitor(call.municipality), at=timezone.now())
    idea.refresh_from_db()
    assert idea.text == ""
    assert list(queries.comments_on(idea).rows) == [comment]


def test_nobody_is_left_without_an_answer_comments_included(call):
    idea = publish(call)
    publish(call, "Gute Idee.", replies_to=idea)
    kept = write(call, "Nur fürs Amt.", key="i", replies_to=idea, may_publish=False)
    actions.keep_internal(kept, **office(call))
    refused = write(call, "Dumm.", key="r", replies_to=idea)
    actions.refuse_contribution(refused, reason="Beleidigt.", **office(call))
    actions.answer_contribution(idea, outcome="taken_up", reason="Kommt 2027.", **office(call))
    assert queries.open_answers(call.phase).unanswered == 2
    assert queries.comments_waiting(idea) == 2
    assert [actions.answer_comments(idea, **office(call)) for _press in range(2)] == [2, 0]
    assert not queries.open_answers(call.phase)
    reasons = Answer.objects.exclude(contribution=idea).values_list("outcome", "reason")
    assert list(reasons) == [("taken_up", "Kommt 2027.")] * 2
    assert not Answer.objects.filter(contribution=refused).exists()


def test_a_comment_that_has_an_answer_keeps_it(call):
    idea = publish(call)
    comment = publish(call, "Wer bezahlt das?", replies_to=idea)
    actions.answer_contribution(comment, outcome="partly", reason="Der Bund.", **office(call))
    actions.answer_contribution(idea, outcome="taken_up", reason="Kommt.", **office(call))
    assert actions.answer_comments(idea, **office(call)) == 0
    assert comment.answer.reason == "Der Bund."


def test_comments_are_answered_only_with_an_answer_that_is_there(call):
    idea = publish(call)
    publish(call, "Gute Idee.", replies_to=idea)
    with pytest.raises(Closed, match="noch nicht beantwortet"):
        actions.answer_comments(idea, **office(call))
