"""Stations of a review round, an objection and a version."""

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
