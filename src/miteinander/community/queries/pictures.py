"""Pictures: who may see one follows from where it is shown."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.models import News
from miteinander.community.queries.news import has_appeared
from miteinander.core.models import Attachment, Municipality
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing


def pictures_of(municipality: Municipality) -> QuerySet[Attachment]:
    """The town's pictures, the newest first, without their bytes (for its members)."""
    found = Attachment.objects.filter(municipality=municipality, width__isnull=False)
    return found.order_by("-created_at", "-pk")


def pictures_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Attachment]:
    """Members see all of their town's pictures, everybody else those that are shown somewhere."""
    found = pictures_of(municipality)
    if sees_all(municipality, standing):
        return found
    told = News.objects.filter(has_appeared(standing.at), picture=OuterRef("pk"))
    return found.filter(Q(pk=municipality.crest_id) | Exists(told))


def picture_at(
    municipality: Municipality, standing: Standing, identifier: str
) -> Attachment | None:
    """Return the picture behind an address, where this reader may see it: one query."""
    return pictures_visible_to(municipality, standing).filter(identifier=identifier).first()


def pictures_in_use(municipality: Municipality) -> set[int]:
    """Keys of the pictures that news or the town itself shows: these cannot be removed."""
    shown = News.objects.filter(municipality=municipality, picture__isnull=False)
    used = set(shown.values_list("picture_id", flat=True))
    return used | ({municipality.crest_id} if municipality.crest_id else set())
