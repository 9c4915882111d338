"""People: entered, invited, forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.imports import forget_in_imports
from miteinander.community.actions.sharing import locked, own_row
from miteinander.community.actions.tenures import vacate
from miteinander.community.models import CountedPerson, Organisation, Person, SelfDescription
from miteinander.core import outbox
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.read import erase_personal
from miteinander.core.events.record import record
from miteinander.core.forgetting import forget_everywhere
from miteinander.core.links import address_of
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.core.models import (
    Membership,
    Municipality,
    User,
)
from miteinander.core.standing import Role, Standing


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
    further_languages: Iterable[str] = (),
    acts_for: Iterable[Organisation] = (),
) -> Person:
    """Enter somebody who takes part. The record names the function; name and mail are erasable."""
    locked(municipality)
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
        organisation=own_row(organisation, municipality.pk),
        further_languages=_further(language, further_languages),
    )
    person.acts_for.set(_of_town(acts_for, municipality.pk))
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
    further_languages: Iterable[str] | None = None,
    acts_for: Iterable[Organisation] | None = None,
) -> Person:
    """Change what is known about somebody; what is None stays as it is."""
    locked(person.municipality)
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
    person.organisation = own_row(organisation, person.municipality_id)
    if further_languages is not None:
        person.further_languages = _further(language, further_languages)
    person.save()
    if acts_for is not None:
        person.acts_for.set(_of_town(acts_for, person.municipality_id))
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
    town = locked(person.municipality)
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
    forget_in_imports(person)
    if person.user is not None:
        Membership.objects.filter(user=person.user, municipality=person.municipality_id).delete()
        if not person.user.memberships.exists():
            person.user.delete()
    vacate(person, at=at)
    SelfDescription.objects.filter(person=person).delete()
    CountedPerson.objects.filter(person=person).delete()
    person.consents.all().delete()
    person.acts_for.clear()
    Organisation.objects.filter(contact=person).update(contact=None)
    forget_everywhere(person.pk, by=by, at=at)
    person.user, person.name, person.email, person.further_languages = None, "", "", ""
    person.save(update_fields=["user", "name", "email", "further_languages"])
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
    letters = Letters(PERSON_INVITED, person.municipality)
    language = letters.language_for(person.language)
    with speaking(language):
        sign_in = address_of(person.municipality) + reverse("account_login")
    letter = letters.write(
        language,
        {
            "municipality": person.municipality.name,
            "function": person.function,
            "address": sign_in,
            "email": user.email,
        },
    )
    outbox.queue(
        key=f"person.invited:{person.pk}:{user.pk}:{localdate(at):%Y%m%d}",
        to=user.email,
        subject=letter.subject,
        body=letter.body,
        at=at,
        language=letter.language,
        municipality=person.municipality_id,
    )


PERSON_INVITED = MailKind(
    "person.invited",
    label=gettext_lazy("Access for a person"),
    subject=gettext_lazy("%(municipality)s: your access to Miteinander"),
    body=gettext_lazy(
        """Good day,

%(municipality)s works on its integration concept with Miteinander. You take part as: %(function)s.

Sign in here with your address %(email)s:
%(address)s

You need no password. We send you a code each time.
If this mail is not meant for you, you need not do anything."""
    ),
    words={
        "municipality": Word(gettext_lazy("Municipality"), gettext_lazy("Town of Example")),
        "function": Word(gettext_lazy("Function"), gettext_lazy("Member of the steering group")),
        "email": Word(gettext_lazy("E-mail address"), "funktion@beispiel.example"),
        "address": Word(gettext_lazy("Link to sign in"), "https://miteinander.example/anmelden/"),
    },
    needed=frozenset({"address"}),
)


def _further(language: str, others: Iterable[str]) -> str:
    return ", ".join(tag for tag in dict.fromkeys(others) if tag != language)


def _of_town(rows: Iterable[Organisation], town: int) -> list[Organisation]:
    found = list(rows)
    assert all(row.municipality_id == town for row in found), "rows of another municipality"
    return found


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
