"""What somebody without an account types: a contribution, its code, what a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.fields import LANGUAGES, WordsField, long_text

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Theme


class ContributeForm(forms.Form):
    """One textarea, one choice, one optional choice. Nothing about the person."""

    text = WordsField(
        label=_("Your answer"),
        help_text=_("In any language. One sentence is enough."),
        widget=long_text(6),
    )
    may_publish = forms.TypedChoiceField(
        label=_("May others read this?"),
        choices=[("yes", _("Yes, without my name")), ("no", _("No, only the office"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether others may read this.")},
    )
    """Nothing is ticked beforehand: silence is no consent (Art. 25 (2) GDPR)."""
    language = forms.ChoiceField(
        label=_("Language of your answer"),
        choices=[("", _("recognise it")), *LANGUAGES],
        required=False,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_comment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_comment:
            self.fields["text"].label = _("Your comment")
            self.fields["language"].label = _("Language of your comment")


class AddForm(forms.Form):
    """What somebody adds to what they said."""

    text = WordsField(
        label=_("What would you like to add?"),
        help_text=_("In any language. One sentence is enough."),
        widget=long_text(5),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class LateForm(forms.Form):
    """What was being written when the call closed."""

    text = WordsField(label=_("Your text. It has not been sent yet."), widget=long_text(8))
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class NoticeForm(forms.Form):
    """An address that is told of the answer, once confirmed."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to it for this only, and delete it with the answer."),
        error_messages={
            "required": _("Please enter an address, such as name@example.org."),
            "invalid": _("Please enter an address, such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class ReceiptSearchForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Three groups of four letters and digits, such as M4RK-7TZW-0QHA."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FilterForm(forms.Form):
    """Contributions by call or by theme, in one select: each choice is served by an index."""

    of = forms.ChoiceField(label=_("Show contributions"), required=False)

    def __init__(
        self, *args: Any, calls: Sequence[Call], themes: Sequence[Theme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of = self.fields["of"]
        assert isinstance(of, forms.ChoiceField)
        of.choices = [
            ("", _("all of them")),
            (_("Answers to a call"), [(f"call.{c.identifier}", c.title) for c in calls]),
            (_("On a theme"), [(f"theme.{t.identifier}", t.title) for t in themes]),
        ]
