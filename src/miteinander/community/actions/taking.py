"""Writing what a list brings: institutions and bodies first, then people, then their seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.community.actions.taking_seats import take_seats
from miteinander.community.models import (
    Body,
    Consent,
    Organisation,
    Person,
    SheetLine,
    Spelling,
)
from miteinander.community.states import (
    BodyKind,
    ConsentWay,
    LineOutcome,
    LineSubject,
    OrganisationKind,
)
from miteinander.core.bulk import AT_ONCE, create_all
from miteinander.core.models import Municipality, Thing
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing

LONGEST_FUNCTION = 120


class Taking:
    """One list on its way into the register; a few queries for each kind of row."""

    def __init__(
        self, town: Municipality, lines: Sequence[SheetLine], *, by: Standing, at: datetime
    ) -> None:
        self.town, self.by, self.at = town, by, at
        self.lines: dict[str, list[SheetLine]] = defaultdict(list)
        for line in lines:
            self.lines[line.subject].append(line)
        self.things: dict[tuple[str, str], int] = {}
        """Subject and name in the list → the organisation or body that it is."""
        self.titles: dict[int, str] = {}
        self.people: list[tuple[SheetLine, Person]] = []
        self.taken: set[str] = set()
        """The addresses that somebody has."""
        self.spellings: dict[str, Spelling] = {}
        self.told = dict.fromkeys(("people", "organisations", "bodies", "seats", "changed"), 0)

    def written(self) -> dict[str, int]:
        with override(self.town.languages[0] if self.town.languages else "de"):
            self._organisations()
            self._bodies()
            self._people()
            self.told["seats"] = take_seats(self)
        Spelling.objects.bulk_create(
            self.spellings.values(), ignore_conflicts=True, batch_size=AT_ONCE
        )
        return self.told

    # --- institutions and bodies ----------------------------------------------------------------

    def _organisations(self) -> None:
        new = self._resolved(LineSubject.ORGANISATION)
        made = create_all(
            Organisation,
            [
                Organisation(
                    municipality=self.town,
                    title=line.title,
                    organisation_kind=line.says.get("kind") or OrganisationKind.ASSOCIATION,
                    email=line.says.get("email", ""),
                    phone=line.says.get("phone", ""),
                    text=line.says.get("text", ""),
                    neighbourhood=line.says.get("neighbourhood", ""),
                    is_public=True,
                )
                for line in new
            ],
        )
        self._name(LineSubject.ORGANISATION, new, made)
        self.told["organisations"] = len(made)
        self._change_organisations()
        self._give_perspectives(new)

    def _bodies(self) -> None:
        new = self._resolved(LineSubject.BODY)
        made = create_all(
            Body,
            [
                Body(
                    municipality=self.town,
                    title=line.title,
                    body_kind=line.says.get("kind") or BodyKind.WORKING_GROUP,
                    is_public=True,
                )
                for line in new
            ],
        )
        self._name(LineSubject.BODY, new, made)
        self.told["bodies"] = len(made)
        lines = {line.match: line for line in self._changed(LineSubject.BODY)}
        changed = list(Body.objects.filter(pk__in=lines, municipality=self.town))
        for body in changed:
            body.body_kind = lines[body.pk].says["kind"]
        Body.objects.bulk_update(changed, ["body_kind"], batch_size=AT_ONCE)
        self._revised(changed)

    def _resolved(self, subject: LineSubject) -> list[SheetLine]:
        """Say what each name means, and return the lines that become something new."""
        new, later = [], []
        for line in self.lines[subject]:
            if line.match is not None:
                self.things[subject, line.says["key"]] = line.match
            elif line.decision == "leave" or line.outcome == LineOutcome.REFUSED:
                continue
            elif line.outcome == LineOutcome.NEW or line.decision == "new":
                new.append(line)
            elif line.decision:
                later.append(line)
        for line in later:
            chosen = line.candidates[int(line.decision)]
            if "pk" in chosen:
                self.things[subject, line.says["key"]] = chosen["pk"]
                self._spell(line, thing=chosen["pk"])
        self._later = [line for line in later if "key" in line.candidates[int(line.decision)]]
        return new

    def _name(self, subject: LineSubject, new: Sequence[SheetLine], made: Sequence[Thing]) -> None:
        for line, thing in zip(new, made, strict=True):
            self.things[subject, line.says["key"]] = thing.pk
        for line in self._later:
            pk = self.things.get((subject, line.candidates[int(line.decision)]["key"]))
            if pk is not None:
                self.things[subject, line.says["key"]] = pk
                self._spell(line, thing=pk)
        here = [pk for (of, _key), pk in self.things.items() if of == subject]
        for start in range(0, len(here), AT_ONCE):
            rows = Thing.objects.filter(
                pk__in=here[start : start + AT_ONCE], municipality=self.town
            )
            self.titles |= dict(rows.values_list("pk", "title"))
        assert len(set(here) - set(self.titles)) == 0, "rows of another municipality"

    def _spell(
        self, line: SheetLine, *, thing: int | None = None, person: Person | None = None
    ) -> None:
        key = line.says.get("spelled", "")
        if key:
            self.spellings[key] = Spelling(
                municipality=self.town, key=key, thing_id=thing, person=person
            )

    def _changed(self, subject: LineSubject) -> list[SheetLine]:
        return [
            line
            for line in self.lines[subject]
            if line.outcome == LineOutcome.CHANGED and line.decision != "leave"
        ]

    def _change_organisations(self) -> None:
        lines = {line.match: line for line in self._changed(LineSubject.ORGANISATION)}
        rows = list(Organisation.objects.filter(pk__in=lines, municipality=self.town))
        for row in rows:
            for difference in lines[row.pk].differences:
                if difference["field"] in {"email", "phone", "text", "neighbourhood"}:
                    setattr(row, difference["field"], difference["new"])
                elif difference["field"] == "kind":
                    row.organisation_kind = difference["new"]
        Organisation.objects.bulk_update(
            rows,
            ["email", "phone", "text", "neighbourhood", "organisation_kind"],
            batch_size=AT_ONCE,
        )
        self._revised(rows)

    def _revised(self, rows: Sequence[Thing]) -> None:
        """Whoever is editing one of these is told, and what is found of them is brought in step."""
        pks = [row.pk for row in rows]
        Thing.objects.filter(pk__in=pks).update(revision=F("revision") + 1)
        keep(pks)
        self.told["changed"] += len(pks)

    def _give_perspectives(self, new: Sequence[SheetLine]) -> None:
        through: Any = Organisation.perspectives.through
        rows = [
            through(
                organisation_id=self.things[LineSubject.ORGANISATION, line.says["key"]],
                perspective_id=perspective,
            )
            for line in [*new, *self._changed(LineSubject.ORGANISATION)]
            for perspective in line.says.get("perspectives", ())
        ]
        through.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)

    # --- people -----------------------------------------------------------------------------------

    def _people(self) -> None:
        new, changed, same = [], [], []
        here = Person.objects.filter(municipality=self.town).exclude(email="")
        self.taken = set(here.values_list("email", flat=True))
        for line in self.lines[LineSubject.PERSON]:
            if line.outcome == LineOutcome.SIMILAR:
                if line.decision in {"", "leave"}:
                    continue
                if line.decision != "new":
                    changed.append((line, line.candidates[int(line.decision)]))
                    continue
            if not self._is_placed(line):
                continue
            if line.match is None and line.decision != "leave":
                new.append(line)
            elif line.match is not None and line.decision != "leave":
                same.append((line, {"pk": line.match}))
        made = self._enter(new)
        self._change([*same, *((ln, c) for ln, c in changed if "pk" in c)])
        by_row = {line.row: person for line, person in zip(new, made, strict=True)}
        by_row |= {line.row: person for line, person in self.people}
        for line, chosen in changed:
            if "row" in chosen and chosen["row"] in by_row:
                person = by_row[chosen["row"]]
                self.people.append((line, person))
                self._spell(line, person=person)
        self.people += list(zip(new, made, strict=True))

    def _is_placed(self, line: SheetLine) -> bool:
        """Nobody is entered without their institution because nobody said which one it is."""
        key = line.says["organisation"]
        return not key or (LineSubject.ORGANISATION, key) in self.things

    def _organisation_of(self, line: SheetLine) -> int | None:
        return self.things.get((LineSubject.ORGANISATION, line.says["organisation"]))

    def _enter(self, lines: Sequence[SheetLine]) -> list[Person]:
        rows = []
        for line in lines:
            email = line.says["email"]
            if email in self.taken:
                email = ""  # it is somebody else's; the preview says so
            self.taken |= {email} - {""}
            rows.append(
                Person(
                    municipality=self.town,
                    name=line.says["name"],
                    function=line.says["function"] or self._function(line),
                    email=email,
                    language=line.says["language"] or "de",
                    further_languages=line.says["further_languages"],
                    organisation_id=self._organisation_of(line),
                )
            )
        made = Person.objects.bulk_create(rows, batch_size=AT_ONCE)
        self._agree(zip(lines, made, strict=True))
        self.told["people"] = len(made)
        return made

    def _agree(self, pairs: Iterable[tuple[SheetLine, Person]]) -> None:
        """Keep the day on which a list says that somebody agreed; they signed for it."""
        today = localdate(self.at)
        days = [(person, date.fromisoformat(line.says["consent"])) for line, person in pairs
                if line.says["consent"]]  # fmt: skip
        Consent.objects.bulk_create(
            [
                Consent(person=person, given_on=min(day, today), way=ConsentWay.FORM)
                for person, day in days
            ],
            batch_size=AT_ONCE,
        )

    def _function(self, line: SheetLine) -> str:
        """How records name somebody of whom the list only says where they come from."""
        at = self._organisation_of(line)
        if at is not None:
            text = _("for: %(organisation)s") % {"organisation": self.titles[at]}
        elif line.says["bodies"]:
            key = LineSubject.BODY, line.says["bodies"][0]["body"]
            text = _("member: %(body)s") % {"body": self.titles.get(self.things.get(key, 0), "")}
        else:
            text = _("takes part")
        return text[:LONGEST_FUNCTION]

    def _change(self, lines: Sequence[tuple[SheetLine, dict[str, Any]]]) -> None:
        wanted = [chosen["pk"] for _line, chosen in lines]
        found: dict[int, Person] = {}
        for start in range(0, len(wanted), AT_ONCE):
            rows = Person.objects.filter(
                pk__in=wanted[start : start + AT_ONCE], municipality=self.town
            )
            found |= {row.pk: row for row in rows}
        changed: dict[int, Person] = {}
        for line, chosen in lines:
            person = found[chosen["pk"]]
            self.people.append((line, person))
            if line.outcome == LineOutcome.SIMILAR:
                self._spell(line, person=person)
            if self._differ(line, person):
                changed[person.pk] = person
        Person.objects.bulk_update(
            list(changed.values()),
            ["name", "function", "email", "language", "further_languages", "organisation"],
            batch_size=AT_ONCE,
        )
        agreed = [
            (line, found[chosen["pk"]])
            for line, chosen in lines
            if any(difference["field"] == "consent" for difference in line.differences)
        ]
        self._agree(agreed)
        self.told["changed"] += len(changed.keys() | {person.pk for _line, person in agreed})

    def _differ(self, line: SheetLine, person: Person) -> bool:
        """Take over what differs; who was only similar keeps what they have, and gets the rest."""
        before = _said_of(person)
        if line.outcome == LineOutcome.SIMILAR:
            person.name = person.name or line.says["name"]
            person.organisation_id = person.organisation_id or self._organisation_of(line)
            if not person.email and line.says["email"]:
                person.email = "" if line.says["email"] in self.taken else line.says["email"]
        for difference in line.differences:
            name = difference["field"]
            if name == "organisation":
                person.organisation_id = self._organisation_of(line)
            elif name in {"name", "function", "email", "language", "further_languages"}:
                setattr(person, name, difference["new"])
        return before != _said_of(person)


def _said_of(person: Person) -> tuple[object, ...]:
    return (
        person.name, person.function, person.email, person.language, person.further_languages,
        person.organisation_id,
    )  # fmt: skip
