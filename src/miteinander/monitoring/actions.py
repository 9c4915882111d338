"""What may be done while a concept is carried out: report, and ask for reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Closed, Invalid, LinkForged, NotReady
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link
from miteinander.core.links import SignedLink, spend
from miteinander.core.models import Event, Relation
from miteinander.core.rights import allowed, require
from miteinander.core.standing import Standing
from miteinander.monitoring import queries
from miteinander.monitoring.models import StatusReport
from miteinander.monitoring.rules import REPORT_LINK
from miteinander.monitoring.states import Light
from miteinander.strategy.models import Concept, Measure

ASK_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of asking many at once."""

    asked: int
    already: int
    """Asked within the last day; nobody gets two mails for it."""
    unreachable: tuple[Measure, ...]
    """Without a lead, or with a lead that has no e-mail address."""


@transaction.atomic
def report_status(
    measure: Measure,
    *,
    light: str,
    text: str = "",
    next_step: str = "",
    by: Standing,
    at: datetime,
    signed: SignedLink | None = None,
    language: str = "",
    is_example: bool = False,
) -> StatusReport:
    """Say how a measure stands. Public at once; earlier reports stay readable.

    Refused with :class:`NotAllowed` for anybody who does not speak for the measure, and with
    :class:`Closed` when it is not adopted or no phase permits reports. A report that lies
    before the latest one (from an old paper file, say) joins the history and is not the latest.
    A signed link is used up in the same transaction; a refusal below gives it back.
    """
    measure = _locked(measure)
    if signed is not None:
        if (signed.purpose, signed.thing) != (REPORT_LINK, measure.pk):
            raise LinkForged
        spend(signed, at=at)
    require(by, "monitoring.speak_for", measure)
    _require_open(measure, by)
    _require_words(light, text, next_step)
    later = StatusReport.objects.filter(measure=measure, reported_at__gt=at).exists()
    if not later:
        StatusReport.objects.filter(measure=measure, is_latest=True).update(is_latest=False)
    language = language or measure.language
    with override(language):
        title = str(_("Status: %(light)s")) % {"light": Light(light).label}
    report = StatusReport.objects.create(
        municipality_id=measure.municipality_id,
        measure=measure,
        title=title,
        number=measure.number,
        language=language,
        light=light,
        text=text.strip(),
        next_step=next_step.strip(),
        function=by.function,
        reported_at=at,
        happened_on=localdate(at),
        is_latest=not later,
        is_public=measure.is_public,
        is_example=is_example or measure.is_example,
    )
    link(measure, report, Relation.REPORTED_IN, on=localdate(at), note=report.text)
    record("report.made", report, by=by, at=at, data={"measure": measure.title, "light": light})
    return report


@transaction.atomic
def request_report(measure: Measure, *, by: Standing, at: datetime) -> bool:
    """Ask the lead how the measure stands; a mail with a signed link follows.

    Returns whether it was asked now: asking twice within a day asks once. Refused with
    :class:`NotReady` when nobody can be reached.
    """
    measure = _locked(measure)
    require(by, "monitoring.ask_for_reports", measure)
    _require_open(measure, by)
    if measure.lead is None:
        raise NotReady([_("This measure has no lead.")])
    if not measure.lead.email:
        raise NotReady(
            [_("%(lead)s has no e-mail address in the register.") % {"lead": measure.lead.title}]
        )
    if _asked_lately(measure, at):
        return False
    record(
        "report.requested",
        measure,
        by=by,
        at=at,
        data={"lead": measure.lead.title, "organisation": measure.lead.pk},
    )
    return True


@transaction.atomic
def request_reports(concept: Concept, *, by: Standing, at: datetime) -> Asked:
    """Ask the leads of all measures of a concept about which nothing is known."""
    require(by, "monitoring.ask_for_reports", concept)
    asked = already = 0
    unreachable: list[Measure] = []
    for measure in queries.silent_measures(concept.municipality, at=at, concept=concept):
        if measure.lead is None or not measure.lead.email:
            unreachable.append(measure)
        elif request_report(measure, by=by, at=at):
            asked += 1
        else:
            already += 1
    return Asked(asked, already, tuple(unreachable))


def _locked(measure: Measure) -> Measure:
    """Let reports on one measure queue up, so that exactly one of them is the latest."""
    return (
        Measure.objects.select_for_update(of=("self",))
        .select_related("lead", "goal__field__concept__process")
        .get(pk=measure.pk)
    )


def _asked_lately(measure: Measure, at: datetime) -> bool:
    return Event.objects.filter(
        kind="report.requested", thing_id=measure.pk, at__gt=at - ASK_AGAIN_AFTER
    ).exists()


def _require_open(measure: Measure, by: Standing) -> None:
    if not allowed(by, "monitoring.report_now", measure):
        raise Closed(
            _("Nothing can be reported on this measure now."),
            where=measure.title,
            do=_(
                "Reports need an adopted measure and a phase that permits them. "
                "Please ask the coordination."
            ),
        )


def _require_words(light: str, text: str, next_step: str) -> None:
    faults = {}
    if light not in Light.values:
        faults["light"] = _("Please choose how the measure stands.")
    if light in {Light.AT_RISK, Light.STUCK} and not text.strip():
        faults["text"] = _("Please say in a sentence what the difficulty is.")
    if len(next_step) > 300:
        faults["next_step"] = _("Please keep the next step within 300 characters.")
    if faults:
        raise Invalid(faults)
