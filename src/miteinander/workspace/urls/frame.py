from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import frame

urlpatterns: list[URLPattern] = [
    path("", frame.today, name="today"),
    path("stilbuch/", frame.stylebook, name="stylebook"),
]
