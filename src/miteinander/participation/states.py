"""Stations of a contribution, and how it may end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise


class CallMethod(TextChoices):
    """How a call is answered; moderation, translation, export and answers are the same for all."""

    IDEAS = "ideas", _("ideas")
    CARDS = "cards", _("cards from a wall")
    STATEMENTS = "statements", _("statements")
    SURVEY = "survey", _("survey")
    REVIEW = "review", _("comments on a draft")
    LIVE = "live", _("questions from the room")


METHOD_FOR: dict[CallMethod, _StrPromise] = {
    CallMethod.IDEAS: _("Everybody says in their own words what is missing or what could be done."),
    CallMethod.CARDS: _(
        "Groups wrote on cards at a wall; you enter them, by hand or from a table."
    ),
    CallMethod.STATEMENTS: _(
        "Many agree or disagree with short sentences; a map shows the groups."
    ),
    CallMethod.SURVEY: _("You know what to ask and want to compare the answers: scales, choices."),
    CallMethod.REVIEW: _("A draft is there, and people say paragraph by paragraph what to change."),
    CallMethod.LIVE: _("In a meeting: questions from the room, the most wanted ones on top."),
}
"""When each method is the right one: a sentence for whoever chooses."""


class Audience(TextChoices):
    """To whom a call is put."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members")
    BODY = "body", _("one body")
    CODE = "code", _("whoever has the code")


class Allowed(TextChoices):
    """What a call allows besides its answers; which of it makes sense hangs on the method."""

    SUPPORT = "support", _("support for what others say")
    COMMENTS = "comments", _("comments on what others say")
    PICTURE = "picture", _("a picture")
    PLACE = "place", _("a place")
    PROPOSALS = "proposals", _("further statements")


AUDIENCE_FOR: dict[Audience, _StrPromise] = {
    Audience.PUBLIC: _("It stands on the open site, and what is said appears there."),
    Audience.MEMBERS: _("Only those with an account of this town see it."),
    Audience.BODY: _("Only those who have a seat in it see it, and the coordination."),
    Audience.CODE: _("Only those who type the code or scan it. You get it to print."),
}

SENSIBLE: dict[CallMethod, frozenset[Allowed]] = {
    CallMethod.IDEAS: frozenset(
        {Allowed.SUPPORT, Allowed.COMMENTS, Allowed.PICTURE, Allowed.PLACE}
    ),
    CallMethod.CARDS: frozenset({Allowed.SUPPORT, Allowed.COMMENTS}),
    CallMethod.STATEMENTS: frozenset({Allowed.PROPOSALS}),
    CallMethod.SURVEY: frozenset(),
    CallMethod.REVIEW: frozenset({Allowed.SUPPORT, Allowed.COMMENTS}),
    CallMethod.LIVE: frozenset({Allowed.SUPPORT}),
}
"""What makes sense with each method; anything else that is ticked is left out."""
NOT_PROTECTED = frozenset({Allowed.PICTURE, Allowed.PLACE})
"""More than a text: not in protected mode, where only the text is kept."""


def sensible(method: str, allows: Iterable[str], *, is_protected: bool) -> list[str]:
    """What a call of this method really allows of what was ticked.

    >>> sensible("statements", ["support", "proposals"], is_protected=False)
    ['proposals']
    """
    possible = SENSIBLE[CallMethod(method)] - (NOT_PROTECTED if is_protected else frozenset())
    ticked = set(allows)
    return sorted(str(each) for each in possible if each in ticked)


class Channel(TextChoices):
    ONLINE = "online", _("online")
    CARD = "card", _("card in a meeting")
    MEETING = "meeting", _("said in a meeting")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by phone")


class ContributionState(TextChoices):
    SUBMITTED = "submitted", _("waiting to be read")
    PUBLISHED = "published", _("published")
    INTERNAL = "internal", _("for the office only")
    REFUSED = "refused", _("not published")
    WITHDRAWN = "withdrawn", _("withdrawn")


ROADS: dict[str, frozenset[str]] = {
    "submitted": frozenset({"published", "internal", "refused", "withdrawn"}),
    "published": frozenset({"submitted", "refused", "withdrawn"}),
    "internal": frozenset({"submitted", "withdrawn"}),
    "refused": frozenset({"submitted", "published", "withdrawn"}),
    "withdrawn": frozenset(),
}
COUNTED = (ContributionState.PUBLISHED, ContributionState.INTERNAL)
"""States in which a contribution is worked with and must be answered."""


class QuestionState(TextChoices):
    """Where a question from the room stands; before that it waits."""

    CURRENT = "current", _("being answered now")
    DONE = "done", _("answered in the room")


class Outcome(TextChoices):
    TAKEN_UP = "taken_up", _("taken up")
    MERGED = "merged", _("merged")
    PARTLY = "partly", _("partly taken up")
    NOT_TAKEN_UP = "not_taken_up", _("not taken up")
    ELSEWHERE = "elsewhere", _("somebody else's business")


class QuestionKind(TextChoices):
    """How a question of a survey is answered."""

    SINGLE = "single", _("one of several")
    MULTIPLE = "multiple", _("several of several")
    SCALE = "scale", _("scale")
    MATRIX = "matrix", _("several lines, the same answers for each")
    TEXT = "text", _("in one's own words")
    RANKING = "ranking", _("an order")


CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE)
"""Kinds on whose answers further questions may hang."""


class ResponseState(TextChoices):
    DRAFT = "draft", _("begun")
    SENT = "sent", _("sent in")


class ResultsShown(TextChoices):
    """When everybody may see how a survey was answered."""

    CLOSED = "closed", _("after it has closed")
    OPEN = "open", _("already while it is open")
    NEVER = "never", _("only the office sees them")


class StatementState(TextChoices):
    OPEN = "open", _("up for a vote")
    WITHDRAWN = "withdrawn", _("taken out")


class Stance(IntegerChoices):
    """What somebody says to a statement; not having seen it is no stance and is not stored."""

    AGREE = 1, _("I agree")
    DISAGREE = -1, _("I disagree")
    PASS = 0, _("Pass")
