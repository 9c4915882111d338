"""A list held against the register: new, already there, changed, perhaps already there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.crypto import salted_hmac

from miteinander.community.models import SheetLine
from miteinander.community.queries import KnownPerson, KnownThing, Register
from miteinander.community.readers.entries import Entry, body_kind_of
from miteinander.community.readers.names import (
    are_alike,
    are_alike_people,
    folded,
    institution_words,
    person_key,
    person_words,
)
from miteinander.community.states import LineOutcome, LineSubject

MOST_CANDIDATES = 3
COMMON = 300
"""Words in more names than this say nothing."""
Report = Callable[[int], None]


def spelling_key(subject: str, title: str) -> str:
    return f"{subject[0]}:{folded(title)}"[:300]


def person_spelling(town: int, *, name: str, email: str, organisation: str) -> str:
    """How a person is spelled in a list, as a digest: nothing can be read from it."""
    told = "|".join((str(town), person_key(name), email, folded(organisation)))
    return f"p:{salted_hmac('community.spelling', told).hexdigest()}"


class Things:
    """Organisations or bodies: those of the register, and those that the list has named so far."""

    def __init__(
        self, subject: LineSubject, known: Sequence[KnownThing], register: Register
    ) -> None:
        self.subject, self.register = subject, register
        self.known = {thing.pk: thing for thing in known}
        self.exact: dict[str, KnownThing] = {}
        for thing in known:
            self.exact.setdefault(folded(thing.title), thing)
        self.by_word: dict[str, list[tuple[str, int | str]]] = defaultdict(list)
        self.by_mail = {thing.email: thing for thing in known if thing.email}
        self.titles: dict[tuple[str, int | str], str] = {}
        self.lines: dict[str, SheetLine] = {}
        for thing in known:
            self._index(("pk", thing.pk), thing.title)

    def _index(self, key: tuple[str, int | str], title: str) -> None:
        self.titles[key] = title
        for word in _blocks(institution_words(title)):
            self.by_word[word].append(key)

    def line(self, title: str, row: int, email: str = "") -> SheetLine:
        """The line of a name, made where the list names it first."""
        key = folded(title)
        if key in self.lines:
            return self.lines[key]
        line = self.lines[key] = SheetLine(
            position=len(self.lines), subject=self.subject, row=row, title=title,
            says={"key": key, "spelled": spelling_key(self.subject, title)},
            outcome=LineOutcome.NEW, differences=[], candidates=[], remarks=[],
        )  # fmt: skip
        if (same := self._same(title, key)) is not None:
            line.match, line.outcome = same, LineOutcome.SAME
        elif candidates := self._candidates(title, email):
            line.outcome, line.candidates = LineOutcome.SIMILAR, candidates
        else:
            self._index(("key", key), title)
        return line

    def _same(self, title: str, key: str) -> int | None:
        if key in self.exact:
            return self.exact[key].pk
        thing, _person = self.register.spellings.get(
            spelling_key(self.subject, title), (None, None)
        )
        return thing if thing in self.known else None

    def _candidates(self, title: str, email: str) -> list[dict[str, Any]]:
        words = institution_words(title)
        shared: dict[tuple[str, int | str], int] = defaultdict(int)
        for word in _blocks(words):
            postings = self.by_word.get(word, ())
            if len(postings) <= COMMON:
                for key in postings:
                    shared[key] += 1
        found = [
            key
            for key in sorted(shared, key=lambda key: (-shared[key], key[0], str(key[1])))[:50]
            if are_alike(words, institution_words(self.titles[key]))
        ]
        if email in self.by_mail:
            found = list(dict.fromkeys([("pk", self.by_mail[email].pk), *found]))
        return [{kind: pk, "label": self.titles[kind, pk]} for kind, pk in found[:MOST_CANDIDATES]]


def _blocks(words: Iterable[str]) -> set[str]:
    """What a name is looked up by: its words, and how the long ones begin (typing errors)."""
    return {*words, *(f"{word[:5]}…" for word in words if len(word) > 6)}


class People:
    """Those of the register, and those that the list has named so far."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.known = {person.pk: person for person in register.people}
        self.by_mail: dict[str, KnownPerson] = {}
        self.by_place: dict[tuple[str, int | None], list[KnownPerson]] = defaultdict(list)
        self.by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        self.by_word: dict[tuple[str, int | None], list[KnownPerson]] = defaultdict(list)
        self.nameless: dict[tuple[str, int | None], KnownPerson] = {}
        for person in register.people:
            if person.email:
                self.by_mail.setdefault(person.email, person)
            if not person.name:
                self.nameless.setdefault((folded(person.function), person.organisation), person)
                continue
            key = person_key(person.name)
            self.by_place[key, person.organisation].append(person)
            self.by_name[key].append(person)
            for word in person_words(person.name):
                self.by_word[word, person.organisation].append(person)

    def find(
        self, entry: Entry, places: Sequence[int | None]
    ) -> tuple[KnownPerson | None, list[KnownPerson]]:
        """Who it is for sure, else who it could be; `places` are the institutions that it may be.

        One, unless the institution itself is perhaps already there under another name.
        """
        spelled = person_spelling(
            self.register.town, name=entry.name, email=entry.email, organisation=entry.organisation
        )
        _thing, decided = self.register.spellings.get(spelled, (None, None))
        if decided in self.known:
            return self.known[decided], []
        by_mail = self.by_mail.get(entry.email) if entry.email else None
        if not entry.name:
            return self._nameless(entry, places, by_mail)
        key, words = person_key(entry.name), person_words(entry.name)
        if by_mail is not None and by_mail.name and key == person_key(by_mail.name):
            return by_mail, []
        # A shared address must not hide who stands here under their own name.
        here = sorted(
            (person for at in places for person in self.by_place.get((key, at), ())),
            key=lambda person: (person.email != entry.email, person.function != entry.function),
        )
        for person in here:
            if not (person.email and entry.email and by_mail is None):
                return person, []
        if by_mail is not None and (
            not by_mail.name or are_alike_people(words, person_words(by_mail.name))
        ):
            return by_mail, []
        found = [by_mail] if by_mail is not None else []
        found += here + self.by_name.get(key, [])
        for at in places:
            for word in words if at is not None else ():
                near = self.by_word.get((word, at), ())
                if len(near) <= COMMON:
                    found += [p for p in near if are_alike_people(words, person_words(p.name))]
        return None, list({person.pk: person for person in found}.values())[:MOST_CANDIDATES]

    def _nameless(
        self, entry: Entry, places: Sequence[int | None], by_mail: KnownPerson | None
    ) -> tuple[KnownPerson | None, list[KnownPerson]]:
        if by_mail is not None:
            return by_mail, []
        function = folded(entry.function)
        found = (self.nameless.get((function, at)) for at in places)
        return next((person for person in found if person is not None), None), []


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
