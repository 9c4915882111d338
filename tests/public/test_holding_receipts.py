"""What whoever holds a receipt can do: add, take along, hear by mail, delete; and come too late."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from miteinander.community.actions import forget_person
from miteinander.core import outbox
from miteinander.core.codes import fresh_form_key
from miteinander.core.errors import Closed
from miteinander.core.models import Event, Mail, MailState
from miteinander.participation import actions
from miteinander.participation.models import Addition, AnswerNotice, Contribution
from miteinander.public.views.participation.holding import ADD, NOTICE
from miteinander.public.views.participation.late import SALT as LATE
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def call(town):
    process = make.ProcessFactory(municipality=town)
    return make.CallFactory(process=process, phase=make.PhaseFactory(process=process))


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def contribute(call, text="Im Norden fehlt ein Treffpunkt.", **more):
    now = timezone.now()
    return actions.submit_contribution(
        call, text=text, may_publish=True, form_key=str(now.timestamp()),
        by=make.visitor(call.municipality), at=now, **more,
    )  # fmt: skip


def send(client, name, salt, *args, **typed):
    key = fresh_form_key(salt, at=timezone.now())
    return client.post(page(name, *args), {"form_key": key} | typed)


# --- adding ---------------------------------------------------------------------------------------


def test_what_is_added_stands_under_the_same_receipt_and_is_read_by_itself(client, call):
    first, code = contribute(call)
    key = fresh_form_key(ADD, at=timezone.now())
    for _twice in range(2):
        answer = client.post(page("receipt_add", code), {"form_key": key, "text": "Und Bänke."})
        assert answer["Location"] == page("receipt", code)
    added = Contribution.objects.get(addition__adds_to=first)
    assert (added.state, added.may_publish) == ("submitted", True)
    assert "Und Bänke." in client.get(page("receipt", code)).content.decode()


def test_after_closing_an_addition_is_for_the_office_and_after_the_answer_there_is_none(
    client, call, by
):
    first, code = contribute(call)
    call.closes_at = timezone.now() - HOUR
    call.opens_at = call.closes_at - 24 * HOUR
    call.save()
    send(client, "receipt_add", ADD, code, text="Zu spät gemerkt.")
    added = Contribution.objects.get(addition__adds_to=first)
    assert (added.state, added.may_publish, added.is_counted) == ("internal", False, True)
    actions.publish_contribution(first, **by)
    actions.answer_contribution(first, outcome="taken_up", reason="Wir bauen.", **by)
    refused = send(client, "receipt_add", ADD, code, text="Noch etwas.")
    assert refused.status_code == 422
    assert "Noch etwas." in refused.content.decode()
    assert Addition.objects.count() == 1


# --- taking along -----------------------------------------------------------------------------


def test_everything_that_is_kept_can_be_taken_along(client, call, by):
    first, code = contribute(call, "<script>alert(1)</script> =1+1")
    send(client, "receipt_add", ADD, code, text="Dazu noch Bänke.")
    actions.refuse_contribution(first, reason="Nennt Namen.", **by)
    kept = client.get(page("receipt_json", code))
    data = json.loads(kept.content)
    assert kept["Content-Type"] == "application/json"
    assert kept["Cache-Control"] == "no-store, private"
    assert [one["text"] for one in data["contributions"]] == [first.text, "Dazu noch Bänke."]
    assert data["contributions"][0]["reason_for_not_publishing"] == "Nennt Namen."
    assert data["notice_by_mail"] is False
    text = client.get(page("receipt_txt", code))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in text["Content-Disposition"]
    assert first.text in text.content.decode()
    assert "Nennt Namen." in text.content.decode()


ARABIC = "الآن يوجد مال."


@pytest.fixture
def answered(client, call, by):
    """One contribution and one addition in Arabic; both are answered, with all that may follow."""
    first, code = contribute(call, "نحتاج إلى مقاعد", language="ar")
    send(client, "receipt_add", ADD, code, text="وأشجار")
    added = Contribution.objects.get(addition__adds_to=first)
    for row in (first, added):
        actions.publish_contribution(row, **by)
    answers = [
        actions.answer_contribution(first, outcome="elsewhere", business_of="Stadtwerke",
                                    reason="Das tun andere.", **by),
        actions.answer_contribution(added, outcome="partly", reason="Zehn Bäume.", **by),
    ]  # fmt: skip
    supplement = actions.supplement_answer(answers[0], text="Es gibt Geld.", **by)
    for answer, wording in ((answers[0], supplement.wording), (answers[1], answers[1].wording)):
        texts = {wording: ARABIC}
        actions.translate_answer(answer, language="ar", texts=texts, state="checked", **by)
    return code


def test_under_the_receipt_stands_all_of_every_answer(client, answered):
    html = client.get(page("receipt", answered)).content.decode()
    assert html.count(f'<p lang="ar" dir="auto">{ARABIC}</p>') == 2
    for words in ("Das tun andere.", "Stadtwerke", "Es gibt Geld.", "Zehn Bäume.", "teilweise"):
        assert words in html


def test_all_of_every_answer_is_taken_along(client, answered):
    first, added = client.get(page("receipt_json", answered)).json()["contributions"]
    [answer] = first["answers"]
    assert answer["whose_business"] == "Stadtwerke"
    assert "in_your_language" not in answer
    assert answer["added_later"][0]["text"] == "Es gibt Geld."
    assert answer["added_later"][0]["in_your_language"] == ARABIC
    [answer] = added["answers"]
    assert (answer["reason"], answer["in_your_language"]) == ("Zehn Bäume.", ARABIC)
    assert answer["checked_by_a_person"] is True
    text = client.get(page("receipt_txt", answered)).content.decode()
    assert text.count(ARABIC) == text.count("Geprüfte Übersetzung:") == 2
    for words in ("Das tun andere.", "Stadtwerke", "Nachtrag", "Es gibt Geld.", "Zehn Bäume."):
        assert words in text


# --- taking back and deleting -----------------------------------------------------------------


def test_words_taken_back_take_the_additions_along_and_leave_the_receipt(client, call):
    _first, code = contribute(call)
    send(client, "receipt_add", ADD, code, text="Unverwechselbar.")
    assert client.post(page("withdraw", code), {"do": "withdraw"})["Location"] == page(
        "receipt", code
    )
    shown = client.get(page("receipt", code)).content.decode()
    assert "Unverwechselbar." not in shown
    assert not Contribution.objects.exclude(text="").exists()


def test_deleting_everything_leaves_a_code_that_opens_nothing(client, call):
    first, code = contribute(call)
    send(client, "receipt_add", ADD, code, text="Unverwechselbar.")
    actions.confirm_notice(first, "a@example.org", language="de", at=timezone.now())
    gone = client.post(page("withdraw", code), {"do": "erase"})
    assert gone["Location"] == page("receipt_gone")
    assert client.get(gone["Location"]).status_code == 200
    for name in ("receipt", "receipt_add", "receipt_json", "withdraw", "notice"):
        assert client.get(page(name, code)).status_code == 404
    assert client.get(page("receipt_search"), {"code": code}).status_code == 404
    assert not Contribution.objects.exclude(text="").exists()
    assert not Contribution.objects.exclude(receipt_hash=None).exists()
    assert not AnswerNotice.objects.exists()
    assert not Addition.objects.exists()


# --- a moment too late --------------------------------------------------------------------------


@pytest.fixture
def closed(call):
    call.closes_at = timezone.now() - HOUR
    call.opens_at = call.closes_at - 24 * HOUR
    call.save()
    return call


def test_what_was_being_written_when_it_closed_goes_to_the_office(client, closed):
    refused = client.post(
        page("contribute", closed.identifier),
        {
            "text": "Ich war noch am Schreiben.",
            "may_publish": "yes",
            "form_key": actions.fresh_form_key(at=timezone.now() - 3 * HOUR),
        },
    )
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Ich war noch am Schreiben." in html
    assert f'action="{page("late", closed.identifier)}"' in html
    key = re.search(r'name="form_key" value="([^"]+)"', html)[1]
    typed = {"form_key": key, "text": "Ich war noch am Schreiben."}
    first, second = (client.post(page("late", closed.identifier), typed) for _twice in range(2))
    assert first["Location"] == second["Location"]
    found = Contribution.objects.get()
    assert (found.state, found.is_public, found.is_counted) == ("internal", False, True)
    receipt = client.get(first["Location"]).content.decode()
    assert "schon geschlossen" in receipt
    assert "Ihr Beitrag ist da." in receipt
    assert "Ihr Beitrag ist gelesen." not in receipt


@pytest.mark.parametrize("button", ["contribute", "nearby"])
def test_place_and_description_of_the_picture_are_kept_in_the_text_and_the_picture_is_missed(
    client, closed, button
):
    closed.allows = ["place", "picture"]
    closed.save()
    typed = {
        "text": "Hier ist es dunkel.", "may_publish": "yes", "place_words": "an der Haltestelle",
        "picture": SimpleUploadedFile("a.png", b"?"), "picture_text": "Eine kaputte Laterne",
        "form_key": actions.fresh_form_key(at=timezone.now() - 3 * HOUR),
    }  # fmt: skip
    refused = client.post(page(button, closed.identifier), typed)
    assert refused.status_code == 422
    kept = refused.context["late_form"]["text"].value()
    for words in ("Hier ist es dunkel.", "an der Haltestelle", "Eine kaputte Laterne"):
        assert words in kept
    assert "Ihr Bild kann nicht mehr mit." in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"), [("47.7263712, 10.3145921", "47.726, 10.315"), ("am Tor", "am Tor")]
)
def test_a_place_in_the_text_is_no_more_exact_than_it_would_have_been_kept(
    client, closed, typed, kept
):
    closed.allows = ["place"]
    closed.save()
    refused = client.post(page("contribute", closed.identifier), {"text": "Hier.", "point": typed})
    assert refused.context["late_form"]["text"].value() == f"Hier.\n\nWo: {kept}"


def test_a_comment_that_came_too_late_says_what_it_is_about(client, closed):
    closed.allows = ["comments"]
    closed.save()
    about = make.ContributionFactory(call=closed, process=closed.process, text="Mehr Bänke.")
    typed = {"text": "Auch im Park.", "may_publish": "yes", "form_key": "alt"}
    refused = client.post(page("comment", about.identifier), typed)
    assert refused.context["late_form"]["text"].value() == (
        "Kommentar zu „Mehr Bänke.“:\n\nAuch im Park."
    )


def test_an_empty_form_that_came_too_late_brings_nothing_along(client, closed):
    refused = client.post(page("contribute", closed.identifier), {"text": " "})
    assert not refused.context["late_form"]["text"].value()


def test_whoever_was_asked_by_a_code_can_send_it_all_the_same(client, closed):
    closed.audience, closed.access_code, closed.is_public = "code", "M4RK-7TZW-0QHA", False
    closed.save()
    assert send(client, "late", LATE, closed.identifier, text="Fast.").status_code == 404
    client.post(page("by_code"), {"code": closed.access_code})
    assert send(client, "late", LATE, closed.identifier, text="Fast.").status_code == 303
    found = Contribution.objects.get()
    assert (found.state, found.is_public) == ("internal", False)


@pytest.mark.parametrize("hours", [-1, 49])
def test_two_days_after_closing_or_before_the_text_is_kept_and_not_sent(client, call, hours):
    call.closes_at = timezone.now() - hours * HOUR
    call.opens_at = call.closes_at - 24 * HOUR
    call.save()
    refused = send(client, "late", LATE, call.identifier, text="Viel zu spät.")
    assert refused.status_code == 422
    assert "Viel zu spät." in refused.content.decode()
    assert not Contribution.objects.exists()


# --- hearing by mail ----------------------------------------------------------------------------


def asked(client, code, address="a@example.org"):
    answer = send(client, "notice", NOTICE, code, address=address)
    assert answer["Location"] == page("notice_asked", code)
    return Mail.objects.latest("pk")


def link_in(mail):
    return re.search(r"/de/bescheid/\S+", mail.body)[0]


def test_an_address_is_kept_only_after_it_was_confirmed_and_goes_with_the_answer(client, call, by):
    first, code = contribute(call)
    mail = asked(client, code)
    assert code not in mail.body
    assert first.text not in mail.body
    assert not AnswerNotice.objects.exists()
    assert client.get(link_in(mail)).status_code == 200
    assert not AnswerNotice.objects.exists(), "mail programs open links by themselves"
    assert client.post(link_in(mail)).status_code == 200
    assert AnswerNotice.objects.get().address == "a@example.org"
    assert "a@example.org" not in client.get(page("notice", code)).content.decode()

    now = timezone.now()
    assert actions.tell_authors(at=now) == 0, "nothing has happened yet"
    actions.publish_contribution(first, **by)
    assert actions.tell_authors(at=now) == 1
    assert actions.tell_authors(at=now) == 0
    news = Mail.objects.latest("pk")
    assert "veröffentlicht" in news.body
    assert news.to == "a@example.org"
    assert first.text not in news.body
    assert page("receipt_search") in news.body

    actions.answer_contribution(first, outcome="taken_up", reason="Wir bauen.", **by)
    assert actions.has_something_to_tell(now)
    assert actions.tell_authors(at=now) == 1
    assert "beantwortet" in Mail.objects.latest("pk").body
    assert not AnswerNotice.objects.exists()

    Mail.objects.update(state=MailState.SENT)
    actions.tell_authors(at=now)
    assert not Mail.objects.exists(), "the outbox holds addresses, too"


def test_a_refusal_is_told_without_its_reason(client, call, by):
    first, code = contribute(call)
    client.post(link_in(asked(client, code)))
    actions.refuse_contribution(first, reason="Nennt eine Nachbarin.", **by)
    assert actions.tell_authors(at=timezone.now()) == 1
    told = Mail.objects.latest("pk").body
    assert "nicht veröffentlicht" in told
    assert "Nachbarin" not in told
    assert not AnswerNotice.objects.exists()


def test_one_press_in_the_mail_ends_it(client, call, by):
    first, code = contribute(call)
    client.post(link_in(asked(client, code)))
    actions.publish_contribution(first, **by)
    actions.tell_authors(at=timezone.now())
    end = re.search(r"/de/bescheid/\S+/abbestellen/", Mail.objects.latest("pk").body)[0]
    assert client.get(end).status_code == 200
    assert AnswerNotice.objects.exists()
    client.post(end)
    assert not AnswerNotice.objects.exists()
    assert client.get(end).status_code == 200, "ended already: said, not refused"


def test_under_the_receipt_it_can_be_ended_too(client, call):
    _first, code = contribute(call)
    client.post(link_in(asked(client, code)))
    client.post(page("notice", code), {"do": "end"})
    assert not AnswerNotice.objects.exists()


def test_the_same_address_is_asked_once_a_day(client, call):
    _first, code = contribute(call)
    for _twice in range(2):
        asked(client, code)
    assert Mail.objects.count() == 1


def test_nobody_sees_in_the_outbox_who_waits_for_which_answer(client, call, town):
    _first, code = contribute(call)
    asked(client, code)
    assert not outbox.mails_of(town).exists()


@pytest.mark.parametrize("path", ["made-up", "a:b:c"])
def test_a_made_up_link_confirms_nothing(client, town, path):
    assert client.post(page("notice_confirm", path)).status_code == 404
    assert client.post(page("notice_end", path)).status_code == 404


def test_an_old_link_and_one_of_another_town_confirm_nothing(client, call, monkeypatch):
    first, code = contribute(call)
    link = link_in(asked(client, code))
    elsewhere = make.MunicipalityFactory(host="anderswo.example")
    token = link.split("/")[-2]
    with pytest.raises(Exception, match="Link"):
        actions.read_wish(elsewhere, token, at=timezone.now())
    with pytest.raises(Exception, match="abgelaufen"):
        actions.read_wish(first.municipality, token, at=timezone.now() + dt.timedelta(days=4))


def test_after_a_year_the_address_goes_without_a_word(client, call):
    first, _code = contribute(call)
    now = timezone.now()
    actions.confirm_notice(first, "a@example.org", language="de", at=now)
    assert actions.tell_authors(at=now + dt.timedelta(days=367)) == 0
    assert not AnswerNotice.objects.exists()


def test_whoever_is_forgotten_gets_no_notice(call, by):
    first, _code = contribute(call)
    person = make.PersonFactory(municipality=call.municipality, email="A@example.org")
    actions.confirm_notice(first, "a@example.org", language="de", at=timezone.now())
    forget_person(person, **by)
    assert not AnswerNotice.objects.exists()


def test_no_event_holds_the_address(client, call, by):
    first, code = contribute(call)
    client.post(link_in(asked(client, code)))
    actions.publish_contribution(first, **by)
    actions.tell_authors(at=timezone.now())
    assert "example.org" not in str(list(Event.objects.values()))


# --- protected mode -----------------------------------------------------------------------------


def test_in_protected_mode_no_mail_is_offered_or_taken(client, call):
    call.is_protected = True
    call.save()
    first, code = contribute(call)
    assert page("notice", code) not in client.get(page("receipt", code)).content.decode()
    assert client.get(page("notice", code)).status_code == 404
    with pytest.raises(Closed):
        actions.ask_for_notice(first, "a@example.org", language="de", at=timezone.now())
    assert "Geschützter Modus" in client.get(page("contribute", call.identifier)).content.decode()
