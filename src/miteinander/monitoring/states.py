"""The traffic light, and the state that silence is."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Light(TextChoices):
    """What the lead may report (Ampel)."""

    NOT_STARTED = "not_started", _("not started yet")
    ON_TIME = "on_time", _("on time")
    AT_RISK = "at_risk", _("at risk")
    STUCK = "stuck", _("stuck")
    DONE = "done", _("done")


UNKNOWN = "unknown"
"""Nobody reported within the limit: a visible state, never stored and never chosen."""
