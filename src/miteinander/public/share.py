"""What a page says of itself to others: its description, and the picture beside a shared link."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.public.thread import KINDS
from miteinander.ui.share import SharePicture

if TYPE_CHECKING:
    from miteinander.core.models import Municipality, Thing

LONGEST = 180
"""Characters of a description; what is longer others cut by themselves, in the middle of a word."""
TOWN = "stadt"
"""In the address of the picture for pages that are about no one thing."""


def picture_of(thing: Thing | None, town: Municipality) -> SharePicture:
    """What is drawn for a thing, localised before, or for the town."""
    brand = _("Miteinander in %(town)s") % {"town": town.name.split(" (")[0]}
    frame: dict[str, Any] = {"accent": town.accent, "crest": str(town.crest_id or "")}
    if thing is None:
        claim = _("Integration concept of %(town)s") % {"town": town.name}
        return SharePicture(claim, "", brand, **frame)
    label = f"{KINDS.get(thing.kind, '')} {thing.number}".strip()
    if thing.is_example:
        label = f"{label} · {_('Example')}"
    return SharePicture(_localised(thing, "title"), label, brand, **frame)


def picture_path(thing: Thing | None, town: Municipality, language: str) -> str:
    name = thing.identifier if thing else TOWN
    return reverse("share_picture", args=[language, name, picture_of(thing, town).digest])


def description_of(thing: Thing) -> str:
    """The beginning of a thing's first text in the page's language, in one line."""
    for field in thing.TRANSLATABLE:
        if field != "title" and field not in thing.get_deferred_fields():
            words = _localised(thing, field)
            if words.strip():
                return textwrap.shorten(words, LONGEST, placeholder=" …")
    return ""


def _localised(thing: Thing, field: str) -> str:
    found = getattr(thing, "localised", {}).get(field)
    return str(found.text if found else getattr(thing, field))
