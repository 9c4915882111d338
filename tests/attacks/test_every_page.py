"""A town in which every word is up to no good: all its pages, all its files.

Whatever somebody could have typed anywhere is written into every field of every row, past all
forms and actions, and then every address of the table is opened. A field, a page or a kind of
file that is new is attacked without anybody thinking of it.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from miteinander.adoption import actions as adoption
from miteinander.core import outbox
from miteinander.core.models import Event, Job, Municipality, SearchWord, SpentForm
from miteinander.core.standing import system
from miteinander.documents.call_tables import TYPES
from miteinander.documents.formats import FORMATS
from miteinander.participation import actions, insights
from miteinander.participation.models import Call, Contribution, RefusalReasons
from miteinander.strategy.models import Overlap, OverlapRun
from miteinander.workspace.building import built
from miteinander.workspace.call_papers import papers_of
from tests.addresses import ADDRESSES
from tests.attacks.test_words import RUNS, WORDS
from tests.test_addresses import path_of
from tests.world import build, kept_for_a_module, undone

pytestmark = pytest.mark.django_db
READ_BY_CODE = {"language", "identifier", "kind", "number", "digest", "wording", "access_code"}
READ_BY_CODE |= {"receipt_hash", "key_hash", "key", "address", "told", "mark", "tally", "field"}
READ_BY_CODE |= {"source_hash", "media_type", "password", "checksum", "frozen", "uid"}
READ_BY_CODE |= {
    "seed",
    "commitment",
    "form_digest",
    "code_hash",
    "headings",
    "tokens",
    "calendar",
    "content",
}
"""What the program writes and reads itself; nobody can type it."""
ONLY_WITH_A_REASON = {"withdrawn_because", "refusal", "retired_because", "cancelled_because"}
ONLY_WITH_A_REASON |= {"called_off_because", "closed_despite", "trouble", "error"}
"""Empty where nothing was taken out or refused: the database sees to it."""
OF_THE_PROGRAM = {Event, SearchWord, SpentForm, Job, OverlapRun, Overlap}
"""Rows that nobody types: what happened, and what is looked up."""
ADDRESS = 'https://boese.example/"><script>boese(4)</script><svg/onload=boese(5)>'
"""What a form for addresses lets through."""
ROOM_FOR_A_SCRIPT = 60
LEADS_ASTRAY = re.compile(r"(?:href|src|action|poster)=[\"']?\s*javascript:", re.IGNORECASE)
PICTURES = {"image/png", "image/webp", "image/svg+xml"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        town = build("boese.example")
        poison()
        at = timezone.now()
        # Frozen only now, so that whatever was typed had its chance to get into the version.
        town.rows["version"] = adoption.freeze_version(
            town["concept"], by=system(town.town.pk, at=at), at=at
        )
        for name in FORMATS:
            built(town["version"], name, "de")
        yield town


@pytest.fixture(autouse=True)
def _the_host_is_known(settings):
    settings.ALLOWED_HOSTS = ["boese.example"]


def typed_fields(model):
    """The fields of a model that hold what somebody typed."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField)
        and not (field.choices or field.unique or field.name in READ_BY_CODE)
        and (field.max_length or ROOM_FOR_A_SCRIPT) >= ROOM_FOR_A_SCRIPT
    ]


def one_of_a_kind(model):
    unique = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return {name for each in unique for name in each.fields}


def ours():
    found = [m for m in apps.get_models() if m.__module__.startswith("miteinander.")]
    return [m for m in found if m not in OF_THE_PROGRAM]


def poison():
    for model in ours():
        for field in typed_fields(model):
            rows = model._base_manager.all()
            if field.name in ONLY_WITH_A_REASON:
                rows = rows.exclude(**{field.name: ""})
            said = ADDRESS if isinstance(field, models.URLField) else WORDS
            if field.name not in one_of_a_kind(model):
                rows.update(**{field.name: said[: field.max_length]})
                continue
            for pk in list(rows.values_list("pk", flat=True)):
                own = said[: (field.max_length or len(said)) - 8] + str(pk)
                rows.filter(pk=pk).update(**{field.name: own})
    Call.objects.update(ways=[{"title": WORDS, "text": WORDS}])
    town = Call.objects.first().municipality
    RefusalReasons.objects.update_or_create(municipality=town, defaults={"lines": [WORDS]})


def pages(*, public):
    return [a for a in ADDRESSES if a.get is not None and a.is_public == public]


def test_the_poison_is_in_every_field_that_somebody_fills(world):
    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("participation").get_models()
        for field in typed_fields(model)
    }
    assert fields >= {
        "Call.question", "Call.text", "Theme.text", "Contribution.text", "Contribution.refusal",
        "Answer.reason", "Answer.business_of", "AnswerSupplement.text", "AnswerTranslation.text",
        "TextBlock.title", "TextBlock.text", "ContributionPicture.alternative_text",
        "ContributionPlace.words", "CardRow.wall", "Passage.text", "PassageComment.quote",
        "PassageComment.proposal", "Statement.withdrawn_because", "SurveyQuestion.help",
        "SurveyQuestion.options", "SurveyQuestion.low", "SurveyAnswer.text",
    }  # fmt: skip
    assert Contribution.objects.exists()
    assert not Contribution.objects.exclude(text=WORDS).exists()


@pytest.mark.parametrize(("who", "public"), [("visitor", True), ("coordinator", False)])
def test_on_no_page_do_words_run(world, who, public):
    client = world.client(who)
    shown = 0
    for address in pages(public=public):
        with undone(client):
            response = client.get(path_of(address, world))
        assert response.status_code < 500, address.name
        if response.status_code != 200:
            continue
        assert response["X-Content-Type-Options"] == "nosniff", address.name
        content = b"".join(response) if response.streaming else response.content
        examine(content, response)
        if response["Content-Type"].startswith("text/html"):
            assert "script-src" in response["Content-Security-Policy"], address.name
            shown += b"&lt;script&gt;boese" in content
    assert shown >= 20, "the words are there, as words"


# --- every kind of file ---------------------------------------------------------------------------

PAPER = ("pdf", "docx", "odt")
KEPT = ("html", "pdf", "docx", "odt", "epub", "md")
TABLES = {
    "call": {"beitraege"},
    "voting call": {"beitraege", "thesen", "stimmen"},
    "survey": {"beitraege", "antworten", "ergebnisse"},
}
"""What the office takes along of a call of each kind."""
PAPERS = {
    "call": {"bogen": ["pdf"], "karten": ["pdf"], "tabelle": ["xlsx"]},
    "review call": {"entwurf": PAPER, "bogen": ["pdf"]},
    "voting call": {"thesen": PAPER},
    "survey": {"umfrage": PAPER},
}
FILES = [
    *(("workspace:call_table", {"identifier": row, "table": f"={name}", "ending": ending})
      for row, names in TABLES.items() for name in sorted(names) for ending in TYPES),
    *(("public:call_table", {"identifier": "call", "table": "=beitraege", "ending": ending})
      for ending in TYPES),
    *(("workspace:call_paper", {"identifier": row, "paper": f"={name}", "ending": ending})
      for row, papers in PAPERS.items() for name, endings in papers.items() for ending in endings),
    *(("workspace:survey_answers_file", {"identifier": "survey", "ending": e}) for e in TYPES),
    *(("workspace:call_synopsis_file", {"identifier": "review call", "ending": e})
      for e in (*PAPER, "csv", "xlsx")),
    *(("workspace:call_radar_file", {"identifier": "call", "ending": e}) for e in ("csv", "xlsx")),
    *(("workspace:answers_file", {"process": "process", "ending": e}) for e in ("csv", "xlsx")),
    *(("workspace:call_answers_sheet", {"identifier": "call", "ending": e})
      for e in ("html", "pdf", "docx")),
    ("workspace:votes_file", {"identifier": "voting call"}),
    *(("public:survey_copy", {"code": "survey receipt", "ending": e}) for e in ("csv", "json")),
    *(("public:own_votes_file", {"code": "votes code", "ending": e}) for e in ("csv", "json")),
    ("public:receipt_json", {"code": "receipt"}),
    ("public:receipt_txt", {"code": "receipt"}),
    ("public:feed", {}),
    ("public:process_feed", {"identifier": "process"}),
    ("public:calendar", {}),
]  # fmt: skip
LETTERS = ("pdf", "docx")


def test_every_table_and_every_paper_of_a_call_is_in_the_list(world):
    at = timezone.now()
    tables = {row: set(insights.tables_of(world[row], "office", at=at)) for row in TABLES}
    assert tables == TABLES
    assert {row: set(papers_of(world[row])) for row in PAPERS} == {
        row: set(papers) for row, papers in PAPERS.items()
    }


def value_of(world, name, said):
    if name == "ending":
        return said
    return said[1:] if said.startswith("=") else world.address_of(said)


@pytest.mark.parametrize(
    ("name", "args"), FILES, ids=["-".join([n, *a.values()]) for n, a in FILES]
)
def test_in_no_file_do_words_run(world, name, args):
    with override("de"):
        path = reverse(name, kwargs={k: value_of(world, k, v) for k, v in args.items()})
    who = "visitor" if name.startswith("public:") else "coordinator"
    client = world.client(who)
    with undone(client):
        response = client.get(path)
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    examine(b"".join(response) if response.streaming else response.content, response)


ENDINGS = ("html", "pdf", "docx", "odt", "epub", "md", "csv", "xlsx", "json")
OF_OTHERS = [
    address for address in ADDRESSES
    if address.get is not None and "ending" in dict(address.args)
    and address.name not in {name for name, _args in FILES}
]  # fmt: skip
"""Files of the other stages; which endings each has, it says itself."""


@pytest.mark.parametrize("address", OF_OTHERS, ids=[address.name for address in OF_OTHERS])
def test_in_no_file_of_another_stage_do_words_run(world, address):
    client = world.client("visitor" if address.is_public else "coordinator")
    args = {name: world.address_of(row) for name, row in address.args}
    found = []
    for ending in ENDINGS:
        with override("de"), undone(client):
            response = client.get(reverse(address.name, kwargs=args | {"ending": ending}))
        assert response.status_code in {200, 404}, ending
        if response.status_code == 200:
            found.append(ending)
            examine(b"".join(response) if response.streaming else response.content, response)
    assert found


@pytest.mark.parametrize("ending", LETTERS)
def test_in_no_letter_do_words_run(world, ending):
    Contribution.objects.filter(pk=world["contribution"].pk).update(channel="paper")
    client = world.client("coordinator")
    with override("de"):
        path = reverse("workspace:answer_letters", args=[world["process"].identifier])
    identifier = world["contribution"].identifier
    typed = {"which": "ticked", "c": identifier, f"address-{identifier}": WORDS, "as": ending}
    with undone(client):
        response = client.post(path, typed)
    assert response.status_code == 200, response.content.decode()[:600]
    examine(response.content, response)


@pytest.mark.parametrize(
    "name", [name for name, each in FORMATS.items() if each.source == "document"]
)
def test_every_format_of_a_document_has_its_examination(name):
    assert name in KEPT


def examine(content, response):
    """Each kind of file in the way that would hurt whoever opens it."""
    kind = response["Content-Type"].partition(";")[0]
    if kind in PICTURES:
        return
    {
        "text/html": _page,
        "text/csv": _lines,
        "application/json": json.loads,
        "application/geo+json": json.loads,
        "application/xml": _feed,
        "text/markdown": _marked,
        "text/css": _readable,
        "application/epub+zip": _archive,
        "application/zip": _bundle,
        "application/pdf": _paper,
        "text/plain": bytes.decode,
        "application/atom+xml": _feed,
        "text/calendar": _calendar,
        FORMATS["docx"].media_type: _archive,
        FORMATS["odt"].media_type: _archive,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _sheet,
    }[kind](content)


def _page(raw):
    html = raw.decode()
    assert not RUNS.search(html)
    assert not LEADS_ASTRAY.search(html)


def _marked(raw):
    """Markdown: whatever could be markup is masked by a stroke before it."""
    assert not re.search(r"(?<!\\)<(script|img|svg)", raw.decode())
    assert not re.search(r"(?<!\\)\]\(\s*javascript:", raw.decode())


def _readable(raw):
    assert not RUNS.search(raw.decode())


def _lines(raw):
    text = raw.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text.splitlines()[0]) if "\n" in text else csv.excel
    cells = [cell for row in csv.reader(StringIO(text), dialect) for cell in row]
    computed = [c for c in cells if c.startswith(FORMULA) and not NUMBER.fullmatch(c)]
    assert not computed


def _sheet(raw):
    cells = [
        cell for sheet in load_workbook(BytesIO(raw)) for row in sheet.iter_rows() for cell in row
    ]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink and "boese" in str(cell)]


def _paper(raw):
    for trap in (b"/javascript", b"/openaction", b"/launch", b"/embeddedfile"):
        assert trap not in raw.lower()
    assert PdfReader(BytesIO(raw)).pages


def _archive(raw):
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        assert not [n for n in archive.namelist() if "vba" in n.lower() or ".." in n]
        for name in archive.namelist():
            if name.endswith(("ml", ".rels")):
                text = archive.read(name).decode()
                ET.fromstring(text)
                assert not RUNS.search(text), name


def _bundle(raw):
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for name in archive.namelist():
            assert ".." not in name
            INSIDE[name.rpartition(".")[2]](archive.read(name))


def _feed(raw):
    ET.fromstring(raw)
    assert not RUNS.search(raw.decode())


def _calendar(raw):
    lines = raw.decode().split("\r\n")
    for line in lines:
        assert re.match(r"[A-Z-]+[:;]|[ \t]|$", line), line
    assert lines.count("BEGIN:VCALENDAR") == lines.count("END:VCALENDAR") == 1


def test_a_mail_is_plain_words_and_takes_no_lines_from_anybody(world, mailoutbox):
    Call.objects.update(question=f"Frage\r\nBcc: boese@example.org\r\n\r\n{WORDS}"[:300])
    Municipality.objects.update(name="Stadt\r\nBcc: boese@example.org")
    at = timezone.now()
    assert actions.tell_authors(at=at) == 1
    outbox.deliver(at=at)
    message = mailoutbox[0].message()
    assert "Bcc" not in message
    assert message.get_all("To") == ["a@example.org"]
    kinds = {part.get_content_type() for part in message.walk() if not part.is_multipart()}
    assert kinds == {"text/plain"}


INSIDE = {
    "html": _page,
    "csv": _lines,
    "json": json.loads,
    "xlsx": _sheet,
    "pdf": _paper,
    "docx": _archive,
}
"""What a bundle of files may hold."""
