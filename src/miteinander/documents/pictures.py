"""Pictures for files that cannot draw: a drawing becomes points, set by Typst like our PDFs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from miteinander.documents.shapes import Figure

_DRAWING = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("drawing.svg", alt: "", width: 162mm)
"""


def as_raster(figure: Figure) -> bytes:
    """PNG or JPEG of a figure; drawings are made 162 mm wide with 220 points an inch."""
    return drawn(figure.content) if figure.media_type == "image/svg+xml" else figure.content


@lru_cache(maxsize=16)
def drawn(svg: bytes) -> bytes:
    from miteinander.documents.pdf import fonts  # deferred: only drawings need the fonts

    with TemporaryDirectory(prefix="miteinander-") as name:
        folder = Path(name)
        (folder / "drawing.svg").write_bytes(svg)
        (folder / "page.typ").write_text(_DRAWING)
        return typst.compile(
            folder / "page.typ",
            root=folder,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=220,
        )
