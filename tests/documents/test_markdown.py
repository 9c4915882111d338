"""Free chapters: what people type becomes blocks that every format can show."""

from __future__ import annotations

import pytest

from miteinander.documents import html
from miteinander.documents.markdown import Finding, blocks_of, chapter
from miteinander.documents.shapes import (
    Document,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
    item_blocks,
    walk,
)


def levels(text):
    read = chapter(text)
    document = Document("T", "de", blocks=read.blocks, sections=read.sections)
    return [(depth, section.title) for depth, section in walk(document)]


def test_headings_never_skip_a_level_wherever_they_begin():
    assert levels("### Erst\n\n##### Tief\n\n#### Mitte\n\n# Oben\n\n### Darunter") == [
        (1, "Erst"), (2, "Tief"), (2, "Mitte"), (1, "Oben"), (2, "Darunter"),
    ]  # fmt: skip


def test_lines_keep_stress_links_and_breaks():
    (paragraph,) = blocks_of("Wir **alle** _hier_: [Seite](https://a.de)\nneue Zeile")
    assert paragraph.text == (
        Run("Wir "),
        Run("alle", strong=True),
        Run(" "),
        Run("hier", emphasis=True),
        Run(": "),
        Run("Seite", address="https://a.de"),
        Run("\nneue Zeile"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "Text <b onclick='x()'>hier</b>",
        "[klick](javascript:alert(1))",
        "[klick](JaVaScRiPt:alert(1))",
        "[klick](data:text/html;base64,PHNjcmlwdD4=)",
        "[klick](//fremd.example/x)",
        "![Bild](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
    ],
)
def test_nothing_typed_becomes_markup_or_a_dangerous_address(text):
    read = chapter(text)
    page = html.body(Document("T", "de", blocks=read.blocks, sections=read.sections))
    assert "<script" not in page
    assert "<img" not in page
    assert "<b " not in page
    assert "href" not in page


def test_a_dropped_address_is_told_and_its_words_stay():
    read = chapter("[klick](//fremd.example/x)")
    assert read.blocks == (Paragraph("klick"),)
    assert read.findings == (Finding("address", "//fremd.example/x"),)


def test_a_picture_without_words_is_left_out_and_told():
    read = chapter("Vorher ![](/bild.png) nachher")
    assert read.blocks == (Paragraph("Vorher  nachher"),)
    assert read.findings == (Finding("picture_without_text", "/bild.png"),)


def test_a_picture_that_we_have_becomes_a_figure_with_its_words():
    def ours(address, alternative):
        assert address == "/bild.png"
        return Figure(alternative, b"<svg/>", "image/svg+xml")

    read = chapter('![Ein Haus](/bild.png "Unser Haus")', picture=ours)
    assert read.blocks == (Figure("Ein Haus", b"<svg/>", "image/svg+xml", "Unser Haus"),)
    assert read.findings == ()


def test_a_picture_that_we_do_not_have_leaves_its_words():
    read = chapter("![Ein Haus](https://fremd.example/bild.png)")
    assert read.blocks == (Paragraph((Run("Ein Haus", address="https://fremd.example/bild.png"),)),)
    assert read.findings == (Finding("picture_missing", "https://fremd.example/bild.png"),)


def test_lists_nest_six_deep():
    text = "\n".join(f"{'  ' * depth}- Ebene {depth + 1}" for depth in range(6))
    (block,) = blocks_of(text)
    for depth in range(6):
        assert isinstance(block, Listing)
        (item,) = block.items
        blocks = item_blocks(item)
        assert blocks[0] == Paragraph(f"Ebene {depth + 1}")
        block = blocks[-1]
    assert len(blocks) == 1


def test_ordered_lists_keep_their_first_number():
    (block,) = blocks_of("3. drei\n4. vier")
    assert (block.ordered, block.starts_at, len(block.items)) == (True, 3, 2)


def test_a_table_takes_its_caption_from_the_line_before_else_from_the_heading():
    table = "| A | Zahl |\n|---|--:|\n| x | 1 |\n| y |\n"
    assert blocks_of(f"Tabelle: Wer zahlt\n\n{table}") == (
        Table("Wer zahlt", ("A", "Zahl"), (("x", "1"), ("y", "")), alignments=("start", "end")),
    )
    (section,) = chapter(f"# Kosten\n\n{table}").sections
    assert section.blocks[0].caption == "Kosten"
    assert blocks_of(table)[0].caption == "A, Zahl"


def test_quotations_hold_blocks_and_foreign_chapters_say_their_language():
    (quotation,) = blocks_of("> Eins\n>\n> - Zwei", language="uk")
    assert quotation == Remark(
        "", "", "uk", "quotation",
        (Paragraph("Eins", "uk"), Listing(((Paragraph("Zwei", "uk"),),), "uk")),
    )  # fmt: skip


def test_an_empty_text_is_no_block():
    assert chapter(" \n\n") == chapter("")
    assert chapter("").blocks == ()


def test_headings_in_a_text_without_chapters_become_strong_lines():
    assert blocks_of("# Titel\n\nText") == (
        Paragraph((Run("Titel", strong=True),)),
        Paragraph("Text"),
    )


def test_headings_inside_a_quotation_do_not_open_a_chapter():
    assert chapter("> # Laut").sections == ()


def test_sections_of_a_foreign_chapter_are_marked():
    assert chapter("# Мова", language="uk").sections == (Section("Мова", language="uk"),)
