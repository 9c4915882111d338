"""What a proof of work is worth: one form with one content, and more in a rush."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core import proof
from miteinander.core.codes import fresh_form_key, read_form_key
from miteinander.core.errors import LinkForged
from miteinander.core.models import Rush, SpentForm
from tests.proving import answer_to

pytestmark = pytest.mark.django_db
AT = timezone.now()
SALT = "test"


@pytest.fixture(autouse=True)
def _short_sums(settings):
    settings.PROOF_BITS = 7


def key(*, bits=7, at=AT):
    return read_form_key(SALT, fresh_form_key(SALT, at=at, bits=bits), at=at)


def solved(form):
    return answer_to(proof.seed_of(form), proof.bits_of_a_part(form.bits), proof.PARTS)


def admit(form, answer=None, *, content="a", at=AT, scope="call:1"):
    answer = solved(form) if answer is None else answer
    return proof.admit(form, answer, scope=scope, content=content, at=at)


def test_a_proof_holds_for_its_form_alone():
    one, other = key(), key()
    assert proof.holds(one, solved(one))
    assert not proof.holds(other, solved(one))


@pytest.mark.parametrize("answer", ["", "0" * 64, "x" * 64, "ä" * 64, "0" * 63, "0" * 100_000])
def test_what_is_no_proof_does_not_hold(answer):
    assert not proof.holds(key(bits=40), answer)


def test_the_work_that_was_asked_for_cannot_be_changed():
    signed = fresh_form_key(SALT, at=AT, bits=18)
    with pytest.raises(LinkForged):
        read_form_key(SALT, "x" + signed[1:], at=AT)
    easy = read_form_key("another", fresh_form_key("another", at=AT, bits=1), at=AT)
    with pytest.raises(proof.MoreWork):
        admit(easy)


def test_a_form_without_asked_work_proves_nothing():
    with pytest.raises(proof.TooSoon):
        admit(key(bits=0), "0" * 64)


def test_the_same_form_is_taken_in_once_and_not_with_other_words():
    form = key()
    assert admit(form) is True
    assert admit(form) is False
    with pytest.raises(proof.SentAlready):
        admit(form, content="b")
    assert SpentForm.objects.count() == 1
    assert Rush.objects.get().sent == 1


def test_what_did_not_happen_may_be_sent_again_with_other_words():
    form = key()
    admit(form)
    proof.release(form)
    assert admit(form, content="b") is True


def test_in_a_rush_the_work_doubles_with_every_doubling(settings):
    settings.PROOF_RUSH = 10
    assert proof.bits_now("call:1", at=AT) == 7
    row = Rush.objects.create(scope="call:1", minute=int(AT.timestamp()) // 60)
    asked = {}
    for sent in (9, 19, 20, 40, 639, 640, 1_000_000):
        Rush.objects.filter(pk=row.pk).update(sent=sent)
        asked[sent] = proof.bits_now("call:1", at=AT) - 7
    assert asked == {9: 0, 19: 0, 20: 1, 40: 2, 639: 5, 640: 6, 1_000_000: 6}
    assert proof.bits_now("call:2", at=AT) == 7, "a rush elsewhere is none here"
    assert proof.bits_now("call:1", at=AT + dt.timedelta(minutes=2)) == 7, "and it passes"


def test_a_form_from_before_the_rush_is_asked_for_more(settings):
    settings.PROOF_RUSH = 10
    form = key()
    Rush.objects.create(scope="call:1", minute=int(AT.timestamp()) // 60, sent=20)
    assert admit(form) is True, "one doubling is forgiven"
    Rush.objects.update(sent=40)
    with pytest.raises(proof.MoreWork):
        admit(key())
    assert admit(key(bits=9)) is True


def test_without_a_proof_patience_is_enough():
    form = key()
    with pytest.raises(proof.TooSoon, match="20"):
        admit(form, "")
    assert admit(form, "", at=AT + dt.timedelta(seconds=20)) is True
    assert Rush.objects.get().slowly == 1


def test_so_many_come_in_without_a_proof_each_minute_and_then_the_next():
    later = AT + dt.timedelta(seconds=60)
    for _number in range(proof.SLOWLY_PER_MINUTE):
        assert admit(key(), "", at=later)
    one_more = key()
    with pytest.raises(proof.TooMany):
        admit(one_more, "", at=later)
    assert admit(one_more, at=later), "with a proof nobody is held up"
    assert admit(key(), "", at=later, scope="call:2"), "nor elsewhere"
    assert admit(key(), "", at=later + dt.timedelta(seconds=60))


def test_what_is_kept_tells_no_time_and_goes_soon():
    admit(key())
    assert not proof.is_over(AT + proof.KEPT)
    later = AT + proof.KEPT + dt.timedelta(minutes=2)
    assert proof.is_over(later)
    proof.sweep(at=later)
    assert not Rush.objects.exists()
    assert SpentForm.objects.count() == 1, "as long as the form could be sent again"
    proof.sweep(at=AT + dt.timedelta(days=3))
    assert not SpentForm.objects.exists()


def test_an_installation_may_do_without(settings):
    settings.PROOF_BITS = 0
    assert admit(key(bits=0), "") is True
    assert not SpentForm.objects.exists()
