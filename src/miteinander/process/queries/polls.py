"""Date polls: who was asked, what they said, which date suits most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.links import address_of, sign_link
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.core.outbox import Letter
from miteinander.core.sight import sees_all
from miteinander.process.models import DatePoll, PollAnswer, PollOption, PollVoter
from miteinander.process.queries.dates import with_clock
from miteinander.process.rules import ANSWER_POLL
from miteinander.process.states import Availability, PollState
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing

MARK = "TOKEN"
ASKED = MailKind(
    "poll.asked",
    label=_("Question for a date"),
    subject=_("When can you? %(poll)s"),
    body=_(
        """Good day,

%(body)s of %(municipality)s looks for a date: %(poll)s

These days are proposed:
%(dates)s

Please say for each day whether you can. That takes a minute, and you need no account:
%(link)s

You can change your answer until %(until)s. You are asked as: %(function)s.
Only the body sees what you answer."""
    ),
    words={
        "municipality": Word(_("Municipality"), _("Town of Example")),
        "body": Word(_("Body"), _("Steering group")),
        "poll": Word(_("Meeting"), _("Third meeting of the steering group")),
        "dates": Word(_("Proposed dates"), _("– Monday, 5 October 2026, 18:30")),
        "until": Word(_("Answers until"), _("Monday, 28 September 2026")),
        "function": Word(_("Function"), _("Member of the steering group")),
        "link": Word(_("Link to answer"), "https://miteinander.example/de/l/abc/"),
    },
    needed=frozenset({"link"}),
)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """A proposed date and how many can."""

    option: PollOption
    yes: int
    maybe: int
    no: int
    is_best: bool

    @property
    def written(self) -> str:
        return written_option(self.option)


@dataclass(frozen=True, slots=True)
class VoterLine:
    """One voice, with its answers in the order of the options; empty where nobody answered."""

    voter: PollVoter
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PollPage:
    poll: DatePoll
    options: list[OptionLine]
    voters: list[VoterLine]
    missing: list[PollVoter]
    """Who has not answered yet."""


def polls_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[DatePoll]:
    """Polls of the bodies one sits in, all of them for the coordination (twin of ``see_poll``)."""
    rows = DatePoll.objects.filter(process__municipality=municipality).select_related(
        "body", "process__municipality", "meeting"
    )
    if not sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    return rows.filter(body__in=[seat.body for seat in standing.seats])


def poll_page(poll: DatePoll) -> PollPage:
    """Gather what the page of a poll shows: three queries."""
    options = list(poll.options.all())
    voters = list(poll.voters.select_related("person"))
    given: dict[tuple[int, int], str] = {
        (row.voter_id, row.option_id): row.answer
        for row in PollAnswer.objects.filter(option__poll=poll)
    }
    counted = [_counted(option, voters, given) for option in options]
    best = max((_suits(yes, maybe) for _o, yes, maybe, _no in counted), default=(0, 0))
    return PollPage(
        poll=poll,
        options=[
            OptionLine(
                option, yes, maybe, no, is_best=best != (0, 0) and _suits(yes, maybe) == best
            )
            for option, yes, maybe, no in counted
        ],
        voters=[
            VoterLine(voter, tuple(given.get((voter.pk, option.pk), "") for option in options))
            for voter in voters
        ],
        missing=[voter for voter in voters if voter.answered_at is None],
    )


def _counted(
    option: PollOption, voters: Iterable[PollVoter], given: dict[tuple[int, int], str]
) -> tuple[PollOption, int, int, int]:
    said = [given.get((voter.pk, option.pk), "") for voter in voters]
    yes, maybe, no = (
        said.count(answer) for answer in (Availability.YES, Availability.MAYBE, Availability.NO)
    )
    return option, yes, maybe, no


def _suits(yes: int, maybe: int) -> tuple[int, int]:
    """Most who can at all come first; of those, most who can without trouble."""
    return yes + maybe, yes


def written_option(option: PollOption) -> str:
    return with_clock(written_day(option.day), option.starts_at, option.ends_at)


def own_voice(poll: DatePoll, standing: Standing) -> PollVoter | None:
    if standing.person is None:
        return None
    return poll.voters.filter(person=standing.person).first()


def voice_of_link(municipality: Municipality, body: int, voter: int) -> PollVoter | None:
    """Whom a signed link was made for; None once the person has been forgotten."""
    return (
        PollVoter.objects.filter(
            pk=voter, poll__body=body, poll__process__municipality=municipality
        )
        .exclude(person__email="")
        .select_related("poll__body", "poll__process__municipality", "person", "seat")
        .first()
    )


def answers_of(voter: PollVoter) -> dict[int, str]:
    """What somebody answered, by option: one query."""
    return dict(PollAnswer.objects.filter(voter=voter).values_list("option", "answer"))


def asking(poll: DatePoll, voters: Iterable[PollVoter], *, at: datetime) -> Iterator[Letter]:
    """One letter for each voice, in their language."""
    letters = Letters(ASKED, poll.process.municipality)
    options = list(poll.options.all())
    body = poll.body.as_thing()
    days = max((poll.closes_on - localdate(at)).days, 0) + 1

    def spoken(voter: PollVoter) -> str:
        return letters.language_for(voter.person.language)

    for language, group in groupby(sorted(voters, key=spoken), key=spoken):
        with speaking(language):
            address = address_of(poll.process.municipality) + reverse("public:link", args=[MARK])
            words = {
                "municipality": poll.process.municipality.name,
                "body": poll.body.title,
                "poll": poll.title,
                "dates": "\n".join(f"– {written_option(option)}" for option in options),
                "until": written_day(poll.closes_on),
            }
            for voter in group:
                link = sign_link(ANSWER_POLL, body, function=str(voter.pk), at=at, days=days)
                wording = letters.write(
                    language,
                    {
                        **words,
                        "function": voter.function,
                        "link": address.replace(MARK, link.token),
                    },
                )
                yield Letter(
                    key=f"{ASKED.name}:{voter.pk}",
                    to=voter.person.email,
                    subject=wording.subject,
                    body=wording.body,
                    language=language,
                )


# --- what waits ----------------------------------------------------------------------------------


def polls_waiting(municipality: Municipality, standing: Standing) -> list[PollVoter]:
    """Polls in which one's own answer is missing (*Heute*): one query."""
    if standing.person is None or not sees_all(municipality, standing):
        return []
    rows = PollVoter.objects.filter(
        person=standing.person,
        answered_at=None,
        poll__state=PollState.OPEN,
        poll__process__municipality=municipality,
        poll__closes_on__gte=localdate(standing.at),
    )
    return list(rows.select_related("poll__body").order_by("poll__closes_on", "pk"))


def polls_to_decide(municipality: Municipality, *, day: date) -> QuerySet[DatePoll]:
    """Polls that everybody has answered, or whose time is over (*Heute* of the coordination)."""
    rows = DatePoll.objects.filter(process__municipality=municipality, state=PollState.OPEN)
    rows = rows.annotate(missing=Count("voters", filter=Q(voters__answered_at=None)))
    return (
        rows.filter(Q(missing=0) | Q(closes_on__lt=day))
        .select_related("body")
        .order_by("closes_on", "pk")
    )
