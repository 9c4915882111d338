"""The lot against the maximin of `sortition-algorithms`, and against what is possible at all.

Needs the pool 825/75 beside the project and, for the ratio, the peer in build/peers. Ours is the
median of five runs from files to the numbered panels; the peer takes about a minute: one run,
only its search for a distribution, without reading and without panels.

    python benchmarks/bench_lot.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

from common import ROOT, Verdicts
from miteinander.analysis import lot

POOL = ROOT.parent / "shared" / "data" / "lot" / "pool-825-75"
PEER = ROOT / "build" / "peers" / "bin" / "python"
SIZE, BEST = 75, 0.03534
PROGRAM = """
import csv, json, sys, time
from sortition_algorithms.committee_generation import find_distribution_maximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings
folder, size = sys.argv[1], int(sys.argv[2])
def rows(name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)
_, body = rows("categories.csv")
body = [{"feature": r["category"], "value": r["feature"], "min": r["min"], "max": r["max"]}
        for r in body]
features, column, _ = read_in_features(list(body[0]), body, size)
head, body = rows("respondents.csv")
body = [{"id": str(n + 1), **row} for n, row in enumerate(body)]
people, _ = read_in_people(["id", *head], body, features, Settings("id", []), column)
began = time.perf_counter()
panels, chances, _ = find_distribution_maximin(features, people, size, [])
seconds = time.perf_counter() - began
share = dict.fromkeys((row["id"] for row in body), 0.0)
for panel, chance in zip(panels, chances):
    for one in panel:
        share[one] += chance
print(json.dumps({"seconds": seconds, "smallest": min(share.values())}))
"""


def main() -> None:
    verdicts = Verdicts("Lot: 75 seats, 825 people, 19 quotas")
    if not POOL.is_dir():
        sys.exit(f"the pool is not there: {POOL}")
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        pool = lot.read_pool(POOL / "categories.csv", POOL / "respondents.csv", size=SIZE)
        found = lot.lottery(pool)
        seconds.append(time.perf_counter() - began)
    ours = statistics.median(seconds)
    invalid = sum(not pool.holds(panel) for panel in found.panels)
    verdicts.figure("ours, files to 1,000 panels", f"{ours:.2f} s")
    verdicts.figure("smallest chance, and its upper bound", f"{found.smallest:.7f} "
                    f"{found.upper_bound:.7f}")  # fmt: skip
    verdicts.ratio("smallest chance / 0.03534", round(found.smallest, 5) / BEST, least=1)
    verdicts.ratio("shortfall / 1e-4", found.shortfall / 1e-4, most=1)
    verdicts.ratio("panels that are not valid + 1", invalid + 1, most=1)
    verdicts.ratio("deviation / 0.002", found.deviation / 0.002, most=1)
    if PEER.exists():
        said = subprocess.run(
            [PEER, "-c", PROGRAM, POOL, str(SIZE)], stdout=subprocess.PIPE, text=True, check=True
        )
        peer = json.loads(said.stdout.splitlines()[-1])
        verdicts.figure("maximin of sortition-algorithms", f"{peer['seconds']:.1f} s, smallest "
                        f"{peer['smallest']:.5f}")  # fmt: skip
        verdicts.ratio("times faster", peer["seconds"] / ours, least=10)
    else:
        verdicts.figure("the peer is not there", str(PEER))
    verdicts.end()


if __name__ == "__main__":
    main()
