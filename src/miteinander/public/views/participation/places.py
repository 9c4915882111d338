"""The places of a call on a map, where the town has named a server for its tiles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from miteinander.community.queries import tile_server_of
from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import queries
from miteinander.public.freshness import public_page
from miteinander.public.maps import HEIGHT, WIDTH, spot_of, tiles_of, view_of
from miteinander.public.views.participation.shared import call_of, crumbs, language
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@public_page("at", "zoom")
def places(request: SiteRequest, identifier: str) -> HttpResponse:
    """Tiles come from the server that the town has named, and from nowhere else."""
    found = call_of(request, identifier)
    server = tile_server_of(request.municipality)
    if server is None or not queries.takes_places(found):
        raise NotThere
    rows = [place for group in queries.places_in(found) for place in group.places]
    points = {
        place: (place.latitude, place.longitude)
        for place in rows
        if place.latitude is not None and place.longitude is not None
    }
    view = view_of(list(points.values()), request.GET.get("at", ""), request.GET.get("zoom", ""))
    localise([found], language())
    spots = [(place, spot_of(view, point)) for place, point in points.items()]
    third = WIDTH // 3
    context = {
        "title": _("Places of the contributions"),
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Map"))),
        "call": found,
        "server": server,
        "width": WIDTH,
        "height": HEIGHT,
        "tiles": tiles_of(view, server.host),
        "pins": [(place, *spot) for place, spot in spots if spot],
        "outside": sum(spot is None for _place, spot in spots),
        "places": points,
        "ways": [
            Link(_("Closer"), f"?{view.closer(+1).query}"),
            Link(_("Further away"), f"?{view.closer(-1).query}"),
            Link(_("To the north"), f"?{view.moved(0, -third).query}"),
            Link(_("To the south"), f"?{view.moved(0, third).query}"),
            Link(_("To the west"), f"?{view.moved(-third, 0).query}"),
            Link(_("To the east"), f"?{view.moved(third, 0).query}"),
            Link(_("Show all"), "?"),
        ],
    }
    response = render(request, "public/places.html", context)
    response.pictures_from = server.host  # type: ignore[attr-defined]  # read by the policy of pages
    return response


@public_page()
def places_file(request: SiteRequest, identifier: str) -> HttpResponse:
    """The same as GeoJSON, for whoever draws a map of their own: what is published, all of it."""
    found = call_of(request, identifier)
    if not queries.takes_places(found):
        raise NotThere
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": {
                "identifier": place.contribution.identifier,
                "text": place.contribution.text,
                "language": place.contribution.language,
                "neighbourhood": place.neighbourhood,
                "where": place.words,
                "url": request.build_absolute_uri(place.contribution.get_absolute_url()),
            },
        }
        for place in queries.places_to_export(found)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    response = HttpResponse(content, content_type="application/geo+json; charset=utf-8")
    name = f"orte-{found.identifier}.geojson"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
