from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.adoption import ballots, beside, papers
from miteinander.workspace.views.adoption import reviewing as adoption

urlpatterns: list[URLPattern] = [
    path("abstimmung/", adoption.reviews, name="review"),
    path("abstimmung/<slug:identifier>/", adoption.review, name="review"),
    path("stimme/<slug:identifier>/", adoption.voice, name="voice"),
    path("einwaende/", adoption.objections, name="objections"),
    path("einwand/<slug:identifier>/", adoption.objection, name="objection"),
    path(
        "einwand/<slug:identifier>/zuruecknehmen/",
        adoption.objection_withdraw,
        name="objection_withdraw",
    ),
    path("einwand/<slug:identifier>/mitnehmen/", adoption.objection_carry, name="objection_carry"),
    path("fassungen/", adoption.versions, name="versions"),
    path("fassungen/<slug:identifier>/neu/", adoption.version_freeze, name="version_freeze"),
    path("fassung/<slug:identifier>/", adoption.version, name="version"),
    path("fassung/<slug:identifier>/stand/", adoption.version_progress, name="version_progress"),
    path("fassung/<slug:identifier>/bauen/", adoption.version_build, name="version_build"),
    path("fassung/<slug:identifier>/beschluss/", adoption.version_adopt, name="version_adopt"),
    path("abstimmungen/", ballots.ballots, name="votes"),
    path("abstimmungen/neu/<slug:identifier>/", ballots.ballot_methods, name="vote_methods"),
    path("abstimmungen/neu/<slug:identifier>/<slug:method>/", ballots.ballot_new, name="vote_new"),
    path("abstimmungen/<slug:identifier>/", ballots.ballot, name="vote_in"),
    path("abstimmungen/<slug:identifier>/bearbeiten/", ballots.ballot_edit, name="vote_edit"),
    path("abstimmungen/<slug:identifier>/oeffnen/", ballots.ballot_open, name="vote_open"),
    path("abstimmungen/<slug:identifier>/beenden/", ballots.ballot_end, name="vote_end"),
    path("abstimmungen/<slug:identifier>/stimmen/", ballots.ballot_cast, name="vote_cast"),
    path("abstimmungen/<slug:identifier>/papier/", papers.papers, name="vote_papers"),
    path(
        "abstimmungen/<slug:identifier>/papier/ausgeben/",
        papers.papers_hand_out,
        name="vote_hand_out",
    ),
    path(
        "abstimmungen/<slug:identifier>/papier/fertig/",
        papers.papers_finish,
        name="vote_papers_finish",
    ),
    path(
        "abstimmungen/<slug:identifier>/papier/zettel.pdf",
        papers.papers_file,
        name="vote_papers_file",
    ),
    path("abstimmungen/<slug:identifier>/tagesordnung/", beside.ballot_place, name="vote_place"),
    path("abstimmungen/<slug:identifier>/beschluss/", beside.ballot_decide, name="vote_decide"),
]
