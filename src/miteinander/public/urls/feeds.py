from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import feeds

urlpatterns: list[URLPattern] = [
    path("feed.atom", feeds.town_feed, name="feed"),
    path("prozess/<slug:identifier>/feed.atom", feeds.process_feed, name="process_feed"),
    path("massnahme/<slug:identifier>/feed.atom", feeds.measure_feed, name="measure_feed"),
    path("kalender.ics", feeds.calendar, name="calendar"),
    path("sitzung/<slug:identifier>/termin.ics", feeds.meeting_date, name="meeting_date"),
]
