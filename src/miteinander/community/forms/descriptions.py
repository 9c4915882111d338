"""What people type about themselves, and what a municipality asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.states import CharacteristicKind, ConsentWay

if TYPE_CHECKING:
    from miteinander.community.models import Characteristic, SelfDescription

PROPOSED = {
    CharacteristicKind.GENDER: _("woman, man, non-binary"),
    CharacteristicKind.AGE_GROUP: _("under 18, 18 to 29, 30 to 49, 50 to 64, 65 and older"),
    CharacteristicKind.NEIGHBOURHOOD: "",
}
"""What stands in the form of a municipality that has not chosen yet."""


class CharacteristicsForm(forms.Form):
    """For each characteristic: whether it is asked, and with which words."""

    def __init__(self, *args: Any, rows: Iterable[Characteristic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {row.kind: row.words for row in rows}
        labels = {
            CharacteristicKind.GENDER: _("Ask for the gender"),
            CharacteristicKind.AGE_GROUP: _("Ask for the age group"),
            CharacteristicKind.NEIGHBOURHOOD: _("Ask for the neighbourhood"),
        }
        for kind in CharacteristicKind:
            self.fields[f"asks_{kind}"] = forms.BooleanField(
                label=labels[kind], required=False, initial=kind in kept
            )
            self.fields[str(kind)] = forms.CharField(
                label=_("Words to choose from: %(what)s") % {"what": kind.label},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=kept.get(kind) or PROPOSED[kind],
                help_text=_("With a comma between two. “Not said” is always there."),
            )

    def words(self) -> dict[CharacteristicKind, str]:
        """Only what is asked."""
        return {
            kind: self.cleaned_data[str(kind)]
            for kind in CharacteristicKind
            if self.cleaned_data[f"asks_{kind}"]
        }


class SelfDescriptionForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        rows: Iterable[Characteristic],
        said: SelfDescription | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            before = getattr(said, row.kind, "") if said else ""
            words = dict.fromkeys((*row.choices, *([before] if before else [])))
            self.fields[row.kind] = forms.ChoiceField(
                label=row.get_kind_display(),
                choices=[("", _("I do not want to say")), *((word, word) for word in words)],
                required=False,
                initial=before,
            )
        self.kinds = [CharacteristicKind(name) for name in self.fields]
        self.fields["for_draws"] = forms.BooleanField(
            label=_("It may also count when people are drawn by lot"),
            required=False,
            initial=bool(said and said.for_draws),
            help_text=_(
                "A draw then sees to it that, for example, enough young people are there. The "
                "office sees numbers from five on and the names of those drawn, not who said what; "
                "in single cases the published list lets it be guessed. You can take it back until "
                "a draw is announced."
            ),
        )

    def said(self) -> dict[CharacteristicKind, str]:
        return {kind: self.cleaned_data[kind] for kind in self.kinds}


class ConsentForm(forms.Form):
    """The coordination notes what somebody said elsewhere."""

    given_on = forms.DateField(label=_("Given on"), widget=forms.DateInput())
    way = forms.ChoiceField(
        label=_("How"),
        choices=[(w.value, w.label) for w in ConsentWay if w != ConsentWay.ONLINE],
    )


class WithdrawalForm(forms.Form):
    withdrawn_on = forms.DateField(label=_("Withdrawn on"), widget=forms.DateInput())
