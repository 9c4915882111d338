"""Balanced choice: reference outcomes of every variant, and what it costs beside pabutools.

    python benchmarks/bench_budget.py [--quick]

From file to outcome, both sides as anybody would call them: the peer parses the file, merges equal
ballots (its own `as_multiprofile`; without that it is slower still) and computes in its default
arithmetic, each in a process of its own; imports are not counted. `--quick` leaves out the large
synthetic vote. The peer lives in an environment of its own (`build/peers`); the reference outcomes
lie outside the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from common import ROOT, Verdicts
from miteinander.analysis.budget import Variant, choose, read_election

DATA = ROOT.parent / "shared" / "data" / "equalshares"
PEER = ROOT / "build" / "peers" / "bin" / "python"
TIES = {"maxVotes": "votes", "minCost": "cheaper", "maxCost": "dearer"}
VOTERS, PROJECTS, SEED = 90_000, 160, 5

OUR_RUN = """
import json, sys, time
from fractions import Fraction
from miteinander.analysis.budget import read_election
from miteinander.analysis.budget.completion import complete
from miteinander.analysis.budget.shares import rank_by
taken = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    election = read_election(sys.argv[1])
    order = complete(
        election, utility="cost", completion="none", exhaustive=False,
        increment=Fraction(1), rank=rank_by(election, ()),
    ).run.order
    taken.append(time.perf_counter() - began)
print(json.dumps({"seconds": taken, "chosen": sorted(election.projects[p] for p in order)}))
"""
PEER_RUN = """
import json, sys, time
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
taken = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    instance, profile = parse_pabulib(sys.argv[1])
    chosen = method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=Cost_Sat)
    taken.append(time.perf_counter() - began)
print(json.dumps({"seconds": taken, "chosen": sorted(p.name for p in chosen)}))
"""


def references(verdicts: Verdicts) -> None:
    wrong: list[str] = []
    counted = 0

    def check(label: str, found: list[str], wanted: list[str]) -> None:
        nonlocal counted
        counted += 1
        if sorted(found) != sorted(wanted):
            wrong.append(label)

    def load(name: str) -> dict:
        return json.loads((DATA / name).read_text(encoding="utf-8"))

    def run(file: Path, variant: Variant):
        election = read_election(file)
        outcome = choose(election, variant)
        return outcome, [election.projects[p] for p in outcome.selected]

    jobs = [
        ("poland_wieliczka_2023_green-budget.pb", k, v)
        for k, v in load("js_reference.json").items()
    ]
    jobs += [(f"pb/{v['fixture']}", k, v) for k, v in load("pb_reference.json").items()]
    for file, label, case in jobs:
        wanted = case["params"]
        completion = wanted["completion"]
        election = read_election(DATA / file)
        variant = Variant(
            completion=completion,
            exhaustive="exhaustive" in wanted["add1options"],
            increment=Fraction(wanted["increment"]),
            ties=tuple(TIES[t] for t in wanted["tieBreaking"]),
            # the utilitarian rest of the reference goes through objects with numeric keys: ties
            # fall to the smaller number, whatever rule is asked for
            priority=tuple(sorted(election.projects, key=int))
            if completion == "utilitarian"
            else (),
        )  # fmt: skip
        outcome = choose(election, variant)
        if "result" not in case:  # the reference stops at a tie; we name it
            named = {election.projects[p] for tie in outcome.ties for p in tie.projects}
            check(f"{label} (tie named)", [p for p in named if p in case["error"]], sorted(named))
            continue
        check(label, [election.projects[p] for p in outcome.selected], case["result"]["winners"])
        if completion.startswith("add1"):
            check(f"{label} (share)", [str(float(outcome.share[0]))],
                  [str(float(case["result"]["endowment"]))])  # fmt: skip

    def place(fixture: str) -> Path:
        return DATA / fixture.removeprefix("test/fixtures/")

    for name, utility in (
        ("pabutools_reference.json", "cost"),
        ("pabutools_cardinal_reference.json", "cardinality"),
        ("pabutools_ordinal_reference.json", "cardinality"),
    ):
        for fixture, case in load(name).items():
            variant = Variant(utility=utility, priority=tuple(case["lexico_order"]))
            check(f"{name} {fixture}", run(place(fixture), variant)[1], case["winners"])
    for fixture, case in load("pabutools_satisfaction_reference.json").items():
        for utility in ("cost", "cardinality"):
            variant = Variant(utility=utility, priority=tuple(case["lexico_order"]))
            check(f"{utility} {fixture}", run(place(fixture), variant)[1], case[utility])
    for fixture, case in load("pabutools_rules_reference.json").items():
        for utility in ("cost", "cardinality"):
            variant = Variant(rule="greedy", utility=utility, priority=tuple(case["lexico_order"]))
            check(f"greedy {fixture}", run(place(fixture), variant)[1], case[f"greedy_{utility}"])
    verdicts.ratio(f"reference outcomes met, of {counted}", counted - len(wrong), least=counted)
    for label in wrong:
        verdicts.figure("  differs", label)

    file = DATA / "poland_wieliczka_2023_green-budget.pb"
    rows = file.read_text(encoding="utf-8").partition("PROJECTS\n")[2].partition("VOTES")[0]
    official = {r.partition(";")[0] for r in rows.splitlines()[1:] if r.endswith(";1")}
    outcome, found = run(file, Variant(completion="add1"))
    verdicts.ratio(
        "Wieliczka: official projects chosen, of 30", len(official & set(found)), least=30
    )
    verdicts.ratio("Wieliczka: projects chosen", len(found), most=30)
    verdicts.figure(
        "  with add1, not exhaustive, step 1",
        f"share {float(outcome.share[0]):g}, {outcome.steps} steps, {outcome.runs} runs",
    )


def measured(python: Path | str, program: str, file: Path, times: int) -> tuple[float, list[str]]:
    """Median seconds and the projects chosen, from a process that does nothing else."""
    done = subprocess.run(
        [str(python), "-c", program, str(file), str(times)],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    said = json.loads(done.stdout)
    return statistics.median(said["seconds"]), said["chosen"]


def synthetic(folder: Path) -> Path:
    """A city: popular and rare projects, neighbourhoods, three to nine wishes each."""
    random = np.random.default_rng(SEED)
    costs = random.integers(20, 2000, PROJECTS) * 500
    popular = random.pareto(1.2, PROJECTS) + 0.3
    home = random.integers(0, 12, PROJECTS)
    lines = ["META", "key;value", "budget;20000000", "vote_type;approval", "PROJECTS",
             "project_id;cost", *(f"{p};{c}" for p, c in enumerate(costs)), "VOTES",
             "voter_id;vote"]  # fmt: skip
    for voter in range(VOTERS):
        liking = popular * np.where(home == voter % 12, 6.0, 1.0)
        wishes = random.choice(
            PROJECTS, random.integers(3, 10), replace=False, p=liking / liking.sum()
        )
        lines.append(f"{voter};{','.join(map(str, wishes))}")
    file = folder / "city.pb"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def beside(
    verdicts: Verdicts, label: str, file: Path, *, least: float, times: int, peers: int
) -> None:
    theirs, chosen = measured(PEER, PEER_RUN, file, peers)
    mine, found = measured(sys.executable, OUR_RUN, file, times)
    verdicts.figure(f"{label}: ours", f"{mine * 1000:8.1f} ms")
    verdicts.figure(f"{label}: pabutools", f"{theirs * 1000:8.0f} ms")
    verdicts.ratio(f"{label}: times faster, file to outcome", theirs / mine, least=least)
    same = len(set(found) & set(chosen)) / len(set(found) | set(chosen))
    verdicts.ratio(f"{label}: projects on which both agree, of all", same, least=1)
    began = time.perf_counter()
    outcome = choose(read_election(file))
    verdicts.figure(
        f"{label}: ours with the exact audit",
        f"{(time.perf_counter() - began) * 1000:8.0f} ms, {len(outcome.election.weights)} types",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    verdicts = Verdicts("Balanced choice")
    if not DATA.exists():
        sys.exit(f"the reference outcomes are not there: {DATA}")
    references(verdicts)
    if not PEER.exists():
        sys.exit("the peer is not installed: build/peers")
    file = DATA / "poland_wieliczka_2023_green-budget.pb"
    beside(verdicts, "Wieliczka", file, least=30, times=15, peers=5)
    if not options.quick:
        with tempfile.TemporaryDirectory() as folder:
            label = f"{VOTERS} × {PROJECTS}"
            beside(verdicts, label, synthetic(Path(folder)), least=50, times=5, peers=1)
    verdicts.end()


if __name__ == "__main__":
    main()
