"""The papers of a ballot as the file that the command line counts.

Nothing is counted from rows: what is counted is this file, by the same readers that the command
line uses. So whoever has the file has the result. Cells hold what was typed, titles of options
are refused beforehand where a spreadsheet would take them for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from typing import Any

from miteinander.adoption.states import HIGHEST_MARK, Method, TieRule


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it stood on the paper."""

    key: str
    title: str
    cost: int | None = None
    posts: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and by which rules it is counted."""

    identifier: str
    method: Method
    options: tuple[Choice, ...]
    seats: int
    quorum: int
    tie_rule: TieRule
    is_secret: bool
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needed(self) -> int:
        """So many papers make the quorum: the share of the seats, rounded up."""
        return -(-self.seats * self.quorum // 100)

    @property
    def weights(self) -> dict[str, float]:
        return {str(name): float(weight) for name, weight in self.rules.get("criteria", [])}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its drawn code, marks by cell, reasons by option, and whose perspective."""

    code: str
    marks: Mapping[str, Any]
    reasons: Mapping[str, str] = field(default_factory=dict)
    institution: str = ""
    perspective: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be counted, and with which words."""

    name: str
    content: bytes
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A result, in plain values that can be frozen."""

    outcome: str
    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    broken: bool
    """Whether the rule for equals had to decide."""
    lines: list[dict[str, Any]]
    """For every option its figure, its place, and both in each reading."""
    result: dict[str, Any]
    """All that the analysis says."""
    said: dict[str, list[str]]
    """The same in sentences, by language."""


def sheet_of(asked: Asked, papers: Sequence[Paper]) -> File:
    """The file of the papers, in the form that the method's command reads."""
    if asked.method == Method.BALANCED:
        return _pabulib(asked, papers)
    words = [] if asked.is_secret else ["institution"]
    shared = [*words, "perspective"]

    def of(paper: Paper) -> list[str]:
        return [getattr(paper, word) for word in shared]

    rows: list[list[str]]
    match asked.method:
        case Method.CONSENT:
            rows = [["id", *shared, "proposal", "vote", "reason"]]
            rows += [
                [p.code, *of(p), o.title, str(p.marks.get(o.key, "")), p.reasons.get(o.key, "")]
                for o in asked.options
                for p in papers
            ]
        case Method.CRITERIA:
            rows = [["person", *shared, "option", *asked.weights]]
            rows += [
                [p.code, *of(p), o.title, *_ratings(asked, p, o)]
                for p in papers
                for o in asked.options
            ]
        case _:
            rows = [["id", *shared, *(o.title for o in asked.options)]]
            rows += [
                [p.code, *of(p), *(str(p.marks.get(o.key, "")) for o in asked.options)]
                for p in papers
            ]
    name = f"{asked.identifier}.csv"
    return File(name, _csv(rows, ","), ("miteinander", *_command(asked), name))


def _ratings(asked: Asked, paper: Paper, option: Choice) -> list[str]:
    return [
        str(paper.marks.get(f"{option.key}.{number}", ""))
        for number in range(1, len(asked.weights) + 1)
    ]


def _command(asked: Asked) -> list[str]:
    open_ = [] if asked.is_secret else ["--open"]
    match asked.method:
        case Method.CONSENT:
            return [
                "consent",
                "--eligible",
                str(asked.seats),
                "--quorum",
                str(asked.needed),
                *open_,
            ]
        case Method.CONSENSING:
            return ["consensing", *open_]
        case Method.DOTS:
            limits = [("--each", "each"), ("--most", "most"), ("--take", "take")]
            return [
                "dots",
                *(word for flag, key in limits for word in (flag, str(asked.rules[key]))),
                *open_,
            ]
        case _:
            weights = [f"--weight={name}={weight:g}" for name, weight in asked.weights.items()]
            return ["criteria", *weights, "--scale", f"0:{HIGHEST_MARK}", *open_]


def _pabulib(asked: Asked, papers: Sequence[Paper]) -> File:
    """Money is the budget where there is a limit of money, else posts are."""
    money, posts = asked.rules.get("money"), asked.rules.get("posts")
    amount = money if money is not None else posts
    both = money is not None and posts is not None
    head = ["project_id", "cost", "name", *(["posts"] if both else [])]
    projects = [
        [
            o.key,
            str(o.cost if money is not None else o.posts),
            o.title,
            *([str(o.posts)] if both else []),
        ]
        for o in asked.options
    ]
    votes = [
        [p.code, ",".join(o.key for o in asked.options if p.marks.get(o.key)), p.perspective]
        for p in papers
    ]
    meta = [["key", "value"], ["description", asked.identifier], ["budget", str(amount)]]
    meta += [["num_projects", str(len(projects))], ["num_votes", str(len(votes))]]
    meta += [["vote_type", "approval"], ["rule", "equalshares"]]
    parts = [[["META"], *meta], [["PROJECTS"], head, *projects]]
    parts += [[["VOTES"], ["voter_id", "vote", "perspective"], *votes]]
    name = f"{asked.identifier}.pb"
    command = ["budget", "--completion", "utilitarian", "--group", "perspective"]
    if asked.tie_rule == TieRule.CHEAPER:
        command += ["--ties", "cheaper"]
    if both:
        command += ["--limit", f"posts={posts}"]
    if not asked.is_secret:
        command += ["--open"]
    content = b"".join(_csv(part, ";") for part in parts)
    return File(name, content, ("miteinander", *command, name))


def _csv(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    kept = StringIO(newline="")
    csv.writer(kept, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return kept.getvalue().encode()
