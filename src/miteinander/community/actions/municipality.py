"""The municipality itself, and who coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from miteinander.community.actions.sharing import locked
from miteinander.community.models import Person
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.models import (
    Membership,
    Municipality,
    User,
)
from miteinander.core.standing import Role, Standing, system


@transaction.atomic
def found_municipality(
    name: str,
    *,
    at: datetime,
    host: str | None = None,
    languages: Sequence[str] = ("de", "en"),
    official_key: str = "",
    state: str = "",
    accent: str = "",
    facts: Mapping[str, Any] | None = None,
    is_example: bool = False,
) -> Municipality:
    """Found the tenant. Without a host it answers to every name, so there is one such at most."""
    host = (host or "").lower() or None
    if not name.strip():
        raise Invalid({"name": gettext_lazy("Please give the municipality a name.")})
    if Municipality.objects.filter(host=host).exists():
        raise Invalid(
            {"host": gettext_lazy("Another municipality already answers under this address.")}
        )
    municipality = Municipality(
        name=name.strip(),
        host=host,
        languages=list(languages),
        official_key=official_key,
        state=state,
        facts=dict(facts or {}),
        is_example=is_example,
    )
    if accent:
        municipality.accent = accent
    municipality.save()
    by = system(municipality.pk, at=at)
    record("municipality.founded", None, by=by, at=at, data={"name": municipality.name})
    return municipality


@transaction.atomic
def set_municipality(
    municipality: Municipality,
    *,
    by: Standing,
    at: datetime,
    name: str | None = None,
    languages: Sequence[str] | None = None,
    accent: str | None = None,
    facts: Mapping[str, Any] | None = None,
    guest_months: int | None = None,
) -> Municipality:
    """Change what the municipality says about itself; what is left out stays. Facts are merged."""
    municipality = locked(municipality)
    if name is not None:
        municipality.name = name
    if languages is not None:
        municipality.languages = list(languages)
    if accent is not None:
        municipality.accent = accent
    if guest_months is not None:
        municipality.guest_months = guest_months
    municipality.facts = {**municipality.facts, **(facts or {})}
    municipality.save(update_fields=["name", "languages", "accent", "facts", "guest_months"])
    record(
        "municipality.changed",
        None,
        by=by,
        at=at,
        municipality=municipality.pk,
        data={"name": municipality.name},
    )
    return municipality


@transaction.atomic
def appoint_coordinator(
    municipality: Municipality,
    *,
    email: str,
    by: Standing,
    at: datetime,
    function: str = "",
    language: str = "de",
) -> User:
    """Give an address the coordination of a municipality; appointing twice changes nothing."""
    user = User.objects.invite(email, language=language)
    membership, made = Membership.objects.get_or_create(
        user=user, municipality=municipality, defaults={"role": Role.COORDINATOR}
    )
    if not made and membership.role == Role.COORDINATOR:
        return user
    membership.role = Role.COORDINATOR
    membership.save(update_fields=["role"])
    if not function:
        with override(language):
            function = _("Coordination")
    Person.objects.get_or_create(
        municipality=municipality,
        user=user,
        defaults={"function": function, "email": user.email, "language": language},
    )
    record(
        "coordinator.appointed",
        None,
        by=by,
        at=at,
        municipality=municipality.pk,
        personal={"email": user.email},
    )
    return user
