from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import participation

urlpatterns: list[URLPattern] = [
    path("mitreden/", participation.calls, name="calls"),
    path("aufruf/<slug:identifier>/", participation.call, name="call"),
    path("aufruf/<slug:identifier>/beitragen/", participation.contribute, name="contribute"),
    path("aufruf/<slug:identifier>/thesen/", participation.vote, name="vote"),
    path("aufruf/<slug:identifier>/these-vorschlagen/", participation.propose, name="propose"),
    path("these/<slug:identifier>/", participation.statement, name="statement"),
    path("quittung/stimmen/<str:code>/", participation.own_votes, name="own_votes"),
    path(
        "quittung/stimmen/<str:code>/stimmen.<slug:ending>",
        participation.own_votes_file,
        name="own_votes_file",
    ),
    path(
        "quittung/stimmen/<str:code>/loeschen/",
        participation.own_votes_delete,
        name="own_votes_delete",
    ),
    path("quittung/", participation.receipt_search, name="receipt_search"),
    path("quittung/<str:code>/", participation.receipt, name="receipt"),
    path("quittung/<str:code>/zuruecknehmen/", participation.withdraw, name="withdraw"),
    path("beitraege/", participation.contributions, name="contributions"),
    path("beitrag/<slug:identifier>/", participation.contribution, name="contribution"),
    path("beitrag/<slug:identifier>/unterstuetzen/", participation.support, name="support"),
    path("beitrag/<slug:identifier>/kommentieren/", participation.comment, name="comment"),
    path("thema/<slug:identifier>/", participation.theme, name="theme"),
]
