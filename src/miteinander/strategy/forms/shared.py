"""What these forms share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

MOST_EUROS = 1_000_000_000
MOST_POSTS = 500
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Say what can be chosen in a field of one form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class Euros(forms.IntegerField):
    """Whole euros, as people write them: “18.000”, “18 000”, “18.000 €”."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            validators=[MinValueValidator(0, _("A cost cannot be below zero."))],
            max_value=MOST_EUROS,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.replace("€", "").split())
        return super().to_python(value)


class Posts(forms.DecimalField):
    """Full-time posts, in parts too: “0,5”."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=0,
            max_value=MOST_POSTS,
            max_digits=5,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )


class Amount(forms.DecimalField):
    """A number that is counted or measured, as people write it: “1.250”, “12,5”."""

    def __init__(self, *, label: str | _StrPromise) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=14,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )


class Day(forms.DateField):
    """A day in a span in which concepts are carried out; a typing error is far outside of it."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        message = _("Please enter a date between 1990 and 2100.")
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.DateInput(),
            validators=[MinValueValidator(EARLIEST, message), MaxValueValidator(LATEST, message)],
        )


class One(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of several things; what stands there before a choice is a word, not a dash."""

    def __init__(self, queryset: QuerySet[Any], *, required: bool = True, **more: Any) -> None:
        empty = _("– please choose –") if required else _("– none –")
        super().__init__(queryset, required=required, empty_label=empty, **more)


class Titled(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=text_area(), required=False)


class RenameForm(forms.Form):
    title = forms.CharField(
        label=_("New name"),
        max_length=300,
        help_text=_("The address and everything in the field stay as they are."),
    )


class PlaceForm(forms.Form):
    """At which place something goes on; below what, each form asks for itself."""

    position = forms.IntegerField(
        label=_("Position"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: at the end."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=text_area(), help_text=_("Everybody can read it.")
    )
