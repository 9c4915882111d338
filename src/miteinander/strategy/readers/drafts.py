"""A whole file: what it is, what stands in it, and how that was understood."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from miteinander.core.sheets import read_sheets
from miteinander.strategy.readers.blocks import Place, Script
from miteinander.strategy.readers.docx import read_docx
from miteinander.strategy.readers.entries import Collector, Entry, Labels
from miteinander.strategy.readers.grids import read_sheet
from miteinander.strategy.readers.labels import key_of
from miteinander.strategy.readers.odt import read_odt
from miteinander.strategy.readers.outline import Outline, outline_of
from miteinander.strategy.readers.packed import BROKEN, Kind, damaged, kind_of, refused
from miteinander.strategy.readers.walking import Walk

LIGHT = 2_000_000
"""Unpacked bytes up to which a file is read while somebody waits."""
MOST_ENTRIES = 5_000


@dataclass(slots=True)
class Draft:
    """What a file was understood as; nothing of it is written."""

    kind: Kind
    entries: list[Entry] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    levels: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    aside: dict[str, int] = field(default_factory=dict)


def is_light(data: bytes) -> bool:
    """Whether a file can be read while somebody waits."""
    if not data.startswith(b"PK"):
        return len(data) <= LIGHT // 10
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist()) <= LIGHT
    except BROKEN:
        return True  # it will be refused, and quickly


def script_of(data: bytes, report: Callable[[float], None] = lambda _share: None) -> Script:
    """The paragraphs and tables of a DOCX or ODT."""
    read = {"docx": read_docx, "odt": read_odt}[kind_of(data)]
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            return read(packed, report)
    except BROKEN as problem:
        raise damaged() from problem


def read_concept(
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    report: Callable[[int], None] = lambda _percent: None,
) -> Draft:
    """Read a file and understand it; `mapping` says what levels and labels mean, else guessed."""
    chosen = {key if is_level(key) else key_of(key): role for key, role in (mapping or {}).items()}
    kind = kind_of(data)
    labels = Labels(chosen={k: v for k, v in chosen.items() if not is_level(k)})
    draft = Draft(kind)
    if kind == "sheet":
        kept = _sheets(data, labels)
        if data.startswith(b"PK"):
            with ZipFile(io.BytesIO(data)) as packed:
                draft.aside = {"macros": 1} if "xl/vbaProject.bin" in packed.namelist() else {}
    else:
        script = script_of(data, lambda share: report(int(70 * share)))
        if not script.blocks:
            raise refused(_("There is no text in this file."))
        outline = outline_of(script.blocks, {k: v for k, v in chosen.items() if is_level(k)})
        report(80)
        kept = Walk(script, outline, labels).through()
        draft.levels = [level.as_json() for level in outline.levels.values()]
        draft.aside = dict(script.aside)
        _let_go(kept, outline)
    draft.entries = in_order(kept)
    draft.remarks = kept.remarks
    draft.labels = sorted(labels.seen.values(), key=lambda row: (not row["role"], -row["count"]))
    report(90)
    if len(draft.entries) > MOST_ENTRIES:
        raise refused(
            _(
                "This file seems to hold more than %(most)s fields, goals and measures. Please "
                "divide it, or send only the part with the measures."
            ),
            most=MOST_ENTRIES,
        )
    return draft


def is_level(key: str) -> bool:
    """Whether a key of a mapping means a sort of heading, not a label."""
    return bool(re.fullmatch(r"h[1-9]|n[1-4]|b", key))


def _sheets(data: bytes, labels: Labels) -> Collector:
    """Every visible sheet that holds rows of measures; of the others a remark says that."""
    kept = Collector()
    for sheet in read_sheets(data):
        if not sheet.rows:
            continue
        if sheet.is_hidden:
            kept.remark("hidden_sheet", sheet.name, Place(sheet=sheet.name))
            continue
        kept.leave()
        if not read_sheet(sheet, kept, labels):
            first = next((cell for cell in sheet.rows[0].cells if cell), "")
            kept.remark("sheet", first, Place(sheet=sheet.name))
    return kept


def _let_go(kept: Collector, outline: Outline) -> None:
    """A heading that was only guessed to be a field, and has nothing below it, is a chapter."""
    guessed = {"area", "between"} & {level.why for level in outline.levels.values()}
    parents = {id(entry.parent) for entry in kept.entries}
    gone = []
    for entry in kept.entries:
        is_guessed = bool(guessed) and entry.kind == "field" and not entry.is_named
        if is_guessed and not entry.is_made and id(entry) not in parents and not entry.said:
            gone.append(entry)
            kept.remark("prose", entry.title, entry.place)
            kept.remarks[-1]["count"] = len(entry.loose) + 1
    ids = {id(entry) for entry in gone}
    kept.entries = [entry for entry in kept.entries if id(entry) not in ids]


def in_order(kept: Collector) -> list[Entry]:
    """Each field with its goals, each goal with its measures; what was made for nothing goes."""
    below: dict[int, list[Entry]] = {}
    for entry in kept.entries:
        below.setdefault(id(entry.parent) if entry.parent else 0, []).append(entry)
    found: list[Entry] = []

    def put(entry: Entry) -> None:
        children = below.get(id(entry), [])
        if entry.is_made and not _holds(children, below):
            return
        found.append(entry)
        for child in children:
            put(child)

    for entry in below.get(0, []):
        put(entry)
    return found


def _holds(children: list[Entry], below: Mapping[int, list[Entry]]) -> bool:
    """Whether anything real lies below."""
    return any(not child.is_made or _holds(below.get(id(child), []), below) for child in children)
