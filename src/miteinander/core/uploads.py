"""Receiving files: no request can fill the memory or the disk with them.

Django takes files of any length and puts long ones into the system's temporary folder. We keep
them in memory, and of all files of one request together not more than the limit: what goes
beyond is counted and dropped. The file then says how large it was, and the form refuses it with
a sentence, instead of breaking the connection.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 10_000_000
"""For all files of one request."""


class AtMostTheLimit(FileUploadHandler):
    """Named by the setting FILE_UPLOAD_HANDLERS; one for each request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = MOST_BYTES
        self.kept = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        taken = raw_data[: self.room]
        self.room -= len(taken)
        self.kept.write(taken)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def bytes_of(upload: Any) -> bytes:
    """What was received; longer than the limit (by one byte) where the file did not fit."""
    data = bytes(upload.read())
    return data if len(data) == upload.size else data.ljust(MOST_BYTES + 1, b"\0")
