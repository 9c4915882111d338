"""Papers of a meeting: who gets them, what stands in them, and the kit without network."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
import segno
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from miteinander.core.identifiers import on_paper
from miteinander.documents.apart import made
from miteinander.documents.codes import qr_svg, way_to
from miteinander.process.models import AgendaItem, Attendance, Task
from tests import factories as make
from tests.documents.pdfs import Pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _made_right_here(monkeypatch):
    """What a process of its own does for the server; the kit is made by a real one."""
    monkeypatch.setattr("miteinander.workspace.views.process.papers.render_apart", made)


@pytest.fixture
def meeting(town):
    process = make.ProcessFactory(municipality=town)
    phase = make.PhaseFactory(process=process)
    meeting = make.MeetingFactory(
        process=process, title="Zweite Fachrunde", happened_on=timezone.localdate() + DAY,
        place="Kornhaus", starts_at=dt.time(18), ends_at=dt.time(20),
    )  # fmt: skip
    AgendaItem.objects.create(meeting=meeting, position=1, title="Begrüßung", minutes=15)
    AgendaItem.objects.create(meeting=meeting, position=2, title="Ziele")
    Task.objects.create(meeting=meeting, what="Räume suchen", owner_function="Amt")
    school = make.OrganisationFactory(municipality=town, title="Grundschule Nord")
    school.address = "Schulweg 3, 87435 Kempten"
    school.save()
    by_letter = make.PersonFactory(municipality=town, name="Zita Quell", email="", language="en")
    by_mail = make.agreed(
        make.PersonFactory(municipality=town, name="Omar Bach", email="omar@example.org")
    )
    make.SeatFactory(
        body=meeting.body,
        function="Elternbeirat",
        holder=by_letter,
        organisation=school,
        position=1,
    )
    make.SeatFactory(body=meeting.body, function="Jugend", holder=by_mail, position=2)
    make.CallFactory(
        process=process, phase=phase, title="Orte", question="Wo fehlt ein Treffpunkt?",
        closes_at=timezone.now() + 5 * DAY,
    )  # fmt: skip
    return meeting


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def paper(client, meeting, name, ending="pdf"):
    response = client.get(to("meeting_paper", meeting.identifier, name, ending))
    assert response.status_code == 200, response.content[:300]
    assert response["Cache-Control"] == "no-store, private"
    return response.content


def short(meeting):
    return f"http://testserver/k/{meeting.identifier}"


def test_every_paper_leads_back_by_qr_and_by_code(client, town, meeting):
    make.sign_in(client, town)
    for name in (
        "anwesenheit",
        "tagesordnung",
        "aufgaben",
        "namensschilder",
        "ansteckschilder",
    ):
        pdf = Pdf(paper(client, meeting, name))
        alternatives = [figure.alt for figure in pdf.tree.all("Figure")]
        assert f"QR-Code zu {short(meeting)}" in alternatives, name
        assert on_paper(meeting.identifier) in pdf.text.replace("\n", ""), name
        assert pdf.root["/Lang"].startswith("de"), name
        assert "pdfuaid:part>1" in pdf.xmp.replace('"', ">"), name


def test_signs_show_institution_and_function_and_names_only_to_the_coordination(
    client, town, meeting
):
    make.sign_in(client, town)
    text = Pdf(paper(client, meeting, "namensschilder")).text
    for told in ("Grundschule Nord", "Elternbeirat", "Zita Quell", "Jugend"):
        assert text.count(told) == 1, "each is heard once, though it is printed twice"
    leader = make.sign_in(client, town, "member")
    seat = meeting.body.seats.get(function="Jugend")
    seat.holder, seat.leads = leader.people.get(), True
    seat.save()
    text = Pdf(paper(client, meeting, "namensschilder")).text
    assert "Grundschule Nord" in text
    assert "Zita" not in text


def test_the_code_is_the_one_that_leads_there(meeting):
    """The drawing is compared with the matrix that belongs to the address."""
    with translation.override("de"):
        way = way_to(meeting)
    assert way.address == short(meeting)
    drawn = ElementTree.fromstring(qr_svg(way.address))
    matrix = segno.make(short(meeting), error="m", micro=False).matrix
    side = len(matrix) + 4
    assert drawn.attrib["viewBox"] == f"0 0 {side} {side}"
    dark = set()
    for run in drawn.iter("{http://www.w3.org/2000/svg}path"):
        if run.attrib.get("stroke") != "#000":
            continue
        x = y = 0.0
        for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", run.attrib["d"]):
            parts = [float(part) for part in re.findall(r"-?[\d.]+", numbers)]
            if command == "M":
                x, y = parts
            elif command == "m":
                x, y = x + parts[0], y + parts[1]
            else:
                dark |= {(int(x) + n, int(y)) for n in range(int(parts[0]))}
                x += parts[0]
    wanted = {
        (column + 2, row + 2)
        for row, line in enumerate(matrix)
        for column, module in enumerate(line)
        if module
    }
    assert dark == wanted


def test_badges_stand_ten_on_a_page(client, town, meeting):
    for number in range(11):
        Attendance.objects.create(meeting=meeting, name=f"Gast {number}", function="Gast")
    make.sign_in(client, town)
    pages = Pdf(paper(client, meeting, "ansteckschilder")).reader.pages
    assert len(pages) == 2
    assert [float(side) for side in pages[0].mediabox[2:]] == pytest.approx([595.3, 841.9], abs=1)


def test_a_guest_finds_a_row_by_the_name_or_as_a_guest(client, town, meeting):
    Attendance.objects.create(meeting=meeting, name="Iris Ahrens")
    make.sign_in(client, town)
    assert "Iris Ahrens (Gast)" in paper(client, meeting, "anwesenheit", "html").decode()
    leader = make.sign_in(client, town, "member")
    make.SeatFactory(body=meeting.body, holder=leader.people.get(), leads=True)
    text = paper(client, meeting, "anwesenheit", "html").decode()
    assert "Ahrens" not in text, "names stand on paper for the coordination alone"
    assert ">Gast<" in text


def test_an_agenda_without_lengths_has_no_column_for_them(client, town, meeting):
    make.sign_in(client, town)
    assert "Minuten" in paper(client, meeting, "tagesordnung", "html").decode()
    meeting.agenda.update(minutes=None)
    assert "Minuten" not in paper(client, meeting, "tagesordnung", "html").decode()


def test_a_sign_of_somebody_known_by_name_alone_says_the_name_once(client, town, meeting):
    Attendance.objects.create(meeting=meeting, name="Iris Ahrens")
    make.sign_in(client, town)
    assert Pdf(paper(client, meeting, "namensschilder")).text.count("Iris Ahrens") == 1


def test_cards_ask_the_question_and_lead_to_the_call(client, town, meeting):
    make.sign_in(client, town)
    call = meeting.process.calls.get()
    address = to("meeting_cards", meeting.identifier, call.identifier, "pdf")
    pdf = Pdf(client.get(address, {"anzahl": "6"}).content)
    assert len(pdf.reader.pages) == 2, "four a page"
    assert pdf.text.count("Wo fehlt ein Treffpunkt?") == 6
    assert [f"Nr. {n}" in pdf.text for n in (1, 6, 7)] == [True, True, False]
    figures = pdf.tree.all("Figure")
    assert {figure.alt for figure in figures} == {
        f"QR-Code zu http://testserver/k/{call.identifier}"
    }
    for wrong, pages in (("viele", 10), ("0", 1), ("99999", 100)):
        assert len(Pdf(client.get(address, {"anzahl": wrong}).content).reader.pages) == pages


def test_letters_go_to_those_without_mail_each_in_its_language(client, town, meeting):
    make.sign_in(client, town)
    response = client.get(to("invitation_letters", meeting.identifier, "pdf"))
    pdf = Pdf(response.content)
    assert "Zita Quell" in pdf.text
    assert "Omar" not in pdf.text, "he has a mail address"
    assert "Invitation: Zweite Fachrunde" in pdf.text
    assert "Kind regards" in pdf.text
    assert "Schulweg 3" in pdf.text
    assert {tag.language for tag in pdf.tree.all("H1")} == {"en"}
    both = Pdf(client.get(to("invitation_letters", meeting.identifier, "pdf") + "?alle").content)
    assert [tag.language for tag in both.tree.all("H1")] == ["en", "de"]
    assert len(both.reader.pages) == 2


def test_letters_can_be_changed_in_an_office(client, town, meeting):
    make.sign_in(client, town)
    content = client.get(to("invitation_letters", meeting.identifier, "docx")).content
    file = docx.Document(BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Grundschule Nord\nZita Quell\nSchulweg 3\n87435 Kempten" in text
    assert "Invitation: Zweite Fachrunde" in text
    assert on_paper(meeting.identifier) in text
    frames = re.findall(r'w:x="(\d+)" w:y="(\d+)"', file.element.xml)
    assert ("1417", "3555") in frames, "the address: 25 mm from the left, 62.7 mm from the top"


def test_nobody_without_mail_no_letters(client, town, meeting):
    meeting.body.seats.update(holder=None)
    make.sign_in(client, town)
    assert client.get(to("invitation_letters", meeting.identifier, "pdf")).status_code == 404


def test_agenda_has_clock_times_as_far_as_they_are_known(client, town, meeting):
    make.sign_in(client, town)
    text = paper(client, meeting, "tagesordnung", "html").decode()
    assert "18:00" in text
    assert "18:15" in text
    assert paper(client, meeting, "tagesordnung", "odt").startswith(b"PK")
    assert "Räume suchen" in paper(client, meeting, "aufgaben", "html").decode()


@pytest.mark.parametrize(
    ("name", "ending"), [("namensschilder", "docx"), ("nichts", "pdf"), ("tagesordnung", "exe")]
)
def test_what_there_is_not_is_not_there(client, town, meeting, name, ending):
    make.sign_in(client, town)
    assert client.get(to("meeting_paper", meeting.identifier, name, ending)).status_code == 404


def test_the_call_of_another_process_is_not_there(client, town, meeting):
    make.sign_in(client, town)
    other = make.CallFactory(process=make.ProcessFactory(municipality=town))
    address = to("meeting_cards", meeting.identifier, other.identifier, "pdf")
    assert client.get(address).status_code == 404
    assert client.get(to("cards_read", meeting.identifier, other.identifier)).status_code == 404


def test_the_kit_works_without_network_and_is_the_same_each_time(client, town, meeting):
    make.sign_in(client, town)
    first, second = (client.get(to("meeting_kit", meeting.identifier)).content for _n in range(2))
    assert first == second
    call = meeting.process.calls.get().identifier
    with ZipFile(BytesIO(first)) as kit:
        names = kit.namelist()
        assert names[0] == "index.html"
        assert set(names) == {
            "index.html", "tagesordnung.pdf", "tagesordnung.docx", "anwesenheitsliste.pdf",
            "namensschilder.pdf", "ansteckschilder.pdf", "aufgaben.pdf", "einladungen.pdf",
            "einladungen.docx", "tabelle-anwesenheit.xlsx", f"karten-{call}.pdf",
            f"tabelle-karten-{call}.xlsx", "projektor.html", f"projektor-{call}.html",
        }  # fmt: skip
        index = kit.read("index.html").decode()
        for name in names[1:]:
            assert f'href="./{name}"' in index, name
            assert kit.read(name)
        pages = [kit.read(name).decode() for name in names if name.endswith(".html")]
    for page in pages:
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), "nothing is fetched"
        assert "<script" not in page
    assert "Wo fehlt ein Treffpunkt?" in pages[-1] + pages[-2]


def test_whoever_leads_the_body_gets_a_kit_without_letters(client, town, meeting):
    leader = make.sign_in(client, town, "member")
    seat = meeting.body.seats.get(function="Jugend")
    seat.holder, seat.leads = leader.people.get(), True
    seat.save()
    with ZipFile(BytesIO(client.get(to("meeting_kit", meeting.identifier)).content)) as kit:
        assert not [name for name in kit.namelist() if "einladungen" in name]
        everything = b"".join(kit.read(name) for name in kit.namelist() if name.endswith("html"))
    assert b"Zita" not in everything


def test_the_tables_are_text_and_known_by_their_mark(client, town, meeting):
    make.sign_in(client, town)
    book = load_workbook(BytesIO(paper(client, meeting, "tabelle-anwesenheit", "xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == f"ANW-{on_paper(meeting.identifier)}"
    assert rows[3] == ("Kennung", "Funktion", "Organisation", "War da")
    assert rows[4][1:3] == ("Elternbeirat", "Grundschule Nord")
    call = meeting.process.calls.get()
    table = client.get(to("meeting_cards", meeting.identifier, call.identifier, "xlsx"))
    sheet = load_workbook(BytesIO(table.content)).active
    assert [sheet.cell(5, 1).value, sheet.cell(44, 1).value, sheet.cell(45, 1).value] == [
        "1", "40", None,
    ]  # fmt: skip


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_of_papers_asks_the_same_whatever_it_lists(
    client, town, meeting, more, django_assert_num_queries
):
    make.sign_in(client, town)
    for number in range(more):
        make.SeatFactory(
            body=meeting.body, holder=make.PersonFactory(municipality=town), position=number
        )
        Attendance.objects.create(meeting=meeting, name=f"Gast {number}")
        make.CallFactory(process=meeting.process, phase=meeting.process.phases.get())
    with django_assert_num_queries(13):
        response = client.get(to("papers", meeting.identifier))
    assert response.status_code == 200


def test_a_short_code_is_found_however_it_is_typed(client, town, meeting):
    make.sign_in(client, town)
    code = meeting.identifier
    for typed in (code, code.upper(), on_paper(code), on_paper(code).lower()):
        response = client.get(f"/k/{typed}", headers={"accept-language": "de"})
        assert (response.status_code, response.url) == (302, meeting.get_absolute_url()), typed
    page = client.get(reverse("public:short_code"), {"code": f" {on_paper(code)} "})
    assert (page.status_code, page.url) == (302, meeting.get_absolute_url())
    wrong = client.get(reverse("public:short_code"), {"code": "BCDF-GH2"})
    assert wrong.status_code == 404
    assert 'value="BCDF-GH2"' in wrong.content.decode()
    assert client.get("/k/").url == "/de/kurz/"


def test_a_short_code_tells_nothing_to_those_who_may_not_know(client, town, meeting):
    type(meeting.as_thing()).objects.filter(pk=meeting.pk).update(is_public=False)
    client.defaults["HTTP_HOST"] = town.host
    assert client.get(f"/k/{meeting.identifier}").status_code == 404
    typed = client.get(reverse("public:short_code"), {"code": meeting.identifier})
    assert typed.status_code == 404
    other = make.MeetingFactory()
    assert client.get(f"/k/{other.identifier}").status_code == 404
