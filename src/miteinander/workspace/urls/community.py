from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.community import (
    bodies,
    hours,
    looks,
    mailtexts,
    news,
    organisations,
    overview,
    pages,
    people,
    perspectives,
    seats,
    words,
)

urlpatterns: list[URLPattern] = [
    path("kommune/", overview.overview, name="community"),
    path("kommune/organisationen/", organisations.organisations, name="organisations"),
    path("kommune/organisationen/neu/", organisations.organisation_new, name="organisation_new"),
    path(
        "kommune/organisationen/<slug:identifier>/bearbeiten/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "kommune/organisationen/<slug:identifier>/ende/",
        organisations.organisation_end,
        name="organisation_end",
    ),
    path(
        "kommune/organisationen/<slug:identifier>/amt/",
        organisations.office_edit,
        name="office_edit",
    ),
    path("kommune/personen/", people.people, name="people"),
    path("kommune/personen/neu/", people.person_new, name="person_new"),
    path("kommune/personen/<int:pk>/", people.person_edit, name="person_edit"),
    path("kommune/personen/<int:pk>/einladen/", people.person_invite, name="person_invite"),
    path("kommune/personen/<int:pk>/loeschen/", people.person_forget, name="person_forget"),
    path("kommune/perspektiven/", perspectives.perspectives, name="perspectives"),
    path("kommune/perspektiven/neu/", perspectives.perspective_new, name="perspective_new"),
    path(
        "kommune/perspektiven/<slug:identifier>/",
        perspectives.perspective_edit,
        name="perspective_edit",
    ),
    path("kommune/gremien/neu/", bodies.body_new, name="body_new"),
    path("kommune/gremien/<slug:identifier>/", bodies.body, name="body"),
    path("kommune/gremien/<slug:identifier>/bearbeiten/", bodies.body_edit, name="body_edit"),
    path("kommune/gremien/<slug:identifier>/sitze/neu/", seats.seat_new, name="seat_new"),
    path("kommune/sitze/<int:pk>/", seats.seat_edit, name="seat_edit"),
    path("kommune/sitze/<int:pk>/besetzen/", seats.seat_fill, name="seat_fill"),
    path("kommune/sitze/<int:pk>/abwesenheit/", seats.seat_absence, name="seat_absence"),
    path("kommune/organisationen/<slug:identifier>/tage/", hours.closures, name="closures"),
    path(
        "kommune/organisationen/<slug:identifier>/tage/neu/", hours.closure_new, name="closure_new"
    ),
    path(
        "kommune/organisationen/<slug:identifier>/tage/entfernen/",
        hours.closure_remove,
        name="closure_remove",
    ),
    path("kommune/aktuelles/", news.news_list, name="news_list"),
    path("kommune/aktuelles/neu/", news.news_new, name="news_new"),
    path("kommune/vorschau/", news.preview, name="preview"),
    path("kommune/aktuelles/<slug:identifier>/", news.news, name="news"),
    path(
        "kommune/aktuelles/<slug:identifier>/veroeffentlichen/",
        news.news_publish,
        name="news_publish",
    ),
    path(
        "kommune/aktuelles/<slug:identifier>/zeitpunkt/", news.news_schedule, name="news_schedule"
    ),
    path(
        "kommune/aktuelles/<slug:identifier>/zuruecknehmen/",
        news.news_take_back,
        name="news_take_back",
    ),
    path("kommune/aktuelles/<slug:identifier>/abgelaufen/", news.news_retire, name="news_retire"),
    path("kommune/aktuelles/<slug:identifier>/bild/", news.news_picture, name="news_picture"),
    path(
        "kommune/aktuelles/<slug:identifier>/bild/waehlen/",
        news.news_picture_choose,
        name="news_picture_choose",
    ),
    path(
        "kommune/aktuelles/<slug:identifier>/frueher/<int:event>/",
        news.news_restore,
        name="news_restore",
    ),
    path("kommune/seiten/", pages.pages, name="pages"),
    path("kommune/seiten/neu/", pages.page_new, name="page_new"),
    path("kommune/seiten/angaben/", pages.legal_facts, name="legal_facts"),
    path("kommune/seiten/recht/<slug:legal>/", pages.legal, name="legal"),
    path("kommune/seiten/<slug:identifier>/", pages.page, name="page"),
    path(
        "kommune/seiten/<slug:identifier>/veroeffentlichen/",
        pages.page_publish,
        name="page_publish",
    ),
    path(
        "kommune/seiten/<slug:identifier>/zuruecknehmen/",
        pages.page_take_back,
        name="page_take_back",
    ),
    path(
        "kommune/seiten/<slug:identifier>/frueher/<int:event>/",
        pages.page_restore,
        name="page_restore",
    ),
    path("kommune/uebersetzen/", words.translations, name="translations"),
    path(
        "kommune/uebersetzen/<slug:identifier>/<str:language>/",
        words.translation,
        name="translation",
    ),
    path("kommune/mailtexte/", mailtexts.mail_texts, name="mail_texts"),
    path("kommune/mailtexte/<str:mail>/<str:language>/", mailtexts.mail_text, name="mail_text"),
    path(
        "kommune/mailtexte/<str:mail>/<str:language>/zuruecknehmen/",
        mailtexts.mail_text_drop,
        name="mail_text_drop",
    ),
    path("kommune/bilder/", looks.pictures, name="pictures"),
    path("kommune/bilder/neu/", looks.picture_new, name="picture_new"),
    path("kommune/bilder/<slug:identifier>/", looks.picture_edit, name="picture_edit"),
    path(
        "kommune/bilder/<slug:identifier>/entfernen/", looks.picture_remove, name="picture_remove"
    ),
    path("kommune/erscheinung/", looks.appearance, name="appearance"),
    path("kommune/erscheinung/wappen/", looks.crest, name="crest"),
    path("kommune/erscheinung/wappen/entfernen/", looks.crest_remove, name="crest_remove"),
]
