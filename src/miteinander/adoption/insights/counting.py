"""What came out of a ballot: counted from its file, said in sentences, ready to be frozen.

The analysis counts; here is only what a body agreed beforehand: whether enough seats voted, and
what decides between equals. Nothing is decided by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.adoption.insights.sheets import Asked, Choice, Counted, File, Paper, sheet_of
from miteinander.adoption.states import (
    FEWEST_SECRET,
    HIGHEST_MARK,
    Method,
    Outcome,
    TieRule,
)

if TYPE_CHECKING:
    from miteinander.analysis.budget import Outcome as Bought
    from miteinander.analysis.consensus import Consent

LANGUAGES = ("de", "en")
"""Those that the analysis speaks."""


def counted(asked: Asked, papers: Sequence[Paper]) -> Counted:
    """Count a ballot. Without papers, or with too few to keep a secret, there are no figures."""
    if not papers:
        return _empty(asked, Outcome.NOBODY, 0)
    if asked.is_secret and len(papers) < FEWEST_SECRET:
        return _empty(asked, Outcome.NO_QUORUM, len(papers))
    file = sheet_of(asked, papers)
    match asked.method:
        case Method.CONSENT:
            found = _consent(asked, file, len(papers))
        case Method.BALANCED:
            found = _balanced(asked, file)
        case _:
            found = _ranked(asked, file)
    lines, result, said, chosen, tied, broken = found
    outcome = Outcome.DECIDED if chosen else Outcome.TIED if tied else Outcome.NOT_DECIDED
    if tied and not broken:
        outcome = Outcome.TIED
    if len(papers) < asked.needed:
        outcome, chosen, broken = Outcome.NO_QUORUM, (), False
    for line in lines:
        line["chosen"] = line["key"] in chosen
    told = {
        language: [
            *_told(asked, outcome, len(papers), language, chosen=chosen, tied=tied),
            *sentences,
        ]
        for language, sentences in said.items()
    }
    return Counted(str(outcome), tuple(chosen), tuple(tied), broken, lines, result, told)


def _empty(asked: Asked, outcome: Outcome, papers: int) -> Counted:
    lines: list[dict[str, Any]] = [
        {
            "key": o.key,
            "title": o.title,
            "value": None,
            "rank": None,
            "readings": {},
            "chosen": False,
        }
        for o in asked.options
    ]
    said = {language: _told(asked, outcome, papers, language) for language in LANGUAGES}
    return Counted(str(outcome), (), (), broken=False, lines=lines, result={}, said=said)


# --- methods ------------------------------------------------------------------------------------

Found = tuple[
    list[dict[str, Any]], dict[str, Any], dict[str, list[str]],
    tuple[str, ...], tuple[str, ...], bool,
]  # fmt: skip
"""Lines, everything, sentences, the chosen, the equal, and whether a rule decided between them."""


def _consent(asked: Asked, file: File, papers: int) -> Found:
    from miteinander.analysis import consensus  # deferred: only the worker needs NumPy
    from miteinander.analysis.consensus.consent import ballots_from

    found = {
        each.proposal: consensus.consent(
            each, eligible=asked.seats, quorum=asked.needed, threshold=_threshold(asked)
        )
        for each in ballots_from(file.content, name=file.name)
    }
    results = [found[o.title] for o in asked.options]
    lines = [
        {
            "key": o.key,
            "title": o.title,
            "value": None,
            "rank": None,
            "result": one.result,
            "counts": one.counts,
            "readings": {r.name: {"counts": r.counts, "voices": r.voices} for r in one.readings},
        }
        for o, one in zip(asked.options, results, strict=True)
    ]
    chosen = tuple(
        o.key
        for o, one in zip(asked.options, results, strict=True)
        if one.result in ("consent", "reservations")
    )
    said = {language: _in_lines(results, papers, language) for language in LANGUAGES}
    return lines, {"proposals": [asdict(one) for one in results]}, said, chosen, (), False


def _in_lines(results: Sequence[Consent], papers: int, language: str) -> list[str]:
    """A line for each proposal; the reasons stand in the result, each beside its answer."""
    from miteinander.analysis.consensus import consent_line  # deferred: as above

    lines = [consent_line(one, language, papers=papers) for one in results]
    if any(count is None for one in results for count in one.counts.values()):
        with override(language):
            lines.append(_("Counts below %(least)s are not shown.") % {"least": FEWEST_SECRET})
    return lines


def _ranked(asked: Asked, file: File) -> Found:
    """Consensing, dots and criteria: figures and places in up to three readings."""
    from miteinander.analysis import consensus  # deferred: only the worker needs NumPy
    from miteinander.analysis.consensus.criteria import ratings_from

    threshold = _threshold(asked)
    result: Any
    sentences: Any  # each speaks of a result of its own
    values: list[float | None]
    if asked.method == Method.CONSENSING:
        sheet = consensus.sheet_from(file.content, name=file.name)
        result = consensus.consense(sheet, threshold=threshold)
        values = [o.mean for o in result.options]
        figures = [("means", r) for r in result.readings]
        sentences = consensus.consensing_sentences
    elif asked.method == Method.DOTS:
        sheet = consensus.sheet_from(file.content, name=file.name)
        rules = consensus.Rules(**{key: asked.rules[key] for key in ("each", "most", "take")})
        result = consensus.count_dots(sheet, rules, threshold=threshold)
        values = [o.dots for o in result.options]
        figures = [("shares", r) for r in result.readings]
        sentences = consensus.dots_sentences
    else:
        result = consensus.weigh(
            ratings_from(file.content, name=file.name),
            weights=asked.weights,
            scale=(0, HIGHEST_MARK),
            threshold=threshold,
        )
        values = [o.score for o in result.options]
        figures = [("scores", r) for r in result.readings]
        sentences = consensus.criteria_sentences
    lines = [
        {
            "key": o.key,
            "title": o.title,
            "value": values[n],
            "rank": result.options[n].rank,
            "readings": {
                r.name: {"value": getattr(r, name)[n], "rank": r.ranks[n], "voices": r.voices}
                for name, r in figures
            },
        }
        for n, o in enumerate(asked.options)
    ]
    take = int(asked.rules["take"]) if asked.method == Method.DOTS else 1
    chosen, tied, broken = _first(asked, [o.rank for o in result.options], take)
    said = {language: sentences(result, language) for language in LANGUAGES}
    data = asdict(result)
    data["why_empty"] = None if result.empty is None else result.empty.de
    del data["empty"]
    return lines, data, said, chosen, tied, broken


def _first(
    asked: Asked, ranks: Sequence[int | None], take: int
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The first `take`; who is equal across the limit is put in order by the rule, or left."""
    placed = [(rank, o) for rank, o in zip(ranks, asked.options, strict=True) if rank is not None]
    sure, equal = [], []
    for rank, option in placed:
        same = sum(other == rank for other, _option in placed)
        if rank - 1 + same <= take:
            sure.append(option)
        elif rank <= take:
            equal.append(option)
    sure.sort(key=lambda o: ranks[asked.options.index(o)] or 0)
    if not equal or asked.tie_rule == TieRule.BODY:
        return tuple(o.key for o in sure), tuple(o.key for o in equal), False
    ordered = sorted(equal, key=lambda o: _before(asked, o))
    chosen = [*sure, *ordered[: take - len(sure)]]
    return tuple(o.key for o in chosen), tuple(o.key for o in equal), True


def _before(asked: Asked, option: Choice) -> tuple[float, int]:
    """What the rule for equals compares; an option without a cost comes after those with one."""
    dear = float("inf") if option.cost is None else float(option.cost)
    return (dear if asked.tie_rule == TieRule.CHEAPER else 0.0, asked.options.index(option))


def _balanced(asked: Asked, file: File) -> Found:
    from miteinander.analysis import budget  # deferred: only the worker needs NumPy

    money, posts = asked.rules.get("money"), asked.rules.get("posts")
    both = money is not None and posts is not None
    election = budget.election_from(
        file.content, name=file.name, limits=[("posts", str(posts))] if both else []
    )
    ties = ("cheaper",) if asked.tie_rule == TieRule.CHEAPER else ()
    found = budget.choose(election, budget.Variant(completion="utilitarian", ties=ties))
    served = budget.served(
        election,
        election.column("perspective"),
        chosen=found.selected,
        beside=found.other,
        threshold=_threshold(asked),
    )
    votes = election.votes()
    equal = {p for tie in found.decisive_ties for p in tie.projects}
    left_open = equal if asked.tie_rule == TieRule.BODY else set()
    lines: list[dict[str, Any]] = [
        {
            "key": o.key,
            "title": o.title,
            "value": _may_be_said(asked, int(votes[n])),
            "rank": None,
            "taken": n in found.selected and n not in left_open,
            "beside": n in found.other,
            "readings": {},
        }
        for n, o in enumerate(asked.options)
    ]
    keys = election.projects
    chosen = tuple(keys[p] for p in found.selected if p not in left_open)
    # What each perspective gets is a table of its own, not a sentence for each.
    threshold = _threshold(asked)
    said = {
        language: budget.sentences(found, language, threshold=threshold) for language in LANGUAGES
    }
    result = {
        **_bought(found),
        "served": [asdict(one) for one in served],
    }
    tied = tuple(keys[p] for p in sorted(equal))
    return lines, result, said, chosen, tied, bool(equal) and not left_open


def _may_be_said(asked: Asked, votes: int) -> int | None:
    return None if 0 < votes < _threshold(asked) else votes


def _bought(found: Bought) -> dict[str, Any]:
    """The outcome by the keys that the command line uses."""
    ids, variant = found.election.projects, found.variant
    return {
        "selected": [ids[p] for p in found.selected],
        "beside": {"rule": "greedy", "selected": [ids[p] for p in found.other]},
        "rule": variant.rule,
        "utility": variant.utility,
        "completion": variant.completion,
        "tie_order": [*variant.ties, "file"],
        "limits": {
            limit.name: {"used": _plain(used), "amount": _plain(limit.amount)}
            for limit, used in zip(found.election.limits, found.costs, strict=True)
        },
        "voters": found.election.voters,
        "ties": [
            {"projects": [ids[p] for p in tie.projects], "decisive": tie in found.decisive_ties}
            for tie in found.ties
        ],
        "audited": found.audited,
    }


def _plain(amount: Fraction) -> int | float:
    return int(amount) if amount.denominator == 1 else float(amount)


def _threshold(asked: Asked) -> int:
    """In an open ballot everybody sees the voices; in a secret one small numbers are withheld."""
    return FEWEST_SECRET if asked.is_secret else 1


# --- in words -----------------------------------------------------------------------------------


def _told(
    asked: Asked,
    outcome: Outcome,
    papers: int,
    language: str,
    *,
    chosen: Sequence[str] = (),
    tied: Sequence[str] = (),
) -> list[str]:
    """First what was decided, then who took part, then what the rule for equals did."""
    titles = {o.key: o.title for o in asked.options}

    def named(keys: Sequence[str]) -> str:
        return ", ".join(_("“%(title)s”") % {"title": titles[key]} for key in keys)

    with override(language):
        words = {"papers": papers, "seats": asked.seats, "needed": asked.needed}
        parts = []
        if chosen:
            parts.append(_("Decided: %(names)s.") % {"names": named(chosen)})
        match outcome:
            case Outcome.NO_QUORUM:
                parts.append(_("Nothing is decided: too few seats have voted."))
            case Outcome.NOBODY:
                parts.append(_("Nobody has voted, so there is no result."))
            case Outcome.NOT_DECIDED:
                parts.append(_("Nothing is decided."))
            case _:
                pass
        parts.append(_("%(papers)s of %(seats)s seats have voted; %(needed)s were needed.") % words)
        if asked.is_secret and 0 < papers < FEWEST_SECRET:
            parts.append(
                _(
                    "So few papers would show who voted how. They were destroyed without being "
                    "counted."
                )
            )
        if tied:
            rule = TieRule(asked.tie_rule).label
            parts.append(
                _("Equal: %(names)s. The rule agreed beforehand: %(rule)s.")
                % {"names": named(tied), "rule": rule}
            )
    return parts
