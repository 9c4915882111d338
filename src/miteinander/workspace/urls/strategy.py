from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import chapters, strategy

urlpatterns: list[URLPattern] = [
    path("konzept/", strategy.concepts, name="concepts"),
    path("konzept/neu/", strategy.concept_new, name="concept_new"),
    path("konzept/eigene-felder/", strategy.own_fields, name="own_fields"),
    path("konzept/eigene-felder/neu/", strategy.own_field_new, name="own_field_new"),
    path("konzept/eigene-felder/<int:pk>/", strategy.own_field_edit, name="own_field_edit"),
    path(
        "konzept/eigene-felder/<int:pk>/schliessen/",
        strategy.own_field_retire,
        name="own_field_retire",
    ),
    path("konzept/<slug:identifier>/", strategy.concept, name="concept"),
    path("konzept/<slug:identifier>/feld/", strategy.field_new, name="field_new"),
    path(
        "konzept/<slug:identifier>/querschnittsthema/",
        strategy.cross_cutting_theme_new,
        name="cross_cutting_theme_new",
    ),
    path("konzept/<slug:identifier>/last/", strategy.load, name="load"),
    path("konzept/<slug:identifier>/last.<slug:ending>", strategy.load_file, name="load_file"),
    path("konzept/<slug:identifier>/nummern/", strategy.renumber, name="concept_renumber"),
    path("konzept/<slug:identifier>/kapitel/", chapters.chapters, name="chapters"),
    path("konzept/<slug:identifier>/kapitel/neu/", chapters.chapter_new, name="chapter_new"),
    path("konzept/<slug:identifier>/dokument/", chapters.document, name="concept_document"),
    path("kapitel/<int:pk>/", chapters.chapter_edit, name="chapter_edit"),
    path("kapitel/<int:pk>/verschieben/", chapters.chapter_move, name="chapter_move"),
    path("kapitel/<int:pk>/weglassen/", chapters.chapter_leave_out, name="chapter_leave_out"),
    path("kapitel/<int:pk>/aufnehmen/", chapters.chapter_take_in, name="chapter_take_in"),
    path("thema/<slug:identifier>/wachsen/", strategy.theme_grow, name="theme_grow"),
    path("feld/<slug:identifier>/behalten/", strategy.field_keep, name="field_keep"),
    path("feld/<slug:identifier>/name/", strategy.field_rename, name="field_rename"),
    path("feld/<slug:identifier>/", strategy.field_edit, name="field_edit"),
    path("feld/<slug:identifier>/thema/", strategy.field_collect, name="field_collect"),
    path("feld/<slug:identifier>/vereinen/", strategy.field_merge, name="field_merge"),
    path("feld/<slug:identifier>/teilen/", strategy.field_split, name="field_split"),
    path("feld/<slug:identifier>/aufgeben/", strategy.field_retire, name="field_retire"),
    path("feld/<slug:identifier>/ziel/", strategy.goal_new, name="goal_new"),
    path("ziel/<slug:identifier>/", strategy.goal_edit, name="goal_edit"),
    path("ziel/<slug:identifier>/verschieben/", strategy.goal_move, name="goal_move"),
    path("ziel/<slug:identifier>/massnahme/", strategy.measure_new, name="measure_new"),
    path("massnahme/<slug:identifier>/", strategy.measure, name="measure"),
    path("massnahme/<slug:identifier>/punkte/", strategy.measure_points, name="measure_points"),
    path("massnahme/<slug:identifier>/indikator/", strategy.indicator_new, name="indicator_new"),
    path(
        "massnahme/<slug:identifier>/indikator/<int:pk>/",
        strategy.indicator_edit,
        name="indicator_edit",
    ),
    path(
        "massnahme/<slug:identifier>/indikator/<int:pk>/weg/",
        strategy.indicator_drop,
        name="indicator_drop",
    ),
    path("massnahme/<slug:identifier>/abgeben/", strategy.measure_submit, name="measure_submit"),
    path(
        "massnahme/<slug:identifier>/zurueck/",
        strategy.measure_take_back,
        name="measure_take_back",
    ),
    path("massnahme/<slug:identifier>/verschieben/", strategy.measure_move, name="measure_move"),
    path("massnahme/<slug:identifier>/aufgeben/", strategy.measure_retire, name="measure_retire"),
    path(
        "massnahme/<slug:identifier>/federfuehrung/",
        strategy.measure_ask_lead,
        name="measure_ask_lead",
    ),
    path(
        "massnahme/<slug:identifier>/federfuehrung/antwort/",
        strategy.measure_answer_lead,
        name="measure_answer_lead",
    ),
    path(
        "massnahme/<slug:identifier>/federfuehrung/wunsch/",
        strategy.measure_answer_wish,
        name="measure_answer_wish",
    ),
]
