from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import process

urlpatterns: list[URLPattern] = [
    path("prozesse/", process.processes, name="processes"),
    path("prozesse/neu/", process.process_new, name="process_new"),
    path("prozesse/<slug:identifier>/", process.process_desk, name="process"),
    path("prozesse/<slug:identifier>/bearbeiten/", process.process_edit, name="process_edit"),
    path(
        "prozesse/<slug:identifier>/veroeffentlichen/",
        process.process_publish,
        name="process_publish",
    ),
    path("prozesse/<slug:identifier>/gremien/", process.process_body, name="process_body"),
    path(
        "prozesse/<slug:identifier>/meilensteine/neu/", process.milestone_new, name="milestone_new"
    ),
    path("prozesse/<slug:identifier>/phasen/neu/", process.phase_new, name="phase_new"),
    path("phasen/<int:pk>/", process.phase_edit, name="phase_edit"),
    path("phasen/<int:pk>/schliessen/", process.phase_close, name="phase_close"),
    path("prozesse/<slug:identifier>/sitzungen/neu/", process.meeting_new, name="meeting_new"),
    path(
        "prozesse/<slug:identifier>/beschluesse/neu/", process.resolution_new, name="resolution_new"
    ),
    path("sitzungen/", process.meetings, name="meetings"),
    path("sitzungen/<slug:identifier>/", process.meeting_desk, name="meeting"),
    path("sitzungen/<slug:identifier>/bearbeiten/", process.meeting_edit, name="meeting_edit"),
    path("sitzungen/<slug:identifier>/protokoll/", process.minutes_edit, name="minutes_edit"),
    path(
        "sitzungen/<slug:identifier>/protokoll/freigeben/",
        process.minutes_approve,
        name="minutes_approve",
    ),
    path(
        "sitzungen/<slug:identifier>/protokoll.<slug:ending>",
        process.minutes_paper,
        name="minutes_paper",
    ),
    path(
        "sitzungen/<slug:identifier>/anwesenheit.<slug:ending>",
        process.attendance_paper,
        name="attendance_paper",
    ),
    path("aufgaben/", process.tasks, name="tasks"),
    path("aufgaben/<int:pk>/erledigt/", process.task_done, name="task_done"),
]
