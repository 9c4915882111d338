"""The opinion map against red-dwarf, and one of a million people within time and memory.

1. A real conversation (vTaiwan, Polis): from its file to JSON, against red-dwarf's pipeline on the
   same votes. Without the test halves, which red-dwarf does not have.
2. 20,000 people on 1,000 statements from arrays, against red-dwarf on the same votes (once: it
   fills a table of all people times all statements).
3. A million people, 45 million votes, in a process of its own: seconds, the peak of memory, the
   votes themselves included; and the time of a vote there against a fifth of it.

Seconds are those of the processor, on one thread for all sides: others may be at work on the
machine.

    python benchmarks/bench_opinion.py [--only real|large|million]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from common import ROOT, Verdicts

VTAIWAN = ROOT.parent / "shared" / "data" / "polis" / "vtaiwan.uberx" / "participants-votes.csv"
PEERS = ROOT / "build" / "peers" / "bin" / "python"
STATEMENTS, EACH = 1000, 45
LARGE, FIFTH, MILLION = 20_000, 200_000, 1_000_000
REAL_LEAST, LARGE_LEAST = 4, 100
MOST_SECONDS, MOST_GIBIBYTES, MOST_GROWTH = 15, 2, 1.3

RED_DWARF = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
from reddwarf.implementations.polis import run_pipeline
people, statements, values = np.load(sys.argv[1])
rows = zip(people.tolist(), statements.tolist(), values.tolist())
votes = [
    {"participant_id": p, "statement_id": s, "vote": v, "modified": at}
    for at, (p, s, v) in enumerate(rows)
]
taken = []
for _ in range(int(sys.argv[2])):
    began = time.process_time()
    run_pipeline(votes=votes)
    taken.append(time.process_time() - began)
print(json.dumps(taken))
"""


def main() -> None:
    # One thread for all sides: those that wait for their turn would count as work.
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["real", "large", "million"])
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(alone(options.measure)))
        return
    verdicts = Verdicts("Opinion map")
    for name, part in (("real", real), ("large", large), ("million", million)):
        if options.only in {None, name}:
            part(verdicts)
    verdicts.end()


def real(verdicts: Verdicts) -> None:
    from miteinander.analysis.opinion.result import as_json, opinion_map
    from miteinander.analysis.opinion.votes import read_votes

    if not VTAIWAN.exists():
        verdicts.figure("vTaiwan", "is not here: nothing measured")
        return

    def whole(splits: int = 0) -> str:
        return json.dumps(as_json(opinion_map(read_votes(VTAIWAN), splits=splits)))

    mine = median(whole, times=11)
    halves = median(lambda: whole(20), times=3)
    votes = read_votes(VTAIWAN)
    verdicts.figure("vTaiwan: people, statements, votes", f"{votes.shape} {len(votes)}")
    verdicts.figure("ours, file to JSON", f"{mine * 1000:.0f} ms")
    verdicts.figure("ours, with 20 test halves", f"{halves * 1000:.0f} ms")
    theirs = red_dwarf(votes.person, votes.statement, votes.value, times=5)
    compare(verdicts, "vTaiwan", theirs, mine, least=REAL_LEAST)


def large(verdicts: Verdicts) -> None:
    from miteinander.analysis.opinion.result import opinion_map
    from miteinander.analysis.opinion.votes import from_arrays

    arrays = conversation(LARGE)
    mine = median(lambda: opinion_map(from_arrays(*arrays), splits=0), times=7)
    verdicts.figure("20,000 × 1,000, 0.9 million votes: ours, from arrays", f"{mine:.3f} s")
    compare(verdicts, "20,000 × 1,000", red_dwarf(*arrays, times=1), mine, least=LARGE_LEAST)


def million(verdicts: Verdicts) -> None:
    fifth, whole = ([apart(people) for _time in range(3)] for people in (FIFTH, MILLION))
    names = ("seconds", "with_halves")
    seconds, halves = (statistics.median(each[n] for each in whole) for n in names)
    peak = max(each["gibibytes"] for each in whole)
    part = statistics.median(each["seconds"] for each in fifth)
    clock = [statistics.median(each[f"{n}_by_the_clock"] for each in whole) for n in names]
    verdicts.figure("by the clock, with 20 test halves", "{:.1f} s, {:.1f} s".format(*clock))
    verdicts.ratio("1,000,000 × 1,000, 45 million votes: seconds", seconds, most=MOST_SECONDS)
    verdicts.ratio("with 20 test halves: seconds", halves, most=MOST_SECONDS)
    verdicts.ratio("peak of memory in GiB, votes included", peak, most=MOST_GIBIBYTES)
    verdicts.ratio(
        "time of a vote against 200,000 × 1,000", seconds / part * FIFTH / MILLION, most=MOST_GROWTH
    )


def apart(people: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", str(people)]
    found = subprocess.run(command, check=True, capture_output=True).stdout
    return dict(json.loads(found))


def alone(people: int) -> dict[str, float]:
    """Measured in a process of its own; the memory is that of the process at its peak."""
    from miteinander.analysis.opinion.result import opinion_map
    from miteinander.analysis.opinion.votes import from_arrays

    opinion_map(from_arrays(*conversation(2000)), splits=0)  # loads what is loaded late
    arrays = conversation(people)
    found = {}
    for name, splits in (("seconds", 0), ("with_halves", 20)):
        began, clock = time.process_time(), time.perf_counter()
        opinion_map(from_arrays(*arrays), splits=splits)
        found[name] = time.process_time() - began
        found[f"{name}_by_the_clock"] = time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {**found, "gibibytes": peak}


def conversation(people: int) -> tuple:
    """Votes by person, then statement: opinions in two dimensions, and chance beside them."""
    import numpy as np

    random = np.random.default_rng(1)
    opinion = random.standard_normal((people, 2), dtype=np.float32)
    opinion[:, 0] += np.where(np.arange(people) % 5 < 2, 1.5, -1)  # two camps
    leaning = random.standard_normal((STATEMENTS, 2), dtype=np.float32)
    person = np.repeat(np.arange(people, dtype=np.int32), EACH)
    statement = np.empty((people, EACH), dtype=np.int32)
    value = np.empty((people, EACH), dtype=np.int8)
    step = STATEMENTS // EACH
    for start in range(0, people, LARGE):
        part = slice(start, start + LARGE)
        count = len(opinion[part])
        # One statement out of each stretch of them: sorted, and no pair twice.
        shown = np.arange(EACH) * step + random.integers(0, step, (count, EACH))
        pull = np.einsum("pc,pec->pe", opinion[part], leaning[shown])
        pull += 0.7 * random.standard_normal((count, EACH), dtype=np.float32)
        statement[part] = shown
        value[part] = np.where(np.abs(pull) < 0.3, 0, np.sign(pull))
    return person, statement.ravel(), value.ravel()


def median(action: Callable[[], object], *, times: int) -> float:
    """Median of the processor's seconds of a call, warmed up."""
    action()
    taken = []
    for _time in range(times):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def red_dwarf(person: object, statement: object, value: object, *, times: int) -> float | None:
    """Median seconds of the peer in its own interpreter, without loading it; None if not here."""
    import tempfile

    import numpy as np

    if not PEERS.exists():
        return None
    with tempfile.TemporaryDirectory(prefix="miteinander-bench-") as folder:
        path = f"{folder}/votes.npy"
        np.save(path, np.stack([person, statement, value]).astype(np.int32))
        # One run more than counted when it is to be repeated: the first one compiles.
        command = [str(PEERS), "-c", RED_DWARF, path, str(times + (times > 1))]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return statistics.median(json.loads(said.splitlines()[-1])[-times:])


def compare(
    verdicts: Verdicts, name: str, theirs: float | None, mine: float, *, least: float
) -> None:
    if theirs is None:
        verdicts.figure("red-dwarf", "is not here: not compared")
        return
    verdicts.figure(f"{name}: red-dwarf", f"{theirs:.2f} s")
    verdicts.ratio(f"{name}: times as fast as red-dwarf", theirs / mine, least=least)


if __name__ == "__main__":
    main()
