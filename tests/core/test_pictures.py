"""Pictures: whatever is sent, only pixels are kept, and every refusal is a sentence."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone
from PIL import Image

from miteinander.core.attachments import content_of, keep_file, plain_name, receive_picture
from miteinander.core.errors import Invalid
from miteinander.core.models import Attachment
from miteinander.core.pictures import read_picture
from miteinander.core.uploads import MOST_BYTES, bytes_of
from tests import factories as make

SAID = "Menschen pflanzen einen Baum."


def drawn(kind: str = "PNG", size=(1200, 600), mode: str = "RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **more)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose header promises a size, with a few bytes behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def with_an_archive(data: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "a")
    return data + archive.getvalue()


def refusal_of(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read_picture(data)
    assert set(refused.value.fields) == {"picture"}
    return str(refused.value.fields["picture"])


# --- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_usual_kind_of_picture_becomes_webp_in_the_usual_widths(kind):
    picture = read_picture(drawn(kind, (2000, 1000)))

    assert picture.media_type == "image/webp"
    assert [(s.width, s.height) for s in picture.sizes] == [(480, 240), (960, 480), (1600, 800)]
    for size in picture.sizes:
        opened = Image.open(io.BytesIO(size.content))
        assert (opened.format, opened.size) == ("WEBP", (size.width, size.height))


def test_a_small_picture_is_not_enlarged():
    assert [s.width for s in read_picture(drawn(size=(300, 200))).sizes] == [300]


def test_a_very_tall_picture_is_kept_in_bounds():
    assert read_picture(drawn(size=(1000, 20_000))).largest.height == 3200


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_way_to_store_colours_can_be_read(mode):
    picture = read_picture(drawn("PNG", (60, 40), mode))

    assert picture.largest.width == 60


def test_a_crest_keeps_what_is_transparent_and_becomes_png():
    picture = read_picture(drawn("PNG", (600, 700), "RGBA"), as_crest=True)
    opened = Image.open(io.BytesIO(picture.largest.content))

    assert (picture.media_type, opened.mode) == ("image/png", "RGBA")
    assert [s.width for s in picture.sizes] == [96, 480]


def test_place_camera_and_notes_are_gone_and_the_picture_stands_upright():
    notes = Image.Exif()
    notes[0x0112] = 6  # lies on its side
    notes[0x010F] = "Kamera von Frau Muster"
    notes.get_ifd(0x8825)[1] = "N"
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>geheim</x:xmpmeta>"
    sent = drawn("JPEG", (800, 400), exif=notes, xmp=xmp, comment=b"geheim")
    assert b"Frau Muster" in sent
    assert b"geheim" in sent

    picture = read_picture(sent)

    assert (picture.largest.width, picture.largest.height) == (400, 800)
    for size in picture.sizes:
        opened = Image.open(io.BytesIO(size.content))
        assert not opened.getexif()
        assert (
            set(opened.info) & {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"}
            == set()
        )
        assert b"Muster" not in size.content
        assert b"geheim" not in size.content


def test_a_film_appended_by_a_telephone_is_dropped_without_a_word():
    assert read_picture(drawn("JPEG") + b"\x00\x00\x00\x18ftypmp42" + bytes(3000)).sizes


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"MZ" + bytes(900), b"\x7fELF" + bytes(900), b"%PDF-1.7\n" + bytes(900), b"Guten Tag",
     drawn("TIFF"), drawn("BMP")],
    ids=["program", "program for Linux", "PDF", "text", "TIFF", "BMP"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_whatever_it_is_called(data):
    assert "kein Bild" in refusal_of(data)


def test_a_drawing_that_can_hold_programs_is_refused():
    assert "PNG" in refusal_of(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')


@pytest.mark.parametrize(
    "data",
    [drawn("JPEG") + b"<script>alert(1)</script>", with_an_archive(drawn("PNG")),
     drawn("JPEG", comment=b"<?php system('id'); ?>")],
    ids=["page", "archive", "program"],
)  # fmt: skip
def test_a_picture_that_is_something_else_as_well_is_refused(data):
    assert "zugleich etwas anderes" in refusal_of(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_picture_is_refused(kind):
    data = drawn(kind)

    assert "beschädigt" in refusal_of(data[: len(data) // 2])


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_hundred_megapixels_are_refused_by_the_header_alone(side, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _image: pytest.fail("it was unpacked"))

    assert "Millionen Pixel" in refusal_of(png_that_says(side, side))


def test_a_header_that_lies_is_refused():
    assert "beschädigt" in refusal_of(png_that_says(500, 500))


def test_a_heavy_file_is_refused_before_it_is_opened():
    assert "10 MB" in refusal_of(bytes(MOST_BYTES + 1))


def test_an_empty_file_is_refused():
    assert "leer" in refusal_of(b"")


# --- how it is described and kept ----------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_is_kept_in_its_sizes_and_lists_do_not_read_the_bytes(django_assert_num_queries):
    town = make.MunicipalityFactory()
    kept = receive_picture(
        town, drawn(size=(1000, 500)), name="C:\\Bilder\\Fest.PNG", alternative_text=SAID,
        at=timezone.now(),
    )  # fmt: skip

    assert (kept.name, kept.width, kept.height) == ("Fest.webp", 1000, 500)
    assert kept.widths == [480, 960, 1000]
    assert kept.address(600).endswith(f"/bild/{kept.identifier}-960.webp")
    for width in kept.widths:
        assert Image.open(io.BytesIO(content_of(kept, width=width))).width == width
    assert content_of(kept, width=7) is None
    assert "content" in Attachment.objects.get().get_deferred_fields()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "decorative", "field"),
    [("", False, "alternative_text"), ("  ", False, "alternative_text"),
     ("IMG_2041.jpg", False, "alternative_text"), ("a" * 401, False, "alternative_text"),
     (SAID, True, "is_decorative")],
)  # fmt: skip
def test_a_picture_without_a_description_is_refused_together_with_what_else_is_wrong(
    text, decorative, field
):
    town = make.MunicipalityFactory()
    for data, wrong in ((drawn(), {field}), (b"MZ", {field, "picture"})):
        with pytest.raises(Invalid) as refused:
            receive_picture(
                town, data, name="a.png", alternative_text=text, is_decorative=decorative,
                at=timezone.now(),
            )  # fmt: skip
        assert set(refused.value.fields) == wrong
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_any_file_can_be_kept_for_a_thing():
    thing = make.PerspectiveFactory()
    kept = keep_file(
        thing.municipality, b"%PDF", name="Konzept.pdf", media_type="application/pdf",
        at=timezone.now(), thing=thing.as_thing(),
    )  # fmt: skip

    assert (kept.size, kept.suffix, kept.is_picture) == (4, "pdf", False)
    assert content_of(kept) == b"%PDF"
    assert list(thing.as_thing().attachments.all()) == [kept]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("a\r\nb.png", "ab.png"), ("../../etc/passwd", "passwd"), ("", "datei"), ("..", "datei"),
     ("x" * 300 + ".png", "x" * 156 + ".png")],
)  # fmt: skip
def test_a_file_name_is_only_a_name(sent, kept):
    assert plain_name(sent) == kept


def test_what_goes_beyond_the_limit_of_a_request_is_dropped_and_still_known(settings):
    files = {
        "one": SimpleUploadedFile("a.png", bytes(MOST_BYTES - 10)),
        "two": SimpleUploadedFile("b.png", bytes(500_000)),
    }
    request = RequestFactory().post("/", files)
    one, two = request.FILES["one"], request.FILES["two"]

    assert len(bytes_of(one)) == MOST_BYTES - 10
    assert (two.size, len(two.read())) == (500_000, 10)
    assert len(bytes_of(two)) > MOST_BYTES
