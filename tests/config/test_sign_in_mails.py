"""The mails of the sign-in: a town's own words, and what it cannot leave out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from miteinander.community.actions import write_mail_text
from miteinander.community.queries import sign_in_letter
from miteinander.core.errors import Invalid
from miteinander.core.mailtexts import mail_kind
from miteinander.core.models import Mail
from tests import factories as make

pytestmark = pytest.mark.django_db
CODE = "account/email/login_code"


@pytest.fixture
def town():
    return make.MunicipalityFactory(host="testserver")


def own(town, body):
    by = make.coordinator(town)
    kind = mail_kind("account.code")
    with override("de"):
        write_mail_text(
            town, kind, "de", subject="Anmelden in {Kommune}", body=body, by=by, at=by.at
        )


def test_the_mail_carries_the_code_and_nothing_to_click(town):
    letter = sign_in_letter(CODE, town, "de", {"code": "ABC-123"})
    assert letter.subject == "Ihr Code für Miteinander: ABC-123"
    assert "\nABC-123\n" in letter.body
    assert "http" not in letter.body


def test_own_words_cannot_leave_out_what_keeps_people_safe(town):
    own(town, "Grüß Gott, Ihr Code: {Code}")
    letter = sign_in_letter(CODE, town, "de", {"code": "ABC-123"})
    assert letter.subject == f"Anmelden in {town.name}"
    assert letter.body.startswith("Grüß Gott, Ihr Code: ABC-123\n\nBitte geben Sie ihn nur")
    assert "Niemand fragt Sie am Telefon" in letter.body


def test_own_words_without_the_code_are_refused(town):
    with pytest.raises(Invalid) as refused:
        own(town, "Bitte anmelden.")
    assert list(refused.value.fields) == ["body"]


def test_without_a_town_it_says_our_words():
    assert "ABC-1" in sign_in_letter(CODE, None, "en", {"code": "ABC-1"}).body


def test_whoever_asks_for_a_code_gets_the_words_of_the_town(client, town):
    own(town, "Grüß Gott: {Code}")
    user = make.sign_in(client, town, "member")
    client.logout()
    with override("de"):
        address = reverse("account_request_login_code")
    client.post(address, {"email": user.email})
    client.cookies.clear()  # another browser
    client.post(address, {"email": "fremd@stadt.example"})
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert mails[user.email].body.startswith("Grüß Gott: ")
    assert "Sie haben nichts angefordert?" in mails["fremd@stadt.example"].body
