"""From rows, or from a frozen result, to what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from miteinander.adoption.insights.counting import counted
from miteinander.adoption.insights.sheets import Asked, Choice, File, Paper, sheet_of
from miteinander.adoption.states import Method, TieRule

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot, CastPaper


def count_ballot(ballot: Ballot, papers: Sequence[CastPaper]) -> dict[str, Any]:
    """Count what was cast: what `actions.close_ballot` freezes beside the papers."""
    asked = Asked(
        identifier=ballot.identifier,
        method=Method(ballot.method),
        options=tuple(
            Choice(str(o.position), o.title, o.cost, o.posts) for o in ballot.options.all()
        ),
        seats=ballot.electors.count(),
        quorum=ballot.quorum,
        tie_rule=TieRule(ballot.tie_rule),
        is_secret=ballot.is_secret,
        rules=ballot.rules,
    )
    cast = [
        Paper(
            paper.code,
            paper.marks,
            paper.reasons,
            paper.elector.institution if paper.elector else "",
            paper.elector.perspective if paper.elector else paper.perspective,
        )
        for paper in papers
    ]
    found = counted(asked, cast)
    command = list(sheet_of(asked, cast).command) if found.result else []
    plain = {**asdict(found), "chosen": list(found.chosen), "tied": list(found.tied)}
    return {
        **_jsonable(plain),
        "needed": asked.needed,
        "voted": len(papers),
        "command": command,
    }


def _jsonable(value: Any) -> Any:
    """Tuples of the analysis as lists: what is frozen is JSON."""
    if isinstance(value, Mapping):
        return {str(key): _jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(one) for one in value]
    return value


def exported(content: Mapping[str, Any]) -> File:
    """The file of the papers of a frozen result: the one that was counted."""
    about = content["ballot"]
    asked = Asked(
        identifier=about["identifier"],
        method=Method(about["method"]),
        options=tuple(
            Choice(o["key"], o["title"], o["cost"], Decimal(o["posts"]) if o["posts"] else None)
            for o in content["options"]
        ),
        seats=len(content["seats"]),
        quorum=about["quorum"],
        tie_rule=TieRule(about["tie_rule"]),
        is_secret=about["is_secret"],
        rules=about["rules"],
    )
    papers = [
        Paper(p["code"], p["marks"], p["reasons"], p["institution"], p["perspective"])
        for p in content["papers"]
    ]
    return sheet_of(asked, papers)
