"""Reads a PDF as assistive technology does: along its tags, not along its pages.

What is said is gathered from the marked content that the tags point to, in their order, with
`ActualText` before the shapes of letters and runs that are painted backwards turned round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject


@dataclass
class Tag:
    name: str
    language: str
    alt: str = ""
    attributes: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)
    """Texts and tags, in reading order."""

    @property
    def text(self):
        said = "".join(part if isinstance(part, str) else part.text for part in self.parts)
        return re.sub("[\u00ad\u200b\u202a-\u202e]", "", said)

    @property
    def tags(self):
        return [part for part in self.parts if isinstance(part, Tag)]

    def all(self, *names):
        """Tags of these names at any depth, in reading order."""
        found = [self] if self.name in names else []
        return found + [tag for part in self.tags for tag in part.all(*names)]


class Pdf:
    def __init__(self, content):
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]

    @cached_property
    def xmp(self):
        return self.root["/Metadata"].get_data().decode()

    @cached_property
    def tree(self):
        top = Tag("Root", self.root["/Lang"])
        self._walk(self.root["/StructTreeRoot"]["/K"], top, None)
        return top

    @property
    def levels(self):
        return [int(tag.name[1]) for tag in self.tree.all(*(f"H{n}" for n in range(1, 7)))]

    @property
    def text(self):
        return self.tree.text

    def outline(self):
        def below(entries, depth=1):
            for entry in entries:
                if isinstance(entry, list):
                    yield from below(entry, depth + 1)
                else:
                    yield depth, entry.title

        return list(below(self.reader.outline))

    def fonts(self):
        found = set()
        for page in self.reader.pages:
            for font in (page["/Resources"].get("/Font") or {}).values():
                found.add(font.get_object()["/BaseFont"].split("+")[-1])
        return found

    # --- the tags -------------------------------------------------------------------------

    def _walk(self, node, parent, page):
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for part in node:
                self._walk(part, parent, page)
        elif isinstance(node, int):
            self._say(parent, page, node)
        elif node.get("/Type") == "/MCR":
            self._say(parent, node["/Pg"], node["/MCID"])
        elif "/S" in node:
            tag = Tag(
                node["/S"][1:],
                node.get("/Lang", parent.language),
                node.get("/Alt", ""),
                self._attributes(node.get("/A")),
            )
            parent.parts.append(tag)
            self._walk(node.get("/K", ArrayObject()), tag, node.get("/Pg", page))

    def _say(self, parent, page, number):
        """A passage may be marked in the text itself instead of by a tag of its own."""
        text, language = self._said(page)[number]
        if language and language != parent.language:
            parent.parts.append(Tag("Passage", language, parts=[text]))
        else:
            parent.parts.append(text)

    def _attributes(self, found):
        if found is None:
            return {}
        found = found.get_object()
        merged = {}
        for part in found if isinstance(found, ArrayObject) else [found]:
            merged |= part.get_object()
        return merged

    # --- the marked content of a page -------------------------------------------------------

    def _said(self, page):
        page = page.get_object()
        if not hasattr(self, "_pages"):
            self._pages = {}
        key = id(page)
        if key not in self._pages:
            self._pages[key] = _marked_text(page, self.reader)
        return self._pages[key]


def _marked_text(page, reader):
    fonts = {
        name: _letters(font.get_object())
        for name, font in (page["/Resources"].get("/Font") or {}).items()
    }
    said, languages = defaultdict(str), {}
    stack, letters = [], {}
    content = ContentStream(page["/Contents"].get_object(), reader)
    for operands, operator in content.operations:
        if operator in (b"BDC", b"BMC"):
            marks = operands[1] if len(operands) > 1 else {}
            marks = marks if isinstance(marks, DictionaryObject) else {}
            stack.append((operands[0], marks))
            if "/MCID" in marks and "/Lang" in marks:
                languages[marks["/MCID"]] = marks["/Lang"]
            if "/ActualText" in marks:
                _add(said, stack, str(marks["/ActualText"]))
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            if any("/ActualText" in marks for _tag, marks in stack):
                continue
            pieces = operands[0] if operator == b"TJ" else [operands[0]]
            codes = b"".join(
                _bytes(piece) for piece in pieces if not isinstance(piece, (int, float))
            )
            pairs = [codes[n : n + 2] for n in range(0, len(codes), 2)]
            if stack and stack[-1][0] == "/ReversedChars":
                pairs.reverse()
            _add(said, stack, "".join(letters.get(pair, "\ufffd") for pair in pairs))
    numbers = {*said, *languages}
    return defaultdict(lambda: ("", ""), {n: (said[n], languages.get(n, "")) for n in numbers})


def _bytes(piece):
    return piece if isinstance(piece, bytes) else piece.original_bytes


def _add(said, stack, text):
    for _tag, marks in reversed(stack):
        if "/MCID" in marks:
            said[marks["/MCID"]] += text
            return


def _letters(font):
    table = font["/ToUnicode"].get_data().decode("latin-1")
    return {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table)
        if len(text) % 4 == 0
    }
