"""What the worker does for people who take part, and what participation lets go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job
from miteinander.core.standing import Standing
from miteinander.participation import actions


@job(
    "participation.tell_authors",
    label=_("Write to people who wait for an answer"),
    every=timedelta(minutes=1),
    when=actions.has_something_to_tell,
)
def tell_authors() -> None:
    actions.tell_authors(at=timezone.now())


@forgets("participation.answer_notices")
def forget_answer_notices(person: int, by: Standing, at: datetime) -> None:
    """Whoever is forgotten gets no notices to the address that they had here."""
    del by, at
    actions.forget_address_of(person)
