"""Loads the example municipality: a whole process told again, through actions only.

What the files under data/ say is done in the order in which it happened, at the moment in
which it happened, by the functions that did it. So the example proves the actions, and every
page, thread and export of a demo shows what the product itself has written.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.example.drawing import tell_drawing
from miteinander.example.everyday import tell_everyday
from miteinander.example.first_process import tell_first_process
from miteinander.example.inviting import tell_inviting
from miteinander.example.renewal import tell_renewal
from miteinander.example.table import tell_table
from miteinander.example.telling import tell_news
from miteinander.example.town import Town, found_town

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


@transaction.atomic
def load(*, at: datetime) -> Municipality:
    """Found the example town and tell both of its processes; `at` is the reader's today.

    Everything or nothing: a half-told example would be worse than none.
    """
    town: Town = found_town(today=localdate(at))
    story = tell_first_process(town, now=at)
    assert story.concept is not None
    now = at - timedelta(minutes=1)
    renewal = tell_renewal(town, continues=story.concept, now=now)
    tell_inviting(town, renewal)
    tell_drawing(town, renewal, now=at)
    tell_everyday(town, renewal, now=at)
    tell_table(town, now=at)
    tell_news(town, now=at)
    return town.municipality
