"""The rooms of members and coordinators, one table of addresses per stage."""

from __future__ import annotations

from miteinander.workspace.urls import (
    adoption,
    community,
    documents,
    frame,
    lists,
    monitoring,
    participation,
    process,
    register,
    strategy,
    surveys,
)

app_name = "workspace"
urlpatterns = [
    *frame.urlpatterns,
    *community.urlpatterns,
    *register.urlpatterns,
    *lists.urlpatterns,
    *process.urlpatterns,
    *participation.urlpatterns,
    *surveys.urlpatterns,
    *strategy.urlpatterns,
    *documents.urlpatterns,
    *adoption.urlpatterns,
    *monitoring.urlpatterns,
]
