"""What people type about processes, meetings and resolutions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Office
from miteinander.community.queries import bodies_of, offices_of
from miteinander.process import queries
from miteinander.process.actions import Agreement, Mandate
from miteinander.process.models import Meeting, Phase, Process
from miteinander.process.states import MeetingKind, Permit, PhaseKind, ResolutionKind, Result

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

AGREEMENTS = 3
"""So many new agreements fit on the form at once; after saving there is room for more."""


class ProcessForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the process"),
        max_length=200,
        help_text=_("For example: Integration concept, new edition 2027."),
    )
    question = forms.CharField(
        label=_("Core question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The question that everybody should answer. It heads the home page."),
    )
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    aims = forms.CharField(
        label=_("Aims"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One aim per line."),
    )
    lead_office = forms.ModelChoiceField(Office.objects.none(), label=_("Lead office"))
    starts = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    planned_months = forms.IntegerField(
        label=_("Planned duration in months"),
        min_value=1,
        max_value=120,
        help_text=_("The page shows it beside the actual duration."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "lead_office", offices_of(municipality))

    def clean_aims(self) -> list[str]:
        return _lines(self.cleaned_data["aims"])

    @staticmethod
    def initial_from(process: Process) -> dict[str, Any]:
        return {
            "title": process.title,
            "question": process.question,
            "text": process.text,
            "aims": "\n".join(process.aims),
            "lead_office": process.lead_office_id,
            "starts": process.starts,
            "planned_months": process.planned_months,
            "seen": process.revision,
        }


class NewProcessForm(ProcessForm):
    """A process with its mandate; both are entered at once, because one needs the other."""

    mandate_body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Who gave the mandate"),
        help_text=_("Usually a committee or the council."),
    )
    mandate_on = forms.DateField(label=_("Mandate given on"), widget=forms.DateInput())
    mandate_title = forms.CharField(
        label=_("The mandate in one line"),
        max_length=200,
        help_text=_("For example: The town is to have an integration concept."),
    )
    mandate_text = forms.CharField(
        label=_("Wording of the mandate"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    mandate_result = forms.ChoiceField(
        label=_("Result"),
        choices=[choice for choice in Result.choices if choice[0] != Result.REJECTED],
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, municipality=municipality, **kwargs)
        _choose(self, "mandate_body", bodies_of(municipality))

    def mandate(self) -> Mandate:
        data = self.cleaned_data
        return Mandate(
            body=data["mandate_body"],
            on=data["mandate_on"],
            title=data["mandate_title"],
            text=data["mandate_text"],
            result=data["mandate_result"],
        )


class PhaseForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=PhaseKind.choices)
    starts = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    ends = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Empty means: open end."),
    )
    permits = forms.MultipleChoiceField(
        label=_("What this phase permits"),
        choices=Permit.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everything else is refused while no other phase permits it."),
    )

    @staticmethod
    def initial_from(phase: Phase) -> dict[str, Any]:
        return {
            "title": phase.title,
            "kind": phase.phase_kind,
            "starts": phase.starts,
            "ends": phase.ends,
            "permits": phase.permits,
        }


class ClosePhaseForm(forms.Form):
    despite = forms.CharField(
        label=_("Reason, if contributions are still without an answer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read the reason. Without one, the phase stays open till then."),
    )


class AttachBodyForm(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that takes part"))

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "body", bodies_of(process.municipality).exclude(processes=process))


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("What is to be reached"), max_length=160)
    on = forms.DateField(label=_("By when"), widget=forms.DateInput())
    reached_on = forms.DateField(label=_("Reached on"), required=False, widget=forms.DateInput())


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput())
    starts_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput())
    ends_at = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("One point per line."),
    )
    participants = forms.IntegerField(
        label=_("How many people came"), min_value=0, max_value=100_000, required=False
    )
    participants_approx = forms.BooleanField(label=_("This is an estimate"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_agenda(self) -> list[str]:
        points = _lines(self.cleaned_data["agenda"])
        if any(len(point) > 200 for point in points):
            raise forms.ValidationError(_("A point of the agenda may have 200 characters."))
        return points

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        return {
            "title": meeting.title,
            "on": meeting.happened_on,
            "starts_at": meeting.starts_at,
            "ends_at": meeting.ends_at,
            "place": meeting.place,
            "text": meeting.text,
            "agenda": "\n".join(queries.agenda_of(meeting)),
            "participants": meeting.participants,
            "participants_approx": meeting.participants_approx,
            "seen": meeting.revision,
        }


class NewMeetingForm(MeetingForm):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body that meets"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("as usual for the body")), *MeetingKind.choices],
    )
    field_order = ("title", "body", "kind", "on", "starts_at", "ends_at", "place", "text", "agenda")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "body", bodies_of(municipality))
        # Nobody has come yet to a meeting that is being announced.
        del self.fields["participants"], self.fields["participants_approx"]


class MinutesForm(forms.Form):
    """The text, and room for a few agreements: three fields each, without any script."""

    text = forms.CharField(
        label=_("What was said and agreed"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Name functions, not people. Headings with #, lists with -."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, AGREEMENTS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Agreement %(number)s: what") % {"number": number},
                max_length=300,
                required=False,
            )
            self.fields[f"who_{number}"] = forms.CharField(
                label=_("Agreement %(number)s: who") % {"number": number},
                max_length=160,
                required=False,
                help_text=_("A function or a body."),
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Agreement %(number)s: until when") % {"number": number},
                required=False,
                widget=forms.DateInput(),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, AGREEMENTS + 1):
            what, who = data.get(f"what_{number}"), data.get(f"who_{number}")
            if what and not who:
                self.add_error(f"who_{number}", _("Please say who takes care of it."))
            if (who or data.get(f"due_{number}")) and not what:
                self.add_error(f"what_{number}", _("Please say what was agreed."))
        return data

    def agreements(self) -> list[Agreement]:
        data = self.cleaned_data
        return [
            Agreement(data[f"what_{n}"], data[f"who_{n}"], data[f"due_{n}"])
            for n in range(1, AGREEMENTS + 1)
            if data[f"what_{n}"]
        ]


class ResolutionForm(forms.Form):
    title = forms.CharField(label=_("The resolution in one line"), max_length=200)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Who decided"))
    on = forms.DateField(label=_("Decided on"), widget=forms.DateInput())
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("In which meeting"), required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ResolutionKind.choices, initial=ResolutionKind.OTHER
    )
    text = forms.CharField(
        label=_("Wording"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices)
    votes_for = forms.IntegerField(
        label=_("Votes for"), min_value=0, max_value=1000, required=False
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), min_value=0, max_value=1000, required=False
    )
    abstentions = forms.IntegerField(
        label=_("Abstentions"), min_value=0, max_value=1000, required=False
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "body", bodies_of(process.municipality))
        _choose(self, "meeting", Meeting.objects.filter(process=process).order_by("-happened_on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        meeting, body, on = data.get("meeting"), data.get("body"), data.get("on")
        if meeting and body and meeting.body_id != body.pk:
            self.add_error("meeting", _("In this meeting another body met."))
        if meeting and on and not _fits(meeting, on):
            self.add_error("on", _("This meeting was on another day."))
        return data


def _fits(meeting: Meeting, on: date) -> bool:
    return meeting.precision != "day" or meeting.happened_on in (None, on)


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    """Offer only rows of this municipality; anything else sent is refused as no valid choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    field.empty_label = _("– none –") if not field.required else _("– please choose –")
