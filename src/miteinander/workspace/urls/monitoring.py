from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import monitoring

urlpatterns: list[URLPattern] = [
    path("umsetzung/", monitoring.measures, name="monitoring"),
    path("umsetzung/fragen/", monitoring.ask_all, name="report_ask_all"),
    path("umsetzung/<slug:identifier>/fragen/", monitoring.ask, name="report_ask"),
    path("umsetzung/<slug:identifier>/melden/", monitoring.report_new, name="report_new"),
    path("postausgang/", monitoring.outbox, name="outbox"),
    path("auftraege/", monitoring.jobs, name="jobs"),
]
