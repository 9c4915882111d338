"""Goals: growing out of themes, as measures do, then written out and moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.participation.models import Contribution, Theme
from miteinander.process.models import Process
from miteinander.strategy import queries
from miteinander.strategy.forms.shared import One, PlaceForm, text_area
from miteinander.strategy.models import Concept, FieldOfAction
from miteinander.strategy.states import Effect


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        """Say what would be linked: a theme brings its contributions along."""
        count = ngettext("%(n)s contribution", "%(n)s contributions", obj.gathered)
        return f"{obj.title} ({count % {'n': obj.gathered}})"


class GrowForm(forms.Form):
    """A title, and from what it grows: shown in full before anything is linked."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=text_area(), required=False)
    themes = ThemesField(
        Theme.objects.none(),
        label=_("Grows from these themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contributions = forms.ModelMultipleChoiceField(
        Contribution.objects.none(),
        label=_("And especially from these contributions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Every choice becomes a stitch of the golden thread that everybody can follow."
        ),
    )

    def __init__(
        self, *args: Any, process: Process, theme: Theme | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        themes, cards = self.fields["themes"], self.fields["contributions"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)
        assert isinstance(cards, forms.ModelMultipleChoiceField)
        themes.queryset = Theme.objects.filter(process=process, retired_on=None).order_by("title")
        if theme is None:
            del self.fields["contributions"]
        else:
            self.initial.setdefault("themes", [theme.pk])
            near = [card.pk for card in queries.contributions_of_theme(theme)]
            cards.queryset = Contribution.objects.filter(pk__in=near).order_by("-pk")


class GrowGoalForm(GrowForm):
    need = forms.CharField(
        label=_("Need"), widget=text_area(3), required=False, help_text=_("What is missing today?")
    )
    evidence = forms.CharField(
        label=_("Evidence of the need"),
        widget=text_area(3),
        required=False,
        help_text=_("Figures, reports, contributions: how do we know?"),
    )
    field_order = ("title", "text", "need", "evidence", "themes", "contributions")


class GoalForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Goal in full"), widget=text_area(3), required=False)
    need = forms.CharField(label=_("Need"), widget=text_area(3), required=False)
    evidence = forms.CharField(label=_("Evidence of the need"), widget=text_area(3), required=False)
    effect = forms.ChoiceField(
        label=_("Kind of effect"), choices=[("", "—"), *Effect.choices], required=False
    )
    indicator = forms.CharField(
        label=_("Indicator"),
        max_length=300,
        required=False,
        help_text=_("By what would one notice that the goal is reached?"),
    )
    no_indicator_reason = forms.CharField(
        label=_("Why there is no indicator"), max_length=300, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MoveGoalForm(PlaceForm):
    field = One(FieldOfAction.objects.none(), label=_("Field of action"))
    field_order = ("field", "position")

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields["field"]
        assert isinstance(fields, forms.ModelChoiceField)
        fields.queryset = concept.fields.exclude(state="retired").order_by("position", "pk")
