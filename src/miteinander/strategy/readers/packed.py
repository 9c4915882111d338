"""Opening what was sent: what it is by its first bytes, and no more of it than can be held.

Whatever is refused is refused as :class:`Invalid` on the field ``file``, with what to do. Macros
are never looked at. XML with a document type is refused (entities can be made to explode), and
bytes are counted while they are unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import Any, Literal
from xml.parsers import expat
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid, filled

MOST_BYTES = 10_000_000
MOST_UNPACKED = 80_000_000
"""Bytes of all parts that are read; 300 pages have about 10 million."""
MOST_DEEP = 400
AT_ONCE = 1 << 18

Kind = Literal["docx", "odt", "sheet"]
Attributes = dict[str, str]
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, EOFError,
          RuntimeError, OverflowError)  # fmt: skip
"""How a packed file says that it is none, or no whole one."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def kind_of(data: bytes) -> Kind:
    """What was sent; refused where it is nothing that can hold a concept."""
    if not data.strip():
        raise refused(_("The file is empty. Please choose it again."))
    if len(data) > MOST_BYTES:
        raise refused(
            _(
                "The file is larger than %(most)s MB. Please delete its pictures (in Word: save a "
                "copy without them), or divide it, and send it again."
            ),
            most=MOST_BYTES // 1_000_000,
        )
    if data.startswith(_OLE):
        raise _old_office(data)
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise refused(
            _(
                "This is a PDF, whatever its name says; headings and tables cannot be told from "
                "it. Please ask for the Word or LibreOffice file it was made from."
            )
        )
    if data.lstrip()[:5].lower() in (b"{\\rtf", b"<html", b"<!doc"):
        raise refused(
            _(
                "This is not a Word, LibreOffice or Excel file, whatever its name says. Please "
                "open it, choose “Save as”, type DOCX, and send that."
            )
        )
    if not data.startswith(b"PK"):
        return "sheet"  # a table as CSV, or nothing: its reader says so
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            return _kind_of_package(packed)
    except BROKEN as problem:
        raise damaged() from problem


def _kind_of_package(packed: ZipFile) -> Kind:
    names = set(packed.namelist())
    if any(part.flag_bits & 0x1 for part in packed.infolist()):
        raise protected()
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        if _is_encrypted(packed):
            raise protected()
        mimetype = packed.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
        if mimetype.startswith(_SPREADSHEET):
            raise refused(
                _(
                    "This is an OpenDocument spreadsheet (ODS). Please open it, choose “Save as”, "
                    "type XLSX, and send that."
                )
            )
        return "odt"
    if "[Content_Types].xml" not in names:
        raise refused(
            _("This is a packed file without a document in it. Please send the document itself.")
        )
    main = main_part(packed)
    if main.startswith("xl/"):
        return "sheet"
    if main.startswith("word/") and main in names:
        return "docx"
    if main.startswith("ppt/"):
        raise refused(
            _(
                "These are slides. Please copy fields, goals and measures into a text or a table "
                "and send that."
            )
        )
    raise damaged()


def _is_encrypted(packed: ZipFile) -> bool:
    found = False

    def start(tag: str, _attributes: Attributes) -> None:
        nonlocal found
        found = found or tag == "encryption-data"

    Parts(packed).parse("META-INF/manifest.xml", start)
    return found


def main_part(packed: ZipFile) -> str:
    """Where the text of an Office file lies; its own package says so."""
    found: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    Parts(packed).parse("_rels/.rels", start)
    return found[0] if found else "word/document.xml"


class Parts:
    """The parts of one package, run through as a stream; together they have a limit."""

    def __init__(self, packed: ZipFile) -> None:
        self.packed = packed
        self.names = frozenset(packed.namelist())
        self.taken = 0

    def related(self, path: str) -> dict[str, str]:
        """The parts that a part refers to, by what they are, such as “styles” or “footnotes”."""
        folder, _slash, name = path.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        found: dict[str, str] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                at = target[1:] if target.startswith("/") else normpath(join(dirname(path), target))
                found.setdefault(attributes.get("Type", "").rsplit("/", 1)[-1], at)

        if rels in self.names:
            self.parse(rels, start)
        return found

    def parse(
        self,
        path: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        report: Callable[[float], None] | None = None,
    ) -> None:
        """Run through one part; tags and attributes come without their namespaces."""
        names: dict[str, str] = {}
        depth = 0

        def started(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MOST_DEEP:
                raise damaged()
            short = names.get(name)
            if short is None:
                short = names[name] = name.rsplit(" ", 1)[-1]
            if attributes:
                attributes = {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()}
            start(short, attributes)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(names[name])

        def no_declarations(*_declared: Any) -> None:
            raise damaged()  # no office program writes any

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = no_declarations
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        if text is not None:
            parser.CharacterDataHandler = text
        size = max(self.packed.getinfo(path).file_size, 1)
        here = 0
        with self.packed.open(path) as part:
            while piece := part.read(AT_ONCE):
                here += len(piece)
                self.taken += len(piece)
                if self.taken > MOST_UNPACKED:
                    raise too_large_inside()
                parser.Parse(piece, False)  # noqa: FBT003 -- expat takes no name
                if report is not None:
                    report(here / size)
            parser.Parse(b"", True)  # noqa: FBT003 -- as above


def _old_office(data: bytes) -> Invalid:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return protected()
    return refused(
        _(
            "This is a file of an old Office (DOC or XLS), whatever its name says. Please open it, "
            "choose “Save as”, type DOCX or XLSX, and send that."
        )
    )


def refused(sentence: Any, **words: object) -> Invalid:
    return Invalid({"file": filled(sentence, **words) if words else sentence})


def protected() -> Invalid:
    return refused(
        _("The file is protected with a password. Please save it without one and send it again.")
    )


def damaged() -> Invalid:
    return refused(
        _(
            "The file is damaged or incomplete. Please open it in the program it was written with, "
            "save it again as DOCX, ODT or XLSX, and send it once more."
        )
    )


def too_large_inside() -> Invalid:
    return refused(
        _(
            "Unpacked, this file is larger than %(most)s MB; it is not opened. Please copy what "
            "you need into a new file and send that."
        ),
        most=MOST_UNPACKED // 1_000_000,
    )
