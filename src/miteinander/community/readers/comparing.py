"""A list held against the register: new, already there, changed, perhaps already there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from miteinander.community.models import SheetLine
from miteinander.community.queries import KnownPerson, Register
from miteinander.community.readers.entries import Entry, body_kind_of
from miteinander.community.readers.finding import People, Things, person_spelling
from miteinander.community.readers.names import folded, person_key
from miteinander.community.states import LineOutcome, LineSubject

Report = Callable[[int], None]


def compare(
    entries: Sequence[Entry], register: Register, report: Report = lambda _percent: None
) -> list[SheetLine]:
    """Every institution, body and person of a list as a line, with what is to become of it."""
    return _Comparison(register).lines(entries, report)


class _Comparison:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.organisations = Things(LineSubject.ORGANISATION, register.organisations, register)
        self.bodies = Things(LineSubject.BODY, register.bodies, register)
        self.people = People(register)
        self.persons: list[SheetLine] = []
        self.seen_mail: dict[str, SheetLine] = {}
        self.seen_place: dict[tuple[str, str, str], SheetLine] = {}
        self.perspectives = {folded(title): pk for pk, title in register.perspectives.items()}
        self.held: dict[int, set[int]] = defaultdict(set)
        self.seats: dict[tuple[int, str], list[int | None]] = defaultdict(list)
        for seat in register.seats:
            if seat.holder is not None:
                self.held[seat.holder].add(seat.body)
            self.seats[seat.body, folded(seat.function)].append(seat.holder)

    def lines(self, entries: Sequence[Entry], report: Report) -> list[SheetLine]:
        for number, entry in enumerate(entries):
            if number % 500 == 0:
                report(100 * number // len(entries))
            self._one(entry)
        found = [*self.organisations.lines.values(), *self.bodies.lines.values(), *self.persons]
        for position, line in enumerate(found):
            line.position = position
        return found

    def _one(self, entry: Entry) -> None:
        if entry.refusals:
            self.persons.append(_refused(entry))
            return
        organisation = self._organisation(entry) if entry.organisation else None
        if entry.seat_organisation:
            self.organisations.line(entry.seat_organisation, entry.row)
        bodies = [self.bodies.line(title, entry.row) for title in entry.bodies]
        for line in bodies:
            line.says.setdefault("kind", entry.body_kind or str(body_kind_of(line.title)))
            if entry.body_kind and line.match is not None:
                self._differs(line, "kind", self.bodies.known[line.match].kind, entry.body_kind)
        if entry.is_person:
            self._person(entry, organisation, bodies)
        elif bodies and entry.seat:
            self._vacant(entry, bodies)
        elif organisation is not None:
            organisation.remarks += entry.remarks

    # --- institutions ---------------------------------------------------------------------------

    def _organisation(self, entry: Entry) -> SheetLine:
        line = self.organisations.line(entry.organisation, entry.row, entry.organisation_email)
        says = {
            "kind": entry.organisation_kind,
            "email": entry.organisation_email,
            "phone": entry.organisation_phone,
            "text": entry.organisation_text,
            "neighbourhood": entry.neighbourhood,
        }
        known = self.organisations.known.get(line.match) if line.match is not None else None
        for name, value in says.items():
            if value and not line.says.get(name):
                line.says[name] = value
                if known is not None:
                    self._differs(line, name, getattr(known, name), value)
        for title in entry.perspectives:
            perspective = self.perspectives.get(folded(title))
            brought = line.says.setdefault("perspectives", [])
            if perspective is None:
                entry.remarks.append(
                    {"code": "no_perspective", "cell": entry.perspectives_cell, "value": title}
                )
            elif perspective not in brought:
                brought.append(perspective)
                if known is not None and perspective not in self.register.brings.get(known.pk, ()):
                    self._differs(line, "perspective", "", title)
        return line

    @staticmethod
    def _differs(line: SheetLine, name: str, old: str, new: str) -> None:
        if old.split() == new.split() or any(
            d["field"] == name and d["new"] == new for d in line.differences
        ):
            return
        line.differences.append({"field": name, "old": old, "new": new})
        if line.outcome == LineOutcome.SAME:
            line.outcome = LineOutcome.CHANGED

    # --- people ---------------------------------------------------------------------------------

    def _person(
        self, entry: Entry, organisation: SheetLine | None, bodies: list[SheetLine]
    ) -> None:
        place = (person_key(entry.name), folded(entry.organisation),
                 "" if entry.name else folded(entry.function))  # fmt: skip
        by_mail = self.seen_mail.get(entry.email) if entry.email else None
        earlier = self.seen_place.get(place)
        if earlier is None and by_mail is not None and by_mail.says["key"] == place[0]:
            earlier = by_mail
        if earlier is not None and _is_other_mail(earlier, entry, by_mail):
            earlier = None
        if earlier is not None:
            self._again(earlier, entry, bodies)
            return
        line = SheetLine(
            position=0, subject=LineSubject.PERSON, row=entry.row,
            title=entry.name or entry.function or entry.email,
            says={
                "key": place[0], "name": entry.name, "function": entry.function,
                "email": entry.email, "language": entry.language,
                "further_languages": entry.further_languages, "consent": entry.consent,
                "organisation": organisation.says["key"] if organisation else "",
                "at": entry.organisation, "bodies": [],
                "spelled": person_spelling(
                    self.register.town, name=entry.name, email=entry.email,
                    organisation=entry.organisation,
                ),
            },
            outcome=LineOutcome.NEW, differences=[], candidates=[], remarks=list(entry.remarks),
        )  # fmt: skip
        self.persons.append(line)
        known, candidates = self.people.find(entry, _places(organisation))
        line.candidates = [{"pk": p.pk, "label": self._named(p)} for p in candidates]
        if known is not None:
            line.match, line.outcome = known.pk, LineOutcome.SAME
            self._differences(line, entry, known, organisation)
        else:
            if by_mail is not None:
                line.candidates.append({"row": by_mail.row, "label": by_mail.title})
            if line.candidates:
                line.outcome = LineOutcome.SIMILAR
        self._sits(line, entry, bodies)
        self.seen_place[place] = line
        if entry.email:
            self.seen_mail.setdefault(entry.email, line)

    def _named(self, person: KnownPerson) -> str:
        at = self.organisations.known.get(person.organisation or 0)
        parts = (person.name or person.function, person.email, at.title if at else "")
        return " · ".join(part for part in parts if part)

    def _differences(
        self, line: SheetLine, entry: Entry, known: KnownPerson, organisation: SheetLine | None
    ) -> None:
        if entry.name and person_key(entry.name) != person_key(known.name):
            self._differs(line, "name", known.name, entry.name)
        if entry.function:
            self._differs(line, "function", known.function, entry.function)
        if entry.language:
            self._differs(line, "language", known.language, entry.language)
        if entry.further_languages:
            old = known.further_languages
            self._differs(line, "further_languages", old, entry.further_languages)
        # A consent that was withdrawn is not given back by an older list.
        if entry.consent and known.agreed != "live" and entry.consent > known.agreed:
            self._differs(line, "consent", known.agreed, entry.consent)
        # An address that belongs to somebody else, or that signs in, is not changed by a list.
        if entry.email and known.user is None and entry.email not in self.people.by_mail:
            self._differs(line, "email", known.email, entry.email)
        if organisation is not None and known.organisation not in _places(organisation):
            at = self.organisations.known.get(known.organisation or 0)
            self._differs(line, "organisation", at.title if at else "", organisation.title)

    def _again(self, line: SheetLine, entry: Entry, bodies: list[SheetLine]) -> None:
        """The same person once more, as in lists with a row for each body."""
        line.remarks += entry.remarks
        for name in ("function", "email", "language"):
            value = getattr(entry, name)
            if value and not line.says[name]:
                line.says[name] = value
                if line.match is not None:
                    self._differs(line, name, getattr(self.people.known[line.match], name), value)
        self._sits(line, entry, bodies)

    def _sits(self, line: SheetLine, entry: Entry, bodies: list[SheetLine]) -> None:
        held = self.held[line.match] if line.match is not None else set()
        for body in bodies:
            key = body.says["key"]
            if any(seat["body"] == key for seat in line.says["bodies"]):
                continue
            line.says["bodies"].append(
                {"body": key, "seat": entry.seat, "for": folded(entry.seat_organisation)}
            )
            if line.match is not None and body.match not in held:
                self._differs(line, "body", "", body.title)

    def _vacant(self, entry: Entry, bodies: list[SheetLine]) -> None:
        """A seat that nobody holds, yet."""
        for body in bodies:
            there = body.match is not None and (body.match, folded(entry.seat)) in self.seats
            self.persons.append(
                SheetLine(
                    position=0, subject=LineSubject.ROW, row=entry.row,
                    title=f"{body.title}: {entry.seat}"[:300],
                    says={"body": body.says["key"], "seat": entry.seat,
                          "for": folded(entry.seat_organisation)},
                    outcome=LineOutcome.SAME if there else LineOutcome.NEW,
                    differences=[], candidates=[], remarks=list(entry.remarks),
                )
            )  # fmt: skip


def _places(organisation: SheetLine | None) -> list[int | None]:
    """The institutions of the register that a line of the list may mean."""
    if organisation is None:
        return [None]
    if organisation.match is not None:
        return [organisation.match]
    return [candidate["pk"] for candidate in organisation.candidates if "pk" in candidate] or [0]


def _is_other_mail(line: SheetLine, entry: Entry, by_mail: SheetLine | None) -> bool:
    """Two people of one name in one institution, told apart by their addresses."""
    return bool(
        entry.email and line.says["email"] and line.says["email"] != entry.email and by_mail is None
    )


def _refused(entry: Entry) -> SheetLine:
    title = entry.name or entry.organisation or entry.function or entry.refusals[0]["value"]
    return SheetLine(
        position=0, subject=LineSubject.ROW, row=entry.row, title=title[:300], says={},
        outcome=LineOutcome.REFUSED, differences=[], candidates=[],
        remarks=[*entry.refusals, *entry.remarks],
    )  # fmt: skip
