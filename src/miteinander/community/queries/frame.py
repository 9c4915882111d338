"""What the frame of every page shows of a town, read again only when something public changed.

A page shows office, crest, links to pages and the newest news on its edges. Asking for them each
time would cost every page five questions; so each process remembers them by the town's public
version, which every public event advances. What depends on the clock (open now, news that
appears) is worked out from what is remembered, at the moment of the request.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from miteinander.community.models import News, Office
from miteinander.community.queries.news import Told, told_by
from miteinander.community.queries.register import office_of
from miteinander.core.models import Attachment, Municipality


@dataclass(frozen=True, slots=True)
class Frame:
    office: Office | None
    crest: Attachment | None
    told: Told

    def newest(self, at: datetime, *, most: int = 3) -> list[News]:
        """The newest news at a moment: copies, since what is remembered belongs to everybody."""
        return [copy(news) for news in self.told.shown(at, most=most)]


@dataclass
class _Remembered:
    """By municipality and public version; small, and per process."""

    most: int = 64
    rows: dict[tuple[int, int], Frame] = field(default_factory=dict)


_FRAMES = _Remembered()


def frame_of(municipality: Municipality) -> Frame:
    """Return what every page shows: at most four queries the first time, then none."""
    key = (municipality.pk, municipality.public_version)
    found = _FRAMES.rows.get(key)
    if found is None:
        if len(_FRAMES.rows) >= _FRAMES.most:
            _FRAMES.rows.clear()
        crest = municipality.crest if municipality.crest_id else None
        found = Frame(office_of(municipality), crest, told_by(municipality))
        _FRAMES.rows[key] = found
    return found


def forget_frames() -> None:
    """For tests, whose towns come and go under the same numbers."""
    _FRAMES.rows.clear()
