"""Files for a meeting: papers that are to be read before."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.attachments import keep_file, plain_name, receive_picture
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.uploads import MOST_BYTES
from miteinander.process.models import Meeting, MeetingFile

if TYPE_CHECKING:
    from miteinander.core.models import Attachment
    from miteinander.core.standing import Standing

MOST_FILES = 20
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
PACKED = {
    ".docx": (f"{_OFFICE}wordprocessingml.document", "word/document.xml"),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
    ".pptx": (f"{_OFFICE}presentationml.presentation", "ppt/presentation.xml"),
    ".odt": (f"{_OPEN}text", "content.xml"),
    ".ods": (f"{_OPEN}spreadsheet", "content.xml"),
    ".odp": (f"{_OPEN}presentation", "content.xml"),
}
"""Office files are packed folders: by their ending, what they are and what has to lie in them."""
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"}


@transaction.atomic
def add_file(
    meeting: Meeting,
    data: bytes,
    *,
    name: str,
    by: Standing,
    at: datetime,
    title: str = "",
    is_public: bool = False,
    alternative_text: str = "",
) -> MeetingFile:
    """Add a PDF, an office file or a picture; what it is, is read from the bytes themselves.

    The same file twice changes nothing the second time.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.files.count() >= MOST_FILES:
        raise Closed(
            _("This meeting has twenty files already."),
            do=_("Remove one first, or put several into one."),
        )
    kept = _kept(meeting, data, name=name, alternative_text=alternative_text, at=at)
    same = meeting.files.filter(attachment__digest=kept.digest).first()
    if same is not None:
        kept.delete()
        return same
    title = title.strip() or PurePosixPath(plain_name(name)).stem
    row = MeetingFile.objects.create(
        meeting=meeting, attachment=kept, title=title[:200], is_public=is_public
    )
    _remember("meeting.file_added", row, by=by, at=at)
    return row


@transaction.atomic
def show_file(row: MeetingFile, *, is_public: bool, by: Standing, at: datetime) -> MeetingFile:
    """Say whether everybody may load a file; it counts while the meeting is public."""
    row = MeetingFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.is_public != is_public:
        row.is_public = is_public
        row.save(update_fields=["is_public"])
        _remember("meeting.file_changed", row, by=by, at=at)
    return row


@transaction.atomic
def remove_file(row: MeetingFile, *, by: Standing, at: datetime) -> None:
    """Take a file away, with its bytes."""
    attachment = row.attachment
    _remember("meeting.file_removed", row, by=by, at=at)
    row.delete()
    attachment.renditions.all().delete()
    attachment.delete()


def media_type_of(data: bytes, name: str) -> str:
    """What a file is, from its bytes and its ending together; `Invalid` where they disagree.

    A picture gives "image": cleaning it finds out the rest.
    """
    ending = PurePosixPath(plain_name(name)).suffix.lower()
    if len(data) > MOST_BYTES:
        raise Invalid({"file": _("The file is larger than 10 MB.")})
    if not data:
        raise Invalid({"file": _("The file is empty.")})
    if ending in PICTURES:
        return "image"
    if ending == ".pdf":
        if not data[:1024].lstrip().startswith(b"%PDF-"):
            raise Invalid({"file": _("The name says PDF, but this is no PDF file.")})
        return PDF
    if ending in PACKED:
        media_type, inside = PACKED[ending]
        _look_inside(data, inside)
        return media_type
    raise Invalid(
        {
            "file": _(
                "Possible are PDF, Word, Excel, PowerPoint, OpenDocument, and pictures (JPEG, PNG, "
                "WebP, GIF, AVIF). Files with macros are not taken."
            )
        }
    )


def _look_inside(data: bytes, inside: str) -> None:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):  # as in `core.sheets`
        names = []
    if inside not in names:
        raise Invalid(
            {"file": _("The file is damaged, or it is something else than its name says.")}
        )
    if any("vbaproject" in name.lower() or name.startswith("Basic/") for name in names):
        raise Invalid(
            {"file": _("This file holds macros (small programs). Please save it without them.")}
        )


def _kept(
    meeting: Meeting, data: bytes, *, name: str, alternative_text: str, at: datetime
) -> Attachment:
    media_type = media_type_of(data, name)
    if media_type == "image":
        return receive_picture(
            meeting.municipality, data, name=name, alternative_text=alternative_text, at=at
        )
    return keep_file(meeting.municipality, data, name=name, media_type=media_type, at=at)


def _remember(kind: str, row: MeetingFile, *, by: Standing, at: datetime) -> None:
    record(kind, row.meeting.as_thing(), by=by, at=at, data={"file": row.title})
