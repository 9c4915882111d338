"""A draft to comment on, cut into what people can point at: headings, paragraphs, list points.

Markdown or plain text; the marks of Markdown are taken away, because whoever quotes a passage
quotes words. Raw HTML is no HTML here: it stays the text that somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from miteinander.core.errors import Invalid, filled
from miteinander.core.sheets.text import decoded
from miteinander.core.uploads import MOST_BYTES

MOST_LETTERS = 300_000
MOST_PASSAGES = 600
LONGEST_PASSAGE = 5_000
DASH = "–"
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0xFEFF, *range(0x2060, 0x2065), *range(0x202A, 0x202F)])


@dataclass(frozen=True, slots=True)
class Part:
    """One passage of a draft: a heading (`level` from 1) or text, with the mark of its list."""

    level: int
    mark: str
    text: str


def draft_in(data: bytes) -> str:
    """The text of a file, whatever encoding it was saved in."""
    if len(data) > MOST_BYTES:
        raise Invalid({"file": _("The file is too large: 10 MB are possible.")})
    if data.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Invalid(
            {
                "file": _(
                    "This file is not plain text. Please save it as text (.txt) or Markdown "
                    "(.md), or copy the words into the field."
                )
            }
        )
    return decoded(data)[0]


def passages_in(text: str, *, field: str = "text") -> list[Part]:
    """Cut a draft; refuse one that is empty, too long, or holds a passage nobody could quote.

    Paragraphs are divided by empty lines. A text without a single one comes from a program that
    writes a paragraph as one line: there each line is a paragraph.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").translate(INVISIBLE)
    if len(text) > MOST_LETTERS:
        raise Invalid(
            {
                field: filled(
                    _(
                        "The draft has %(have)s characters, %(most)s are possible. Please divide "
                        "it into several calls."
                    ),
                    have=len(text),
                    most=MOST_LETTERS,
                )
            }
        )
    if not EMPTY_LINE.search(text.strip()):
        text = re.sub(r"\n(?!\s*(?:[-*+]|\d+[.)])\s)", "\n\n", text)
    parts = [part for part in _parts(SyntaxTreeNode(_parser().parse(text))) if part.text]
    if not any(part.level == 0 for part in parts):
        raise Invalid({field: _("There is nothing to comment on: the draft has no paragraph.")})
    if len(parts) > MOST_PASSAGES:
        raise Invalid(
            {
                field: filled(
                    _(
                        "The draft has %(have)s passages, %(most)s are possible. Please divide it "
                        "into several calls."
                    ),
                    have=len(parts),
                    most=MOST_PASSAGES,
                )
            }
        )
    for number, part in enumerate(parts, start=1):
        if len(part.text) > LONGEST_PASSAGE:
            raise Invalid(
                {
                    field: filled(
                        _(
                            "Passage %(number)s (“%(begins)s …”) has %(have)s characters, "
                            "%(most)s are possible. Please divide it with an empty line."
                        ),
                        number=number,
                        begins=part.text[:40],
                        have=len(part.text),
                        most=LONGEST_PASSAGE,
                    )
                }
            )
    return _levelled(parts)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Four spaces are an indented paragraph here, and no program.
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")


def _parts(node: SyntaxTreeNode, mark: str = "") -> Iterator[Part]:
    """Whatever depth it stands in: reading order is all that counts."""
    for child in node.children:
        match child.type:
            case "heading":
                yield Part(int(child.tag[1:]), "", _words(child))
            case "paragraph":
                yield Part(0, mark, _words(child))
                mark = ""
            case "fence" | "html_block":
                yield Part(0, "", child.content.strip())
            case "bullet_list" | "ordered_list":
                yield from _points(child)
            case "tr":
                yield Part(0, DASH, " | ".join(_words(cell) for cell in child.children))
            case _:
                yield from _parts(child, mark)


def _points(node: SyntaxTreeNode) -> Iterator[Part]:
    first = int(node.attrs.get("start", 1))
    for place, item in enumerate(node.children):
        mark = f"{first + place}." if node.type == "ordered_list" else DASH
        yield from _parts(item, mark[:8])


def _words(node: SyntaxTreeNode) -> str:
    """The words of a line without its marks; a picture is told by its alternative text."""
    if node.type in ("text", "code_inline", "html_inline"):
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.type == "image":
        return node.content
    words = "".join(_words(child) for child in node.children)
    return words.strip() if node.type in ("heading", "paragraph") else words


def _levelled(parts: list[Part]) -> list[Part]:
    """Headings one step below the one they belong to, whatever level an author began with."""
    open_levels: list[int] = []
    found = []
    for part in parts:
        if part.level:
            while open_levels and open_levels[-1] >= part.level:
                open_levels.pop()
            open_levels.append(part.level)
            found.append(Part(min(len(open_levels), 4), "", part.text))
        else:
            found.append(part)
    return found
