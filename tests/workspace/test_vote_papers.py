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
    assert [str(row[1].text) for row in client.get(here).context["rows"]] == ["eingetippt"] * 2
    wrong = lines.replace("2 1 0", "1 2 0")
    assert client.post(here, {"papers": wrong}).status_code == 303
    page = client.get(here)
    [row] = page.context["rows"]
    assert str(row[0].text) == on_paper(one)
    assert {str(cell.text) for cell in row[1:]} == {"1: 2, 2: 1, 3: 0", "1: 1, 2: 2, 3: 0"}
    Ballot.objects.update(closes_at=ballot.closes_at - 2 * DAY)
    assert client.post(address("vote_papers_finish", ballot)).status_code == 422
    assert client.post(here, {"papers": f"{one} 2 1 0"}).status_code == 303
    assert client.get(here).context["may_finish"]
    assert client.post(address("vote_papers_finish", ballot)).status_code == 303
    assert client.post(address("vote_papers_finish", ballot)).status_code == 303
    assert ballot.papers.count() == 2
    assert "liegen bei den anderen" in client.get(here).content.decode()


def test_choosing_no_seat_is_refused_beside_the_seats(client, town, ballot):
    make.sign_in(client, town)
    refused = client.post(address("vote_hand_out", ballot), {})
    assert refused.status_code == 422
    assert list(refused.context["hand_out"].errors) == ["electors"]
    assert not ballot.electors.filter(on_paper=True).exists()


def test_few_secret_papers_are_refused_with_the_reason(client, town):
    make.sign_in(client, town)
    for seats, what_to_do in ((6, "wählen Sie alle Sitze"), (12, "wählen Sie 5 bis 7 Sitze")):
        secret = opened(Method.DOTS, seats=seats, town=town, has_paper=True, is_secret=True)
        chosen = secret.electors.first().pk
        refused = client.post(address("vote_hand_out", secret), {"electors": [chosen]})
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "mindestens 5" in page
        assert what_to_do in page
        assert page.count(" checked") == 1


def test_today_asks_the_coordination_for_papers_of_a_ballot_that_is_over(client, town, ballot):
    make.sign_in(client, town)
    handed_out(client, ballot)
    here, today = address("vote_papers", ballot), reverse("workspace:today")
    assert here not in client.get(today).content.decode()
    Ballot.objects.update(closes_at=ballot.closes_at - 2 * DAY)
    assert here in client.get(today).content.decode()
    room = client.get(address("vote_in", ballot)).content.decode()
    assert "Sobald zwei die Stimmzettel eingetippt haben" in room


def test_whoever_has_a_paper_is_told_so_instead_of_a_form(client, town, ballot):
    make.sign_in(client, town)
    handed_out(client, ballot)
    seat = ballot.electors.filter(on_paper=True).first().seat
    user = make.sign_in(client, town, "member")
    seat.holder = user.people.get()
    seat.save()
    for name in ("vote_in", "vote_cast"):
        assert "Ihr Sitz stimmt auf Papier ab" in client.get(address(name, ballot)).content.decode()


def test_a_line_that_does_not_fit_stays_in_the_form(client, town, ballot):
    make.sign_in(client, town)
    code, _other = handed_out(client, ballot)
    for typed in (f"{code} 1 2", f"{code} 9 0 0", "ABCDEFGH 1 0 0"):
        refused = client.post(address("vote_papers", ballot), {"papers": typed})
        assert refused.status_code == 422
        assert typed in refused.content.decode()
    assert not ballot.counts.exists()


def test_a_reason_too_long_or_not_asked_for_is_named_and_the_line_stays(client, town, ballot):
    """Else a reason without an answer beside it would lie in the result."""
    make.sign_in(client, town)
    code, _other = handed_out(client, ballot)
    here = address("vote_papers", ballot)
    refused = client.post(here, {"papers": f"{code} 2 1 0 | 2: Zu teuer"}).content.decode()
    assert f"Stimmzettel {on_paper(code)}, Feld 2: Nur eine Konsentrunde" in refused
    assert "2 1 0 | 2: Zu teuer" in refused
    asked = opened(Method.CONSENT, town=town, has_paper=True)
    client.post(address("vote_hand_out", asked), {"electors": [asked.electors.first().pk]})
    [code] = Ballot.objects.get(pk=asked.pk).paper_codes
    line = f"{code} 1 4 1 | 2: {'Zu teuer. ' * 210}"
    refused = client.post(address("vote_papers", asked), {"papers": line})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert f"Stimmzettel {on_paper(code)}, Feld 2: Eine Begründung hat höchstens 2000" in page
    assert refused.context["form"]["papers"].value() == line
    assert line.strip() in page
    assert not asked.counts.exists()


def test_what_two_read_in_a_consent_round_is_said_in_words(client, town):
    ballot = opened(Method.CONSENT, town=town, has_paper=True)
    make.sign_in(client, town)
    client.post(address("vote_hand_out", ballot), {"electors": [ballot.electors.first().pk]})
    [code] = Ballot.objects.get().paper_codes
    for line in (f"{code} 1 4 - | 2: Zu teuer", f"{code} 1 2 -"):
        make.sign_in(client, town)
        assert client.post(address("vote_papers", ballot), {"papers": line}).status_code == 303
    [row] = client.get(address("vote_papers", ballot)).context["rows"]
    assert {str(cell.text) for cell in row[1:]} == {
        "1: Zustimmung, 2: Einwand | 2: Zu teuer",
        "1: Zustimmung, 2: Zustimmung mit Bedenken",
    }


def test_the_paper_of_a_secret_round_asks_what_travels_and_a_plus_types_it_in(client, town):
    ballot = opened(Method.CONSENT, town=town, has_paper=True, is_secret=True)
    make.sign_in(client, town)
    everybody = list(ballot.electors.values_list("pk", flat=True))
    client.post(address("vote_hand_out", ballot), {"electors": everybody})
    code = sorted(Ballot.objects.get().paper_codes)[0]
    file = client.get(address("vote_papers_file", ballot))
    printed = PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "als Sondervotum mitgehen darf" in " ".join(printed.split())
    here = address("vote_papers", ballot)
    assert "Ein Plus nach einem weiteren Strich" in client.get(here).content.decode()
    line = f"{code} 4 1 1 | 1: Zu teuer | +"
    assert client.post(here, {"papers": line}).status_code == 303
    [count] = ballot.counts.all()
    assert (count.travels, count.reasons) == (True, {"1": "Zu teuer"})


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
