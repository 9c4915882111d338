"""Fields of action: proposed, described, merged and given up; themes assigned to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.participation.models import Theme
from miteinander.process.models import Process
from miteinander.strategy import queries
from miteinander.strategy.forms.shared import One, ReasonForm, text_area
from miteinander.strategy.models import FieldOfAction, Goal

if TYPE_CHECKING:
    from miteinander.core.models import Municipality


class DescribeFieldForm(forms.Form):
    scope = forms.CharField(
        label=_("What it is about"),
        widget=text_area(3),
        required=False,
        help_text=_("Two sentences are enough."),
    )
    guiding_goal = forms.CharField(label=_("Guiding goal"), widget=text_area(3), required=False)
    working_group = One(
        Body.objects.none(),
        label=_("Working group"),
        required=False,
        help_text=_("Everybody with a seat in it may draft goals and measures of the field."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["working_group"]
        assert isinstance(groups, forms.ModelChoiceField)
        groups.queryset = queries.working_groups_of(municipality)


class FieldForm(DescribeFieldForm):
    title = forms.CharField(label=_("Name of the field"), max_length=300)
    field_order = ("title", "scope", "guiding_goal", "working_group")


class MergeFieldForm(ReasonForm):
    into = One(
        FieldOfAction.objects.none(),
        label=_("Becomes part of"),
        help_text=_("Its goals, measures and themes go along. Its page stays and says so."),
    )
    field_order = ("into", "reason")

    def __init__(self, *args: Any, others: Sequence[FieldOfAction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = FieldOfAction.objects.filter(pk__in=[o.pk for o in others])


class SplitFieldForm(ReasonForm):
    """Which goals and themes of a field go into a new one."""

    title = forms.CharField(label=_("Name of the new field"), max_length=300)
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("These goals go along, with their measures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("These themes go along, with their contributions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("title", "goals", "themes", "reason")

    def __init__(self, *args: Any, field: FieldOfAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = queries.themes_of_field(field)
        for name, rows in (
            ("goals", Goal.objects.filter(field=field, retired_on=None).order_by("position", "pk")),
            ("themes", Theme.objects.filter(pk__in=[theme.pk for theme in themes])),
        ):
            asked = self.fields[name]
            assert isinstance(asked, forms.ModelMultipleChoiceField)
            asked.queryset = rows
        if not themes:
            del self.fields["themes"]


class RetireFieldForm(ReasonForm):
    """Asks for every theme and goal of a field where it goes."""

    def __init__(
        self,
        *args: Any,
        inside: Sequence[Theme | Goal],
        others: Sequence[FieldOfAction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inside = {f"to_{thing.pk}": thing for thing in inside}
        for name, thing in self.inside.items():
            self.fields[name] = One(
                FieldOfAction.objects.filter(pk__in=[o.pk for o in others]),
                label=_("Where does “%(title)s” go?") % {"title": thing.title},
            )

    def homes(self) -> dict[Theme | Goal, FieldOfAction]:
        return {thing: self.cleaned_data[name] for name, thing in self.inside.items()}


class CollectForm(forms.Form):
    theme = One(Theme.objects.none(), label=_("Theme"))

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = self.fields["theme"]
        assert isinstance(themes, forms.ModelChoiceField)
        themes.queryset = Theme.objects.filter(process=process, retired_on=None).order_by("title")
