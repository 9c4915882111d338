"""What the frames of every page show: the town, its navigation, its office, who is signed in."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from babel.dates import get_day_names
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.community.queries import frame_of, opening_now
from miteinander.community.states import LegalPage, PagePlace
from miteinander.public.freshness import shown_until
from miteinander.ui.accent import DEFAULT
from miteinander.ui.shapes import (
    Desk,
    DeskStage,
    Feed,
    LanguageLink,
    Link,
    NavItem,
    OfficeCard,
    OpeningHours,
    Site,
)
from miteinander.ui.words import locale

if TYPE_CHECKING:
    from miteinander.community.models import Office
    from miteinander.community.queries import Opening, Told
    from miteinander.ui.requests import SiteRequest

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Which entry of the main navigation is marked for which pages.
SECTIONS = {
    "process": {"home", "process", "processes", "body", "perspective", "resolution",
                "organisation", "documents", "draw", "offers", "offer"},
    "calls": {"calls", "call", "contribute", "receipt", "receipt_search", "contribution",
              "contributions", "theme", "vote", "propose", "statement", "own_votes",
              "own_votes_delete"},
    "concepts": {"concept", "concepts", "field", "goal", "measure", "cross_cutting_theme",
                 "version", "objection", "ballot"},
    "implementation": {"implementation", "report"},
    "meetings": {"meeting", "meetings", "minutes"},
    "contact": {"contact"},
}  # fmt: skip


def frames(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` and `desk`, built only by pages that show them."""
    if getattr(request, "municipality", None) is None:
        return {}
    return {
        "site": SimpleLazyObject(lambda: site_of(request)),  # type: ignore[arg-type]  # dressed by middleware
        "desk": SimpleLazyObject(lambda: desk_of(request)),  # type: ignore[arg-type]  # likewise
        "language": get_language(),
    }


def site_of(request: SiteRequest) -> Site:
    town = request.municipality
    short = town.name.split(" (")[0]
    frame = frame_of(town)
    shown_until(request, frame.told.next_change(request.standing.at))
    return Site(
        name=town.name,
        brand=_("Miteinander in %(town)s") % {"town": short},
        claim=_("Integration concept of %(town)s") % {"town": town.name},
        home_url=reverse("public:home"),
        is_example=town.is_example,
        example_note=_(
            "This is not a page of the city. Only the key facts up to 2022 are documented; "
            "everything marked “Example” is invented."
        ),
        nav=_navigation(request),
        languages=_languages(request),
        account=_account(request),
        office=_office_card(request, frame.office),
        more=(
            Link(_("Documents and decisions"), reverse("public:documents")),
            Link(_("Find your contribution again"), reverse("public:receipt_search")),
            Link(_("News"), reverse("public:news_list")),
            Link(_("Offers"), reverse("public:offers")),
            Link(_("Contact and opening hours"), reverse("public:contact")),
            Link(_("Subscribe to what happens (Atom)"), reverse("public:feed")),
            Link(_("Subscribe to dates (iCalendar)"), reverse("public:calendar")),
            *_own_pages(frame.told, PagePlace.MORE),
        ),
        feeds=(
            Feed(_("What happens"), reverse("public:feed"), "application/atom+xml"),
            Feed(_("Dates"), reverse("public:calendar"), "text/calendar"),
        ),
        legal=(*_legal_pages(), *_own_pages(frame.told, PagePlace.FOOTER)),
        crest_url=frame.crest.address(96) if frame.crest else "",
        search_url=reverse("public:search"),
        # Our own accent stands in the sheet that every page links already.
        accent_url=reverse("accent", args=[town.accent.lstrip("#")])
        if town.accent != DEFAULT
        else "",
    )


def _legal_pages() -> list[Link]:
    """The pages that every town has, with its own text or with ours."""
    return [Link(legal.label, reverse(f"public:{legal}")) for legal in LegalPage]


def _own_pages(told: Told, place: PagePlace) -> list[Link]:
    language = get_language() or settings.LANGUAGE_CODE
    return [
        Link(told.title_of(page, language), page.get_absolute_url())
        for page in told.pages
        if page.place == place and not page.legal
    ]


def _navigation(request: SiteRequest) -> tuple[NavItem, ...]:
    match = request.resolver_match
    here = match.url_name if match and match.namespace == "public" else ""
    items = (
        ("process", _("Process"), "public:processes"),
        ("calls", _("Have your say"), "public:calls"),
        ("concepts", _("Concept"), "public:concepts"),
        ("implementation", _("Implementation"), "public:implementation"),
        ("meetings", _("Dates"), "public:meetings"),
        ("contact", _("Contact"), "public:contact"),
    )
    return tuple(
        NavItem(label, reverse(name), is_current=here in SECTIONS[key])
        for key, label, name in items
    )


def _languages(request: SiteRequest) -> tuple[LanguageLink, ...]:
    current = get_language() or settings.LANGUAGE_CODE
    spoken = [code for code, _name in settings.LANGUAGES]
    # What the town has chosen; where it chose none of ours, all of ours.
    offered = [c for c in spoken if c in request.municipality.languages or c == current] or spoken
    path = request.path
    rest = path[len(current) + 1 :] if path.startswith(f"/{current}/") else "/"
    return tuple(
        LanguageLink(
            code=code,
            name=settings.LANGUAGE_NAMES.get(code, code),
            url=f"/{code}{rest}",
            is_current=code == current,
        )
        for code in offered
    )


def _account(request: SiteRequest) -> Link:
    """Without a session cookie nobody is signed in, and nobody needs to be looked up."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return Link(_("Workspace"), reverse("workspace:today"))
    return Link(_("Sign in"), reverse("sign_in_as" if settings.DEMO else "account_login"))


def desk_of(request: SiteRequest) -> Desk:
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    module = getattr(match.func, "__module__", "") if match else ""
    stage = module.partition(".views.")[2].partition(".")[0]
    stages = (
        ("community", _("Municipality"), "workspace:community"),
        ("process", _("Process"), "workspace:processes"),
        ("participation", _("Participation"), "workspace:calls"),
        ("strategy", _("Strategy"), "workspace:concepts"),
        ("adoption", _("Adoption"), "workspace:versions"),
        ("monitoring", _("Monitoring"), "workspace:monitoring"),
    )
    coordinates = request.standing.is_coordinator
    mine = [("workspace:me", _("My details"))]
    more = [("workspace:outbox", _("Outbox")), ("workspace:jobs", _("Background work"))]
    # What somebody says of themselves lies among the register's views, and is a room of its own.
    is_mine = here == "me" or here.startswith("me_")
    return Desk(
        today=NavItem(_("Today"), reverse("workspace:today"), is_current=here == "today"),
        stages=tuple(
            DeskStage(label, reverse(name), is_current=stage == key and not is_mine)
            for key, label, name in stages
        ),
        more=tuple(
            NavItem(
                label,
                reverse(name),
                is_current=is_mine if name == "workspace:me" else name.endswith(f":{here}"),
            )
            for name, label in (mine + more if coordinates else mine)
        ),
        person=request.standing.function,
        sign_out_url=reverse("account_logout"),
    )


# --- the office ----------------------------------------------------------------------------


def _office_card(request: SiteRequest, office: Office | None) -> OfficeCard | None:
    if office is None:
        return None
    at = request.standing.at
    opening = opening_now(office, at)
    shown_until(request, opening.changes_at(at))
    return OfficeCard(
        name=office.organisation.title,
        address=tuple(filter(None, (office.street, f"{office.postcode} {office.place}".strip()))),
        email=office.email,
        phone=office.phone,
        contact=Link(_("Contact and opening hours"), reverse("public:contact")),
        hours=_hours(office.opening_hours, localtime(at).date()),
        open_now=(
            _("Open now, today until %(time)s") % {"time": f"{opening.until:%H:%M}"}
            if opening.is_open and opening.until
            else ""
        ),
        today=_today(opening),
        note=office.appointments_note,
        has_115=office.authority_phone == "115",
    )


def _today(opening: Opening) -> str:
    """Why today is no day like others, so that nobody stands before a closed door."""
    if not opening.because:
        return ""
    if opening.is_open:
        return _("Other hours today: %(reason)s") % {"reason": opening.because}
    return _("Closed today: %(reason)s") % {"reason": opening.because}


def _hours(rows: list[dict[str, Any]], today: date) -> tuple[OpeningHours, ...]:
    """One line a weekday: 8:00–12:00 and 12:00–13:00 become 8:00–13:00."""
    names = get_day_names("wide", locale=locale())
    lines = []
    for number, day in enumerate(DAYS):
        spans = sorted(
            (_clock(row["from"]), _clock(row["to"])) for row in rows if day in row["days"]
        )
        joined: list[tuple[time, time]] = []
        for start, end in spans:
            if joined and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        if joined:
            words = _(" and ").join(f"{a:%H:%M}–{b:%H:%M}" for a, b in joined)
            lines.append(OpeningHours(names[number], words, is_today=today.weekday() == number))
    return tuple(lines)


def _clock(text: str) -> time:
    return time.fromisoformat(text)
