"""Whoever is forgotten is forgotten by every stage, also by those that their action does not know.

People are entered and erased in the first stage; later stages hang rows on them. Each says here,
in its `tasks`, what it lets go of; all of it happens in the transaction of the erasure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from miteinander.core.standing import Standing

Forgetter = Callable[[int, Standing, datetime], None]
_FORGETTERS: dict[str, Forgetter] = {}
Unsayer = Callable[[Collection[int]], None]
_UNSAYERS: dict[str, Unsayer] = {}


def forgets(name: str) -> Callable[[Forgetter], Forgetter]:
    """Declare what a stage lets go of: called with the person, by whom, and when."""

    def declare(function: Forgetter) -> Forgetter:
        if name in _FORGETTERS:
            raise ValueError(f"{name} forgets twice")
        _FORGETTERS[name] = function
        return function

    return declare


def forget_everywhere(person: int, *, by: Standing, at: datetime) -> None:
    for name in sorted(_FORGETTERS):
        _FORGETTERS[name](person, by, at)


def unsays(name: str) -> Callable[[Unsayer], Unsayer]:
    """Declare where a stage holds a copy of what people said of themselves, and lets go of it."""

    def declare(function: Unsayer) -> Unsayer:
        if name in _UNSAYERS:
            raise ValueError(f"{name} unsays twice")
        _UNSAYERS[name] = function
        return function

    return declare


def unsay_everywhere(people: Collection[int]) -> None:
    """These people changed or erased what they said of themselves; in that transaction."""
    for name in sorted(_UNSAYERS):
        _UNSAYERS[name](people)
