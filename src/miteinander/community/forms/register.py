"""What people type about the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from miteinander.community import queries
from miteinander.community.actions import OrganisationDetails
from miteinander.community.models import Organisation, Person, Perspective, Seat
from miteinander.community.states import BodyKind, OrganisationKind

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

DETAILS = (
    "neighbourhood", "target_groups", "contact", "phone", "website", "address", "shows_contact",
)  # fmt: skip
MOST_WORDS = 30
"""So many words are named below a question; more than a list is a lexicon."""
LANGUAGES = list(settings.LANGUAGE_NAMES.items())
"""Code and own name of every language that people are asked for."""


class PerspectiveForm(forms.Form):
    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example: School, Labour market.")
    )
    text = forms.CharField(
        label=_("What this view brings in"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    place = forms.IntegerField(
        label=_("Place in the list"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("1 is first. Empty means: it stays where it is."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(perspective: Perspective) -> dict[str, Any]:
        return {
            "title": perspective.title,
            "text": perspective.text,
            "place": perspective.position or None,
            "seen": perspective.revision,
        }


class OrganisationForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    text = forms.CharField(
        label=_("What the organisation does, in two sentences"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Everybody can read this."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("For invitations and reminders. It is not shown in public."),
    )
    neighbourhood = forms.CharField(label=_("Neighbourhood"), max_length=120, required=False)
    target_groups = forms.CharField(
        label=_("Target groups"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas, in the words of the measures: “Parents, Children”."),
    )
    contact = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Person to write to"),
        required=False,
        help_text=_("Public pages show the function only."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    shows_contact = forms.BooleanField(
        label=_("Everybody may see phone, website, address and the function of the person"),
        required=False,
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
        _choose(self, "contact", queries.people_of(municipality))
        offer_words(self, municipality)

    def data_for_action(self) -> dict[str, Any]:
        """What was typed, as `register_organisation` and `change_organisation` take it."""
        data = dict(self.cleaned_data)
        details = {name: data.pop(name) for name in DETAILS}
        return {**data, "details": OrganisationDetails(**details)}

    @staticmethod
    def initial_from(organisation: Organisation) -> dict[str, Any]:
        return {
            "title": organisation.title,
            "kind": organisation.organisation_kind,
            "text": organisation.text,
            "email": organisation.email,
            "perspectives": list(organisation.perspectives.values_list("pk", flat=True)),
            **{name: getattr(organisation, name) for name in DETAILS},
            "contact": organisation.contact_id,
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
    further_languages = forms.MultipleChoiceField(
        label=_("Further languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    acts_for = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Acts also for"),
        required=False,
        help_text=_(
            "Further organisations in whose name this person accepts measures, reports and keeps "
            "offers. Hold Ctrl to choose several."
        ),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "acts_for"):
            _choose(self, name, queries.organisations_of(municipality))

    @staticmethod
    def initial_from(person: Person) -> dict[str, Any]:
        return {
            "function": person.function,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "organisation": person.organisation_id,
            "further_languages": list(person.languages[1:]),
            "acts_for": list(person.acts_for.values_list("pk", flat=True)),
        }


class ForgetForm(forms.Form):
    """One tick, so that nobody erases by accident."""

    sure = forms.BooleanField(
        label=_("Yes, erase what is known about this person."),
        error_messages={"required": _("Please tick this if you are sure.")},
    )


class NothingForm(forms.Form):
    """A page that asks nothing but whether."""


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
    correction_days = forms.IntegerField(
        label=_("Days for corrections to minutes"),
        min_value=0,
        max_value=365,
        required=False,
        initial=14,
        help_text=_("So long members may propose corrections to draft minutes."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewBodyForm(BodyForm):
    is_public = forms.BooleanField(
        label=_("Everybody may see this body, its seats, meetings and approved minutes"),
        required=False,
        initial=True,
    )
    field_order = ("title", "kind", "text", "correction_days", "is_public")


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


class HandOverForm(forms.Form):
    """The old tenure ends, the new one begins: in one step."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("New holder"))
    on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(),
        help_text=_("The tenure of the present holder ends the day before."),
    )
    ends = forms.DateField(
        label=_("Term ends"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("The last day. Empty means: open."),
    )
    deputy = forms.ModelChoiceField(Person.objects.none(), label=_("Deputy"), required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("to", "deputy"):
            _choose(self, name, queries.people_of(municipality))


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
    if field.empty_label is not None:
        field.empty_label = _("– none –")


def offer_words(form: forms.Form, municipality: Municipality) -> None:
    """Name the neighbourhoods and target groups in use, so that people write them alike."""
    used = queries.words_in_use(municipality)
    for name, words in (
        ("neighbourhood", used.neighbourhoods),
        ("target_groups", used.target_groups),
    ):
        if words:
            field = form.fields[name]
            hint = _("In use: %(used)s.") % {"used": ", ".join(words[:MOST_WORDS])}
            field.help_text = f"{field.help_text} {hint}".strip()
