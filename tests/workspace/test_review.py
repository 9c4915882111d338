"""The office's side of a draft: laying it out, and the synopsis as page and file."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions, queries
from miteinander.participation.readers import passages_in
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    return f.CallFactory(process=process, phase=f.PhaseFactory(process=process), method="review")


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def commented(call, *, number=1, text="Zu allgemein.", **more):
    passage = queries.passages_of(call)[number - 1]
    said, _code = actions.comment_on_passage(
        passage,
        text=text,
        may_publish=True,
        form_key=text,
        by=f.visitor(call.municipality),
        at=timezone.now(),
        **more,
    )
    return actions.publish_contribution(said, **office(call))


@pytest.fixture
def draft(call):
    return actions.lay_out_draft(call, passages_in("Wir reden.\n\nWir hören."), **office(call))


def test_a_draft_is_pasted(client, call):
    answer = client.post(desk("call_draft", call.identifier), {"text": "# A\n\nB"})

    assert answer.status_code == 303
    assert [p.text for p in queries.passages_of(call)] == ["A", "B"]
    assert "# A\n\nB" in client.get(desk("call_draft", call.identifier)).content.decode()


def test_a_draft_is_sent_as_a_file_which_counts_before_the_field(client, call):
    file = SimpleUploadedFile("entwurf.md", "Größe".encode("cp1252"))
    client.post(desk("call_draft", call.identifier), {"text": "alt", "file": file})

    assert [p.text for p in queries.passages_of(call)] == ["Größe"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": ""}, "keinen Absatz"),
        ({"text": "x", "file": SimpleUploadedFile("a.docx", b"PK\x03\x04")}, "kein einfacher Text"),
    ],
)
def test_what_is_no_draft_is_refused(client, call, sent, says):
    answer = client.post(desk("call_draft", call.identifier), sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_draft_with_comments_stays_and_what_was_typed_is_kept(client, draft):
    commented(draft)
    answer = client.post(desk("call_draft", draft.identifier), {"text": "Ganz anders."})

    assert answer.status_code == 422
    assert "Ganz anders." in answer.content.decode()
    assert "in einen eigenen Aufruf" in answer.content.decode()


def test_the_page_of_the_call_leads_to_draft_and_synopsis(client, draft):
    page = client.get(desk("call", draft.identifier)).content.decode()

    assert desk("call_draft", draft.identifier) in page
    assert desk("call_synopsis", draft.identifier) in page


def test_whoever_reads_what_came_in_sees_the_passage_and_the_proposal(client, draft):
    actions.comment_on_passage(
        queries.passages_of(draft)[0], text="Besser so.", proposal="Wir sprechen.",
        may_publish=True, form_key="a", by=f.visitor(draft.municipality), at=timezone.now(),
    )  # fmt: skip
    page = client.get(desk("moderation", draft.process.identifier)).content.decode()

    assert "Zu Absatz 1:" in page
    assert "Wir sprechen." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_synopsis_costs_the_same_however_many_comments(
    client, draft, rows, django_assert_max_num_queries
):
    for number in range(rows):
        commented(draft, text=f"Stimme {number}.", proposal=f"Wir reden {number}.")
    client.get(desk("calls"))
    with django_assert_max_num_queries(8) as asked:
        page = client.get(desk("call_synopsis", draft.identifier)).content.decode()

    assert page.count('<h3 class="kern-sr-only">Vorgeschlagener Wortlaut</h3>') == rows
    assert len(asked) == 7


def test_the_synopsis_is_a_table_that_begins_no_formula(client, draft):
    commented(draft, text="=1+1", quote="reden", proposal="@Wir")
    answer = client.get(desk("call_synopsis_file", draft.identifier, "xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert [cell.value for cell in sheet[2]][:5] == ["1", "Wir reden.", "reden", "=1+1", "@Wir"]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "inlineStr"}
    plain = client.get(desk("call_synopsis_file", draft.identifier, "csv")).content.decode()
    assert "'=1+1" in plain


def test_the_synopsis_is_a_paper_for_the_committee(client, draft):
    said = commented(draft, text="Zu allgemein.", proposal="Wir sprechen.")
    actions.answer_contribution(
        said.refreshed(), outcome="taken_up", reason="So machen wir es.", **office(draft)
    )
    answer = client.get(desk("call_synopsis_file", draft.identifier, "docx"))
    file = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]

    assert "Zu allgemein." in cells
    assert "Wir sprechen." in cells
    assert "aufgenommen: So machen wir es." in cells


def test_a_file_of_another_kind_is_not_there(client, draft):
    assert client.get(desk("call_synopsis_file", draft.identifier, "exe")).status_code == 404


def test_a_call_for_ideas_has_no_synopsis(client, town):
    process = f.ProcessFactory(municipality=town)
    other = f.CallFactory(process=process, phase=f.PhaseFactory(process=process))

    for name in ("call_draft", "call_synopsis"):
        assert client.get(desk(name, other.identifier)).status_code == 404
