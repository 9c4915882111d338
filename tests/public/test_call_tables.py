"""The tables of a call: what a method keeps besides contributions, and who may have which."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import KeptMap, Survey
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.ALLOWED_HOSTS = [".example"]
    return make.MunicipalityFactory()


def table(client, call, name, *, page="public", status=200):
    client.defaults["HTTP_HOST"] = call.municipality.host
    answer = client.get(reverse(f"{page}:call_table", args=[call.identifier, name, "json"]))
    assert answer.status_code == status
    return json.loads(answer.content)["rows"] if status == 200 else None


def pages(client, call):
    """What the open page and the page of the office link to."""
    client.defaults["HTTP_HOST"] = call.municipality.host
    names = ("public:call", "workspace:call")
    return [client.get(reverse(n, args=[call.identifier])).content.decode() for n in names]


def test_statements_are_for_everybody_and_single_votes_for_the_office(client, town):
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process, method="statements")
    by = {"by": make.coordinator(town), "at": timezone.now()}
    one, two = actions.write_statements(call, ["Eins ist gut.", "Zwei ist gut."], **by)
    actions.cast_vote(call, "AAAA-BBBB-CCCC", statement=one.identifier, value=1, at=by["at"])
    shown = {"number": 1, "seen": 9, "agree": 0.5, "disagree": None, "pass": 0.25, "groups": []}
    KeptMap.objects.create(call=call, drawn_at=by["at"], shown={"rows": [shown]})
    rows = table(client, call, "thesen")
    assert rows[0] == {
        "number": 1, "statement": "Eins ist gut.", "seen": 9, "agree": "0.500", "disagree": "",
        "pass": "0.250",
    }  # fmt: skip
    assert (rows[1]["statement"], rows[1]["seen"]) == (two.title, None)
    table(client, call, "stimmen", status=404)
    make.sign_in(client, town)
    table(client, call, "stimmen", status=404)
    assert table(client, call, "stimmen", page="workspace") == [
        {"participant": 1, "statement": 1, "vote": 1}
    ]
    KeptMap.objects.all().delete()
    public, office = pages(client, call)
    assert "/thesen.csv" in public
    assert "/stimmen.csv" not in public
    assert "/thesen.csv" in office
    assert "/stimmen.csv" in office


def test_results_of_a_survey_are_for_everybody_once_they_are_shown(client, town):
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process, method="survey")
    question = make.SurveyQuestionFactory(call=call, title="Wie kommen Sie?", options="Rad\nBus")
    for _person in range(6):
        response = make.SurveyResponseFactory(call=call, state="sent", turn=1)
        response.answers.create(question=question, option=1)
    table(client, call, "ergebnisse", status=404)
    table(client, call, "antworten", status=404)
    assert "/ergebnisse.csv" not in client.get(call.get_absolute_url()).content.decode()
    Survey.objects.update_or_create(pk=call.pk, defaults={"results": "open"})
    rows = table(client, call, "ergebnisse")
    assert ("Rad", "6") in {(row["answer"], row["count"]) for row in rows}
    table(client, call, "antworten", status=404)
    make.sign_in(client, town)
    assert len(table(client, call, "antworten", page="workspace")) == 6
    public, office = pages(client, call)
    assert "/ergebnisse.csv" in public
    assert "/antworten.csv" not in public
    assert "/antworten.csv" in office


def test_other_methods_have_contributions_only(client, town):
    call = make.CallFactory(process=make.ProcessFactory(municipality=town))
    for name in ("thesen", "stimmen", "ergebnisse", "antworten"):
        table(client, call, name, status=404)
    assert table(client, call, "beitraege") == []
