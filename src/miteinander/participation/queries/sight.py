"""Who sees what of participation: the coordination all, others what is public or put to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from miteinander.core.errors import NotThere
from miteinander.core.models import Municipality
from miteinander.core.prepared import there
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from miteinander.participation.states import Audience


def seen_at(
    municipality: Municipality,
    standing: Standing,
    identifier: str,
    asking: Callable[..., list[Any]],
    *,
    right: str,
) -> Any:
    """What stands at an address, asked by a prepared query; else `NotThere`.

    Of one row the rule itself is asked; lists have its twin, :func:`put_to`.
    """
    if standing.municipality != municipality.pk:
        raise NotThere
    found = there(asking(town=municipality.pk, identifier=identifier))
    if not allowed(standing, right, found):
        raise NotThere
    return found


def put_to(standing: Standing, call: str = "") -> Q | None:
    """Calls that are put to somebody without being public; the twin of the rule `is_put_to`.

    `call` is the way there from the rows that are asked for. None for most: nothing is put to
    somebody without an account and without a code.
    """
    way = f"{call}__" if call else ""
    found: list[Q] = []
    if standing.is_member:
        found.append(Q(**{f"{way}audience": Audience.MEMBERS}))
    if standing.bodies:
        found.append(
            Q(**{f"{way}audience": Audience.BODY, f"{way}body__in": sorted(standing.bodies)})
        )
    if standing.codes:
        found.append(
            Q(**{f"{way}audience": Audience.CODE, f"{way}access_code__in": sorted(standing.codes)})
        )
    if not found:
        return None
    put = found[0]
    for more in found[1:]:
        put |= more
    return put
