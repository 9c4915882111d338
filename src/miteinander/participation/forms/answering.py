"""What became of a contribution, or of many, and why; and the wordings that help to say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.fields import LANGUAGES, long_text
from miteinander.participation.states import Outcome

if TYPE_CHECKING:
    from miteinander.community.models import Organisation
    from miteinander.participation.models import TextBlock


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=long_text(5),
        max_length=LONGEST,
        help_text=_("Short sentences. The author reads it, and if it is published, everybody."),
    )
    organisation = forms.ChoiceField(
        label=_("Whose business is it?"),
        required=False,
        help_text=_(
            "Only for “somebody else's business”. What the register says openly about the "
            "organisation is shown with the answer."
        ),
    )
    business_of = forms.CharField(
        label=_("Or somebody who is not in the register"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {o.identifier: o for o in organisations}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((key, o.title) for key, o in self._organisations.items())]

    def clean_organisation(self) -> Organisation | None:
        return self._organisations.get(self.cleaned_data["organisation"])


class _Blocks(forms.Select):
    """Each option carries its text, so that a page with JavaScript need not ask for it."""

    texts: dict[str, tuple[str, str]]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.texts:
            text, outcome = self.texts[str(value)]
            option["attrs"] |= {"data-text": text, "data-outcome": outcome}
        return option


class BlockChoiceForm(forms.Form):
    """Which text block to put in; `fill` puts into its places what is known here."""

    block = forms.ChoiceField(label=_("Text block"), required=False, widget=_Blocks)

    def __init__(
        self,
        *args: Any,
        blocks: Sequence[TextBlock] = (),
        fill: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {str(b.pk): (fill(b.text), b.outcome) for b in blocks}
        field = self.fields["block"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(field.widget, _Blocks)
        field.widget.texts = self.texts
        field.choices = [("", "–"), *((str(b.pk), b.title) for b in blocks)]


class SupplementForm(forms.Form):
    text = forms.CharField(
        label=_("What is to be added"),
        widget=long_text(5),
        max_length=LONGEST,
        help_text=_("It appears below the answer, with today's date."),
    )


class AnswerTranslationForm(forms.Form):
    """One text for each wording of an answer; what is left empty readers find in the original."""

    state = forms.ChoiceField(
        label=_("Who has read it?"),
        choices=[
            ("checked", _("I have checked it")),
            ("approved", _("checked and approved")),
            ("machine", _("a machine wrote it, nobody has checked it")),
        ],
        initial="checked",
        widget=forms.RadioSelect,
        help_text=_("A machine's text is always shown as one, below the original."),
    )

    def __init__(self, *args: Any, originals: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = list(originals)
        for number, (wording, original) in enumerate(originals.items()):
            self.fields[wording] = forms.CharField(
                label=_("Supplement") if number else _("The answer"),
                widget=long_text(5),
                required=False,
                max_length=LONGEST,
                help_text=original,
            )
        self.order_fields([*self.wordings, "state"])

    def texts(self) -> dict[str, str]:
        return {wording: self.cleaned_data[wording] for wording in self.wordings}


class TextBlockForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        widget=long_text(6),
        max_length=LONGEST,
        help_text=_("[theme] and [call] are replaced by what is being answered."),
    )
    outcome = forms.ChoiceField(
        label=_("Usually goes with"),
        choices=[("", _("any outcome")), *Outcome.choices],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    @staticmethod
    def initial_from(block: TextBlock) -> dict[str, Any]:
        return {
            "title": block.title,
            "text": block.text,
            "outcome": block.outcome,
            "language": block.language,
        }
