"""The way from paper back to the site: a QR code for phones, a short code for those who type.

Both say the same: the code is the lasting identifier of a thing, printed in groups (decision
0111). Nothing is looked up and nothing is stored for a printed sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.identifiers import on_paper
from miteinander.core.links import address_of, short_address
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
    """The way to a thing that has an address; reads its municipality (select it).

    What only opens with a code of its own (a call to whoever has it) is reached by that code.
    """
    if code := getattr(thing, "access_code", ""):
        address = f"{address_of(thing.municipality)}{reverse('public:by_code')}{code}"
        return Way(address, code)
    return Way(short_address(thing), on_paper(thing.identifier))


MARGIN = 2
"""Modules of light around a code: less confuses cameras."""


def qr_svg(address: str, *, millimetres: float = 0) -> bytes:
    """The drawing alone, dark on light; with a size of its own where nobody else gives it one."""
    code = segno.make(address, error="m", micro=False)
    across = code.symbol_size(border=MARGIN)[0]
    size: dict[str, object] = (
        {"unit": "mm", "scale": round(millimetres / across, 4)}
        if millimetres
        else {"omitsize": True}
    )
    kept = BytesIO()
    code.save(
        kept, kind="svg", border=MARGIN, dark="#000000", light="#ffffff", xmldecl=False, nl=False,
        **size,
    )  # fmt: skip
    return kept.getvalue()


def qr_figure(way: Way, *, width: float = 0.17) -> Figure:
    """The code as a picture in a document, with both ways said below it."""
    return Figure(
        alternative=_("QR code to %(address)s") % {"address": way.address},
        content=qr_svg(way.address, millimetres=28),
        media_type="image/svg+xml",
        sentence=_("%(address)s, code %(code)s") % {"address": way.plain, "code": way.code},
        width=width,
    )
