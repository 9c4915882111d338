"""Which column holds what: by its heading, by what stands in it, and by what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from miteinander.community.models import SheetImport
from miteinander.community.readers.names import folded
from miteinander.community.states import ListField
from miteinander.core.errors import Invalid
from miteinander.core.sheets import column_name, mark_in

MAIL = re.compile(r"[^\s;,<>()\"]+@[^\s;,<>()\"]+\.[A-Za-z]{2,}")
BODY = re.compile(
    r"\b(AG|AK|Arbeitsgruppe|Arbeitskreis|Steuerungsgruppe|Lenkungsgruppe|Fachrunde|"
    r"Redaktionsgruppe|Beirat|Integrationsbeirat|Ausschuss|Stadtrat|Gemeinderat|Kreistag|"
    r"Projektgruppe|Prüfgruppe)\b",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\be\.?\s?V\b|gGmbH|\bGmbH\b|verein|schule|kita|kirche|gemeinde|verband|diakonie|caritas|"
    r"\bAWO\b|\bVHS\b|jobcenter|amt\b|agentur|stiftung|kammer|zentrum|gymnasium|beratung|stadt\b",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"(herrn?|frau|divers|dr\.?|prof\.?|prof\. dr\.?|fr\.|hr\.)", re.IGNORECASE)

F = ListField
_WORDS = {
    F.FIRST_NAME: "vorname|vornamen|rufname|first name|given name",
    F.LAST_NAME: "nachname|familienname|zuname|last name|surname",
    F.NAME: """name|namen|name vorname|vorname name|name nachname|vor und nachname
        |vor und zuname|name of the person|ansprechpartner|ansprechpartnerin|ansprechperson
        |ansprechpartner in|kontaktperson|kontakt|person|teilnehmer|teilnehmende|teilnehmerin
        |teilnehmer in|mitglied|vertreten durch|vertretung durch|vertreter|vertreterin|inhaber
        |inhaberin|name der person|full name""",
    F.TITLE: "anrede|titel|geschlecht|akad titel|akademischer titel|anrede titel|title",
    F.FUNCTION: """funktion|position|rolle|aufgabe|amtsbezeichnung|stelle|taetigkeit|beruf
        |function""",
    F.EMAIL: """e mail|email|mail|mailadresse|e mail adresse|emailadresse|e mailadresse
        |mail adresse|e mail address|e post""",
    F.LANGUAGE: """languages|language|sprache|sprachen|muttersprache|erstsprache
        |korrespondenzsprache|sprache der mails""",
    F.CONSENT: """einwilligung|einwilligung am|einwilligung vom|dsgvo|datenschutz|zustimmung
        |zustimmung am|datenschutzerklaerung|einwilligung dsgvo|consent given on
        |datenschutz unterschrieben am|einverstaendnis""",
    F.ORGANISATION: """einrichtung|institution|traeger|organisation|verein|firma|dienststelle
        |behoerde|arbeitgeber|stelle einrichtung|traeger einrichtung|einrichtung traeger
        |institution einrichtung|einrichtung institution|verband|schule|amt|entsendende stelle
        |organization|name der einrichtung|name der institution|name der organisation""",
    F.ORGANISATION_KIND: """art|art der einrichtung|art der organisation|organisationsart|typ
        |kategorie|traegerart|kind of organisation""",
    F.ORGANISATION_EMAIL: """e mail der einrichtung|e mail der organisation|mail einrichtung
        |e mail einrichtung|e mail institution|e mail address of the organisation
        |e mail adresse der organisation|e mail adresse der einrichtung""",
    F.ORGANISATION_PHONE: """telefon der einrichtung|telefon der organisation|telefon einrichtung
        |telefonnummer der einrichtung|telefonnummer der organisation|phone of the organisation""",
    F.ORGANISATION_TEXT: """beschreibung|beschreibung der organisation|kurzbeschreibung
        |description of the organisation""",
    F.NEIGHBOURHOOD: """stadtteil|ortsteil|quartier|viertel|stadtteil der organisation
        |neighbourhood of the organisation""",
    F.PERSPECTIVES: """perspektive|perspektiven|querschnitt|perspektiven der organisation
        |perspectives of the organisation""",
    F.BODY: """ag|ags|arbeitsgruppe|arbeitsgruppen|gremium|gremien|gruppe|fachrunde
        |arbeitskreis|ausschuss|mitglied in|mitarbeit in|gremium oder gremien|ag mitarbeit
        |body or bodies|bodies|mitglied der ag|beteiligt in""",
    F.BODY_KIND: "art des gremiums|gremienart|kind of body",
    F.SEAT: """sitz|sitz im gremium|rolle im gremium|rolle in der ag|funktion in der ag
        |seat in the body|funktion im gremium""",
    F.SEAT_ORGANISATION: """sitz fuer|organisation mit dem sitz|organisation that has the seat""",
}
"""How offices head their columns: in small letters, without accents and hyphens."""
_EXACT = {
    " ".join(word.split()): name for name, words in _WORDS.items() for word in words.split("|")
}
_OF_ORGANISATIONS = {F.NAME: F.ORGANISATION, F.EMAIL: F.ORGANISATION_EMAIL}
_PHONES = frozenset({"telefon", "telefonnummer", "tel", "telefon nr", "phone", "telephone"})
"""They do not say whose number it is; of people the register keeps none (decision 102)."""
_OF_PEOPLE = {F.NAME, F.FIRST_NAME, F.LAST_NAME, F.FUNCTION}
ONCE = frozenset(F) - {F.BODY, F.MARK, F.IGNORE, F.TITLE, F.EMAIL}
"""What only one column can hold; of the others several are put together."""


@dataclass(slots=True)
class Column:
    """One column of a list, and what it is taken for."""

    place: int
    heading: str
    samples: list[str]
    field: ListField = F.IGNORE

    def as_json(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "heading": self.heading,
            "samples": self.samples,
            "field": str(self.field),
        }


def by_heading(heading: str) -> ListField | None:
    """What a heading says, if it says something we know; “Gruppe: Name” asks the group as well."""
    group, colon, own = heading.partition(" › ")
    found = _known(own if colon else group)
    if colon:
        above = _known(group)
        if above is F.ORGANISATION and _words(own) in _PHONES:
            return F.ORGANISATION_PHONE
        if above is F.ORGANISATION and found in _OF_ORGANISATIONS:
            return _OF_ORGANISATIONS[found]
        return found or above
    return found


def _known(heading: str) -> ListField | None:
    words = _words(heading)
    return _EXACT.get(words) or _EXACT.get(words.replace("der in ", ""))


def _words(heading: str) -> str:
    bare = re.sub(r"\(.*?\)|[*:?!\d]+$", " ", heading)
    return " ".join(re.sub(r"[^\w]+", " ", folded(bare)).split())


def guess(columns: Sequence[Column], cells: Sequence[Sequence[str]], *, of: str = "people") -> None:
    """Say what each column holds; `cells` are the entries of each. Nothing is taken twice."""
    for column, entries in zip(columns, cells, strict=True):
        column.field = _guessed(column.heading, entries)
    taken = {column.field for column in columns}
    if of == "organisations" and F.ORGANISATION not in taken:
        for column in columns:
            column.field = _OF_ORGANISATIONS.get(column.field, column.field)
    if not {column.field for column in columns} & _OF_PEOPLE:
        for column in columns:
            if column.field is F.IGNORE and _words(column.heading) in _PHONES:
                column.field = F.ORGANISATION_PHONE
    if F.FIRST_NAME in taken and F.LAST_NAME not in taken:
        _first(columns, F.NAME, becomes=F.LAST_NAME)
    _only_once(columns)
    taken = {column.field for column in columns}
    if not taken & {F.NAME, F.LAST_NAME, F.ORGANISATION}:
        _by_looks(columns, cells)


def _guessed(heading: str, entries: Sequence[str]) -> ListField:
    given = [entry for entry in entries if entry][:200]
    said = by_heading(heading)
    mails = sum(bool(MAIL.search(entry)) for entry in given)
    if 2 * mails > len(given):
        return said if said in {F.EMAIL, F.ORGANISATION_EMAIL} else F.EMAIL
    if said is F.EMAIL and given and not mails:
        return F.IGNORE
    if said is F.BODY and given and _are_marks(heading, given):
        return F.MARK
    return said or (_looks_like(heading, given) if given else F.IGNORE)


def _are_marks(heading: str, given: Sequence[str]) -> bool:
    """Whether a column is a body with a cross for each of its members."""
    return bool(BODY.search(heading)) and all(mark_in(entry) is not None for entry in given)


def _looks_like(heading: str, given: Sequence[str]) -> ListField:
    """What a column holds whose heading says nothing that we know."""
    if _are_marks(heading, given):
        return F.MARK
    if sum(bool(BODY.match(entry)) for entry in given) > 0.6 * len(given):
        return F.BODY
    return F.TITLE if all(ADDRESSED.fullmatch(entry) for entry in given) else F.IGNORE


def _only_once(columns: Sequence[Column]) -> None:
    seen: set[ListField] = set()
    for column in columns:
        if column.field in ONCE and column.field in seen:
            column.field = F.IGNORE
        seen.add(column.field)


def _first(columns: Sequence[Column], field: ListField, *, becomes: ListField) -> None:
    for column in columns:
        if column.field is field:
            column.field = becomes
            return


def _by_looks(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    """Without a word that we know: the first column that looks like institutions, or like names."""
    for column, entries in zip(columns, cells, strict=True):
        given = [entry for entry in entries if entry][:200]
        if column.field is not F.IGNORE or not given:
            continue
        if sum(bool(INSTITUTION.search(entry)) for entry in given) / len(given) > 0.5:
            column.field = F.ORGANISATION
        elif sum(2 <= len(entry.split()) <= 4 and not any(map(str.isdigit, entry))
                 for entry in given) / len(given) > 0.7:  # fmt: skip
            column.field = F.NAME
    _only_once(columns)


def columns_of(found: SheetImport) -> list[Column]:
    """The columns of a kept preview."""
    return [
        Column(c["place"], c["heading"], c["samples"], ListField(c["field"])) for c in found.columns
    ]


def headed(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """The columns with the first row as their headings, or with letters where nothing stands."""
    cells = {place: cell for place, cell in enumerate(first) if cell}
    return [
        replace(column, heading=cells.get(column.place, f"({column_name(column.place)})"))
        for column in columns
    ]


def mapping_with(columns: Sequence[Column], said: Mapping[str, str]) -> dict[str, str]:
    """What the columns hold, where some were named by heading or letter; others stay as guessed."""
    mapping = {str(column.place): str(column.field) for column in columns}
    for name, field in said.items():
        meant = [column for column in columns if _is_called(column, name)]
        if len(meant) != 1:
            there = ", ".join(_told(column) for column in columns)
            raise Invalid(
                {
                    name: (
                        _("More than one column is called this. Name it by its letter: %(columns)s")
                        if meant
                        else _("No column is called this. There are: %(columns)s")
                    )
                    % {"columns": there}
                }
            )
        mapping[str(meant[0].place)] = field
    return mapping


def _told(column: Column) -> str:
    letter = column_name(column.place)
    return letter if column.heading == f"({letter})" else f"{letter} {column.heading}"


def _is_called(column: Column, name: str) -> bool:
    names = {column.heading, column.heading.rpartition(" › ")[2], column_name(column.place)}
    return folded(name) in {folded(one) for one in names}
