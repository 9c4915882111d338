"""What people say about a document that is to be taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.core.uploads import MOST_BYTES
from miteinander.strategy.models import ConceptImport
from miteinander.strategy.queries import ROLE_LABELS, WHYS, import_label, level_in_words
from miteinander.strategy.states import IMPORTED

LEVEL, LABEL = "level-", "label-"
UNKNOWN = "note"
"""A label of which nobody knows what it means: it stays in the description, with its words."""


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=_("Document"),
        help_text=_(
            "DOCX, ODT or XLSX, at most 10 MB. Nothing is written before you confirm it. Macros "
            "are never run."
        ),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty. Please choose it again."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "The file is larger than 10 MB. Please delete its pictures (in Word: save a "
                    "copy without them), or divide it, and send it again."
                )
            )
        return file


class Meaning(forms.ChoiceField):
    """What a label means; one that is left out is not known."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or UNKNOWN)


class MeaningsForm(forms.Form):
    """For each sort of heading and each label of a document what it means."""

    def __init__(self, *args: Any, found: ConceptImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for place, level in enumerate(found.structure.get("levels", [])):
            name = f"{LEVEL}{place}"
            self.keys[name] = level["key"]
            counted = ngettext("%(n)s time", "%(n)s times", level["count"]) % {"n": level["count"]}
            told = [counted, *level["samples"]]
            if level["why"]:
                told.append(f"({WHYS[level['why']]})")
            self.fields[name] = forms.ChoiceField(
                label=level_in_words(level["key"]),
                choices=list(ROLE_LABELS.items()),
                initial=level["role"],
                help_text=" · ".join(map(str, told)),
            )
        choices = [(UNKNOWN, str(_("not known: stays in the description")))]
        choices += [(name, import_label(name)) for name in IMPORTED if name != UNKNOWN]
        for place, label in enumerate(found.structure.get("labels", [])):
            name = f"{LABEL}{place}"
            self.keys[name] = label["key"]
            self.fields[name] = Meaning(
                label=label["label"],
                choices=choices,
                initial=label["role"] or UNKNOWN,
                help_text=" · ".join(label["samples"]),
            )

    @property
    def mapping(self) -> dict[str, str]:
        """What was said, by sort of heading and by label."""
        given = self.cleaned_data.items()
        return {self.keys[name]: value for name, value in given if name in self.keys}
