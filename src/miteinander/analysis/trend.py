"""The trend of a short series: which way, how surely, and when nothing can be said.

Indicators of a town come once a year, with gaps, and now and then somebody changes how they are
counted. So the line is the median of all slopes between two readings (Theil, Sen), which a single
odd year does not bend; its interval and the question whether there is a trend at all follow from
Kendall's exact distribution, which holds for four readings as for forty. Readings before and after
a change of counting are never joined. A regression with its bell-shaped errors would promise more
than five numbers can keep; only the look ahead to a target borrows from it, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.text import Text, listing, number, percent

Direction = Literal["rising", "falling", "none", "too short"]
Course = Literal["on course", "open", "off course", "too far", "reached", "missed", "too short"]

FEWEST = 4
"""Readings below which no interval of this level exists."""
LEVEL = 0.9
FEWEST_FOR_BREAK, BESIDE_BREAK = 8, 3
"""Readings from which a hidden break is looked for, and readings on each side of it."""
SIMULATED, CHANCE = 4000, 0.02
LIKELY, UNLIKELY = 0.8, 0.2


@dataclass(frozen=True)
class Segment:
    """Readings that may be compared: from one change of counting to the next.

    `slope` is in units of the value per unit of time; `low` and `high` bound it with a
    probability of 90 %. All are None when there are too few readings.
    """

    times: tuple[float, ...]
    values: tuple[float, ...]
    slope: float | None
    low: float | None
    high: float | None
    chance: float | None
    """Kendall's exact two-sided probability that the order of the values is chance."""
    direction: Direction
    suspected_break: float | None
    """The time from which on the readings seem to be counted in another way."""


@dataclass(frozen=True)
class Outlook:
    """Whether a target will be met if things go on like this.

    `expected` and the bounds are the value at that time; `probability` that it is met.
    """

    time: float
    target: float
    expected: float | None
    low: float | None
    high: float | None
    probability: float | None
    course: Course


@dataclass(frozen=True)
class Trend:
    """The segments in order of time, the outlook of the last one, and how many readings lack."""

    segments: list[Segment]
    outlook: Outlook | None
    missing: int


def trend(
    times: Sequence[float],
    values: Sequence[float],
    *,
    breaks: Sequence[float] = (),
    target: tuple[float, float] | None = None,
    lower_is_better: bool = False,
) -> Trend:
    """Read a series of shape (n,): values at times, NaN where a reading is missing.

    `breaks` are times from which on the value is counted in another way. `target` is a time and
    the value to be reached by then. Several readings at one time are taken at their median.
    """
    at, value = np.asarray(times, dtype=float), np.asarray(values, dtype=float)
    is_read = np.isfinite(value) & np.isfinite(at)
    edges = [-math.inf, *sorted(set(breaks)), math.inf]
    segments = []
    for low, high in pairwise(edges):
        inside = is_read & (at >= low) & (at < high)
        if inside.any():
            segments.append(_segment(*_by_time(at[inside], value[inside])))
    outlook = None
    if target is not None and segments:
        outlook = _outlook(segments[-1], *target, lower_is_better=lower_is_better)
    return Trend(segments, outlook, int((~is_read).sum()))


def _by_time(
    at: NDArray[np.float64], value: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    times = np.unique(at)
    return times, np.array([float(np.median(value[at == each])) for each in times])


def _segment(at: NDArray[np.float64], value: NDArray[np.float64]) -> Segment:
    told = tuple(at.tolist()), tuple(value.tolist())
    if len(at) < FEWEST:
        return Segment(*told, None, None, None, None, "too short", None)
    first, second = np.triu_indices(len(at), k=1)
    slopes = np.sort((value[second] - value[first]) / (at[second] - at[first]))
    slope = float(np.median(slopes))
    low, high = _bounds(slopes, len(at))
    chance = kendall(value)
    direction: Direction = "rising" if low > 0 else "falling" if high < 0 else "none"
    return Segment(*told, slope, low, high, chance, direction, _break(at, value))


def _bounds(slopes: NDArray[np.float64], size: int) -> tuple[float, float]:
    """Sen's interval: as many outermost slopes fall away as Kendall's distribution allows."""
    pairs = len(slopes)
    ways = orders(size)
    total = math.factorial(size)
    dropped, tail = 0, 0
    # ways[d] orders have d pairs in disorder; those with at most `dropped` lie outside, twice.
    while dropped < pairs // 2 and 2 * (tail + ways[dropped]) <= (1 - LEVEL) * total:
        tail += ways[dropped]
        dropped += 1
    outside = max(dropped - 1, 0)
    return float(slopes[outside]), float(slopes[pairs - 1 - outside])


@lru_cache(maxsize=64)
def orders(size: int) -> tuple[int, ...]:
    """How many orders of `size` different values have 0, 1, 2 … pairs in disorder (Mahonian)."""
    ways = [1]
    for added in range(1, size):
        longer = [0] * (len(ways) + added)
        for disorder, count in enumerate(ways):
            for more in range(added + 1):
                longer[disorder + more] += count
        ways = longer
    return tuple(ways)


def kendall(value: NDArray[np.float64]) -> float:
    """The two-sided probability that chance gives an order as clear as this one.

    Exact for different values; ties count half, which errs on the side of caution.
    """
    size = len(value)
    first, second = np.triu_indices(size, k=1)
    difference = value[second] - value[first]
    balance = int(np.sign(difference).sum())
    pairs = len(difference)
    at_most = (pairs - abs(balance)) // 2 + (pairs - abs(balance)) % 2
    ways = orders(size)
    tail = sum(ways[: at_most + 1])
    return min(1.0, 2 * tail / math.factorial(size))


def _break(at: NDArray[np.float64], value: NDArray[np.float64]) -> float | None:
    """A time from which the line runs on another level, if chance would hardly make it so.

    A line is held against a line with one step, for every place of the step; how much better the
    best one is does not depend on slope or unit, so what chance alone makes of it is simulated.
    """
    if len(at) < FEWEST_FOR_BREAK:
        return None
    splits = np.arange(BESIDE_BREAK, len(at) - BESIDE_BREAK + 1)
    line, _r = np.linalg.qr(np.column_stack([np.ones(len(at)), at - at.mean()]))
    steps = (np.arange(len(at)) >= splits[:, None]).astype(float)
    steps -= (steps @ line) @ line.T
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)

    def gains(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        rest = rows - (rows @ line) @ line.T
        gain = np.square(rest @ steps.T)
        return np.asarray(gain / np.maximum(np.square(rest).sum(axis=1), 1e-300)[:, None])

    rest = value - line @ (line.T @ value)
    if float(np.abs(rest).max()) <= 1e-9 * max(1.0, float(np.abs(value).max())):
        return None
    found = gains(value[None, :])[0]
    noise = np.random.default_rng(0).standard_normal((SIMULATED, len(at)))
    by_chance = gains(noise).max(axis=1)
    if (np.count_nonzero(by_chance >= found.max()) + 1) / (SIMULATED + 1) > CHANCE:
        return None
    return float(at[splits[int(np.argmax(found))]])


def _outlook(segment: Segment, time: float, target: float, *, lower_is_better: bool) -> Outlook:
    sign = -1.0 if lower_is_better else 1.0
    last = segment.times[-1]

    def unknown(course: Course, probability: float | None = None) -> Outlook:
        return Outlook(time, target, None, None, None, probability, course)

    past = [v for t, v in zip(segment.times, segment.values, strict=True) if t <= time]
    if time <= last and past:
        is_met = sign * (past[-1] - target) >= 0
        return unknown("reached", 1.0) if is_met else unknown("missed", 0.0)
    if segment.slope is None:
        return unknown("too short")
    at, value = np.array(segment.times), np.array(segment.values)
    if not 0 <= time - last <= at[-1] - at[0]:
        return unknown("too far")
    from scipy.special import stdtr, stdtrit  # deferred: only a target needs SciPy

    middle = float(np.median(value - segment.slope * at))
    expected = middle + segment.slope * time
    rest = value - middle - segment.slope * at
    freedom = len(at) - 2
    away = (time - at.mean()) ** 2 / float(np.square(at - at.mean()).sum())
    error = math.sqrt(float(np.square(rest).sum()) / freedom * (1 + 1 / len(at) + away))
    if error == 0:
        probability = 1.0 if sign * (expected - target) >= 0 else 0.0
        reach = 0.0
    else:
        probability = float(stdtr(freedom, sign * (expected - target) / error))
        reach = error * float(stdtrit(freedom, (1 + LEVEL) / 2))
    course: Course = (
        "on course"
        if probability >= LIKELY
        else "off course"
        if probability <= UNLIKELY
        else "open"
    )
    return Outlook(time, target, expected, expected - reach, expected + reach, probability, course)


# --- words ----------------------------------------------------------------------------------------


TOO_SHORT = {
    True: Text(
        "Aus {count} vergleichbaren Messwerten lässt sich kein Trend ablesen; es braucht "
        "mindestens vier.",
        "No trend can be read from {count} comparable readings; at least four are needed.",
    ),
    False: Text(
        "Aus einem vergleichbaren Messwert lässt sich kein Trend ablesen; es braucht mindestens "
        "vier.",
        "No trend can be read from one comparable reading; at least four are needed.",
    ),
}


def sentences(found: Trend, language: str = "de", *, unit: str = "") -> list[str]:
    """Which way the value goes, how surely, and whether a target is within reach."""
    if not found.segments:
        return [Text("Es gibt noch keinen Messwert.", "There is no reading yet.").spoken(language)]
    told = []
    if len(found.segments) > 1:
        edges = [_time(segment.times[0], language) for segment in found.segments[1:]]
        told.append(
            Text(
                "Ab {edges} wurde anders gezählt; davor und danach wird nicht verglichen.",
                "From {edges} on it was counted in another way; before and after are not compared.",
            )
            .filled(edges=listing(edges, language))
            .spoken(language)
        )
    told.append(_course_of(found.segments[-1], language, unit))
    if found.segments[-1].suspected_break is not None:
        told.append(
            Text(
                "Um {time} springt die Reihe. Bitte prüfen, ob seitdem anders gezählt wird.",
                "The series jumps around {time}. Please check whether it is counted differently "
                "since then.",
            )
            .filled(time=_time(found.segments[-1].suspected_break, language))
            .spoken(language)
        )
    if found.outlook is not None:
        told.append(_about_target(found.outlook, language, unit))
    if found.missing:
        told.append(
            Text(
                f"{found.missing} Messwerte fehlen."
                if found.missing > 1
                else "Ein Messwert fehlt.",
                f"{found.missing} readings are missing."
                if found.missing > 1
                else "One reading is missing.",
            ).spoken(language)
        )
    return told


def _course_of(segment: Segment, language: str, unit: str) -> str:
    start, end = _time(segment.times[0], language), _time(segment.times[-1], language)
    if segment.slope is None or segment.low is None or segment.high is None:
        return TOO_SHORT[len(segment.times) > 1].filled(count=len(segment.times)).spoken(language)
    digits = _digits(segment.slope, segment.low, segment.high)
    bounds = {
        "low": number(segment.low, language, digits=digits),
        "high": number(segment.high, language, digits=digits),
        "slope": number(abs(segment.slope), language, digits=digits),
        "unit": f" {unit}" if unit else "",
        "start": start,
        "end": end,
    }
    words = {
        "rising": Text(
            "Von {start} bis {end} ist der Wert gestiegen, im Jahr um etwa {slope}{unit} (sicher "
            "zwischen {low} und {high}).",
            "From {start} to {end} the value has risen by about {slope}{unit} a year (surely "
            "between {low} and {high}).",
        ),
        "falling": Text(
            "Von {start} bis {end} ist der Wert gesunken, im Jahr um etwa {slope}{unit} "
            "(Veränderung sicher zwischen {low} und {high}).",
            "From {start} to {end} the value has fallen by about {slope}{unit} a year (change "
            "surely between {low} and {high}).",
        ),
        "none": Text(
            "Von {start} bis {end} ist keine klare Richtung zu erkennen (Veränderung im Jahr "
            "zwischen {low} und {high}{unit}).",
            "From {start} to {end} no clear direction can be seen (change a year between {low} "
            "and {high}{unit}).",
        ),
    }
    return words[segment.direction].filled(**bounds).spoken(language)


def _about_target(outlook: Outlook, language: str, unit: str) -> str:
    words = {
        "reached": Text("Das Ziel {target} ist erreicht.", "The target {target} is met."),
        "missed": Text(
            "Das Ziel {target} bis {time} ist nicht erreicht.",
            "The target {target} by {time} was not met.",
        ),
        "on course": Text(
            "Geht es so weiter, wird das Ziel {target} bis {time} wahrscheinlich erreicht "
            "({share}).",
            "If things go on like this, the target {target} will probably be met by {time} "
            "({share}).",
        ),
        "open": Text(
            "Ob das Ziel {target} bis {time} erreicht wird, ist offen ({share}).",
            "Whether the target {target} will be met by {time} is open ({share}).",
        ),
        "off course": Text(
            "Geht es so weiter, wird das Ziel {target} bis {time} wahrscheinlich verfehlt.",
            "If things go on like this, the target {target} will probably be missed by {time}.",
        ),
        "too far": Text(
            "Bis {time} ist es weiter, als die Reihe zurückreicht: Dazu lässt sich nichts sagen.",
            "It is further to {time} than the series reaches back: nothing can be said.",
        ),
        "too short": Text(
            "Ob das Ziel {target} bis {time} erreicht wird, lässt sich noch nicht sagen.",
            "Whether the target {target} will be met by {time} cannot be said yet.",
        ),
    }
    target = number(outlook.target, language, digits=_digits(outlook.target))
    return (
        words[outlook.course]
        .filled(
            target=f"{target} {unit}".strip(),
            time=_time(outlook.time, language),
            share=percent(outlook.probability or 0, language),
        )
        .spoken(language)
    )


def _digits(*values: float) -> int:
    """Enough digits to tell the values apart from zero, and no more."""
    largest = max(abs(value) for value in values)
    if all(value == round(value) for value in values) or largest >= 100:
        return 0
    return 1 if largest >= 1 else 2 if largest >= 0.1 else 3


def _time(time: float, language: str) -> str:
    """A year without a separator, anything else with its digits."""
    if time == round(time):
        return str(int(time))
    return number(time, language, digits=2)
