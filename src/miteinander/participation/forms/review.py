"""A draft for comments, and a comment on one of its passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.uploads import bytes_of
from miteinander.participation.actions.review import proposed, quoted
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms.contributing import ContributeForm
from miteinander.participation.forms.fields import WordsField, long_text
from miteinander.participation.readers import draft_in, passages_in

if TYPE_CHECKING:
    from miteinander.participation.models import Passage
    from miteinander.participation.readers import Part


class DraftForm(forms.Form):
    """Pasted, or as a file; the file counts where both are there."""

    text = forms.CharField(
        label=_("The draft"),
        widget=long_text(16),
        required=False,
        strip=False,
        help_text=_(
            "Markdown or plain text: an empty line between paragraphs, “#” before a heading, “-” "
            "before the points of a list."
        ),
    )
    file = forms.FileField(
        label=_("Or as a file"),
        required=False,
        help_text=_("Text (.txt) or Markdown (.md). It replaces what stands in the field above."),
    )

    parts: list[Part]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        try:
            text = draft_in(bytes_of(upload)) if upload else str(data.get("text") or "")
            self.parts = passages_in(text, field="file" if upload else "text")
        except Invalid as problem:
            for name, sentence in problem.fields.items():
                self.add_error(name, str(sentence))
        return data


class PassageCommentForm(ContributeForm):
    """A remark, the words that it is about, another wording: one of the first and last."""

    text = WordsField(
        label=_("What do you want to say about it?"),
        help_text=_("In any language. One sentence is enough."),
        widget=long_text(5),
        required=False,
    )
    quote = forms.CharField(
        label=_("Which words do you mean?"),
        help_text=_("Copy them from the passage. Empty: the whole passage."),
        required=False,
        max_length=1_000,
    )
    proposal = WordsField(
        label=_("How should it read instead?"),
        help_text=_("The present wording stands here. Change what you would change."),
        widget=long_text(5),
        required=False,
    )

    field_order = ("text", "quote", "proposal", "may_publish", "language", "form_key")

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passage = passage

    def clean_quote(self) -> str:
        try:
            return quoted(self.passage, str(self.cleaned_data["quote"]))
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["quote"])) from problem

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = bool(data.get("text")) or bool(
            data.get("proposal") and proposed(self.passage, data["proposal"])
        )
        if not said and not self.errors:
            self.add_error(
                "text", _("Please write what you want to say, or propose another wording.")
            )
        return data


class DraftWordsForm(forms.Form):
    """Some passages of a draft in a further language: a field for each, all optional."""

    def __init__(self, *args: Any, passages: Sequence[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for passage in passages:
            there = passage.localised.get("text")  # type: ignore[attr-defined]  # attached by `in_language`
            self.fields[f"p{passage.number}"] = forms.CharField(
                label=_("Passage %(number)s") % {"number": passage.number},
                help_text=passage.text,
                required=False,
                max_length=LONGEST,
                widget=long_text(3),
                initial=there.text if there else "",
            )

    @property
    def texts(self) -> dict[int, str]:
        """What was typed, by the number of the passage."""
        return {int(name[1:]): text for name, text in self.cleaned_data.items()}
