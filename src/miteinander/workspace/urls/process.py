from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.process import (
    draw_pool,
    draw_steps,
    draws,
    meetings,
    minutes,
    moving,
    papers,
    phases,
    processes,
    resolutions,
    seating,
    seating_changes,
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
    path("prozesse/<slug:identifier>/auslosungen/neu/", draws.draw_new, name="draw_new"),
    path("auslosungen/", draws.draws, name="draws"),
    path("auslosungen/<slug:identifier>/", draws.draw_desk, name="draw"),
    path("auslosungen/<slug:identifier>/bearbeiten/", draws.draw_edit, name="draw_edit"),
    path("auslosungen/<slug:identifier>/stand/", draws.draw_progress, name="draw_progress"),
    path("auslosungen/<slug:identifier>/menschen/", draw_pool.draw_people, name="draw_people"),
    path("auslosungen/<slug:identifier>/spalten/", draw_pool.draw_columns, name="draw_columns"),
    path("auslosungen/<slug:identifier>/vorgaben/", draw_pool.draw_quotas, name="draw_quotas"),
    path(
        "auslosungen/<slug:identifier>/vorgaben/pruefen/",
        draw_pool.draw_quotas_check,
        name="draw_quotas_check",
    ),
    path("auslosungen/<slug:identifier>/liste/", draw_steps.draw_list, name="draw_list"),
    path(
        "auslosungen/<slug:identifier>/bekanntgeben/",
        draw_steps.draw_announce,
        name="draw_announce",
    ),
    path("auslosungen/<slug:identifier>/ziehen/", draw_steps.draw_seed, name="draw_seed"),
    path(
        "auslosungen/<slug:identifier>/nachruecken/", draw_steps.draw_replace, name="draw_replace"
    ),
    path("auslosungen/<slug:identifier>/sitze/", draw_steps.draw_seats, name="draw_seats"),
    path("auslosungen/<slug:identifier>/einladen/", draw_steps.draw_invite, name="draw_invite"),
    path("auslosungen/<slug:identifier>/namen/", draw_steps.draw_erase, name="draw_erase"),
    path("auslosungen/<slug:identifier>/dateien/<str:file>", draws.draw_file, name="draw_file"),
    path("sitzungen/<slug:identifier>/tische/", seating.table_plans, name="table_plans"),
    path("sitzungen/<slug:identifier>/tische/neu/", seating.table_plan_new, name="table_plan_new"),
    path("tischplaene/<int:pk>/", seating.table_plan, name="table_plan"),
    path("tischplaene/<int:pk>/leinwand/", seating.table_wall, name="table_wall"),
    path("tischplaene/<int:pk>/dateien/<slug:file>", seating.table_file, name="table_file"),
    path("tischplaene/<int:pk>/umsetzen/", seating_changes.table_move, name="table_move"),
    path("tischplaene/<int:pk>/zurueck/", seating_changes.table_undo, name="table_undo"),
    path("tischplaene/<int:pk>/neu/", seating_changes.table_again, name="table_again"),
    path("tischplaene/<int:pk>/dazu/", seating_changes.table_latecomer, name="table_latecomer"),
    path("tischplaene/<int:pk>/wunsch/", seating_changes.table_wish, name="table_wish"),
    path(
        "tischplaene/<int:pk>/wunsch/weg/",
        seating_changes.table_wish_drop,
        name="table_wish_drop",
    ),
    path("tischplaene/<int:pk>/loeschen/", seating_changes.table_drop, name="table_drop"),
    path("aufgaben/", tasks.tasks, name="tasks"),
    path("aufgaben/<int:pk>/erledigt/", tasks.task_done, name="task_done"),
]
