"""What mails say: our words, the town's own, and what cannot be filled in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import override

from miteinander.community.actions import drop_mail_text, write_mail_text
from miteinander.community.actions.people import PERSON_INVITED
from miteinander.core.errors import Invalid
from miteinander.core.mailtexts import Letters, as_kept, as_typed, mail_kinds, sample_of
from miteinander.core.models import Event
from tests import factories as make

NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))

WORDS = {"municipality": "Ulm", "function": "Gast", "email": "a@b.example", "address": "https://x/"}


@pytest.fixture
def town(db):
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.mark.parametrize("kind", mail_kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_mail_can_be_typed_and_kept_without_a_change(kind, language):
    with override(language):
        subject, body = as_typed(kind, str(kind.subject)), as_typed(kind, str(kind.body))

        assert as_kept(kind, subject=subject, body=body) == (str(kind.subject), str(kind.body))
        assert "%(" not in sample_of(kind, str(kind.subject), str(kind.body)).body


def test_the_towns_own_words_go_out_and_ours_come_back(town, by):
    write_mail_text(
        town, PERSON_INVITED, "de", subject="{Kommune}: 100 % dabei",
        body="Hier anmelden: {link zur anmeldung}", **by,
    )  # fmt: skip

    own = Letters(PERSON_INVITED, town).write("de", WORDS)
    assert (own.subject, own.body) == ("Ulm: 100 % dabei", "Hier anmelden: https://x/\n")

    drop_mail_text(town, PERSON_INVITED, "de", **by)
    drop_mail_text(town, PERSON_INVITED, "de", **by)

    assert Letters(PERSON_INVITED, town).write("de", WORDS).subject.startswith("Ulm: Ihr Zugang")
    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["mailtext.written", "mailtext.dropped"]


def test_same_words_twice_are_remembered_once(town, by):
    for _time in range(2):
        write_mail_text(town, PERSON_INVITED, "de", subject="S", body="{Link zur Anmeldung}", **by)

    assert Event.objects.filter(kind="mailtext.written").count() == 1


def test_language_without_pages_is_written_in_once_the_town_has_words_for_it(town, by):
    assert Letters(PERSON_INVITED, town).write("tr", WORDS).language == "de"

    write_mail_text(
        town, PERSON_INVITED, "tr", subject="Hoş geldiniz", body="{Link zur Anmeldung}", **by
    )

    assert Letters(PERSON_INVITED, town).write("tr", WORDS).subject == "Hoş geldiniz"


@pytest.mark.parametrize(
    ("subject", "body", "field", "names"),
    [
        ("", "{Link zur Anmeldung}", "subject", ""),
        ("S", "Guten Tag", "body", "{Link zur Anmeldung}"),
        ("S", "{Link zur Anmeldung} {Vorname}", "body", "{Vorname}"),
        ("S {Vorname}", "{Link zur Anmeldung}", "subject", "{Vorname}"),
        ("S", "{Link zur Anmeldung}" + "x" * 5000, "body", "5000"),
        ("S", "{Link zur Anmeldung} {}", "body", "{}"),
    ],
)
def test_refusals_name_what_cannot_be_filled_in(subject, body, field, names):
    with pytest.raises(Invalid) as refusal:
        as_kept(PERSON_INVITED, subject=subject, body=body)

    assert set(refusal.value.fields) == {field}
    assert names in str(refusal.value.fields[field])


def test_percent_signs_and_other_towns_words_do_no_harm(town, by):
    text = "%(password)s %s %% {Link zur Anmeldung}"
    write_mail_text(town, PERSON_INVITED, "de", subject="%", body=text, **by)

    letter = Letters(PERSON_INVITED, town).write("de", WORDS)
    assert (letter.subject, letter.body) == ("%", "%(password)s %s %% https://x/\n")
    assert Letters(PERSON_INVITED, make.MunicipalityFactory()).own == {}
