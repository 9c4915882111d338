from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views import call_radar
from miteinander.workspace.views import participation as views

urlpatterns: list[URLPattern] = [
    path("beteiligung/", views.calls, name="calls"),
    path("beteiligung/<slug:process>/aufruf/neu/", views.call_new, name="call_new"),
    path("beteiligung/aufruf/<slug:identifier>/", views.call, name="call"),
    path("beteiligung/aufruf/<slug:identifier>/bearbeiten/", views.call_edit, name="call_edit"),
    path("beteiligung/aufruf/<slug:identifier>/eingeben/", views.call_entry, name="call_entry"),
    path(
        "beteiligung/aufruf/<slug:identifier>/eingeben/zuruecknehmen/",
        views.call_entry_undo,
        name="call_entry_undo",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/karten-einlesen/",
        views.call_cards_read,
        name="call_cards_read",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/tabelle/<slug:table>.<slug:ending>",
        views.call_table,
        name="call_table",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/papier/<slug:paper>.<slug:ending>",
        views.call_paper,
        name="call_paper",
    ),
    path("beteiligung/aufruf/<slug:identifier>/code/", views.call_code, name="call_code"),
    path(
        "beteiligung/aufruf/<slug:identifier>/wer-fehlt/", call_radar.call_radar, name="call_radar"
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/wer-fehlt.<slug:ending>",
        call_radar.call_radar_file,
        name="call_radar_file",
    ),
    path("beteiligung/aufruf/<slug:identifier>/runde/", views.questions, name="questions"),
    path(
        "beteiligung/aufruf/<slug:identifier>/fragerunde/",
        views.question_time,
        name="question_time",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/leinwand/",
        views.questions_screen,
        name="questions_screen",
    ),
    path("beteiligung/aufruf/<slug:identifier>/thesen/", views.statements, name="statements"),
    path(
        "beteiligung/aufruf/<slug:identifier>/thesen/stimmen.csv",
        views.votes_file,
        name="votes_file",
    ),
    path("beteiligung/aufruf/<slug:identifier>/thesen/boegen/", views.ballots, name="ballots"),
    path("beteiligung/aufruf/<slug:identifier>/karte/", views.opinion_map, name="opinion_map"),
    path("beteiligung/these/<slug:identifier>/", views.statement_edit, name="statement_edit"),
    path(
        "beteiligung/these/<slug:identifier>/herausnehmen/",
        views.statement_withdraw,
        name="statement_withdraw",
    ),
    path(
        "beteiligung/beitrag/<slug:identifier>/these/",
        views.statement_adopt,
        name="statement_adopt",
    ),
    path("beteiligung/aufruf/<slug:identifier>/entwurf/", views.call_draft, name="call_draft"),
    path(
        "beteiligung/aufruf/<slug:identifier>/entwurf/in/<slug:language>/<int:page>/",
        views.draft_words,
        name="draft_words",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/synopse/", views.call_synopsis, name="call_synopsis"
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/synopse.<slug:ending>",
        views.call_synopsis_file,
        name="call_synopsis_file",
    ),
    path("beteiligung/<slug:process>/lesen/", views.moderation, name="moderation"),
    path("beteiligung/<slug:process>/lesen/zurueck/", views.reconsider, name="reconsider"),
    path(
        "beteiligung/<slug:process>/lesen/gruende/", views.refusal_reasons, name="refusal_reasons"
    ),
    path("beteiligung/<slug:process>/karten/", views.cards, name="cards"),
    path("beteiligung/<slug:process>/sortieren/", views.board, name="board"),
    path("beteiligung/<slug:process>/sortieren/stand/", views.board_stand, name="board_stand"),
    path("beteiligung/<slug:process>/vorschlaege/", views.suggestions, name="suggestions"),
    path("beteiligung/<slug:process>/rueckgaengig/", views.undo, name="undo"),
    path("beteiligung/<slug:process>/verbinden/", views.merge, name="merge"),
    path("beteiligung/<slug:process>/antworten/", views.answers, name="answers"),
    path("beteiligung/<slug:process>/thema/neu/", views.theme_new, name="theme_new"),
    path("beteiligung/thema/<slug:identifier>/", views.theme, name="theme"),
    path("beteiligung/thema/<slug:identifier>/name/", views.theme_rename, name="theme_rename"),
    path("beteiligung/thema/<slug:identifier>/ende/", views.theme_retire, name="theme_retire"),
    path("beteiligung/thema/<slug:identifier>/umzug/", views.theme_move, name="theme_move"),
    path("beteiligung/thema/<slug:identifier>/antwort/", views.theme_answer, name="theme_answer"),
    path("beteiligung/beitrag/<slug:identifier>/", views.contribution, name="contribution"),
    path("beteiligung/beitrag/<slug:identifier>/ablehnen/", views.refuse, name="refuse"),
    path("beteiligung/beitrag/<slug:identifier>/schwaerzen/", views.black_out, name="black_out"),
    path(
        "beteiligung/beitrag/<slug:identifier>/schwaerzen/zurueck/",
        views.show_again,
        name="show_again",
    ),
    path("beteiligung/beitrag/<slug:identifier>/teilen/", views.split, name="split"),
    path("beteiligung/beitrag/<slug:identifier>/antwort/", views.answer, name="answer"),
    path(
        "beteiligung/beitrag/<slug:identifier>/bild/",
        views.contribution_picture,
        name="contribution_picture",
    ),
    path(
        "beteiligung/beitrag/<slug:identifier>/nachtrag/",
        views.answer_supplement,
        name="answer_supplement",
    ),
    path("beteiligung/<slug:process>/zusammen-antworten/", views.answer_many, name="answer_many"),
    path(
        "beteiligung/beitrag/<slug:identifier>/antwort/in/<slug:language>/",
        views.answer_translate,
        name="answer_translate",
    ),
    path(
        "beteiligung/<slug:process>/antworten/uebersetzen/",
        views.answer_translations,
        name="answer_translations",
    ),
    path(
        "beteiligung/<slug:process>/antworten/briefe/",
        views.answer_letters_page,
        name="answer_letters",
    ),
    path(
        "beteiligung/<slug:process>/antworten.<slug:ending>",
        views.answers_file,
        name="answers_file",
    ),
    path(
        "beteiligung/aufruf/<slug:identifier>/was-daraus-wurde.<slug:ending>",
        views.call_answers_sheet,
        name="call_answers_sheet",
    ),
    path("beteiligung/textbausteine/", views.text_blocks, name="text_blocks"),
    path("beteiligung/textbausteine/neu/", views.text_block_new, name="text_block_new"),
    path(
        "beteiligung/textbausteine/beispiele/",
        views.text_block_examples,
        name="text_block_examples",
    ),
    path("beteiligung/textbausteine/<int:pk>/", views.text_block_edit, name="text_block_edit"),
    path(
        "beteiligung/textbausteine/<int:pk>/aufgeben/",
        views.text_block_retire,
        name="text_block_retire",
    ),
    path(
        "beteiligung/beitrag/<slug:identifier>/kommentare-beantworten/",
        views.answer_comments,
        name="answer_comments",
    ),
]
