"""What kind of file it is, by its first bytes; its name is not asked."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from miteinander.core.sheets import text, xlsx
from miteinander.core.sheets.shapes import MOST_BYTES, Sheet, damaged, refused

LIGHT = 3_000_000
"""Unpacked bytes up to which a file is read at once; a heavier one is work for the worker."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, EOFError,
           RuntimeError)  # fmt: skip
"""How a packed file says that it is none, or no whole one; RuntimeError also for methods of
packing that nobody knows."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


def read_sheets(data: bytes) -> list[Sheet]:
    """Every table of a file, in its order, hidden ones too; at least one has a row."""
    if not data.strip():
        raise refused(_("The file is empty. Please choose it again."))
    if len(data) > MOST_BYTES:
        raise refused(
            _(
                "The file is larger than %(most)s MB. Please delete pictures and sheets that are "
                "not needed, or divide it, and send it again."
            ),
            most=MOST_BYTES // 1_000_000,
        )
    if data.startswith(b"PK"):
        try:
            sheets = _packed(data)
        except _BROKEN as problem:
            raise damaged() from problem
    else:
        _refuse_what_is_no_text(data)
        sheets = [text.read(data)]
    if not any(sheet.rows for sheet in sheets):
        raise refused(_("There is no table in this file: all its cells are empty."))
    return sheets


def is_light(data: bytes) -> bool:
    """Whether a file can be read while somebody waits."""
    if not data.startswith(b"PK"):
        return len(data) <= LIGHT // 10
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist()) <= LIGHT
    except (zipfile.BadZipFile, ValueError):
        return True  # it will be refused, and quickly


def _packed(data: bytes) -> list[Sheet]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        if "mimetype" in names or "content.xml" in names:
            raise refused(
                _(
                    "This is an OpenDocument file (ODS), whatever its name says. Please open it, "
                    "choose “Save as”, type XLSX, and send that."
                )
            )
        if "xl/workbook.bin" in names:
            raise refused(
                _(
                    "This is a binary workbook (XLSB). Please open it, choose “Save as”, type "
                    "XLSX, and send that."
                )
            )
        if "word/document.xml" in names or "ppt/presentation.xml" in names:
            raise refused(
                _(
                    "This is a text or a presentation, not a table. Please copy the table into a "
                    "spreadsheet and send that as XLSX."
                )
            )
        if "[Content_Types].xml" not in names:
            raise refused(
                _("This is a packed file without a table in it. Please send the XLSX itself.")
            )
        return xlsx.read(packed)


def _refuse_what_is_no_text(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refused(
                _(
                    "The file is protected with a password. Please save it without one and send "
                    "it again."
                )
            )
        raise refused(
            _(
                "This is an old Excel file (XLS), whatever its name says. Please open it, choose "
                "“Save as”, type XLSX, and send that."
            )
        )
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"%pdf"):
        raise refused(
            _(
                "This is a PDF, whatever its name says; its table cannot be read. Please ask for "
                "the table it was made from, or copy the rows into a spreadsheet."
            )
        )
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"mime-version")):
        raise refused(
            _(
                "This is a web page with the name of a table. Please open it in your spreadsheet "
                "program, choose “Save as”, type XLSX, and send that."
            )
        )
    if data.startswith(_PICTURES):
        raise refused(
            _("This is a picture of a table. Please send the table itself as XLSX or CSV.")
        )
