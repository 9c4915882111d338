"""5,000 people from a sheet, read and held against the register, against reading the sheet alone.

The sheet is as an office has it: a title, two rows of headings, an institution and a body beside
everybody. It is read with openpyxl, as most programs would, and previewed here, in turn within one
run: first into an empty register, then against the 5,000 who are there already, then against 5,000
whose names are spelled a little differently, where nearly everybody is compared with somebody.

Then a concept of 300 pages: its preview against reading its text with python-docx, in turn as well.

    python benchmarks/bench_import.py
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from common import Verdicts, start_django

PEOPLE, HOUSES, BODIES, ROUNDS = 5_000, 85, 9, 5
MOST = 10
PAGES, MOST_OF_DOCX = 300, 5
MOST_OF_WRITING = 4


def sheet(*, spelled: str = "") -> bytes:
    """The list; `spelled` is put into every surname."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append(["Beteiligte am Integrationskonzept, Stand März"])
    page.append(["Wer", None, None, "Kontakt", "Einrichtung", "Mitarbeit"])
    page.append(["Vorname", "Nachname", "Funktion", "E-Mail", "Träger / Einrichtung", "AG"])
    for area in ("A1:F1", "A2:C2"):
        page.merge_cells(area)
    for n in range(PEOPLE):
        page.append(
            [
                f"Vorname{n % 250}", f"Nach{spelled}name{n // 250}", f"Fachkraft {n % 40}",
                f"person{n}@stadt.example" if not spelled else "",
                f"Haus der Vielfalt {n % HOUSES}", f"AG {n % BODIES}",
            ]
        )  # fmt: skip
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def alone(data: bytes) -> int:
    """Every cell read, nothing else."""
    from openpyxl import load_workbook

    page = load_workbook(io.BytesIO(data), read_only=True, data_only=True).active
    return sum(len(row) for row in page.iter_rows(values_only=True))


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def document(begins: str = "") -> bytes:
    """300 pages: fields, goals, and on each page a measure with its sheet and four paragraphs.

    Each paragraph begins with `begins`.
    """
    from docx import Document

    words = "Gemeinsam mit den Beteiligten wird das Angebot weiterentwickelt und erprobt. " * 9
    made = Document()
    for n in range(PAGES):
        if n % 30 == 0:
            made.add_heading(f"Handlungsfeld {n // 30 + 1}: Feld {n // 30 + 1}", 1)
        if n % 6 == 0:
            made.add_heading(f"Ziel {n // 6 + 1}: Etwas ändert sich, Teil {n // 6 + 1}", 2)
        made.add_heading(f"Maßnahme {n + 1}: Angebot Nummer {n + 1}", 3)
        rows = (("Federführung", f"Amt {n % 20}"), ("Zeitraum", "2025–2027"),
                ("Kosten", f"{n + 1}.000 €"), ("Zielgruppe", "Alle"))  # fmt: skip
        table = made.add_table(rows=len(rows), cols=2)
        cells = table._cells
        for at, (label, said) in enumerate(rows):
            cells[2 * at].text, cells[2 * at + 1].text = label, said
        for _ in range(4):
            paragraph = made.add_paragraph(begins + words[:200])
            paragraph.add_run(words[200:400]).bold = True
            paragraph.add_run(words[400:])
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def paragraphs_alone(data: bytes) -> int:
    """The text of every paragraph outside tables: the least that can be called reading it."""
    from docx import Document

    return sum(len(paragraph.text) for paragraph in Document(io.BytesIO(data)).paragraphs)


def measure_documents(verdicts: Verdicts) -> None:
    """A concept of 300 pages: from the file to a preview that can be decided about, and written."""
    from tests.factories import (
        ConceptFactory,
        MunicipalityFactory,
        PhaseFactory,
        ProcessFactory,
        UserFactory,
        coordinator,
    )

    from miteinander.strategy import actions, readers
    from miteinander.strategy.models import Measure

    town = MunicipalityFactory(host=None)
    concept = ConceptFactory(process=ProcessFactory(municipality=town))
    PhaseFactory(process=concept.process, permits=["draft", "gather"])
    by = coordinator(town, user=UserFactory().pk)
    data = document()

    def preview() -> object:
        found = actions.receive_document(concept, name="k.docx", content=data, by=by, at=by.at)
        readers.prepare(found, at=by.at)
        return found

    preview()
    pairs = [(seconds(preview), seconds(lambda: paragraphs_alone(data))) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    verdicts.figure("a concept of 300 pages: seconds, and python-docx", f"{mine:.2f}, {theirs:.2f}")
    verdicts.ratio(
        "its preview : its paragraphs with python-docx", mine / theirs, most=MOST_OF_DOCX
    )
    found = preview()
    taken = seconds(lambda: readers.take_in(found, by=by, at=by.at))
    assert Measure.objects.count() == PAGES
    again = seconds(preview)
    verdicts.figure("preview, all of it there already", f"{again:.2f} s")
    other = actions.receive_document(
        concept, name="k.docx", content=document(begins="Neu: "), by=by, at=by.at
    )
    readers.prepare(other, at=by.at)
    changed = seconds(lambda: readers.take_in(other, by=by, at=by.at))
    assert Measure.objects.filter(text__startswith="Neu: ").count() == PAGES
    verdicts.figure(
        "written in one transaction: all new, all changed", f"{taken:.2f}, {changed:.2f} s"
    )
    verdicts.ratio(
        "writing all of it : its preview", max(taken, changed) / mine, most=MOST_OF_WRITING
    )


def main() -> None:
    start_django()
    from django.utils import timezone
    from tests.factories import MunicipalityFactory, UserFactory, coordinator

    from miteinander.community import actions, queries, readers
    from miteinander.community.models import Person, SheetLine

    town, owner = MunicipalityFactory(host=None), UserFactory()
    by = coordinator(town, user=owner.pk)
    plain, spelled = sheet(), sheet(spelled="h")

    def preview(data: bytes) -> None:
        """What a browser waits for, from the file to lines that can be decided about."""
        found = actions.receive_list(town, name="liste.xlsx", content=data, by=by, at=by.at)
        readers.prepare(found, at=timezone.now())

    def measured(label: str, data: bytes) -> None:
        pairs = [
            (seconds(lambda: preview(data)), seconds(lambda: alone(data))) for _ in range(ROUNDS)
        ]
        mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        assert SheetLine.objects.filter(sheet_import__municipality=town, subject="person").exists()
        town.imports.all().delete()
        verdicts.figure(f"{label}: seconds, and reading alone", f"{mine:.2f}, {theirs:.2f}")
        verdicts.ratio(f"{label} : reading the sheet alone", mine / theirs, most=MOST)

    verdicts = Verdicts(f"Lists of {PEOPLE} people and a long document, medians of {ROUNDS} rounds")
    preview(plain)  # warms up, and is what is taken over below
    measured("preview into an empty register", plain)
    draft = readers.read_list(plain, queries.register_of(town))
    seen = queries.fingerprint_of(town)
    taken = seconds(lambda: actions.take_over(town, draft.lines, seen=seen, by=by, at=by.at))
    assert Person.objects.filter(municipality=town).count() == PEOPLE
    verdicts.figure("taking all of them over", f"{taken:.2f} s")
    measured("preview, all of them there already", plain)
    measured("preview, all of them spelled differently", spelled)
    measure_documents(verdicts)
    verdicts.end()


if __name__ == "__main__":
    main()
