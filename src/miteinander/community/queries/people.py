"""People: who may be written to, and what they said of themselves."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from miteinander.community.models import Characteristic, Consent, Person, SelfDescription
from miteinander.community.states import CharacteristicKind
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing


def reachable(people: QuerySet[Person]) -> QuerySet[Person]:
    """Of some people those who may be written to: they agreed, and there is an address.

    Their own, else that of their account. Whoever mails people goes through this; only the mails
    of signing in do not.
    """
    live = Consent.objects.filter(person=OuterRef("pk"), withdrawn_on=None)
    return people.filter(Exists(live)).filter(Q(email__gt="") | Q(user__email__gt=""))


def with_consents(people: QuerySet[Person]) -> QuerySet[Person]:
    """People with the days of their newest consent (`agreed_on`, `withdrew_on`); no query more."""
    newest = Consent.objects.filter(person=OuterRef("pk")).order_by("-given_on", "-pk")
    return people.annotate(
        agreed_on=Subquery(newest.values("given_on")[:1]),
        withdrew_on=Subquery(newest.values("withdrawn_on")[:1]),
    )


def consent_of(person: Person) -> Consent | None:
    """The newest consent of somebody, withdrawn or not."""
    return Consent.objects.filter(person=person).order_by("-given_on", "-pk").first()


def own_person(municipality: Municipality, standing: Standing) -> Person | None:
    """Whoever is signed in, as the register knows them."""
    if standing.person is None:
        return None
    rows = Person.objects.filter(municipality=municipality, pk=standing.person)
    return rows.select_related("organisation", "municipality").first()


def characteristics_of(municipality: Municipality) -> list[Characteristic]:
    """What people may say of themselves here, in a fixed order."""
    return list(Characteristic.objects.filter(municipality=municipality).order_by("pk"))


def self_description_of(person: Person) -> SelfDescription | None:
    """For the page of the person alone; coverage reads all of them, and shows only numbers."""
    return SelfDescription.objects.filter(person=person).first()


def told_for_draws(municipality: Municipality) -> dict[int, dict[str, str]]:
    """What people let count for draws by lot, by person and kind: one query.

    Only for the pool of a draw, which shows nobody whose it is (decision 107).
    """
    rows = SelfDescription.objects.filter(person__municipality=municipality, for_draws=True)
    return {
        row.person_id: {str(kind): getattr(row, kind) for kind in CharacteristicKind}
        for row in rows
    }
