from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import participation
from miteinander.public.views.participation import surveys

urlpatterns: list[URLPattern] = [
    path("mitreden/", participation.calls, name="calls"),
    path("aufruf/<slug:identifier>/", participation.call, name="call"),
    path("aufruf/<slug:identifier>/beitragen/", participation.contribute, name="contribute"),
    path("aufruf/<slug:identifier>/umfrage/", surveys.survey, name="survey"),
    path("umfrage/<str:code>/", surveys.survey_receipt, name="survey_receipt"),
    path("umfrage/<str:code>/antworten/", surveys.survey_change, name="survey_change"),
    path("umfrage/<str:code>/loeschen/", surveys.survey_delete, name="survey_delete"),
    path("umfrage/<str:code>/antworten.<slug:ending>", surveys.survey_copy, name="survey_copy"),
    path("quittung/", participation.receipt_search, name="receipt_search"),
    path("quittung/<str:code>/", participation.receipt, name="receipt"),
    path("quittung/<str:code>/zuruecknehmen/", participation.withdraw, name="withdraw"),
    path("beitraege/", participation.contributions, name="contributions"),
    path("beitrag/<slug:identifier>/", participation.contribution, name="contribution"),
    path("beitrag/<slug:identifier>/unterstuetzen/", participation.support, name="support"),
    path("beitrag/<slug:identifier>/kommentieren/", participation.comment, name="comment"),
    path("thema/<slug:identifier>/", participation.theme, name="theme"),
]
