from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.process import (
    calendars,
    inviting,
    meetings,
    minutes,
    moving,
    papers,
    phases,
    planning,
    polls,
    processes,
    resolutions,
    tasks,
)

_INVITING: list[URLPattern] = [
    path(
        "sitzungen/<slug:identifier>/tagesordnung/", planning.meeting_agenda, name="meeting_agenda"
    ),
    path("sitzungen/<slug:identifier>/absagen/", planning.meeting_cancel, name="meeting_cancel"),
    path(
        "sitzungen/<slug:identifier>/unterlagen/neu/",
        planning.meeting_file_new,
        name="meeting_file_new",
    ),
    path("unterlagen/<int:pk>/zeigen/", planning.meeting_file_show, name="meeting_file_show"),
    path(
        "unterlagen/<int:pk>/entfernen/", planning.meeting_file_remove, name="meeting_file_remove"
    ),
    path("sitzungen/<slug:identifier>/einladungen/", inviting.invitations, name="invitations"),
    path(
        "sitzungen/<slug:identifier>/einladen/", inviting.invitations_send, name="invitations_send"
    ),
    path(
        "sitzungen/<slug:identifier>/antworten/",
        inviting.invitation_answer,
        name="invitation_answer",
    ),
    path("einladungen/<int:pk>/", inviting.invitation_note, name="invitation_note"),
    path("terminumfragen/", polls.polls, name="polls"),
    path("prozesse/<slug:identifier>/termin-finden/", polls.poll_new, name="poll_new"),
    path("terminumfragen/<int:pk>/", polls.poll, name="poll"),
    path("terminumfragen/<int:pk>/festlegen/", polls.poll_decide, name="poll_decide"),
    path("terminumfragen/<int:pk>/aufgeben/", polls.poll_drop, name="poll_drop"),
    path("kalender/", calendars.calendars, name="calendars"),
    path("kalender/erneuern/", calendars.calendar_renew, name="calendar_renew"),
    path(
        "prozesse/<slug:identifier>/kalender-einlesen/",
        calendars.calendar_read,
        name="calendar_read",
    ),
]

urlpatterns: list[URLPattern] = [
    *_INVITING,
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
    path("aufgaben/", tasks.tasks, name="tasks"),
    path("aufgaben/<int:pk>/erledigt/", tasks.task_done, name="task_done"),
]
