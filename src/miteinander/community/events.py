"""What is remembered of the community. People stand in the personal detail only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from miteinander.core.events.kinds import EventKind

MUNICIPALITY_FOUNDED = EventKind(
    "municipality.founded", _("%(name)s uses Miteinander from now on.")
)
# No news, but name, colour and crest stand on every page.
MUNICIPALITY_CHANGED = EventKind(
    "municipality.changed", _("The details of %(name)s were changed."), seen=True
)
CREST_CHANGED = EventKind("municipality.crest", _("%(name)s changed its crest."), seen=True)
COORDINATOR_APPOINTED = EventKind("coordinator.appointed", _("A coordination was appointed."))

PERSPECTIVE_NAMED = EventKind(
    "perspective.named",
    _("“%(title)s” was named as a perspective that must be heard."),
    public=True,
)
PERSPECTIVE_CHANGED = EventKind(
    "perspective.changed", _("The perspective “%(title)s” was changed."), seen=True
)
PERSPECTIVE_RETIRED = EventKind(
    "perspective.retired", _("The perspective “%(title)s” is no longer used."), public=True
)
PERSPECTIVE_TAKEN_UP = EventKind(
    "perspective.taken_up", _("The perspective “%(title)s” is used again."), public=True
)
ORGANISATION_REGISTERED = EventKind(
    "organisation.registered", _("%(title)s takes part."), public=True
)
ORGANISATION_CHANGED = EventKind(
    "organisation.changed", _("The details of %(title)s were changed."), public=True
)
ORGANISATION_ENDED = EventKind(
    "organisation.ended", _("%(title)s does not exist any more."), public=True
)
ORGANISATION_RESUMED = EventKind(
    "organisation.resumed", _("%(title)s is there again."), public=True
)
OFFER_MADE = EventKind("offer.made", _("“%(title)s” is a new offer."), public=True)
OFFER_CHANGED = EventKind("offer.changed", _("The offer “%(title)s” was changed."), public=True)
OFFER_ENDED = EventKind("offer.ended", _("The offer “%(title)s” has ended."), public=True)
OFFER_RESUMED = EventKind("offer.resumed", _("The offer “%(title)s” is there again."), public=True)
OFFERS_READ = EventKind(
    "offers.read", _("Offers were read from a file: %(made)s new, %(changed)s changed.")
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
# No news of anybody, but lists and figures of the open site change.
REGISTER_IMPORTED = EventKind(
    "register.imported",
    _(
        "A list was taken over into the register: %(people)s people, %(organisations)s "
        "organisations, %(bodies)s bodies, %(seats)s seats; %(changed)s entries changed."
    ),
    seen=True,
)
PERSON_INVITED = EventKind("person.invited", _("A person was invited to sign in: %(person)s."))

CONSENT_GIVEN = EventKind(
    "consent.given", _("Somebody agreed to be kept in the register: %(person)s.")
)
CONSENT_WITHDRAWN = EventKind("consent.withdrawn", _("A consent was withdrawn: %(person)s."))
CHARACTERISTICS_CHOSEN = EventKind(
    "characteristics.chosen",
    _("It was decided what people may say of themselves, if they want to."),
)

TARGETS_SET = EventKind("targets.set", _("It was decided who should be at the table: %(what)s."))
TARGETS_DROPPED = EventKind("targets.dropped", _("A target was dropped: %(what)s."))

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
SEAT_HANDED_OVER = EventKind(
    "seat.handed_over", _("A seat in “%(title)s” was handed on: %(seat)s."), public=True
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


def keep_texts(personal: Mapping[str, Any]) -> dict[str, Any]:
    """The town's own words stay when somebody's traces are erased; who wrote them goes."""
    return {name: personal[name] for name in ("before",) if name in personal}


NEWS_WRITTEN = EventKind("news.written", _("News was drafted: “%(title)s”."))
NEWS_EDITED = EventKind("news.edited", _("“%(title)s” was edited."), public=True, eraser=keep_texts)
NEWS_RESTORED = EventKind(
    "news.restored", _("“%(title)s” got an earlier text back."), public=True, eraser=keep_texts
)
NEWS_PICTURED = EventKind("news.pictured", _("“%(title)s” has another picture."), public=True)
NEWS_SCHEDULED = EventKind("news.scheduled", _("“%(title)s” appears later, at a set moment."))
NEWS_PUBLISHED = EventKind("news.published", _("News: “%(title)s”."), public=True)
NEWS_TAKEN_BACK = EventKind("news.taken_back", _("“%(title)s” was taken back."))
NEWS_RETIRED = EventKind("news.retired", _("“%(title)s” is no longer current."), public=True)

PAGE_WRITTEN = EventKind("page.written", _("A page was drafted: “%(title)s”."))
PAGE_EDITED = EventKind(
    "page.edited", _("The page “%(title)s” was edited."), public=True, eraser=keep_texts
)
PAGE_RESTORED = EventKind(
    "page.restored",
    _("The page “%(title)s” got an earlier text back."),
    public=True,
    eraser=keep_texts,
)
PAGE_PUBLISHED = EventKind("page.published", _("The page “%(title)s” is open."), public=True)
PAGE_TAKEN_BACK = EventKind("page.taken_back", _("The page “%(title)s” was taken back."))

PICTURE_RECEIVED = EventKind("picture.received", _("A picture was added: %(name)s."))
PICTURE_DESCRIBED = EventKind(
    "picture.described", _("The alternative text of a picture was changed: %(name)s."), public=True
)
PICTURE_REMOVED = EventKind("picture.removed", _("A picture was removed: %(name)s."))

MAIL_TEXT_WRITTEN = EventKind(
    "mailtext.written", _("The town uses its own words for a mail: %(mail)s (%(language)s).")
)
MAIL_TEXT_DROPPED = EventKind(
    "mailtext.dropped", _("A mail uses our words again: %(mail)s (%(language)s).")
)
