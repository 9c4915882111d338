"""Who is missing among those who answer a call, as far as contributions know it.

A contribution knows its language and the way it came, and nothing about whoever sent it. So a
call has no radar of gender, age or neighbourhood, and will not get one: people speak here
without having to say who they are (decision 88).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from miteinander.community import insights as community
from miteinander.community.queries import wanting_of
from miteinander.community.states import CoverageKind
from miteinander.participation.queries import heard_in
from miteinander.participation.states import Channel

if TYPE_CHECKING:
    from miteinander.community.insights import Proposal, Radar
    from miteinander.participation.models import Call


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which contributions come; None where the number would show a small one."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class CallRadar:
    radar: Radar
    ways: tuple[Way, ...]


def radar_of_call(call: Call) -> CallRadar:
    """Three queries, however many contributions."""
    from miteinander.analysis.coverage import counted_openly  # deferred: only this page needs it

    wanting = wanting_of(call.municipality)
    heard = heard_in(call)
    gauges = []
    if (wanted := wanting.targets.get(CoverageKind.LANGUAGE)) is not None:
        words = [language for language, _channel, n in heard for _one in range(n)]
        gauges.append(
            community.open_gauge(_("Language of the contributions"), words, wanted, wanting)
        )
    ways = [channel for _language, channel, n in heard for _one in range(n)]
    counted = counted_openly(ways, list(Channel.values))
    return CallRadar(
        radar=community.Radar(
            people=len(ways),
            gauges=tuple(gauges),
            has_targets=CoverageKind.LANGUAGE in wanting.targets,
        ),
        ways=tuple(Way(str(Channel(way).label), n) for way, n in counted.counts.items()),
    )


def proposals_for_call(call: Call, radar: Radar) -> list[Proposal]:
    """People of the register who could carry the call into a language that is missing."""
    return community.proposals(call.municipality, radar, with_people=True)
