"""The way from paper back to the site: a QR code for phones, a short code for those who type.

Both say the same: the code is the lasting identifier of a thing, printed in groups (decision
0111). Nothing is looked up and nothing is stored for a printed sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.utils.translation import gettext as _

from miteinander.core.identifiers import on_paper
from miteinander.core.links import short_address
from miteinander.documents.shapes import Figure

if TYPE_CHECKING:
    from miteinander.core.models import Thing


@dataclass(frozen=True, slots=True)
class Way:
    """Where a paper leads, and as what it can be typed."""

    address: str
    """The whole address: what the QR code holds."""
    code: str

    @property
    def plain(self) -> str:
        """The address as people read it: without what every browser adds by itself."""
        return self.address.partition("://")[2].rpartition("/")[0]


def way_to(thing: Thing) -> Way:
    """The way to a thing that has an address; reads its municipality (select it)."""
    return Way(short_address(thing), on_paper(thing.identifier))


def qr_svg(address: str) -> bytes:
    """The drawing alone: dark on light, with the margin that cameras need."""
    kept = BytesIO()
    segno.make(address, error="m", micro=False).save(
        kept, kind="svg", border=2, dark="#000000", light="#ffffff", xmldecl=False, nl=False,
        omitsize=True,
    )  # fmt: skip
    return kept.getvalue()


def qr_figure(way: Way, *, width: float = 0.17) -> Figure:
    """The code as a picture in a document, with both ways said below it."""
    return Figure(
        alternative=_("QR code to %(address)s") % {"address": way.address},
        content=qr_svg(way.address),
        media_type="image/svg+xml",
        sentence=_("%(address)s, code %(code)s") % {"address": way.plain, "code": way.code},
        width=width,
    )
