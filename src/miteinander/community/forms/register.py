"""What people type about the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community import queries
from miteinander.community.models import Organisation, Person, Perspective, Seat
from miteinander.community.states import BodyKind, OrganisationKind

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

LANGUAGES = [
    ("de", "Deutsch"), ("en", "English"), ("ar", "العربية"), ("fa", "فارسی"), ("fr", "Français"),
    ("pl", "Polski"), ("ro", "Română"), ("ru", "Русский"), ("tr", "Türkçe"), ("uk", "Українська"),
]  # fmt: skip


class PerspectiveForm(forms.Form):
    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example: School, Labour market.")
    )
    text = forms.CharField(
        label=_("What this view brings in"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(perspective: Perspective) -> dict[str, Any]:
        return {
            "title": perspective.title,
            "text": perspective.text,
            "seen": perspective.revision,
        }


class OrganisationForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    text = forms.CharField(
        label=_("Who you are, in two sentences"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Everybody can read this."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("For invitations and reminders. It is not shown in public."),
    )
    perspectives = forms.ModelMultipleChoiceField(
        Perspective.objects.none(),
        label=_("Perspectives it brings in"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "perspectives", queries.perspectives_of(municipality))

    @staticmethod
    def initial_from(organisation: Organisation) -> dict[str, Any]:
        return {
            "title": organisation.title,
            "kind": organisation.organisation_kind,
            "text": organisation.text,
            "email": organisation.email,
            "perspectives": list(organisation.perspectives.values_list("pk", flat=True)),
            "seen": organisation.revision,
        }


class PersonForm(forms.Form):
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        help_text=_("How pages and records name this person. They never show the name."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only the workspace shows it.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    language = forms.ChoiceField(label=_("Language of mails"), choices=LANGUAGES, initial="de")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organisation", queries.organisations_of(municipality))

    @staticmethod
    def initial_from(person: Person) -> dict[str, Any]:
        return {
            "function": person.function,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "organisation": person.organisation_id,
        }


class ForgetForm(forms.Form):
    """One tick, so that nobody erases by accident."""

    sure = forms.BooleanField(
        label=_("Yes, erase what is known about this person."),
        error_messages={"required": _("Please tick this if you are sure.")},
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We mail where to sign in. The person needs no password."),
    )


class BodyForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    text = forms.CharField(
        label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewBodyForm(BodyForm):
    is_public = forms.BooleanField(
        label=_("Everybody may see this body, its seats, meetings and approved minutes"),
        required=False,
        initial=True,
    )
    field_order = ("title", "kind", "text", "is_public")


class SeatForm(forms.Form):
    function = forms.CharField(
        label=_("Function"), max_length=160, help_text=_("For example: School, or Youth office.")
    )
    perspective = forms.ModelChoiceField(
        Perspective.objects.none(), label=_("Perspective it stands for"), required=False
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation it belongs to"), required=False
    )
    has_voice = forms.BooleanField(
        label=_("Has a voice: may speak and object"), required=False, initial=True
    )
    has_vote = forms.BooleanField(
        label=_("Has a vote: is counted when the body votes"), required=False, initial=True
    )
    leads = forms.BooleanField(label=_("Leads the body"), required=False)
    starts = forms.DateField(label=_("Term starts"), required=False, widget=forms.DateInput())
    ends = forms.DateField(label=_("Term ends"), required=False, widget=forms.DateInput())

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "perspective", queries.perspectives_of(municipality))
        _choose(self, "organisation", queries.organisations_of(municipality))

    @staticmethod
    def initial_from(seat: Seat) -> dict[str, Any]:
        return {
            "function": seat.function,
            "perspective": seat.perspective_id,
            "organisation": seat.organisation_id,
            "has_voice": seat.has_voice,
            "has_vote": seat.has_vote,
            "leads": seat.leads,
            "starts": seat.starts,
            "ends": seat.ends,
        }


class FillForm(forms.Form):
    holder = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Holder"),
        required=False,
        help_text=_("Empty means: the seat is vacant."),
    )
    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Deputy"),
        required=False,
        help_text=_("Speaks only while the holder is absent."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("holder", "deputy"):
            _choose(self, name, queries.people_of(municipality))

    @staticmethod
    def initial_from(seat: Seat) -> dict[str, Any]:
        return {"holder": seat.holder_id, "deputy": seat.deputy_id}


class AbsenceForm(forms.Form):
    absent_from = forms.DateField(
        label=_("Absent from"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Empty means: the holder is back."),
    )
    absent_until = forms.DateField(
        label=_("Absent until"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Empty means: until further notice."),
    )

    @staticmethod
    def initial_from(seat: Seat) -> dict[str, Any]:
        return {"absent_from": seat.absent_from, "absent_until": seat.absent_until}


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    """Offer only rows of this municipality; anything else sent is refused as no valid choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    field.empty_label = _("– none –")
