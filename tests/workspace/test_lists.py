"""The pages of lists: sent, looked at, decided about, confirmed; nobody else's business."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from miteinander.community import actions
from miteinander.community.models import Person, SheetImport, SheetLine
from miteinander.community.states import LineSubject
from miteinander.core.models import Event
from miteinander.core.standing import Role
from tests.community.lists import MESSY
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    found = MunicipalityFactory(host="testserver")
    OrganisationFactory(municipality=found, title="Volkshochschule Musterstadt")
    return found


def send(client, data=MESSY, name="liste.xlsx"):
    return client.post(reverse("workspace:lists"), {"file": SimpleUploadedFile(name, data)})


def here(name, found):
    return reverse(f"workspace:{name}", args=[found.pk])


def test_a_list_goes_in_twice_and_the_second_time_there_is_nothing_to_do(client, town):
    sign_in(client, town)
    for turn in (1, 2):
        send(client)
        found = SheetImport.objects.latest("pk")
        page = client.get(here("list", found))
        assert ("Es gibt nichts zu tun" in page.content.decode()) == (turn == 2)
        if turn == 1:
            assert not Person.objects.filter(name="Anna Beispiel").exists()
            client.post(here("list_decide", found), {"alle": "0"})
            client.post(here("list_take", found))
            client.post(here("list_take", found))
            assert "4 Personen aufgenommen" in client.get(here("list", found)).content.decode()
    assert Person.objects.filter(name="Anna Beispiel").count() == 1
    assert Event.objects.filter(kind="register.imported").count() == 1
    first = SheetImport.objects.earliest("pk")
    assert bytes(first.content) == b""
    assert not first.lines.exists()
    assert "Beispiel" not in str(first.totals)


def test_what_is_no_table_is_refused_with_words_and_not_kept(client, town):
    sign_in(client, town)

    answer = send(client, b"%PDF-1.7", "liste.xlsx")

    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_columns_can_be_changed_and_are_remembered(client, town):
    sign_in(client, town)
    send(client, b"Wer;Wo\nAnna A;Nord\n")
    found = SheetImport.objects.get()
    address = here("list_columns", found)
    assert client.post(address, {"column-0": "", "column-1": ""}).status_code == 422
    assert client.post(address, {"column-0": "name", "column-1": "name"}).status_code == 422

    assert (
        client.post(address, {"column-0": "function", "column-1": "organisation"}).status_code
        == 303
    )
    send(client, b"Wer;Wo\nBernd B;Mitte\n")

    last = SheetImport.objects.latest("pk")
    assert last.mapping == {"0": "function", "1": "organisation"}


def test_a_decision_about_a_line_that_is_no_number_is_passed_over(client, town):
    sign_in(client, town)
    send(client)
    found = SheetImport.objects.get()

    answer = client.post(here("list_decide", found), {"line-²": "leave"})

    assert (answer.status_code, answer.url) == (303, here("list", found))


def test_a_first_row_of_unknown_headings_is_asked_about_and_is_nobody(client, town):
    sign_in(client, town)
    send(client, b"Wer;Wo\nAnna A;Nord\n")
    found = SheetImport.objects.get()
    shown = client.get(here("list", found)).content.decode()
    assert "als Eintrag gelesen: Wer · Wo" in shown
    assert "Nichts davon lässt sich übernehmen" in shown
    assert "Es gibt nichts zu tun" not in shown
    said = {"column-0": "name", "column-1": "organisation"}

    client.post(here("list_columns", found), {**said, "is_headed": "on"})

    assert _people(found) == ["Anna A"]
    assert "als Eintrag gelesen" not in client.get(here("list", found)).content.decode()
    assert 'for="id_column-0">Wer' in client.get(here("list_columns", found)).content.decode()
    # Remembered for the next list with these headings, until somebody says that they are none.
    send(client, b"Wer;Wo\nBernd B;Mitte\n")
    last = SheetImport.objects.latest("pk")
    assert (_people(last), last.mapping) == (["Bernd B"], {"0": "name", "1": "organisation"})
    client.post(here("list_columns", last), said)
    assert _people(last) == ["Bernd B", "Wer"]
    send(client, b"Wer;Wo\nCem C;Mitte\n")
    assert _people(SheetImport.objects.latest("pk")) == ["Cem C", "Wer"]


def test_a_first_row_with_an_address_is_an_entry_and_nobody_is_asked(client, town):
    sign_in(client, town)
    send(client, b"Anna A;anna@example.org\nBernd B;bernd@example.org\n")
    found = SheetImport.objects.get()
    assert "in der ersten Zeile" not in client.get(here("list", found)).content.decode()
    assert "is_headed" not in client.get(here("list_columns", found)).content.decode()


def _people(found):
    lines = SheetLine.objects.filter(sheet_import=found, subject=LineSubject.PERSON)
    return sorted(lines.values_list("title", flat=True))


def test_only_its_owner_sees_a_list(client, town):
    sign_in(client, town)
    send(client)
    found = SheetImport.objects.get()
    sign_in(client, town)

    assert client.get(here("list", found)).status_code == 404
    assert client.post(here("list_drop", found)).status_code == 404
    sign_in(client, town, Role.MEMBER)
    assert client.get(here("list", found)).status_code == 403


def test_whoever_is_forgotten_and_what_lies_about_goes_with_the_file(client, town):
    sign_in(client, town)
    send(client)
    person = PersonFactory(municipality=town, name="Anna Beispiel")
    by = coordinator(town)
    actions.forget_person(person, by=by, at=by.at)
    assert not SheetImport.objects.exists()
    assert not SheetLine.objects.exists()

    send(client)
    actions.sweep_imports(at=timezone.now() + timedelta(days=6))
    assert SheetImport.objects.count() == 1
    actions.sweep_imports(at=timezone.now() + timedelta(days=8))
    assert not SheetImport.objects.exists()


@pytest.mark.parametrize(
    ("asked", "number", "shown"), [("2", 2, 10), ("", 1, 50), ("9", 2, 10), ("x", 1, 50)]
)
def test_a_page_of_a_preview_is_turned_to_and_one_too_far_is_the_last(
    client, town, asked, number, shown
):
    sign_in(client, town)
    send(client, ("Name\n" + "".join(f"A{n} B{n}\n" for n in range(60))).encode())
    found = SheetImport.objects.get()

    page = client.get(here("list", found), {"page": asked}).context["page"]

    assert (page.number, len(page), page.paginator.count) == (number, shown, 60)


@pytest.mark.parametrize("count", [1, 30])
def test_a_preview_costs_the_same_for_one_entry_as_for_many(
    client, town, count, django_assert_num_queries
):
    sign_in(client, town)
    send(
        client,
        ("Name;E-Mail\n" + "".join(f"A{n} B{n};a{n}@x.example\n" for n in range(count))).encode(),
    )
    found = SheetImport.objects.get()

    client.get(reverse("workspace:lists"))  # warms the frame
    # town, session, account, membership with person, seats; then the list and a page of its lines
    with django_assert_num_queries(7):
        assert client.get(here("list", found)).context["page"].paginator.count == count


def test_the_report_names_those_who_are_left_out_with_their_organisation(client, town):
    sign_in(client, town)
    send(client)
    found = SheetImport.objects.get()

    client.post(here("list_take", found))

    found.refresh_from_db()
    # Row 6 holds the undecided organisation and Anna, row 7 Bernd.
    assert [line["row"] for line in found.totals["left"]].count(6) == 2
    assert "Beispiel" not in str(found.totals)


def test_the_register_is_given_out_by_links_that_say_what_they_hold(client, town):
    sign_in(client, town)

    page = client.get(reverse("workspace:lists")).content.decode()

    for name in ("Personen · XLSX", "Personen · CSV", "Organisationen · XLSX"):
        assert f"download>{name}</a>" in page
