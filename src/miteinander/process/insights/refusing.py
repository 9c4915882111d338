"""What the analysis refuses, as a refusal of ours: in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import get_language

from miteinander.core.errors import Refusal


class CannotCompute(Refusal):
    """The figures cannot be computed from this; says what is wrong, where, and what to do.

    `relaxation` is the smallest change after which quotas can hold: the name that the analysis
    gives a bound, and its new value.
    """

    relaxation: tuple[tuple[str, int], ...] = ()
    needs_installing: bool = False
    """Nothing is wrong with what people typed: a programme is missing on the server."""


def language() -> str:
    """The analysis speaks two languages; in all others pages fall back on German."""
    return "en" if (get_language() or "de").startswith("en") else "de"


@contextmanager
def refusing() -> Iterator[None]:
    """Turn `Unusable` into :class:`CannotCompute`."""
    from miteinander.analysis.errors import Unusable  # deferred: only where something is computed

    try:
        yield
    except Unusable as problem:
        spoken = language()
        refusal = CannotCompute(
            problem.what.spoken(spoken),
            where=problem.where.spoken(spoken),
            do=problem.do.spoken(spoken),
        )
        refusal.needs_installing = "missing" in problem.details
        infeasible = problem.details.get("infeasible")
        if isinstance(infeasible, dict):
            refusal.relaxation = tuple((row[0], row[2]) for row in infeasible["relaxation"])
        raise refusal from problem
