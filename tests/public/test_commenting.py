"""Commenting without an account; comments below their idea, marked everywhere else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution
from tests import factories as f

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["comments", "support"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call


@pytest.fixture
def idea(call):
    return f.ContributionFactory(process=call.process, call=call, text="Ein Fest im Park.")


def comment_on(idea, text="Gute Idee.", **more):
    return f.ContributionFactory(
        process=idea.process, call=idea.call, replies_to=idea, text=text, **more
    )


def address(idea):
    return reverse("public:comment", args=[idea.identifier])


def send(client, idea, text="Gute Idee.", **more):
    facts = {
        "text": text,
        "may_publish": "yes",
        "language": "",
        "form_key": actions.fresh_form_key(at=timezone.now()),
    } | more
    return client.post(address(idea), facts)


def html_of(client, thing):
    return client.get(thing.get_absolute_url()).content.decode()


def test_a_comment_gets_a_receipt_that_says_what_it_is_about(client, call, idea):
    assert f'href="{address(idea)}"' in html_of(client, idea)
    form = client.get(address(idea)).content.decode()
    assert "Ein Fest im Park." in form
    assert "Ihr Kommentar" in form
    response = send(client, idea)
    assert response.status_code == 303
    receipt = client.get(response["Location"]).content.decode()
    assert "Kommentar zu:" in receipt
    assert idea.get_absolute_url() in receipt
    assert Contribution.objects.get(replies_to=idea).state == "submitted"


def test_what_was_typed_is_kept_when_it_is_refused(client, call, idea):
    response = send(client, idea, text="   ")
    assert response.status_code == 422
    type(idea).objects.update(is_merged=True)
    response = send(client, idea, text="Das ist lang überlegt.")
    assert response.status_code == 422
    html = response.content.decode()
    assert "lebt in einem anderen weiter" in html
    assert "Das ist lang überlegt." in html
    assert Contribution.objects.count() == 1


def test_comments_stand_below_the_idea_and_are_counted_in_the_list(client, call, idea):
    first, second = comment_on(idea, "Zuerst."), comment_on(idea, f"Dann. {SCRIPT}")
    comment_on(idea, "Ungelesen.", state="submitted", is_public=False)
    html = html_of(client, idea)
    assert html.index("Zuerst.") < html.index("Dann.")
    assert SCRIPT not in html
    assert "Ungelesen." not in html
    assert html.count("Unterstützen<") == 3  # the idea and both comments
    listed = html_of(client, call)
    assert "2 Kommentare" in listed
    assert "Zuerst." not in listed
    for comment in (first, second):
        shown = html_of(client, comment)
        assert "Kommentar zu:" in shown
        assert address(comment) not in shown


def test_among_all_contributions_a_comment_says_what_it_is_about(client, call, idea):
    comment_on(idea)
    html = client.get(reverse("public:contributions")).content.decode()
    assert "Kommentar zu:" in html


@pytest.mark.parametrize(
    ("state", "words"),
    [("withdrawn", "zurückgenommen wurde"), ("internal", "nicht veröffentlicht ist")],
)
def test_a_comment_says_nothing_of_what_is_not_public(client, call, idea, state, words):
    comment = comment_on(idea)
    type(idea).objects.filter(pk=idea.pk).update(state=state, is_public=state == "withdrawn")
    html = html_of(client, comment)
    assert words in html
    assert "Ein Fest im Park." not in html


def test_a_comment_stays_readable_below_an_empty_place(client, call):
    by = {"by": f.coordinator(call.municipality), "at": timezone.now()}
    idea, _code = actions.submit_contribution(
        call, text="Ein Fest.", may_publish=True, form_key="k", **by
    )
    idea = actions.publish_contribution(idea, **by)
    comment_on(idea)
    actions.withdraw_contribution(idea, **by)
    html = html_of(client, idea)
    assert "Gute Idee." in html
    assert "Ein Fest." not in html
    assert address(idea) not in html


def test_where_there_are_no_comments_there_is_no_form(client, call, idea):
    strange = f.ContributionFactory(call=f.CallFactory(allows=["comments"]))
    plain = f.ContributionFactory(
        process=call.process, call=f.CallFactory(municipality=call.municipality)
    )
    hidden = f.ContributionFactory(
        process=call.process, call=call, state="submitted", is_public=False
    )
    for one in (strange, plain, hidden, comment_on(idea)):
        assert client.get(address(one)).status_code == 404
        assert send(client, one).status_code == 404
    assert address(plain) not in html_of(client, plain)


def test_a_closed_call_keeps_the_words(client, call, idea):
    type(call).objects.update(closes_at=timezone.now())
    response = send(client, idea, text="Zu spät gekommen.")
    assert response.status_code == 422
    assert "Zu spät gekommen." in response.content.decode()
    assert address(idea) not in html_of(client, idea)


def test_thirty_comments_ask_no_more_than_one(client, call, idea, django_assert_max_num_queries):
    for number in range(30):
        comment_on(idea, f"Nummer {number}")
    for thing in (idea, call):
        with django_assert_max_num_queries(8):
            client.get(thing.get_absolute_url())
