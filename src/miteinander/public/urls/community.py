from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import community

urlpatterns: list[URLPattern] = [
    path("organisation/<slug:identifier>/", community.organisation, name="organisation"),
    path("gremium/<slug:identifier>/", community.body, name="body"),
    path("angebote/", community.offers, name="offers"),
    path("angebot/<slug:identifier>/", community.offer, name="offer"),
    path("aktuelles/", community.news_list, name="news_list"),
    path("aktuelles/<slug:identifier>/", community.news, name="news"),
    path("seite/<slug:identifier>/", community.page, name="page"),
    path("impressum/", community.imprint, name="imprint"),
    path("datenschutz/", community.privacy, name="privacy"),
    path("barrierefreiheit/", community.accessibility, name="accessibility"),
    path("barriere-melden/", community.barrier, name="barrier"),
    path("so-zaehlen-wir/", community.counting, name="counting"),
    path("perspektive/<slug:identifier>/", community.perspective, name="perspective"),
]
