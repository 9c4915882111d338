"""The town's own words for a mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.mailtexts import LONGEST


class MailTextForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
