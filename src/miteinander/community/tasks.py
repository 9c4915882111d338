"""What the worker does for the town's own words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.community import actions
from miteinander.community.queries import news_due
from miteinander.core.jobs import job


def _some_is_due(at: datetime) -> bool:
    return news_due(at).exists()


@job(
    "community.let_appear",
    label=_("Note what has appeared"),
    every=timedelta(seconds=5),
    when=_some_is_due,
)
def let_appear() -> None:
    actions.let_appear(at=timezone.now())
