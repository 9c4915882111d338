"""Consent: given, and withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked
from miteinander.community.models import Consent, Person
from miteinander.community.states import ConsentWay
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing


@transaction.atomic
def give_consent(
    person: Person,
    *,
    way: ConsentWay | str,
    by: Standing,
    at: datetime,
    on: date | None = None,
) -> Consent:
    """Note that somebody agreed to be kept here and written to. While it holds, once is enough."""
    locked(person.municipality)
    on = on or localdate(at)
    if on > localdate(at):
        raise Invalid({"given_on": gettext_lazy("A consent cannot be given in the future.")})
    if live := person.consents.filter(withdrawn_on=None).first():
        return live
    consent = Consent.objects.create(person=person, given_on=on, way=ConsentWay(way))
    _record(person, "consent.given", by=by, at=at)
    return consent


@transaction.atomic
def withdraw_consent(
    person: Person, *, by: Standing, at: datetime, on: date | None = None
) -> Consent | None:
    """From now on nobody writes to this person, except to let them sign in.

    Seats and functions stay: they belong to the bodies. Whoever wants to be erased as well says
    so (`forget_person`). Without a consent that holds nothing changes.
    """
    locked(person.municipality)
    live = person.consents.filter(withdrawn_on=None).first()
    if live is None:
        return None
    on = on or localdate(at)
    if on < live.given_on:
        sentence = gettext_lazy("A consent cannot be withdrawn before it was given.")
        raise Invalid({"withdrawn_on": sentence})
    if on > localdate(at):
        sentence = gettext_lazy("A consent cannot be withdrawn in the future.")
        raise Invalid({"withdrawn_on": sentence})
    live.withdrawn_on = on
    live.save(update_fields=["withdrawn_on"])
    _record(person, "consent.withdrawn", by=by, at=at)
    return live


def _record(person: Person, kind: str, *, by: Standing, at: datetime) -> None:
    record(
        kind,
        None,
        by=by,
        at=at,
        municipality=person.municipality_id,
        data={"person": person.function},
        personal={"person": person.pk},
    )
