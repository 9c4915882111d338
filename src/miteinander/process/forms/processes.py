"""A process, with its mandate and its bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Office
from miteinander.community.queries import bodies_of, offices_of
from miteinander.process.actions import Mandate
from miteinander.process.forms.fields import choose_from, lines_of
from miteinander.process.models import Pattern, Process
from miteinander.process.queries import templates_for
from miteinander.process.states import Result

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


class ProcessForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the process"),
        max_length=200,
        help_text=_("For example: Integration concept, new edition 2027."),
    )
    question = forms.CharField(
        label=_("Core question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The question that everybody should answer. It heads the home page."),
    )
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    aims = forms.CharField(
        label=_("Aims"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One aim per line."),
    )
    lead_office = forms.ModelChoiceField(Office.objects.none(), label=_("Lead office"))
    starts = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    planned_months = forms.IntegerField(
        label=_("Planned duration in months"),
        min_value=1,
        max_value=120,
        help_text=_("The page shows it beside the actual duration."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "lead_office", offices_of(municipality))

    def clean_aims(self) -> list[str]:
        return lines_of(self.cleaned_data["aims"])

    @staticmethod
    def initial_from(process: Process) -> dict[str, Any]:
        return {
            "title": process.title,
            "question": process.question,
            "text": process.text,
            "aims": "\n".join(process.aims),
            "lead_office": process.lead_office_id,
            "starts": process.starts,
            "planned_months": process.planned_months,
            "seen": process.revision,
        }


class NewProcessForm(ProcessForm):
    """A process with its mandate; both are entered at once, because one needs the other."""

    template = forms.ChoiceField(
        label=_("Template"),
        required=False,
        help_text=_(
            "It brings perspectives, bodies with seats, phases, fields of action and "
            "cross-cutting themes. Everything can be changed later, and what you have stays."
        ),
    )
    mandate_body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Who gave the mandate"),
        help_text=_("Usually a committee or the council."),
    )
    mandate_on = forms.DateField(label=_("Mandate given on"), widget=forms.DateInput())
    mandate_title = forms.CharField(
        label=_("The mandate in one line"),
        max_length=200,
        help_text=_("For example: The town is to have an integration concept."),
    )
    mandate_text = forms.CharField(
        label=_("Wording of the mandate"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    mandate_result = forms.ChoiceField(
        label=_("Result"),
        choices=[choice for choice in Result.choices if choice[0] != Result.REJECTED],
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, municipality=municipality, **kwargs)
        choose_from(self, "mandate_body", bodies_of(municipality))
        self._templates = {line.key: line for line in templates_for(municipality)}
        template = self.fields["template"]
        assert isinstance(template, forms.ChoiceField)
        template.choices = [
            *((key, line.pattern.title) for key, line in self._templates.items()),
            ("", _("none: begin with an empty process")),
        ]
        template.initial = next(iter(self._templates))

    def pattern(self) -> Pattern | None:
        line = self._templates.get(self.cleaned_data["template"])
        return line.pattern if line else None

    def mandate(self) -> Mandate:
        data = self.cleaned_data
        return Mandate(
            body=data["mandate_body"],
            on=data["mandate_on"],
            title=data["mandate_title"],
            text=data["mandate_text"],
            result=data["mandate_result"],
        )


class AttachBodyForm(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that takes part"))

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(process.municipality).exclude(processes=process))


class SaveTemplateForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the template"),
        max_length=160,
        help_text=_("A template of the same name is replaced."),
    )
