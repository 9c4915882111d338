"""Measures: the sheet, its place, who takes the lead, and the filter above a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.core.errors import Invalid
from miteinander.strategy import queries
from miteinander.strategy.forms.costs import AsksBackCosts
from miteinander.strategy.forms.shared import (
    Amount,
    Day,
    Euros,
    One,
    PlaceForm,
    Posts,
    offer,
    text_area,
)
from miteinander.strategy.models import Concept, CrossCuttingTheme, Goal, Measure, OwnField
from miteinander.strategy.states import (
    Funding,
    Horizon,
    MeasureState,
    Novelty,
    OwnFieldKind,
    Service,
)

OWN = "own_"
"""How the names of own fields begin; their key follows."""
NOT_SAVED = ("seen", "sure")
"""What the form sends along and is no part of the sheet."""
MOST_GROUPS_SHOWN = 30
"""Target groups named below the question; more than a list is a lexicon."""


class MeasureForm(AsksBackCosts):
    """The sheet, in the order of the printed sheet."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("For lists, the brief of the steering group, and whoever has one minute."),
    )
    text = forms.CharField(label=_("Description"), widget=text_area(5), required=False)
    first_steps = forms.CharField(label=_("First steps"), widget=text_area(3), required=False)
    target_groups = forms.CharField(
        label=_("Target groups"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas. Readers choose measures by these words."),
    )
    neighbourhoods = forms.CharField(
        label=_("Neighbourhoods"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas. Empty: the whole municipality."),
    )
    lead = One(
        Organisation.objects.none(),
        label=_("Lead"),
        required=False,
        help_text=_("One organisation. It counts as accepted only when it says so itself."),
    )
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Partners"),
        required=False,
        # Boxes instead of a list: nobody has to know that Ctrl chooses several.
        widget=forms.CheckboxSelectMultiple,
    )
    novelty = forms.ChoiceField(
        label=_("New or existing"), choices=[("", "—"), *Novelty.choices], required=False
    )
    service = forms.ChoiceField(
        label=_("Mainstream service or bridging offer"),
        choices=[("", "—"), *Service.choices],
        required=False,
        help_text=_(
            "Does what everybody uses open itself, or does something of its own lead there?"
        ),
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=[("", "—"), *Horizon.choices], required=False
    )
    starts = Day(label=_("Begins"))
    ends = Day(label=_("End"), help_text=_("Leave it empty for an ongoing task."))
    cost_once = Euros(label=_("One-off cost in euros"), help_text=_("0 if there is none."))
    cost_yearly = Euros(label=_("Yearly cost in euros"))
    funding = forms.ChoiceField(
        label=_("Funding"), choices=[("", "—"), *Funding.choices], required=False
    )
    funding_source = forms.CharField(
        label=_("Source of the funding"), max_length=200, required=False
    )
    staff_need = Posts(
        label=_("Staff need in full-time posts"),
        help_text=_("For example 0.5; 0 if nobody has to be employed."),
    )
    cross_cutting_themes = forms.ModelMultipleChoiceField(
        CrossCuttingTheme.objects.none(),
        label=_("Cross-cutting themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    risks = forms.CharField(label=_("Risks"), widget=text_area(3), required=False)
    depends_on = forms.CharField(
        label=_("Depends on"),
        widget=text_area(2),
        required=False,
        help_text=_(
            "Measures that have to come first, one a line: the title, the address, or the number "
            "in the same field."
        ),
    )
    is_key = forms.BooleanField(label=_("Key measure"), required=False)
    is_quick_win = forms.BooleanField(label=_("Quick win"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = queries.organisations_of(measure.municipality)
        for name in ("lead", "partners"):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ModelChoiceField)
            chosen.queryset = organisations
        if used := queries.target_groups_in_use(measure.goal.field.concept):
            self.fields["target_groups"].help_text = _(
                "Divided by commas. Readers choose measures by these words. In use: %(used)s."
            ) % {"used": ", ".join(used[:MOST_GROUPS_SHOWN])}
        themes = self.fields["cross_cutting_themes"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)
        themes.queryset = CrossCuttingTheme.objects.filter(
            concept=measure.goal.field.concept, retired_on=None
        ).order_by("position", "pk")
        if not themes.queryset.exists():
            del self.fields["cross_cutting_themes"]  # a question without answers is none
        self.measure = measure
        self.own_fields = queries.own_fields_of(measure.municipality_id)
        for row in self.own_fields:
            self.fields[f"{OWN}{row.pk}"] = _asked(row)

    def clean_depends_on(self) -> list[Measure]:
        typed = str(self.cleaned_data["depends_on"])
        try:
            return queries.measures_named(self.measure, typed)
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["depends_on"])) from problem

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("A measure cannot end before it starts."))
        return cleaned

    def changes(self) -> dict[str, object]:
        """Return what was typed, ready for the action."""
        typed = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in NOT_SAVED and not name.startswith(OWN)
        }
        if self.own_fields:
            # What closed fields were answered stays as it is.
            typed["own"] = self.measure.own | {
                str(row.pk): self.cleaned_data[f"{OWN}{row.pk}"] for row in self.own_fields
            }
        return typed

    @staticmethod
    def of(measure: Measure) -> dict[str, object]:
        """Read a measure as the form shows it: three queries for what is chosen several times."""
        plain = {
            name: getattr(measure, name)
            for name in MeasureForm.base_fields
            if name not in (*NOT_SAVED, "partners", "cross_cutting_themes", "depends_on")
        }
        return {
            **plain,
            **{f"{OWN}{key}": answer for key, answer in measure.own.items()},
            "depends_on": queries.needed_by_lines(measure),
            "partners": list(measure.partners.all()),
            "cross_cutting_themes": list(measure.cross_cutting_themes.all()),
            "seen": measure.revision,
        }


def _asked(row: OwnField) -> forms.Field:
    """The question that a municipality asks besides, as a field of the form."""
    if row.field_kind == OwnFieldKind.MARK:
        return forms.BooleanField(label=row.label, help_text=row.help_text, required=False)
    if row.field_kind == OwnFieldKind.CHOICE:
        options = [("", "—"), *((option, option) for option in row.options)]
        return forms.ChoiceField(
            label=row.label, help_text=row.help_text, choices=options, required=False
        )
    return forms.CharField(
        label=row.label,
        help_text=row.help_text,
        max_length=1000,
        required=False,
        widget=text_area(2),
    )


class IndicatorForm(forms.Form):
    title = forms.CharField(
        label=_("What is counted"),
        max_length=200,
        help_text=_("For example: people in the language café, counted each spring"),
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    baseline = Amount(label=_("Baseline"))
    baseline_on = Day(label=_("Day of the baseline"))
    target = Amount(label=_("Target value"))
    target_by = Day(label=_("Target to be reached by"))
    source = forms.CharField(label=_("Where the number comes from"), max_length=200, required=False)


class OwnFieldForm(forms.Form):
    label = forms.CharField(label=_("Label"), max_length=80)
    field_kind = forms.ChoiceField(label=_("Kind of answer"), choices=OwnFieldKind.choices)
    options = forms.CharField(
        label=_("Answers to choose from"),
        widget=text_area(3),
        required=False,
        help_text=_("One a line, where there is a choice."),
    )
    help_text = forms.CharField(label=_("What to write there"), max_length=200, required=False)
    is_public = forms.BooleanField(label=_("Everybody reads it"), required=False, initial=True)

    def clean_options(self) -> list[str]:
        lines = (line.strip()[:120] for line in str(self.cleaned_data["options"]).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class MoveMeasureForm(PlaceForm):
    goal = One(Goal.objects.none(), label=_("Below the goal"))
    field_order = ("goal", "position")

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = self.fields["goal"]
        assert isinstance(goals, forms.ModelChoiceField)
        goals.queryset = (
            Goal.objects.filter(field__concept=concept, retired_on=None)
            .exclude(field__state="retired")
            .order_by("field__position", "position")
        )


class MeasureFilter(forms.Form):
    """Above the measures of a field; everything is optional, unknown values find nothing."""

    state = forms.ChoiceField(label=_("State"), required=False)
    cross_cutting_theme = forms.ChoiceField(label=_("Cross-cutting theme"), required=False)
    target_group = forms.ChoiceField(label=_("Target group"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)

    def __init__(
        self,
        *args: Any,
        themes: Iterable[CrossCuttingTheme],
        groups: Iterable[str] = (),
        leads: Iterable[Organisation],
        states: Sequence[tuple[str, Any]] = MeasureState.choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("state", list(states)),
            ("cross_cutting_theme", [(t.identifier, t.title) for t in themes]),
            ("target_group", [(group, group) for group in groups]),
            ("lead", [(o.identifier, o.title) for o in leads]),
        ):
            offer(self, name, [("", _("all")), *choices])
