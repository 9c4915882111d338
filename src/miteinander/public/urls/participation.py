from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import participation

urlpatterns: list[URLPattern] = [
    path("mitreden/", participation.calls, name="calls"),
    path("mit-code/", participation.by_code, name="by_code"),
    path("mit-code/<str:code>/", participation.opened, name="by_code_opened"),
    path("aufruf/<slug:identifier>/", participation.call, name="call"),
    path(
        "aufruf/<slug:identifier>/tabelle/<slug:table>.<slug:ending>",
        participation.call_table,
        name="call_table",
    ),
    path("aufruf/<slug:identifier>/beitragen/", participation.contribute, name="contribute"),
    path("quittung/", participation.receipt_search, name="receipt_search"),
    path("quittung/<str:code>/", participation.receipt, name="receipt"),
    path("quittung/<str:code>/zuruecknehmen/", participation.withdraw, name="withdraw"),
    path("beitraege/", participation.contributions, name="contributions"),
    path("beitrag/<slug:identifier>/", participation.contribution, name="contribution"),
    path("beitrag/<slug:identifier>/unterstuetzen/", participation.support, name="support"),
    path("beitrag/<slug:identifier>/kommentieren/", participation.comment, name="comment"),
    path("thema/<slug:identifier>/", participation.theme, name="theme"),
]
