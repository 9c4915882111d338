"""Votes on statements: agree, pass, disagree, and mostly nothing at all.

Everything about opinions starts from one structure: a list of the votes that exist, sorted by
person and statement. A table of all people times all statements would be nearly empty and, for a
large conversation, not fit into memory; and it would tempt to confuse "pass" with "not seen".

Files come in two forms. *Long*: a row a vote, ``participant,statement,vote``, of which the last one
of a pair counts. *Wide*: a row a person, a column a statement, empty where nobody voted. Both are
read as whole arrays of bytes when nothing in them is quoted, and cell by cell otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import DELIMITERS, Table, read_bytes, table_from
from miteinander.analysis.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1

PERSON = ("participant", "voter-id", "voter_id")
STATEMENT = ("statement", "comment-id", "comment_id")
VOTE = "vote"
TIME = "timestamp"
# What Polis writes beside the votes of a person.
BESIDE = {"group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid"}
CHUNK = 1 << 21
"""So many votes are counted at once: all of them as wide numbers would fill the memory."""


@dataclass(frozen=True)
class Votes:
    """All votes of a conversation: n of them, by P people on S statements.

    `person` and `statement` are int32 of shape (n,), `value` is int8 of shape (n,) with 1 agree,
    0 pass, -1 disagree; sorted by person, then statement, each pair once. `participants` (P) and
    `statements` (S) are their names in a canonical order: by number where all are numbers.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    person: NDArray[np.int32]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    texts: Mapping[str, str] = field(default_factory=dict)
    """The wording of statements, by their name, as far as it is known."""

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.participants), len(self.statements)

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the votes of each person begin, and the end: shape (P + 1,)."""
        # NumPy would widen all of `person` for a search among wider numbers.
        edges = np.arange(len(self.participants) + 1, dtype=self.person.dtype)
        return np.searchsorted(self.person, edges).astype(np.int64)

    def counts(self, value: int) -> NDArray[np.int64]:
        """How many people gave each statement this vote: shape (S,)."""
        return np.asarray(self.tally[value + 1, 0])

    @cached_property
    def tally(self) -> NDArray[np.int64]:
        """The votes of everybody counted as by `tallied`: shape (3, 1, S)."""
        return self.tallied(np.zeros(len(self.participants), dtype=np.int32), 1)

    def tallied(self, member: NDArray[np.int32], groups: int) -> NDArray[np.int64]:
        """Disagreements, passes and agreements by group and statement: shape (3, groups, S).

        `member` (P,) holds the group of each person from 0; people with -1 are not counted.
        """
        columns = len(self.statements)
        # One more group in front holds the people without one.
        counted = np.zeros((3, groups + 1, columns), dtype=np.int64)
        for part in self.chunks():
            key = self.value[part].astype(np.int64)
            key += 1
            key *= groups + 1
            key += member[self.person[part]]
            key += 1
            key *= columns
            key += self.statement[part]
            counted += np.bincount(key, minlength=counted.size).reshape(counted.shape)
        return counted[:, 1:]

    def chunks(self) -> Iterator[slice]:
        """All votes, a part of them at a time."""
        for start in range(0, len(self), CHUNK):
            yield slice(start, start + CHUNK)


def from_arrays(
    person: NDArray[np.integer],
    statement: NDArray[np.integer],
    value: NDArray[np.integer],
    *,
    participants: Sequence[str] | None = None,
    statements: Sequence[str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Votes:
    """Votes from three arrays of shape (n,); of a pair that comes twice the last one counts.

    `person` and `statement` are indices from 0; names default to the numbers from 0.
    """
    people = _names(participants, person)
    columns = _names(statements, statement)
    who = np.asarray(person, dtype=np.int32)
    what = np.asarray(statement, dtype=np.int32)
    vote = np.asarray(value, dtype=np.int8)
    if not _is_sorted(who, what):
        key = who.astype(np.int64) * max(len(columns), 1) + what
        order = np.argsort(key, kind="stable")
        key = key[order]
        is_last = np.append(key[1:] != key[:-1], True)
        kept = order[is_last]
        who, what, vote = who[kept], what[kept], vote[kept]
    return Votes(people, columns, who, what, vote, dict(texts or {}))


def _is_sorted(who: NDArray[np.int32], what: NDArray[np.int32]) -> bool:
    """Whether votes come by person, then statement, each pair once."""
    for start in range(0, len(who) - 1, CHUNK):
        one, two = slice(start, start + CHUNK), slice(start + 1, start + 1 + CHUNK)
        w, s = who[two], what[two]
        is_next = w > who[one][: len(w)]
        is_next |= (w == who[one][: len(w)]) & (s > what[one][: len(w)])
        if not is_next.all():
            return False
    return True


def _names(given: Sequence[str] | None, index: NDArray[np.integer]) -> tuple[str, ...]:
    if given is not None:
        return tuple(given)
    return tuple(map(str, range(int(index.max()) + 1 if len(index) else 0)))


def read_votes(path: str | Path) -> Votes:
    """Votes from a CSV file, or from the folder of a Polis export with the wording beside them."""
    path = Path(path)
    if not path.is_dir():
        return votes_from(read_bytes(path), name=path.name)
    for name in ("participants-votes.csv", "votes.csv"):
        if (path / name).exists():
            found = votes_from(read_bytes(path / name), name=name)
            comments = path / "comments.csv"
            return _with_wording(found, comments) if comments.exists() else found
    raise Unusable(
        Text("In diesem Ordner liegen keine Stimmen.", "There are no votes in this folder."),
        where=str(path),
        do=Text(
            "Erwartet wird participants-votes.csv oder votes.csv.",
            "It should hold participants-votes.csv or votes.csv.",
        ),
    )


def votes_from(data: bytes, *, name: str) -> Votes:
    """Votes from the bytes of a CSV file, long or wide."""
    cells = _cells(data)
    if cells is None:
        table = table_from(data, name=name)
        cells = Cells.of(table)
    header = cells.header
    person = next((column for column in PERSON if column in header), None)
    statement = next((column for column in STATEMENT if column in header), None)
    if person is None:
        raise _unknown(name, header, "participant")
    if statement is not None and VOTE in header:
        found = _long(cells, person, statement)
    elif statement is None and VOTE not in header:
        found = _wide(cells, person)
    else:
        raise _unknown(name, header, VOTE if statement else "statement")
    if found is None:  # something that only a careful reading can name
        table = table_from(data, name=name)
        _refuse_first(table, person, statement)
        found = votes_from(_cleaned(table, person, statement), name=name)
    return found


def _unknown(name: str, header: Sequence[str], column: str) -> Unusable:
    return Unusable(
        Text(f"Die Spalte „{column}“ fehlt.", f"The column “{column}” is missing."),
        where=place(name, row=1),
        do=Text(
            "Erwartet wird participant, statement, vote oder eine Zeile je Person mit einer Spalte "
            f"je These. Es gibt: {', '.join(header)[:200]}.",
            "It should have participant, statement, vote, or a row for each person with a column "
            f"for each statement. There are: {', '.join(header)[:200]}.",
        ),
    )


# --- cells as bytes -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cells:
    """A table as bytes: each cell is ``data[starts[row, column]:ends[row, column]]``."""

    header: tuple[str, ...]
    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, table: Table) -> Cells:
        """The same of a table that was read carefully."""
        flat = [cell.strip().encode() for row in table.rows for cell in row]
        ends = np.cumsum([len(cell) for cell in flat], dtype=np.int64)
        starts = np.concatenate([[0], ends[:-1]]) if flat else ends
        shape = len(table.rows), len(table.columns)
        data = np.frombuffer(b"".join(flat) or b"\0", dtype=np.uint8)
        return cls(table.columns, data, starts.reshape(shape), ends.reshape(shape))

    def words(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bytes_]:
        """Some cells (n,) as fixed strings."""
        lengths = ends - starts
        reach = np.arange(max(1, int(lengths.max(initial=0))))
        at = np.minimum(starts[:, None] + reach, len(self.data) - 1)
        picked = np.where(reach < lengths[:, None], self.data[at], 0).astype(np.uint8)
        return np.ascontiguousarray(picked).view(f"S{len(reach)}")[:, 0]

    def column(self, name: str) -> NDArray[np.bytes_]:
        at = self.header.index(name)
        return self.words(self.starts[:, at], self.ends[:, at])


def _cells(data: bytes) -> Cells | None:
    """Find the cells of a plain file all at once; None for one that wants a careful reading."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if b'"' in data or b"\0" in data or b" " in data[:1] or not data.strip():
        return None
    try:
        first = data.split(b"\n", 1)[0].decode().rstrip("\r")
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError:
        return None
    delimiter = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    header = tuple(cell.strip() for cell in first.split(delimiter))
    if len(set(header)) != len(header):
        return None
    body = data[data.find(b"\n") + 1 :] if b"\n" in data else b""
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
    if not body.endswith(b"\n"):
        body += b"\n" if body else b""
    raw = np.frombuffer(body or b"\n", dtype=np.uint8)[: len(body)]
    ends = np.flatnonzero((raw == ord(delimiter)) | (raw == ord("\n")))
    lines = np.flatnonzero(raw == ord("\n"))
    if len(ends) != len(lines) * len(header) or not np.array_equal(
        ends[len(header) - 1 :: len(header)], lines
    ):
        return None
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    shape = len(lines), len(header)
    return Cells(header, raw, starts.reshape(shape), ends.reshape(shape))


# --- long and wide --------------------------------------------------------------------------------


def _long(cells: Cells, person: str, statement: str) -> Votes | None:
    known = _valued(cells.column(VOTE))
    names_p, names_s = cells.column(person), cells.column(statement)
    if known is None or bool(np.any(names_p == b"")) or bool(np.any(names_s == b"")):
        return None
    value, is_given = known
    people, who = _canonical(names_p)
    columns, what = _canonical(names_s)
    order = np.flatnonzero(is_given)
    if TIME in cells.header:
        try:
            times = cells.column(TIME).astype(np.float64)
        except ValueError:
            return None
        order = order[np.argsort(times[order], kind="stable")]
    return from_arrays(
        who[order], what[order], value[order], participants=people, statements=columns
    )


def _wide(cells: Cells, person: str) -> Votes | None:
    beside = {person, *BESIDE}
    kept = [at for at, name in enumerate(cells.header) if name not in beside]
    names = cells.column(person)
    starts, ends = cells.starts[:, kept], cells.ends[:, kept]
    row, column = np.nonzero(ends > starts)
    known = _valued(cells.words(starts[row, column], ends[row, column]))
    if known is None or bool(np.any(names == b"")) or len(np.unique(names)) != len(names):
        return None
    value, is_given = known
    people, who = _canonical(names)
    columns, what = _canonical(np.array([cells.header[at].encode() for at in kept], dtype=bytes))
    who, what = who[row], what[column]
    return from_arrays(
        who[is_given], what[is_given], value[is_given], participants=people, statements=columns
    )


def _valued(words: NDArray[np.bytes_]) -> tuple[NDArray[np.int8], NDArray[np.bool_]] | None:
    """Votes from cells, and which cells hold one; None if something else stands there."""
    is_agree, is_disagree = words == b"1", words == b"-1"
    is_given = words != b""
    if bool(np.any(is_given & ~(is_agree | is_disagree | (words == b"0")))):
        return None
    return is_agree.astype(np.int8) - is_disagree.astype(np.int8), is_given


def _canonical(words: NDArray[np.bytes_]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Names in an order that does not depend on that of the rows, and the index of each row."""
    found, index = np.unique(words, return_inverse=True)
    names = [word.decode() for word in found.tolist()]
    if all(name.isascii() and name.isdecimal() and len(name) < 19 for name in names):
        order = np.argsort(np.array(names, dtype=np.int64), kind="stable")
    else:
        order = np.arange(len(names))
    places = np.empty(len(names), dtype=np.int32)
    places[order] = np.arange(len(names), dtype=np.int32)
    return tuple(names[at] for at in order), places[index.reshape(-1)]


# --- what does not fit ----------------------------------------------------------------------------


def _refuse_first(table: Table, person: str, statement: str | None) -> None:
    """Name the first cell that keeps the file from being read, if there is one."""
    names = {person, statement} if statement else {person}
    votes = [VOTE] if statement else [c for c in table.columns if c not in {person, *BESIDE}]
    seen: dict[str, int] = {}
    for row, cells in enumerate(table.rows):
        for column, cell in zip(table.columns, cells, strict=True):
            text = cell.strip()
            if column in names and not text:
                raise Unusable(
                    Text("Hier fehlt ein Name.", "A name is missing here."),
                    where=table.at(row, column),
                    do=Text(
                        "Jede Person und jede These braucht eine Kennung.",
                        "Each person and each statement needs an identifier.",
                    ),
                )
            if column in votes and _vote(text) is None:
                raise Unusable(
                    Text(f"„{text[:40]}“ ist keine Stimme.", f"“{text[:40]}” is not a vote."),
                    where=table.at(row, column),
                    do=Text(
                        "1 heißt Zustimmung, 0 Enthaltung, −1 Ablehnung, leer: nicht gesehen.",
                        "1 means agree, 0 pass, −1 disagree, empty: not seen.",
                    ),
                )
        who = cells[table.columns.index(person)].strip()
        if statement is None and who in seen:
            raise Unusable(
                Text("Diese Person kommt zweimal vor.", "This person appears twice."),
                where=table.at(row, person),
                do=Text(
                    f"Die erste Zeile mit „{who[:40]}“ ist Zeile {table.lines[seen[who]]}.",
                    f"The first line with “{who[:40]}” is line {table.lines[seen[who]]}.",
                ),
            )
        seen.setdefault(who, row)
    if TIME in table.columns and statement:
        table.numbers(TIME)


def _vote(text: str) -> str | None:
    """A vote as it should have been written: ``+1``, ``1,0`` and ``−1`` are understood."""
    plain = re.sub(r"[.,]0*$", "", text.replace("−", "-").removeprefix("+"))
    return plain if plain in {"1", "0", "-1", ""} else "0" if plain == "-0" else None


def _cleaned(table: Table, person: str, statement: str | None) -> bytes:
    """The same table with votes and times written plainly."""
    votes = {VOTE} if statement else {c for c in table.columns if c not in {person, *BESIDE}}
    rows = []
    for cells in table.rows:
        row = []
        for column, cell in zip(table.columns, cells, strict=True):
            text = cell.strip()
            if column in votes:
                text = _vote(text) or ""
            elif column == TIME:
                text = text.replace(",", ".") or "0"
            row.append(f'"{text.replace(chr(34), chr(34) * 2)}"')
        rows.append(",".join(row))
    header = ",".join(f'"{column.replace(chr(34), chr(34) * 2)}"' for column in table.columns)
    return "\n".join([header, *rows, ""]).encode()


def _with_wording(votes: Votes, path: Path) -> Votes:
    """The wording of each statement from ``comments.csv`` of a Polis export."""
    table = table_from(read_bytes(path), name=path.name, required=["comment-id", "comment-body"])
    texts = dict(zip(table.column("comment-id"), table.column("comment-body"), strict=True))
    return Votes(
        votes.participants, votes.statements, votes.person, votes.statement, votes.value, texts
    )
