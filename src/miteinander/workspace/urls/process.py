from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.process import (
    attendance,
    meetings,
    minutes,
    moving,
    papers,
    phases,
    processes,
    registrations,
    resolutions,
    tasks,
)

urlpatterns: list[URLPattern] = [
    path("prozesse/", processes.processes, name="processes"),
    path("prozesse/neu/", processes.process_new, name="process_new"),
    path("prozesse/<slug:identifier>/", processes.process_desk, name="process"),
    path("prozesse/<slug:identifier>/bearbeiten/", processes.process_edit, name="process_edit"),
    path(
        "prozesse/<slug:identifier>/veroeffentlichen/",
        processes.process_publish,
        name="process_publish",
    ),
    path("prozesse/<slug:identifier>/gremien/", processes.process_body, name="process_body"),
    path(
        "prozesse/<slug:identifier>/meilensteine/neu/", phases.milestone_new, name="milestone_new"
    ),
    path("prozesse/<slug:identifier>/phasen/neu/", phases.phase_new, name="phase_new"),
    path("phasen/<int:pk>/", phases.phase_edit, name="phase_edit"),
    path("phasen/<int:pk>/schliessen/", phases.phase_close, name="phase_close"),
    path("phasen/<int:pk>/verschieben/", moving.phase_move, name="phase_move"),
    path(
        "prozesse/<slug:identifier>/phasen/zuruecknehmen/",
        moving.phase_move_undo,
        name="phase_move_undo",
    ),
    path("prozesse/<slug:identifier>/sitzungen/neu/", meetings.meeting_new, name="meeting_new"),
    path(
        "prozesse/<slug:identifier>/beschluesse/neu/",
        resolutions.resolution_new,
        name="resolution_new",
    ),
    path("sitzungen/", meetings.meetings, name="meetings"),
    path("sitzungen/<slug:identifier>/", meetings.meeting_desk, name="meeting"),
    path("sitzungen/<slug:identifier>/bearbeiten/", meetings.meeting_edit, name="meeting_edit"),
    path("sitzungen/<slug:identifier>/protokoll/", minutes.minutes_edit, name="minutes_edit"),
    path(
        "sitzungen/<slug:identifier>/protokoll/freigeben/",
        minutes.minutes_approve,
        name="minutes_approve",
    ),
    path(
        "sitzungen/<slug:identifier>/protokoll.<slug:ending>",
        papers.minutes_paper,
        name="minutes_paper",
    ),
    path(
        "sitzungen/<slug:identifier>/anwesenheit.<slug:ending>",
        papers.attendance_paper,
        name="attendance_paper",
    ),
    path(
        "sitzungen/<slug:identifier>/anmeldung/",
        registrations.registration_edit,
        name="registration_edit",
    ),
    path(
        "sitzungen/<slug:identifier>/anmeldungen/",
        registrations.registrations,
        name="registrations",
    ),
    path(
        "sitzungen/<slug:identifier>/anmeldungen/<int:pk>/absagen/",
        registrations.registration_remove,
        name="registration_remove",
    ),
    path("sitzungen/<slug:identifier>/kommen/", registrations.registering, name="registering"),
    path(
        "sitzungen/<slug:identifier>/kommen/absagen/",
        registrations.registering_cancel,
        name="registering_cancel",
    ),
    path("sitzungen/<slug:identifier>/teilnahme/", attendance.attendance, name="attendance"),
    path(
        "sitzungen/<slug:identifier>/teilnahme/haken/",
        attendance.attendance_tick,
        name="attendance_tick",
    ),
    path(
        "sitzungen/<slug:identifier>/teilnahme/papier/",
        attendance.attendance_typed,
        name="attendance_typed",
    ),
    path("sitzungen/<slug:identifier>/teilnahme/tuer/", attendance.door, name="door"),
    path(
        "sitzungen/<slug:identifier>/teilnahme.<slug:ending>",
        attendance.attendance_list,
        name="attendance_list",
    ),
    path("prozesse/<slug:identifier>/teilnahme/", attendance.turnout, name="turnout"),
    path("kommune/fristen/", attendance.keeping, name="keeping"),
    path("aufgaben/", tasks.tasks, name="tasks"),
    path("aufgaben/<int:pk>/erledigt/", tasks.task_done, name="task_done"),
]
