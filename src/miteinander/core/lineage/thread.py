"""Reading the thread: where a thing comes from and what became of it.

One recursive query walks the links upwards and downwards from a thing, whatever stands on
the way: merges, splits, moves and retirements are only further links. Where many things of
one kind lead to one (23 contributions to a theme), the walk does not enter them: the tally
beside the links says so beforehand, and the thread shows a *bundle* with a count and a few
samples. The cost therefore depends on what is shown, never on how much there is.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from miteinander.core.models import Relation, Thing

BUNDLE_FROM = 6
"""So many links of one sort are shown as a bundle instead of one station each."""
SAMPLES = 3
ORIGINS = 20
"""So many of the earliest links of a bundle are asked where they were made; one is shown."""
ARRIVALS = frozenset(
    {Relation.GATHERED_IN, Relation.COLLECTED_BY, Relation.MERGED_INTO, Relation.MOVED_TO,
     Relation.BECAME}
)  # fmt: skip
"""Relations whose later end may be older than the stitch."""
DEPTH = 12

# Both queries name their join order. SQLite keeps the order of a CROSS JOIN; on PostgreSQL the
# planner has statistics and LATERAL. Either way the tally is read before any link is.
COLUMNS = (
    "id", "municipality_id", "identifier", "kind", "title", "language", "number", "is_public",
    "is_example", "former_titles", "retired_on", "happened_on", "precision",
)  # fmt: skip
FAR = ", ".join(f"far.{column}" for column in COLUMNS)
WALK = """
WITH RECURSIVE walk(thing, upwards, depth) AS (
    SELECT CAST(%(start)s AS bigint), {true}, 0
    UNION ALL
    SELECT CAST(%(start)s AS bigint), {false}, 0
    UNION
    SELECT CASE WHEN walk.upwards THEN link.source_id ELSE link.target_id END,
           walk.upwards, walk.depth + 1
      FROM walk {edges}
     WHERE walk.depth < %(depth)s
)
SELECT DISTINCT {columns}, walk.thing AS near, walk.upwards, link.relation,
       link.happened_on AS linked_on, link.note, context.title AS context_title,
       context.is_public AS context_is_public
  FROM (SELECT DISTINCT thing, upwards FROM walk) AS walk {edges}
  {join} core_thing far
    ON far.id = CASE WHEN walk.upwards THEN link.source_id ELSE link.target_id END
  LEFT JOIN core_thing context ON context.id = link.context_id
"""
# By key, as the links below: for a plain comparison SQLite reads the whole table into a filter.
EDGES = """
  {join} core_tally tally
    ON tally.id IN (
       SELECT near.id FROM core_tally near
        WHERE near.thing_id = walk.thing AND near.incoming = walk.upwards
          AND near.count BETWEEN 1 AND %(most)s)
  {join} core_link link
    ON link.undone_at IS NULL AND link.id IN (
       SELECT i.id FROM core_link i WHERE walk.upwards AND i.target_id = walk.thing
          AND i.relation = tally.relation AND i.source_kind = tally.kind AND i.undone_at IS NULL
       UNION ALL
       SELECT o.id FROM core_link o WHERE NOT walk.upwards AND o.source_id = walk.thing
          AND o.relation = tally.relation AND o.target_kind = tally.kind AND o.undone_at IS NULL)
"""
EDGES_POSTGRES = """
  JOIN core_tally tally
    ON tally.thing_id = walk.thing AND tally.incoming = walk.upwards
   AND tally.count BETWEEN 1 AND %(most)s
  CROSS JOIN LATERAL (
       SELECT i.* FROM core_link i WHERE walk.upwards AND i.target_id = walk.thing
          AND i.relation = tally.relation AND i.source_kind = tally.kind AND i.undone_at IS NULL
       UNION ALL
       SELECT o.* FROM core_link o WHERE NOT walk.upwards AND o.source_id = walk.thing
          AND o.relation = tally.relation AND o.target_kind = tally.kind AND o.undone_at IS NULL
  ) AS link
"""
SHEAVES = """
SELECT tally.thing_id AS at, tally.incoming, tally.relation, tally.kind AS sheaf_kind,
       tally.count, (
           SELECT c.title FROM (
               SELECT l.context_id, l.happened_on FROM core_link l
                WHERE l.undone_at IS NULL AND l.context_id IS NOT NULL AND tally.incoming
                  AND l.target_id = tally.thing_id AND l.relation = tally.relation
                  AND l.source_kind = tally.kind
                ORDER BY l.happened_on LIMIT {origins}
           ) AS first {join} core_thing c ON c.id = first.context_id AND c.is_public
            ORDER BY first.happened_on LIMIT 1
       ) AS context_title, {columns}
  FROM core_tally tally
  {samples}
 WHERE tally.thing_id IN ({marks}) AND tally.count >= {bundle}
 ORDER BY tally.thing_id, far.happened_on DESC, far.id DESC
"""
SAMPLE = """
SELECT CASE WHEN tally.incoming THEN l.source_id ELSE l.target_id END
  FROM core_link l {join} core_thing t
    ON t.id = CASE WHEN tally.incoming THEN l.source_id ELSE l.target_id END
 WHERE l.undone_at IS NULL AND {side} {public}
 ORDER BY l.happened_on DESC LIMIT {samples}
"""
INCOMING = (
    "l.target_id = tally.thing_id AND l.relation = tally.relation AND l.source_kind = tally.kind"
)
OUTGOING = (
    "l.source_id = tally.thing_id AND l.relation = tally.relation AND l.target_kind = tally.kind"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the thread and the stitch that leads to it from the thing asked about."""

    thing: Thing
    depth: int
    """Stitches away from the thing asked about."""
    upwards: bool
    neighbour: int
    """The thing from which the walk came (nearer to the start)."""
    relation: str
    on: date
    note: str = ""
    context: str = ""
    """The meeting or body in which the thing itself came about, where that is public."""

    @property
    def when(self) -> date:
        """The day that counts here: of arriving at a thing that was there before, else its own."""
        own = self.thing.happened_on or self.on
        return max(own, self.on) if not self.upwards and self.relation in ARRIVALS else own


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Many things of one kind at one station, shown as a count with samples."""

    at: int
    """The thing at which the bundle hangs."""
    upwards: bool
    relation: str
    kind: str
    count: int
    samples: tuple[Thing, ...] = ()
    context: str = ""
    """Where it was gathered: a meeting or body, where that is public."""


@dataclass(frozen=True, slots=True)
class Thread:
    start: Thing
    context: str
    """Where the thing asked about came about."""
    before: tuple[Step, ...]
    """Where it comes from, oldest first."""
    after: tuple[Step, ...]
    """What became of it, in order of time."""
    sheaves: tuple[Sheaf, ...] = field(default=())

    def things(self) -> list[Thing]:
        """Every thing that is named on the thread, samples of bundles included."""
        named = [self.start, *(s.thing for s in self.before), *(s.thing for s in self.after)]
        return named + [sample for sheaf in self.sheaves for sample in sheaf.samples]


def thread_of(thing: Thing, *, public_only: bool) -> Thread:
    """The thread through `thing`: two queries, however long it is and whatever hangs on it.

    With `public_only`, things that are not public are passed through but not named; a bundle
    counts them (that there were 23 cards is no secret) and samples only public ones.
    """
    edges = _edges(thing.pk)
    origins = _origins(edges)
    steps = [
        *_nearest(thing.pk, edges, origins, upwards=True),
        *_nearest(thing.pk, edges, origins, upwards=False),
    ]
    reached = {(thing.pk, True), (thing.pk, False)}
    reached |= {(step.thing.pk, step.upwards) for step in steps}
    sheaves = _sheaves(reached, public_only=public_only)
    if public_only:
        steps = [step for step in steps if step.thing.is_public]
    return Thread(
        start=thing,
        context=origins.get(thing.pk, ""),
        before=tuple(sorted((s for s in steps if s.upwards), key=_order)),
        after=tuple(sorted((s for s in steps if not s.upwards), key=_order)),
        sheaves=tuple(sheaves),
    )


def _order(step: Step) -> tuple[date, int, int]:
    return (step.when, -step.depth if step.upwards else step.depth, step.thing.pk)


class _Stitch(NamedTuple):
    """A link as the walk crosses it, and the thing at its far end."""

    pk: int
    """Of that thing: asked for often, and Django takes its time to say it."""
    far: Thing
    relation: str
    on: date
    note: str
    context: str
    """Empty where it is not public."""


def _edges(start: int) -> dict[tuple[int, bool], list[_Stitch]]:
    """All links that the walk crosses, by the nearer thing and the direction."""
    sqlite = connection.vendor == "sqlite"
    edges = EDGES.format(join="CROSS JOIN") if sqlite else EDGES_POSTGRES
    query = WALK.format(
        columns=FAR,
        true="1" if sqlite else "TRUE",
        false="0" if sqlite else "FALSE",
        edges=edges,
        join="CROSS JOIN" if sqlite else "JOIN",
    )
    values = {"start": start, "most": BUNDLE_FROM - 1, "depth": DEPTH}
    found: dict[tuple[int, bool], list[_Stitch]] = {}
    things: dict[int, Thing] = {}
    for row in _rows(query, values):
        thing = things.get(row["id"]) or things.setdefault(row["id"], _thing(row))
        context = row["context_title"] if row["context_is_public"] else ""
        found.setdefault((row["near"], bool(row["upwards"])), []).append(
            _Stitch(
                row["id"],
                thing,
                row["relation"],
                _day(row["linked_on"]),
                row["note"],
                context or "",
            )
        )
    return found


def _origins(edges: dict[tuple[int, bool], list[_Stitch]]) -> dict[int, str]:
    """Where each thing came about: the context of a stitch belongs to its later end."""
    found: dict[int, str] = {}
    for (near, upwards), stitches in edges.items():
        for stitch in stitches:
            if stitch.context:
                found.setdefault(near if upwards else stitch.pk, stitch.context)
    return found


def _nearest(
    start: int,
    edges: dict[tuple[int, bool], list[_Stitch]],
    origins: dict[int, str],
    *,
    upwards: bool,
) -> list[Step]:
    """Breadth first: each thing once, by its shortest way from the start."""
    steps: dict[int, Step] = {}
    front = deque([(start, 0)])
    while front:
        near, depth = front.popleft()
        for stitch in edges.get((near, upwards), ()):
            if stitch.pk == start or stitch.pk in steps:
                continue
            steps[stitch.pk] = Step(
                thing=stitch.far,
                depth=depth + 1,
                upwards=upwards,
                neighbour=near,
                relation=stitch.relation,
                on=stitch.on,
                note=stitch.note,
                context=origins.get(stitch.pk, ""),
            )
            front.append((stitch.pk, depth + 1))
    return list(steps.values())


def _sheaves(reached: set[tuple[int, bool]], *, public_only: bool) -> list[Sheaf]:
    """The bundles at the reached things, each with its newest samples, in one query."""
    ids = sorted({thing for thing, _upwards in reached})
    public = "AND t.is_public" if public_only else ""
    sqlite = connection.vendor == "sqlite"
    join = "CROSS JOIN" if sqlite else "JOIN"
    sides = [
        SAMPLE.format(side=f"{flag} AND {side}", public=public, samples=SAMPLES, join=join)
        for flag, side in (("tally.incoming", INCOMING), ("NOT tally.incoming", OUTGOING))
    ]
    if sqlite:
        inner = " UNION ALL ".join(f"SELECT * FROM ({side})" for side in sides)  # noqa: S608 -- our own columns
        samples = f"LEFT JOIN core_thing far ON far.id IN ({inner})"
    else:
        inner = " UNION ALL ".join(f"({side})" for side in sides)
        samples = (
            f"LEFT JOIN LATERAL (SELECT f.* FROM core_thing f WHERE f.id = ANY(ARRAY({inner})))"  # noqa: S608 -- our own columns
            " AS far ON TRUE"
        )
    marks = ",".join(["%s"] * len(ids))
    query = SHEAVES.format(
        columns=FAR, marks=marks, bundle=BUNDLE_FROM, samples=samples, join=join, origins=ORIGINS
    )
    gathered: dict[tuple[int, bool, str, str], tuple[int, str, list[Thing]]] = {}
    for row in _rows(query, ids):
        if (row["at"], bool(row["incoming"])) not in reached:
            continue
        key = (row["at"], bool(row["incoming"]), row["relation"], row["sheaf_kind"])
        *_rest, things = gathered.setdefault(key, (row["count"], row["context_title"] or "", []))
        if row["id"] is not None:
            things.append(_thing(row))
    return [
        Sheaf(at, upwards, relation, kind, count, tuple(things), context)
        for (at, upwards, relation, kind), (count, context, things) in gathered.items()
    ]


def _rows(query: str, values: Sequence[int] | dict[str, int]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _thing(row: dict[str, Any]) -> Thing:
    """A thing from a raw row, with what a station shows; the rest would be read when asked for."""
    former = row["former_titles"]
    shown = {
        **row,
        "is_public": bool(row["is_public"]),
        "is_example": bool(row["is_example"]),
        "former_titles": json.loads(former) if isinstance(former, str) else former,
        "retired_on": _day(row["retired_on"]),
        "happened_on": _day(row["happened_on"]),
    }
    return Thing.from_db(connection.alias, COLUMNS, [shown[column] for column in COLUMNS])


def _day(value: date | str | None) -> Any:
    """SQLite's raw rows hold dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
