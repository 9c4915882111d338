"""Table plans: for whom, how many tables, and changes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.process.actions import MOST_ROUNDS, MOST_TABLES
from miteinander.process.states import Leaning, SeatedFrom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.process.models import Guest, TablePlan


class NewPlanForm(forms.Form):
    KNOWN = (
        ("organisation", _("organisation")),
        ("perspective", _("perspective")),
        ("language", _("language")),
    )
    title = forms.CharField(label=_("Name"), max_length=120, initial=_("Table plan"))
    source = forms.ChoiceField(
        label=_("Who is seated"), choices=SeatedFrom.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("Table of people"),
        required=False,
        help_text=_(
            "Only for people from a file: CSV or XLSX with the columns Name and, if any, "
            "Organisation. Further columns are characteristics to mix."
        ),
    )
    tables = forms.IntegerField(label=_("How many tables"), min_value=1, max_value=MOST_TABLES)
    rounds = forms.IntegerField(
        label=_("How many rounds"), min_value=1, max_value=MOST_ROUNDS, initial=1
    )
    mix = forms.MultipleChoiceField(
        label=_("What every table shall have its share of"),
        choices=KNOWN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keeps_apart = forms.BooleanField(
        label=_("At most two of one organisation at a table"), required=False, initial=True
    )
    leaning = forms.ChoiceField(
        label=_("What comes first"),
        choices=Leaning.choices,
        widget=forms.RadioSelect,
        initial=Leaning.BALANCED,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("source") == SeatedFrom.FILE and not data.get("file"):
            self.add_error("file", gettext("Please choose the table of people."))
        return data


class MoveGuestForm(forms.Form):
    """Somebody to another table, or two change places; the effect is shown first."""

    guest = forms.TypedChoiceField(label=_("Who"), coerce=int)
    target = forms.ChoiceField(label=_("Where to"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        plan: TablePlan,
        guests: Sequence[Guest],
        round_number: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)

        def sits(guest: Guest) -> str:
            words = {"name": guest.name, "table": guest.seats[round_number - 1]}
            return gettext("%(name)s (table %(table)s)") % words

        people = [(guest.pk, sits(guest)) for guest in guests if guest.seats]
        for name, choices in (
            ("guest", people),
            (
                "target",
                [
                    *(
                        (f"t{n}", gettext("to table %(n)s") % {"n": n})
                        for n in range(1, plan.tables + 1)
                    ),
                    *((f"g{pk}", gettext("in place of %(who)s") % {"who": w}) for pk, w in people),
                ],
            ),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("– please choose –")), *choices]

    def move(self) -> dict[str, int | None]:
        target = self.cleaned_data["target"]
        number = int(target[1:])
        return {
            "guest": self.cleaned_data["guest"],
            "to": number if target[0] == "t" else None,
            "with_guest": number if target[0] == "g" else None,
        }


class LatecomerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    organisation = forms.CharField(label=_("Organisation"), max_length=300, required=False)

    def __init__(self, *args: Any, plan: TablePlan, guests: Sequence[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [name for name in plan.mix if name != "organisation"]
        for place, name in enumerate(self.names):
            known = sorted({guest.values.get(name, "") for guest in guests} - {""})
            self.fields[f"value{place}"] = forms.ChoiceField(
                label=dict(NewPlanForm.KNOWN).get(name, name),
                choices=[("", _("not known")), *((each, each) for each in known)],
                required=False,
            )

    def values(self) -> dict[str, str]:
        return {n: self.cleaned_data[f"value{place}"] for place, n in enumerate(self.names)}


class SeatingWishForm(forms.Form):
    one = forms.TypedChoiceField(label=_("Who"), coerce=int)
    other = forms.TypedChoiceField(label=_("and who"), coerce=int)
    together = forms.TypedChoiceField(
        label=_("What they shall do"),
        choices=[("yes", _("sit together")), ("no", _("not sit together"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, guests: Sequence[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("– please choose –")), *((g.pk, g.name) for g in guests)]
