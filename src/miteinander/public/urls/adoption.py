from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import adoption

urlpatterns: list[URLPattern] = [
    path("fassung/<slug:identifier>/", adoption.version, name="version"),
    path("fassung/<slug:identifier>.html", adoption.version_html, name="version_html"),
    path("fassung/<slug:identifier>.json", adoption.version_json, name="version_json"),
    path("dokumente/", adoption.documents, name="documents"),
    path("einwand/<slug:identifier>/", adoption.objection, name="objection"),
]
