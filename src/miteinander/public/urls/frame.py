from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import frame

urlpatterns: list[URLPattern] = [
    path("", frame.home, name="home"),
    path("kontakt/", frame.contact, name="contact"),
    path("l/<str:token>/", frame.signed_link, name="link"),
]
