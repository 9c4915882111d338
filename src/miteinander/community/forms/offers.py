"""What people type about offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions import OfferDetails
from miteinander.community.forms.register import LANGUAGES, offer_words
from miteinander.community.models import Offer, Organisation
from miteinander.core.errors import Invalid
from miteinander.core.uploads import MOST_BYTES, bytes_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from miteinander.community.queries.offers import OfferWords
    from miteinander.core.models import Municipality

MOST_PASTED = 2_000_000


class OfferForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("– please choose –")
    )
    title = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("For example: German course for parents.")
    )
    text = forms.CharField(
        label=_("What it is"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    target_groups = forms.CharField(
        label=_("Target groups"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas, in the words of the measures: “Parents, Children”."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that are spoken there"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    neighbourhood = forms.CharField(
        label=_("Neighbourhood"),
        max_length=120,
        required=False,
        help_text=_("Empty means: for the whole municipality."),
    )
    funding = forms.CharField(
        label=_("Funding"),
        max_length=200,
        required=False,
        help_text=_("Who pays for it, as far as it may be told."),
    )
    ends = forms.DateField(
        label=_("Until when"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("The last day, for example when the funding ends. Empty means: lasting."),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see this offer"), required=False, initial=True
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        organisations: QuerySet[Organisation] | None,
        **kwargs: Any,
    ) -> None:
        """Without `organisations` the offer exists already and stays where it is."""
        super().__init__(*args, **kwargs)
        if organisations is None:
            del self.fields["organisation"]
        else:
            field = self.fields["organisation"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = organisations
        offer_words(self, municipality)

    def details(self) -> OfferDetails:
        names = ("title", "text", "target_groups", "languages", "neighbourhood", "funding", "ends")
        return OfferDetails(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def initial_from(offer: Offer) -> dict[str, Any]:
        names = ("title", "text", "target_groups", "neighbourhood", "funding", "ends", "is_public")
        kept = {name: getattr(offer, name) for name in names}
        return {**kept, "languages": list(offer.language_tags), "seen": offer.revision}


class OfferFilter(forms.Form):
    """Offers only what would find something."""

    target_group = forms.ChoiceField(label=_("Target group"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    neighbourhood = forms.ChoiceField(label=_("Neighbourhood"), required=False)

    def __init__(self, *args: Any, words: OfferWords, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = dict(LANGUAGES)
        self._offer("target_group", _("all target groups"), words.target_groups)
        self._offer("neighbourhood", _("all neighbourhoods"), words.neighbourhoods)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("all languages")),
            *((tag, spoken.get(tag, tag)) for tag in words.languages),
        ]

    def _offer(self, name: str, every: Any, words: Iterable[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *((word, word) for word in words)]


class OfferListFilter(OfferFilter):
    """Those who keep the stock-take also look at what ends and what has ended."""

    lasting = forms.ChoiceField(
        label=_("Until when"),
        required=False,
        choices=[
            ("", _("there now")),
            ("ending", _("ends within a year")),
            ("ended", _("has ended")),
            ("all", _("all")),
        ],
    )


class OfferFileForm(forms.Form):
    """An answer of Integreat, as a file or pasted, and whose the offers are."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("The answer of “locations”, “events” or “pages”, saved as it came (JSON)."),
    )
    text = forms.CharField(
        label=_("Or paste the answer here"),
        required=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("To whom offers belong that name no organisation we know"),
        required=False,
        empty_label=_("to nobody: leave them out"),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations

    def sent(self) -> bytes | str:
        """What was sent: the file before the text."""
        if upload := self.cleaned_data.get("file"):
            data = bytes_of(upload)
            if len(data) > MOST_BYTES:
                raise Invalid({"file": _("The file is larger than 10 MB.")})
            return data
        if text := self.cleaned_data["text"]:
            return str(text)
        raise Invalid({"text": _("Please choose a file or paste the answer.")})
