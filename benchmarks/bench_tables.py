"""Tables for 200 people: how well they are mixed, how many get no wish, how long it takes.

The people are made up from a seed: four attributes, 85 institutions of very different size, three
wishes each among eight tables that are not equally popular. An institution has at most 16 people
(two at each table), else the limit could not hold. Also the two small files beside the project.

    python benchmarks/bench_tables.py
"""

from __future__ import annotations

import statistics

import numpy as np

from common import ROOT, Verdicts
from miteinander.analysis import tables

FILES = ROOT.parent / "shared" / "data" / "tables"
PEOPLE, TABLES, INSTITUTIONS = 200, 8, 85
SEEDS = (1, 2, 3)


def invented(seed: int) -> tables.Group:
    """200 people; the smallest values of an attribute are held by about a tenth."""
    rng = np.random.default_rng(seed)
    shares = ([0.55, 0.45], [0.2, 0.3, 0.3, 0.2], [0.4, 0.25, 0.15, 0.1, 0.1], [0.5, 0.3, 0.2])
    sizes = np.arange(1, INSTITUTIONS + 1) ** -0.7
    apart = rng.choice(INSTITUTIONS, PEOPLE, p=sizes / sizes.sum())
    for large in np.flatnonzero(np.bincount(apart) > 2 * TABLES):
        apart[np.flatnonzero(apart == large)[2 * TABLES :]] = -1
    popular = np.array([0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.04])
    wishes = [rng.choice(TABLES, 3, replace=False, p=popular) for _ in range(PEOPLE)]
    nobody = np.zeros((PEOPLE, 0), dtype=bool)
    return tables.Group(
        ids=tuple(str(n + 1) for n in range(PEOPLE)),
        tables=TABLES,
        mix=tuple(rng.choice(len(share), PEOPLE, p=share) for share in shares),
        apart=apart,
        wishes=np.array(wishes),
        needs=nobody,
        speaks=nobody,
    )


def main() -> None:
    verdicts = Verdicts("Tables: 200 people, 8 tables, 3 wishes, 4 attributes, 85 institutions")
    found = [tables.seat(invented(seed), seed=seed) for seed in SEEDS]
    for seating, seed in zip(found, SEEDS, strict=True):
        for plan in seating.plans:
            verdicts.figure(
                f"seed {seed}, {plan.leaning}",
                f"deviation {plan.deviation}, without a wish {plan.without_wish}, "
                f"wishes {plan.first}/{plan.second}/{plan.third}",
            )
    chosen = [seating.plan for seating in found]
    verdicts.ratio("largest deviation (balanced)", max(p.deviation for p in chosen), most=8)
    verdicts.ratio("most without a wish (balanced)", max(p.without_wish for p in chosen), most=12)
    broken = max(p.apart_broken for s in found for p in s.plans)
    verdicts.ratio("above two of one institution + 1", broken + 1, most=1)
    verdicts.ratio(
        "seconds for three plans (median)", statistics.median(s.seconds for s in found), most=5
    )
    if FILES.is_dir():
        _file(verdicts, "sf_f_40.csv", 5, ["a", "b", "c", "d", "e", "f", "g"])
        _file(verdicts, "30i_4j_3k_3d_data.csv", 4, ["gender", "age", "region"])
    else:
        verdicts.figure("the small files are not there", str(FILES))
    verdicts.end()


def _file(verdicts: Verdicts, name: str, number: int, mix: list[str]) -> None:
    group = tables.read_group(FILES / name, tables=number, columns=tables.Columns(mix=mix))
    seating = tables.seat(group, rounds=3)
    verdicts.figure(
        f"{name}, {number} tables, 3 rounds",
        f"deviation {seating.plan.deviation}, meeting again {seating.plan.repeats}, "
        f"{seating.seconds:.1f} s",
    )


if __name__ == "__main__":
    main()
