from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import community

urlpatterns: list[URLPattern] = [
    path("organisation/<slug:identifier>/", community.organisation, name="organisation"),
    path("gremium/<slug:identifier>/", community.body, name="body"),
    path("perspektive/<slug:identifier>/", community.perspective, name="perspective"),
]
