"""Sheets typed in: a line for each, a key for each statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import long_text
from miteinander.participation.states import Channel, Stance

KEYS = {"1": Stance.AGREE, "2": Stance.DISAGREE, "3": Stance.PASS}
NOTHING = "-0."
"""A statement without an answer."""
MOST_SHEETS = 200


class BallotsForm(forms.Form):
    """One line per sheet; the first key answers statement 1, the second statement 2."""

    sheets = forms.CharField(
        label=_("Sheets"),
        widget=long_text(8),
        help_text=_(
            "One line per sheet: 1 agree, 2 disagree, 3 pass, a hyphen for no answer. The first "
            "key is statement 1. Spaces do not matter, and what is missing at the end is no answer."
        ),
    )
    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in (Channel.PAPER, Channel.PHONE)],
        initial=Channel.PAPER,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        """`last` is the highest number that a statement of the call has."""
        super().__init__(*args, **kwargs)
        self.last = last

    def clean_sheets(self) -> list[dict[int, int]]:
        """Each line read; the first key at fault is named by its line and its place."""
        found = []
        for number, line in enumerate(str(self.cleaned_data["sheets"]).splitlines(), start=1):
            keys = "".join(line.split())
            if not keys:
                continue
            if len(keys) > self.last:
                sentence = _("Line %(number)s has %(have)s keys; there are %(last)s statements.")
                words = {"number": number, "have": len(keys), "last": self.last}
                raise forms.ValidationError(sentence % words)
            found.append(self._ballot(keys, number))
        if not any(found):
            raise forms.ValidationError(_("There is no answer on any sheet."))
        if len(found) > MOST_SHEETS:
            sentence = _("At most %(most)s sheets at once. Please send them in several parts.")
            raise forms.ValidationError(sentence % {"most": MOST_SHEETS})
        return found

    def _ballot(self, keys: str, line: int) -> dict[int, int]:
        ballot = {}
        for place, key in enumerate(keys, start=1):
            if key in KEYS:
                ballot[place] = int(KEYS[key])
            elif key not in NOTHING:
                sentence = _("Line %(line)s, key %(place)s: “%(key)s” is not 1, 2, 3 or a hyphen.")
                raise forms.ValidationError(sentence % {"line": line, "place": place, "key": key})
        return ballot
