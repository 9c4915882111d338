"""What members propose and remark, and how it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.strategy.forms.shared import offer, text_area
from miteinander.strategy.models import ChangeProposal
from miteinander.strategy.states import ProposalState

CHANGE, REMARK = "change", "remark"


class ProposeForm(forms.Form):
    entry = forms.ChoiceField(label=_("Which text"))
    passage = forms.CharField(
        label=_("These words"),
        widget=text_area(2),
        max_length=2000,
        required=False,
        help_text=_("Copy them from the text above. Leave it empty only where no text is yet."),
    )
    sort = forms.ChoiceField(
        label=_("What you want"),
        choices=[(CHANGE, _("Propose other words")), (REMARK, _("Only remark on it"))],
        widget=forms.RadioSelect,
        initial=CHANGE,
    )
    proposal = forms.CharField(
        label=_("Other words"),
        widget=text_area(3),
        max_length=10_000,
        required=False,
        help_text=_("Leave it empty if the words shall go."),
    )
    reason = forms.CharField(label=_("Reason or remark"), widget=text_area(3), max_length=2000)

    def __init__(self, *args: Any, entries: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "entry", entries)


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Words that are taken if you adapt it"),
        widget=text_area(3),
        max_length=10_000,
        required=False,
    )
    response = forms.CharField(
        label=_("Reason"),
        widget=text_area(3),
        max_length=2000,
        required=False,
        help_text=_("Members read it. Only what is accepted as it stands needs none."),
    )

    def __init__(self, *args: Any, proposal: ChangeProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [ProposalState.SETTLED, ProposalState.DECLINED]
        if proposal.is_remark:
            del self.fields["words"]
        else:
            possible = [
                ProposalState.ACCEPTED,
                ProposalState.ADAPTED,
                ProposalState.DECLINED,
                ProposalState.SETTLED,
            ]
            self.initial.setdefault("words", proposal.proposal)
        offer(self, "outcome", [(state.value, state.label) for state in possible])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("outcome")
        if chosen and chosen != ProposalState.ACCEPTED and not cleaned.get("response"):
            self.add_error("response", _("Please say why."))
        return cleaned
