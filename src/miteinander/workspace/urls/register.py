"""What belongs to the register and came later: oneself, consent, offers, histories."""

from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.community import (
    characteristics,
    consent,
    gaps,
    integreat,
    me,
    offers,
    organisation,
    perspectives,
    radar,
    seats,
    targets,
)

urlpatterns: list[URLPattern] = [
    path("ich/", me.me, name="me"),
    path("ich/angaben/", me.me_describe, name="me_describe"),
    path("ich/angaben/loeschen/", me.me_erase, name="me_erase"),
    path("ich/einwilligung/", me.me_consent, name="me_consent"),
    path("kommune/merkmale/", characteristics.characteristics, name="characteristics"),
    path("kommune/personen/<int:pk>/einwilligung/", consent.person_consent, name="person_consent"),
    path("kommune/wer-fehlt/", radar.overview, name="radar"),
    path("kommune/wer-fehlt.<slug:ending>", radar.overview_file, name="radar_file"),
    path("kommune/gremien/<slug:identifier>/wer-fehlt/", radar.body, name="body_radar"),
    path(
        "kommune/gremien/<slug:identifier>/wer-fehlt.<slug:ending>",
        radar.body_file,
        name="body_radar_file",
    ),
    path("kommune/soll/", targets.targets, name="targets"),
    path("kommune/soll/<slug:kind>/", targets.target_edit, name="target_edit"),
    path("kommune/soll/<slug:kind>/aufheben/", targets.target_drop, name="target_drop"),
    path("kommune/angebote/", offers.offers, name="offers"),
    path("kommune/angebote/neu/", offers.offer_new, name="offer_new"),
    path("kommune/angebote/luecken/", gaps.gaps, name="gaps"),
    path("kommune/angebote/integreat/", integreat.offers_read, name="offers_read"),
    path("kommune/angebote/datei/<slug:ending>/", offers.offers_file, name="offers_file"),
    path("kommune/angebote/<slug:identifier>/", offers.offer_edit, name="offer_edit"),
    path("kommune/angebote/<slug:identifier>/ende/", offers.offer_end, name="offer_end"),
    path(
        "kommune/organisationen/<slug:identifier>/",
        organisation.organisation,
        name="organisation",
    ),
    path(
        "kommune/perspektiven/<slug:identifier>/ruhen/",
        perspectives.perspective_retire,
        name="perspective_retire",
    ),
    path("kommune/sitze/<int:pk>/uebergeben/", seats.seat_hand_over, name="seat_hand_over"),
    path("kommune/sitze/<int:pk>/verlauf/", seats.seat_history, name="seat_history"),
]
