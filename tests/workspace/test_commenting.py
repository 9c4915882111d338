"""Comments in the rooms of the office: marked, and answered with what they are about."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions, queries
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["comments"])
    f.sign_in(client, call.municipality)
    client.defaults["HTTP_HOST"] = call.municipality.host
    idea = write(call, "Ein Fest im Park.")
    actions.publish_contribution(idea, **office(call))
    return write(call, "Gute Idee.", replies_to=idea)


def office(call):
    return {"by": f.coordinator(call.municipality), "at": timezone.now()}


def write(call, text, **more):
    return actions.submit_contribution(
        call, text=text, may_publish=True, form_key=text, language="de", **more, **office(call)
    )[0]


def page(name, thing):
    return reverse(f"workspace:{name}", args=[thing.identifier])


def test_while_it_waits_on_the_board_and_among_answers_it_says_what_it_is_about(client, comment):
    idea, process = comment.replies_to, comment.process
    assert "Kommentar zu:" in client.get(page("moderation", process)).content.decode()
    actions.publish_contribution(comment, **office(comment.call))
    for name in ("board", "answers"):
        html = client.get(page(name, process)).content.decode()
        assert html.count("Kommentar zu:") == 1, name
        assert idea.title in html


def test_one_press_gives_the_comments_the_answer_of_their_idea(client, comment):
    idea, by = comment.replies_to, office(comment.call)
    actions.publish_contribution(comment, **by)
    button = page("answer_comments", idea)
    assert button not in client.get(page("contribution", idea)).content.decode()
    actions.answer_contribution(idea, outcome="taken_up", reason="Kommt.", **by)
    assert button in client.get(page("contribution", idea)).content.decode()
    for sentence in ("1 Kommentar wurde beantwortet.", "schon eine Antwort"):
        response = client.post(button, follow=True)
        assert sentence in response.content.decode()
    assert not queries.open_answers(comment.call.phase)
    assert button not in client.get(page("contribution", idea)).content.decode()


def test_without_an_answer_to_the_idea_it_is_refused_in_words(client, comment):
    response = client.post(page("answer_comments", comment.replies_to))
    assert response.status_code == 422
    assert "noch nicht beantwortet" in response.content.decode()
