"""The open site, one table of addresses per stage; the same words in every language."""

from __future__ import annotations

from miteinander.public.urls import (
    adoption,
    community,
    feeds,
    frame,
    monitoring,
    participation,
    process,
    search,
    strategy,
    surveys,
)

app_name = "public"
urlpatterns = [
    *frame.urlpatterns,
    *community.urlpatterns,
    *process.urlpatterns,
    *participation.urlpatterns,
    *surveys.urlpatterns,
    *strategy.urlpatterns,
    *adoption.urlpatterns,
    *monitoring.urlpatterns,
    *search.urlpatterns,
    *feeds.urlpatterns,
]
