"""What people type about fields, goals and measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.community.models import Body, Organisation
from miteinander.participation.models import Contribution, Theme
from miteinander.process.models import Process
from miteinander.strategy import queries
from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal, Measure
from miteinander.strategy.states import Effect, Funding, MeasureState

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from miteinander.core.models import Municipality

MOST_EUROS = 1_000_000_000
MOST_GROUPS_SHOWN = 30
"""Target groups named below the question; more than a list is a lexicon."""
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Euros(forms.IntegerField):
    """Whole euros, as people write them: “18.000”, “18 000”, “18.000 €”."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=0,
            max_value=MOST_EUROS,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.replace("€", "").split())
        return super().to_python(value)


class Day(forms.DateField):
    """A day in a span in which concepts are carried out; a typing error is far outside of it."""

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        message = _("Please enter a date between 1990 and 2100.")
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.DateInput(),
            validators=[MinValueValidator(EARLIEST, message), MaxValueValidator(LATEST, message)],
        )


class One(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of several things; what stands there before a choice is a word, not a dash."""

    def __init__(self, queryset: QuerySet[Any], *, required: bool = True, **more: Any) -> None:
        empty = _("– please choose –") if required else _("– none –")
        super().__init__(queryset, required=required, empty_label=empty, **more)


class Titled(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=_area(), required=False)


class ConceptForm(forms.Form):
    process = One(Process.objects.none(), label=_("Process"))
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("What it is about"), widget=_area(6), required=False)
    continues = One(
        Concept.objects.none(),
        label=_("Continues the edition"),
        required=False,
        help_text=_("For a new edition: what it carries on."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        processes, concepts = self.fields["process"], self.fields["continues"]
        assert isinstance(processes, forms.ModelChoiceField)
        assert isinstance(concepts, forms.ModelChoiceField)
        processes.queryset = queries.processes_without_concept(municipality)
        concepts.queryset = Concept.objects.filter(municipality=municipality)


class ChapterForm(forms.Form):
    title = forms.CharField(
        label=_("Heading"),
        max_length=300,
        required=False,
        help_text=_("Empty: the usual heading, in the language of the document."),
    )
    text = forms.CharField(
        label=_("Text"),
        widget=_area(18),
        required=False,
        help_text=_(
            "An empty line divides paragraphs. ## before a line makes a heading, - a point of a "
            "list, **two stars** make words strong. What is frozen stays for ever: please name "
            "functions and not people."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewChapterForm(ChapterForm):
    """A chapter of one's own: nobody else knows what it is called."""

    title = forms.CharField(label=_("Heading"), max_length=300)


class RenameForm(forms.Form):
    title = forms.CharField(
        label=_("New name"),
        max_length=300,
        help_text=_("The address and everything in the field stay as they are."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=_area(), help_text=_("Everybody can read it.")
    )


class DescribeFieldForm(forms.Form):
    scope = forms.CharField(
        label=_("What it is about"),
        widget=_area(3),
        required=False,
        help_text=_("Two sentences are enough."),
    )
    guiding_goal = forms.CharField(label=_("Guiding goal"), widget=_area(3), required=False)
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


class _Themes(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        """Say what would be linked: a theme brings its contributions along."""
        count = ngettext("%(n)s contribution", "%(n)s contributions", obj.gathered)
        return f"{obj.title} ({count % {'n': obj.gathered}})"


class GrowForm(forms.Form):
    """A title, and from what it grows: shown in full before anything is linked."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=_area(), required=False)
    themes = _Themes(
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
        label=_("Need"), widget=_area(3), required=False, help_text=_("What is missing today?")
    )
    evidence = forms.CharField(
        label=_("Evidence of the need"),
        widget=_area(3),
        required=False,
        help_text=_("Figures, reports, contributions: how do we know?"),
    )
    field_order = ("title", "text", "need", "evidence", "themes", "contributions")


class GoalForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Goal in full"), widget=_area(3), required=False)
    need = forms.CharField(label=_("Need"), widget=_area(3), required=False)
    evidence = forms.CharField(label=_("Evidence of the need"), widget=_area(3), required=False)
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


class MeasureForm(forms.Form):
    """The sheet, in the order of the printed sheet."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Description"), widget=_area(5), required=False)
    first_steps = forms.CharField(label=_("First steps"), widget=_area(3), required=False)
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


class MoveMeasureForm(forms.Form):
    goal = One(Goal.objects.none(), label=_("Below the goal"))
    position = forms.IntegerField(
        label=_("Position"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: at the end."),
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = self.fields["goal"]
        assert isinstance(goals, forms.ModelChoiceField)
        goals.queryset = (
            Goal.objects.filter(field__concept=concept, retired_on=None)
            .exclude(field__state="retired")
            .order_by("field__position", "position")
        )


class MoveGoalForm(forms.Form):
    field = One(FieldOfAction.objects.none(), label=_("Field of action"))
    position = forms.IntegerField(
        label=_("Position"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: at the end."),
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields["field"]
        assert isinstance(fields, forms.ModelChoiceField)
        fields.queryset = concept.fields.exclude(state="retired").order_by("position", "pk")


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
        widget=_area(3),
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
