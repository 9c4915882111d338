"""Who is at the table, by function and never by name; and what the town tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from miteinander.community import queries
from miteinander.community.forms import OfferFilter
from miteinander.community.states import LegalPage
from miteinander.core.translation import localise
from miteinander.monitoring.queries import ORDER, measures_led_by
from miteinander.process.queries import meetings_of_body, processes_of_body
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.views.monitoring import measure_row
from miteinander.strategy.states import LeadState
from miteinander.ui.shapes import Link, MeasureRow, Segment

if TYPE_CHECKING:
    from miteinander.community.models import Offer
    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import SiteRequest

LED = 60
"""So many measures a page shows of what one organisation leads; nobody leads more."""


def _crumbs(here: str) -> list[Link]:
    return [
        Link(_("Start"), reverse("public:home")),
        Link(_("Process"), reverse("public:processes")),
        Link(here),
    ]


@public_page()
def organisation(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.organisations_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found.select_related("municipality", "contact"), identifier=identifier)
    page = queries.organisation_page(row, request.standing)
    at = request.standing.at
    opening = queries.opening_now(page.office, at) if page.office else None
    shown_until(request, opening.changes_at(at) if opening else None)
    led = measures_led_by(row, at=at, most=LED)
    # Whoever does not exist any more has accepted nothing (docs/decisions/0122).
    accepted = [m for m in led if m.lead_state == LeadState.ACCEPTED and not row.retired_on]
    bodies = {seat.body_id: seat.body for seat in page.seats}
    offers = [o for o in queries.offers_of(row, request.standing) if o.runs_on(localdate(at))]
    localise([row, *page.perspectives, *bodies.values(), *led, *offers], get_language() or "de")
    context = {
        "offers": offers,
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "organisation": row,
        "page": page,
        "accepted": _led_rows(accepted),
        "asked": _led_rows(m for m in led if m not in accepted),
        "segments": _lights(accepted),
        "week": [(day.label, spans) for day, spans in queries.week_of(page.office) if spans]
        if page.office
        else [],
        "opening": opening,
    }
    return render(request, "public/organisation.html", context)


def _led_rows(measures: Iterable[Measure]) -> list[MeasureRow]:
    """On the page of the lead itself a row says whether it has accepted, not who it is."""
    return [
        replace(measure_row(measure), lead=LeadState(measure.lead_state).label)
        for measure in measures
    ]


def _lights(measures: Iterable[Measure]) -> list[Segment]:
    counted = Counter(measure.light for measure in measures)  # type: ignore[attr-defined]  # annotated by the query
    return [Segment(light, counted[light]) for light in ORDER if counted[light]]


@public_page()
def body(request: SiteRequest, identifier: str) -> HttpResponse:
    row = queries.body_at(request.municipality, request.standing, identifier)
    seats = queries.seats_shown(row)
    former = queries.former_holders(row)
    processes = processes_of_body(row, request.standing)
    meetings = meetings_of_body(row, request.standing)
    localise([row, *processes, *meetings], get_language() or "de")
    heard = {seat.perspective_id: seat.perspective for seat in seats if seat.perspective}
    context = {
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "body": row,
        "seats": seats,
        "former": [(seat, former[seat.pk]) for seat in seats if seat.pk in former],
        "lacks_lead": queries.lacks_lead(seats, localdate(request.standing.at)),
        "heard": [each for each in heard.values() if _open(request, each)],
        "processes": processes,
        "meetings": meetings,
    }
    return render(request, "public/body.html", context)


@public_page()
def perspective(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found, identifier=identifier)
    page = queries.perspective_page(row, request.standing)
    bodies = {seat.body_id: seat.body for seat in page.seats}
    localise([row, *page.organisations, *bodies.values()], get_language() or "de")
    context = {
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "perspective": row,
        "page": page,
    }
    return render(request, "public/perspective.html", context)


def _open(request: SiteRequest, thing: object) -> bool:
    return request.standing.is_member or bool(getattr(thing, "is_public", False))


OFFERS_PER_PAGE = 30


@public_page("page", "target_group", "language", "neighbourhood")
def offers(request: SiteRequest) -> HttpResponse:
    """What there is now, for whom and in which languages."""
    everything = queries.offers_visible_to(request.municipality, request.standing)
    rows = queries.running(everything, localdate(request.standing.at))
    words = queries.offer_words(rows)
    asked = {name: request.GET[name] for name in OfferFilter.base_fields if name in request.GET}
    form = OfferFilter(asked or None, words=words)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(queries.chosen(rows, words, **wanted), OFFERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    items = list(page)
    localise([*items, *(each.organisation for each in items)], get_language() or "de")
    total = page.paginator.count
    context = {
        "title": _("Offers"),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("Offers"))],
        "form": form,
        "is_filtered": any(wanted.values()),
        "has_any": bool(words.rows),
        "found": ngettext("%(count)d offer", "%(count)d offers", total) % {"count": total},
        "offers": [(each, _spoken(each)) for each in items],
        "page": page,
    }
    return render(request, "public/offers.html", context)


@public_page()
def offer(request: SiteRequest, identifier: str) -> HttpResponse:
    """One offer; also when it has ended, since its address stays."""
    found = queries.offers_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found, identifier=identifier)
    localise([row, row.organisation], get_language() or "de")
    context = {
        "title": row.title,
        "crumbs": [
            Link(_("Start"), reverse("public:home")),
            Link(_("Offers"), reverse("public:offers")),
            Link(row.title),
        ],
        "offer": row,
        "runs": row.runs_on(localdate(request.standing.at)),
        "spoken": _spoken(row),
    }
    return render(request, "public/offer.html", context)


def _spoken(offer: Offer) -> str:
    """The languages of an offer by their own names."""
    names = settings.LANGUAGE_NAMES
    return ", ".join(names.get(tag, tag) for tag in offer.language_tags)


# --- news and pages ---------------------------------------------------------------------------

NEWS_PER_PAGE = 10


@public_page("page")
def news_list(request: SiteRequest) -> HttpResponse:
    """What the town tells, the newest first. Also members see here only what everybody sees."""
    town, at = request.municipality, request.standing.at
    page = Paginator(queries.current_news(town, at), NEWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    items = list(page)
    localise(items, get_language() or "de")
    context = {
        "title": _("News"),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("News"))],
        "news": items,
        "page": page,
    }
    return render(request, "public/news_list.html", context)


@public_page()
def news(request: SiteRequest, identifier: str) -> HttpResponse:
    """One item, what it is about, and a way to the others."""
    item = queries.news_at(request.municipality, request.standing, identifier)
    about = queries.things_about(item, request.standing)
    localise([item, *about], get_language() or "de")
    context = {
        "title": item.title,
        "crumbs": [
            Link(_("Start"), reverse("public:home")),
            Link(_("News"), reverse("public:news_list")),
            Link(item.title),
        ],
        "news": item,
        "about": about,
        "has_appeared": item.has_appeared(request.standing.at),
    }
    return render(request, "public/news.html", context)


@public_page()
def page(request: SiteRequest, identifier: str) -> HttpResponse:
    """A page with the town's own text; a legal one has an address that says what it is."""
    found = queries.page_at(request.municipality, request.standing, identifier)
    if found.legal and found.is_public:
        return redirect(f"public:{found.legal}")
    localise([found], get_language() or "de")
    context = {
        "title": found.title,
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(found.title)],
        "page": found,
    }
    return render(request, "public/page.html", context)


@public_page()
def imprint(request: SiteRequest) -> HttpResponse:
    return _legal(request, LegalPage.IMPRINT)


@public_page()
def privacy(request: SiteRequest) -> HttpResponse:
    return _legal(request, LegalPage.PRIVACY)


@public_page()
def accessibility(request: SiteRequest) -> HttpResponse:
    return _legal(request, LegalPage.ACCESSIBILITY)


@public_page()
def barrier(request: SiteRequest) -> HttpResponse:
    return _legal(request, LegalPage.BARRIER)


@public_page()
def counting(request: SiteRequest) -> HttpResponse:
    return _legal(request, LegalPage.COUNTING)


def _legal(request: SiteRequest, legal: LegalPage) -> HttpResponse:
    """The town's own text where there is one that is open, else the one that we generate."""
    town = request.municipality
    own = queries.legal_page(town, legal)
    own = own if own and own.is_public else None
    language = get_language() or "de"
    text = ""
    if own:
        localise([own], language)
    else:
        facts = queries.legal_facts(town, queries.frame_of(town).office, language)
        text = queries.default_legal_text(legal, facts, language)
    context = {
        "title": legal.label,
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(legal.label)],
        "page": own,
        "text": text,
    }
    return render(request, "public/legal.html", context)
