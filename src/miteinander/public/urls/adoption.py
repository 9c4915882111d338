from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.public.views import adoption, ballots

urlpatterns: list[URLPattern] = [
    path("fassung/<slug:identifier>/", adoption.version, name="version"),
    path("fassung/<slug:identifier>.<slug:ending>", adoption.version_file, name="version_file"),
    path("dokumente/", adoption.documents, name="documents"),
    path("einwand/<slug:identifier>/", adoption.objection, name="objection"),
    path("abstimmung/<slug:identifier>/", ballots.ballot, name="ballot"),
    path("abstimmung/<slug:identifier>/<slug:name>/", ballots.ballot_file, name="ballot_file"),
]
