"""Offers: the stock-take of what there is already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from miteinander.community import actions, forms, queries
from miteinander.community.forms.register import LANGUAGES
from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.paging import page_of
from miteinander.workspace.views.community.crumbs import (
    CHANGE,
    PER_PAGE,
    SEE,
    form_view,
    register_crumbs,
)

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from miteinander.community.models import Offer, Organisation
    from miteinander.community.queries.offers import Lasting
    from miteinander.ui.requests import MemberRequest

MAKE, KEEP = "community.make_offer", "community.change_offer"


def offer_crumbs(*more: Link) -> list[Link]:
    return register_crumbs(Link(_("Offers"), reverse("workspace:offers")), *more)


@require_GET
def offers(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    rows, form, is_filtered = _chosen(request)
    page = page_of(rows, request.GET.get("page"), per_page=PER_PAGE)
    total = page.paginator.count
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    today = localdate(request.standing.at)
    context = {
        "title": _("Offers"),
        "crumbs": register_crumbs(Link(_("Offers"))),
        "form": form,
        "is_filtered": is_filtered,
        "found": ngettext("%(count)d offer", "%(count)d offers", total) % {"count": total},
        "columns": _columns(),
        "rows": [_row(request, offer, today) for offer in page],
        "page": page,
        "may_make": allowed(request.standing, MAKE),
        "may_read": allowed(request.standing, CHANGE),
        "files": [
            Link(ending.upper(), reverse("workspace:offers_file", args=[ending]) + query)
            for ending in LIST_TYPES
        ],
    }
    return render(request, "workspace/offers.html", context)


def _chosen(request: MemberRequest) -> tuple[QuerySet[Offer], forms.OfferListFilter, bool]:
    """What the filter leaves; one query for the words that it offers."""
    every = queries.offers_visible_to(request.municipality, request.standing)
    words = queries.offer_words(every)
    form = forms.OfferListFilter(request.GET or None, words=words)
    wanted = dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}
    lasting: Lasting = wanted.pop("lasting", "") or "now"
    rows = queries.running(every, localdate(request.standing.at), lasting)
    is_filtered = any(wanted.values()) or lasting != "now"
    return queries.chosen(rows, words, **wanted), form, is_filtered


def _columns() -> list[Column]:
    return [
        Column(_("Offer")),
        Column(_("Organisation")),
        Column(_("Target groups")),
        Column(_("Languages")),
        Column(_("Neighbourhood")),
        Column(_("Funding")),
        Column(_("Until when")),
    ]


def _row(request: MemberRequest, offer: Offer, today: date) -> list[Cell]:
    to = ""
    if allowed(request.standing, KEEP, offer):
        to = reverse("workspace:offer_edit", args=[offer.identifier])
    owner = offer.organisation
    return [
        Cell(offer.title, url=to),
        Cell(owner.title, url=reverse("workspace:organisation", args=[owner.identifier])),
        *(Cell(text) for text in _facts(offer, today)),
    ]


def _facts(offer: Offer, today: date) -> list[str]:
    spoken = dict(LANGUAGES)
    return [
        offer.target_groups or _("not said"),
        ", ".join(spoken.get(tag, tag) for tag in offer.language_tags) or _("not said"),
        offer.neighbourhood or _("everywhere"),
        offer.funding or _("not said"),
        lasting_of(offer, today),
    ]


def lasting_of(offer: Offer, today: date) -> str:
    """How long an offer is there, in words."""
    if offer.retired_on is not None:
        return _("ended on %(day)s") % {"day": written_day(offer.retired_on)}
    if offer.ends is None:
        return _("lasting")
    if offer.ends < today:
        return _("ended on %(day)s") % {"day": written_day(offer.ends)}
    return _("until %(day)s") % {"day": written_day(offer.ends)}


@require_GET
def offers_file(request: MemberRequest, ending: str) -> HttpResponse:
    """The same list, with the same filters, as a file."""
    enter(request, SEE)
    if ending not in LIST_TYPES:
        raise NotThere
    rows, _form, _is_filtered = _chosen(request)
    today = localdate(request.standing.at)
    heads = [str(column.label) for column in _columns()]
    content = as_list(
        ending,
        title=_("Offers"),
        heads=[*heads, _("Description")],
        rows=[
            [offer.title, offer.organisation.title, *_facts(offer, today), offer.text]
            for offer in rows
        ],
    )
    response = HttpResponse(content, content_type=LIST_TYPES[ending])
    name = f"{_('offers')}-{today.isoformat()}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@form_view
def offer_new(request: MemberRequest) -> HttpResponse:
    enter(request, MAKE)
    form = forms.OfferForm(
        typed(request),
        municipality=request.municipality,
        organisations=_own_organisations(request),
        initial={"organisation": request.GET.get("organisation")},
    )

    def act() -> str:
        offer = actions.make_offer(
            form.cleaned_data["organisation"],
            details=form.details(),
            is_public=form.cleaned_data["is_public"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:organisation", args=[offer.organisation.identifier])

    question = Question(
        title=_("Enter an offer"),
        intro=_("Something that is there already: a course, an advice, a meeting place."),
        submit=_("Enter offer"),
        done=_("The offer has been entered."),
        crumbs=offer_crumbs(Link(_("New"))),
    )
    return ask(request, form, question, act=act)


def _own_organisations(request: MemberRequest) -> QuerySet[Organisation]:
    """Whose offers somebody may enter: all for the coordination, else those they act for."""
    rows = queries.organisations_of(request.municipality)
    if request.standing.is_coordinator:
        return rows
    return rows.filter(pk__in=request.standing.organisations)


@form_view
def offer_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    offer = _offer(request, identifier)
    form = forms.OfferForm(
        typed(request),
        municipality=request.municipality,
        organisations=None,
        initial=forms.OfferForm.initial_from(offer),
    )

    def act() -> str:
        actions.change_offer(
            offer,
            details=form.details(),
            is_public=form.cleaned_data["is_public"],
            seen=form.cleaned_data["seen"] or 0,
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:organisation", args=[offer.organisation.identifier])

    question = Question(
        title=offer.title,
        intro=_("An offer of %(organisation)s.") % {"organisation": offer.organisation.title},
        submit=_("Save offer"),
        done=_("The offer has been saved."),
        crumbs=offer_crumbs(Link(offer.title)),
    )
    more = {"offer": offer}
    return ask(request, form, question, act=act, template="workspace/offer.html", more=more)


@require_POST
def offer_end(request: MemberRequest, identifier: str) -> HttpResponse:
    """End an offer today; sent with `resume`, it is there again."""
    offer = _offer(request, identifier)
    by, at = request.standing, request.standing.at
    if "resume" in request.POST:
        actions.resume_offer(offer, by=by, at=at)
        messages.success(request, _("The offer is there again."))
    else:
        actions.end_offer(offer, by=by, at=at)
        messages.success(request, _("The offer has ended. It stays in the list of ended ones."))
    return SeeOther(reverse("workspace:offer_edit", args=[identifier]))


def _offer(request: MemberRequest, identifier: str) -> Offer:
    enter(request, SEE)
    rows = queries.offers_visible_to(request.municipality, request.standing)
    offer = get_object_or_404(rows, identifier=identifier)
    enter(request, KEEP, offer)
    return offer
