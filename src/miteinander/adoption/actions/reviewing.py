"""From review to resolution: one verb, one transaction, one event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from miteinander.adoption import events, queries
from miteinander.adoption.actions.objections import enter_objection, put
from miteinander.adoption.models import ConceptVersion, Voice
from miteinander.adoption.states import Choice, ObjectionState, VersionState
from miteinander.community.models import Seat
from miteinander.community.states import BodyKind
from miteinander.core.canonical import CHECKSUM, canonical
from miteinander.core.errors import Closed, Invalid, NotAllowed, NotReady
from miteinander.core.events.record import record
from miteinander.core.identifiers import new_identifier
from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.core.standing import SeatHeld, Standing
from miteinander.process.models import Process, Resolution
from miteinander.process.states import ResolutionKind, Result
from miteinander.strategy.actions import begin_review
from miteinander.strategy.models import Concept, Measure
from miteinander.strategy.states import ConceptState, MeasureState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COMPARED = (
    "title", "summary", "text", "first_steps", "target_groups", "neighbourhoods", "novelty",
    "service", "lead", "partners", "horizon", "starts", "ends", "cost_once", "cost_yearly",
    "funding", "funding_source", "staff_need", "risks", "cross_cutting_themes", "indicators",
    "depends_on", "own",
)  # fmt: skip
"""What must not have changed between the frozen version and its adoption.

Versions frozen before a measure had one of these are compared by what they know.
"""


# --- voices and objections -----------------------------------------------------------------


@transaction.atomic
def cast_voice(
    measure: Measure,
    *,
    choice: Choice,
    reason: str = "",
    seat: int | None = None,
    by: Standing,
    at: datetime,
) -> Voice:
    """Agree or object for one's seat; again, while the review runs, to change one's mind.

    One voice per seat, whoever casts it: the holder, or the deputy while the holder is absent.
    An objection needs a reason and becomes a thing of its own that travels with the measure.
    `seat` chooses among several seats that one person may speak for.
    """
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    process = measure.goal.field.concept.process
    held = _seat_to_speak_for(process, seat=seat, by=by)
    _require_phase(process, "review", at=at)
    if measure.state != MeasureState.SUBMITTED:
        raise Closed(
            _("Voices are cast while a measure is handed in."),
            where=measure.title,
            do=_("Its state now: %(state)s.") % {"state": measure.get_state_display()},
        )
    reason = reason.strip()
    if choice == Choice.OBJECT and not reason:
        raise Invalid({"reason": _("Please give the reason for the objection.")})
    voice, _made = Voice.objects.update_or_create(
        measure=measure,
        seat_id=held.seat,
        defaults={"choice": choice, "as_deputy": held.as_deputy, "cast_at": at},
    )
    begin_review(measure, by=by, at=at)
    function = Seat.objects.values_list("function", flat=True).get(pk=held.seat)
    before = queries.standing_objection(measure, held.seat)
    data = {"seat": function, "choice": str(choice), "as_deputy": held.as_deputy}
    if choice == Choice.OBJECT and before is not None and before.reason == reason:
        record(events.VOICE_CAST.name, measure, by=by, at=at, data=data)
        return voice
    if before is not None:
        # Nothing is rewritten: the earlier objection stays readable as withdrawn.
        put(before, ObjectionState.WITHDRAWN)
        data["withdrawn"] = before.identifier
    if choice == Choice.AGREE:
        record(events.VOICE_CAST.name, measure, by=by, at=at, data=data)
        return voice
    enter_objection(
        measure, said_by=function, seat=held.seat, reason=reason, is_public=True, by=by, at=at,
        data=data,
    )  # fmt: skip
    return voice


def _seat_to_speak_for(process: Process, *, seat: int | None, by: Standing) -> SeatHeld:
    """Find the seat; where the process names its steering group, only that group speaks."""
    groups = set(
        process.bodies.filter(body_kind=BodyKind.STEERING_GROUP).values_list("pk", flat=True)
    )
    held = [
        s
        for s in by.seats
        if s.speaks
        and s.body_kind == BodyKind.STEERING_GROUP
        and (not groups or s.body in groups)
        and seat in (None, s.seat)
    ]
    if by.municipality != process.municipality_id or not held:
        raise NotAllowed(
            _("Only a seat of the steering group has a voice here."),
            do=_("A deputy may speak while the holder is absent; the coordination enters that."),
        )
    return min(held, key=lambda s: (s.as_deputy, s.seat))


# --- versions ------------------------------------------------------------------------------


@transaction.atomic
def freeze_version(
    concept: Concept,
    *,
    title: str = "",
    implementation: Mapping[str, Any] | None = None,
    by: Standing,
    at: datetime,
) -> ConceptVersion:
    """Freeze the edition as it stands: canonical text, checksum, never rewritten.

    `implementation` says how measures stand at this moment, which only a later stage knows.
    """
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    _require_phase(concept.process, "adopt", at=at)
    edition = concept.versions.count() + 1
    identifier = new_identifier()
    content = queries.content_of(
        concept, identifier=identifier, edition=edition, at=at, implementation=implementation
    )
    if not content["counts"]["measures"]:
        raise NotReady([_("No measure has been handed in yet.")])
    if not title.strip():
        with override(concept.language):
            title = gettext("%(concept)s, version %(edition)s") % {
                "concept": concept.title,
                "edition": edition,
            }
    version = ConceptVersion.objects.create(
        municipality_id=concept.municipality_id,
        identifier=identifier,
        concept=concept,
        title=title.strip(),
        number=str(edition),
        edition=edition,
        content=canonical(content).decode(),
        checksum=content[CHECKSUM],
        frozen_at=at,
        language=concept.language,
        is_public=True,
        is_example=concept.is_example,
        happened_on=localdate(at),
    )
    link(concept, version, Relation.FROZEN_IN, on=localdate(at))
    for measure in _frozen_measures(content):
        # The number that it has here: numbers change, and this one will be quoted.
        note = f"{measure.number} {measure.goal.field.title}".strip()
        link(measure, version, Relation.FROZEN_IN, on=localdate(at), note=note)
    record(events.VERSION_FROZEN.name, version, by=by, at=at, data={"checksum": version.checksum})
    return version


@transaction.atomic
def adopt_version(
    version: ConceptVersion, *, resolution: Resolution, by: Standing, at: datetime
) -> ConceptVersion:
    """Record that a body adopted exactly this version; its measures are adopted with it.

    Raises :class:`NotReady` naming every measure that was changed after the version was frozen.
    """
    version = ConceptVersion.objects.select_for_update().get(pk=version.pk)
    concept = Concept.objects.select_for_update().get(pk=version.concept_id)
    _require_phase(concept.process, "adopt", at=at)
    if version.state != VersionState.FROZEN or concept.state == ConceptState.ADOPTED:
        raise Closed(
            _("This edition has been adopted already."),
            where=concept.title,
            do=_("Please make changes in the next edition."),
        )
    if wrong := _wrong_resolution(concept, resolution):
        raise Invalid({"resolution": wrong})
    content = queries.content_frozen_in(version)
    current = queries.content_of(
        concept, identifier=version.identifier, edition=version.edition, at=version.frozen_at
    )
    if changed := _changed_since(content, current):
        raise NotReady(
            [
                _("“%(title)s” was changed after this version was frozen; freeze a new one.")
                % {"title": name}
                for name in changed
            ]
        )
    version.resolution = resolution
    version.state = VersionState.ADOPTED
    version.revision += 1
    version.save()
    concept.state = ConceptState.ADOPTED
    concept.revision += 1
    concept.save()
    Measure.objects.filter(
        pk__in=[measure.pk for measure in _frozen_measures(content)], state=MeasureState.SUBMITTED
    ).update(state=MeasureState.ADOPTED)
    link(version, resolution, Relation.DECIDED_BY, on=resolution.happened_on or localdate(at))
    record(
        events.VERSION_ADOPTED.name,
        version,
        by=by,
        at=at,
        data={"body": resolution.body.title, "resolution": resolution.identifier},
    )
    return version


def _wrong_resolution(concept: Concept, resolution: Resolution) -> _StrPromise | None:
    if resolution.process_id != concept.process_id:
        return _("Please choose a resolution of the same process.")
    if resolution.resolution_kind != ResolutionKind.ADOPTION:
        return _("Please choose a resolution that adopts.")
    if resolution.result == Result.REJECTED:
        return _("This resolution rejected it.")
    return None


def _measures_in(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        measure["identifier"]: measure
        for field in content["fields"]
        for goal in field["goals"]
        for measure in goal["measures"]
    }


def _frozen_measures(content: dict[str, Any]) -> list[Measure]:
    rows = Measure.objects.filter(identifier__in=list(_measures_in(content)))
    return list(rows.select_related("goal__field").order_by("pk"))


def _changed_since(frozen: dict[str, Any], current: dict[str, Any]) -> list[str]:
    now = _measures_in(current)
    return [
        measure["title"]
        for identifier, measure in _measures_in(frozen).items()
        if identifier not in now
        or any(name in measure and now[identifier][name] != measure[name] for name in COMPARED)
    ]


def _require_phase(process: Process, what: str, *, at: datetime) -> None:
    if not process.permits(what, localdate(at)):
        raise Closed(
            _("The current phase of the process does not permit this."),
            where=process.title,
            do=_("The coordination can change what a phase permits, and when it runs."),
        )
