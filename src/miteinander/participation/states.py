"""Stations of a contribution, and how it may end."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
