"""What these forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def lines_of(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def choose_from(form: forms.Form, name: str, rows: Any) -> None:
    """Offer only rows of this municipality; anything else sent is refused as no valid choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    field.empty_label = _("– none –") if not field.required else _("– please choose –")
