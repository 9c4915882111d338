"""Office files are zip archives: written so that the same content is the same file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NOTHING: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})


def repacked(
    content: bytes, *, first: str, change: Mapping[str, Callable[[bytes], bytes]] = NOTHING
) -> bytes:
    """Pack again: one order, one date, one system; `first` leads (ODF wants it uncompressed)."""
    with ZipFile(BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist() if not name.endswith("/")}
    kept = BytesIO()
    with ZipFile(kept, "w") as new:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = ZipInfo(name)  # 1 January 1980, the beginning of time for archives
            entry.create_system = 0
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            new.writestr(entry, change[name](parts[name]) if name in change else parts[name])
    return kept.getvalue()
