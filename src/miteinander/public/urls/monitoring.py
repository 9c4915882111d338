from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import monitoring

urlpatterns: list[URLPattern] = [
    path("umsetzung/", monitoring.implementation, name="implementation"),
    path("bericht/<slug:identifier>/", monitoring.report, name="report"),
]
