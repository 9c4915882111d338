"""The cells of a row put together: who, for which institution, in which bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import override

from miteinander.community.readers.columns import MAIL, Column
from miteinander.community.readers.names import folded, in_order
from miteinander.community.readers.tables import Found
from miteinander.community.states import BodyKind, ListField, OrganisationKind
from miteinander.core.sheets import Row, address, day_in, mark_in

F = ListField
Remark = dict[str, str]
LONGEST = {F.NAME: 120, F.FUNCTION: 120, F.ORGANISATION: 200, F.BODY: 200, F.SEAT: 160,
           F.NEIGHBOURHOOD: 120}  # fmt: skip
_PEOPLE_APART = re.compile(r"\s+(?:/|&|und|u\.)\s+|\n|;|(?<=\w)/(?=\w)")
_BODIES_APART = re.compile(r"\s*(?:;|\n|,|\s\+\s|\s/\s|\s&\s)\s*")
_PHONE = re.compile(r"\+?[\d\s/().–-]*\d[\d\s/().–-]*\d[\d\s/().–-]*\d")
LONGEST_PHONE = 40
_LISTED = re.compile(r"\s*[;\n]\s*")
_WITH_COMMAS = re.compile(r"^(AG|AK|Arbeitsgruppe|Arbeitskreis)\s+", re.IGNORECASE)

LANGUAGES = {
    "de": "deutsch german", "en": "englisch english", "ar": "arabisch arabic العربية",
    "fa": "persisch farsi dari فارسی", "fr": "franzoesisch francais french",
    "pl": "polnisch polski polish", "ro": "rumaenisch română romana romanian",
    "ru": "russisch русский russian", "tr": "tuerkisch turkce turkish",
    "uk": "ukrainisch українська ukrainian",
}  # fmt: skip
_LANGUAGES = {word: code for code, words in LANGUAGES.items() for word in [code, *words.split()]}
_BODY_KINDS = (
    ("steuer", BodyKind.STEERING_GROUP), ("lenkung", BodyKind.STEERING_GROUP),
    ("fachrunde", BodyKind.EXPERT_ROUND), ("redaktion", BodyKind.EDITORIAL_GROUP),
    ("pruef", BodyKind.REVIEW_BOARD), ("beirat", BodyKind.ADVISORY_BOARD),
    ("ausschuss", BodyKind.COMMITTEE), ("stadtrat", BodyKind.COUNCIL),
    ("gemeinderat", BodyKind.COUNCIL), ("kreistag", BodyKind.COUNCIL),
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What one row says, understood as far as it can be."""

    row: int
    name: str = ""
    function: str = ""
    email: str = ""
    language: str = ""
    further_languages: str = ""
    consent: str = ""
    neighbourhood: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    organisation_email: str = ""
    organisation_phone: str = ""
    organisation_text: str = ""
    perspectives: list[str] = field(default_factory=list)
    perspectives_cell: str = ""
    bodies: list[str] = field(default_factory=list)
    body_kind: str = ""
    seat: str = ""
    seat_organisation: str = ""
    remarks: list[Remark] = field(default_factory=list)
    refusals: list[Remark] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        """Whether somebody is meant; an address alone beside an institution is not."""
        return bool(self.name or self.function or (self.email and not self.organisation))


def entries_in(found: Found, *, labels: Mapping[str, str]) -> list[Entry]:
    """Every row with what is known of it; `labels` are the kinds of organisations in words."""
    marks = {
        column.place: column.heading.rpartition(" › ")[2]
        for column in found.columns
        if column.field is F.MARK
    }
    by_field: dict[ListField, list[Column]] = {}
    for column in found.columns:
        by_field.setdefault(column.field, []).append(column)
    reader = _Reader(by_field, marks, labels)
    return [reader.entry(row, found.groups.get(row.number, "")) for row in found.rows]


class _Reader:
    def __init__(
        self,
        by_field: Mapping[ListField, list[Column]],
        marks: Mapping[int, str],
        labels: Mapping[str, str],
    ) -> None:
        self.by_field, self.marks, self.labels = by_field, marks, labels

    def entry(self, row: Row, group: str) -> Entry:
        entry = Entry(row=row.number)
        self._who(entry, row)
        self._mails(entry, row)
        for name, place in (
            (F.FUNCTION, "function"), (F.ORGANISATION, "organisation"), (F.SEAT, "seat"),
            (F.SEAT_ORGANISATION, "seat_organisation"), (F.NEIGHBOURHOOD, "neighbourhood"),
        ):  # fmt: skip
            setattr(entry, place, " ".join(self._text(row, name).split()))
        entry.organisation_text = self._text(row, F.ORGANISATION_TEXT)
        self._phone(entry, row)
        self._words(entry, row)
        self._bodies(entry, row, group)
        self._too_long(entry, row)
        if entry.organisation and not entry.is_person and entry.email:
            entry.organisation_email, entry.email = entry.organisation_email or entry.email, ""
        if not (entry.is_person or entry.organisation or entry.bodies):
            given = next((p for p, cell in enumerate(row.cells) if cell), 0)
            self._say(entry.refusals, "nothing", row, given)
        return entry

    def _text(self, row: Row, name: ListField) -> str:
        columns = self.by_field.get(name, ())
        return "; ".join(filter(None, (row.cell(column.place) for column in columns)))

    def _say(self, into: list[Remark], code: str, row: Row, place: int, value: str = "") -> None:
        into.append(
            {
                "code": code,
                "cell": address(row.number, place),
                "value": (value or row.cell(place))[:80],
            }
        )

    def _place(self, name: ListField) -> int:
        return self.by_field[name][0].place

    def _who(self, entry: Entry, row: Row) -> None:
        first, last = self._text(row, F.FIRST_NAME), self._text(row, F.LAST_NAME)
        if F.NAME in self.by_field:
            whole = self._text(row, F.NAME)
            if len([part for part in _PEOPLE_APART.split(whole) if part.strip()]) > 1:
                self._say(entry.refusals, "two_people", row, self._place(F.NAME))
            name = in_order(whole)
            entry.name = name if not first or first in name else f"{first} {name}"
        else:
            entry.name = in_order(f"{first} {last}".replace(",", " "))
        if entry.name and F.TITLE in self.by_field:
            degree = in_order(self._text(row, F.TITLE).replace(",", " "))
            is_address = folded(degree) in {
                "",
                "herr",
                "herrn",
                "frau",
                "fr",
                "hr",
                "divers",
                "m",
                "w",
                "d",
            }
            if not is_address and not entry.name.startswith(degree):
                entry.name = f"{degree} {entry.name}"

    def _mails(self, entry: Entry, row: Row) -> None:
        entry.email = self._mail(entry, row, F.EMAIL)
        entry.organisation_email = self._mail(entry, row, F.ORGANISATION_EMAIL)

    def _mail(self, entry: Entry, row: Row, name: ListField) -> str:
        taken = ""
        for column in self.by_field.get(name, ()):
            cell = row.cell(column.place)
            if not cell:
                continue
            found = [mail.strip(".").casefold() for mail in MAIL.findall(cell)]
            good = [mail for mail in dict.fromkeys(found) if _is_mail(mail)]
            if not good:
                self._say(entry.remarks, "no_mail", row, column.place)
            elif taken and good[0] != taken:
                self._say(entry.remarks, "two_mails", row, column.place, ", ".join(good))
            elif len(good) > 1:
                self._say(entry.remarks, "two_mails", row, column.place, ", ".join(good[1:]))
            taken = taken or (good[0] if good else "")
        return taken

    def _phone(self, entry: Entry, row: Row) -> None:
        if cell := " ".join(self._text(row, F.ORGANISATION_PHONE).split()):
            # The length first: of a cell full of digits the pattern would try every division.
            if len(cell) <= LONGEST_PHONE and _PHONE.fullmatch(cell):
                entry.organisation_phone = cell
            else:
                self._say(entry.remarks, "no_phone", row, self._place(F.ORGANISATION_PHONE))

    def _words(self, entry: Entry, row: Row) -> None:
        if cell := self._text(row, F.LANGUAGE):
            named = [folded(word) for word in re.split(r"[,;/\n]+|\bund\b", cell) if word.strip()]
            codes = [_LANGUAGES[word] for word in named if word in _LANGUAGES]
            entry.language = codes[0] if codes else ""
            entry.further_languages = ", ".join(dict.fromkeys(codes[1:]))
            if len(codes) != len(named):
                self._say(entry.remarks, "no_language", row, self._place(F.LANGUAGE))
        if cell := self._text(row, F.CONSENT):
            day = day_in(cell)
            entry.consent = day.isoformat() if day else ""
            if day is None and mark_in(cell) is not False:
                self._say(entry.remarks, "no_consent_day", row, self._place(F.CONSENT))
        if cell := self._text(row, F.ORGANISATION_KIND):
            entry.organisation_kind = self.labels.get(folded(cell), "")
            if not entry.organisation_kind:
                self._say(entry.remarks, "no_kind", row, self._place(F.ORGANISATION_KIND))
        if cell := self._text(row, F.PERSPECTIVES):
            entry.perspectives = [part for part in _LISTED.split(cell) if part]
            entry.perspectives_cell = address(row.number, self._place(F.PERSPECTIVES))

    def _bodies(self, entry: Entry, row: Row, group: str) -> None:
        found: list[str] = []
        for column in self.by_field.get(F.BODY, ()):
            found += _bodies_in(row.cell(column.place))
        for place, body in self.marks.items():
            mark = mark_in(row.cell(place))
            if mark is None:
                self._say(entry.remarks, "no_mark", row, place)
            elif mark:
                found.append(body)
        if not found and group:
            found = [group]
        entry.bodies = list(dict.fromkeys(found))
        if cell := self._text(row, F.BODY_KIND):
            entry.body_kind = self.labels.get(f"body:{folded(cell)}", "")

    def _too_long(self, entry: Entry, row: Row) -> None:
        values: dict[ListField, Any] = {
            F.NAME: entry.name, F.FUNCTION: entry.function, F.ORGANISATION: entry.organisation,
            F.BODY: max(entry.bodies, key=len, default=""), F.SEAT: entry.seat,
            F.NEIGHBOURHOOD: entry.neighbourhood,
        }  # fmt: skip
        for name, value in values.items():
            if len(value) > LONGEST[name]:
                place = next((c.place for c in self.by_field.get(name, ())), 0)
                self._say(entry.refusals, "too_long", row, place)


def _bodies_in(cell: str) -> list[str]:
    """The bodies of a cell: “AG Sprache, AG Arbeit”, “AG 1, 3”."""
    found: list[str] = []
    for part in _BODIES_APART.split(cell):
        name = " ".join(part.split())
        if not name:
            continue
        if found and name.isdigit() and (kind := _WITH_COMMAS.match(found[-1])):
            name = f"{kind[1]} {name}"
        found.append(name)
    return found


def body_kind_of(title: str) -> BodyKind:
    words = folded(title)
    return next((kind for part, kind in _BODY_KINDS if part in words), BodyKind.WORKING_GROUP)


def _is_mail(mail: str) -> bool:
    try:
        validate_email(mail)
    except ValidationError:
        return False
    return len(mail) <= 254


def kinds_in_words() -> dict[str, str]:
    """Kinds of organisations, and of bodies after “body:”, by key and by label in any language."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for kind in OrganisationKind:
                found[folded(kind.value)] = found[folded(str(kind.label))] = kind.value
            for body in BodyKind:
                found[f"body:{folded(body.value)}"] = body.value
                found[f"body:{folded(str(body.label))}"] = body.value
    return found
