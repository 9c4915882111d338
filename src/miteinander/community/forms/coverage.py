"""What people type about who should be at the table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import TargetUnit
from miteinander.core.uploads import MOST_BYTES

if TYPE_CHECKING:
    from miteinander.community.queries import Wanted


class TargetForm(forms.Form):
    """A share for each value that is offered; empty means that nothing is wanted."""

    unit = forms.ChoiceField(
        label=_("The shares are given"),
        widget=forms.RadioSelect,
        choices=TargetUnit.choices,
        initial=TargetUnit.PERCENT,
        help_text=_("Percentages have to add up to 100; numbers may be anything."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("For example: town statistics, 31 December 2025; or: steering group, 3 March."),
    )
    file = forms.FileField(
        label=_("Fill in from a table"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "XLSX or CSV with two columns: the value, and its share. The form is filled in; "
            "nothing is saved before you have looked at it."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(
        self, *args: Any, words: Mapping[str, str], wanted: Wanted | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"share_{place}": word for place, word in enumerate(words)}
        kept = wanted.amounts if wanted else {}
        shares = {
            name: forms.DecimalField(
                label=words[word],
                required=False,
                min_value=0,
                max_digits=10,
                decimal_places=2,
                localize=True,
                initial=kept[word].normalize() if word in kept else None,
            )
            for name, word in self.names.items()
        }
        self.fields = {**shares, **self.fields}
        if wanted is not None:
            self.initial = {"unit": wanted.unit, "source": wanted.source, **self.initial}

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(str(_("The file is larger than 10 MB.")))
        return file

    def amounts(self) -> dict[str, Decimal]:
        found = {word: self.cleaned_data.get(name) for name, word in self.names.items()}
        return {word: amount for word, amount in found.items() if amount is not None}

    def named(self, shares: Mapping[str, str]) -> dict[str, str]:
        """What a table says, by the names of the fields."""
        return {name: shares[word] for name, word in self.names.items() if word in shares}
