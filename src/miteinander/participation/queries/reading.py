"""For whoever reads what came in: what to look at twice, and the reasons to choose from."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core.models import Municipality
from miteinander.participation.models import Contribution, RefusalReasons
from miteinander.participation.queries.slices import SLICE, Slice
from miteinander.participation.states import ContributionState
from miteinander.process.models import Process

LINK = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
TELEPHONE = re.compile(r"(?<![\w.])(?:\+|00|0)[\d][\d\s/().-]{5,}\d")
NAME = re.compile(
    r"\b(?:Herrn?|Frau|Familie|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Pan|Pani)\s+"
    r"[A-ZÄÖÜÀ-Ž]\w+"
)
STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|platz|allee)\s+\d+", re.IGNORECASE
)
TELLING = (
    (MAIL, gettext_lazy("a mail address")),
    (TELEPHONE, gettext_lazy("a telephone number")),
    (NAME, gettext_lazy("the name of somebody")),
    (STREET, gettext_lazy("the address of a house")),
)
"""What may tell who somebody is."""


def looked_at_twice(text: str) -> list[str]:
    """What in a text may be advertising, or tell who somebody is. It decides nothing."""
    found = ((LINK, gettext_lazy("a link")), *TELLING)
    return [str(label) for pattern, label in found if pattern.search(text)]


def refusal_reasons(municipality: Municipality) -> list[str]:
    """The town's own short reasons, or ours as long as it has none: one query."""
    row = RefusalReasons.objects.filter(municipality=municipality).first()
    return [str(line) for line in row.lines] if row else suggested_reasons()


def suggested_reasons() -> list[str]:
    return [
        _("It names a person, or something by which a person can be recognised."),
        _("It insults or threatens somebody."),
        _("It calls for something that is forbidden."),
        _("It advertises something."),
        _("It does not belong to this question."),
        _("The same text came in several times."),
    ]


def waiting_for_moderation(process: Process, *, after: int = 0) -> Slice[Contribution]:
    """What nobody has read yet, the oldest first, from `after` on: one query."""
    rows = list(_waiting(process).filter(thing_ptr_id__gt=after)[: SLICE + 1])
    more, rows = len(rows) > SLICE, rows[:SLICE]
    return Slice(rows, older=rows[-1].pk if more else None, newer=0 if after else None)


def _waiting(process: Process) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(process=process, state=ContributionState.SUBMITTED)
    found = found.select_related("call", "replies_to", "picture", "place")
    return found.select_related("passage_comment__passage", "addition__adds_to").order_by(
        "thing_ptr_id"
    )
