"""Cards in any table: typed in by somebody, with whatever heads they gave it.

A card is known again by its number; without one, by its words (and by how often the same words
stand in the table before it), so that the same table can be sent twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Invalid, filled
from miteinander.core.sheets import address, column_name, mark_in, read_sheets
from miteinander.process.readers import Flawed

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.sheets import Row, Sheet

LONGEST_NUMBER = 9
LONGEST_WALL = 80
FIRST_ROWS = 12
"""So far down the heads are looked for: somebody may have put a title above them."""


class CardField(TextChoices):
    """What a column of a table of cards may hold."""

    NUMBER = "number", _("Card")
    TEXT = "text", _("What it says")
    PUBLISH = "publish", _("May others read it")
    LANGUAGE = "language", _("Language")
    WALL = "wall", _("Wall or group")


OTHER_HEADS = {
    CardField.NUMBER: ("nr", "nr.", "nummer", "karte nr.", "no", "no.", "number", "id"),
    CardField.TEXT: ("text", "beitrag", "inhalt", "karte text", "idee", "content", "idea"),
    CardField.PUBLISH: ("öffentlich", "einwilligung", "public", "consent"),
    CardField.LANGUAGE: ("sprache", "language"),
    CardField.WALL: ("wand", "pinnwand", "gruppe", "tisch", "wall", "group", "table"),
}
"""What else offices call these columns."""


@dataclass(frozen=True, slots=True)
class Card:
    """One row of a table of cards that holds a text."""

    row: int
    number: int | None
    text: str
    may_publish: bool
    language: str
    wall: str = ""
    key: str = ""
    """By which it is known again: its number, or what stands for its words."""


@dataclass(frozen=True, slots=True)
class CardTable:
    """What of a table is read: the columns by what they hold, and their heads."""

    columns: Mapping[CardField, int]
    heads: tuple[str, ...]

    @property
    def unread(self) -> list[str]:
        """Heads of columns that were not understood; whoever sends the table is told."""
        read = set(self.columns.values())
        heads = enumerate(head.strip() for head in self.heads)
        return [head for place, head in heads if head and place not in read]


@dataclass(frozen=True, slots=True)
class ReadCards:
    cards: list[Card]
    flaws: list[Flawed]
    table: CardTable
    seen: dict[str, int] = field(default_factory=dict)


def read_cards(
    data: bytes,
    *,
    languages: Sequence[tuple[str, str]],
    longest: int,
    named: Sequence[tuple[str, str]] = (),
    may_publish: bool = False,
) -> ReadCards:
    """Read the cards of a table; `named` says of columns what they hold, by head or letter.

    Where the table says nothing about publishing, `may_publish` holds for all of it; where it
    has a column for that, an empty cell is no consent.
    """
    sheet, first, table = _found(read_sheets(data), named)
    known = {name.casefold(): code for code, name in languages} | {c: c for c, _n in languages}
    read = ReadCards([], [], table)
    words: Counter[str] = Counter()
    for row in sheet.rows[first:]:
        if text := _cell(row, table, CardField.TEXT):
            card = _card(row, text, read, known, longest, may_publish=may_publish, words=words)
            if card is not None:
                read.cards.append(card)
    return read


def _card(
    row: Row,
    text: str,
    read: ReadCards,
    known: Mapping[str, str],
    longest: int,
    *,
    may_publish: bool,
    words: Counter[str],
) -> Card | None:
    table = read.table

    def flawed(name: CardField, sentence: Text) -> None:
        read.flaws.append(Flawed(address(row.number, table.columns[name]), sentence))

    written = _cell(row, table, CardField.NUMBER).removesuffix(".0")
    if written and (not written.isdecimal() or len(written) > LONGEST_NUMBER):
        flawed(CardField.NUMBER, filled(_("“%(what)s” is no number of a card."), what=written[:40]))
        return None
    number = int(written) if written else None
    if written and written in read.seen:
        sentence = _("Card %(n)s stands in row %(row)s as well.")
        flawed(CardField.NUMBER, filled(sentence, n=number, row=read.seen[written]))
        return None
    if len(text) > longest:
        flawed(CardField.TEXT, filled(_("A card holds at most %(most)s characters."), most=longest))
        return None
    if CardField.PUBLISH in table.columns:
        ticked = _cell(row, table, CardField.PUBLISH)
        agreed = mark_in(ticked)
        if agreed is None:
            sentence = _("“%(what)s” is neither yes nor no.")
            flawed(CardField.PUBLISH, filled(sentence, what=ticked[:40]))
            return None
        may_publish = agreed
    said_in = _cell(row, table, CardField.LANGUAGE).casefold()
    if said_in and said_in not in known:
        sentence = _("The language “%(what)s” is not known here.")
        flawed(CardField.LANGUAGE, filled(sentence, what=said_in[:40]))
        return None
    read.seen[written or f"row {row.number}"] = row.number
    if number is not None:
        key = str(number)
    else:
        same = " ".join(text.split()).casefold()
        words[same] += 1
        key = f"{sha256(same.encode()).hexdigest()[:24]}.{words[same]}"
    wall = _cell(row, table, CardField.WALL)[:LONGEST_WALL]
    return Card(row.number, number, text, may_publish, known.get(said_in, ""), wall, key)


def _cell(row: Row, table: CardTable, name: CardField) -> str:
    place = table.columns.get(name)
    return "" if place is None else row.cell(place).strip()


def _found(
    sheets: Sequence[Sheet], named: Sequence[tuple[str, str]]
) -> tuple[Sheet, int, CardTable]:
    """The sheet with cards, where its rows begin, and its columns."""
    known = _in_all_languages()
    heads: tuple[str, ...] = ()
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:FIRST_ROWS]):
            columns = _columns(row.cells, known, named)
            if CardField.TEXT in columns:
                return sheet, place + 1, CardTable(columns, tuple(row.cells))
            if len([cell for cell in row.cells if cell.strip()]) > 1:
                heads = heads or tuple(cell.strip() for cell in row.cells if cell.strip())
    for sheet in sheets:  # a list of thoughts and nothing else
        filled_rows = [row for row in sheet.rows if any(cell.strip() for cell in row.cells)]
        if filled_rows and all(not any(c.strip() for c in row.cells[1:]) for row in filled_rows):
            return sheet, 0, CardTable({CardField.TEXT: 0}, ("",))
    raise Invalid(
        {
            "file": filled(
                _("No column is called “%(wanted)s”. Please say which one holds the texts. There "
                  "are: %(heads)s"),
                wanted=CardField.TEXT.label,
                heads=", ".join(heads) or "–",
            )
        }
    )  # fmt: skip


def _columns(
    cells: Sequence[str], known: Mapping[str, CardField], named: Sequence[tuple[str, str]]
) -> dict[CardField, int]:
    said = {column.strip().casefold(): name for column, name in named}
    columns: dict[CardField, int] = {}
    for place, cell in enumerate(cells):
        head = cell.strip().casefold()
        letter = column_name(place).casefold()
        if head in said or letter in said:
            name = said.get(head, said.get(letter, ""))
            if name:
                columns[CardField(name)] = place
        elif head in known and known[head] not in columns and known[head] not in said.values():
            columns[known[head]] = place
    return columns


def _in_all_languages() -> dict[str, CardField]:
    found = {word: name for name, words in OTHER_HEADS.items() for word in words}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {str(name.label).casefold(): name for name in CardField}
    return found


def column_in(text: str) -> tuple[str, str]:
    """What ``COLUMN=FIELD`` says; refused where there is no such field.

    >>> column_in("Was steht da=text")
    ('Was steht da', 'text')
    >>> column_in("Frei = Einwilligung")
    ('Frei', 'publish')
    """
    column, equals, said = text.rpartition("=")
    name = said.strip().casefold()
    name = _in_all_languages().get(name, name)
    if not equals or not column.strip() or (name and name not in CardField.values):
        raise ValueError(text)
    return column.strip(), name
