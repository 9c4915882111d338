"""Hearing by mail that there is an answer: wished for under the receipt, confirmed by mail.

Before it is confirmed nothing is stored but the mail that asks: the address stands, signed, in
its link. Afterwards it is kept apart from the contribution, in a row that is deleted when the
answer has been told, on request with one press, and after a year at the latest. The mails hold
neither the words nor the code: others may read them, too.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.core import outbox
from miteinander.core.errors import Closed, LinkExpired, LinkForged
from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.core.models import Municipality
from miteinander.participation.models import AnswerNotice, Contribution
from miteinander.participation.states import ContributionState

SALT = "miteinander.answer_notice"
CONFIRM_WITHIN = timedelta(days=3)
LONGEST = timedelta(days=365)
KEY = f"{outbox.SECRET}notice:"
"""Whoever looks into the outbox must not learn who is waiting for which answer."""

_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "question": Word(_("Question"), _("What is missing in your street?")),
}
ASKED = MailKind(
    "answer_notice.asked",
    label=_("Notice of an answer: please confirm"),
    subject=_("Please confirm: news about your contribution"),
    body=_(
        """Good day,

somebody wants to hear at this address what becomes of a contribution. If it was you,
please confirm it within three days:
%(confirm)s

If it was not you, do nothing. Then we store nothing, and no further mail comes.

%(municipality)s"""
    ),
    words={
        "municipality": _WORDS["municipality"],
        "confirm": Word(_("Link to confirm"), "https://miteinander.example/de/bescheid/abc/"),
    },
    needed=frozenset({"confirm"}),
)
TOLD = MailKind(
    "answer_notice.told",
    label=_("Notice of an answer: something has happened"),
    subject=_("News about your contribution"),
    body=_(
        """Good day,

%(news)s

Type in your code and read it:
%(receipt)s

%(rest)s

%(municipality)s"""
    ),
    words={
        **_WORDS,
        "news": Word(_("What has happened"), _("Your contribution has been answered.")),
        "receipt": Word(
            _("Where the code is typed in"), "https://miteinander.example/de/quittung/"
        ),
        "rest": Word(
            _("What becomes of the address"),
            _("We have deleted your address. No further mail comes."),
        ),
    },
    needed=frozenset({"news", "receipt", "rest"}),
)


def ask_for_notice(
    contribution: Contribution, address: str, *, language: str, at: datetime
) -> None:
    """Send the mail with the link that confirms; once a day for each address."""
    require_noticeable(contribution)
    expires = int((at + CONFIRM_WITHIN).timestamp())
    token = signing.dumps([contribution.pk, address, language, expires], salt=SALT, compress=True)
    taken = hashlib.sha256(address.lower().encode()).hexdigest()[:16]
    town = contribution.municipality
    letters = Letters(ASKED, town)
    with speaking(letters.language_for(language)):
        words = {
            "municipality": town.name,
            "confirm": address_of(town) + reverse("public:notice_confirm", args=[token]),
        }
        written = letters.write(language, words)
    outbox.queue(
        key=f"{KEY}asked:{contribution.pk}:{taken}:{localdate(at)}",
        to=address,
        subject=written.subject,
        body=written.body,
        language=written.language,
        municipality=town,
        at=at,
    )


def is_noticeable(contribution: Contribution) -> bool:
    """Protected mode keeps the words and nothing else; an answered one has its answer."""
    return (
        contribution.call is not None
        and not contribution.call.is_protected
        and not contribution.is_answered
        and contribution.state
        in {
            ContributionState.SUBMITTED,
            ContributionState.PUBLISHED,
            ContributionState.INTERNAL,
        }
    )


def require_noticeable(contribution: Contribution) -> None:
    if not is_noticeable(contribution):
        raise Closed(
            _("There is nothing more to be told about this contribution by mail."),
            do=_("Everything that became of it stands under your receipt."),
        )


def read_wish(
    municipality: Municipality, token: str, *, at: datetime
) -> tuple[Contribution, str, str]:
    """What a link confirms: contribution, address and language; refused like every signed link."""
    try:
        pk, address, language, expires = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkForged from problem
    if at.timestamp() > expires:
        raise LinkExpired
    rows = Contribution.objects.filter(municipality=municipality, pk=pk)
    found = rows.select_related("call").first()
    if found is None:
        raise LinkForged
    return found, str(address), str(language)


@transaction.atomic
def confirm_notice(
    contribution: Contribution, address: str, *, language: str, at: datetime
) -> None:
    """From now on this address is told; a second one takes the place of the first."""
    require_noticeable(contribution)
    AnswerNotice.objects.update_or_create(
        contribution=contribution,
        defaults={
            "address": address,
            "language": language,
            "told": contribution.state,
            "until": localdate(at + LONGEST),
        },
    )


def drop_notice(contribution: Contribution) -> None:
    """No further mail; the address is gone at once."""
    AnswerNotice.objects.filter(contribution=contribution).delete()


def forget_address_of(person: int) -> None:
    """Somebody is forgotten: nothing is sent any more to the address that they had here."""
    known = Person.objects.get(pk=person)
    if known.email:
        AnswerNotice.objects.filter(
            contribution__municipality=known.municipality_id, address__iexact=known.email
        ).delete()


def _something_to_tell(at: datetime) -> QuerySet[AnswerNotice]:
    changed = ~Q(told=F("contribution__state")) | Q(contribution__is_answered=True)
    return AnswerNotice.objects.filter(changed | Q(until__lt=localdate(at)))


def has_something_to_tell(at: datetime) -> bool:
    return _something_to_tell(at).exists() or outbox.sent_with(KEY).exists()


def tell_authors(*, at: datetime) -> int:
    """Write to everybody whose contribution was read or answered; how many.

    Mails of ours that went out leave the outbox with the next run: it holds addresses.
    """
    outbox.sent_with(KEY).delete()
    rows = _something_to_tell(at).select_related("contribution__municipality", "contribution__call")
    told = 0
    for notice in rows.order_by("pk")[:500]:
        with transaction.atomic():
            told += _tell(notice, at=at)
    return told


def _tell(notice: AnswerNotice, *, at: datetime) -> int:
    contribution = notice.contribution
    if contribution.is_answered:
        news, is_last = _("Your contribution has been answered."), True
    elif contribution.state == ContributionState.REFUSED:
        news, is_last = _("Your contribution was not published. You can read why."), True
    elif contribution.state == ContributionState.PUBLISHED:
        news, is_last = _("Your contribution has been read and published."), False
    elif contribution.state == ContributionState.INTERNAL:
        news, is_last = _("Your contribution has been read. It stays with the office."), False
    elif contribution.state == ContributionState.SUBMITTED and notice.until >= localdate(at):
        # Put back by the office, before or after it was told: it will be told anew.
        AnswerNotice.objects.filter(pk=notice.pk).update(told=contribution.state)
        return 0
    else:  # taken back, or a year has passed
        notice.delete()
        return 0
    town = contribution.municipality
    letters = Letters(TOLD, town)
    with speaking(letters.language_for(notice.language)):
        token = signing.dumps([notice.pk, contribution.pk], salt=SALT, compress=True)
        end = address_of(town) + reverse("public:notice_end", args=[token])
        words = {
            "municipality": town.name,
            "question": contribution.call.question if contribution.call else "",
            "news": str(news),
            "receipt": address_of(town) + reverse("public:receipt_search"),
            "rest": str(_("We have deleted your address. No further mail comes."))
            if is_last
            else str(_("No further mail, and your address deleted: %(end)s")) % {"end": end},
        }
        written = letters.write(notice.language, words)
    outbox.queue(
        key=f"{KEY}told:{contribution.pk}:{contribution.state}:{contribution.is_answered}",
        to=notice.address,
        subject=written.subject,
        body=written.body,
        language=written.language,
        municipality=town,
        at=at,
    )
    if is_last:
        notice.delete()
    else:
        AnswerNotice.objects.filter(pk=notice.pk).update(told=contribution.state)
    return 1


def notice_of_link(municipality: Municipality, token: str) -> AnswerNotice | None:
    """The notice that a link ends; none where it has ended already."""
    try:
        pk, contribution = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkForged from problem
    if not Contribution.objects.filter(municipality=municipality, pk=contribution).exists():
        raise LinkForged  # of another town
    return AnswerNotice.objects.filter(pk=pk, contribution=contribution).first()
