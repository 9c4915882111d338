"""Statements: proposed by somebody, written and taken out by the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.participation.actions.statements import statement_text
from miteinander.participation.forms.fields import LANGUAGES, long_text


class StatementField(forms.CharField):
    """One sentence; too long a one is refused with its length and stays in the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, widget=kwargs.pop("widget", long_text(3)), **kwargs)

    def clean(self, value: Any) -> str:
        if not self.required and not str(value or "").strip():
            return ""
        try:
            return statement_text(str(value or ""))
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["text"])) from problem


class ProposeForm(forms.Form):
    """A further statement; nothing about the person."""

    text = StatementField(
        label=_("Your statement"),
        help_text=_(
            "One short sentence that others can agree or disagree with, in any language. Without "
            "names. Somebody from the office reads it first."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of your statement"),
        choices=[("", _("recognise it")), *LANGUAGES],
        required=False,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class StatementsForm(forms.Form):
    """Statements of the office: one per line."""

    statements = forms.CharField(
        label=_("Statements"),
        widget=long_text(12),
        help_text=_(
            "One per line, one thought each. What stands there already is not added twice."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="de")

    def clean_statements(self) -> list[str]:
        """Each line cleaned; the line at fault is named."""
        lines = []
        for number, line in enumerate(str(self.cleaned_data["statements"]).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                lines.append(statement_text(line))
            except Invalid as problem:
                message = _("Line %(number)s: %(why)s")
                raise forms.ValidationError(
                    message % {"number": number, "why": problem.fields["text"]}
                ) from problem
        return lines


class RewordForm(forms.Form):
    text = StatementField(label=_("Statement"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AdoptForm(forms.Form):
    """A proposal becomes a statement: as it is, or shortened."""

    text = StatementField(
        label=_("Statement"),
        help_text=_("At most 200 characters. The words of the author stay in the contribution."),
    )


class WithdrawStatementForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for taking it out"),
        widget=long_text(3),
        help_text=_("Everybody can read it."),
    )
    instead = StatementField(
        label=_("A better statement in its place"),
        required=False,
        help_text=_("Votes are not carried over: they were about other words."),
    )
