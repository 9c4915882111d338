"""Who and what of the register an entry is, for sure or perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.crypto import salted_hmac

from miteinander.community.models import SheetLine
from miteinander.community.queries import KnownPerson, KnownThing, Register
from miteinander.community.readers.entries import Entry
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
