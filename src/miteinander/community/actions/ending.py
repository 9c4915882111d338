"""Organisations that cease to exist. What they did stays, and so does their page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community import events
from miteinander.community.models import Office, Organisation
from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.standing import Standing


@transaction.atomic
def end_organisation(organisation: Organisation, *, by: Standing, at: datetime) -> Organisation:
    """Note that an organisation does not exist any more; once is enough.

    Nobody can choose it again. What it was to do says so until somebody else does it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.retired_on is not None:
        return organisation
    if Office.objects.filter(organisation=organisation).exists():
        raise Closed(
            _("This is an office that people turn to."),
            where=organisation.title,
            do=_("Please let another organisation be the office first."),
        )
    organisation.retired_on = localdate(at)
    organisation.revision += 1
    organisation.save(update_fields=["retired_on", "revision"])
    record(events.ORGANISATION_ENDED.name, organisation, by=by, at=at)
    return organisation


@transaction.atomic
def resume_organisation(organisation: Organisation, *, by: Standing, at: datetime) -> Organisation:
    """Take that back: it is there after all, or again."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.retired_on is None:
        return organisation
    organisation.retired_on = None
    organisation.revision += 1
    organisation.save(update_fields=["retired_on", "revision"])
    record(events.ORGANISATION_RESUMED.name, organisation, by=by, at=at)
    return organisation
