"""Stations of a review round, an objection, a version and a ballot."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Choice(TextChoices):
    AGREE = "agree", _("agree")
    OBJECT = "object", _("object")


class ObjectionState(TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CARRIED = "carried", _("carried along as a minority opinion")


class VersionState(TextChoices):
    FROZEN = "frozen", _("frozen")
    ADOPTED = "adopted", _("adopted")


class Method(TextChoices):
    """How a ballot asks and counts."""

    CONSENT = "consent", _("Consent round")
    CONSENSING = "consensing", _("Systemic consensing")
    DOTS = "dots", _("Dot voting")
    CRITERIA = "criteria", _("Several criteria")
    BALANCED = "balanced", _("Balanced choice under money or staff")


class BallotState(TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open for voting")
    CLOSED = "closed", _("counted")


class TieRule(TextChoices):
    """What decides between equals; stated before anybody votes."""

    BODY = "body", _("Nothing: the body decides in its next meeting")
    ORDER = "order", _("What stands first on the paper")
    CHEAPER = "cheaper", _("What costs less, then what stands first on the paper")


class Answer(TextChoices):
    """What a consent round can be answered with, in the words of the analysis."""

    AGREE = "agree", _("agree")
    RESERVATIONS = "reservations", _("agree with concern")
    ABSTAIN = "abstain", _("abstain")
    OBJECT = "object", _("object")


class Outcome(TextChoices):
    """What came out of a ballot."""

    DECIDED = "decided", _("decided")
    TIED = "tied", _("tied")
    NOT_DECIDED = "not_decided", _("not decided")
    NO_QUORUM = "no_quorum", _("too few voices")
    NOBODY = "nobody", _("nobody has voted")


MOST_OPTIONS = 40
MOST_CRITERIA = 8
HIGHEST_MARK = 10
"""Of resistance, and of a rating by a criterion."""
LONGEST_REASON = 2000
"""Characters, typed or on paper."""
FEWEST_SECRET = 5
"""So many seats, and so many papers, keep a secret: the threshold of the analysis."""
