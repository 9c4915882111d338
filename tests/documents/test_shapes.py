"""What cannot be rendered for everybody is refused when it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from miteinander.documents.shapes import (
    Document,
    Figure,
    Listing,
    Paragraph,
    Run,
    Section,
    Table,
    item_blocks,
    paragraphs,
    settled,
    target,
)


@pytest.mark.parametrize("alternative", ["", "  \n"])
def test_a_picture_without_alternative_text_is_refused(alternative):
    with pytest.raises(ValueError, match="alternative text"):
        Figure(alternative, b"...", "image/png", "Der Auftakt")


def test_a_picture_of_another_type_is_refused():
    with pytest.raises(ValueError, match="text/html"):
        Figure("Ein Haus", b"...", "text/html")


def test_a_table_without_caption_and_a_row_without_heads_are_refused():
    with pytest.raises(ValueError, match="caption"):
        Table(" ", ("A",), ())
    with pytest.raises(ValueError, match="head"):
        Table("Liste", ("A",), (("1", "2"),))
    with pytest.raises(ValueError, match="weights"):
        Table("Liste", ("A", "B"), (), weights=(1,))


def test_a_part_that_begins_with_a_part_breaks_once():
    inner = Section("Innen", breaks=True)
    bare = Section("Außen", breaks=True, sections=(inner, inner))
    told = replace(bare, blocks=(Paragraph("Text"),))
    shown = settled(Document("T", "de", sections=(bare, told))).sections
    assert [part.breaks for part in shown] == [True, True]
    assert [part.breaks for part in shown[0].sections] == [False, True]
    assert [part.breaks for part in shown[1].sections] == [True, True]


def test_columns_are_wide_enough_for_their_words_and_long_texts_get_the_rest():
    long = "Text " * 60
    shares = Table("T", ("Ziele", "Leitziel", "Maßnahmen"), (("8", long, "30"),) * 3).shares()
    assert sum(shares) == pytest.approx(1)
    assert shares[0] * 88 >= len("Ziele") + 3
    assert shares[2] * 88 >= len("Maßnahmen") + 3
    assert shares[1] > 0.7
    assert Table("T", ("A", "B"), (), weights=(1, 3)).shares() == (0.25, 0.75)


def test_short_rows_are_filled_up():
    assert Table("Liste", ("A", "B"), (("1",),)).rows == (("1", ""),)


def test_a_document_refuses_an_unknown_colour_and_an_empty_title():
    with pytest.raises(ValueError, match="#rrggbb"):
        Document("T", "de", accent="red; }")
    with pytest.raises(ValueError, match="title"):
        Document(" ", "de")


def test_empty_lines_divide_paragraphs_across_runs():
    text = (Run("Eins\n\nZwei "), Run("stark", strong=True), Run("\n \n\nDrei"))
    assert list(paragraphs(text)) == [
        (Run("Eins"),),
        (Run("Zwei "), Run("stark", strong=True)),
        (Run("Drei"),),
    ]
    assert list(paragraphs("a\nb")) == [(Run("a\nb"),)]
    assert list(paragraphs(" \n\n ")) == []


def test_points_of_a_list_are_lines_runs_or_blocks():
    inner = Listing(("innen",))
    assert item_blocks("Zeile") == (Paragraph("Zeile"),)
    assert item_blocks((Run("a"), Run("b"))) == (Paragraph((Run("a"), Run("b"))),)
    assert item_blocks((Paragraph("a"), inner)) == (Paragraph("a"), inner)


@pytest.mark.parametrize(
    ("address", "base", "leads_to"),
    [
        ("https://a.de", "", "https://a.de"),
        ("/de/x/", "https://stadt.de/", "https://stadt.de/de/x/"),
        ("/de/x/", "", ""),
        ("#abc", "", "#abc"),
        ("javascript:alert(1)", "https://stadt.de", ""),
        ("//fremd.de", "https://stadt.de", ""),
        ("vbscript:x", "", ""),
    ],
)
def test_links_lead_out_of_the_file_or_nowhere(address, base, leads_to):
    assert target(address, base) == leads_to
