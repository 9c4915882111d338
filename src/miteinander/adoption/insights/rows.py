"""From what is frozen of a ballot to what is counted: one way, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from miteinander.adoption.insights.counting import counted
from miteinander.adoption.insights.sheets import Asked, Choice, File, Paper, sheet_of
from miteinander.adoption.states import Method, TieRule


def count_ballot(content: Mapping[str, Any]) -> dict[str, Any]:
    """Count what was cast: what `actions.close_ballot` freezes beside the papers."""
    asked, papers = _asked(content), _papers(content)
    found = counted(asked, papers)
    command = list(sheet_of(asked, papers).command) if found.result else []
    return {
        **_jsonable(asdict(found)),
        "needed": asked.needed,
        "voted": len(papers),
        "command": command,
    }


def exported(content: Mapping[str, Any]) -> File:
    """The file of the papers of a frozen result: the one that was counted."""
    return sheet_of(_asked(content), _papers(content))


def _asked(content: Mapping[str, Any]) -> Asked:
    about = content["ballot"]
    return Asked(
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


def _papers(content: Mapping[str, Any]) -> list[Paper]:
    return [
        Paper(p["code"], p["marks"], p["reasons"], p["institution"], p["perspective"])
        for p in content["papers"]
    ]


def _jsonable(value: Any) -> Any:
    """Tuples of the analysis as lists: what is frozen is JSON."""
    if isinstance(value, Mapping):
        return {str(key): _jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(one) for one in value]
    return value
