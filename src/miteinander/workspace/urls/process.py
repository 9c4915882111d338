from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.process import (
    holding,
    meetings,
    minutes,
    moving,
    papers,
    phases,
    processes,
    reading,
    resolutions,
    tasks,
    templates,
)

urlpatterns: list[URLPattern] = [
    path("prozesse/", processes.processes, name="processes"),
    path("prozesse/neu/", processes.process_new, name="process_new"),
    path("prozesse/vorlagen/", templates.templates, name="templates"),
    path("prozesse/vorlagen/<slug:key>/", templates.template, name="template"),
    path("prozesse/vorlagen/<slug:key>/aufgeben/", templates.template_drop, name="template_drop"),
    path("prozesse/<slug:identifier>/als-vorlage/", templates.template_save, name="template_save"),
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
    path("sitzungen/<slug:identifier>/papiere/", papers.papers, name="papers"),
    path("sitzungen/<slug:identifier>/mappe.zip", papers.meeting_kit, name="meeting_kit"),
    path(
        "sitzungen/<slug:identifier>/papiere/einladungen.<slug:ending>",
        papers.invitation_letters,
        name="invitation_letters",
    ),
    path(
        "sitzungen/<slug:identifier>/papiere/<slug:paper>.<slug:ending>",
        papers.meeting_paper,
        name="meeting_paper",
    ),
    path(
        "sitzungen/<slug:identifier>/karten/<slug:call>.<slug:ending>",
        papers.meeting_cards,
        name="meeting_cards",
    ),
    path(
        "sitzungen/<slug:identifier>/anwesenheit/einlesen/",
        reading.attendance_read,
        name="attendance_read",
    ),
    path(
        "sitzungen/<slug:identifier>/karten/<slug:call>/einlesen/",
        reading.cards_read,
        name="cards_read",
    ),
    path(
        "sitzungen/<slug:identifier>/protokoll/durchsicht/",
        minutes.minutes_round,
        name="minutes_round",
    ),
    path(
        "sitzungen/<slug:identifier>/protokoll/aendern/",
        minutes.correction_new,
        name="correction_new",
    ),
    path("sitzungen/<slug:identifier>/protokoll/nachtrag/", minutes.remark_new, name="remark_new"),
    path("aenderungswuensche/<int:pk>/", minutes.correction_answer, name="correction_answer"),
    path("sitzungen/<slug:identifier>/halten/", holding.meeting_hold, name="meeting_hold"),
    path("sitzungen/<slug:identifier>/halten/punkt/", holding.hold_item, name="hold_item"),
    path("sitzungen/<slug:identifier>/halten/text/", holding.hold_passage, name="hold_passage"),
    path("sitzungen/<slug:identifier>/halten/beitrag/", holding.hold_card, name="hold_card"),
    path("sitzungen/<slug:identifier>/halten/aufgabe/", holding.hold_task, name="hold_task"),
    path(
        "sitzungen/<slug:identifier>/halten/beschluss/",
        holding.hold_resolution,
        name="hold_resolution",
    ),
    path("sitzungen/<slug:identifier>/leinwand/", holding.meeting_screen, name="meeting_screen"),
    path("aufgaben/<int:pk>/wieder-oeffnen/", tasks.task_reopen, name="task_reopen"),
    path("aufgaben/<int:pk>/verschieben/", tasks.task_move, name="task_move"),
    path("aufgaben/<int:pk>/uebergeben/", tasks.task_hand_over, name="task_hand_over"),
    path("aufgaben/", tasks.tasks, name="tasks"),
    path("aufgaben/<int:pk>/erledigt/", tasks.task_done, name="task_done"),
]
