"""Bodies: formed and changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import refuse_namesake
from miteinander.community.models import Body
from miteinander.community.states import BodyKind
from miteinander.core.events.record import record
from miteinander.core.models import (
    Municipality,
)
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing

USUAL_DAYS = 14
"""So long a body may correct its minutes unless it says otherwise."""


@transaction.atomic
def form_body(
    municipality: Municipality,
    *,
    title: str,
    kind: BodyKind | str,
    by: Standing,
    at: datetime,
    text: str = "",
    on: date | None = None,
    precision: str = "day",
    language: str = "de",
    is_public: bool = True,
    correction_days: int | None = None,
    is_example: bool = False,
) -> Body:
    """Form a group that meets and decides; `on` is the day it was formed, if known."""
    refuse_namesake(Body, municipality, title, _BODY_EXISTS)
    body = Body.objects.create(
        municipality=municipality,
        title=title.strip(),
        body_kind=BodyKind(kind),
        text=text,
        happened_on=on,
        precision=precision,
        language=language,
        is_public=is_public,
        correction_days=USUAL_DAYS if correction_days is None else correction_days,
        is_example=is_example,
    )
    record("body.formed", body.as_thing(), by=by, at=at)
    return body


@transaction.atomic
def change_body(
    body: Body,
    *,
    title: str,
    kind: BodyKind | str,
    text: str,
    seen: int,
    by: Standing,
    at: datetime,
    correction_days: int | None = None,
) -> Body:
    """Change name, kind, description, and the days for corrections to minutes (None: as before).

    Whether a body is public is decided when it is formed.
    """
    refuse_namesake(Body, body.municipality, title, _BODY_EXISTS, body)
    changes: dict[str, object] = {"title": title.strip(), "body_kind": BodyKind(kind), "text": text}
    if correction_days is not None:
        changes["correction_days"] = correction_days
    body = save_if_unchanged(body, changes, seen=seen)
    record("body.changed", body.as_thing(), by=by, at=at)
    return body


_BODY_EXISTS = gettext_lazy("A body of this name is already there.")
