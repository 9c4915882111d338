"""What is remembered of the community. People stand in the personal detail only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

MUNICIPALITY_FOUNDED = EventKind(
    "municipality.founded", _("%(name)s uses Miteinander from now on.")
)
MUNICIPALITY_CHANGED = EventKind(
    "municipality.changed", _("The details of %(name)s were changed."), seen=True
)
COORDINATOR_APPOINTED = EventKind("coordinator.appointed", _("A coordination was appointed."))

PERSPECTIVE_NAMED = EventKind(
    "perspective.named",
    _("“%(title)s” was named as a perspective that must be heard."),
    public=True,
)
PERSPECTIVE_CHANGED = EventKind(
    "perspective.changed", _("The perspective “%(title)s” was changed.", seen=True)
)
ORGANISATION_REGISTERED = EventKind(
    "organisation.registered", _("%(title)s takes part."), public=True
)
ORGANISATION_CHANGED = EventKind(
    "organisation.changed", _("The details of %(title)s were changed."), public=True
)
OFFICE_REGISTERED = EventKind(
    "office.registered", _("%(title)s can be reached as an office."), public=True
)
OFFICE_CHANGED = EventKind(
    "office.changed", _("Address or opening hours of %(title)s were changed."), public=True
)

PERSON_REGISTERED = EventKind("person.registered", _("A person was entered: %(person)s."))
PERSON_CHANGED = EventKind("person.changed", _("The details of a person were changed: %(person)s."))
PERSON_FORGOTTEN = EventKind(
    "person.forgotten", _("What was known about a person was erased: %(person)s.")
)
PERSON_INVITED = EventKind("person.invited", _("A person was invited to sign in: %(person)s."))

BODY_FORMED = EventKind("body.formed", _("The body “%(title)s” was formed."), public=True)
BODY_CHANGED = EventKind("body.changed", _("The body “%(title)s” was changed."), public=True)
SEAT_CREATED = EventKind("seat.created", _("“%(title)s” has a new seat: %(seat)s."), public=True)
SEAT_CHANGED = EventKind(
    "seat.changed", _("A seat in “%(title)s” was changed: %(seat)s."), public=True
)
SEAT_FILLED = EventKind(
    "seat.filled", _("A seat in “%(title)s” was filled: %(seat)s."), public=True
)
SEAT_EMPTIED = EventKind(
    "seat.emptied", _("A seat in “%(title)s” is vacant: %(seat)s."), public=True
)
ABSENCE_NOTED = EventKind(
    "seat.absence_noted", _("The deputy speaks in “%(title)s” for a time: %(seat)s.")
)
ABSENCE_ENDED = EventKind(
    "seat.absence_ended", _("The holder of a seat in “%(title)s” is back: %(seat)s.")
)

TRANSLATED = EventKind(
    "thing.translated",
    _("“%(title)s” can be read in a further language: %(language)s."),
    public=True,
)
