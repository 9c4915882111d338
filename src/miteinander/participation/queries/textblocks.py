"""Text blocks: the town's own wordings for answers, and what is filled into them."""

from __future__ import annotations

from django.db.models import QuerySet

from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.participation.models import TextBlock

PLACES: dict[str, tuple[str, ...]] = {
    "theme": ("[Thema]", "[theme]"),
    "call": ("[Aufruf]", "[call]"),
}
"""What may stand in a block, as it is written; replaced as it stands, never formatted."""


def text_blocks_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[TextBlock]:
    """Blocks in use, by name. The twin of ``participation.keep_text_blocks``."""
    if standing.municipality != municipality.pk or not standing.is_coordinator:
        return TextBlock.objects.none()
    found = TextBlock.objects.filter(municipality=municipality, retired_on=None)
    return found.order_by("title", "pk")


def filled_block(text: str, **words: str) -> str:
    """A block with what is known put in; what is not known stays as it is written."""
    for name, word in words.items():
        for place in PLACES[name] if word else ():
            text = text.replace(place, word)
    return text


def unfilled_in(text: str) -> list[str]:
    """Places that nobody has filled: such a text is not ready to be read."""
    return [place for places in PLACES.values() for place in places if place in text]
