"""Who takes the lead: asked, answered, and a wish that is answered in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation
from miteinander.strategy import queries
from miteinander.strategy.forms.costs import AsksBackCosts
from miteinander.strategy.forms.shared import Day, Euros, One, Posts, text_area
from miteinander.strategy.models import TERMS, Measure
from miteinander.strategy.states import LeadState, MeasureState

if TYPE_CHECKING:
    from django.forms import BoundField

    from miteinander.core.models import Municipality


class AskLeadForm(forms.Form):
    organisation = One(
        Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("It gets a mail with a link and answers without an account."),
    )
    note = forms.CharField(
        label=_("Why somebody else"),
        widget=text_area(2),
        required=False,
        help_text=_("Somebody has accepted already. Everybody can read it."),
    )

    def __init__(
        self, *args: Any, municipality: Municipality, measure: Measure, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ModelChoiceField)
        organisations.queryset = queries.organisations_of(municipality)
        if measure.lead_state == LeadState.WISHED:
            self.fields["note"].label = _("Your answer to the wish")
            self.fields["note"].help_text = _(
                "Needed if you ask the same organisation again. Everybody can read it."
            )
        elif measure.lead_state != LeadState.ACCEPTED:
            del self.fields["note"]


class AnswerLeadForm(AsksBackCosts):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("accept", _("We take the lead")),
            ("wish", _("We would, but something has to change first")),
            ("decline", _("We do not take the lead")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What should change, or why you decline"),
        widget=text_area(3),
        required=False,
        help_text=_("Needed unless you accept. Everybody can read it."),
    )
    text = forms.CharField(
        label=_("Description as you would accept it"), widget=text_area(4), required=False
    )
    starts = Day(label=_("Begins"))
    ends = Day(label=_("End"))
    cost_once = Euros(label=_("One-off cost in euros"))
    cost_yearly = Euros(label=_("Yearly cost in euros"))
    staff_need = Posts(label=_("Staff need in full-time posts"))

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.initial = {name: getattr(measure, name) for name in TERMS}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reason = str(cleaned.get("reason", "")).strip()
        if cleaned.get("answer") == "decline" and not reason:
            self.add_error("reason", _("Please say why you decline."))
        if cleaned.get("answer") == "wish":
            if not reason:
                self.add_error("reason", _("Please say what should change."))
            starts, ends = cleaned.get("starts"), cleaned.get("ends")
            if starts and ends and ends < starts:
                self.add_error("ends", _("A measure cannot end before it starts."))
        return cleaned

    @property
    def term_fields(self) -> list[BoundField]:
        return [self[name] for name in TERMS]

    @property
    def opens_terms(self) -> bool:
        """Whether they are looked at now; whoever just accepts need not read past them."""
        return self["answer"].value() == "wish" or any(name in self.errors for name in TERMS)

    def terms(self) -> dict[str, object]:
        """What was sent of the sheet; a field that was not sent is no wish."""
        return {name: self.cleaned_data[name] for name in TERMS if name in self.data}


class AnswerWishForm(forms.Form):
    takes_over = forms.BooleanField(
        label=_("Write it into the sheet as the organisation would accept it"), required=False
    )
    note = forms.CharField(
        label=_("Your answer to the wish"),
        widget=text_area(3),
        help_text=_("What you changed, or why it stays. Everybody can read it."),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not measure.lead_terms or measure.state != MeasureState.DRAFT:
            del self.fields["takes_over"]
