"""Voting on paper in the browser: hand out, print, type in twice, settle, count."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from miteinander.adoption.models import Ballot
from miteinander.adoption.states import Method
from miteinander.core.identifiers import on_paper
from tests import factories as make
from tests.adoption.ballots import DAY, opened

pytestmark = pytest.mark.django_db


def address(name, ballot):
    return reverse(f"workspace:{name}", args=[ballot.identifier])


@pytest.fixture
def ballot(town):
    return opened(Method.DOTS, town=town, has_paper=True)


def handed_out(client, ballot):
    electors = list(ballot.electors.values_list("pk", flat=True))[:2]
    sent = client.post(address("vote_hand_out", ballot), {"electors": electors})
    assert sent.status_code == 303
    return sorted(Ballot.objects.get().paper_codes)


def test_two_people_type_in_and_what_differs_is_shown_until_it_is_settled(client, town, ballot):
    make.sign_in(client, town)
    one, other = handed_out(client, ballot)
    here = address("vote_papers", ballot)
    lines = f"{on_paper(one)} 2 1 0\n{on_paper(other)} 1 1 1"
    assert client.post(here, {"papers": lines}).status_code == 303
    make.sign_in(client, town)
    wrong = lines.replace("2 1 0", "1 2 0")
    assert client.post(here, {"papers": wrong}).status_code == 303
    page = client.get(here)
    assert [str(row[0].text) for row in page.context["rows"]] == [on_paper(one)]
    Ballot.objects.update(closes_at=ballot.closes_at - 2 * DAY)
    assert client.post(address("vote_papers_finish", ballot)).status_code == 422
    assert client.post(here, {"papers": f"{one} 2 1 0"}).status_code == 303
    assert client.get(here).context["may_finish"]
    assert client.post(address("vote_papers_finish", ballot)).status_code == 303
    assert client.post(address("vote_papers_finish", ballot)).status_code == 303
    assert ballot.papers.count() == 2


def test_a_line_that_does_not_fit_stays_in_the_form(client, town, ballot):
    make.sign_in(client, town)
    code, _other = handed_out(client, ballot)
    for typed in (f"{code} 1 2", f"{code} 9 0 0", "ABCDEFGH 1 0 0"):
        refused = client.post(address("vote_papers", ballot), {"papers": typed})
        assert refused.status_code == 422
        assert typed in refused.content.decode()
    assert not ballot.counts.exists()


def test_papers_are_printed_with_code_and_options_one_on_a_page(client, town, ballot):
    make.sign_in(client, town)
    codes = handed_out(client, ballot)
    file = client.get(address("vote_papers_file", ballot))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]
    for code in codes:
        [page] = [text for text in pages if on_paper(code) in text]
        assert "Sprachcafé" in page


def test_members_do_not_count_but_who_leads_the_body_does(client, town, ballot):
    make.sign_in(client, town, "member")
    assert client.get(address("vote_papers", ballot)).status_code == 403
    user = make.sign_in(client, town, "member")
    make.SeatFactory(body=ballot.body, holder=user.people.get(), leads=True)
    assert client.get(address("vote_papers", ballot)).status_code == 200
