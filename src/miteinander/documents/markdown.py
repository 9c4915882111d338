"""Free chapters: Markdown from people becomes blocks and subsections.

CommonMark with tables. Raw HTML is not HTML here: it stays the text that somebody typed.
Links lead to web pages, mail and telephone or into the document; any other address is dropped
and its words stay. Headings order themselves: whatever level an author began with and however
many were skipped, a heading stands exactly one level below the one it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from miteinander.documents.shapes import (
    ADDRESSES,
    Alignment,
    Block,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
    Text,
    plain,
)

CAPTION = re.compile(r"(?:Tabelle|Table)?:\s*(?=\S)", re.IGNORECASE)

Picture = Callable[[str, str], Figure | None]
"""From the address and the alternative text of a picture to the picture, if we have it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was left out and why, for whoever wrote the text."""

    what: str
    """One of: picture_without_text, picture_missing, address."""
    where: str
    """The address, as it was typed."""


@dataclass(frozen=True, slots=True)
class Chapter:
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...] = ()


def chapter(text: str, *, picture: Picture | None = None, language: str = "") -> Chapter:
    """Read Markdown; `language` is the text's own, where it differs from the document's.

    A table takes its caption from the paragraph before it that begins with a colon or
    “Tabelle:”, else from the heading above it, else from its heads.
    """
    reader = _Reader(picture, language)
    tree = SyntaxTreeNode(_parser().parse(text))
    return reader.chapter(tree.children)


def blocks_of(text: str, *, language: str = "") -> tuple[Block, ...]:
    """Read a text that has no headings of its own; if it has, they become strong lines."""
    found = chapter(text, language=language)

    def flat(sections: Sequence[Section]) -> list[Block]:
        gathered: list[Block] = []
        for part in sections:
            gathered += [Paragraph((Run(part.title, strong=True),), part.language), *part.blocks]
            gathered += flat(part.sections)
        return gathered

    return (*found.blocks, *flat(found.sections))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # As on the pages of the site: a line that somebody broke stays broken.
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass
class _Open:
    """A section that still takes in what follows it."""

    level: int
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


class _Reader:
    def __init__(self, picture: Picture | None, language: str) -> None:
        self.picture = picture
        self.language = language
        self.findings: list[Finding] = []
        self.heading = ""

    def chapter(self, nodes: Sequence[SyntaxTreeNode]) -> Chapter:
        stack = [_Open(0)]

        def close() -> None:
            done = stack.pop()
            stack[-1].sections.append(
                Section(
                    done.title,
                    language=self.language,
                    blocks=tuple(done.blocks),
                    sections=tuple(done.sections),
                )
            )

        gathered: list[SyntaxTreeNode] = []
        for node in nodes:
            if node.type != "heading":
                gathered.append(node)
                continue
            stack[-1].blocks += self.blocks(gathered)
            gathered = []
            title = re.sub(r"\s+", " ", plain(self.text(node))).strip()
            if not title:
                continue
            level = int(node.tag[1])
            while stack[-1].level >= level:
                close()
            stack.append(_Open(level, title))
            self.heading = title
        stack[-1].blocks += self.blocks(gathered)
        while len(stack) > 1:
            close()
        return Chapter(tuple(stack[0].blocks), tuple(stack[0].sections), tuple(self.findings))

    # --- blocks ---------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
        found: list[Block] = []
        for node in nodes:
            if node.type == "table":
                caption = self._caption(found)
                found.append(self.table(node, caption))
            else:
                found += self.block(node)
        return found

    def _caption(self, before: list[Block]) -> str:
        if before and isinstance(last := before[-1], Paragraph):
            said = plain(last.text)
            if mark := CAPTION.match(said):
                before.pop()
                return said[mark.end() :].strip()
        return ""

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        match node.type:
            case "paragraph":
                return self.paragraph(node)
            case "heading":  # inside a list or a quotation it cannot open a section
                return [Paragraph(_strong(self.text(node)), self.language)]
            case "bullet_list" | "ordered_list":
                items = tuple(tuple(self.blocks(item.children)) or "" for item in node.children)
                return [
                    Listing(
                        items,
                        self.language,
                        ordered=node.type == "ordered_list",
                        starts_at=int(node.attrs.get("start", 1)),
                    )
                ]
            case "blockquote":
                inner = tuple(self.blocks(node.children))
                return [Remark("", "", self.language, "quotation", inner)] if inner else []
            case "fence" | "code_block":
                return [Paragraph(node.content.rstrip("\n"), self.language)]
            case _:  # a rule between paragraphs says nothing
                return []

    def paragraph(self, node: SyntaxTreeNode) -> list[Block]:
        """Running text; pictures in it stand as figures below it."""
        figures: list[Block] = []
        text = self.text(node, figures)
        said = [Paragraph(text, self.language)] if plain(text).strip() else []
        return [*said, *figures]

    def table(self, node: SyntaxTreeNode, caption: str) -> Table:
        head = node.children[0].children[0]
        body = node.children[1].children if len(node.children) > 1 else []
        columns = tuple(self.text(cell) for cell in head.children)
        return Table(
            caption or self.heading or ", ".join(plain(c) for c in columns if plain(c)) or "–",
            columns,
            tuple(tuple(self.text(cell) for cell in row.children) for row in body),
            alignments=tuple(_alignment(cell) for cell in head.children),
            language=self.language,
        )

    # --- lines ----------------------------------------------------------------------------

    def text(self, node: SyntaxTreeNode, figures: list[Block] | None = None) -> Text:
        tokens = [
            token
            for child in node.children
            if child.type == "inline" and child.token is not None
            for token in child.token.children or []
        ]
        found = self.line(tokens, figures)
        if all(run == Run(run.text) for run in found):
            return "".join(run.text for run in found)
        return found

    def line(self, tokens: Sequence[Token], figures: list[Block] | None) -> tuple[Run, ...]:
        strong = emphasis = 0
        address = ""
        found: list[Run] = []
        for token in tokens:
            match token.type:
                case "strong_open" | "strong_close":
                    strong += token.nesting
                case "em_open" | "em_close":
                    emphasis += token.nesting
                case "link_open":
                    address = self.address(str(token.attrs.get("href", "")))
                case "link_close":
                    address = ""
                case "image":
                    found += self.image(token, figures)
                case kind:
                    words = {"softbreak": "\n", "hardbreak": "\n"}.get(kind, token.content)
                    found.append(
                        Run(words, strong=strong > 0, emphasis=emphasis > 0, address=address)
                    )
        return _joined(found)

    def address(self, written: str) -> str:
        if ADDRESSES.match(written):
            return written
        self.findings.append(Finding("address", written))
        return ""

    def image(self, token: Token, figures: list[Block] | None) -> list[Run]:
        """Take in a picture that is described and that we have; else leave its words."""
        address, alternative = str(token.attrs.get("src", "")), token.content.strip()
        if not alternative:
            self.findings.append(Finding("picture_without_text", address))
            return []
        figure = self.picture(address, alternative) if self.picture else None
        if figure is not None and figures is not None:
            caption = str(token.attrs.get("title", "")) or figure.caption
            figures.append(replace(figure, caption=caption))
            return []
        self.findings.append(Finding("picture_missing", address))
        return [Run(alternative, address=address if ADDRESSES.match(address) else "")]


def _joined(found: Sequence[Run]) -> tuple[Run, ...]:
    """Put neighbours that look alike together."""
    joined: list[Run] = []
    for run in found:
        if not run.text:
            continue
        if joined and replace(joined[-1], text=run.text) == run:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _strong(text: Text) -> Text:
    return (Run(text, strong=True),) if isinstance(text, str) else text


def _alignment(cell: SyntaxTreeNode) -> Alignment:
    style = str(cell.attrs.get("style", ""))
    return "end" if "right" in style else "center" if "center" in style else "start"
