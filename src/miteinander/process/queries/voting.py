"""Who could vote in a meeting, and what a count of votes has to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from miteinander.process.models import Attendance

if TYPE_CHECKING:
    from miteinander.process.models import Meeting


def voting_seats_present(meeting: Meeting) -> int | None:
    """How many seats with a vote were there; None where nobody noted who came. One query.

    A seat counts once, whether its holder came, the deputy, or both.
    """
    rows = Attendance.objects.filter(meeting=meeting, came__isnull=False).values_list(
        "came", "seat", "seat__has_vote"
    )
    noted = list(rows)
    if not noted:
        return None
    return len({seat for came, seat, has_vote in noted if came and seat and has_vote})


def vote_warning(
    present: int | None, votes_for: int | None, votes_against: int | None, abstentions: int | None
) -> str:
    """What does not fit between the votes and who was there, in words; "" where all fits."""
    if present is None or votes_for is None:
        return ""
    counted = votes_for + (votes_against or 0) + (abstentions or 0)
    words = {"counted": counted, "present": present}
    if counted > present:
        return (
            _(
                "%(counted)s votes were counted, but only %(present)s seats with a vote are noted "
                "as present. Please check both."
            )
            % words
        )
    if counted < present:
        return (
            _(
                "%(counted)s votes were counted, and %(present)s seats with a vote are noted as "
                "present. If some did not vote, all is well."
            )
            % words
        )
    return ""
