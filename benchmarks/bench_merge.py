"""Merging and comparing texts of 10,000 words, beside git's merge on one word a line.

Usage: `python benchmarks/bench_merge.py`. Without git only the absolute figures are printed.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import Verdicts
from miteinander.analysis.merge import Disputed, differences, merge

WORDS = 10_000
VISIBLE = 0.1
"""Seconds from which on somebody notices that they wait."""


def concept(chance: random.Random) -> list[str]:
    """Words as often as in real texts (the n-th word 1/n as often), in paragraphs."""
    vocabulary = [f"wort{number}" for number in range(4_000)]
    weights = [1 / (place + 1) for place in range(len(vocabulary))]
    words = chance.choices(vocabulary, weights, k=WORDS)
    return [word + ("\n\n" if chance.random() < 0.012 else "") for word in words]


def edited(words: list[str], chance: random.Random, changes: int, mark: str) -> list[str]:
    """So many changes of one to twelve words each: put in, left out, written anew."""
    out = list(words)
    for number in range(changes):
        at, length = chance.randrange(len(out)), chance.randint(1, 12)
        new = [f"{mark}{number}w{place}" for place in range(chance.randint(0, 12))]
        out[at : at + chance.choice((0, length))] = new
    return out


def text(words: list[str]) -> str:
    return " ".join(words).replace("\n\n ", "\n\n")


def seconds(action: Callable[[], object], rounds: int = 7) -> float:
    """CPU seconds: how busy the machine is otherwise does not count."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def childs_seconds(action: Callable[[], object], rounds: int = 7) -> float:
    """CPU seconds of a command, with its start."""
    taken = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        action()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken)


def git_merge(folder: Path) -> Callable[[], object]:
    command = ["git", "merge-file", "-p", "-q", "mine", "base", "theirs"]
    return lambda: subprocess.run(command, cwd=folder, capture_output=True, check=False)


def main() -> None:
    verdicts = Verdicts("Merging and comparing texts of 10,000 words")
    for label, changes in (("an evening's work", 40), ("a rewritten concept", 600)):
        chance = random.Random(changes)
        base = concept(chance)
        mine, theirs = (edited(base, chance, changes, mark) for mark in "mt")
        texts = text(base), text(mine), text(theirs)
        pieces = merge(*texts)
        disputes = sum(isinstance(piece, Disputed) for piece in pieces)
        verdicts.figure(f"{label}: disputed passages", f"{disputes:8d}")
        own = seconds(lambda texts=texts: merge(*texts))
        verdicts.ratio(f"{label}: merge, ms", own * 1000, most=VISIBLE * 1000)
        compared = seconds(lambda texts=texts: differences(texts[0], texts[1]))
        verdicts.ratio(f"{label}: differences, ms", compared * 1000, most=VISIBLE * 1000)
        if shutil.which("git"):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                for file, words in (("base", base), ("mine", mine), ("theirs", theirs)):
                    (folder / file).write_text("\n".join(w.strip() for w in words) + "\n")
                peer = childs_seconds(git_merge(folder))
                told = git_merge(folder)().returncode
            verdicts.figure(f"{label}: git merge-file, CPU ms", f"{peer * 1000:8.1f}")
            verdicts.figure(f"{label}: git's conflicts, one word a line", f"{told:8d}")
            verdicts.figure(f"{label}: ours / git", f"{own / peer:8.2f}")
        else:
            verdicts.figure("git is not installed", "no peer measured")
    rewritten = text(concept(random.Random(1))), text(concept(random.Random(2)))
    nothing_alike = seconds(lambda: differences(*rewritten))
    verdicts.ratio("two texts of their own: differences, ms", nothing_alike * 1000, most=250)
    verdicts.end()


if __name__ == "__main__":
    main()
