"""What the open pages of participation share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from miteinander.community.queries import tile_server_of
from miteinander.core.errors import NotThere
from miteinander.participation import queries
from miteinander.participation.states import Channel, ContributionState
from miteinander.public.freshness import shown_until
from miteinander.ui.shapes import Link, Photo, Support, VoiceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from miteinander.participation.models import Call, Contribution
    from miteinander.ui.requests import SiteRequest


A_MINUTE = timedelta(minutes=1)


def language() -> str:
    return get_language() or "de"


def crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Start"), reverse("public:home")),
        Link(_("Have your say"), reverse("public:calls")),
        *more,
    ]


def time_left(call: Call, request: SiteRequest) -> dict[str, Any]:
    """Absolute and relative; the last day is told in words."""
    shown_until(request, call.opens_at, call.closes_at)
    days = (localdate(call.closes_at) - localdate(request.standing.at)).days
    return {
        "is_open": call.is_open(request.standing.at, localdate(request.standing.at)),
        "is_ahead": call.is_ahead(request.standing.at),
        "days": days,
        "left": ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
        if days > 0
        else _("only today"),
    }


def place_of(request: SiteRequest) -> dict[str, int]:
    """Where a long list goes on; what is no number is the beginning."""
    for name in ("older", "newer"):
        value = request.GET.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 16:
            return {name: int(value)}
    return {}


def voices_of(
    rows: Iterable[Contribution],
    *,
    call: Call | None = None,
    is_open: bool = False,
    comments: Mapping[int, int] | None = None,
    below: bool = False,
) -> list[VoiceRow]:
    """Turn contributions, localised before, into rows; of one call with what one can do there.

    Comments `below` what they are about need not say what that is.
    """
    return [
        voice_of(
            row,
            may_support=call is not None and queries.can_be_supported(row, call, is_open=is_open),
            comments=(comments or {}).get(row.pk, 0),
            below=below,
        )
        for row in rows
    ]


def voice_of(
    contribution: Contribution, *, may_support: bool = False, comments: int = 0, below: bool = False
) -> VoiceRow:
    """Reads `replies_to` where it is a comment in a list of others (select it)."""
    localised = getattr(contribution, "localised", {}).get("text")
    return VoiceRow(
        text=localised.text if localised else contribution.text,
        text_language=localised.language if localised else contribution.language,
        translation=localised.state if localised else "",
        title=contribution.title,
        language=contribution.language,
        url=contribution.get_absolute_url(),
        when=contribution.happened_on,
        precision=contribution.precision,
        channel=Channel(contribution.channel).label,
        is_answered=contribution.is_answered,
        is_example=contribution.is_example,
        support=support_of(contribution, may_press=may_support),
        comments=comments,
        photo=photo_of(contribution, large=False),
        place=place_in_words(contribution),
        comment_on=None if below else comment_on(contribution),
    )


def support_of(
    contribution: Contribution, *, may_press: bool, is_mine: bool = False
) -> Support | None:
    """How many stand behind it, and the button; None where there is nothing to say."""
    if not (contribution.supports or may_press or is_mine):
        return None
    return Support(
        count=contribution.supports,
        name=contribution.identifier,
        url=reverse("public:support", args=[contribution.identifier])
        if may_press or is_mine
        else "",
        is_mine=is_mine,
        about=contribution.title,
        language=contribution.language,
    )


def photo_of(contribution: Contribution, *, large: bool) -> Photo | None:
    """The picture of a published contribution, small in lists; none where it was not selected."""
    picture = _selected(contribution, "picture")
    if picture is None or contribution.state != ContributionState.PUBLISHED:
        return None
    width, height = (
        (picture.width, picture.height) if large else (picture.small_width, picture.small_height)
    )
    return Photo(
        url=reverse("public:contribution_picture", args=[contribution.identifier, width]),
        alternative_text=picture.alternative_text,
        language=picture.language,
        width=width,
        height=height,
    )


def _selected(contribution: Contribution, name: str) -> Any:
    """What hangs on a row, as far as the query has brought it along: a list never asks again."""
    if not getattr(type(contribution), name).is_cached(contribution):
        return None
    return getattr(contribution, name, None)


def place_in_words(contribution: Contribution) -> str:
    """Where it is about, as its author said; nothing where it was not selected."""
    place = _selected(contribution, "place")
    return str(place) if place else ""


def comment_on(contribution: Contribution) -> Link | None:
    """What a comment is about; nothing of it is said where not everybody may read it."""
    if contribution.replies_to is None:
        return None
    about = contribution.replies_to
    if about.state == ContributionState.WITHDRAWN:
        return Link(_("a contribution that was taken back"), about.get_absolute_url())
    if about.state != ContributionState.PUBLISHED:
        return Link(_("a contribution that is not published"))
    return Link(about.title, about.get_absolute_url())


def has_map(request: SiteRequest, call: Call) -> bool:
    """Whether places of a call can be shown and chosen on a map: the town has named a server."""
    return queries.takes_places(call) and tile_server_of(request.municipality) is not None


def map_url(request: SiteRequest, call: Call) -> str:
    """Where the places of a call lie on a map; empty where there is none."""
    if not has_map(request, call):
        return ""
    return reverse("public:places", args=[call.identifier])


def counts_soon(request: SiteRequest) -> None:
    """What is counted on a kept page without a word to the cache is a minute old at most."""
    shown_until(request, request.standing.at + A_MINUTE)


def call_of(request: SiteRequest, identifier: str) -> Call:
    """The same hint for whoever may not see it as where there is none."""
    try:
        return queries.call_at(request.municipality, request.standing, identifier)
    except NotThere as problem:
        problem.do = _(
            "Were you given a code? Then type it in under “Have your say”. If you have an "
            "account, please sign in first."
        )
        raise
