"""Reading elections in the format of Pabulib, the library of participatory-budgeting data.

Three sections (META, PROJECTS, VOTES), each with its own header, cells divided by semicolons.
Files come with byte-order marks, decimal commas, quoted names and many extra columns; all of that
is read. What would change an outcome is not guessed: an unknown project on a ballot, a negative
cost, a voter listed twice, points that do not match the projects are refused with their line.

Source: Stolicki, Szufa, Talmon 2020, “Pabulib: A Participatory Budgeting Library”.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from miteinander.analysis.budget.ballots import APPROVAL, SCORED, read_ballots
from miteinander.analysis.budget.cells import Cells, Section, sections, split
from miteinander.analysis.budget.election import Election, Limit
from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import decoded, number_in, read_bytes
from miteinander.analysis.text import Text

VOTE_TYPES = sorted(APPROVAL | SCORED | {"ordinal"})


def read_election(path: str | Path, *, limits: Sequence[tuple[str, str]] = ()) -> Election:
    """Read a Pabulib file.

    `limits` are further limits beside the budget: the column of PROJECTS that says what a project
    takes, and how much there is.
    """
    return election_from(read_bytes(path), name=Path(path).name, limits=limits)


def election_from(data: bytes, *, name: str, limits: Sequence[tuple[str, str]] = ()) -> Election:
    """An election from the bytes of a Pabulib file."""
    text = decoded(data, name=name)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = sections(text, name)
    meta = _meta(parts["META"], name)
    projects = split(parts["PROJECTS"], name)
    votes = split(parts["VOTES"], name)

    ids = [cell.strip() for cell in projects.of("project_id")]
    index = {project: number for number, project in enumerate(ids)}
    if len(index) < len(ids) or "" in index:
        _refuse_ids(projects, ids)
    vote_type = meta.get("vote_type", ("approval", 0))[0].lower()
    if vote_type not in VOTE_TYPES:
        raise Unusable(
            Text(
                f"Die Art der Abstimmung „{vote_type}“ ist nicht bekannt.",
                f"The vote type “{vote_type}” is not known.",
            ),
            where=place(name, row=meta["vote_type"][1], column="vote_type"),
            do=Text(f"Möglich sind: {', '.join(VOTE_TYPES)}.", f"Known: {', '.join(VOTE_TYPES)}."),
        )
    all_limits, costs = _limits(meta, projects, name, limits)
    ballots = read_ballots(votes, index, vote_type)
    own = [c for c in votes.columns if c not in {"voter_id", "vote", "points"}]
    return Election(
        name=name,
        projects=tuple(ids),
        titles=tuple(projects.of("name") if projects.has("name") else ids),
        limits=all_limits,
        costs=costs,
        vote_type=vote_type,
        currency=meta.get("currency", ("", 0))[0],
        columns=tuple((column, tuple(votes.of(column))) for column in own),
        notes=(
            *_notes(meta, projects=len(ids), votes=ballots.voters),
            *(_single_note(votes) if vote_type == "ordinal" else ()),
        ),
        voters=ballots.voters,
        weights=ballots.weights,
        support=ballots.support,
        points=ballots.points,
        cast=ballots.cast,
        type_of_cast=ballots.type_of_cast,
    )


def _meta(section: Section, file: str) -> dict[str, tuple[str, int]]:
    """Keys with their value and line; a comment may hold semicolons, so only the first counts."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(section.text.split("\n")):
        key, _, value = line.partition(";")
        if key.strip():
            found[key.strip().lower()] = (
                value.strip().strip(";").strip('"'),
                section.line + 1 + number,
            )
    if "budget" not in found:
        raise Unusable(
            Text("Das Budget fehlt.", "The budget is missing."),
            where=place(file, row=section.line),
            do=Text(
                "In den Abschnitt META gehört eine Zeile „budget;BETRAG“.",
                "The section META needs a line “budget;AMOUNT”.",
            ),
        )
    return found


# --- amounts ----------------------------------------------------------------------------------


def amount_in(cell: str, *, where: Text) -> Fraction:
    """An amount, exactly as written: `1000`, `1000.50`, `1000,50`. Never negative."""
    written = cell.strip()
    if written.isascii() and written.isdigit():
        return Fraction(int(written))
    if not written:
        raise Unusable(Text("Der Betrag fehlt.", "The amount is missing."), where=where)
    # `repr` of a float is the shortest decimal that means it: what was written, up to 15 digits.
    amount = Fraction(repr(number_in(written, where=where)))
    if amount < 0:
        raise Unusable(
            Text(f"Der Betrag {cell} ist negativ.", f"The amount {cell} is negative."),
            where=where,
            do=Text(
                "Ein Projekt kann nichts einbringen, und ein Budget ist mindestens 0.",
                "A project cannot bring money in, and a budget is at least 0.",
            ),
        )
    return amount


def _limits(
    meta: dict[str, tuple[str, int]],
    projects: Cells,
    name: str,
    further: Sequence[tuple[str, str]],
) -> tuple[tuple[Limit, ...], tuple[tuple[Fraction, ...], ...]]:
    written, line = meta["budget"]
    limits = [Limit("budget", amount_in(written, where=place(name, row=line, column="budget")))]
    columns = ["cost"]
    for column, much in further:
        limits.append(
            Limit(column, amount_in(much, where=Text(f"--limit {column}", f"--limit {column}")))
        )
        columns.append(column)
    costs = tuple(
        tuple(
            amount_in(cell, where=projects.at(row, column))
            for row, cell in enumerate(projects.of(column))
        )
        for column in columns
    )
    return tuple(limits), costs


def _notes(meta: dict[str, tuple[str, int]], *, projects: int, votes: int) -> tuple[Text, ...]:
    notes = []
    for key, counted, de, en in (
        ("num_projects", projects, "Projekte", "projects"),
        ("num_votes", votes, "Stimmzettel", "ballots"),
    ):
        said = meta.get(key, ("", 0))[0]
        if said.isdigit() and int(said) != counted:
            notes.append(
                Text(
                    f"Die Datei kündigt {said} {de} an und enthält {counted}; vielleicht ist sie "
                    "nicht vollständig.",
                    f"The file announces {said} {en} and holds {counted}; it may be incomplete.",
                )
            )
    return tuple(notes)


def _single_note(votes: Cells) -> tuple[Text, ...]:
    if not any(vote and "," not in vote for vote in votes.of("vote")):
        return ()
    return (
        Text(
            "Manche haben nur ein Projekt genannt. Bei Rangfolgen zählt ein Projekt so viel, wie "
            "andere unter ihm stehen; diese Stimmzettel bewirken also nichts.",
            "Some named one project only. With rankings a project counts as much as there are "
            "others below it, so these ballots have no effect.",
        ),
    )


def _refuse_ids(projects: Cells, ids: list[str]) -> None:
    seen: set[str] = set()
    for row, project in enumerate(ids):
        if not project:
            raise Unusable(
                Text("Die Nummer des Projekts fehlt.", "The id of the project is missing."),
                where=projects.at(row, "project_id"),
                do=Text("Jedes Projekt braucht eine eigene.", "Every project needs its own."),
            )
        if project in seen:
            raise Unusable(
                Text(
                    f"Das Projekt „{project}“ steht zweimal da.",
                    f"The project “{project}” is listed twice.",
                ),
                where=projects.at(row, "project_id"),
                do=Text("Jedes Projekt braucht eine eigene.", "Every project needs its own."),
            )
        seen.add(project)
