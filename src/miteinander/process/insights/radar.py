"""Who is missing at a meeting: as it will be, or as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from miteinander.community import insights as community
from miteinander.community.queries import figures_shown, wanting_of
from miteinander.process.queries import AtMeeting, meetings_to_count, present_at

if TYPE_CHECKING:
    from miteinander.community.insights import Proposal, Radar
    from miteinander.core.models import Municipality
    from miteinander.process.models import Meeting


@dataclass(frozen=True, slots=True)
class MeetingRadar:
    radar: Radar
    present: AtMeeting


def radar_of_meeting(meeting: Meeting, *, day: date) -> MeetingRadar:
    """Six queries, however many people."""
    present = present_at(meeting, day=day)
    radar = community.radar_of(
        wanting_of(meeting.municipality),
        present.voices,
        figures_shown(meeting.municipality, meeting),
        people=len(present.voices),
    )
    return MeetingRadar(radar, present)


def proposals_for_meeting(
    meeting: Meeting, found: MeetingRadar, *, with_people: bool
) -> list[Proposal]:
    """Nobody who is expected already."""
    return community.proposals(
        meeting.municipality,
        found.radar,
        without=found.present.organisations,
        without_people=found.present.people,
        with_people=with_people,
    )


def release_meetings(town: Municipality, *, at: datetime) -> int:
    """Count who comes and who came anew, as far as it may be shown beside everything else."""
    kept = 0
    for meeting in meetings_to_count(town, at=at):
        people = present_at(meeting, day=localdate(at)).people
        if people:
            kept += community.release(town, meeting, people, at=at)
    return kept
