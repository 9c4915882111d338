"""Handing in together, and what the review makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Thing
from miteinander.strategy.forms.shared import offer, text_area
from miteinander.strategy.states import HandOverState

WORDS = {
    HandOverState.BEGUN: _("Begin: from now on the group cannot take it back by itself"),
    HandOverState.TAKEN_ON: _("Take it on: the wording stays as it is"),
    HandOverState.GIVEN_BACK: _("Give it back to the group to be revised, with a reason"),
    HandOverState.TAKEN_BACK: _("Take it back and write on, with a reason"),
}


class HandInForm(forms.Form):
    parts = forms.TypedMultipleChoiceField(
        label=_("What you hand in"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose what you want to hand in.")},
        help_text=_("What stays unticked you go on writing."),
    )
    note = forms.CharField(
        label=_("Word to the review"), widget=text_area(3), max_length=2000, required=False
    )

    def __init__(self, *args: Any, rows: Sequence[Thing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parts", [(row.pk, _label(row)) for row in rows])
        self.initial.setdefault("parts", [row.pk for row in rows])


def _label(row: Thing) -> str:
    words = {
        "field": _("Scope and guiding goal"),
        "goal": _("Goal %(no)s: %(title)s"),
        "measure": _("Measure %(no)s: %(title)s"),
    }
    return str(words[row.kind]) % {"no": row.number, "title": row.title}


class HandOverForm(forms.Form):
    to = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=text_area(3),
        max_length=2000,
        required=False,
        help_text=_("Members read it. It is needed where the group shall write on."),
    )

    def __init__(self, *args: Any, steps: Iterable[HandOverState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [(step.value, WORDS[step]) for step in steps])
