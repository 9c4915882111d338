"""One measure: what is open, where it comes from, whom it belongs with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from dataclasses import field as given
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BigIntegerField, BooleanField, CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.links import SignedLink, sign_link
from miteinander.core.models import Link, Municipality, Relation, Thing
from miteinander.core.prepared import prepared
from miteinander.strategy.models import Indicator, Measure
from miteinander.strategy.queries.sheet import own_answers, own_fields_of
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.strategy.states import Funding, LeadState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Companions:
    """What stands on the sheet of a measure besides its own columns."""

    partners: list[Thing] = given(default_factory=list)
    cross_cutting_themes: list[Thing] = given(default_factory=list)
    needed: list[Thing] = given(default_factory=list)
    """Measures that have to come first."""
    indicators: list[Indicator] = given(default_factory=list)
    own: list[tuple[str, str]] = given(default_factory=list)
    """What the municipality asks besides, with the answers."""
    kinds: list[str] = given(default_factory=list)
    """In words: key measure, quick win, new or existing, for everybody or on the way there."""


def companions_of(measure: Measure, *, public_only: bool) -> Companions:
    """One query, and one more where own fields were answered: pages of the open site count."""
    asked = own_fields_of(measure.municipality_id) if any(measure.own.values()) else []
    out = Companions(
        own=own_answers(measure, asked, public_only=public_only), kinds=kinds_of(measure)
    )
    for row in _companions_of(measure=measure.pk):
        named, counted = row[: len(NAMED)], row[len(NAMED) :]
        if named[1] == INDICATOR:
            told = dict(zip(COUNTED, counted, strict=True))
            out.indicators.append(Indicator(pk=named[0], measure=measure, title=named[2], **told))
            continue
        thing = Thing(
            municipality_id=measure.municipality_id, **dict(zip(NAMED, named, strict=True))
        )
        if thing.kind == Organisation.KIND:
            out.partners.append(thing)
        elif thing.kind == Measure.KIND:
            if thing.is_public or not public_only:
                out.needed.append(thing)
        else:
            out.cross_cutting_themes.append(thing)
    out.indicators.sort(key=lambda indicator: (indicator.position, indicator.pk))
    return out


def kinds_of(measure: Measure) -> list[str]:
    """What sort of measure it is, in words."""
    words = [
        _("key measure") if measure.is_key else "",
        _("quick win") if measure.is_quick_win else "",
        measure.get_novelty_display() if measure.novelty else "",
        measure.get_service_display() if measure.service else "",
    ]
    return [str(word) for word in words if word]


INDICATOR = "indicator"
NAMED = ("pk", "kind", "title", "identifier", "language", "is_public")
"""What is read of a thing that stands beside a measure."""
COUNTED = ("unit", "baseline", "baseline_on", "target", "target_by", "source", "position")
"""What is read of an indicator, besides its title."""


@prepared(measure=BigIntegerField())
def _companions_of(*, measure: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Things and indicators in one list: the columns of the one, then those of the other."""
    partners = Measure.partners.through.objects.filter(measure=measure)
    themes = Measure.cross_cutting_themes.through.objects.filter(measure=measure)
    needed = Measure.depends_on.through.objects.filter(from_measure=measure)
    columns: list[Any] = [Indicator._meta.get_field(column) for column in COUNTED]
    nothing = [Value(None, output_field=column) for column in columns]
    things = Thing.objects.filter(
        Q(pk__in=partners.values("organisation"))
        | Q(pk__in=themes.values("crosscuttingtheme"))
        | Q(pk__in=needed.values("to_measure"))
    ).values_list(*NAMED, *nothing)
    no_thing = (
        Value(INDICATOR, output_field=CharField()),
        F("title"),
        Value("", output_field=CharField()),
        Value("", output_field=CharField()),
        Value(value=True, output_field=BooleanField()),
    )
    indicators = Indicator.objects.filter(measure=measure).order_by()
    numbers = indicators.values_list("pk", *no_thing, *COUNTED)
    return things.union(numbers, all=True).order_by("title")


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that a measure still lacks."""

    name: str
    text: Text
    blocks: bool = True
    """Whether it stands in the way of handing in; the others are only shown."""
    on_goal: bool = False
    """Whether it is settled on the goal's page."""


def open_points(measure: Measure, *, founded: Collection[int]) -> list[OpenPoint]:
    """Everything that a measure lacks, in the order of the sheet. Reads `goal`; no query else.

    `founded` are goals that say what their need rests on (:func:`.evidence.founded`).
    """
    goal = measure.goal
    no_money = measure.cost_once is None and measure.cost_yearly is None
    no_sign_of_effect = not (goal.indicator or goal.no_indicator_reason)
    checks: list[tuple[bool, OpenPoint]] = [
        (not measure.title.strip(), OpenPoint("title", _("There is no title."))),
        (not measure.text.strip(), OpenPoint("text", _("There is no description."))),
        (
            not goal.need.strip(),
            OpenPoint("need", _("The need is missing on the goal."), on_goal=True),
        ),
        (
            goal.pk not in founded,
            OpenPoint(
                "evidence", _("The evidence of the need is missing on the goal."), on_goal=True
            ),
        ),
        (
            no_sign_of_effect,
            OpenPoint(
                "indicator",
                _("The goal has no indicator, and no reason why there is none."),
                on_goal=True,
            ),
        ),
        (
            not measure.target_groups.strip(),
            OpenPoint("target_groups", _("The target groups are missing.")),
        ),
        (measure.lead is None, OpenPoint("lead", _("No lead is named."))),
        (
            measure.lead is not None and measure.lead.retired_on is not None,
            OpenPoint("lead", _("The lead does not exist any more; somebody else must be asked.")),
        ),
        (
            measure.lead is not None and measure.lead_state == LeadState.NONE,
            OpenPoint("lead", _("The lead has not been asked yet."), blocks=False),
        ),
        (
            measure.lead_state == LeadState.ASKED,
            OpenPoint("lead", _("The lead was asked and has not accepted yet."), blocks=False),
        ),
        (
            measure.lead_state == LeadState.WISHED,
            OpenPoint("lead", _("The lead asks for a change before it accepts."), blocks=False),
        ),
        (
            measure.lead_state == LeadState.DECLINED,
            OpenPoint("lead", _("The lead has declined; somebody else must be asked.")),
        ),
        (measure.starts is None, OpenPoint("starts", _("The start is missing."))),
        (
            measure.ends is None,
            OpenPoint("ends", _("There is no end; then it is an ongoing task."), blocks=False),
        ),
        (
            no_money,
            OpenPoint("cost_once", _("The cost is missing; 0 is an answer too.")),
        ),
        (not measure.funding, OpenPoint("funding", _("The funding is not clarified."))),
        (
            measure.funding == Funding.OPEN,
            OpenPoint("funding", _("The funding is open."), blocks=False),
        ),
    ]
    return [point for missing, point in checks if missing]


def accept_link(measure: Measure, *, at: datetime) -> SignedLink:
    """Sign the link by which the lead answers without an account; mailed by notices.

    It carries the organisation's name, so that a link sent to one organisation does not answer
    for the next one that is asked.
    """
    assert measure.lead is not None, "only a lead that was asked gets a link"
    return sign_link(
        ACCEPT_LEAD,
        measure,
        function=measure.lead.title,
        at=at,
        days=settings.SIGNED_LINK_DAYS,
    )


def measure_of_link(municipality: Municipality, link: SignedLink) -> Measure | None:
    """Find the measure that a signed link is about; the link is the right to see it."""
    return (
        Measure.objects.filter(municipality=municipality, pk=link.thing)
        .select_related("lead", "goal__field__concept__process")
        .first()
    )


def sources_of(targets: Iterable[int]) -> list[Link]:
    """All stitches by which goals or measures grew from something or rest on it; one query."""
    sorts = (Relation.GREW_INTO, Relation.EVIDENCE_OF)
    return list(
        Link.objects.filter(target__in=list(targets), relation__in=sorts, undone_at=None)
        .select_related("source", "context")
        .order_by("happened_on", "pk")
    )
