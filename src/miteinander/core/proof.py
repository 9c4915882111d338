"""Proof of work: what sending a form costs whoever sends a million of them.

Nobody is asked who they are, no address is read and nobody else's service is called. Instead the
browser does a sum while one types: it looks for eight numbers, each of which gives, hashed
together with the form's own value, a digest that begins with so many zero bits. That takes a
telephone a second or two and us a few microseconds to check. Eight small sums and not a large
one, because the time for one of them is luck.

Guarantees, in this order:

1. One proof is worth one form with one content. Sent again with the same words it changes
   nothing; with other words it is refused, and the form comes back with a value of its own.
2. How much work it was is signed into the form, so nobody chooses it for themselves.
3. When more than `PROOF_RUSH` forms a minute come in for one thing, the work doubles with each
   doubling of the rush, up to 64 times. The door is never closed.
4. Without JavaScript a form is taken in that is at least `PROOF_WAIT_SECONDS` old: whoever types
   for that long notices nothing. Of these only so many come in each minute, for each thing; the
   limit counts forms, and nobody who sends them.

What was not chosen: pictures to be read (many cannot), counting by address (a school is one
address, a robot has thousands), keeping nothing at all (then one proof would be worth a million
forms). What it does not do: stop somebody who is willing to pay. It makes a flood dear and slow,
and what comes in is read by people before others read it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from miteinander.core.codes import FormKey, keyed
from miteinander.core.errors import Refusal, filled
from miteinander.core.models import Rush, SpentForm

PARTS = 8
PARTS_BITS = 3
NONCE = 8
"""Letters of one number, hexadecimal."""
MOST_MORE_BITS = 6
SLACK_BITS = 1
"""So much less work is accepted from a form that was opened before the rush began."""
SLOWLY_PER_MINUTE = 30
KEPT = timedelta(minutes=5)
FORM_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Proven:
    """A form that was let in: by which key, and whether for the first time."""

    key: str
    is_first: bool


class Unproven(Refusal):
    """A form without its proof: nothing is lost, it only has to be sent once more."""


class TooSoon(Unproven):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            _(
                "Your browser could not do the sum that keeps robots away: it needs JavaScript. "
                "Without it we ask for a little patience."
            ),
            do=filled(
                ngettext_lazy(
                    "What you typed is kept. Please send it once more in %(seconds)s second.",
                    "What you typed is kept. Please send it once more in %(seconds)s seconds.",
                    seconds,
                ),
                seconds=seconds,
            ),
        )


class TooMany(Unproven):
    def __init__(self) -> None:
        super().__init__(
            _("Just now very many forms come in from browsers without JavaScript."),
            do=_(
                "What you typed is kept. Please send it again in a minute, or say it to the "
                "office: in writing, by telephone or in person."
            ),
        )


class MoreWork(Unproven):
    def __init__(self) -> None:
        super().__init__(
            _("Just now very many people write at once."),
            do=_(
                "What you typed is kept. Please send it once more: your device then takes a "
                "little longer for the sum that keeps robots away."
            ),
        )


class SentAlready(Unproven):
    def __init__(self) -> None:
        super().__init__(
            _("This form has been sent already, with other words."),
            do=_("What you typed is kept. If you want to say this as well, send it once more."),
        )


def is_on() -> bool:
    return bool(settings.PROOF_BITS > 0)


def wait_seconds() -> int:
    """So old a form without a proof has to be."""
    return int(settings.PROOF_WAIT_SECONDS)


def bits_now(scope: str, *, at: datetime) -> int:
    """How much work a form is worth at this moment: one query; none where proofs are off."""
    if not is_on():
        return 0
    minute = _minute(at)
    counted = Rush.objects.filter(scope=scope, minute__in=(minute - 1, minute))
    most = max(counted.values_list("sent", flat=True), default=0)
    doublings = (most // max(settings.PROOF_RUSH, 1)).bit_length() - 1
    return int(settings.PROOF_BITS) + min(max(doublings, 0), MOST_MORE_BITS)


def seed_of(key: FormKey) -> str:
    """What the browser hashes: 32 letters that belong to this form alone."""
    return hashlib.sha256(f"{key.value}:{key.bits}".encode()).hexdigest()[:32]


def bits_of_a_part(bits: int) -> int:
    return max(bits - PARTS_BITS, 0)


def holds(key: FormKey, answer: str) -> bool:
    """Whether these are the eight numbers; a few microseconds."""
    if len(answer) != PARTS * NONCE or not answer.isascii():
        return False
    seed, zeros = seed_of(key), 256 - bits_of_a_part(key.bits)
    for part in range(PARTS):
        nonce = answer[part * NONCE : (part + 1) * NONCE]
        digest = hashlib.sha256(f"{seed}{part:04d}{nonce}".encode()).digest()
        if int.from_bytes(digest) >> zeros:
            return False
    return True


def admit(key: FormKey, answer: str, *, scope: str, content: str, at: datetime) -> bool:
    """Take a form in, or refuse it with `Unproven`; whether it is the first time.

    Committed by itself, before what the form is about begins: that may take a while, and on
    SQLite nobody else could write meanwhile. When it fails, see :func:`release`.
    """
    if not is_on():
        return True
    is_proven = key.bits > 0 and holds(key, answer)
    if is_proven and key.bits + SLACK_BITS < bits_now(scope, at=at):
        raise MoreWork
    if not is_proven and (left := wait_seconds() - (at.timestamp() - key.made)) > 0:
        raise TooSoon(ceil(left))
    typed = keyed(settings.SECRET_KEY, "form.content", content.encode()).hex()
    try:
        with transaction.atomic():
            SpentForm.objects.create(digest=_digest(key), content=typed, day=localdate(at))
            if not _counted(scope, at=at, slowly=not is_proven):
                raise TooMany
    except IntegrityError:
        known = SpentForm.objects.filter(digest=_digest(key)).values_list("content", flat=True)
        if typed in known:
            return False
        raise SentAlready from None
    return True


def release(key: FormKey) -> None:
    """What the form was about did not happen: it may be sent again, changed."""
    SpentForm.objects.filter(digest=_digest(key)).delete()


def _digest(key: FormKey) -> str:
    return hashlib.sha256(key.value.encode()).hexdigest()


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _counted(scope: str, *, at: datetime, slowly: bool) -> bool:
    """Count one form; no when the slow ones of this minute are used up. In a transaction."""
    minute = _minute(at)
    # The first of a minute makes its row; of two firsts one does, and both are counted.
    if not Rush.objects.filter(scope=scope, minute=minute).exists():
        Rush.objects.bulk_create([Rush(scope=scope, minute=minute)], ignore_conflicts=True)
    row = Rush.objects.filter(scope=scope, minute=minute)
    if slowly:
        row = row.filter(slowly__lt=SLOWLY_PER_MINUTE)
    return bool(row.update(sent=F("sent") + 1, slowly=F("slowly") + int(slowly)))


def _over(at: datetime) -> Q:
    return Q(minute__lt=_minute(at - KEPT))


def is_over(at: datetime) -> bool:
    old = SpentForm.objects.filter(day__lt=localdate(at - FORM_KEPT))
    return Rush.objects.filter(_over(at)).exists() or old.exists()


def sweep(*, at: datetime) -> None:
    Rush.objects.filter(_over(at)).delete()
    SpentForm.objects.filter(day__lt=localdate(at - FORM_KEPT)).delete()
