from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import call_radar
from miteinander.workspace.views import participation as views

urlpatterns: list[URLPattern] = [
    path("beteiligung/", views.calls, name="calls"),
    path("beteiligung/<slug:process>/aufruf/neu/", views.call_new, name="call_new"),
    path("beteiligung/aufruf/<slug:identifier>/", views.call, name="call"),
    path("beteiligung/aufruf/<slug:identifier>/bearbeiten/", views.call_edit, name="call_edit"),
    path(
        "beteiligung/aufruf/<slug:identifier>/wer-fehlt/", call_radar.call_radar, name="call_radar"
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/wer-fehlt.<slug:ending>",
        call_radar.call_radar_file,
        name="call_radar_file",
    ),
    path("beteiligung/<slug:process>/lesen/", views.moderation, name="moderation"),
    path("beteiligung/<slug:process>/karten/", views.cards, name="cards"),
    path("beteiligung/<slug:process>/sortieren/", views.board, name="board"),
    path("beteiligung/<slug:process>/verbinden/", views.merge, name="merge"),
    path("beteiligung/<slug:process>/antworten/", views.answers, name="answers"),
    path("beteiligung/<slug:process>/thema/neu/", views.theme_new, name="theme_new"),
    path("beteiligung/thema/<slug:identifier>/", views.theme, name="theme"),
    path("beteiligung/thema/<slug:identifier>/name/", views.theme_rename, name="theme_rename"),
    path("beteiligung/thema/<slug:identifier>/ende/", views.theme_retire, name="theme_retire"),
    path("beteiligung/thema/<slug:identifier>/umzug/", views.theme_move, name="theme_move"),
    path("beteiligung/thema/<slug:identifier>/antwort/", views.theme_answer, name="theme_answer"),
    path("beteiligung/beitrag/<slug:identifier>/", views.contribution, name="contribution"),
    path("beteiligung/beitrag/<slug:identifier>/ablehnen/", views.refuse, name="refuse"),
    path("beteiligung/beitrag/<slug:identifier>/teilen/", views.split, name="split"),
    path("beteiligung/beitrag/<slug:identifier>/antwort/", views.answer, name="answer"),
    path(
        "beteiligung/beitrag/<slug:identifier>/bild/",
        views.contribution_picture,
        name="contribution_picture",
    ),
    path(
        "beteiligung/beitrag/<slug:identifier>/kommentare-beantworten/",
        views.answer_comments,
        name="answer_comments",
    ),
]
