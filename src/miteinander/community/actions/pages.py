"""Pages with the town's own text; the legal ones replace a text that we generate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Page
from miteinander.community.queries import former_texts, legal_page
from miteinander.community.states import LegalPage, PagePlace
from miteinander.core.errors import Closed, Invalid, NotReady, NotThere
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.models import Municipality
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing

WORDS = ("title", "text")


@transaction.atomic
def write_page(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    text: str = "",
    place: PagePlace | str = PagePlace.NOWHERE,
    position: int = 0,
    legal: LegalPage | str = "",
    language: str = "de",
    is_example: bool = False,
) -> Page:
    """Begin a page as a draft. There is one text for each legal page, and one page per title."""
    words = _words(title, text)
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    if legal and legal_page(municipality, legal):
        raise Invalid({"title": _("The town already has a text of its own for this page.")})
    _refuse_namesake(municipality, words["title"])
    page = Page.objects.create(
        municipality=municipality,
        place="" if legal else PagePlace(place),
        position=position,
        legal=LegalPage(legal) if legal else "",
        language=language,
        is_example=is_example,
        **words,
    )
    record("page.written", page.as_thing(), by=by, at=at)
    return page


@transaction.atomic
def edit_page(
    page: Page,
    *,
    title: str,
    text: str,
    seen: int,
    by: Standing,
    at: datetime,
    place: PagePlace | str = PagePlace.NOWHERE,
    position: int = 0,
) -> Page:
    """Save other words or another place; the earlier words can be put back."""
    words = _words(title, text)
    _refuse_namesake(page.municipality, words["title"], page)
    if page.is_public:
        _refuse_empty(words["text"])
    where = {} if page.legal else {"place": PagePlace(place), "position": position}
    return _exchange(page, {**words, **where}, seen=seen, kind="page.edited", by=by, at=at)


@transaction.atomic
def restore_page(page: Page, *, event: int, seen: int, by: Standing, at: datetime) -> Page:
    """Put back the words that an edit replaced."""
    words = next((f.words for f in former_texts(page) if f.event == event), None)
    if words is None:
        raise NotThere
    return _exchange(page, words, seen=seen, kind="page.restored", by=by, at=at)


@transaction.atomic
def publish_page(page: Page, *, by: Standing, at: datetime) -> Page:
    page = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if page.is_public:
        raise Closed(_("This is published already."))
    _refuse_empty(page.text)
    page.is_public = True
    page.save(update_fields=["is_public"])
    record("page.published", page.as_thing(), by=by, at=at)
    return page


@transaction.atomic
def take_back_page(page: Page, *, by: Standing, at: datetime) -> Page:
    """Make it a draft again; of a legal page, readers get our text again."""
    page = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not page.is_public:
        raise Closed(_("This is a draft already."))
    page.is_public = False
    page.save(update_fields=["is_public"])
    record("page.taken_back", page.as_thing(), by=by, at=at)
    advance_public_version(page.municipality_id)
    return page


def _words(title: str, text: str) -> dict[str, str]:
    if not title.strip():
        raise Invalid({"title": _("Please give it a title.")})
    return {"title": title.strip(), "text": text.strip()}


def _refuse_empty(text: str) -> None:
    if not text:
        raise NotReady([_("Write the text itself.")])


def _refuse_namesake(municipality: Municipality, title: str, own: Page | None = None) -> None:
    others = Page.objects.filter(municipality=municipality, title__iexact=title)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise Invalid({"title": _("A page of this title is already there.")})


def _exchange(
    page: Page, changes: Mapping[str, object], *, seen: int, kind: str, by: Standing, at: datetime
) -> Page:
    before = {name: getattr(page, name) for name in WORDS}
    page = save_if_unchanged(page, changes, seen=seen)
    record(kind, page.as_thing(), by=by, at=at, personal={"before": before})
    return page
