"""What the lead of a measure types: three fields, three minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.monitoring.queries import ORDER
from miteinander.monitoring.states import UNKNOWN, Light
from miteinander.strategy.models import CrossCuttingTheme, FieldOfAction


class ReportForm(forms.Form):
    light = forms.ChoiceField(
        label=_("How does it stand?"), choices=Light.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What has happened?"),
        help_text=_("Two or three sentences are enough. Everybody can read them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )
    next_step = forms.CharField(label=_("What is the next step?"), required=False, max_length=300)


class ImplementationFilter(forms.Form):
    light = forms.ChoiceField(label=_("Status"), required=False)
    field = forms.ChoiceField(label=_("Field of action"), required=False)

    cross_cutting_theme = forms.ChoiceField(label=_("Cross-cutting theme"), required=False)
    target_group = forms.ChoiceField(label=_("Target group"), required=False)

    def __init__(
        self,
        *args: Any,
        fields: Iterable[FieldOfAction],
        themes: Iterable[CrossCuttingTheme],
        groups: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        words = {**dict(Light.choices), UNKNOWN: _("no report")}
        self.fields["light"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("every status")),
            *((light, words[light]) for light in ORDER),
        ]
        self.fields["field"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("all fields of action")),
            *((field.identifier, field.title) for field in fields),
        ]
        for name, offered in (
            ("cross_cutting_theme", [(theme.identifier, theme.title) for theme in themes]),
            ("target_group", [(group, group) for group in groups]),
        ):
            if offered:
                self.fields[name].choices = [("", _("all")), *offered]  # type: ignore[attr-defined]  # a ChoiceField
            else:
                del self.fields[name]  # a question without answers is none
