"""What the office types in for somebody: one after the other, with as few keys as possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.actions.beside import Place
from miteinander.participation.forms.fields import LANGUAGES, WordsField
from miteinander.participation.readers.cards import LONGEST_WALL, CardField, column_in
from miteinander.participation.states import Channel
from miteinander.process.forms import FilledTableForm

if TYPE_CHECKING:
    from miteinander.participation.models import Theme

BY_THE_OFFICE = (Channel.CARD, Channel.PAPER, Channel.PHONE, Channel.MEETING)


class EntryForm(forms.Form):
    """One contribution; what was chosen stays chosen for the next one."""

    passage = forms.IntegerField(
        label=_("Passage"),
        required=False,
        min_value=1,
        help_text=_("Its number in the draft. Empty: about the whole draft."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    text = WordsField(
        label=_("What it says"),
        widget=forms.Textarea(attrs={"rows": 4, "data-enter": "card", "autofocus": True}),
        help_text=_("Ctrl and Enter save it. On cards, Enter alone does."),
    )
    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in BY_THE_OFFICE],
        widget=forms.RadioSelect,
        initial=Channel.CARD,
    )
    neighbourhood = forms.ChoiceField(label=_("Part of town"), required=False)
    place_words = forms.CharField(label=_("Where exactly?"), required=False, max_length=200)
    may_publish = forms.BooleanField(
        label=_("Others may read it"),
        required=False,
        help_text=_("Only if it is ticked on the paper, or was said on the phone."),
    )
    wall = forms.CharField(
        label=_("Wall or group"),
        required=False,
        max_length=LONGEST_WALL,
        widget=forms.TextInput(attrs={"data-with": "channel=card"}),
    )
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput, required=False, help_text=_("If it was not today.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("recognise it")), *LANGUAGES], required=False
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput)

    STICKY = ("channel", "may_publish", "wall", "happened_on", "language", "theme")

    def __init__(
        self,
        *args: Any,
        themes: Sequence[Theme] = (),
        passages: int = 0,
        parts: Sequence[str] | None = None,
        proposes: bool = False,
        **kwargs: Any,
    ) -> None:
        """`passages`: so many has the draft of the call, if it asks for comments on one.

        `parts` of town are named where the call takes places, else there is None. Of
        those who propose (`proposes`) the sheet asks no consent: the tick is there to begin with.
        """
        super().__init__(*args, **kwargs)
        if proposes:
            self.fields["text"].label = _("The statement on the sheet")
            self.fields["may_publish"].initial = True
            self.fields["may_publish"].help_text = _(
                "Whoever proposes a statement wants others to read it. Without the tick only the "
                "office reads it, and nobody votes on it."
            )
        if parts is None:
            del self.fields["place_words"]
        if parts:
            choice = self.fields["neighbourhood"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [("", _("no part of town")), *((part, part) for part in parts)]
        else:
            del self.fields["neighbourhood"]
        if passages:
            self.fields["passage"].widget.attrs["autofocus"] = True
            del self.fields["text"].widget.attrs["autofocus"]
            self.passages = passages
        else:
            del self.fields["passage"]
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)
        theme.choices = [("", "–"), *((t.identifier, t.title) for t in themes)]
        if not themes:
            del self.fields["theme"]

    def clean_passage(self) -> int | None:
        number: int | None = self.cleaned_data["passage"]
        if number is not None and number > self.passages:
            raise forms.ValidationError(
                _("There is no passage %(number)s. The draft has passages 1 to %(last)s.")
                % {"number": number, "last": self.passages}
            )
        return number

    def clean(self) -> dict[str, Any]:
        """What goes beside the words goes as one."""
        said = super().clean() or {}
        place = Place(said.pop("neighbourhood", ""), said.pop("place_words", ""))
        return {**said, "place": place} if place else said

    def sticky(self) -> dict[str, str]:
        """What the next one begins with, for its address."""
        data = self.cleaned_data
        kept = {name: data.get(name) for name in self.STICKY}
        return {name: "1" if value is True else str(value) for name, value in kept.items() if value}


class CardTableForm(FilledTableForm):
    """A table of cards, however its columns are called."""

    named = forms.CharField(
        label=_("Columns that are called otherwise"),
        required=False,
        help_text=_("Heading or letter, equals, what it holds: C=text, D=consent"),
    )
    may_publish = forms.BooleanField(
        label=_("Others may read them, where the table says nothing about it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Table of cards")
        self.fields["file"].help_text = _(
            "XLSX or CSV, a card a row. Only a column with the texts has to be there."
        )

    def clean_named(self) -> list[tuple[str, str]]:
        found = []
        for each in str(self.cleaned_data["named"]).split(","):
            if not each.strip():
                continue
            try:
                found.append(column_in(each))
            except ValueError as problem:
                message = _("“%(what)s” is not understood. Possible are: %(fields)s")
                raise forms.ValidationError(
                    message
                    % {
                        "what": each.strip(),
                        "fields": ", ".join(str(label) for label in CardField.labels),
                    }
                ) from problem
        return found
