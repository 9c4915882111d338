"""Draws by lot: what is drawn, from whom, and how many of whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.community.queries import bodies_of, characteristics_of
from miteinander.process import queries
from miteinander.process.forms.fields import choose_from
from miteinander.process.models import Draw, Meeting
from miteinander.process.states import Gone, LotSource, SeedFrom

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.insights import Share
    from miteinander.process.models import Ticket


class DrawForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    size = forms.IntegerField(label=_("How many places are drawn"), min_value=1, max_value=1000)
    per_household = forms.IntegerField(
        label=_("At most from one household"),
        min_value=1,
        max_value=10,
        required=False,
        help_text=_("Empty: households do not matter. Only for people from a file."),
    )
    text = forms.CharField(
        label=_("What is drawn for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One or two sentences for everybody."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(draw: Draw) -> dict[str, Any]:
        return {
            "title": draw.title,
            "size": draw.size,
            "per_household": draw.per_household,
            "text": draw.text,
            "seen": draw.revision,
        }


class NewDrawForm(DrawForm):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that is drawn for"))
    source = forms.ChoiceField(
        label=_("Where the people come from"), choices=LotSource.choices, widget=forms.RadioSelect
    )
    field_order = ("title", "body", "size", "source", "per_household", "text")

    def __init__(
        self, *args: Any, municipality: Municipality, standing: Standing, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_of(municipality)
        if not standing.is_coordinator:
            bodies = bodies.filter(pk__in=[seat.body for seat in standing.seats if seat.leads])
        choose_from(self, "body", bodies)
        del self.fields["seen"]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Table of people"),
        help_text=_("CSV or XLSX: the names of the columns first, then a line for each person."),
    )


class ColumnsForm(forms.Form):
    """What each column of an uploaded table means."""

    MEANINGS = (
        ("characteristic", _("characteristic")),
        ("name", _("name")),
        ("email", _("e-mail address")),
        ("household", _("household or address")),
        ("", _("leave out")),
    )
    FEW = 12
    """Columns with at most so many different values look like a characteristic."""

    def __init__(self, *args: Any, sheet: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns: list[str] = sheet["columns"]
        for place, name in enumerate(self.columns):
            cells = [row[place] for row in sheet["rows"]]
            shown = list(dict.fromkeys(cell for cell in cells if cell))[:3]
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=name,
                choices=self.MEANINGS,
                required=False,
                initial=self._guess(name, cells),
                help_text=gettext("For example: %(values)s") % {"values": ", ".join(shown)}
                if shown
                else gettext("Empty"),
            )

    def _guess(self, name: str, cells: Sequence[str]) -> str:
        said = name.casefold()
        if "mail" in said:
            return "email"
        if any(word in said for word in ("haushalt", "adresse", "anschrift", "address")):
            return "household"
        if "name" in said:
            return "name"
        different = {cell for cell in cells if cell}
        return "characteristic" if 2 <= len(different) <= self.FEW else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = [data.get(f"column{place}", "") for place in range(len(self.columns))]
        for meaning in ("email", "household"):
            if chosen.count(meaning) > 1:
                label = dict(self.MEANINGS)[meaning]
                self.add_error(
                    None, gettext("Only one column can be: %(meaning)s.") % {"meaning": label}
                )
        self.meanings = dict(zip(self.columns, chosen, strict=True))
        return data


class FromRegisterForm(forms.Form):
    """Which people of the register, and which of their characteristics matter."""

    KNOWN = (
        ("language", _("language")),
        ("organisation", _("organisation")),
        ("perspective", _("perspective of the organisation")),
    )
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(),
        label=_("Only people who sit in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everybody in the register who can be reached."),
    )
    characteristics = forms.MultipleChoiceField(
        label=_("Characteristics for quotas"),
        choices=KNOWN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["bodies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = bodies_of(municipality)
        if asked := characteristics_of(municipality):
            self.fields["told"] = forms.MultipleChoiceField(
                label=_("What people said of themselves"),
                choices=[(row.kind, row.get_kind_display()) for row in asked],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "Only of those who let it count for draws. You see numbers of at least five "
                    "people, never whose they are. So it stands alone: everybody in the "
                    "register, and no other characteristics. Whoever changes what they said "
                    "before the announcement empties the pool."
                ),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("told") and (data.get("bodies") or data.get("characteristics")):
            self.add_error(
                "told",
                gettext(
                    "With other characteristics or single bodies one could conclude who said "
                    "what. Please choose either these or those."
                ),
            )
        return data


SIDES = ("low", "high")


class QuotasForm(forms.Form):
    """At least and at most for each value, proposed in proportion; both empty: no quota.

    A characteristic has quotas for all its values or for none: a value without numbers is free.
    """

    def __init__(
        self, *args: Any, shares: Sequence[Share], size: int, quotas: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shares, self.size = list(shares), size
        known = {(q[0], q[1]): (q[2], q[3]) for q in quotas}
        for place, share in enumerate(self.shares):
            low, high = known.get((share.characteristic, share.value), (None, None))
            if not quotas:
                low, high = share.low, share.high
            for side, value in (("low", low), ("high", high)):
                words = {"value": share.value, "characteristic": share.characteristic}
                label = (
                    gettext("%(characteristic)s, %(value)s: at least")
                    if side == "low"
                    else gettext("%(characteristic)s, %(value)s: at most")
                )
                self.fields[f"{side}{place}"] = forms.IntegerField(
                    label=label % words,
                    min_value=0,
                    max_value=size,
                    required=False,
                    initial=value,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    def proposed(self) -> list[list[Any]]:
        """The quotas that an unsent form shows."""
        rows = [
            [share.characteristic, share.value, *(self[f"{side}{n}"].initial for side in SIDES)]
            for n, share in enumerate(self.shares)
        ]
        return [row for row in rows if None not in row]

    def rows(self) -> list[tuple[str, list[tuple[Share, Any, Any]]]]:
        """The values of each characteristic with their two fields, as a table shows them."""
        grouped: dict[str, list[tuple[Share, Any, Any]]] = {}
        for place, share in enumerate(self.shares):
            pair = (share, self[f"low{place}"], self[f"high{place}"])
            grouped.setdefault(share.characteristic, []).append(pair)
        return list(grouped.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed: dict[str, list[list[Any]]] = {}
        for place, share in enumerate(self.shares):
            low, high = data.get(f"low{place}"), data.get(f"high{place}")
            if low is not None and high is not None and low > high:
                self.add_error(f"low{place}", gettext("This is more than at most."))
            typed.setdefault(share.characteristic, []).append(
                [share.characteristic, share.value, low, high]
            )
        self.quotas = [
            [name, value, low or 0, self.size if high is None else high]
            for rows in typed.values()
            if any(row[2] is not None or row[3] is not None for row in rows)
            for name, value, low, high in rows
        ]
        return data


class AnnounceForm(forms.Form):
    seed_from = forms.ChoiceField(
        label=_("Where the seed comes from"),
        choices=SeedFrom.choices,
        widget=forms.RadioSelect,
        initial=SeedFrom.DICE,
        help_text=_(
            "Thrown: everybody in the room can see it. Made now: its checksum is told at once, "
            "the seed itself at the draw."
        ),
    )
    public = forms.BooleanField(
        label=_("Everybody can follow the draw"),
        required=False,
        help_text=_("By numbers only. Names are never public."),
    )


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it called off?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who saw the announcement reads this. Please no names."),
    )


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("Seed"),
        max_length=200,
        help_text=_("What was thrown, exactly as everybody saw it, for example: 3-1-4-1-5-2."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReplaceForm(forms.Form):
    gone = forms.ChoiceField(label=_("Who does not come"))
    reason = forms.ChoiceField(label=_("Reason"), choices=Gone.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Only for those who draw; erased with the person."),
    )

    def __init__(
        self, *args: Any, panel: Sequence[Ticket], only_names: bool, **kwargs: Any
    ) -> None:
        """`only_names`: whoever draws does not learn which number somebody has."""
        super().__init__(*args, **kwargs)
        field = self.fields["gone"]
        assert isinstance(field, forms.ChoiceField)
        keys = {str(ticket.pk) if only_names else ticket.number: ticket for ticket in panel}
        self.numbers = {key: ticket.number for key, ticket in keys.items()}
        field.choices = [
            ("", _("– please choose –")),
            *((key, self._label(ticket, only_names)) for key, ticket in keys.items()),
        ]

    @staticmethod
    def _label(ticket: Ticket, only_names: bool) -> str:
        if only_names:
            return ticket.who or gettext("name erased")
        return " · ".join(filter(None, (ticket.number, ticket.who)))

    def clean_gone(self) -> str:
        return self.numbers[self.cleaned_data["gone"]]


class InviteDrawnForm(forms.Form):
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Meeting"))

    def __init__(self, *args: Any, draw: Draw, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "meeting", queries.meetings_ahead(draw, standing))
