from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views.participation import survey_results
from miteinander.public.views.participation import surveys as views

CODE = "umfrage/<str:code>"

urlpatterns: list[URLPattern] = [
    path("aufruf/<slug:identifier>/umfrage/", views.survey, name="survey"),
    path(
        "aufruf/<slug:identifier>/ergebnis/", survey_results.survey_results, name="survey_results"
    ),
    path(
        "umfrage/frage/<slug:identifier>/", survey_results.survey_question, name="survey_question"
    ),
    path(f"{CODE}/", views.survey_receipt, name="survey_receipt"),
    path(f"{CODE}/antworten/", views.survey_change, name="survey_change"),
    path(f"{CODE}/loeschen/", views.survey_delete, name="survey_delete"),
    path(f"{CODE}/antworten.<slug:ending>", views.survey_copy, name="survey_copy"),
]
