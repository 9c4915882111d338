"""Which projects a budget pays for: the Method of Equal Shares, or most votes first.

FILE is in the format of Pabulib (sections META, PROJECTS, VOTES). Ties are named; they are broken
by the order of the file unless --ties says otherwise.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.people import table, threshold_of

if TYPE_CHECKING:
    from miteinander.analysis.budget import Outcome, Purchase

EXAMPLE = "miteinander budget wieliczka.pb --completion add1 --json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pb")
    parser.add_argument("--rule", choices=["equal-shares", "greedy"], default="equal-shares")
    parser.add_argument(
        "--utility",
        choices=["cost", "cardinality"],
        default="cost",
        help="what a project is worth to its supporters: what it costs, or all the same",
    )
    parser.add_argument(
        "--completion",
        choices=["none", "add1", "add1u", "utilitarian"],
        default="none",
        help="what happens with money left over: nothing, larger shares, larger shares and then "
        "most votes, most votes",
    )
    parser.add_argument("--exhaustive", action="store_true", help="add1 stops when nothing fits")
    parser.add_argument("--no-exhaustive", dest="exhaustive", action="store_false")
    parser.add_argument(
        "--increment", type=_positive, default=Fraction(1), metavar="N", help="step of add1"
    )
    parser.add_argument(
        "--ties",
        type=_ties,
        default=(),
        metavar="RULES",
        help="votes, cheaper, dearer, divided by commas; then the order of the file",
    )
    parser.add_argument(
        "--limit",
        type=_limit,
        action="append",
        default=[],
        metavar="COLUMN=AMOUNT",
        help="a further limit: the column of PROJECTS that says what a project takes of it",
    )
    parser.add_argument(
        "--group", metavar="COLUMN", help="also say how the money spreads over this column of VOTES"
    )
    parser.add_argument(
        "--open",
        action="store_true",
        help="everybody saw how the others voted: with --group compare also fewer than five",
    )
    parser.add_argument(
        "--no-audit", action="store_true", help="do not repeat the run in exact arithmetic"
    )


def _positive(written: str) -> Fraction:
    try:
        value = Fraction(written)
    except (ValueError, ZeroDivisionError) as problem:
        raise ArgumentTypeError(f"{written} is not a number") from problem
    if value <= 0:
        raise ArgumentTypeError("the step is more than 0")
    return value


def _ties(written: str) -> tuple[str, ...]:
    rules = tuple(rule.strip() for rule in written.split(",") if rule.strip())
    for rule in rules:
        if rule not in {"votes", "cheaper", "dearer"}:
            raise ArgumentTypeError(f"{rule} is none of votes, cheaper, dearer")
    return rules


def _limit(written: str) -> tuple[str, str]:
    column, sign, much = written.partition("=")
    if not (column and sign and much):
        raise ArgumentTypeError(f"{written} is not COLUMN=AMOUNT")
    return column, much


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import budget  # deferred: --help answers without NumPy

    language = setup.language()
    with output.waiting("computing"):
        election = budget.read_election(options.file, limits=options.limit)
        outcome = budget.choose(
            election,
            budget.Variant(
                rule=options.rule,
                utility=options.utility,
                completion=options.completion,
                exhaustive=options.exhaustive,
                increment=options.increment,
                ties=options.ties,
            ),
            audit=not options.no_audit,
        )
    data = _data(outcome)
    lines = budget.sentences(outcome, language, threshold=threshold_of(options))
    if options.group:
        found = budget.groups(outcome, election.column(options.group))
        data["groups"] = [vars(group) for group in found]
        lines += budget.group_sentences(outcome, found, language)
        compared = budget.served(
            election,
            election.column(options.group),
            chosen=outcome.selected,
            beside=outcome.other,
            threshold=threshold_of(options),
        )
        data["served"] = [asdict(one) for one in compared]
        lines += budget.served_sentences(compared, language)
    output.give("\n".join([*_table(outcome), "", *lines]).strip(), data)
    return 0


def _data(outcome: Outcome) -> dict[str, Any]:
    """The keys of the contract, and what belongs to them."""
    from miteinander.analysis.privacy import separable  # deferred: --help answers without NumPy

    election, variant = outcome.election, outcome.variant
    ids = election.projects
    withheld = separable(election.voters, outcome.left_out)
    taken = set(outcome.selected)
    used = sorted({t for p in outcome.purchases for t, _ in (p.paid[0] if p.paid else ())})
    return {
        "selected": [ids[p] for p in outcome.selected],
        "cost": _plain(outcome.costs[0]),
        "budget": _plain(election.limits[0].amount),
        "rule": variant.rule,
        "utility": variant.utility,
        "completion": variant.completion,
        "exhaustive": variant.exhaustive,
        "increment": _plain(variant.increment),
        "tie_order": [*variant.ties, "file"],
        "payments": {
            ids[p.project]: {f"t{t + 1}": amount for t, amount in (p.paid[0] if p.paid else ())}
            for p in outcome.purchases
        },
        "types": {f"t{t + 1}": int(election.weights[t]) for t in used},
        "left_out": {
            "voters": None if withheld else outcome.left_out,
            "share": None if withheld else outcome.left_out / max(election.voters, 1),
            "projects": [p for n, p in enumerate(ids) if n not in taken],
        },
        "voters": election.voters,
        "empty_ballots": None if separable(election.voters, outcome.silent) else outcome.silent,
        "endowment": float(outcome.share[0]) if outcome.share else None,
        "projects": [
            {
                "id": ids[p.project],
                "cost": _plain(election.costs[0][p.project]),
                "supporters": p.supporters,
                "per_supporter": p.per_supporter,
                "rate": p.share,
            }
            for p in outcome.purchases
        ],
        "limits": {
            limit.name: {"used": _plain(used_), "amount": _plain(limit.amount)}
            for limit, used_ in zip(election.limits, outcome.costs, strict=True)
        },
        "still_fits": [ids[p] for p in outcome.still_fits],
        "ties": [
            {
                "round": t.round + 1,
                "projects": [ids[p] for p in t.projects],
                "decisive": t in outcome.decisive_ties,
            }
            for t in outcome.ties
        ],
        "beside": {
            "rule": "greedy" if variant.rule == "equal-shares" else "equal-shares",
            "selected": [ids[p] for p in outcome.other],
        },
        "audited": outcome.audited,
        "seconds": outcome.seconds,
    }  # fmt: skip


def _plain(amount: Fraction) -> int | float:
    return int(amount) if amount.denominator == 1 else float(amount)


def _table(outcome: Outcome) -> list[str]:
    from miteinander.analysis.budget.sentences import amount  # deferred: --help needs no NumPy
    from miteinander.analysis.privacy import THRESHOLD

    def few(purchase: Purchase) -> bool:
        return purchase.supporters < THRESHOLD

    language = setup.language()
    german = language.startswith("de")
    head = (
        ("Projekt", "Kosten", "Stimmen", "je Stimme")
        if german
        else ("project", "cost", "votes", "per vote")
    )
    rows: list[tuple[str, ...]] = [
        (
            outcome.election.projects[p.project],
            amount(outcome.election.costs[0][p.project], language),
            f"< {THRESHOLD}" if few(p) else amount(p.supporters, language),
            "–" if few(p) else amount(p.per_supporter, language),
        )
        for p in outcome.purchases
    ]
    return table(head, rows)
