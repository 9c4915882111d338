"""Who sees what of participation: the coordination everything, everybody else what is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from miteinander.core.errors import NotThere
from miteinander.core.models import Municipality
from miteinander.core.prepared import there
from miteinander.core.standing import Standing


def seen_at(
    municipality: Municipality,
    standing: Standing,
    identifier: str,
    asking: Callable[..., list[Any]],
) -> Any:
    """What stands at an address, asked by a prepared query; else `NotThere`."""
    if standing.municipality != municipality.pk:
        raise NotThere
    return there(
        asking(town=municipality.pk, identifier=identifier, public_only=not standing.is_coordinator)
    )
