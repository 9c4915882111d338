from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import draws, inviting, process, registering

urlpatterns: list[URLPattern] = [
    path("prozess/", process.processes, name="processes"),
    path("prozess/<slug:identifier>/", process.process_page, name="process"),
    path("termine/", process.meetings, name="meetings"),
    path("sitzung/<slug:identifier>/", process.meeting, name="meeting"),
    path("unterlage/<slug:identifier>/", inviting.meeting_file, name="meeting_file"),
    path("k/<str:token>/termine.ics", inviting.own_calendar, name="own_calendar"),
    path("sitzung/<slug:identifier>/anmelden/", registering.register, name="register"),
    path("sitzung/<slug:identifier>/anmelden/danke/", registering.registered, name="registered"),
    path("sitzung/<slug:identifier>/da/<str:key>/", registering.door, name="door"),
    path("sitzung/<slug:identifier>/da/<str:key>/danke/", registering.arrived, name="arrived"),
    path("anmeldung/<str:code>/", registering.registration, name="registration"),
    path(
        "anmeldung/<str:code>/absagen/",
        registering.registration_cancel,
        name="registration_cancel",
    ),
    path("protokoll/<slug:identifier>/", process.minutes, name="minutes"),
    path("protokoll/<slug:identifier>.<slug:ending>", process.minutes_file, name="minutes_file"),
    path("auslosung/<slug:identifier>/", draws.draw, name="draw"),
    path("auslosung/<slug:identifier>/<str:file>", draws.draw_file, name="draw_file"),
    path("beschluss/<slug:identifier>/", process.resolution, name="resolution"),
]
