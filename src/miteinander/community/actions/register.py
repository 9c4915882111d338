"""The register: municipality, perspectives, organisations, people, bodies and seats.

Who may do it is asked by the faces (see rules); what fits is decided here. Entering the same
organisation, body, seat or person twice is refused with a sentence, which also catches a form
that was sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from miteinander.community.models import Body, Organisation, Person, Perspective, Seat
from miteinander.community.states import BodyKind, OrganisationKind
from miteinander.core import outbox
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.read import erase_personal
from miteinander.core.events.record import record
from miteinander.core.links import address_of
from miteinander.core.models import (
    Membership,
    Municipality,
    Thing,
    Translation,
    TranslationState,
    User,
)
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Role, Standing, system
from miteinander.core.translation import store

if TYPE_CHECKING:
    from miteinander.core.errors import Text

T = TypeVar("T", Organisation, Perspective, Person)

# --- the municipality -------------------------------------------------------------------------


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
) -> Municipality:
    """Change what the municipality says about itself; what is left out stays. Facts are merged."""
    municipality = _locked(municipality)
    if name is not None:
        municipality.name = name
    if languages is not None:
        municipality.languages = list(languages)
    if accent is not None:
        municipality.accent = accent
    municipality.facts = {**municipality.facts, **(facts or {})}
    municipality.save(update_fields=["name", "languages", "accent", "facts"])
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


# --- perspectives and organisations -----------------------------------------------------------


@transaction.atomic
def name_perspective(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    text: str = "",
    language: str = "de",
    is_public: bool = True,
    is_example: bool = False,
) -> Perspective:
    """Name a view that must be heard."""
    _refuse_namesake(Perspective, municipality, title, _PERSPECTIVE_EXISTS)
    perspective = Perspective.objects.create(
        municipality=municipality,
        title=title.strip(),
        text=text,
        language=language,
        is_public=is_public,
        is_example=is_example,
    )
    record("perspective.named", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def change_perspective(
    perspective: Perspective, *, title: str, text: str, seen: int, by: Standing, at: datetime
) -> Perspective:
    _refuse_namesake(Perspective, perspective.municipality, title, _PERSPECTIVE_EXISTS, perspective)
    perspective = save_if_unchanged(perspective, {"title": title.strip(), "text": text}, seen=seen)
    record("perspective.changed", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def register_organisation(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    kind: OrganisationKind | str = OrganisationKind.ASSOCIATION,
    text: str = "",
    email: str = "",
    perspectives: Iterable[Perspective] = (),
    language: str = "de",
    is_public: bool = True,
    is_example: bool = False,
) -> Organisation:
    """Enter an institution that takes part, with the perspectives it brings."""
    _refuse_namesake(Organisation, municipality, title, _ORGANISATION_EXISTS)
    organisation = Organisation.objects.create(
        municipality=municipality,
        title=title.strip(),
        organisation_kind=OrganisationKind(kind),
        text=text,
        email=email,
        language=language,
        is_public=is_public,
        is_example=is_example,
    )
    organisation.perspectives.set(_of_town(perspectives, municipality.pk))
    record("organisation.registered", organisation.as_thing(), by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    title: str,
    kind: OrganisationKind | str,
    text: str,
    email: str,
    perspectives: Iterable[Perspective],
    seen: int,
    by: Standing,
    at: datetime,
) -> Organisation:
    town = organisation.municipality
    _refuse_namesake(Organisation, town, title, _ORGANISATION_EXISTS, organisation)
    changes = {
        "title": title.strip(),
        "organisation_kind": OrganisationKind(kind),
        "text": text,
        "email": email,
    }
    organisation = save_if_unchanged(organisation, changes, seen=seen)
    organisation.perspectives.set(_of_town(perspectives, town.pk))
    record("organisation.changed", organisation.as_thing(), by=by, at=at)
    return organisation


# --- people -----------------------------------------------------------------------------------


@transaction.atomic
def register_person(
    municipality: Municipality,
    *,
    function: str,
    by: Standing,
    at: datetime,
    name: str = "",
    email: str = "",
    language: str = "de",
    organisation: Organisation | None = None,
) -> Person:
    """Enter somebody who takes part. The record names the function; name and mail are erasable."""
    _locked(municipality)
    email = email.strip().lower()
    _refuse_same_person(
        municipality, function=function, name=name, email=email, organisation=organisation
    )
    person = Person.objects.create(
        municipality=municipality,
        function=function.strip(),
        name=name.strip(),
        email=email,
        language=language,
        organisation=_own(organisation, municipality.pk),
    )
    _record_person("person.registered", person, by=by, at=at)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    function: str,
    name: str,
    email: str,
    language: str,
    organisation: Organisation | None,
    by: Standing,
    at: datetime,
) -> Person:
    _locked(person.municipality)
    email = email.strip().lower()
    _refuse_same_person(
        person.municipality,
        function=function,
        name=name,
        email=email,
        organisation=organisation,
        own=person,
    )
    person.function, person.name, person.email = function.strip(), name.strip(), email
    person.language = language
    person.organisation = _own(organisation, person.municipality_id)
    person.save()
    _record_person("person.changed", person, by=by, at=at)
    return person


@transaction.atomic
def invite_person(
    person: Person, *, email: str, by: Standing, at: datetime, role: Role = Role.MEMBER
) -> User:
    """Give a person an account and mail them where to sign in; the code comes when they do.

    Inviting the same address again on another day mails again and changes nothing else. A
    coordination stays one, whatever `role` says.
    """
    town = _locked(person.municipality)
    user = User.objects.invite(email, language=person.language)
    if person.user_id not in (None, user.pk):
        raise Invalid(
            {"email": gettext_lazy("This person already has an account with another address.")}
        )
    if Person.objects.filter(municipality=town, user=user).exclude(pk=person.pk).exists():
        raise Invalid({"email": gettext_lazy("Another person already signs in with this address.")})
    Membership.objects.get_or_create(user=user, municipality=town, defaults={"role": role})
    person.user, person.email = user, user.email
    person.save(update_fields=["user", "email"])
    _record_person("person.invited", person, by=by, at=at)
    _mail_invitation(person, user, at=at)
    return user


@transaction.atomic
def forget_person(person: Person, *, by: Standing, at: datetime) -> Person:
    """Erase what is known about a person: name, address, access, and the details of events.

    The function stays, because the record names functions; so do the seats, which fall vacant.
    What happened stays in the memory, without who it was. A coordination cannot erase itself:
    somebody has to be able to go on.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user_id is not None and person.user_id == by.user:
        raise Closed(
            gettext_lazy("You cannot erase yourself."),
            do=gettext_lazy("Ask another coordination, or the IT office, to do it."),
        )
    addresses = {person.email, person.user.email if person.user else ""} - {""}
    erase_personal(person=person.pk, user=person.user_id, municipality=person.municipality_id)
    outbox.forget(addresses, municipality=person.municipality_id)
    if person.user is not None:
        Membership.objects.filter(user=person.user, municipality=person.municipality_id).delete()
        if not person.user.memberships.exists():
            person.user.delete()
    Seat.objects.filter(holder=person).update(holder=None)
    Seat.objects.filter(deputy=person).update(deputy=None)
    person.user, person.name, person.email = None, "", ""
    person.save(update_fields=["user", "name", "email"])
    record(
        "person.forgotten",
        None,
        by=by,
        at=at,
        municipality=person.municipality_id,
        data={"person": person.function},
    )
    return person


def _mail_invitation(person: Person, user: User, *, at: datetime) -> None:
    # People are written to in a language that has pages: the address in the mail must exist.
    known = person.language in dict(settings.LANGUAGES)
    language = person.language if known else settings.LANGUAGE_CODE
    with override(language):
        words = {
            "municipality": person.municipality.name,
            "function": person.function,
            "address": address_of(person.municipality) + reverse("account_login"),
            "email": user.email,
        }
        subject = _("%(municipality)s: your access to Miteinander") % words
        body = _INVITATION % words
    outbox.queue(
        key=f"person.invited:{person.pk}:{user.pk}:{at:%Y%m%d}",
        to=user.email,
        subject=subject,
        body=str(body),
        at=at,
        language=language,
        municipality=person.municipality_id,
    )


_INVITATION = gettext_lazy(
    """Good day,

%(municipality)s works on its integration concept with Miteinander. You take part as: %(function)s.

Sign in here with your address %(email)s:
%(address)s

You need no password. We send you a code each time.
If this mail is not meant for you, you need not do anything."""
)


# --- bodies and seats -------------------------------------------------------------------------


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
    _refuse_namesake(Body, municipality, title, _BODY_EXISTS)
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
    _refuse_namesake(Body, body.municipality, title, _BODY_EXISTS, body)
    changes = {"title": title.strip(), "body_kind": BodyKind(kind), "text": text}
    body = save_if_unchanged(body, changes, seen=seen)
    record("body.changed", body.as_thing(), by=by, at=at)
    return body


@transaction.atomic
def create_seat(
    body: Body,
    *,
    function: str,
    by: Standing,
    at: datetime,
    perspective: Perspective | None = None,
    organisation: Organisation | None = None,
    has_voice: bool = True,
    leads: bool = False,
    starts: date | None = None,
    ends: date | None = None,
) -> Seat:
    """Set up a place in a body, for a perspective or an organisation, still vacant."""
    _locked(body.municipality)
    _refuse_same_seat(body, function)
    _refuse_backwards(starts, ends, _TERM_BACKWARDS)
    last = body.seats.order_by("-position").values_list("position", flat=True).first()
    seat = Seat.objects.create(
        body=body,
        function=function.strip(),
        perspective=_own(perspective, body.municipality_id),
        organisation=_own(organisation, body.municipality_id),
        has_voice=has_voice,
        leads=leads,
        starts=starts,
        ends=ends,
        position=(last or 0) + 1,
    )
    _record_seat("seat.created", seat, by=by, at=at)
    return seat


@transaction.atomic
def change_seat(
    seat: Seat,
    *,
    function: str,
    perspective: Perspective | None,
    organisation: Organisation | None,
    has_voice: bool,
    leads: bool,
    starts: date | None,
    ends: date | None,
    by: Standing,
    at: datetime,
) -> Seat:
    town = _locked(seat.body.municipality)
    _refuse_same_seat(seat.body, function, seat)
    _refuse_backwards(starts, ends, _TERM_BACKWARDS)
    seat.function = function.strip()
    seat.perspective, seat.organisation = _own(perspective, town.pk), _own(organisation, town.pk)
    seat.has_voice, seat.leads = has_voice, leads
    seat.starts, seat.ends = starts, ends
    seat.save()
    _record_seat("seat.changed", seat, by=by, at=at)
    return seat


@transaction.atomic
def fill_seat(
    seat: Seat, *, holder: Person | None, by: Standing, at: datetime, deputy: Person | None = None
) -> Seat:
    """Say who holds a seat and who stands in; with nobody, the seat is vacant.

    A new holder begins present: an absence that was noted for the previous one ends here.
    """
    town = seat.body.municipality_id
    if holder is not None and holder == deputy:
        raise Invalid({"deputy": gettext_lazy("Nobody can be their own deputy.")})
    if seat.holder_id != (holder.pk if holder else None):
        seat.absent_from = seat.absent_until = None
    seat.holder, seat.deputy = _own(holder, town), _own(deputy, town)
    seat.save(update_fields=["holder", "deputy", "absent_from", "absent_until"])
    people = {"holder": holder.pk if holder else None, "deputy": deputy.pk if deputy else None}
    kind = "seat.filled" if holder else "seat.emptied"
    _record_seat(kind, seat, by=by, at=at, personal=people)
    return seat


@transaction.atomic
def note_absence(
    seat: Seat,
    *,
    absent_from: date | None,
    by: Standing,
    at: datetime,
    absent_until: date | None = None,
) -> Seat:
    """Note from when to when the deputy speaks; without a beginning, the holder is back."""
    if absent_from is None and absent_until is not None:
        raise Invalid({"absent_from": gettext_lazy("Please say from which day on.")})
    _refuse_backwards(absent_from, absent_until, _ABSENCE_BACKWARDS, field="absent_until")
    seat.absent_from, seat.absent_until = absent_from, absent_until
    seat.save(update_fields=["absent_from", "absent_until"])
    kind = "seat.absence_noted" if absent_from else "seat.absence_ended"
    days = {"from": absent_from, "until": absent_until}
    # When somebody is away is about that person, not about the seat.
    personal = {name: day.isoformat() for name, day in days.items() if day}
    _record_seat(kind, seat, by=by, at=at, personal=personal)
    return seat


# --- what all of them share -------------------------------------------------------------------

_PERSPECTIVE_EXISTS = gettext_lazy("A perspective of this name is already there.")
_ORGANISATION_EXISTS = gettext_lazy("An organisation of this name is already there.")
_BODY_EXISTS = gettext_lazy("A body of this name is already there.")
_TERM_BACKWARDS = gettext_lazy("A term cannot end before it starts.")
_ABSENCE_BACKWARDS = gettext_lazy("An absence cannot end before it starts.")


def _locked(municipality: Municipality) -> Municipality:
    """One writer at a time in the register, so that "is it there already?" stays true."""
    return Municipality.objects.select_for_update().get(pk=municipality.pk)


def _refuse_namesake(
    model: type[Perspective | Organisation | Body],
    municipality: Municipality,
    title: str,
    sentence: Text,
    own: Thing | None = None,
) -> None:
    _locked(municipality)
    namesakes = model.objects.filter(
        municipality=municipality, title__iexact=title.strip(), retired_on=None
    )
    if own is not None:
        namesakes = namesakes.exclude(pk=own.pk)
    if namesakes.exists():
        raise Invalid({"title": sentence})


def _refuse_same_person(
    municipality: Municipality,
    *,
    function: str,
    name: str,
    email: str,
    organisation: Organisation | None,
    own: Person | None = None,
) -> None:
    others = Person.objects.filter(municipality=municipality)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if email and others.filter(email=email).exists():
        raise Invalid({"email": gettext_lazy("A person with this address is already there.")})
    same = others.filter(
        function__iexact=function.strip(), name__iexact=name.strip(), organisation=organisation
    )
    if same.exists():
        raise Invalid(
            {
                "function": gettext_lazy(
                    "Somebody with this function is already there. If these are two people, "
                    "please tell them apart, for example “member 1” and “member 2”."
                )
            }
        )


def _refuse_same_seat(body: Body, function: str, own: Seat | None = None) -> None:
    others = body.seats.filter(function__iexact=function.strip())
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise Invalid(
            {
                "function": gettext_lazy(
                    "This body already has a seat of that name. If there are two, "
                    "please tell them apart, for example “member 1” and “member 2”."
                )
            }
        )


@transaction.atomic
def translate(
    thing: Thing,
    field: str,
    language: str,
    text: str,
    *,
    state: TranslationState | str,
    by: Standing,
    at: datetime,
) -> Translation:
    """Keep a translation of one field of any thing; the original stays authoritative."""
    kept = store(thing, field, language, text, state=TranslationState(state), by=by, at=at)
    record(
        "thing.translated",
        thing.as_thing(),
        by=by,
        at=at,
        data={
            "field": field,
            "language": settings.LANGUAGE_NAMES.get(language, language),
            "tag": language,
            "state": str(state),
        },
    )
    return kept


def _refuse_backwards(
    starts: date | None, ends: date | None, sentence: Text, *, field: str = "ends"
) -> None:
    if starts is not None and ends is not None and ends < starts:
        raise Invalid({field: sentence})


def _own(row: T | None, town: int) -> T | None:
    assert row is None or row.municipality_id == town, "rows of another municipality"
    return row


def _of_town(rows: Iterable[Perspective], town: int) -> list[Perspective]:
    found = list(rows)
    assert all(row.municipality_id == town for row in found), "rows of another municipality"
    return found


def _record_person(kind: str, person: Person, *, by: Standing, at: datetime) -> None:
    record(
        kind,
        None,
        by=by,
        at=at,
        municipality=person.municipality_id,
        data={"person": person.function},
        personal={"person": person.pk, "name": person.name, "email": person.email},
    )


def _record_seat(
    kind: str, seat: Seat, *, by: Standing, at: datetime, personal: dict[str, Any] | None = None
) -> None:
    thing = seat.body.as_thing()
    record(kind, thing, by=by, at=at, data={"seat": seat.function}, personal=personal)
