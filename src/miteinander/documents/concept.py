"""The concept as a document, built from the frozen text of a version and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents import markdown, records
from miteinander.documents.fields import (
    Content,
    field_section,
    mark_of,
    retired_section,
    themes_section,
)
from miteinander.documents.records import Part
from miteinander.documents.shapes import (
    Block,
    Document,
    Facts,
    Figure,
    Paragraph,
    Remark,
    Section,
)
from miteinander.strategy.states import ChapterKind
from miteinander.ui.words import local_day, written_day

GENERATED: dict[str, Callable[[Content], Part]] = {
    ChapterKind.GLANCE: records.glance,
    ChapterKind.FIGURES: records.figures,
    ChapterKind.STRUCTURES: records.structures,
    ChapterKind.MAKING: records.making,
    ChapterKind.OVERVIEW: records.overview,
    ChapterKind.FIELDS: records.fields,
    ChapterKind.IMPLEMENTATION: records.implementation,
    ChapterKind.IMPRINT: records.imprint,
    ChapterKind.APPENDIX: records.appendix,
}


def document_of(content: Content, *, language: str = "de", crest: bytes | None = None) -> Document:
    """Build the document; labels in `language`, texts as they were frozen.

    The content only names the crest; whoever renders a file brings its bytes.
    """
    with override(language):
        return _document(content, language, crest)


def _document(content: Content, language: str, crest: bytes | None) -> Document:
    concept, version, town = content["concept"], content["version"], content["municipality"]
    frozen = datetime.fromisoformat(version["frozen_at"])
    chapters = content.get("chapters")
    opening: list[Block] = [Paragraph(content["process"]["question"], lead=True)]
    if concept["text"]:
        opening.append(Paragraph(concept["text"], language=concept["language"]))
    if chapters is None:
        opening += [Paragraph(records.counted(content)), Facts(records.about(content))]
    if concept["is_example"] or town["is_example"]:
        text = _("This document comes from an example installation. Invented parts are marked.")
        opening.insert(0, Remark(_("Example"), text, kind="example"))
    sections = (
        _first_format(content)
        if chapters is None
        else tuple(
            section for chapter in chapters if (section := _chapter(chapter, content, language))
        )
        + _without_appendix(content)
    )
    return Document(
        title=concept["title"],
        language=language,
        subtitle=town["name"],
        blocks=tuple(opening),
        sections=sections,
        closing=(
            Paragraph(
                _("This version is frozen. Its checksum (SHA-256) is %(checksum)s.")
                % {"checksum": content["checksum"]}
            ),
        ),
        kind="concept",
        publisher=town["name"],
        day=local_day(frozen),
        day_written=written_day(frozen),
        crest=_crest(town, crest),
        accent=town.get("accent", ""),
        description=content["process"]["question"],
        identifier=version["identifier"],
        imprint=_("Version %(edition)s, SHA-256 %(checksum)s")
        % {"edition": version["edition"], "checksum": content["checksum"]},
        has_cover=True,
        has_contents=True,
    )


def _crest(town: Content, content: bytes | None) -> Figure | None:
    named = town.get("crest")
    if not named or content is None:
        return None
    return Figure(
        alternative=named["alternative_text"] or town["name"],
        content=content,
        media_type=named["media_type"],
    )


def _first_format(content: Content) -> tuple[Section, ...]:
    """Versions that were frozen before there were chapters look as they always did."""
    return (
        *([themes_section(content)] if content["cross_cutting_themes"] else []),
        *(field_section(field) for field in content["fields"]),
        *([retired_section(content)] if content["retired_fields"] else []),
    )


def _without_appendix(content: Content) -> tuple[Section, ...]:
    """A minority opinion that stands beside no measure is told also where the appendix is not."""
    has_appendix = any(c["kind"] == ChapterKind.APPENDIX for c in content["chapters"])
    if has_appendix or not content.get("minority_opinions"):
        return ()
    section = records.opinions_section(content)
    assert section is not None
    return (section,)


def _chapter(chapter: Content, content: Content, language: str) -> Section | None:
    """The text of one's own first, what the records say after it; nothing where both are empty."""
    kind = ChapterKind(chapter["kind"])
    own = "" if chapter["language"] == language else chapter["language"]
    text = markdown.chapter(chapter["text"], language=own)
    blocks, sections = GENERATED[kind](content) if kind in GENERATED else ((), ())
    blocks, sections = (*text.blocks, *blocks), (*text.sections, *sections)
    if not blocks and not sections:
        return None
    title = chapter["title"]
    return Section(
        title or str(kind.label),
        # A chapter of one's own has no other name that lasts.
        identifier="" if kind == ChapterKind.OWN else str(kind),
        language=own if title else "",
        mark=mark_of(chapter),
        blocks=blocks,
        sections=sections,
        breaks=True,
    )
