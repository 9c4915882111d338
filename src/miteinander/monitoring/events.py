"""What the memory keeps of the implementation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

REPORT_MADE = EventKind(
    "report.made", _("%(function)s reported how “%(measure)s” stands."), public=True
)
REPORT_REQUESTED = EventKind("report.requested", _("%(lead)s was asked how “%(title)s” stands."))
