"""Files of meetings, and who may load them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miteinander.core.sight import sees_all
from miteinander.process.models import Meeting, MeetingFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing


def files_of_meeting(meeting: Meeting, standing: Standing) -> list[MeetingFile]:
    """All files to members; to everybody those marked so, of a public meeting: one query."""
    rows = MeetingFile.objects.filter(meeting=meeting).select_related("attachment")
    if not sees_all(meeting.municipality, standing):
        if not meeting.is_public:
            return []
        rows = rows.filter(is_public=True)
    return list(rows.defer("attachment__content").order_by("pk"))


def files_in(municipality: Municipality) -> QuerySet[MeetingFile]:
    """Files of the municipality's meetings (a file is looked up by its number through these)."""
    return (
        MeetingFile.objects.filter(meeting__municipality=municipality)
        .select_related("attachment", "meeting__municipality")
        .defer("attachment__content")
    )


def file_at(municipality: Municipality, standing: Standing, identifier: str) -> MeetingFile | None:
    """The file under an address, where this reader may load it."""
    rows = files_in(municipality).filter(attachment__identifier=identifier)
    if not sees_all(municipality, standing):
        rows = rows.filter(is_public=True, meeting__is_public=True)
    return rows.first()
