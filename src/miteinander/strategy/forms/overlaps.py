"""Two measures that may overlap: what is to become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import filled
from miteinander.strategy.forms.shared import offer, text_area

if TYPE_CHECKING:
    from miteinander.strategy.models import Overlap


class OverlapForm(forms.Form):
    decision = forms.ChoiceField(label=_("What is to become of it?"), widget=forms.RadioSelect)
    word = forms.CharField(
        label=_("Why"),
        widget=text_area(2),
        help_text=_("One sentence is enough. Where measures are merged, everybody can read it."),
    )

    def __init__(self, *args: Any, overlap: Overlap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one, other = overlap.first.title, overlap.second.title
        choices = [
            ("dismiss", _("They do not overlap")),
            ("wait_first", filled(WAITS, one=one, other=other)),
            ("wait_second", filled(WAITS, one=other, other=one)),
            ("into_first", filled(MERGES, one=other, other=one)),
            ("into_second", filled(MERGES, one=one, other=other)),
        ]
        offer(self, "decision", choices)


WAITS = _("“%(one)s” waits for “%(other)s”")
MERGES = _("Merge “%(one)s” into “%(other)s”")
