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
) -> Body:
    """Change name, kind and description. Whether a body is public is decided when it is formed."""
    refuse_namesake(Body, body.municipality, title, _BODY_EXISTS, body)
    changes = {"title": title.strip(), "body_kind": BodyKind(kind), "text": text}
    body = save_if_unchanged(body, changes, seen=seen)
    record("body.changed", body.as_thing(), by=by, at=at)
    return body


_BODY_EXISTS = gettext_lazy("A body of this name is already there.")
