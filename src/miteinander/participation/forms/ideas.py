"""The form of a call with what it takes beside the words: a picture, a place."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.core.attachments import LONGEST_TEXT
from miteinander.core.errors import Invalid
from miteinander.core.pictures import Picture, read_picture
from miteinander.core.uploads import bytes_of
from miteinander.participation.actions.beside import Beside, Place
from miteinander.participation.forms.contributing import ContributeForm
from miteinander.participation.queries.beside import takes_pictures, takes_places

if TYPE_CHECKING:
    from miteinander.participation.models import Call

KINDS = "image/jpeg,image/png,image/webp,image/gif,image/avif"
MOST_KEPT = 1_000_000
"""Bytes of a cleaned picture that travel with a form which has to be sent once more."""


class IdeaForm(ContributeForm):
    """Words first; picture and place only where the call takes them, and always optional.

    A browser forgets a file when a form comes back. So the cleaned picture goes along in the form
    itself: nothing is kept on the server of what was never sent in, and whatever comes back is
    looked at like any other file.
    """

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "A photo or a drawing, 10 MB at most. Where and with what it was taken is removed. "
            "Please show no people who can be recognised."
        ),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    picture_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    picture_away = forms.BooleanField(label=_("Send without the picture"), required=False)
    picture_text = forms.CharField(
        label=_("What can be seen in the picture?"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("One sentence, for people who do not see it. The office can complete it."),
    )
    neighbourhood = forms.ChoiceField(label=_("Part of town"), required=False)
    place_words = forms.CharField(
        label=_("Where exactly?"),
        required=False,
        max_length=200,
        help_text=_("For example: at the bus stop in front of the school"),
    )
    point = forms.CharField(
        label=_("Where your device is"),
        required=False,
        max_length=60,
        help_text=_("Two numbers, such as 47.728, 10.315. We round to 100 metres."),
        widget=forms.TextInput(
            attrs={
                "data-point": _("Use where I am now"),
                "data-point-failed": _("Your device does not say where it is."),
                "autocomplete": "off",
            }
        ),
    )
    field_order = [
        "text",
        "picture",
        "picture_away",
        "picture_text",
        "neighbourhood",
        "place_words",
        "point",
    ]

    def __init__(
        self, *args: Any, call: Call, neighbourhoods: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cleaned_picture: Picture | None = None
        if not takes_pictures(call):
            self._without("picture", "picture_kept", "picture_away", "picture_text")
        elif not (self.data.get("picture_kept") or self.initial.get("picture_kept")):
            self._without("picture_away")
        if not takes_places(call):
            self._without("neighbourhood", "place_words", "point")
        elif neighbourhoods:
            choice = self.fields["neighbourhood"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [
                ("", _("no part of town")),
                *((n, n) for n in neighbourhoods),
            ]
        else:
            self._without("neighbourhood")

    def _without(self, *names: str) -> None:
        for name in names:
            del self.fields[name]

    def clean_point(self) -> tuple[float, float] | None:
        typed = self.cleaned_data["point"].strip()
        if not typed:
            return None
        if (point := point_in(typed)) is None:
            raise forms.ValidationError(
                _("Please write two numbers with a comma between them, such as 47.728, 10.315.")
            )
        return point

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "picture" in self.fields:
            self._clean_picture()
        beside = self._beside()
        own = {name: said for name, said in self.cleaned_data.items() if name not in OF_BESIDE}
        return {**own, "beside": beside}

    def _clean_picture(self) -> None:
        """Look at the picture whatever else is wrong, so that it can go along in the form."""
        upload, data = self.cleaned_data.get("picture"), b""
        if upload:
            data = bytes_of(upload)
        elif self.cleaned_data.get("picture_kept") and not self.cleaned_data.get("picture_away"):
            data = _unpacked(self.cleaned_data["picture_kept"])
        self._keep("")
        if not data:
            return
        try:
            self.cleaned_picture = read_picture(data)
        except Invalid as problem:
            self.add_error("picture", str(problem.fields["picture"]))
        else:
            self._keep(_packed(self.cleaned_picture))

    def _keep(self, packed: str) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, always
        data["picture_kept"], data["picture_away"] = packed, ""
        self.data = data
        if packed and "picture_away" not in self.fields:
            self.fields["picture_away"] = deepcopy(IdeaForm.base_fields["picture_away"])
            self.order_fields(self.field_order)

    @property
    def kept_picture(self) -> str:
        """The address of the picture that goes along, to be shown; empty where there is none."""
        if "picture_kept" not in self.fields or (self.is_bound and not self.cleaned_picture):
            return ""
        packed = self["picture_kept"].value()
        return f"data:image/webp;base64,{packed}" if packed else ""

    def _beside(self) -> Beside:
        said = self.cleaned_data
        return Beside(
            picture=self.cleaned_picture,
            picture_text=said.get("picture_text", ""),
            place=Place(
                neighbourhood=said.get("neighbourhood", ""),
                words=said.get("place_words", ""),
                point=said.get("point"),
            ),
        )


def point_in(typed: str) -> tuple[float, float] | None:
    """Latitude and longitude as somebody wrote them; None where they are no place on earth."""
    try:
        latitude, longitude = (float(part) for part in typed.replace(";", ",").split(","))
    except ValueError:
        return None
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if on_earth else None


def goes_along(form: ContributeForm) -> dict[str, str]:
    """What was typed and sent beside the words, for the same form drawn anew; checked before."""
    if not isinstance(form, IdeaForm):
        return {}
    form.is_valid()
    return {name: form.data[name] for name in OF_BESIDE - {"picture"} if name in form.data}


OF_BESIDE = frozenset(IdeaForm.base_fields) - frozenset(ContributeForm.base_fields)
"""Fields that go along as one, and are no arguments of their own."""


def _packed(picture: Picture) -> str:
    fitting = [size for size in picture.sizes if len(size.content) <= MOST_KEPT]
    return base64.b64encode((fitting or picture.sizes)[-1 if fitting else 0].content).decode()


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return b"?"  # no picture: refused with the sentence for that


class PictureForm(forms.Form):
    """For the office: what can be seen in the picture of a contribution."""

    text = forms.CharField(
        label=_("What can be seen in the picture?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence, for people who do not see it."),
    )
