from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.participation import survey_papers as papers
from miteinander.workspace.views.participation import survey_results as results
from miteinander.workspace.views.participation import surveys as views

CALL = "beteiligung/aufruf/<slug:identifier>"
QUESTION = "beteiligung/umfrage/frage/<slug:identifier>"

urlpatterns: list[URLPattern] = [
    path(f"{CALL}/umfrage/", views.questions, name="survey_questions"),
    path(f"{CALL}/umfrage/neu/<slug:kind>/", views.question_new, name="survey_question_new"),
    path(f"{CALL}/umfrage/vorschau/", views.survey_preview, name="survey_preview"),
    path(f"{CALL}/umfrage/uebernehmen/", views.survey_take_over, name="survey_take_over"),
    path(f"{CALL}/umfrage/ergebnis/", results.survey_office_results, name="survey_office_results"),
    path(
        f"{CALL}/umfrage/antworten.<slug:ending>",
        results.survey_answers_file,
        name="survey_answers_file",
    ),
    path(
        f"{CALL}/umfrage/ergebnis/zeigen/", views.survey_results_shown, name="survey_results_shown"
    ),
    path(f"{CALL}/umfrage/eingeben/", papers.survey_enter, name="survey_enter"),
    path(f"{QUESTION}/", views.question_edit, name="survey_question"),
    path(f"{QUESTION}/platz/", views.question_move, name="survey_question_move"),
    path(f"{QUESTION}/kopie/", views.question_copy, name="survey_question_copy"),
    path(f"{QUESTION}/weg/", views.question_remove, name="survey_question_remove"),
]
