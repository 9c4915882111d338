from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import search

urlpatterns: list[URLPattern] = [
    path("suche/", search.search_page, name="search"),
]
