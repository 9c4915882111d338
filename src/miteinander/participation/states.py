"""Stations of a contribution, and how it may end."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallMethod(TextChoices):
    """How a call is answered; moderation, translation, export and answers are the same for all."""

    IDEAS = "ideas", _("ideas")
    CARDS = "cards", _("cards from a wall")
    STATEMENTS = "statements", _("statements")
    SURVEY = "survey", _("survey")
    REVIEW = "review", _("comments on a draft")
    LIVE = "live", _("questions from the room")


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
    "published": frozenset({"refused", "withdrawn"}),
    "internal": frozenset({"withdrawn"}),
    "refused": frozenset({"published", "withdrawn"}),
    "withdrawn": frozenset(),
}
COUNTED = (ContributionState.PUBLISHED, ContributionState.INTERNAL)
"""States in which a contribution is worked with and must be answered."""


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
    SENT = "sent", _("sent")


class ResultsShown(TextChoices):
    """When everybody may see how a survey was answered."""

    CLOSED = "closed", _("after it has closed")
    OPEN = "open", _("already while it is open")
    NEVER = "never", _("only the office sees them")
