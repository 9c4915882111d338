"""What these forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from miteinander.core.errors import Invalid
from miteinander.participation.actions.words import cleaned

LANGUAGES = list(settings.LANGUAGE_NAMES.items())
"""Code and own name of every language that people are asked for."""


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsField(forms.CharField):
    """A text in somebody's own words: cleaned, never cut off; what was typed stays in the form.

    No ``maxlength`` in the page: browsers would cut a pasted text without a word.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        if not self.required and not str(value or "").strip():
            return ""
        try:
            return cleaned(str(value or ""))
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["text"])) from problem
