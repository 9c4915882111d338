"""Measures: the sheet, its place, who takes the lead, and the filter above a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.strategy import queries
from miteinander.strategy.forms.shared import Day, Euros, One, PlaceForm, text_area
from miteinander.strategy.models import Concept, CrossCuttingTheme, Goal, Measure
from miteinander.strategy.states import Funding, MeasureState

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


MOST_GROUPS_SHOWN = 30
"""Target groups named below the question; more than a list is a lexicon."""


class MeasureForm(forms.Form):
    """The sheet, in the order of the printed sheet."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=text_area(5), required=False)
    first_steps = forms.CharField(label=_("First steps"), widget=text_area(3), required=False)
    target_groups = forms.CharField(
        label=_("Target groups"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas. Readers choose measures by these words."),
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
    starts = Day(label=_("Begins"))
    ends = Day(label=_("End"), help_text=_("Leave it empty for an ongoing task."))
    cost_once = Euros(label=_("One-off cost in euros"), help_text=_("0 if there is none."))
    cost_yearly = Euros(label=_("Yearly cost in euros"))
    funding = forms.ChoiceField(
        label=_("Funding"), choices=[("", "—"), *Funding.choices], required=False
    )
    cross_cutting_themes = forms.ModelMultipleChoiceField(
        CrossCuttingTheme.objects.none(),
        label=_("Cross-cutting themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("A measure cannot end before it starts."))
        return cleaned

    def changes(self) -> dict[str, object]:
        """Return what was typed, ready for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @staticmethod
    def of(measure: Measure) -> dict[str, object]:
        """Read a measure as the form shows it: two queries for what is chosen several times."""
        plain = {
            name: getattr(measure, name)
            for name in MeasureForm.base_fields
            if name not in ("seen", "partners", "cross_cutting_themes")
        }
        return {
            **plain,
            "partners": list(measure.partners.all()),
            "cross_cutting_themes": list(measure.cross_cutting_themes.all()),
            "seen": measure.revision,
        }


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


class AskLeadForm(forms.Form):
    organisation = One(
        Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("It gets a mail with a link and answers without an account."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ModelChoiceField)
        organisations.queryset = queries.organisations_of(municipality)


class AnswerLeadForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("We take the lead")), ("decline", _("We do not take the lead"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, if you decline"),
        widget=text_area(3),
        required=False,
        help_text=_("Everybody can read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "decline" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Please say why you decline."))
        return cleaned


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
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *choices]
