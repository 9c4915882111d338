from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import codes, search

urlpatterns: list[URLPattern] = [
    path("suche/", search.search_page, name="search"),
    path("kurz/", codes.short_code, name="short_code"),
]
