"""200 measure sheets to PDF: ours beside WeasyPrint with the same content, in one run.

Both start from the same `Document`: ours is typeset as `documents.pdf` does it, with both
standards and its tags; WeasyPrint gets our reading edition and writes a tagged PDF/UA-1. The
two take turns, so that what slows the machine slows both, and every round has other texts,
because Typst remembers what it has set before. Then what 3,000 measures take, each format in a
process of its own.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from common import Verdicts, start_django

SHEETS, MANY, MOST_IN_A_PDF, ROUNDS = 200, 3000, 1000, 3


def document(count: int, edition: int = 0):
    from miteinander.documents.shapes import Document, Facts, Paragraph, Remark, Section

    def sheet(number: int) -> Section:
        field, goal, place = number // 40 + 1, number // 10 % 4 + 1, number % 10 + 1
        return Section(
            f"Sprachcafé im Quartier {number}, Fassung {edition}",
            number=f"{field}.{goal}.{place}",
            identifier=f"m{number}",
            keeps_together=True,
            unlisted=True,
            mark="Beispiel" if number % 5 == 0 else "",
            blocks=(
                Paragraph(
                    f"Fassung {edition}: Ein offener Treff, an dem zweimal in der Woche Deutsch "
                    "gesprochen wird. "
                    "Fachkräfte und Ehrenamtliche gestalten ihn; Kinder werden betreut. " * 2
                ),
                Facts(
                    (
                        ("Federführung", f"Volkshochschule {edition} (angenommen)"),
                        ("Kooperationspartner", "Caritas, Diakonie, Haus International"),
                        ("Zielgruppen", "Erwachsene, besonders Eltern von kleinen Kindern"),
                        ("Zeitraum", "Januar 2027 bis Dezember 2029"),
                        ("Kosten", "4.500 € einmalig, 18.000 € im Jahr"),
                        ("Finanzierung", "Haushalt, vorbehaltlich der Beratung"),
                        ("Erste Schritte", "Raum suchen, Stelle ausschreiben, Beirat hören"),
                        ("Woher es kommt", "Thema „Orte zum Reden“, 23 Beiträge, Auftakt"),
                    )
                ),
                *(
                    (Remark("Einwand", "Ehrenamtliche bleiben allein.", kind="objection"),)
                    if number % 8 == 0
                    else ()
                ),
            ),
        )

    goals = [
        Section(
            f"Ziel {start // 10 + 1}",
            sections=tuple(sheet(n) for n in range(start, min(start + 10, count))),
        )
        for start in range(0, count, 10)
    ]
    return Document(
        "Integrationskonzept",
        "de",
        publisher="Stadt",
        day=date(2026, 1, 2),
        has_cover=True,
        has_contents=True,
        sections=tuple(
            Section(
                f"Handlungsfeld {start // 4 + 1}",
                number=str(start // 4 + 1),
                breaks=True,
                sections=tuple(goals[start : start + 4]),
            )
            for start in range(0, len(goals), 4)
        ),
    )


def taken(action) -> tuple[float, float]:
    """Seconds on the clock and seconds of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - clock, time.process_time() - processor


def _many(name: str) -> int:
    """A PDF of more is refused (decision 73)."""
    return MOST_IN_A_PDF if name == "pdf" else MANY


def many(name: str) -> None:
    """One format of a very large document, in this process alone."""
    from miteinander.documents.formats import render

    clock, processor = taken(lambda: render(document(_many(name)), name))
    # what getrusage tells is the parent's as well
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    most = int(found[1]) / 1024 if found else 0
    print(f"{clock:8.2f} s ({processor:.1f} s of processor, at most {most:.0f} MB)")


def main() -> None:
    start_django()
    if len(sys.argv) > 1:
        many(sys.argv[1])
        return
    import weasyprint

    from miteinander.documents import html
    from miteinander.documents.formats import render

    def ours(edition: int) -> object:
        return render(document(SHEETS, edition), "pdf")

    def theirs(edition: int) -> object:
        page = html.render(document(SHEETS, edition))
        return weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")

    verdicts = Verdicts(f"documents: {SHEETS} measure sheets to PDF")
    first, _processor = taken(lambda: ours(0))
    rounds = [
        (taken(lambda n=n: ours(n)), taken(lambda n=n: theirs(n))) for n in range(1, ROUNDS + 1)
    ]
    medians = [
        [statistics.median(part[who][kind] for part in rounds) for kind in (0, 1)] for who in (0, 1)
    ]
    verdicts.figure("ours, the first time in a process", f"{first:8.2f} s")
    for label, (clock, processor) in zip(
        ("ours", f"WeasyPrint {weasyprint.__version__}"), medians, strict=True
    ):
        verdicts.figure(
            f"{label}, median of {ROUNDS}", f"{clock:8.2f} s ({processor:.2f} s of processor)"
        )
    verdicts.ratio("WeasyPrint's time ÷ ours", medians[1][0] / medians[0][0], least=8)
    verdicts.figure("the same in time of the processor", f"{medians[1][1] / medians[0][1]:8.2f}")
    for name in ("pdf", "docx", "odt", "html"):
        found = subprocess.run(
            [sys.executable, __file__, name],
            capture_output=True,
            text=True,
            check=True,
        )
        verdicts.figure(f"{_many(name)} measures as {name}", found.stdout.strip().rjust(8))
    verdicts.end()


if __name__ == "__main__":
    main()
