"""Why a contribution is not published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.fields import long_text


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not published?"),
        widget=long_text(3),
        max_length=LONGEST,
        help_text=_("The author reads it under the receipt."),
    )
