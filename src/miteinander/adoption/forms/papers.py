"""Papers typed in: a line for each, its code first, then a mark for every place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from miteinander.adoption.actions import Slip
from miteinander.adoption.states import Answer, Method
from miteinander.core.identifiers import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.adoption.models import Ballot, BallotOption, Elector

KEYS = {str(number): answer for number, answer in enumerate(Answer.values, start=1)}
NOTHING = "-"
TRAVELS = "+"
REASON = re.compile(r"^(\d+)\s*:\s*(.+)$")


class PapersForm(forms.Form):
    """One line per paper: code, marks in the order of the paper, reasons after a vertical bar."""

    papers = forms.CharField(
        label=_("Voting papers"),
        widget=forms.Textarea(attrs={"rows": 8, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_(
            "One line per paper: its code, then a mark for every place, divided by spaces; a "
            "hyphen for no mark. In a consent round 1 agree, 2 with concern, 3 abstain, 4 object, "
            "and the reason after a vertical bar: BCDF-GH23 1 4 | 2: Too expensive"
        ),
    )

    def __init__(
        self, *args: Any, ballot: Ballot, options: Sequence[BallotOption], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.method = ballot.method
        self.asks_what_travels = ballot.asks_what_travels
        if self.asks_what_travels:
            self.fields["papers"].help_text = format_lazy(
                "{} {}",
                self.fields["papers"].help_text,
                _("A plus after another bar: it may go along as a minority opinion."),
            )
        self.cells = [cell.key for cell in ballot.cells(list(options))]

    def clean_papers(self) -> dict[str, Slip]:
        """Each line read; the first at fault is named by its number."""
        found: dict[str, Slip] = {}
        lines = str(self.cleaned_data["papers"]).splitlines()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            code, slip = self._slip(line, number)
            if code in found:
                raise ValidationError(
                    _("Line %(number)s: this code stands there twice.") % {"number": number}
                )
            found[code] = slip
        return found

    def _slip(self, line: str, number: int) -> tuple[str, Slip]:
        written, *why = [part.strip() for part in line.split("|")]
        code, *marks = written.split()
        if len(marks) != len(self.cells):
            raise ValidationError(
                _("Line %(number)s has %(have)s marks; the paper has %(want)s places.")
                % {"number": number, "have": len(marks), "want": len(self.cells)}
            )
        read: dict[str, Any] = {}
        for key, mark in zip(self.cells, marks, strict=True):
            if mark == NOTHING:
                continue
            value = KEYS.get(mark) if self.method == Method.CONSENT else _whole(mark)
            if value is None:
                raise ValidationError(
                    _("Line %(number)s: “%(mark)s” is no mark of this paper.")
                    % {"number": number, "mark": mark[:20]}
                )
            read[key] = value
        travels = self.asks_what_travels and TRAVELS in why
        if travels:
            why.remove(TRAVELS)
        return typed(code), Slip(read, self._reasons(why, number), travels)

    def _reasons(self, parts: Sequence[str], number: int) -> dict[str, str]:
        reasons = {}
        for part in parts:
            found = REASON.match(part)
            if found is None or found[1] not in self.cells:
                raise ValidationError(
                    _("Line %(number)s: a reason begins with the number of its option and a colon.")
                    % {"number": number}
                )
            reasons[found[1]] = found[2]
        return reasons


def _whole(mark: str) -> int | None:
    return int(mark) if mark.isascii() and mark.isdigit() else None


class HandOutForm(forms.Form):
    electors = forms.MultipleChoiceField(
        label=_("Seats that vote on paper"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, electors: Sequence[Elector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["electors"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(elector.pk), elector.function) for elector in electors]
