"""Markdown out and in again: what our reader reads back is what was written."""

from __future__ import annotations

import pytest

from miteinander.documents.formats import render
from miteinander.documents.markdown import chapter
from miteinander.documents.shapes import (
    Document,
    Facts,
    Listing,
    Paragraph,
    Remark,
    Run,
    Table,
    plain,
    walk,
)
from tests.documents.samples import DOCUMENT, nested


def again(*blocks):
    text = render(Document("Titel", "de", blocks=blocks), "md").content.decode()
    (title,) = chapter(text).sections
    assert title.title == "Titel"
    return title.blocks


def test_headings_come_back_at_their_levels():
    read = chapter(render(DOCUMENT, "md").content.decode())
    document = Document("T", "de", sections=read.sections)
    assert [(depth - 1, s.title) for depth, s in walk(document)][1:] == [
        (depth, f"{s.number} {s.title}".strip() + (f" ({s.mark})" if s.mark else ""))
        for depth, s in walk(DOCUMENT)
    ]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Ein *Stern*, ein [Wort](x), `Code`, <b>, #, |, \\ und _Strich_"),
        Paragraph("- kein Punkt\n> kein Zitat\n1. keine Zahl\n# kein Kopf"),
        Paragraph((Run("Wir "), Run("alle", strong=True), Run(" "), Run("hier", emphasis=True))),
        Paragraph((Run("Seite", address="https://a.de/x_(1)"),)),
        Table(
            "Wer zahlt", ("A|B", "Zahl"), (("x|y", "1"), ("*z*", "2")), alignments=("start", "end")
        ),
    ],
)
def test_a_block_comes_back_as_it_was(block):
    assert again(block) == (block,)


def test_lists_come_back_six_deep():
    def depths(block):
        return 1 + max(
            (depths(b) for item in block.items for b in item if isinstance(b, Listing)), default=0
        )

    (block,) = again(nested(1))
    assert depths(block) == 6
    (numbers,) = again(Listing(("drei", "vier"), ordered=True, starts_at=3))
    assert (numbers.starts_at, len(numbers.items)) == (3, 2)


def test_sheets_and_remarks_say_their_names():
    listing, quotation = again(
        Facts((("Federführung", "VHS"), ("Kosten", "18.000 €"))), Remark("Einwand", "Zu teuer.")
    )
    assert plain(listing.items[0][0].text) == "Federführung: VHS"
    assert [plain(block.text) for block in quotation.blocks] == ["Einwand", "Zu teuer."]


def test_pictures_leave_their_words_and_captions():
    text = render(DOCUMENT, "md").content.decode()
    assert "*Stand*. Bild: Zwei Drittel laufen" in text
    assert "Tabelle: Stand in Zahlen" in text
