"""Reading the thread: where a thing comes from and what became of it.

One recursive query walks the links upwards and downwards from a thing, whatever stands on
the way: merges, splits, moves and retirements are only further links. Where many things of
one kind lead to one (23 contributions to a theme), the walk does not enter them: the tally
beside the links says so beforehand, and the thread shows a *bundle* with a count and a few
samples. The cost therefore depends on what is shown, never on how much there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from miteinander.core.models import Thing

BUNDLE_FROM = 6
"""So many links of one sort are shown as a bundle instead of one station each."""
SAMPLES = 3
DEPTH = 12

WALK = """
WITH RECURSIVE walk(thing, depth, via, upwards) AS (
    SELECT CAST(%(start)s AS bigint), 0, CAST(NULL AS bigint), {true}
    UNION ALL
    SELECT CAST(%(start)s AS bigint), 0, CAST(NULL AS bigint), {false}
    UNION
    SELECT CASE WHEN walk.upwards THEN link.source_id ELSE link.target_id END,
           walk.depth + 1, link.id, walk.upwards
      FROM walk
      {cross} JOIN core_tally tally
        ON tally.thing_id = walk.thing AND tally.incoming = walk.upwards
       AND tally.count BETWEEN 1 AND %(most)s
      {cross} JOIN core_link link
        ON link.undone_at IS NULL AND link.relation = tally.relation
       AND ((walk.upwards AND link.target_id = walk.thing AND link.source_kind = tally.kind)
         OR (NOT walk.upwards AND link.source_id = walk.thing AND link.target_kind = tally.kind))
     WHERE walk.depth < %(depth)s
)
SELECT walk.thing, walk.depth, walk.upwards, link.id, link.source_id, link.target_id,
       link.relation, link.happened_on, link.note, context.id, context.title,
       context.kind, context.identifier, context.is_public
  FROM walk
  LEFT JOIN core_link link ON link.id = walk.via
  LEFT JOIN core_thing context ON context.id = link.context_id
 ORDER BY walk.depth
"""

BUNDLES = """
SELECT thing_id, incoming, relation, kind, count FROM core_tally
 WHERE thing_id IN ({marks}) AND count > %s
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the thread and the stitch that leads to it from the thing asked about."""

    thing: Thing
    depth: int
    """Stitches away from the thing asked about; 0 is that thing itself."""
    upwards: bool
    neighbour: int | None = None
    """The thing from which the walk came (nearer to the start)."""
    relation: str = ""
    on: date | None = None
    note: str = ""
    context: str = ""


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


@dataclass(frozen=True, slots=True)
class Thread:
    start: Thing
    before: tuple[Step, ...]
    """Where it comes from, oldest first."""
    after: tuple[Step, ...]
    """What became of it, in order of time."""
    sheaves: tuple[Sheaf, ...] = field(default=())

    def things(self) -> list[int]:
        return [self.start.pk, *(s.thing.pk for s in self.before), *(s.thing.pk for s in self.after)]


def thread_of(thing: Thing, *, public_only: bool) -> Thread:
    """The thread through `thing`: at most four queries, however long it is.

    With `public_only`, things that are not public are passed through but not named; a bundle
    counts them (that there were 23 cards is no secret) and samples only public ones.
    """
    rows = _walk(thing.pk)
    ids = {row[0] for row in rows}
    things = Thing.objects.in_bulk(list(ids))
    best: dict[tuple[int, bool], Step] = {}
    for row in rows:
        reached, depth, upwards = row[0], row[1], bool(row[2])
        found = things[reached]
        if depth == 0 or (reached, upwards) in best or reached == thing.pk:
            continue
        if public_only and not found.is_public:
            continue
        best[reached, upwards] = Step(
            thing=found,
            depth=depth,
            upwards=upwards,
            neighbour=row[5] if upwards else row[4],
            relation=row[6],
            on=_day(row[7]),
            note=row[8] or "",
            context=(row[10] or "") if (row[13] or not public_only) else "",
        )
    steps = list(best.values())
    before = sorted((s for s in steps if s.upwards), key=_order)
    after = sorted((s for s in steps if not s.upwards), key=_order)
    shown = [thing.pk, *(s.thing.pk for s in steps)]
    return Thread(
        start=things[thing.pk],
        before=tuple(before),
        after=tuple(after),
        sheaves=tuple(_sheaves(thing.pk, steps, shown, public_only=public_only)),
    )


def _order(step: Step) -> tuple[date, int, int]:
    day = step.thing.happened_on or step.on or date.min
    return (day, -step.depth if step.upwards else step.depth, step.thing.pk)


def _walk(start: int) -> list[tuple]:  # type: ignore[type-arg]  # raw rows, named in WALK
    sqlite = connection.vendor == "sqlite"
    query = WALK.format(
        true="1" if sqlite else "TRUE",
        false="0" if sqlite else "FALSE",
        # SQLite keeps the order of a CROSS JOIN: tallies first, so a bundle is never entered.
        cross="CROSS" if sqlite else "",
    )
    if not sqlite:
        query = query.replace(" JOIN core_tally", "JOIN core_tally")
    with connection.cursor() as cursor:
        cursor.execute(query, {"start": start, "most": BUNDLE_FROM - 1, "depth": DEPTH})
        return list(cursor.fetchall())


def _sheaves(
    start: int, steps: Sequence[Step], shown: Sequence[int], *, public_only: bool
) -> list[Sheaf]:
    upwards_of = {start: {True, False}}
    for step in steps:
        upwards_of.setdefault(step.thing.pk, set()).add(step.upwards)
    query = BUNDLES.format(marks=",".join(["%s"] * len(shown)))
    with connection.cursor() as cursor:
        cursor.execute(query, [*shown, BUNDLE_FROM - 1])
        rows = [r for r in cursor.fetchall() if bool(r[1]) in upwards_of[r[0]]]
    samples = _samples(rows, public_only=public_only)
    return [
        Sheaf(
            at=row[0],
            upwards=bool(row[1]),
            relation=row[2],
            kind=row[3],
            count=row[4],
            samples=tuple(samples.get((row[0], bool(row[1]), row[2], row[3]), ())),
        )
        for row in rows
    ]


def _samples(
    rows: Sequence[tuple[int, bool, str, str, int]], *, public_only: bool
) -> dict[tuple[int, bool, str, str], list[Thing]]:
    """The newest few of each bundle, in one query for all bundles."""
    if not rows:
        return {}
    parts, values = [], []
    for number, (thing, incoming, relation, kind, _count) in enumerate(rows):
        near, far = ("target", "source") if incoming else ("source", "target")
        parts.append(
            f"""SELECT * FROM (SELECT {number} AS sheaf, t.id AS thing
                  FROM core_link l JOIN core_thing t ON t.id = l.{far}_id
                 WHERE l.{near}_id = %s AND l.relation = %s AND l.{far}_kind = %s
                   AND l.undone_at IS NULL {"AND t.is_public" if public_only else ""}
                 ORDER BY l.happened_on DESC LIMIT {SAMPLES}) AS s{number}"""  # noqa: S608 -- only our own column names
        )
        values += [thing, relation, kind]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    things = Thing.objects.in_bulk([thing for _number, thing in found])
    out: dict[tuple[int, bool, str, str], list[Thing]] = {}
    for number, thing in found:
        row = rows[number]
        out.setdefault((row[0], bool(row[1]), row[2], row[3]), []).append(things[thing])
    return out


def _day(value: object) -> date | None:
    """SQLite's raw rows hold dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]  # the driver's date
