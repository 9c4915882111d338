"""How the office can be reached, and when: week, holidays, days with other hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.models import Office, Organisation
from miteinander.community.states import LocalHoliday, Weekday
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing


@transaction.atomic
def register_office(
    organisation: Organisation,
    *,
    by: Standing,
    at: datetime,
    street: str = "",
    postcode: str = "",
    place: str = "",
    phone: str = "",
    email: str = "",
    authority_phone: str = "",
    authority_phone_hours: str = "",
    opening_hours: Sequence[Mapping[str, Any]] = (),
    appointments_note: str = "",
    keeps_holidays: bool = True,
    local_holidays: Sequence[str] = (),
    way: str = "",
    contact_form_url: str = "",
) -> Office:
    """Say how an organisation can be reached as an office; saying it again replaces it.

    `opening_hours` is a list of ``{"days": ["mon", …], "from": "08:00", "to": "12:00"}``.
    """
    hours = checked_hours(opening_hours)
    Municipality.objects.select_for_update().get(pk=organisation.municipality_id)
    office, made = Office.objects.update_or_create(
        organisation=organisation,
        defaults={
            "street": street,
            "postcode": postcode,
            "place": place,
            "phone": phone,
            "email": email,
            "authority_phone": authority_phone,
            "authority_phone_hours": authority_phone_hours,
            "opening_hours": hours,
            "appointments_note": appointments_note,
            "keeps_holidays": keeps_holidays,
            "local_holidays": [str(LocalHoliday(name)) for name in local_holidays],
            "way": way.strip(),
            "contact_form_url": contact_form_url,
        },
    )
    kind = "office.registered" if made else "office.changed"
    record(kind, organisation.as_thing(), by=by, at=at)
    return office


def checked_hours(hours: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Check opening hours and return them as they are kept; a refusal names the row at fault."""
    kept = []
    for number, row in enumerate(hours, start=1):
        try:
            days = [Weekday(day) for day in row["days"]]
            opens, closes = time.fromisoformat(row["from"]), time.fromisoformat(row["to"])
        except (KeyError, TypeError, ValueError) as problem:
            wrong = _("Row %(row)s of the opening hours cannot be read.") % {"row": number}
            raise Invalid({"opening_hours": wrong}) from problem
        if closes <= opens or not days:
            wrong = _(
                "Row %(row)s of the opening hours needs a day, and must end after it begins."
            ) % {"row": number}
            raise Invalid({"opening_hours": wrong})
        kept.append(
            {"days": [str(d) for d in days], "from": f"{opens:%H:%M}", "to": f"{closes:%H:%M}"}
        )
    _refuse_overlap(kept)
    return kept


def _refuse_overlap(hours: Sequence[Mapping[str, Any]]) -> None:
    """Two spans of one day may touch, but not lie upon each other: one of them is a slip."""
    for day in Weekday:
        spans = sorted((row["from"], row["to"]) for row in hours if str(day) in row["days"])
        for (_opens, closes), (opens, _closes) in pairwise(spans):
            if opens < closes:
                wrong = _("%(day)s has hours that overlap: until %(end)s and from %(begin)s.")
                words = {"day": day.label, "end": closes, "begin": opens}
                raise Invalid({f"hours_{day}": wrong % words})


@transaction.atomic
def add_closure(
    office: Office,
    *,
    first: date,
    last: date | None = None,
    reason: str,
    by: Standing,
    at: datetime,
    hours: Sequence[tuple[time, time]] = (),
) -> Office:
    """Enter days on which the office is closed or has other hours, with the reason people read.

    A day stands in one entry only, so that nobody has to guess which one counts.
    """
    last = last or first
    if last < first:
        raise Invalid({"last": gettext_lazy("The last day cannot lie before the first.")})
    if not reason.strip():
        raise Invalid({"reason": gettext_lazy("Please say why, for example “Christmas Eve”.")})
    if any(closes <= opens for opens, closes in hours):
        raise Invalid({"hours": gettext_lazy("Hours must end after they begin.")})
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    row = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "reason": reason.strip(),
        "hours": [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in hours],
    }
    for other in office.closures:
        if row["from"] <= other["to"] and other["from"] <= row["to"]:
            wrong = _("There is already an entry for these days: %(reason)s.") % other
            raise Invalid({"first": wrong})
    return _keep_closures(office, [*office.closures, row], by=by, at=at)


@transaction.atomic
def remove_closure(office: Office, *, first: date, by: Standing, at: datetime) -> Office:
    """Take back the entry that begins on this day; without one, nothing is changed."""
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    kept = [row for row in office.closures if row["from"] != first.isoformat()]
    return _keep_closures(office, kept, by=by, at=at)


def _keep_closures(
    office: Office, rows: Sequence[Mapping[str, Any]], *, by: Standing, at: datetime
) -> Office:
    office.closures = sorted(rows, key=lambda row: str(row["from"]))
    office.save(update_fields=["closures"])
    record("office.changed", office.organisation.as_thing(), by=by, at=at)
    return office
