"""Documents as Markdown: plain text that other tools take over, and that our reader reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.formats import Rendered
from miteinander.documents.shapes import (
    Block,
    Document,
    Facts,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
    Text,
    item_blocks,
    paragraphs,
    runs,
    target,
)

SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")
STARTS = re.compile(r"(?m)^(\s*)([-+>]|\d+[.)]|:)(?=\s|$)")
RULES = {"start": "---", "center": ":-:", "end": "--:"}


def rendered(document: Document) -> Rendered:
    with override(document.language):
        parts = [f"# {_escaped(document.title)}"]
        told = [
            document.subtitle, document.publisher, document.day_written, document.imprint,
            document.identifier,
        ]  # fmt: skip
        parts.append("  \n".join(_escaped(text) for text in told if text))
        parts += _blocks(document.blocks, document.base)
        for section in document.sections:
            parts += _section(section, 2, document.base)
        parts += _blocks(document.closing, document.base)
    return Rendered(("\n\n".join(part for part in parts if part) + "\n").encode())


def _escaped(text: str) -> str:
    text = SIGNS.sub(r"\\\1", text)
    return STARTS.sub(
        lambda start: (
            f"{start[1]}\\{start[2]}"
            if not start[2][0].isdigit()
            else f"{start[1]}{start[2][:-1]}\\{start[2][-1]}"
        ),
        text,
    )


def _section(section: Section, level: int, base: str) -> list[str]:
    title = " ".join(part for part in (section.number, section.title) if part)
    mark = f" ({_escaped(section.mark)})" if section.mark else ""
    below = [part for inner in section.sections for part in _section(inner, level + 1, base)]
    return [
        f"{'#' * min(level, 6)} {_escaped(title)}{mark}",
        *_blocks(section.blocks, base),
        *below,
    ]


def _line(text: Text, base: str) -> str:
    return "".join(_run(run, base) for run in runs(text))


def _run(run: Run, base: str) -> str:
    """Signs of stress stand close to their words, or they would be read as signs."""
    before, words, after = re.fullmatch(r"(?s)(\s*)(.*?)(\s*)", run.text).groups()  # type: ignore[union-attr]  # fits any text
    words = _escaped(words)
    if words and (run.strong or run.emphasis):
        sign = "***" if run.strong and run.emphasis else "**" if run.strong else "*"
        words = f"{sign}{words}{sign}"
    if words and (address := target(run.address, base) if run.address else ""):
        words = f"[{words}](<{re.sub('[<>]', '', address)}>)"
    return f"{before}{words}{after}"


def _paragraphs(text: Text, base: str) -> list[str]:
    return [_line(part, base).replace("\n", "  \n") for part in paragraphs(text)]


def _blocks(blocks: Iterable[Block], base: str) -> list[str]:
    return [part for block in blocks for part in _block(block, base)]


def _block(block: Block, base: str) -> list[str]:
    match block:
        case Paragraph():
            return _paragraphs(block.text, base)
        case Listing():
            return ["\n".join(_points(block, base))]
        case Facts():
            return [
                "\n".join(
                    f"- **{_escaped(name)}:** {_line(text, base)}".replace("\n", " ")
                    for name, text in block.pairs
                )
            ]
        case Table():
            return _table(block, base)
        case Remark():
            title = [f"**{_escaped(block.title)}**"] if block.title else []
            inner = [*title, *_paragraphs(block.text, base), *_blocks(block.blocks, base)]
            return [_indented("\n\n".join(inner), "> ", "> ")]
        case Figure():
            return _figure(block, base)


def _points(block: Listing, base: str) -> list[str]:
    """Points of one line stay close together, as people write them."""
    made = []
    for number, item in enumerate(block.items, block.starts_at):
        sign = f"{number}. " if block.ordered else "- "
        parts = _blocks(item_blocks(item), base)
        is_short = all(not isinstance(b, Paragraph) for b in item_blocks(item)[1:])
        inner = ("\n" if is_short else "\n\n").join(parts)
        made.append(_indented(inner, sign, " " * len(sign)))
    return made


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{others if number else first}{line}".rstrip()
        if not line.endswith("  ")
        else f"{others if number else first}{line}"
        for number, line in enumerate(lines)
    )


def _table(block: Table, base: str) -> list[str]:
    def row(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cell.replace(chr(10), ' ') for cell in cells)} |"

    sides = [RULES[block.alignment(n)] for n in range(len(block.columns))]
    lines = [
        row(_line(column, base) for column in block.columns),
        row(sides),
        *(row(_line(cell, base) for cell in cells) for cells in block.rows),
    ]
    caption = _("Table: %(caption)s") % {"caption": _escaped(block.caption)}
    return [caption.replace("\n", " "), "\n".join(lines)]


def _figure(block: Figure, base: str) -> list[str]:
    """The words stand for the picture: plain text holds none."""
    said = _("Picture: %(words)s") % {"words": _escaped(block.alternative)}
    caption = f"*{_escaped(block.caption)}*. " if block.caption else ""
    table = _table(block.table, base) if block.table else []
    return [f"{caption}{said}", *_paragraphs(block.sentence, base), *table]
