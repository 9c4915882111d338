"""Lists: taken over into the register, and given out of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.community import files, lists

urlpatterns: list[URLPattern] = [
    path("kommune/listen/", lists.lists, name="lists"),
    path("kommune/listen/<int:pk>/", lists.preview, name="list"),
    path("kommune/listen/<int:pk>/stand/", lists.progress, name="list_progress"),
    path("kommune/listen/<int:pk>/spalten/", lists.columns, name="list_columns"),
    path("kommune/listen/<int:pk>/entscheiden/", lists.decide, name="list_decide"),
    path("kommune/listen/<int:pk>/uebernehmen/", lists.take, name="list_take"),
    path("kommune/listen/<int:pk>/verwerfen/", lists.drop, name="list_drop"),
    path("kommune/listen/<slug:what>.<slug:ending>", files.register_file, name="register_file"),
]
