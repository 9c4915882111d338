"""Documents that are taken over into a concept."""

from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.strategy import importing

urlpatterns: list[URLPattern] = [
    path("konzept/<slug:identifier>/einlesen/", importing.concept_import, name="concept_import"),
    path("einlesen/<int:pk>/", importing.concept_reading, name="concept_reading"),
    path(
        "einlesen/<int:pk>/stand/",
        importing.concept_reading_progress,
        name="concept_reading_progress",
    ),
    path(
        "einlesen/<int:pk>/bedeutung/",
        importing.concept_reading_meanings,
        name="concept_reading_meanings",
    ),
    path(
        "einlesen/<int:pk>/entscheiden/",
        importing.concept_reading_decide,
        name="concept_reading_decide",
    ),
    path("einlesen/<int:pk>/uebernehmen/", importing.concept_reading_take,
         name="concept_reading_take"),
    path("einlesen/<int:pk>/verwerfen/", importing.concept_reading_drop,
         name="concept_reading_drop"),
    path("einlesen/<int:pk>/bericht.<slug:ending>", importing.concept_reading_report,
         name="concept_reading_report"),
]  # fmt: skip
