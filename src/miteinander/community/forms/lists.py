"""What people say about a list that is to be taken over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import SheetImport
from miteinander.community.states import ListField
from miteinander.core.uploads import MOST_BYTES

COLUMN = "column-"


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "XLSX or CSV, at most 10 MB and 60,000 rows. Titles, empty rows and sums may stay. "
            "Nothing is written before you confirm it."
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
                    "The file is larger than 10 MB. Please delete pictures and sheets that are not "
                    "needed, or divide it."
                )
            )
        return file


class ColumnsForm(forms.Form):
    """For each column of a list what it holds, and which sheet is read."""

    def __init__(self, *args: Any, found: SheetImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first: list[str] = found.sheets[found.sheet].get("first", []) if found.sheets else []
        choices = [("", ListField.IGNORE.label), *(c for c in ListField.choices if c[0])]
        if len(found.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"),
                choices=[(str(n), _sheet(sheet)) for n, sheet in enumerate(found.sheets)],
                initial=str(found.sheet),
                help_text=_("Another sheet has other columns: they are guessed anew."),
            )
        if self.first:
            self.fields["is_headed"] = forms.BooleanField(
                label=_("The first row holds headings, not an entry"),
                help_text=" · ".join(cell for cell in self.first if cell),
                initial=found.sheets[found.sheet]["is_headed"],
                required=False,
            )
        for column in found.columns:
            self.fields[f"{COLUMN}{column['place']}"] = forms.ChoiceField(
                label=column["heading"],
                choices=choices,
                initial=column["field"],
                required=False,
                help_text=" · ".join(column["samples"]) or _("empty"),
            )

    @property
    def sheet(self) -> int:
        return int(self.cleaned_data.get("sheet") or 0)

    @property
    def headings(self) -> list[str]:
        """The first row, if somebody says that it is headings."""
        return self.first if self.cleaned_data.get("is_headed") else []

    @property
    def mapping(self) -> dict[str, str]:
        """Place of a column → what it holds."""
        return {
            name.removeprefix(COLUMN): value
            for name, value in self.cleaned_data.items()
            if name.startswith(COLUMN)
        }


def _sheet(sheet: dict[str, Any]) -> str:
    words = (
        _("%(name)s (%(rows)s rows, hidden)") if sheet["hidden"] else _("%(name)s (%(rows)s rows)")
    )
    return str(words) % {"name": sheet["name"] or _("Table"), "rows": sheet["rows"]}
