"""Costs that nobody would expect are asked back, before they stand in a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.strategy import queries
from miteinander.strategy.models import COSTS
from miteinander.strategy.rules import is_unusual_cost
from miteinander.ui.words import written_money

if TYPE_CHECKING:
    from miteinander.strategy.models import Measure


class AsksBackCosts(forms.Form):
    """A form with the costs of a measure. One press says that an unusual one is right.

    What was confirmed are sums, not fields: another sum is asked back again.
    """

    measure: Measure
    doubtful: str = ""
    """What to send as `sure`, if all of it is right."""

    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sure = str(cleaned.get("sure", "")).split()
        typed = {
            name: cost
            for name in COSTS
            if (cost := cleaned.get(name))
            and cost != getattr(self.measure, name)
            and str(cost) not in sure
        }
        others = queries.costs_beside(self.measure) if typed else {}
        asked = {name: c for name, c in typed.items() if is_unusual_cost(c, others[name])}
        for name, cost in asked.items():
            self.add_error(
                name,
                _(
                    "Really %(sum)s? That is far more than measures usually cost. If it is right, "
                    "press “%(button)s” at the end."
                )
                % {"sum": written_money(cost), "button": self.confirms},
            )
        if asked:
            self.doubtful = " ".join([*sure, *map(str, asked.values())])
        return cleaned

    @property
    def confirms(self) -> str:
        """What the button says that sends `doubtful`."""
        return str(_("Yes, the costs are right"))
