"""What people type: contributions first, then what the coordination needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.participation.actions.words import LONGEST, cleaned
from miteinander.participation.states import Channel, Outcome

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution, Theme
    from miteinander.process.models import Meeting, Phase

LANGUAGES = [
    ("de", "Deutsch"), ("en", "English"), ("ar", "العربية"), ("fa", "فارسی"), ("fr", "Français"),
    ("pl", "Polski"), ("ro", "Română"), ("ru", "Русский"), ("tr", "Türkçe"), ("uk", "Українська"),
]  # fmt: skip


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsField(forms.CharField):
    """A text in somebody's own words: cleaned, never cut off; what was typed stays in the form.

    No ``maxlength`` in the page: browsers would cut a pasted text without a word.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        if not self.required and not str(value or "").strip():
            return ""
        try:
            return cleaned(str(value or ""))
        except Invalid as problem:
            raise forms.ValidationError(str(problem.fields["text"])) from problem


class ContributeForm(forms.Form):
    """One textarea, one choice, one optional choice. Nothing about the person."""

    text = WordsField(
        label=_("Your answer"),
        help_text=_("In any language. One sentence is enough."),
        widget=_long(6),
    )
    may_publish = forms.TypedChoiceField(
        label=_("May others read this?"),
        choices=[("yes", _("Yes, without my name")), ("no", _("No, only the office"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    language = forms.ChoiceField(
        label=_("Language of your answer"),
        choices=[("", _("recognise it")), *LANGUAGES],
        required=False,
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


# --- the coordination ----------------------------------------------------------------------------


class CallForm(forms.Form):
    title = forms.CharField(
        label=_("Short name"), max_length=120, help_text=_("For example: Places to speak German")
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        help_text=_("One question that everybody can answer without knowing anything before."),
    )
    text = forms.CharField(label=_("What it is about"), widget=_long(), required=False)
    phase = forms.TypedChoiceField(label=_("Phase"), coerce=int)
    opens_at = forms.DateTimeField(label=_("Opens"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes"), widget=forms.DateTimeInput)
    answer_by = forms.DateField(
        label=_("Answers until"),
        widget=forms.DateInput,
        help_text=_("You promise this day on every receipt."),
    )
    ways = forms.CharField(
        label=_("Other ways to answer"),
        widget=_long(3),
        required=False,
        help_text=_("One per line: way, colon, place. For example: On paper: cards in libraries"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, phases: Iterable[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase = self.fields["phase"]
        assert isinstance(phase, forms.ChoiceField)
        phase.choices = [(p.pk, p.title) for p in phases]

    def clean_ways(self) -> list[dict[str, str]]:
        ways = []
        for line in str(self.cleaned_data["ways"]).splitlines():
            title, _colon, text = line.partition(":")
            if title.strip():
                ways.append({"title": title.strip(), "text": text.strip()})
        return ways

    @staticmethod
    def initial_from(call: Call) -> dict[str, Any]:
        return {
            "title": call.title,
            "question": call.question,
            "text": call.text,
            "phase": call.phase_id,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "answer_by": call.answer_by,
            "ways": "\n".join(f"{way['title']}: {way['text']}" for way in call.ways),
            "seen": call.revision,
        }


class CardsForm(forms.Form):
    """A pinwall in one go: one card per line."""

    cards = forms.CharField(
        label=_("Cards"),
        widget=_long(12),
        help_text=_("One card per line. Empty lines are skipped."),
    )
    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in Channel if c is not Channel.ONLINE],
        initial=Channel.CARD,
    )
    call = forms.TypedChoiceField(label=_("Answers the call"), coerce=int, required=False)
    meeting = forms.TypedChoiceField(label=_("Collected at"), coerce=int, required=False)
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput, required=False, help_text=_("If it was not today.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="de")
    may_publish = forms.BooleanField(label=_("Others may read it"), required=False, initial=True)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, calls: Sequence[Call], meetings: Sequence[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, things in (("call", calls), ("meeting", meetings)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *((thing.pk, thing.title) for thing in things)]

    def clean_cards(self) -> list[str]:
        """Each line cleaned; the line at fault is named, so that one finds it among fifty."""
        lines = []
        for number, line in enumerate(str(self.cleaned_data["cards"]).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                lines.append(cleaned(line))
            except Invalid as problem:
                message = _("Line %(number)s: %(why)s")
                raise forms.ValidationError(
                    message % {"number": number, "why": problem.fields["text"]}
                ) from problem
        return lines


class RoomCardForm(forms.Form):
    """What somebody says in a meeting, typed in at once: two keys, and the next one."""

    text = forms.CharField(
        label=_("What was said"),
        widget=_long(2),
        max_length=LONGEST,
        help_text=_("In the words of whoever says it, without their name."),
    )
    call = forms.TypedChoiceField(label=_("Answers the call"), coerce=int, required=False)
    may_publish = forms.BooleanField(label=_("Others may read it"), required=False, initial=True)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, calls: Sequence[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((call.pk, call.title) for call in calls), ("", _("no call"))]
        if not calls:
            del self.fields["call"]


class ReasonForm(forms.Form):
    """Whatever needs a public reason."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=_long(3),
        max_length=LONGEST,
        help_text=_("Everybody can read it."),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not published?"),
        widget=_long(3),
        max_length=LONGEST,
        help_text=_("The author reads it under the receipt."),
    )


class ThemeForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    text = forms.CharField(label=_("What it is about"), widget=_long(), required=False)
    candidate_field = forms.CharField(
        label=_("May belong to the field"), max_length=120, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(theme: Theme) -> dict[str, Any]:
        return {
            "title": theme.title,
            "text": theme.text,
            "candidate_field": theme.candidate_field,
            "seen": theme.revision,
        }


class MoveThemeForm(ReasonForm):
    into = forms.ChoiceField(label=_("Lives on in"))

    field_order = ["into", "reason"]

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        into.choices = [("", "–"), *((t.identifier, t.title) for t in themes)]


class MergeForm(ReasonForm):
    into = forms.ChoiceField(
        label=_("All live on in"),
        widget=forms.RadioSelect,
        help_text=_("Its answer answers all of them. Every contribution stays readable."),
    )

    field_order = ["into", "reason"]

    def __init__(self, *args: Any, contributions: Sequence[Contribution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        into.choices = [(c.identifier, c.title) for c in contributions]


class SplitForm(ReasonForm):
    parts = forms.CharField(
        label=_("Parts"),
        widget=_long(8),
        help_text=_(
            "One part per paragraph, with an empty line between them. Use the author's words."
        ),
    )

    field_order = ["parts", "reason"]

    def clean_parts(self) -> list[str]:
        text = str(self.cleaned_data["parts"]).replace("\r\n", "\n")
        return [part.strip() for part in text.split("\n\n") if part.strip()]


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=_long(5),
        max_length=LONGEST,
        help_text=_("Short sentences. The author reads it, and if it is published, everybody."),
    )
