"""Office files and e-books are zip archives: the same content is the same file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NOTHING: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})


def packed(parts: Mapping[str, bytes], *, first: str) -> bytes:
    """Pack in one order, with one date, for one system; `first` leads.

    ODF and EPUB want their type first and uncompressed, so that it can be read from outside.
    """
    kept = BytesIO()
    with ZipFile(kept, "w") as new:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = ZipInfo(name)  # 1 January 1980, the beginning of time for archives
            entry.create_system = 0
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            new.writestr(entry, parts[name])
    return kept.getvalue()


def repacked(
    content: bytes, *, first: str, change: Mapping[str, Callable[[bytes], bytes]] = NOTHING
) -> bytes:
    """Pack an archive again, in this order and with some parts changed."""
    with ZipFile(BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist() if not name.endswith("/")}
    changed = {name: change[name](part) if name in change else part for name, part in parts.items()}
    return packed(changed, first=first)
