"""Signing in with a code that comes by mail: for those who were invited, and for nobody else."""

from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from miteinander.core import outbox
from miteinander.core.models import Mail, User
from miteinander.core.standing import Role
from tests.factories import MembershipFactory, MunicipalityFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    membership = MembershipFactory(municipality=MunicipalityFactory(), role=Role.MEMBER)
    PersonFactory(municipality=membership.municipality, user=membership.user)
    client.defaults["HTTP_HOST"] = membership.municipality.host
    return membership.user


def ask(client, email):
    return client.post(reverse("account_login"), {"email": email})


def code_in(text: str) -> str:
    return re.search(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", text, re.MULTILINE).group()


def enter(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def is_signed_in(client) -> bool:
    return client.get("/de/arbeit/").status_code == 200


def words_of(response) -> str:
    """A page without what differs on every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_address_mail_code_workspace(client, member):
    page = client.get(reverse("account_login")).content.decode()
    assert 'type="email"' in page

    answer = ask(client, member.email)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_confirm_login_code"))
    assert not is_signed_in(client)

    # The mail waits in the outbox, is sent by the worker, and holds the code.
    waiting = Mail.objects.get()
    assert (waiting.to, waiting.state, mail.outbox) == (member.email, "waiting", [])
    assert outbox.deliver(at=timezone.now()).sent == 1
    sent = mail.outbox[0]
    assert sent.to == [member.email]

    answer = enter(client, code_in(sent.body))
    assert (answer.status_code, answer["Location"]) == (302, "/de/arbeit/")
    assert is_signed_in(client)


def test_a_code_is_told_to_nobody_but_its_owner(client, member):
    """The coordination looks into the outbox, and must not be able to sign in as somebody."""
    ask(client, member.email)

    assert list(outbox.mails_of(Mail.objects.get().municipality)) == []


def test_a_wrong_code_says_so_and_signs_nobody_in(client, member):
    ask(client, member.email)
    answer = enter(client, "FALSCH")

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert "aria-invalid" in answer.content.decode()
    assert not is_signed_in(client)


def test_who_guesses_three_times_has_to_begin_anew(client, member):
    ask(client, member.email)
    answers = [enter(client, f"RATE{number}") for number in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 302]

    assert enter(client, code_in(Mail.objects.get().body)).status_code == 302
    assert not is_signed_in(client), "the right code comes too late"


def test_a_code_is_only_good_in_the_window_that_asked_for_it(client, member):
    ask(client, member.email)
    other = type(client)(HTTP_HOST=client.defaults["HTTP_HOST"])
    enter(other, code_in(Mail.objects.get().body))

    assert not is_signed_in(other)


def test_a_code_grows_old(client, member, settings, monkeypatch):
    ask(client, member.email)
    later = time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT + 1
    monkeypatch.setattr(time, "time", lambda: later)
    enter(client, code_in(Mail.objects.get().body))
    monkeypatch.undo()

    assert not is_signed_in(client)


def test_a_code_signs_in_once(client, member):
    ask(client, member.email)
    code = code_in(Mail.objects.get().body)
    enter(client, code)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    enter(client, code)

    assert not is_signed_in(client)


def test_an_unknown_address_is_answered_with_the_same_page(client, member):
    """Who is a member here is nobody's business; the mail alone says that nobody is known."""
    stranger = type(client)(HTTP_HOST=client.defaults["HTTP_HOST"])
    known, unknown = ask(client, member.email), ask(stranger, "wer@anderswo.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    pages = [words_of(c.get(known["Location"])) for c in (client, stranger)]
    shown = [page.replace(member.email, "").replace("wer@anderswo.example", "") for page in pages]
    assert shown[0] == shown[1]
    told = Mail.objects.get(to="wer@anderswo.example").body
    assert not re.search(r"^[A-Z0-9]{3,}(-[A-Z0-9]+)*$", told, re.MULTILINE)


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_signup"])
def test_nobody_signs_up_by_themselves(client, member, name):
    for code in ("", "FALSCH"):
        client.post(reverse(name), {"email": "neu@anderswo.example", "password1": "x" * 20})
        enter(client, code)

    assert list(User.objects.all()) == [member]
    assert not is_signed_in(client)


def test_an_account_that_was_closed_gets_no_code(client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    ask(client, member.email)

    assert not re.search(r"^[A-Z0-9]{3,}-[A-Z0-9]+$", Mail.objects.get().body, re.MULTILINE)


def test_whoever_belongs_to_no_town_here_finds_nothing_to_work_on(client, member):
    """Signed in, but a member of another municipality: the rooms do not exist for them."""
    there = MunicipalityFactory()
    client.force_login(member)

    assert client.get("/de/arbeit/").status_code == 200
    assert client.get("/de/arbeit/", HTTP_HOST=there.host).status_code == 404


def test_the_workspace_asks_visitors_to_sign_in_and_leads_back(client, member):
    answer = client.get("/de/arbeit/sitzungen/")

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{reverse('account_login')}?next=/de/arbeit/sitzungen/",
    )
