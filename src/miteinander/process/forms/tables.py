"""Filled tables that come back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.uploads import MOST_BYTES


class FilledTableForm(forms.Form):
    file = forms.FileField(
        label=_("The filled table"),
        help_text=_("XLSX as it came from the kit, or saved as CSV. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(_("The file is larger than 10 MB.")))
        return file
