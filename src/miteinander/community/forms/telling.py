"""What people type for everybody to read: news, pages, pictures, and how the town looks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import News, Page
from miteinander.community.queries import ENTERED
from miteinander.community.states import PagePlace
from miteinander.core.models import TranslationState
from miteinander.core.translation import source_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from miteinander.core.models import Attachment, Municipality, Thing, Translation

MOST_TEXT = 40_000
MARKDOWN = _(
    "Leave a line empty to begin a paragraph. ## makes a heading, - a list, **bold** bold, "
    "[words](https://…) a link."
)


class NewsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    teaser = forms.CharField(
        label=_("Teaser"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: the start page and the list show only these."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=MARKDOWN,
    )
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Addresses of pages of this site, one a line: a process, a meeting, a measure. They "
            "are linked below the text."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(news: News) -> dict[str, Any]:
        about = news.about.order_by("kind", "title", "pk")
        return {
            "title": news.title,
            "teaser": news.teaser,
            "text": news.text,
            "about": "\n".join(thing.get_absolute_url() for thing in about),
            "seen": news.revision,
        }


class ScheduleForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput())
    clock = forms.TimeField(label=_("Time"), widget=forms.TimeInput())

    def moment(self) -> datetime:
        """The typed moment in the town's time."""
        day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
        return datetime.combine(day, clock, tzinfo=get_current_timezone())

    @staticmethod
    def initial_from(news: News) -> dict[str, Any]:
        if news.appears_at is None:
            return {}
        return {
            "day": localtime(news.appears_at).date(),
            "clock": localtime(news.appears_at).strftime("%H:%M"),
        }


class PageForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=MARKDOWN,
    )
    place = forms.ChoiceField(
        label=_("Where it is linked"),
        choices=PagePlace.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    position = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("Small numbers come first."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_from(page: Page) -> dict[str, Any]:
        return {
            "title": page.title,
            "text": page.text,
            "place": page.place,
            "position": page.position,
            "seen": page.revision,
        }


class LegalPageForm(forms.Form):
    """The town's own text for a page whose title and place are given."""

    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=MARKDOWN,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DescriptionForm(forms.Form):
    alternative_text = forms.CharField(
        label=_("Alternative text"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _(
                "Please say in a sentence what the picture shows, for people who do not see it. If "
                "it says nothing that the text does not say, tick “only decoration”."
            )
        },
        help_text=_(
            "Say in a sentence what one sees and why it is there, as you would on the phone: "
            "“Four people sort cards on a pinwall.” Not “Picture of …”, no file name."
        ),
    )
    is_decorative = forms.BooleanField(
        label=_("Only decoration: the picture says nothing that the text does not say"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("is_decorative"):
            self.fields["alternative_text"].required = False

    @staticmethod
    def initial_from(picture: Attachment) -> dict[str, Any]:
        return {
            "alternative_text": picture.alternative_text,
            "is_decorative": picture.is_decorative,
        }


class PictureForm(DescriptionForm):
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP, GIF or AVIF, at most 10 MB. Place and camera are removed. After an "
            "error the browser wants the file once more."
        ),
        error_messages={
            "required": _("Please choose a picture."),
            "empty": _("The file is empty. Please choose it again."),
        },
    )
    field_order = ("picture", "alternative_text", "is_decorative")


class CrestForm(forms.Form):
    picture = forms.FileField(
        label=_("Crest"),
        help_text=_("PNG with a transparent ground is best, at least 480 pixels wide."),
        error_messages={
            "required": _("Please choose a picture."),
            "empty": _("The file is empty. Please choose it again."),
        },
    )


class AppearanceForm(forms.Form):
    name = forms.CharField(label=_("Name of the municipality"), max_length=120)
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Accent colour"),
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Links, buttons and the start page follow it, in light and in dark."),
        error_messages={"invalid": _("Please give the colour as # and six digits: #0f4c55.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the pages"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: settings.LANGUAGES,
        error_messages={"required": _("Please choose at least one language.")},
    )

    def clean_accent(self) -> str:
        return str(self.cleaned_data["accent"]).lower()

    @staticmethod
    def initial_from(municipality: Municipality) -> dict[str, Any]:
        return {
            "name": municipality.name,
            "accent": municipality.accent,
            "languages": municipality.languages,
        }


class LegalFactsForm(forms.Form):
    """What only the town knows, and the legal pages need."""

    represented_by = forms.CharField(
        label=_("Who represents the municipality"), max_length=200, required=False
    )
    supervision = forms.CharField(label=_("Supervisory authority"), max_length=200, required=False)
    vat_id = forms.CharField(label=_("VAT identification number"), max_length=40, required=False)
    privacy_officer = forms.CharField(
        label=_("How to reach the data protection officer"), max_length=200, required=False
    )
    privacy_authority = forms.CharField(
        label=_("Data protection authority of the state"), max_length=200, required=False
    )
    enforcement = forms.CharField(
        label=_("Enforcement body for accessibility in the state"), max_length=300, required=False
    )
    tile_server = forms.RegexField(
        r"^(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?$",
        label=_("Server for map tiles"),
        required=False,
        help_text=_(
            "Only the host name, such as tiles.town.example. Without one there are no maps, and "
            "nobody asks a third party. It must answer to /zoom/x/y.png."
        ),
        error_messages={
            "invalid": _("Please give only the host name, such as tiles.town.example.")
        },
    )
    tile_credit = forms.CharField(
        label=_("Whom the map names as its source"), max_length=200, required=False
    )

    @staticmethod
    def initial_from(municipality: Municipality) -> dict[str, Any]:
        entered = municipality.facts.get("legal", {})
        return {name: entered.get(name, "") for name in ENTERED}


class TranslationForm(forms.Form):
    """The texts of a thing in a further language, each below its original.

    `texts` is what there is already; each field says what is known about it.
    """

    def __init__(
        self, *args: Any, thing: Thing, texts: Mapping[str, Translation], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {name: row.text for name, row in texts.items()})
        super().__init__(*args, **kwargs)
        for name in thing.TRANSLATABLE:
            original = str(getattr(thing, name))
            if not original.strip():
                continue
            about: Any = thing._meta.get_field(name)
            rows = min(14, max(1, len(original) // 70))
            self.fields[name] = forms.CharField(
                label=about.verbose_name.capitalize(),
                max_length=about.max_length or MOST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": rows}),
                help_text=format_html(
                    '{} <bdi class="said" lang="{}" dir="auto">{}</bdi>',
                    _said_of(texts.get(name), original),
                    thing.language,
                    original,
                ),
            )


def _said_of(there: Translation | None, original: str) -> str:
    if there is None:
        return gettext("Original:")
    if there.source_hash != source_hash(original):
        return gettext("The original was changed since. It reads now:")
    if there.state == TranslationState.MACHINE:
        return gettext("Below is a machine translation that nobody has checked. Original:")
    return gettext("Original:")


class ToTranslateForm(forms.Form):
    """Which language, which kind of things, and whether what was begun is shown as well."""

    language = forms.ChoiceField(label=_("Into"))
    kind = forms.ChoiceField(label=_("What"), required=False)
    begun = forms.BooleanField(
        label=_("Also what has a translation already"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language, kind = self.fields["language"], self.fields["kind"]
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        language.choices = languages
        kind.choices = [("", _("everything but contributions")), *kinds]
