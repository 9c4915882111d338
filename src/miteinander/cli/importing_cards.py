"""Cards from a table into a call: the third of `miteinander import`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from miteinander.cli import setup
from miteinander.cli.setup import said
from miteinander.core.errors import InstallationRefused
from miteinander.core.standing import system
from miteinander.participation import actions, queries
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.forms import LANGUAGES
from miteinander.participation.readers import CardField, read_cards

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from miteinander.cli.output import Output
    from miteinander.core.models import Municipality
    from miteinander.participation.models import Call

FUNCTION = "Installation"


def run(data: bytes, options: Namespace, output: Output) -> int:
    town = setup.one_municipality(options.municipality)
    at = timezone.now()
    call = _call(town, options.call, at)
    _known(options.map)
    read = read_cards(
        data, languages=LANGUAGES, longest=LONGEST, named=options.map, may_publish=options.publish
    )
    changes = queries.compared(None, call, read.cards)
    entered = None
    if options.yes:
        by = system(town.pk, at=at, function=FUNCTION)
        entered = len(actions.enter_cards(None, call, read.cards, by=by, at=at))
    counts: Counter[str] = Counter(change.sort for change in changes)
    words = [f"{town.name} · {call.title} · {Path(options.file).name}", ""]
    words += [
        f"{_row(change.card.row)}: {_sort(change.sort)} · {change.card.text[:70]}"
        for change in changes
        if change.sort != "same"
    ]
    left = [f"{flaw.cell}: {flaw.sentence}" for flaw in read.flaws]
    output.give(
        "\n".join([*words, *left]),
        {
            "municipality": town.name,
            "call": call.identifier,
            "file": options.file,
            "columns": {str(name): read.table.heads[at] for name, at in read.table.columns.items()},
            "rows": [
                {
                    "row": change.card.row,
                    "number": change.card.number,
                    "text": change.card.text,
                    "outcome": change.sort,
                }
                for change in changes
            ],
            "left": [{"cell": flaw.cell, "words": str(flaw.sentence)} for flaw in read.flaws],
            "written": entered,
        },
    )
    if not output.as_json:
        for sentence in _ending(counts, len(left), entered):
            output.say(sentence)
    return 0


def _sort(sort: str) -> str:
    return {
        "new": said("neu", "new"),
        "same": said("bekannt", "known already"),
        "changed": said("anderer Text, bleibt wie eingegeben", "other text, stays as entered"),
        "withdrawn": said("zurückgenommen, bleibt so", "taken back, stays so"),
    }[sort]


def _row(number: int) -> str:
    return said(f"Zeile {number}", f"Row {number}")


def _known(named: list[tuple[str, str]]) -> None:
    for column, name in named:
        if name not in CardField.values:
            raise InstallationRefused(
                said(f"„{name}“ ist kein Feld einer Karte.", f"“{name}” is no field of a card."),
                where=f"--map {column}={name}",
                do=said("Möglich sind: ", "Possible are: ") + ", ".join(CardField.values),
            )


def _call(town: Municipality, code: str, at: datetime) -> Call:
    """The call that is named, else the only one that is open."""
    by = system(town.pk, at=at, function=FUNCTION)
    calls = list(queries.calls_visible_to(town, by).order_by("-opens_at")[:200])
    wanted = code.replace("-", "").lower()
    found = (
        [call for call in calls if call.identifier == wanted]
        if code
        else [call for call in calls if call.opens_at <= at < call.closes_at]
    )
    if len(found) == 1:
        return found[0]
    raise InstallationRefused(
        said(
            "Es ist nicht klar, zu welchem Aufruf die Karten gehören.", "Which call is not clear."
        ),
        where=", ".join(f"{call.identifier} ({call.title})" for call in (found or calls)[:8]),
        do=said("Bitte mit --call einen davon nennen.", "Name one of these with --call."),
    )


def _ending(counts: Counter[str], left: int, entered: int | None) -> list[str]:
    words = []
    if left:
        words.append(
            said(f"Nicht übernommen: {left} Zeilen.", f"Not taken: {left} rows.")
            if left > 1
            else said("Nicht übernommen: 1 Zeile.", "Not taken: 1 row.")
        )
    if entered is not None:
        return [*words, said(f"Eingegeben: {entered} Karten.", f"Entered: {entered} cards.")]
    if not counts["new"]:
        return [*words, said("Es gibt nichts zu tun.", "There is nothing to do.")]
    return [
        *words,
        said(
            f"Neu: {counts['new']}. Nichts ist geschrieben. Mit --yes wird es eingegeben.",
            f"New: {counts['new']}. Nothing is written. With --yes it is entered.",
        ),
    ]
