"""Whether an organisation still exists."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EndForm(forms.Form):
    ended = forms.BooleanField(
        label=_("It does not exist any more"),
        required=False,
        help_text=_(
            "Nobody can choose it any more. Its page stays. Measures that it leads need somebody "
            "else, and say so."
        ),
    )
