"""A call: its question, how and by whom it is answered, its time, and the ways beside the form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from miteinander.participation.forms.beginnings import BEGINNINGS
from miteinander.participation.forms.fields import long_text
from miteinander.participation.states import (
    AUDIENCE_FOR,
    METHOD_FOR,
    NOT_PROTECTED,
    SENSIBLE,
    Allowed,
    Audience,
    CallMethod,
)

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.participation.models import Call
    from miteinander.process.models import Phase

WEEKS_OPEN, WEEKS_TO_ANSWER = 3, 6


class _Chosen(forms.RadioSelect):
    """Buttons of which one is always pressed: what is not sent is the first one."""

    def value_from_datadict(self, *args: Any) -> Any:
        return super().value_from_datadict(*args) or next(iter(self.choices))[0]


class _WithMethod(forms.CheckboxSelectMultiple):
    """Boxes that are only shown with the methods they make sense with (see ``depends.js``)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        methods = [str(m) for m, allowed in SENSIBLE.items() if value in allowed]
        option["attrs"]["data-with"] = f"method={' '.join(methods)}"
        if value in NOT_PROTECTED:
            option["attrs"]["data-without"] = "is_protected"
        return option


class CallForm(forms.Form):
    title = forms.CharField(
        label=_("Short name"), max_length=120, help_text=_("For example: Places to speak German")
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        help_text=_("One question that everybody can answer without knowing anything before."),
    )
    text = forms.CharField(label=_("What it is about"), widget=long_text(), required=False)
    method = forms.ChoiceField(label=_("How is it answered?"), widget=_Chosen)
    allows = forms.MultipleChoiceField(
        label=_("What else is possible"),
        widget=_WithMethod,
        required=False,
        help_text=_("Whatever does not fit the method is left out."),
    )
    audience = forms.ChoiceField(label=_("Who is asked?"), widget=_Chosen)
    body = forms.TypedChoiceField(
        label=_("Which body"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.Select(attrs={"data-with": "audience=body"}),
        help_text=_("Only if one body is asked."),
    )
    is_protected = forms.BooleanField(
        label=_("Protected mode"),
        required=False,
        help_text=_(
            "For questions whose answers could harm somebody: only the text is kept, nothing "
            "appears unread, and no time is more exact than the day."
        ),
    )
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
        widget=long_text(3),
        required=False,
        help_text=_("One per line: way, colon, place. For example: On paper: cards in libraries"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = [
        "title", "question", "text", "method", "allows", "audience", "body", "is_protected",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        phases: Iterable[Phase],
        bodies: Iterable[Body] = (),
        is_answered: bool = False,
        **kwargs: Any,
    ) -> None:
        """With `is_answered`, what people relied on when they answered is not asked any more."""
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in bodies}
        self._choose("phase", [(p.pk, p.title) for p in phases])
        self._choose("method", [_told(m, METHOD_FOR[m]) for m in CallMethod])
        self._choose("allows", [(a.value, _first_upper(a)) for a in Allowed])
        self._choose("audience", [_told(a, AUDIENCE_FOR[a]) for a in Audience])
        self._choose("body", [("", "–"), *((b.pk, b.title) for b in self.bodies.values())])
        if is_answered:
            for name in ("method", "audience", "body"):
                del self.fields[name]
            if self.initial.get("is_protected"):
                del self.fields["is_protected"]
            self.initial.setdefault("method", str(CallMethod.IDEAS))
            possible = SENSIBLE[CallMethod(self.initial["method"])]
            self._choose("allows", [(a.value, _first_upper(a)) for a in Allowed if a in possible])
            if not possible:
                del self.fields["allows"]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_body(self) -> Body | None:
        return self.bodies.get(self.cleaned_data["body"])

    def clean_ways(self) -> list[dict[str, str]]:
        ways = []
        for line in str(self.cleaned_data["ways"]).splitlines():
            title, _colon, text = line.partition(":")
            if title.strip():
                ways.append({"title": title.strip(), "text": text.strip()})
        return ways

    @staticmethod
    def initial_for(phases: Iterable[Phase], *, at: datetime, method: str = "") -> dict[str, Any]:
        """What a new call begins with: three weeks from the next hour on, within its phase.

        With a `method` also the words of its example, to be replaced.
        """
        first = next(iter(phases), None)
        if first is None:
            return {}
        now = localtime(at)
        opens = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if localdate(opens) < first.starts:
            opens = datetime.combine(first.starts, time(8), tzinfo=now.tzinfo)
        last = localdate(opens) + timedelta(weeks=WEEKS_OPEN)
        if first.ends is not None:
            last = min(last, first.ends)
        closes = datetime.combine(last, time(23, 59), tzinfo=now.tzinfo)
        return {
            "method": CallMethod.IDEAS,
            **_beginning(method),
            "audience": Audience.PUBLIC,
            "phase": first.pk,
            "opens_at": opens,
            "closes_at": closes,
            "answer_by": localdate(opens) + timedelta(weeks=WEEKS_TO_ANSWER),
        }

    @staticmethod
    def initial_from(call: Call) -> dict[str, Any]:
        return {
            "title": call.title,
            "question": call.question,
            "text": call.text,
            "method": call.method,
            "allows": call.allows,
            "audience": call.audience,
            "body": call.body_id,
            "is_protected": call.is_protected,
            "phase": call.phase_id,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "answer_by": call.answer_by,
            "ways": "\n".join(f"{way['title']}: {way['text']}" for way in call.ways),
            "seen": call.revision,
        }


def _beginning(method: str) -> dict[str, Any]:
    if method not in CallMethod.values:
        return {}
    words = BEGINNINGS[CallMethod(method)]._asdict()
    return {"method": method, **{name: str(said) for name, said in words.items()}}


def _told(choice: CallMethod | Audience, when: object) -> tuple[str, object]:
    return choice.value, format_html("<b>{}</b> – {}", _first_upper(choice), when)


def _first_upper(choice: CallMethod | Audience | Allowed) -> str:
    word = str(choice.label)
    return word[:1].upper() + word[1:]
