"""Files for meetings: known by their bytes, seen by whoever may, and gone when they are removed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from PIL import Image

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Attachment, Event
from miteinander.core.standing import Standing
from miteinander.core.uploads import MOST_BYTES
from miteinander.process import actions, queries
from miteinander.process.actions.files import MOST_FILES, media_type_of
from tests import factories as make

AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
A_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def packed(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def with_header(data: bytes, *, at: int, value: bytes) -> bytes:
    """An archive whose first entry says something else of itself in the list at the end."""
    place = data.index(b"PK\x01\x02") + at
    return data[:place] + value + data[place + len(value) :]


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def meeting():
    return make.MeetingFactory(process=make.ProcessFactory(), is_public=True)


@pytest.fixture
def by(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": AT}


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (A_PDF, "a.pdf", "application/pdf"),
        (packed("word/document.xml"), "a.DOCX", "wordprocessingml.document"),
        (packed("xl/workbook.xml"), "a.xlsx", "spreadsheetml.sheet"),
        (packed("ppt/presentation.xml"), "a.pptx", "presentationml.presentation"),
        (packed("content.xml"), "a.odt", "opendocument.text"),
    ],
)
def test_what_a_file_is_is_read_from_its_bytes(data, name, kind):
    assert media_type_of(data, name).endswith(kind)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"MZ\x90\x00", "programm.exe", "Möglich sind PDF"),
        (b"<html>", "seite.html", "Möglich sind PDF"),
        (b"<svg onload=alert(1)>", "bild.svg", "Möglich sind PDF"),
        (packed("xl/workbook.xml"), "tabelle.xlsm", "Möglich sind PDF"),
        (b"<html>", "a.pdf", "keine PDF-Datei"),
        (b"kein Archiv", "a.docx", "beschädigt"),
        (packed("xl/workbook.xml"), "a.docx", "beschädigt"),
        (packed("word/document.xml")[:-30], "a.docx", "beschädigt"),
        # Packed in a way that nobody knows; with a name that is no UTF-8.
        (with_header(packed("word/document.xml"), at=6, value=b"\xff"), "a.docx", "beschädigt"),
        (
            with_header(
                with_header(packed("word/document.xml"), at=8, value=b"\x00\x08"),
                at=46,
                value=b"\xff",
            ),
            "a.docx",
            "beschädigt",
        ),
        (packed("word/document.xml", "word/vbaProject.bin"), "a.docx", "Makros"),
        (packed("content.xml", "Basic/script.xml"), "a.odt", "Makros"),
        (b"", "a.pdf", "leer"),
        (b"%PDF-" + b"x" * MOST_BYTES, "a.pdf", "10 MB"),
    ],
)
def test_what_it_is_not_is_refused_and_said(data, name, why):
    with pytest.raises(Invalid) as refused:
        media_type_of(data, name)

    assert why in str(refused.value.fields["file"])


@pytest.mark.django_db
def test_the_same_file_twice_is_one_and_a_removed_one_leaves_no_bytes(meeting, by):
    first = actions.add_file(meeting, A_PDF, name="C:\\Akten\\Haushalt.pdf", **by)
    again = actions.add_file(meeting, A_PDF, name="anders.pdf", **by)

    assert (again.pk, first.title) == (first.pk, "Haushalt")
    assert Event.objects.filter(kind="meeting.file_added").count() == 1
    assert Attachment.objects.count() == 1
    actions.remove_file(first, **by)
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_picture_needs_a_sentence_for_those_who_do_not_see_it(meeting, by):
    with pytest.raises(Invalid) as refused:
        actions.add_file(meeting, picture(), name="plan.jpg", **by)
    assert set(refused.value.fields) == {"alternative_text"}

    row = actions.add_file(
        meeting, picture(), name="plan.jpg", alternative_text="Der Plan des Saals.", **by
    )
    assert row.attachment.media_type.startswith("image/")


@pytest.mark.django_db
def test_there_is_an_end_to_how_many(meeting, by):
    for number in range(MOST_FILES):
        actions.add_file(meeting, A_PDF + b"%d" % number, name=f"{number}.pdf", **by)
    with pytest.raises(Closed):
        actions.add_file(meeting, A_PDF + b"one more", name="mehr.pdf", **by)


@pytest.mark.django_db
@pytest.mark.parametrize("file_is_public", [True, False])
@pytest.mark.parametrize("meeting_is_public", [True, False])
def test_everybody_may_load_what_is_open_of_what_is_public(
    client, by, meeting_is_public, file_is_public
):
    town = make.MunicipalityFactory(host="testserver")
    meeting = make.MeetingFactory(
        process=make.ProcessFactory(municipality=town), is_public=meeting_is_public
    )
    row = actions.add_file(
        meeting, A_PDF, name="a.pdf", title="Haushalt 2027", is_public=file_is_public, **by
    )
    path = f"/de/unterlage/{row.attachment.identifier}/"
    open_to_all = meeting_is_public and file_is_public

    answer = client.get(path)
    assert answer.status_code == (200 if open_to_all else 404)
    visitor = Standing(municipality=town.pk, at=AT)
    assert queries.files_of_meeting(meeting, visitor) == ([row] if open_to_all else [])

    make.sign_in(client, town, "member")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Haushalt 2027.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
