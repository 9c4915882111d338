"""Letters for Word: the same geometry as on paper (DIN 5008, form B), and every word to change.

What has its place on the sheet (letterhead, address, information block, marks for folding) stands
in frames that count from the edge of the page; the text flows below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import docx
from django.utils.translation import override
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from miteinander.documents.archive import repacked
from miteinander.documents.characters import cleaned
from miteinander.documents.codes import qr_svg
from miteinander.documents.docx_styles import set_up
from miteinander.documents.papers import Letter, Letters
from miteinander.documents.pictures import drawn
from miteinander.documents.shapes import Document
from miteinander.ui.shapes import direction

MARKS = (105.0, 148.5, 210.0)
TOP = 25.0
TEXT_FROM = 98.5
LTR, END = "\u2066", "\u2069"
"""Around what reads from left to right, whichever way the letter runs."""


def letters_file(letters: Letters) -> bytes:
    """One file with all letters, each on its own page."""
    letters = cleaned(letters)
    file = docx.Document()
    with override(letters.language):
        set_up(
            file,
            Document(title=letters.title, language=letters.language, accent=letters.accent),
        )
        page = file.sections[0]
        page.left_margin, page.right_margin = Mm(25), Mm(20)
        page.top_margin, page.bottom_margin = Mm(TOP), Mm(24)
        for child in list(file.element.body)[:-1]:
            file.element.body.remove(child)
        picture = drawn(qr_svg(letters.way.address))
        for number, letter in enumerate(letters.letters):
            _letter(file, letters, letter, picture, first=number == 0)
    core = file.core_properties
    moment = datetime.combine(letters.day or date(1970, 1, 1), time(), tzinfo=UTC)
    core.title, core.author = letters.title[:255], letters.publisher[:255]
    core.comments, core.language = "", letters.language
    core.created = core.modified = core.last_printed = moment.replace(tzinfo=None)
    core.last_modified_by, core.revision = letters.publisher[:255], 1
    kept = BytesIO()
    file.save(kept)
    return repacked(kept.getvalue(), first="[Content_Types].xml")


def _letter(file: Any, letters: Letters, letter: Letter, picture: bytes, *, first: bool) -> None:
    tell = _Teller(file, letter.language)
    breaks = not first
    for y in MARKS:
        tell.framed(["–"], x=4, y=y - 2, width=6, size=8, breaks=breaks)
        breaks = False
    tell.framed(letters.sender[:1], x=25, y=13, width=165, size=17, bold=True)
    tell.framed([" · ".join(letters.sender[1:])], x=25, y=21, width=165, size=9)
    tell.framed([letters.returned_to], x=25, y=57.5, width=80, size=7)
    tell.framed(letter.recipient or [""], x=25, y=62.7, width=80, height=27.3)
    info = [f"{name}: {text}" for name, text in letter.information]
    tell.framed(info, x=125, y=50, width=65, size=9)
    tell.said(letter.subject, style="Heading1", before=TEXT_FROM - TOP)
    for words in letter.paragraphs[:2]:
        tell.said(words)
    for passage in letter.passages:
        tell.said(passage.title, bold=True, before=3)
        for words in passage.text.split("\n\n"):
            tell.said(words, language=passage.language)
    for name, text in letter.facts:
        tell.said(f"{name}: {text}")
    if letter.agenda:
        tell.said(letter.agenda_title, bold=True)
        for number, point in enumerate(letter.agenda, 1):
            tell.said(f"{number}. {point}", language=letter.agenda_language)
    for words in letter.paragraphs[2:]:
        tell.said(words)
    file.add_picture(BytesIO(picture), width=Mm(24))
    described = file.paragraphs[-1]._p.find(f".//{qn('wp:docPr')}")
    described.set("descr", letters.way.address)
    tell.said(letter.scan)
    tell.said(f"{LTR}{letters.way.plain}{END}, {LTR}{letters.way.code}{END}")
    for words in letter.closing:
        tell.said(words)


class _Teller:
    """Adds paragraphs in one language to a file."""

    def __init__(self, file: Any, language: str) -> None:
        self.body = file.element.body
        self.language = language

    def said(
        self, words: str, *, style: str = "", before: float = 0, bold: bool = False,
        language: str = "",
    ) -> None:  # fmt: skip
        about = []
        if style:
            about.append(f'<w:pStyle w:val="{style}"/>')
        if before:
            about.append(f'<w:spacing w:before="{_twips(before)}"/>')
        self._add(about, words.split("\n"), bold=bold, language=language or self.language)

    def framed(
        self, lines: Sequence[str], *, x: float, y: float, width: float, height: float = 0,
        size: float = 10.5, bold: bool = False, breaks: bool = False,
    ) -> None:  # fmt: skip
        """Lines at a place of the page, in millimetres from its edges."""
        rule = f' w:h="{_twips(height)}" w:hRule="exact"' if height else ""
        about = ["<w:pageBreakBefore/>"] if breaks else []
        place = (
            f'<w:framePr w:w="{_twips(width)}"{rule} w:hSpace="0" w:wrap="around"'
            f' w:vAnchor="page" w:hAnchor="page" w:x="{_twips(x)}" w:y="{_twips(y)}"/>'
        )
        close = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        about += [place, close]
        self._add(_ordered(about), lines, bold=bold, size=size, language=self.language)

    def _add(
        self, about: Iterable[str], lines: Sequence[str], *, bold: bool = False, size: float = 0,
        language: str,
    ) -> None:  # fmt: skip
        is_rtl = direction(language) == "rtl"
        marks = "<w:bidi/>" if is_rtl else ""
        paragraph = parse_xml(
            f"<w:p {nsdecls('w')}><w:pPr>{''.join(_with_bidi(about, marks))}</w:pPr></w:p>"
        )
        for number, line in enumerate(lines):
            run = OxmlElement("w:r")
            said = f'<w:lang {"w:bidi" if is_rtl else "w:val"}="{language}"/>'
            half = f'<w:sz w:val="{round(size * 2)}"/>' if size else ""
            strong = "<w:b/>" if bold else ""
            rtl = "<w:rtl/>" if is_rtl else ""
            run.append(parse_xml(f"<w:rPr {nsdecls('w')}>{strong}{half}{rtl}{said}</w:rPr>"))
            if number:
                run.append(OxmlElement("w:br"))
            text = OxmlElement("w:t")
            text.text = line
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            paragraph.append(run)
        self.body[-1].addprevious(paragraph)


def _ordered(about: list[str]) -> list[str]:
    """WordprocessingML wants the marks of a paragraph in its own order: the break comes first."""
    return sorted(about, key=lambda mark: not mark.startswith("<w:pageBreakBefore"))


def _with_bidi(about: Iterable[str], marks: str) -> list[str]:
    """The direction stands before the spacing."""
    found = list(about)
    place = next((n for n, mark in enumerate(found) if mark.startswith("<w:spacing")), len(found))
    return [*found[:place], marks, *found[place:]] if marks else found


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
