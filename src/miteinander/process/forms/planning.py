"""What people type to plan a meeting: agenda, guests, files, a date that suits."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Person
from miteinander.community.queries import bodies_of
from miteinander.core.errors import filled
from miteinander.process.actions import Point, Slot
from miteinander.process.forms.fields import choose_from, lines_of
from miteinander.process.queries import written_option
from miteinander.process.states import Availability, MeetingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.datastructures import MultiValueDict

    from miteinander.core.models import Municipality
    from miteinander.process.models import PollOption

SLOT = re.compile(
    r"^\D*?(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})\D+"
    r"(?P<from>\d{1,2})(?:[:.](?P<from_minute>\d{2}))?"
    r"(?:\s*(?:Uhr)?\s*(?:[-–—]|bis|to)\s*(?P<to>\d{1,2})(?:[:.](?P<to_minute>\d{2}))?)?\s*(?:Uhr)?\s*$"
)


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why does it not take place?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Everybody who was invited gets a mail with this reason. It is shown as well."),
    )


class InviteeForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Guest from the register"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", people)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument or a picture, at most 10 MB."),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty. Please choose it again."),
        },
    )
    title = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Without one, the name of the file is shown."),
    )
    alternative_text = forms.CharField(
        label=_("What the picture shows"),
        max_length=400,
        required=False,
        help_text=_("Only for pictures: a sentence for people who do not see it."),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may load it, while the meeting is public"), required=False
    )


class PollForm(forms.Form):
    title = forms.CharField(label=_("Name of the meeting"), max_length=200)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that meets"))
    slots = forms.CharField(
        label=_("Proposed dates"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One per line, for example: 5.10.2026 18:30–20:00"),
    )
    closes_on = forms.DateField(label=_("Answers until"), widget=forms.DateInput())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(municipality))

    def clean_slots(self) -> list[Slot]:
        return [_slot(line) for line in lines_of(self.cleaned_data["slots"])]


def _slot(line: str) -> Slot:
    """Read “Mo, 5.10.2026, 18:30–20:00”; the end may be missing."""
    found = SLOT.match(line)
    if found is not None:
        with suppress(ValueError):  # no such day or time: said below
            return Slot(
                day=date(int(found["year"]), int(found["month"]), int(found["day"])),
                starts_at=time(int(found["from"]), int(found["from_minute"] or 0)),
                ends_at=time(int(found["to"]), int(found["to_minute"] or 0))
                if found["to"]
                else None,
            )
    words = _("“%(line)s” is no day with a time. Write for example: 5.10.2026 18:30–20:00")
    raise forms.ValidationError(filled(words, line=line))


class PollAnswerForm(forms.Form):
    """One question for each proposed date."""

    def __init__(
        self,
        data: MultiValueDict[str, str] | None,
        *,
        options: Iterable[PollOption],
        given: dict[int, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.options = list(options)
        for option in self.options:
            self.fields[_name_of(option)] = forms.ChoiceField(
                label=written_option(option),
                choices=Availability.choices,
                widget=forms.RadioSelect,
                initial=(given or {}).get(option.pk),
                error_messages={"required": _("Please choose an answer for this date.")},
            )

    def answers(self) -> dict[int, str]:
        return {option.pk: self.cleaned_data[_name_of(option)] for option in self.options}


def _name_of(option: PollOption) -> str:
    return f"option_{option.pk}"


class CalendarFileForm(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that meets"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("as usual for the body")), *MeetingKind.choices],
    )
    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_("At most 1 MB and 500 dates. Nothing is entered before you have seen it."),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("The file is empty. Please choose it again."),
        },
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies_of(municipality))


class CalendarEntryForm(CalendarFileForm):
    """The same once more, with the file as it was read: nothing is kept in between."""

    file = None  # type: ignore[assignment]  # this is how Django leaves a field out
    content = forms.CharField(widget=forms.HiddenInput, max_length=1_500_000)


class AgendaForm:
    """The agenda as rows with buttons; not a Django form, for its rows move while it is typed."""

    LONGEST = 200

    def __init__(self, points: Iterable[Point]) -> None:
        self.points = list(points)
        self.errors: dict[int, str] = {}

    @classmethod
    def read(cls, data: MultiValueDict[str, str]) -> AgendaForm:
        form = cls(())
        rows = zip(data.getlist("title"), data.getlist("minutes"), data.getlist("pk"), strict=False)
        for title, minutes, pk in rows:
            length = int(minutes) if minutes.strip().isdecimal() else None
            if minutes.strip() and (length is None or length > 600):
                form.errors[len(form.points)] = str(_("Minutes are a number from 0 to 600."))
                length = None
            if len(title) > cls.LONGEST:
                form.errors[len(form.points)] = str(
                    _("A point of the agenda may have 200 characters.")
                )
            number = int(pk) if pk.isdecimal() else None
            form.points.append(Point(title.strip(), length, number))
        return form

    def press(self, button: str) -> None:
        """Do what a button says: "up:2", "down:2", "remove:2" or "add"."""
        what, _colon, which = button.partition(":")
        at = int(which) if which.isdecimal() else -1
        if what == "add":
            self.points.append(Point(""))
        if not 0 <= at < len(self.points):
            return
        if what == "remove":
            del self.points[at]
        other = {"up": at - 1, "down": at + 1}.get(what, -1)
        if 0 <= other < len(self.points):
            self.points[at], self.points[other] = self.points[other], self.points[at]
        self.errors = {}

    @property
    def rows(self) -> list[tuple[int, Point, str]]:
        return [(n, point, self.errors.get(n, "")) for n, point in enumerate(self.points)]
