"""Similar texts and themes on real data: hits by language, calibration, themes held against codes.

Needs `shared/data/texts` beside the project; says so when it is not there. Usage:
`python benchmarks/bench_texts.py`.
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # CPU seconds, whoever else is at work

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.common import ROOT, Verdicts
from miteinander.analysis.similar import Index, Matches, installed
from miteinander.analysis.themes import propose, sort_rest

DATA = ROOT.parent / "shared" / "data" / "texts"
SEEDS = range(5)


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cpu_seconds(action: Callable[[], object], rounds: int = 3) -> float:
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def hits(found: Matches, texts: Sequence[str]) -> float:
    """How often the first neighbour is the text meant (or one with the same wording)."""
    best = [near[0].row if near else -1 for near in found.neighbours]
    return float(
        np.mean([at >= 0 and texts[at] == text for at, text in zip(best, texts, strict=True)])
    )


def similar(verdicts: Verdicts) -> None:
    rows = read("integration-questions.csv")
    german = [row["de"] for row in rows]
    letters = Index(german)
    found = letters.neighbours([row["de_paraphrase"] for row in rows])
    verdicts.ratio("German paraphrases, letters only: hit@1", hits(found, german), least=0.85)
    for label, column in (("English", "en"), ("French", "fr")):
        alone = hits(letters.neighbours([row[column] for row in rows]), german)
        verdicts.figure(f"{label}, letters only: hit@1", f"{alone:8.2f}")
    right_when_same(verdicts, "letters only", letters, rows, "de_paraphrase")
    if not installed():
        verdicts.figure("the extra `languages` is not installed", "other languages not measured")
        return
    for name, chosen in (("all", installed()), *((e.name, (e,)) for e in installed())):
        index = Index(german, encoders=chosen)
        for label, column in (("German", "de_paraphrase"), ("English", "en"), ("French", "fr")):
            asked = [row[column] for row in rows]
            hit = hits(index.neighbours(asked), german)
            line = f"{label}, encoder {name}: hit@1"
            if name == "all":
                verdicts.ratio(line, hit, least=0.85)
                right_when_same(verdicts, f"{label}, {name}", index, rows, column)
            else:
                verdicts.figure(line, f"{hit:8.2f}")


def right_when_same(
    verdicts: Verdicts, label: str, index: Index, rows: list[dict[str, str]], column: str
) -> None:
    """Of the first neighbours called “same” how many are, when half of the answers are missing."""
    german = [row["de"] for row in rows]
    same, right, related, any_right = 0, 0, 0, 0
    for at, near in enumerate(index.neighbours([r[column] for r in rows], count=10).neighbours):
        # Every second question finds its own answer taken away.
        left = [n for n in near if at % 2 == 0 or german[n.row] != german[at]]
        if left and left[0].verdict == "same":
            same, right = same + 1, right + (german[left[0].row] == german[at])
        if left and left[0].verdict == "related":
            related += 1
            any_right += german[left[0].row] == german[at]
    verdicts.figure(
        f"{label}: right among “same”, among “related”",
        f"{right / max(same, 1):8.2f} of {same}, {any_right / max(related, 1):.2f} of {related}",
    )


def speed(verdicts: Verdicts) -> None:
    rows = read("integration-questions.csv")
    known = [word for row in rows for word in row["de"].split()]
    lot = random.Random(0)
    many = [" ".join(lot.choices(known, k=14)) for _ in range(100_000)]
    began = time.process_time()
    index = Index(many)
    verdicts.figure("index of 100,000 texts, CPU s", f"{time.process_time() - began:8.1f}")
    questions = [row["de_paraphrase"] for row in rows[:60]]
    taken = [cpu_seconds(lambda q=q: index.neighbours([q]), 1) for q in questions]
    verdicts.ratio("one question among 100,000, CPU ms", 1000 * statistics.median(taken), most=50)


def themes(verdicts: Verdicts) -> None:
    rows = read("cycling-dialogue-bonn-half.csv")
    codes = np.array([row["main_category_level1"] for row in rows])
    readings = {
        "text": [row["text"] for row in rows],
        "title and text": [f"{row['title']} {row['text']}" for row in rows],
    }
    for label, texts in readings.items():
        agreed = []
        for seed in SEEDS:
            given = np.zeros(len(texts), int)
            for cluster in propose(texts, seed=seed).clusters:
                given[list(cluster.rows)] = cluster.id
            agreed.append(shared_information(codes, given))
        value = statistics.mean(agreed)
        verdicts.ratio(f"proposed themes against codes, {label}: NMI", value, least=0.225)
        classified(verdicts, label, texts, codes)
    sentences = [
        part.strip() for row in rows for part in row["text"].split(".") if len(part.strip()) > 20
    ]
    lot = random.Random(0)
    many = [f"{lot.choice(sentences)}. {lot.choice(sentences)}." for _ in range(10_000)]
    verdicts.ratio("10,000 texts proposed, CPU s", cpu_seconds(lambda: propose(many)), most=20)
    labels = [str(n % 7) if n < 500 else "" for n in range(len(many))]
    taken = cpu_seconds(lambda: sort_rest(many, labels), 1)
    verdicts.figure("10,000 texts sorted by 500 labels, CPU s", f"{taken:8.1f}")


def classified(verdicts: Verdicts, label: str, texts: Sequence[str], codes: np.ndarray) -> None:
    scores, chances, rights = [], [], []
    for seed in SEEDS:
        labels = [""] * len(texts)
        for at in np.random.default_rng(seed).permutation(len(texts))[:200]:
            labels[at] = codes[at]
        found = sort_rest(texts, labels).predictions
        told = np.array([each.label or "" for each in found])
        truth = codes[[each.row for each in found]]
        scores.append(
            np.mean(
                [
                    2
                    * ((told == c) & (truth == c)).sum()
                    / ((told == c).sum() + (truth == c).sum())
                    for c in np.unique(codes)
                ]
            )
        )
        chances += [each.p for each in found]
        rights += (told == truth).tolist()
    verdicts.ratio(f"200 labels, {label}: macro-F1", float(np.mean(scores)), least=0.45)
    p, right = np.array(chances), np.array(rights)
    bins = np.minimum((p * 10).astype(int), 9)
    gap = sum(
        (bins == b).mean() * abs(p[bins == b].mean() - right[bins == b].mean())
        for b in np.unique(bins)
    )
    verdicts.figure(f"  {label}: mean gap of the stated probability", f"{gap:8.3f}")
    sure = p >= 0.5
    verdicts.figure(
        f"  {label}: right in all, among sure ones, share of sure ones",
        f"{right.mean():8.2f}, {right[sure].mean():.2f}, {sure.mean():.2f}",
    )


def shared_information(one: np.ndarray, other: np.ndarray) -> float:
    """Normalised mutual information (arithmetic mean of the entropies)."""
    rows, columns = (np.unique(each, return_inverse=True)[1] for each in (one, other))
    joint = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(joint, (rows, columns), 1 / len(rows))
    left, right = joint.sum(axis=1), joint.sum(axis=0)
    there = joint > 0
    mutual = float((joint[there] * np.log(joint[there] / np.outer(left, right)[there])).sum())

    def entropy(shares: np.ndarray) -> float:
        return float(-(shares[shares > 0] * np.log(shares[shares > 0])).sum())

    return mutual / ((entropy(left) + entropy(right)) / 2)


def main() -> None:
    if not DATA.exists():
        print("bench_texts: the texts (shared/data/texts) are not there; nothing was measured")
        return
    verdicts = Verdicts("Similar texts and themes")
    similar(verdicts)
    speed(verdicts)
    themes(verdicts)
    verdicts.end()


if __name__ == "__main__":
    main()
