"""Search over everything public. What somebody looks for is kept nowhere: not even in a cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.adoption.queries.numbers import is_number, numbered_before
from miteinander.core.errors import NotThere
from miteinander.core.search.find import LONGEST_QUERY, ORDER, PER_PAGE, Found, Hit, Query, search
from miteinander.core.search.snippet import Part, Passage, marked, passage
from miteinander.core.search.words import VOICES
from miteinander.core.translation import localise
from miteinander.monitoring.queries import status_of
from miteinander.participation import queries
from miteinander.process.queries import process_at
from miteinander.public.thread import KINDS
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from miteinander.core.models import Thing
    from miteinander.participation.models import Call, Theme
    from miteinander.process.models import Process
    from miteinander.ui.requests import SiteRequest

SEVERAL: dict[str, _StrPromise] = {
    "process": gettext_lazy("Processes"),
    "body": gettext_lazy("Bodies"),
    "meeting": gettext_lazy("Meetings"),
    "minutes": gettext_lazy("Minutes"),
    "resolution": gettext_lazy("Resolutions"),
    "draw": gettext_lazy("Draws by lot"),
    "call": gettext_lazy("Calls"),
    "contribution": gettext_lazy("Contributions"),
    "statement": gettext_lazy("Statements"),
    "theme": gettext_lazy("Themes"),
    "concept": gettext_lazy("Concepts"),
    "cross_cutting_theme": gettext_lazy("Cross-cutting themes"),
    "field": gettext_lazy("Fields of action"),
    "goal": gettext_lazy("Goals"),
    "measure": gettext_lazy("Measures"),
    "version": gettext_lazy("Versions"),
    "objection": gettext_lazy("Objections"),
    "ballot": gettext_lazy("Ballots"),
    "report": gettext_lazy("Status reports"),
    "organisation": gettext_lazy("Organisations"),
    "perspective": gettext_lazy("Perspectives"),
    "offer": gettext_lazy("Offers"),
    "news": gettext_lazy("News"),
    "page": gettext_lazy("Pages"),
}
"""The kinds, as many of them are called."""


PLACES: dict[str, Callable[..., Process | Call | Theme]] = {
    "process": process_at,
    "call": queries.call_at,
    "theme": queries.theme_at,
}
"""Where contributions can be searched by themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hit as it is shown."""

    thing: Thing
    url: str
    kind: str
    title: tuple[Part, ...]
    language: str
    """Of the title; empty is the page's own."""
    passage: Passage | None
    light: str = ""


@dataclass(frozen=True, slots=True)
class KindLink:
    label: str
    url: str
    count: int
    is_open: bool
    is_current: bool


@login_not_required
@require_safe
def search_page(request: SiteRequest) -> HttpResponse:
    """What was typed stays in the field, whatever it was; nothing of it is an error."""
    typed = request.GET.get("q", "")
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    place = _place(request)
    narrow = queries.searched_in(place) if place else {}
    found = search(request.municipality, typed, kind=kind, page=_page(request), **narrow)
    rows = _rows(found, request)
    query = found.query
    context = {
        "title": _("Search"),
        "crumbs": [Link(_("Home"), reverse("public:home")), Link(_("Search"))],
        "typed": query.typed,
        "query": query,
        "is_asked": bool(typed.strip()),
        "longest": LONGEST_QUERY,
        "found": found,
        "is_open": found.is_open and kind in {"", VOICES},
        "rows": rows,
        "kinds": [] if place else _kinds(found, kind),
        "kind": kind,
        "place": place,
        "proposals": _proposals(query, place),
        "former": numbered_before(request.municipality, typed)
        if is_number(typed) and not place
        else [],
        "single": _single(query, place) if not rows else [],
        "page": Paginator(range(found.pages * PER_PAGE), PER_PAGE).page(found.page),
        "rest": _rest(query.typed, kind, place),
        "is_more": found.total > found.pages * PER_PAGE,
    }
    response = render(request, "public/search.html", context)
    if typed:
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
    return response


def _place(request: SiteRequest) -> Process | Call | Theme | None:
    """Where the contributions are that are searched; what is no such place is everywhere."""
    kind, _dot, identifier = request.GET.get("in", "").partition(".")
    if kind not in PLACES or not identifier.isalnum():
        return None
    try:
        return PLACES[kind](request.municipality, request.standing, identifier)
    except NotThere:
        return None


def _page(request: SiteRequest) -> int:
    """What is no number is the first page."""
    value = request.GET.get("page", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _rows(found: Found, request: SiteRequest) -> list[Row]:
    language = get_language() or "de"
    things = [hit.thing for hit in found.hits]
    localise(things, language)
    measures = [thing for thing in things if thing.kind == "measure"]
    lights = status_of(measures, at=request.standing.at)  # type: ignore[arg-type]  # asks for their keys alone
    return [
        _row(
            hit, found.query, language, lights[hit.thing.pk].light if hit.thing.pk in lights else ""
        )
        for hit in found.hits
    ]


def _row(hit: Hit, query: Query, language: str, light: str) -> Row:
    thing = hit.thing
    title, tongue = thing.title, thing.language
    if localised := getattr(thing, "localised", {}).get("title"):
        title, tongue = localised.text, localised.language
    return Row(
        thing=thing,
        url=thing.get_absolute_url(),
        kind=_kind(thing.kind),
        title=marked(title or _kind(thing.kind), query, tongue),
        language="" if tongue == language else tongue,
        passage=passage(hit.texts, query, language=language, title=title),
        light=light,
    )


def _kind(kind: str) -> str:
    return str(KINDS[kind]) if kind in KINDS else kind


def _kinds(found: Found, kind: str) -> list[KindLink]:
    """Each kind with how many there are; the whole first."""
    if not found.counts:
        return []
    typed = found.query.typed
    order = {name: place for place, name in enumerate(ORDER)}
    several = sorted(found.counts, key=lambda name: (order.get(name, len(order)), name))
    return [
        KindLink(_("Everything"), _to(typed), found.everything, found.is_open, is_current=not kind),
        *(
            KindLink(
                str(SEVERAL[name] if name in SEVERAL else _kind(name)),
                _to(typed, name),
                found.counts[name],
                is_open=found.is_open and name == VOICES,
                is_current=name == kind,
            )
            for name in several
        ),
    ]


def _to(typed: str, kind: str = "", place: Thing | None = None) -> str:
    return "?" + _rest(typed, kind, place)


def _rest(typed: str, kind: str, place: Thing | None) -> str:
    asked = {"q": typed, "kind": kind, "in": f"{place.kind}.{place.identifier}" if place else ""}
    return urlencode({name: value for name, value in asked.items() if value})


def _proposals(query: Query, place: Thing | None) -> list[Link]:
    """“Meinten Sie …”: the query with each word that nobody wrote as somebody did write it."""
    if not query.corrected:
        return []
    spelt = dict(query.corrected)
    proposed = " ".join(spelt.get(term, term) for term in query.terms)
    return [Link(proposed, _to(proposed, place=place))]


def _single(query: Query, place: Thing | None) -> list[Link]:
    """Nothing has all words: each of them by itself."""
    if len(query.terms) < 2:
        return []
    return [Link(term, _to(term, place=place)) for term in query.terms]
