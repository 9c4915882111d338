from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import draws, process

urlpatterns: list[URLPattern] = [
    path("prozess/", process.processes, name="processes"),
    path("prozess/<slug:identifier>/", process.process_page, name="process"),
    path("termine/", process.meetings, name="meetings"),
    path("sitzung/<slug:identifier>/", process.meeting, name="meeting"),
    path("protokoll/<slug:identifier>/", process.minutes, name="minutes"),
    path("protokoll/<slug:identifier>.<slug:ending>", process.minutes_file, name="minutes_file"),
    path("auslosung/<slug:identifier>/", draws.draw, name="draw"),
    path("auslosung/<slug:identifier>/<str:file>", draws.draw_file, name="draw_file"),
    path("beschluss/<slug:identifier>/", process.resolution, name="resolution"),
]
