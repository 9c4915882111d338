"""Words that want to be more than words: in every field, on every page, in every format."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from miteinander.core.codes import fresh_form_key
from miteinander.core.models import Mail
from miteinander.documents.answered import answers_document
from miteinander.documents.formats import FORMATS, render
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution
from miteinander.public.views.participation.holding import ADD
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = (
    "=cmd|' /C calc'!A0 <script>boese('x')</script><img src=x onerror=boese(1)>"
    '"><svg onload=boese(2)> {{ 7|add:7654321 }} {% csrf_token %} ]]> javascript:boese(3)'
    " [mehr](javascript:boese(6)) ![bild](javascript:boese(7))"
)
RUNS = re.compile(r"<script>boese|<img src=x|<svg[ /]onload", re.IGNORECASE)


@pytest.fixture
def call(town):
    process = make.ProcessFactory(municipality=town)
    phase = make.PhaseFactory(process=process, permits=["contribute", "gather"])
    return make.CallFactory(process=process, phase=phase)


@pytest.fixture
def said(call, by):
    """A contribution whose author, theme and answer are all up to no good."""
    found, code = actions.submit_contribution(
        call, text=WORDS, may_publish=True, form_key="k", by=make.visitor(call.municipality),
        at=timezone.now(), language="de",
    )  # fmt: skip
    found = actions.publish_contribution(found, **by)
    theme = actions.name_theme(call.process, title=WORDS[:200], **by)
    actions.gather([found], theme, **by)
    actions.answer_contribution(found, outcome="taken_up", reason=WORDS, **by)
    return found.refreshed(), code


def public(name, *args):
    return reverse(f"public:{name}", args=args)


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def test_on_no_open_page_do_words_run(client, call, said):
    found, code = said
    pages = [
        found.get_absolute_url(),
        found.theme.get_absolute_url(),
        call.get_absolute_url(),
        public("contributions"),
        public("receipt", code),
        public("receipt_add", code),
        public("withdraw", code),
        public("search") + "?q=boese",
    ]
    shown = 0
    for page in pages:
        html = client.get(page).content.decode()
        assert not RUNS.search(html), page
        assert "7654328" not in html, "templates are not made of words"
        shown += "&lt;script&gt;boese" in html
    assert shown >= 4, "the words are there, as words"


def test_in_no_room_do_words_run(client, town, call, said):
    found, _code = said
    make.sign_in(client, town)
    waiting = make.ContributionFactory(
        process=call.process, call=call, text=WORDS, title=WORDS[:80], state="submitted"
    )
    pages = [
        desk("moderation", call.process.identifier),
        desk("board", call.process.identifier),
        desk("answers", call.process.identifier),
        desk("contribution", found.identifier),
        desk("contribution", waiting.identifier),
        desk("refuse", waiting.identifier),
        desk("theme", found.theme.identifier),
    ]
    shown = 0
    for page in pages:
        html = client.get(page).content.decode()
        assert not RUNS.search(html), page
        shown += "&lt;script&gt;boese" in html
    assert shown >= 4


@pytest.mark.parametrize("name", ["contribute", "receipt_add", "notice", "late"])
def test_what_is_refused_comes_back_as_words(client, call, said, name):
    key = call.identifier if name in {"contribute", "late"} else said[1]
    typed = {"text": WORDS * 60, "address": WORDS, "language": WORDS, "form_key": WORDS}
    refused = client.post(public(name, key), typed)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert not RUNS.search(html)
    assert "&lt;script&gt;boese" in html, "what was typed is kept"


def test_the_feed_is_well_formed_and_holds_no_markup_of_others(client, said):
    feed = client.get(public("feed"))
    text = feed.content.decode()
    assert not RUNS.search(text)
    root = ET.fromstring(text)
    assert any("<script>boese" in "".join(each.itertext()) for each in root.iter())


def test_a_calendar_takes_no_lines_from_a_title(client, town):
    make.MeetingFactory(
        process=make.ProcessFactory(municipality=town),
        title="Sitzung\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://boese.example",
        happened_on=timezone.localdate(),
        is_public=True,
    )
    lines = client.get(public("calendar")).content.decode().splitlines()
    assert lines.count("BEGIN:VEVENT") <= 1
    assert not [line for line in lines if line.startswith("ATTACH")]


def test_what_is_taken_along_is_never_a_page(client, said):
    _found, code = said
    kept = client.get(public("receipt_json", code))
    assert kept["Content-Type"] == "application/json"
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert json.loads(kept.content)["contributions"][0]["text"] == WORDS
    assert client.get(public("receipt_txt", code))["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("name", [n for n, each in FORMATS.items() if each.source == "document"])
def test_in_no_paper_do_words_run(call, said, name):
    document = answers_document(
        call, queries.answers_to_hang_up(call), still_open=0, today=timezone.localdate(),
        language="de",
    )  # fmt: skip
    content = render(document, name).content
    if name == "pdf":
        raw = content.lower()
        for trap in (b"/javascript", b"/openaction", b"/launch", b"/embeddedfile"):
            assert trap not in raw
        words = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert "<script>" in words.replace("\n", "")
    elif zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert not [n for n in archive.namelist() if "vba" in n.lower() or ".." in n]
            texts = [archive.read(n) for n in archive.namelist() if n.endswith(("ml", ".rels"))]
        assert any(b"&lt;script&gt;boese" in text for text in texts), "the words are there"
        for text in texts:
            assert not RUNS.search(text.decode())
            assert b"boese.example" not in text
    else:
        text = content.decode()
        if name == "html":
            assert not RUNS.search(text)
        assert "boese" in text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_table_computes_what_somebody_wrote(client, town, call, said, ending):
    make.sign_in(client, town)
    address = desk("answers_file", call.process.identifier, ending)
    content = client.get(address).content
    if ending == "csv":
        text = content.decode("utf-8-sig")
        dialect = csv.Sniffer().sniff(text.splitlines()[0])
        cells = [cell for row in csv.reader(StringIO(text), dialect) for cell in row]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t"}]
    else:
        sheet = load_workbook(BytesIO(content)).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        cells = [str(cell.value) for cell in cells]
    assert any("boese" in cell for cell in cells), "the words are there"


def test_a_mail_takes_no_header_from_what_somebody_typed(client, call, said):
    code = actions.submit_contribution(
        call, text="Noch etwas.", may_publish=True, form_key="m",
        by=make.visitor(call.municipality), at=timezone.now(),
    )[1]  # fmt: skip
    for address in ("a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "x"):
        typed = {
            "address": address,
            "form_key": fresh_form_key("miteinander.answer_notice_form", at=timezone.now()),
        }
        assert client.post(public("notice", code), typed).status_code == 422
    assert not Mail.objects.exists()


# --- input that is no sentence -------------------------------------------------------------------

KEPT = {
    "only emoji": "👩🏽‍🌾🚲❤️",
    "both directions": "Der Kurs نحتاج إلى مقاعد (3) heute",
    "another script": "Потрібні лавки біля вокзалу",
    "joiners that belong there": "می‌خواهم بنشینم",
    "a formula": "=1+1",
    "markup": "<b>laut</b> &amp; leise",
}
REFUSED = {
    "nothing": "",
    "blanks": " \t\n ",
    "zero width": "\u200b\u2060\ufeff",
    "control characters": "\x01\x02\x07",
    "marks of direction": "\u202e\u202d",
    "a null": "a\x00b",
    "100 kB": "x" * 100_000,
}


def sent(client, call, text):
    key = actions.fresh_form_key(at=timezone.now())
    return client.post(
        public("contribute", call.identifier),
        {"text": text, "may_publish": "yes", "form_key": key},
    )


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_people_say_is_kept_letter_by_letter(client, call, text):
    assert sent(client, call, text).status_code == 303
    assert Contribution.objects.get().text == text


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_says_nothing_is_refused_with_a_link_to_the_field(client, call, text):
    refused = sent(client, call, text)
    assert refused.status_code == 422
    assert 'href="#id_text"' in refused.content.decode()
    assert not Contribution.objects.exists()


def test_what_nobody_sees_is_taken_out_and_the_rest_is_kept(client, call):
    sent(client, call, "Lies\u202e nicht\u200b rückwärts\x07.")
    assert Contribution.objects.get().text == "Lies nicht rückwärts."


def test_an_addition_is_cleaned_like_everything(client, call, said):
    found, code = actions.submit_contribution(
        call, text="Erstes.", may_publish=True, form_key="a",
        by=make.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    for text in REFUSED.values():
        typed = {"text": text, "form_key": fresh_form_key(ADD, at=timezone.now())}
        assert client.post(public("receipt_add", code), typed).status_code == 422
    assert not Contribution.objects.filter(addition__adds_to=found).exists()
