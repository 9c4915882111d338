"""Themes, and contributions that are merged or split while they are sorted into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.fields import long_text

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution, Theme


class ReasonForm(forms.Form):
    """Whatever needs a public reason."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=long_text(3),
        max_length=LONGEST,
        help_text=_("Everybody can read it."),
    )


class ThemeForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    text = forms.CharField(label=_("What it is about"), widget=long_text(), required=False)
    candidate_field = forms.CharField(
        label=_("May belong to the field"), max_length=120, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(theme: Theme) -> dict[str, Any]:
        return {
            "title": theme.title,
            "text": theme.text,
            "candidate_field": theme.candidate_field,
            "seen": theme.revision,
        }


class MoveThemeForm(ReasonForm):
    into = forms.ChoiceField(label=_("Lives on in"))

    field_order = ["into", "reason"]

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        into.choices = [("", "–"), *((t.identifier, t.title) for t in themes)]


class MergeForm(ReasonForm):
    into = forms.ChoiceField(
        label=_("All live on in"),
        widget=forms.RadioSelect,
        help_text=_("Its answer answers all of them. Every contribution stays readable."),
    )

    field_order = ["into", "reason"]

    def __init__(self, *args: Any, contributions: Sequence[Contribution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        into.choices = [
            (c.identifier, format_html('<bdi lang="{}">{}</bdi>', c.language, c.title))
            for c in contributions
        ]


class SplitForm(ReasonForm):
    parts = forms.CharField(
        label=_("Parts"),
        widget=long_text(8),
        help_text=_(
            "One part per paragraph, with an empty line between them. Use the author's words."
        ),
    )

    field_order = ["parts", "reason"]

    def clean_parts(self) -> list[str]:
        text = str(self.cleaned_data["parts"]).replace("\r\n", "\n")
        return [part.strip() for part in text.split("\n\n") if part.strip()]
