from __future__ import annotations

import pytest
from allauth.account.forms import RequestLoginCodeForm
from django.template.loader import get_template, render_to_string
from django.utils import translation

PAGES = ["login", "request_login_code", "confirm_login_code", "logout"]


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


@pytest.mark.parametrize(
    "name",
    [
        *(f"account/{page}.html" for page in PAGES),
        "account/messages/login_code_sent.txt",
    ],
)
def test_our_templates_stand_before_those_of_the_package(name):
    assert "miteinander/ui/templates/" in get_template(name).origin.name


def test_sign_in_asks_for_an_address_and_offers_no_account():
    html = render_to_string("account/login.html", {"form": RequestLoginCodeForm()})

    assert "Code schicken" in html
    assert 'type="email"' in html
    assert 'type="password"' not in html
    assert "signup" not in html


def test_page_of_the_code_does_not_tell_whether_the_address_is_known():
    html = render_to_string(
        "account/confirm_login_code.html",
        {"form": RequestLoginCodeForm(), "email": "wer@example.org"},
    )

    assert "Wenn wir wer@example.org kennen" in html
