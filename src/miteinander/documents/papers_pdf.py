"""Papers with a geometry of their own as PDF, each by its own template."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.characters import cleaned, covered
from miteinander.documents.codes import Way, qr_svg
from miteinander.documents.papers import AnswerSheet, Cards, Paper
from miteinander.documents.pdf import STANDARDS, fonts, known_characters
from miteinander.documents.pdf_tags import in_reading_order
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction


def typeset(paper: Paper) -> bytes:
    """The PDF of a paper; the same paper gives the same bytes."""
    shown, _missing = covered(cleaned(paper), known_characters())
    moment = datetime.combine(shown.day or date(1970, 1, 1), time(), tzinfo=UTC)
    with override(shown.language), TemporaryDirectory(prefix="miteinander-") as name:
        folder = Path(name)
        template = folder / "paper.typ"
        template.write_bytes(_template(shown.TEMPLATE))
        content = typst.compile(
            template,
            root=folder,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"paper": json.dumps(data_of(shown), ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=int(moment.timestamp()),
        )
    return in_reading_order(content, shown.language)


def data_of(paper: Paper) -> dict[str, Any]:
    """What the template gets: the paper's own fields, its code as a drawing, and its words."""
    accent = judge(paper.accent or DEFAULT)
    way: Way = paper.way  # type: ignore[attr-defined]  # every paper that is printed has one
    return {
        **_plain(paper),
        "accent": accent.accent if accent.fits else accent.suggestion,
        "qr": qr_svg(way.address).decode(),
        "alt": _("QR code to %(address)s") % {"address": way.address},
        "typed": way.plain,
        "code": way.code,
        "words": _words(paper),
    }


def _words(paper: Paper) -> dict[str, str]:
    match paper:
        case Cards():
            return {
                "number": _("No."),
                "one": _("One thought per card. In any language."),
                "publish": _("May others read this?"),
                "yes": _("Yes, without my name"),
                "no": _("No, only the office"),
                "later": _("Or answer later, from home:"),
            }
        case AnswerSheet():
            return {
                "one": _("Write in your own words, in any language. Your name is not needed."),
                "publish": _("May others read this?"),
                "yes": _("Yes, without my name"),
                "no": _("No, only the office"),
                "place": _("Where is it? You may leave it out."),
                "where": _("Where you can hand it in"),
                "later": _("Or answer online:"),
            }
        case _:
            return {}


def _plain(shape: Any) -> Any:
    """Dataclasses as plain JSON; each part with a language says which way it runs."""
    if is_dataclass(shape) and not isinstance(shape, type):
        made = {field.name: _plain(getattr(shape, field.name)) for field in fields(shape)}
        if "language" in made:
            made["rtl"] = direction(made["language"]) == "rtl"
            made["lang"] = made["language"].split("-")[0]
        return made
    if isinstance(shape, tuple):
        return [_plain(part) for part in shape]
    return shape.isoformat() if isinstance(shape, date) else shape


@lru_cache(maxsize=4)
def _template(name: str) -> bytes:
    folder = files("miteinander.documents") / "typeset"
    return (folder / "paper.typ").read_bytes() + (folder / f"{name}.typ").read_bytes()
