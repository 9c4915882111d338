"""Choosing what the need of a goal rests on: searched, or copied as an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.models import Thing
from miteinander.core.search.keep import kinds
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.forms.shared import text_area
from miteinander.strategy.models import Goal


class ThingsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        """Say what it is: a contribution and a measure may be called the same."""
        kind = capfirst(str(kinds()[obj.kind]._meta.verbose_name))
        return f"{kind}: {obj.title or obj.identifier}"


class EvidenceForm(forms.Form):
    """What was chosen stays chosen while one searches on; the button "preview" searches."""

    things = ThingsField(
        Thing.objects.none(),
        label=_("The need rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    search = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        help_text=_("Contributions, themes, offers, minutes, measures, reports: by their words."),
    )
    about = forms.CharField(
        label=_("Or addresses of pages"),
        widget=text_area(2),
        required=False,
        help_text=_("One a line, as they stand in the browser."),
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    """What was named when the page was opened: others may name something meanwhile."""

    def __init__(self, *args: Any, goal: Goal, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal, self.standing = goal, standing
        named = queries.evidence_of(goal, standing)
        known = {thing.pk for thing in named}
        self.initial = {"things": sorted(known), "was": " ".join(map(str, sorted(known)))}
        self.found: list[Thing] = []
        if self.is_bound:
            self.found = queries.evidence_found(goal, self.data.get("search", ""))
            known |= {thing.pk for thing in self.found}
            known |= {
                thing.pk
                for thing in Thing.objects.filter(
                    municipality=goal.municipality_id, pk__in=self._sent()
                )
                if queries.may_name(thing, standing) and queries.is_evidence(thing, goal)
            }
        things = self.fields["things"]
        assert isinstance(things, forms.ModelMultipleChoiceField)
        things.queryset = Thing.objects.filter(pk__in=known).order_by("kind", "title", "pk")
        if not known:
            del self.fields["things"]  # a question without answers is none

    def _sent(self) -> list[int]:
        sent = self.data.getlist("things") if hasattr(self.data, "getlist") else ()
        return [int(key) for key in sent if key.isdecimal() and len(key) < 19]

    def clean_about(self) -> list[Thing]:
        try:
            return queries.evidence_at(self.goal, self.cleaned_data["about"], self.standing)
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["about"])) from problem

    def changes(self) -> dict[str, list[Thing]]:
        """What to add, and what to take out."""
        was = set(self.cleaned_data["was"].split())
        chosen = [*self.cleaned_data.get("things", ()), *self.cleaned_data["about"]]
        keys = {str(thing.pk) for thing in chosen}
        known = Thing.objects.filter(
            municipality=self.goal.municipality_id,
            pk__in=[int(key) for key in was - keys if key.isdecimal() and len(key) < 19],
        )
        return {"more": [t for t in chosen if str(t.pk) not in was], "fewer": list(known)}
