"""A document is written at once: the same rows, events and stitches as entry by entry."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from miteinander.community.models import Organisation
from miteinander.core.models import Event, EventDetail, Link, Municipality, Tally, Thing
from miteinander.core.search.keep import out_of_step
from miteinander.strategy import actions, queries, readers
from miteinander.strategy.actions.measures import DETAILS
from miteinander.strategy.models import (
    CrossCuttingTheme,
    FieldOfAction,
    Goal,
    Indicator,
    Measure,
    Wording,
)
from tests.factories import (
    ConceptFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PhaseFactory,
    ProcessFactory,
    UserFactory,
    coordinator,
)
from tests.strategy.papers import docx, h, p, sheet_of

pytestmark = pytest.mark.django_db
HOUSES = ["Volkshochschule", "Amt für Integration", "Caritasverband", "Verein Brücke"]
TOPICS = ["Sprache", "Teilhabe"]


def place(at):
    """A concept with some of it written by hand, among them a goal that was given up."""
    town = MunicipalityFactory(host=None)
    concept = ConceptFactory(process=ProcessFactory(municipality=town))
    PhaseFactory(process=concept.process, permits=["draft", "gather"])
    for title in HOUSES:
        OrganisationFactory(municipality=town, title=title)
    by = replace(coordinator(town, user=UserFactory().pk), at=at)
    for title in TOPICS:
        actions.name_cross_cutting_theme(concept, title=title, by=by, at=by.at)
    field = actions.propose_field(concept, title="Feld 2", by=by, at=by.at)
    actions.keep_field(field, by=by, at=by.at)
    goal = actions.grow_goal(field, title="Von hier", by=by, at=by.at)
    for title in ("Bleibt", "Geht"):
        measure = actions.grow_measure(goal, title=title, by=by, at=by.at)
    actions.retire_measure(measure, reason="Kein Raum", by=by, at=by.at)
    return concept, by


def paper(seed, *, edition):
    """A concept by chance; another edition of it says some things differently, and more."""
    dice, changed = random.Random(seed), random.Random(f"{seed} {edition}")
    parts = []
    for f in range(dice.randint(1, 2) + edition):
        parts += [h(1, f"Handlungsfeld {f + 1}: Feld {f + 1}"), p(said(dice, changed, edition))]
        for g in range(dice.randint(1, 2)):
            parts.append(h(2, f"Ziel {g + 1}: Ziel {f + 1}-{g + 1}"))
            parts.append(sheet_of(("Bedarf", said(dice, changed, edition))))
            for m in range(dice.randint(1, 3) + (edition and changed.randint(0, 1))):
                parts.append(h(3, f"Maßnahme {m + 1}: Maßnahme {f + 1}-{g + 1}-{m + 1}"))
                parts.append(sheet_of(*rows(dice, changed, edition)))
    return docx(*parts)


def said(dice, changed, edition):
    words = f"Worte {dice.randint(1, 99)}"
    return (
        f"{words}, neu gefasst {changed.randint(1, 9)}"
        if edition and changed.random() < 0.5
        else words
    )


def rows(dice, changed, edition):
    one = changed if edition and changed.random() < 0.4 else dice
    first = one.randint(2024, 2026)
    full = [
        ("Beschreibung", said(dice, changed, edition)), ("Zielgruppe", "Eltern, Kinder"),
        ("Federführung", one.choice(HOUSES)), ("Partner", ", ".join(one.sample(HOUSES, 2))),
        ("Beginn", str(first)), ("Ende", str(first + 1)), ("Kosten", f"{one.randint(1, 90)}.000 €"),
        ("Personal", f"0,{one.randint(1, 9)} Stellen"), ("Querschnittsthema", one.choice(TOPICS)),
        ("Indikator", f"Zahl {one.randint(1, 3)}"), ("Stadtteil", "Nord, Süd"), ("Risiken", "Zeit"),
    ]  # fmt: skip
    return [row for row in full if dice.random() < 0.7] or full[:1]


def compared(concept, data):
    ground = queries.ground_of(concept)
    lines = readers.compared(readers.read_concept(data).entries, ground)
    for line in lines:
        if line.outcome == "similar":
            line.decision = "new"
        elif line.outcome == "both":
            line.decision = "take"
    return lines, ground


def at_once(concept, data, by):
    lines, ground = compared(concept, data)
    return actions.take_in_document(
        concept, lines, name="k.docx", digest="d" * 64, size=1, seen=ground.seen, mapping={},
        by=by, at=by.at,
    )  # fmt: skip


def one_by_one(concept, data, by):
    """What somebody would do who typed it off, entry by entry."""
    lines, _ground = compared(concept, data)
    left = {line.position for line in queries.lines_left_out(lines)}
    who, here = {"by": by, "at": by.at}, {}
    for line in lines:
        if line.position in left or line.outcome == "fixed":
            continue
        model = {"field": FieldOfAction, "goal": Goal, "measure": Measure}[line.subject]
        if line.match is not None:
            thing = model.objects.get(pk=line.match)
            changed(thing, line, **who)
        else:
            thing = entered(concept, here.get(line.parent), line, **who)
        here[line.position] = thing
        if line.subject == "measure" and (line.match is None or differs(line, "indicators")):
            for title in line.says.get("indicators", ()):
                if not Indicator.objects.filter(measure=thing, title=title).exists():
                    actions.write_indicator(thing, {"title": title}, **who)


def entered(concept, parent, line, **who):
    says = values(line.says) | {"language": concept.language}
    says.pop("indicators", None)
    if line.subject == "field":
        return actions.keep_field(actions.propose_field(concept, **says, **who), **who)
    if line.subject == "goal":
        return actions.grow_goal(parent, **says, **who)
    own = {name: says.pop(name) for name in list(says) if name in DETAILS}
    return actions.grow_measure(parent, **says, details=own, **who)


def differs(line, name):
    return any(difference["field"] == name for difference in line.differences)


def changed(thing, line, **who):
    names = [d["field"] for d in line.differences if d["field"] != "indicators"]
    if line.outcome not in ("changed", "both") or not names:
        return
    changes = values({name: line.says[name] for name in names})
    how = {"changes": changes, "revision": thing.revision, **who}
    if line.subject == "field":
        actions.describe_field(thing, **how)
    elif line.subject == "goal":
        actions.edit_goal(thing, **how)
    else:
        actions.edit_measure(thing, **how)


def values(says):
    read = {
        "lead": lambda pk: Organisation.objects.get(pk=pk),
        "partners": lambda pks: list(Organisation.objects.filter(pk__in=pks)),
        "cross_cutting_themes": lambda pks: list(CrossCuttingTheme.objects.filter(pk__in=pks)),
        "starts": date.fromisoformat,
        "ends": date.fromisoformat,
        "staff_need": Decimal,
    }
    return {name: read.get(name, lambda value: value)(value) for name, value in says.items()}


def everything(concept, by):
    """All that was written, in words that are the same in both towns."""
    found = {}
    for model in (FieldOfAction, Goal, Measure):
        home = {"field": "concept", "goal": "field__concept", "measure": "goal__field__concept"}
        for row in model.objects.filter(**{home[model.KIND]: concept}):
            found[row.title] = {
                **{f.name: told(getattr(row, f.name)) for f in model._meta.concrete_fields
                   if f.name not in {"id", "thing_ptr", "identifier", "created", "municipality"}},
                **{f.name: sorted(map(str, getattr(row, f.name).all()))
                   for f in model._meta.local_many_to_many},
                "events": [
                    (e.kind, e.function, e.is_public, e.at, e.data,
                     EventDetail.objects.get(event=e).user_id == by.user)
                    for e in Event.objects.filter(thing=row).order_by("pk")
                ],
                "before": sorted(
                    (n.source.title, n.relation, n.source_kind, n.target_kind, n.happened_on)
                    for n in Link.objects.filter(target=row, undone_at=None, note="")
                ),
                "tallies": sorted(Tally.objects.filter(thing=row).values_list(
                    "incoming", "relation", "kind", "count")),
                "words": queries.last_words([row])[row.pk],
                "begun": Wording.objects.filter(thing=row).order_by("pk").first().words["title"],
            }  # fmt: skip
            if model is Measure:
                found[row.title]["indicators"] = list(
                    row.indicators.values_list("title", "position")
                )
    town = Municipality.objects.get(pk=concept.municipality_id)
    return found, town.public_version


def told(value):
    return (
        value.title
        if isinstance(value, Thing) and value.KIND != "concept"
        else (None if isinstance(value, Thing) else value)
    )


@pytest.mark.parametrize("seed", range(4))
def test_at_once_is_the_same_as_entry_by_entry(seed):
    at = timezone.now()
    (mine, by), (theirs, other) = place(at), place(at)
    for edition in (0, 1):
        data = paper(seed, edition=edition)
        written = at_once(mine, data, by)
        one_by_one(theirs, data, other)
        first, version = everything(mine, by)
        second, other_version = everything(theirs, other)
        assert first.keys() == second.keys()
        for title in first:
            assert first[title] == second[title], title
        assert version == other_version
        assert written["changed" if edition else "measures"]
    assert not {row.pk for row in FieldOfAction.objects.all()} & set(out_of_step())
