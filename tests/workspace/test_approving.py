"""After the meeting, in the browser: handed round, corrected, approved, remarked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.process import actions
from miteinander.process.models import Correction, Minutes
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
WISH = {"passage": "dreißig", "proposal": "vierzig", "reason": "So gesagt."}


@pytest.fixture
def meeting(town):
    process = make.ProcessFactory(municipality=town)
    return make.MeetingFactory(process=process, happened_on=TODAY - DAY)


@pytest.fixture
def minutes(meeting, by):
    return actions.record_minutes(meeting, text="Es gibt dreißig Plätze.", **by)


@pytest.fixture
def handed(minutes, by):
    return actions.hand_round_minutes(minutes, **by)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def sign_in_as_member_of(client, body, **seat):
    user = make.sign_in(client, body.municipality, "member", function="Lehrkraft")
    make.SeatFactory(body=body, holder=Person.objects.get(user=user), **seat)


def test_the_draft_is_handed_round_with_the_days_of_the_body(client, town, meeting, minutes):
    make.sign_in(client, town)
    address = to("minutes_round", meeting.identifier)
    assert f'value="{TODAY + 14 * DAY}"' in text(client.get(address))

    refused = client.post(address, {"until": str(TODAY - DAY)})
    done = client.post(address, {"until": str(TODAY + 3 * DAY)})

    assert (refused.status_code, done.status_code) == (422, 303)
    assert Minutes.objects.get().corrections_until == TODAY + 3 * DAY
    assert "zur Durchsicht im Gremium" in text(client.get(done.url))


def test_a_member_proposes_and_reads_what_became_of_it(client, meeting, handed, by):
    sign_in_as_member_of(client, meeting.body)
    address = to("correction_new", meeting.identifier)
    assert "Es gibt dreißig Plätze." in text(client.get(address))

    empty = client.post(address, {"passage": "dreißig"})
    for _time in range(2):
        done = client.post(address, WISH)

    assert (empty.status_code, done.status_code) == (422, 303)
    wish = Correction.objects.get()
    assert (wish.function, wish.person) == ("Lehrkraft", Person.objects.get(function="Lehrkraft"))
    assert "wartet auf Antwort" in text(client.get(done.url))
    assert client.get(to("correction_answer", wish.pk)).status_code == 403
    actions.decline_correction(wish, response="Es waren dreißig.", **by)
    assert "Es waren dreißig." in text(client.get(done.url))


def test_a_member_of_another_body_proposes_nothing_and_reads_no_draft(
    client, town, meeting, handed
):
    sign_in_as_member_of(client, make.BodyFactory(municipality=town))

    assert client.post(to("correction_new", meeting.identifier), WISH).status_code == 403
    assert "dreißig" not in text(client.get(to("meeting", meeting.identifier)))


def test_corrections_after_their_time_are_refused_and_kept_on_the_page(client, meeting, handed):
    Minutes.objects.update(corrections_until=TODAY - DAY)
    sign_in_as_member_of(client, meeting.body)

    response = client.post(to("correction_new", meeting.identifier), WISH)

    assert response.status_code == 422
    assert "Die Frist für Änderungswünsche endete" in text(response)
    assert "vierzig</textarea>" in text(response)
    assert "Änderung wünschen" not in text(client.get(to("meeting", meeting.identifier)))


def test_who_keeps_the_minutes_answers(client, town, meeting, handed):
    make.sign_in(client, town)
    wishes = [
        Correction.objects.create(
            minutes=handed, passage=passage, proposal="vierzig", reason="So.", function="Sitz",
            proposed_at=timezone.now(),
        )
        for passage in ("dreißig", "steht nirgends")
    ]  # fmt: skip
    first, second = (to("correction_answer", wish.pk) for wish in wishes)

    refused = client.post(first, {"take": "no"})
    taken = client.post(first, {"take": "yes"})
    by_hand = client.post(second, {"take": "yes"}, follow=True)

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert Minutes.objects.get().text == "Es gibt vierzig Plätze."
    assert "Bitte bearbeiten Sie das Protokoll" in text(by_hand)
    assert client.post(first, {"take": "no", "response": "Doch nicht"}).status_code == 422


def test_approval_names_what_is_open_and_then_freezes(client, town, meeting, handed, by):
    make.sign_in(client, town)
    address = to("minutes_approve", meeting.identifier)

    early = client.post(address, {"way": "silence"})
    later = make.MeetingFactory(process=meeting.process, body=meeting.body, happened_on=TODAY)
    other = make.MeetingFactory(process=meeting.process, happened_on=TODAY)
    foreign = client.post(address, {"way": "body", "approved_in": other.pk})
    done = client.post(address, {"way": "body", "approved_in": later.pk, "seen": "0"})
    again = client.post(address, {"way": "body"})

    statuses = [each.status_code for each in (early, foreign, done, again)]
    assert statuses == [422, 422, 303, 422]
    assert "Änderungswünsche sind bis" in text(early)
    approved = Minutes.objects.get()
    assert (approved.approved_in, approved.approved_on, bool(approved.checksum)) == (
        later, TODAY, True
    )  # fmt: skip
    assert approved.checksum[:16] in text(client.get(done.url))


def test_nobody_approves_a_text_that_changed_while_they_read(client, town, meeting, minutes, by):
    make.sign_in(client, town)
    page = text(client.get(to("minutes_approve", meeting.identifier)))
    assert 'name="seen" value="0"' in page
    actions.record_minutes(meeting, text="Anders", seen=0, **by)

    refused = client.post(to("minutes_approve", meeting.identifier), {"way": "body", "seen": "0"})

    assert refused.status_code == 422
    assert Minutes.objects.get().approved_on is None


def test_after_the_time_silence_is_offered_first(client, town, meeting, handed):
    make.sign_in(client, town)
    Minutes.objects.update(corrections_until=TODAY - DAY)

    page = text(client.get(to("minutes_approve", meeting.identifier)))

    assert 'value="silence"' in page
    assert page.index("checked") > page.index('value="silence"')


def test_remarks_stand_beside_approved_minutes(client, town, meeting, minutes, by):
    make.sign_in(client, town)
    address = to("remark_new", meeting.identifier)

    early = client.post(address, {"text": "Es waren 41."})
    actions.approve_minutes(minutes, **by)
    empty = client.post(address, {"text": " "})
    for _time in range(2):
        done = client.post(address, {"text": "Es waren 41."})

    assert [each.status_code for each in (early, empty, done)] == [422, 422, 303]
    page = text(client.get(done.url))
    assert page.count("Es waren 41.") == 1


def test_each_body_has_its_own_days_for_corrections(client, town, meeting, minutes, by):
    make.sign_in(client, town)
    body = meeting.body
    address = to("body_edit", body.identifier)
    data = {"title": body.title, "kind": body.body_kind, "text": "", "seen": body.revision}
    assert 'value="14"' in text(client.get(address))

    wrong = client.post(address, {**data, "correction_days": "-1"})
    done = client.post(address, {**data, "correction_days": "7"})

    assert (wrong.status_code, done.status_code) == (422, 303)
    handed = actions.hand_round_minutes(minutes, **by)
    assert handed.corrections_until == TODAY + 7 * DAY
