from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import strategy

urlpatterns: list[URLPattern] = [
    path("konzept/", strategy.concepts, name="concepts"),
    path("konzept/<slug:identifier>/", strategy.concept, name="concept"),
    path("handlungsfeld/<slug:identifier>/", strategy.field, name="field"),
    path("ziel/<slug:identifier>/", strategy.goal, name="goal"),
    path("massnahme/<slug:identifier>/", strategy.measure, name="measure"),
    path(
        "querschnittsthema/<slug:identifier>/",
        strategy.cross_cutting_theme,
        name="cross_cutting_theme",
    ),
]
