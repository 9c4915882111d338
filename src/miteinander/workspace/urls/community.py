from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import community

urlpatterns: list[URLPattern] = [
    path("kommune/", community.overview, name="community"),
    path("kommune/organisationen/", community.organisations, name="organisations"),
    path("kommune/organisationen/neu/", community.organisation_new, name="organisation_new"),
    path(
        "kommune/organisationen/<slug:identifier>/",
        community.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "kommune/organisationen/<slug:identifier>/amt/", community.office_edit, name="office_edit"
    ),
    path("kommune/personen/", community.people, name="people"),
    path("kommune/personen/neu/", community.person_new, name="person_new"),
    path("kommune/personen/<int:pk>/", community.person_edit, name="person_edit"),
    path("kommune/personen/<int:pk>/einladen/", community.person_invite, name="person_invite"),
    path("kommune/personen/<int:pk>/loeschen/", community.person_forget, name="person_forget"),
    path("kommune/perspektiven/", community.perspectives, name="perspectives"),
    path("kommune/perspektiven/neu/", community.perspective_new, name="perspective_new"),
    path(
        "kommune/perspektiven/<slug:identifier>/",
        community.perspective_edit,
        name="perspective_edit",
    ),
    path("kommune/gremien/neu/", community.body_new, name="body_new"),
    path("kommune/gremien/<slug:identifier>/", community.body, name="body"),
    path("kommune/gremien/<slug:identifier>/bearbeiten/", community.body_edit, name="body_edit"),
    path("kommune/gremien/<slug:identifier>/sitze/neu/", community.seat_new, name="seat_new"),
    path("kommune/sitze/<int:pk>/", community.seat_edit, name="seat_edit"),
    path("kommune/sitze/<int:pk>/besetzen/", community.seat_fill, name="seat_fill"),
    path("kommune/sitze/<int:pk>/abwesenheit/", community.seat_absence, name="seat_absence"),
]
