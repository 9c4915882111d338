"""Several of the office sort, undo and merge at once, on the database as it is deployed.

Whatever happens first counts: nothing is lost or sewn twice, counters agree with the rows, and
whoever came second is told. Nobody ever sees an error of the database.
"""

from __future__ import annotations

from tests.deployed import told_by

SCRIPT = """
from collections import Counter
from miteinander.core.errors import Refusal
from miteinander.core.models import Event, Link, Relation, Tally
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, Theme
from tests import factories as f
process = f.ProcessFactory()
f.PhaseFactory(process=process, permits=["contribute", "gather"])
facts = {"by": f.coordinator(process.municipality), "at": timezone.now()}
problems = []

def cards(count):
    return [
        actions.record_contribution(process, text=f"{n}. Bank", channel="card", **facts)
        for n in range(count)
    ]

def at_once(*jobs):
    start, done, told = threading.Barrier(len(jobs)), [], []

    def run(job):
        try:
            start.wait(timeout=20)
            done.append(job())
        except Refusal as refusal:
            told.append(refusal)
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return done, told

def stitches(rows, relation):
    keys = [row.pk for row in rows]
    found = Link.objects.filter(source__in=keys, relation=relation, undone_at=None)
    return Counter(found.values_list("source_id", "target_id"))

def agrees():
    "Every counter, tally and stitch says what the rows say."
    rows = list(Contribution.objects.filter(process=process))
    lie = Counter((row.pk, row.theme_id) for row in rows if row.theme_id)
    gathered = Counter(theme for _row, theme in lie)
    themes = Theme.objects.filter(process=process)
    tallies = {
        tally.thing_id: tally.count
        for tally in Tally.objects.filter(thing__in=themes, relation=Relation.GATHERED_IN)
    }
    return (
        lie == stitches(rows, Relation.GATHERED_IN)
        and all(theme.gathered == gathered[theme.pk] for theme in themes)
        and all(tallies.get(theme.pk, 0) == gathered[theme.pk] for theme in themes)
        and queries.figures(process).counted == sum(not row.is_part for row in rows)
    )

one, other = (actions.name_theme(process, title=title, **facts) for title in ("Orte", "Wege"))

# Two themes, the same contributions, each saw them in none: one theme gets all of them.
rows = cards(3)
seen = {row.pk: None for row in rows}
put = lambda theme: lambda: actions.gather(rows, theme, seen=seen, **facts)
done, told = at_once(*[put(one)] * 2, *[put(other)] * 2)
themes = {row.refreshed().theme_id for row in rows}
print("sort", sorted(done), len(told), len(themes), None not in themes, agrees())

# Four press "undo" of that, and two sort on: it is undone once, or sorted on and not undone.
step = queries.latest_steps(process)[:1]
winner, rest = (one, other) if themes == {one.pk} else (other, one)
saw = {row.pk: winner.pk for row in rows}
on = lambda: actions.gather(rows, rest, seen=saw, **facts)
done, told = at_once(*[lambda: ("undone", actions.undo(step, **facts))] * 4,
                     *[lambda: ("moved", on())] * 2)
themes = {row.refreshed().theme_id for row in rows}
undone = sum(count for what, count in done if what == "undone")
moved = sum(count for what, count in done if what == "moved")
print("undo", (undone, moved, themes) in [(1, 0, {None}), (0, 3, {rest.pk})],
      len(done) + len(told), bool(told), agrees())

# What lies in one theme goes to the other and back, crosswise, some of it released meanwhile.
here, there, loose = cards(3), cards(3), cards(2)
actions.gather(here + loose, one, **facts)
actions.gather(there, other, **facts)
done, told = at_once(*[lambda: actions.gather(here, other, **facts)] * 3,
                     *[lambda: actions.gather(there, one, **facts)] * 3,
                     *[lambda: actions.release(loose, **facts)] * 2)
print("cross", sorted(done), len(told), {r.refreshed().theme_id for r in here} == {other.pk},
      {r.refreshed().theme_id for r in there} == {one.pk}, agrees())

# Merged into each other, and into a third: each lives on in one, and never in a circle.
a, b, c = cards(3)
same = {"reason": "Gleich.", **facts}
merge = lambda into, row: lambda: actions.merge_contributions(into, [row], **same)
done, told = at_once(merge(a, b), merge(b, a), merge(a, b), merge(b, a), merge(c, a), merge(c, b))
ways = stitches([a, b, c], Relation.MERGED_INTO)
sources = [source for source, _target in ways]
merged = {row.pk for row in (a, b, c) if row.refreshed().is_merged}
circle = any((target, source) in ways for source, target in ways)
print("merge", len(done) == len(ways) == len(merged), len(done) + len(told), len(told) >= 4,
      set(ways.values()) == {1}, len(sources) == len(set(sources)), circle, agrees())

# The same merge is undone by three and sorted on by one; the same contribution is split by three.
d, e, whole = cards(3)
actions.merge_contributions(d, [e], **same)
step = queries.latest_steps(process)[:1]
split = lambda: len(actions.split_contribution(whole, ["Eins", "Zwei"], reason="Zwei.", **facts))
done, told = at_once(*[lambda: actions.undo(step, **facts)] * 3, *[split] * 3,
                     lambda: actions.gather([d, e], one, **facts))
print("split", sorted(done), len(told), len(stitches([whole], Relation.SPLIT_INTO)),
      len(stitches([e], Relation.MERGED_INTO)), e.refreshed().is_merged, agrees())
print(problems)
"""


def test_several_sort_undo_and_merge_at_once_and_whoever_comes_second_is_told(tmp_path):
    assert told_by(SCRIPT, tmp_path).splitlines() == [
        "sort [0, 3] 2 1 True True",
        "undo True 6 True True",
        "cross [0, 0, 0, 0, 0, 2, 3, 3] 0 True True True",
        "merge True 6 True True True False True",
        "split [0, 0, 1, 2, 2] 2 2 0 False True",
        "[]",
    ]
