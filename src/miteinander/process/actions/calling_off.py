"""An announced draw that does not take place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.process.actions.draws import locked_draw
from miteinander.process.actions.self_described import forget_told
from miteinander.process.states import DrawState

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.process.models import Draw


@transaction.atomic
def call_off_draw(draw: Draw, *, reason: str, by: Standing, at: datetime) -> Draw:
    """Call an announced draw off before it is drawn; whoever saw the announcement sees why.

    For good: list and checksum stay where they were published. A seed that was kept back is
    destroyed, so that nobody learns who would have been drawn. Names have no purpose any more.
    Twice with the same reason changes nothing.
    """
    reason = reason.strip()
    draw = locked_draw(draw, DrawState.ANNOUNCED, DrawState.CALLED_OFF)
    if not reason:
        raise Invalid({"reason": _("Please say why, for everybody who saw the announcement.")})
    if draw.state == DrawState.CALLED_OFF and draw.called_off_because == reason:
        return draw
    draw = locked_draw(draw, DrawState.ANNOUNCED)
    draw.state, draw.seed = DrawState.CALLED_OFF, ""
    draw.called_off_at, draw.called_off_because = at, reason
    draw.names_erased_on = localdate(at)
    draw.save()
    draw.tickets.update(name="", email="", person=None)
    forget_told(draw)
    record("draw.called_off", draw.as_thing(), by=by, at=at)
    return draw
