"""Take a list of people or organisations over into the register, or cards into a call.

From XLSX or CSV.

Without --yes this is a preview: every row with what would become of it, and nothing is written.
Titles, merged cells, several rows of headings, sums and empty rows may stay in the list. The same
list can be taken over again: what is there already is not entered twice. Whatever is perhaps there
already is only proposed; it is left out unless --similar says what it is, for all such rows at
once. To decide row by row, send the list in with the browser.

`cards` takes what groups wrote on a wall, and enters it for a call (see --call). A card is known
again by its number, or by its words.

`concept` takes a concept that was written elsewhere – DOCX, ODT or XLSX – into the one that is
being drafted (see --concept): headings, numbers and tables become fields of action, goals and
measures. --map says what a sort of heading (h1 to h9), a numbered paragraph (n1 to n4), a bold line
(b) or a label is; it is repeated for each.

`organisations` takes organisations alone, `people` everything that the list says: people, their
organisations, and the bodies in which they sit.
"""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

if TYPE_CHECKING:
    from miteinander.community.models import SheetLine
    from miteinander.community.queries import Register
    from miteinander.community.readers import Draft
    from miteinander.core.models import Municipality

FUNCTION = "Installation"
"""How the record names who takes a list over from the command line."""
EXAMPLE = 'miteinander import people liste.xlsx --map "Kontakt=name" --yes'
DECISIONS = {"same": "0", "new": "new", "leave": "leave"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["organisations", "people", "cards", "concept"])
    parser.add_argument("file", metavar="FILE")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--dry-run", action="store_true", help="preview only; this is the default")
    ways.add_argument("--yes", action="store_true", help="write it")
    parser.add_argument(
        "--map", metavar="COLUMN=FIELD", action="append", default=[], type=_pair,
        help="what a column holds, by its heading or letter; else it is guessed. FIELD is one of "
        "name, first_name, last_name, title, function, email, language, consent, organisation, "
        "organisation_kind, organisation_email, organisation_phone, organisation_text, "
        "neighbourhood, perspectives, body, body_kind, mark, seat, seat_organisation, or empty: is "
        "not read; of a concept: field, guiding_goal, goal, measure, number, text, lead, partners, "
        "period, cost, funding and more",
    )  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="which sheet; else the likeliest")
    parser.add_argument(
        "--similar", choices=[*DECISIONS], default="",
        help="what those are that are perhaps there already: the first proposal, something new, or "
        "to be left out (default)",
    )  # fmt: skip
    parser.add_argument(
        "--call", metavar="CODE", default="",
        help="of cards: which call they answer, by the code on its papers; else the one that is "
        "open. FIELD is then one of number, text, publish, language, wall",
    )  # fmt: skip
    parser.add_argument(
        "--concept", metavar="CODE", default="",
        help="into which concept, by the code in its address; else the one that is being drafted",
    )  # fmt: skip
    parser.add_argument(
        "--publish", action="store_true",
        help="of cards: others may read them, where the table has no column for that",
    )  # fmt: skip
    parser.add_argument("--municipality", metavar="NAME", help="which one, where there are several")


def run(options: Namespace, output: Output) -> int:
    data = _bytes(options.file)
    setup.database()
    if options.what == "cards":
        from miteinander.cli import importing_cards  # deferred: needs the settings

        return importing_cards.run(data, options, output)
    if options.what == "concept":
        from miteinander.cli import importing_concept  # deferred: needs the settings

        return importing_concept.run(data, options, output)
    from django.utils import timezone  # deferred: needs the settings

    from miteinander.community import actions, queries
    from miteinander.core.standing import system

    town = setup.one_municipality(options.municipality)
    register = queries.register_of(town)
    with output.percent(said("Die Liste wird gelesen", "Reading the list")) as report:
        draft = _read(data, register, options, report)
    lines = _asked_for(draft.lines, options)
    for line in lines:
        decision = DECISIONS.get(options.similar, "")
        if line.outcome == "similar" and decision in actions.allowed_for(line):
            line.decision = decision
    told = None
    if options.yes:
        at = timezone.now()
        by = system(town.pk, at=at, function=FUNCTION)
        told = actions.take_over(town, lines, seen=register.fingerprint, by=by, at=at)
    left = queries.left_out(lines)
    output.give(
        "\n".join([*_head(town, draft, options), *_rows(lines, left)]),
        _as_data(town, draft, options, lines=lines, left=left, told=told),
    )
    if not output.as_json:
        for sentence in _ending(lines, left, told):
            output.say(sentence)
    return 0


def _pair(text: str) -> tuple[str, str]:
    from miteinander.community.states import ListField  # deferred: --help answers without it
    from miteinander.strategy.states import IMPORTED  # deferred: as above

    column, equals, field = text.rpartition("=")
    if not equals or not column.strip():
        raise argparse.ArgumentTypeError(f"not COLUMN=FIELD: {text}")
    if field not in {*ListField.values, "text", "publish", "wall", *IMPORTED}:
        raise argparse.ArgumentTypeError(f"no such field: {field}")
    return column.strip(), field


def _bytes(file: str) -> bytes:
    from miteinander.core.errors import InstallationRefused  # deferred: --help answers without it

    try:
        return Path(file).read_bytes()
    except OSError as problem:
        raise InstallationRefused(
            said(
                f"Die Datei kann nicht gelesen werden ({problem.strerror}).",
                f"The file cannot be read ({problem.strerror}).",
            ),
            where=file,
            do=said("Bitte den Pfad prüfen.", "Check the path."),
        ) from problem


def _read(data: bytes, register: Register, options: Namespace, report: Any) -> Draft:
    from miteinander.community import actions, readers  # deferred: needs the settings
    from miteinander.core.errors import Invalid

    said_of = dict(options.map)

    def read(sheet: int | None, mapping: dict[str, str] | None = None) -> Draft:
        return readers.read_list(
            data, register, sheet=sheet, mapping=mapping, of=options.what, named=said_of,
            report=report,
        )  # fmt: skip

    draft = read(None)
    sheet = _sheet(draft, options.sheet)
    if sheet != draft.sheet:
        draft = read(sheet)
    if not said_of:
        return draft
    mapping = readers.mapping_with(draft.columns, said_of)
    try:
        actions.checked_columns(mapping)
    except Invalid as refused:
        called = {str(column.place): column.heading for column in draft.columns}
        raise Invalid(
            {called.get(place, "--map"): words for place, words in refused.fields.items()}
        ) from refused
    return read(sheet, mapping)


def _sheet(draft: Draft, wanted: str | None) -> int:
    from miteinander.core.errors import InstallationRefused  # deferred: --help answers without it

    names = [sheet["name"] for sheet in draft.sheets]
    if wanted is None:
        return draft.sheet
    if wanted in names:
        return names.index(wanted)
    raise InstallationRefused(
        said(f"Ein Blatt „{wanted}“ gibt es nicht.", f"There is no sheet “{wanted}”."),
        where=", ".join(names),
        do=said("Bitte mit --sheet eines davon nennen.", "Name one of these with --sheet."),
    )


def _asked_for(lines: Sequence[SheetLine], options: Namespace) -> list[SheetLine]:
    """Of a list of organisations only these, and the rows that nobody could read."""
    if options.what == "people":
        return list(lines)
    return [ln for ln in lines if ln.subject == "organisation" or ln.outcome == "refused"]


# --- words ----------------------------------------------------------------------------------------


def _head(town: Municipality, draft: Draft, options: Namespace) -> list[str]:
    sheet = draft.sheets[draft.sheet]["name"] if draft.sheets else ""
    words = [f"{town.name} · {Path(options.file).name}{f' · {sheet}' if sheet else ''}", ""]
    words += [f"  {column.heading} → {column.field.label}" for column in draft.columns]
    return [*words, ""]


def _rows(lines: Sequence[SheetLine], left: Sequence[SheetLine]) -> list[str]:
    """Every row that is new, differs or waits, in the order of the list."""
    from miteinander.community import queries  # deferred: needs the settings
    from miteinander.community.states import LineOutcome, LineSubject

    waiting = {id(line) for line in left}
    found = []
    for line in sorted(lines, key=lambda line: line.row):
        if line.outcome == LineOutcome.SAME and not line.remarks:
            continue
        subject = LineSubject(line.subject).label if line.subject != LineSubject.ROW else ""
        outcome = LineOutcome(line.outcome).label
        parts = [str(subject), line.title, queries.details_of(line), str(outcome)]
        row = said(f"Zeile {line.row}", f"Row {line.row}")
        found.append(f"{row}: {' · '.join(part for part in parts if part)}")
        found += [f"    {queries.difference_in_words(d)}" for d in line.differences]
        found += [f"    {queries.remark_in_words(remark)}" for remark in line.remarks]
        for candidate in line.candidates if line.outcome == LineOutcome.SIMILAR else ():
            found.append(f"    ? {candidate['label']}")
        if id(line) in waiting and line.outcome != LineOutcome.REFUSED:
            found.append(f"    {_why_left(line)}")
    return found


def _why_left(line: SheetLine) -> str:
    if line.outcome == "similar":
        return said(
            "Ob das schon da ist, ist nicht entschieden: wird ausgelassen.",
            "Whether this is already there is not decided: it is left out.",
        )
    return said(
        "Wird ausgelassen, weil die Organisation ausgelassen wird.",
        "Left out because the organisation is left out.",
    )


def _ending(
    lines: Sequence[SheetLine], left: Sequence[SheetLine], told: dict[str, int] | None
) -> list[str]:
    words = []
    if left:
        rows = len({line.row for line in left})
        words.append(
            said(f"Nicht übernommen: {rows} Zeilen.", f"Not taken: {rows} rows.")
            if rows > 1
            else said("Nicht übernommen: 1 Zeile.", "Not taken: 1 row.")
        )
    if told is not None and any(told.values()):
        kinds = {
            "people": said("Personen", "people"), "bodies": said("Gremien", "bodies"),
            "organisations": said("Organisationen", "organisations"),
            "seats": said("Sitze", "seats"), "changed": said("geändert", "changed"),
        }  # fmt: skip
        figures = ", ".join(f"{told[name]} {word}" for name, word in kinds.items() if told[name])
        return [*words, said(f"Geschrieben: {figures}.", f"Written: {figures}.")]
    if not any(line.outcome in {"new", "changed", "similar"} for line in lines):
        return [*words, said("Es gibt nichts zu tun.", "There is nothing to do.")]
    if told is not None:
        return [*words, said("Es wurde nichts geschrieben.", "Nothing was written.")]
    return [
        *words,
        said(
            "Nichts ist geschrieben. Mit --yes wird es übernommen.",
            "Nothing is written. With --yes it is taken over.",
        ),
    ]


def _as_data(
    town: Municipality,
    draft: Draft,
    options: Namespace,
    *,
    lines: Sequence[SheetLine],
    left: Sequence[SheetLine],
    told: dict[str, int] | None,
) -> dict[str, Any]:
    from miteinander.community import queries  # deferred: needs the settings

    return {
        "municipality": town.name,
        "file": options.file,
        "sheet": draft.sheets[draft.sheet]["name"] if draft.sheets else "",
        "columns": [{"heading": c.heading, "field": str(c.field)} for c in draft.columns],
        "counted": queries.counted(list(lines)),
        "rows": [
            {
                "row": line.row,
                "subject": str(line.subject),
                "title": line.title,
                "outcome": str(line.outcome),
                "decision": line.decision,
                "differences": line.differences,
                "candidates": [candidate["label"] for candidate in line.candidates],
                "remarks": [{**r, "words": queries.remark_in_words(r)} for r in line.remarks],
            }
            for line in lines
        ],
        "left": sorted({line.row for line in left}),
        "written": told,
    }
