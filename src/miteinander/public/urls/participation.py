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
    path("aufruf/<slug:identifier>/karte/", participation.places, name="places"),
    path("aufruf/<slug:identifier>/orte.geojson", participation.places_file, name="places_file"),
    path("aufruf/<slug:identifier>/ort/", participation.choose_place, name="choose_place"),
    path("aufruf/<slug:identifier>/live/", participation.live, name="live"),
    path("aufruf/<slug:identifier>/live/fragen/", participation.live_ask, name="live_ask"),
    path("aufruf/<slug:identifier>/aehnliches/", participation.nearby, name="nearby"),
    path("aufruf/<slug:identifier>/thesen/", participation.vote, name="vote"),
    path(
        "aufruf/<slug:identifier>/jemand-anders/", participation.somebody_else, name="somebody_else"
    ),
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
    path("aufruf/<slug:identifier>/nachreichen/", participation.late, name="late"),
    path("aufruf/<slug:identifier>/absatz/<int:number>/", participation.passage, name="passage"),
    path(
        "aufruf/<slug:identifier>/absatz/<int:number>/sagen/",
        participation.passage_comment,
        name="passage_comment",
    ),
    path("quittung/", participation.receipt_search, name="receipt_search"),
    path("quittung/geloescht/", participation.receipt_gone, name="receipt_gone"),
    path("quittung/<str:code>/", participation.receipt, name="receipt"),
    path("quittung/<str:code>/ergaenzen/", participation.add, name="receipt_add"),
    path(
        "quittung/<str:code>/daten.json",
        participation.receipt_data,
        {"kind": "json"},
        "receipt_json",
    ),
    path(
        "quittung/<str:code>/daten.txt", participation.receipt_data, {"kind": "txt"}, "receipt_txt"
    ),
    path("quittung/<str:code>/bescheid/", participation.notice, name="notice"),
    path("quittung/<str:code>/bescheid/gefragt/", participation.notice_asked, name="notice_asked"),
    path("bescheid/<str:token>/", participation.notice_confirm, name="notice_confirm"),
    path("bescheid/<str:token>/abbestellen/", participation.notice_end, name="notice_end"),
    path("quittung/<str:code>/zuruecknehmen/", participation.withdraw, name="withdraw"),
    path("beitraege/", participation.contributions, name="contributions"),
    path("beitrag/<slug:identifier>/", participation.contribution, name="contribution"),
    path("beitrag/<slug:identifier>/unterstuetzen/", participation.support, name="support"),
    path("beitrag/<slug:identifier>/kommentieren/", participation.comment, name="comment"),
    path(
        "beitrag/<slug:identifier>/bild-<int:width>.webp",
        participation.contribution_picture,
        name="contribution_picture",
    ),
    path("thema/<slug:identifier>/", participation.theme, name="theme"),
]
