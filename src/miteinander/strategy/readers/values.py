"""What stands behind a label, read: money, days, periods, funding, staff.

Each reading says whether it has understood all of it. What was not understood to the last word is
kept as it stands: a number taken from “ca. 12.000 € zuzüglich Sachkosten” is half the truth.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from miteinander.core.sheets import day_in
from miteinander.strategy.states import Funding, Horizon, Novelty

MOST_EUROS = 2_000_000_000
"""What the column of a database holds; no measure of a town costs more."""


class Read(NamedTuple):
    """What was read, by the name of the measure's column, and whether that is all of it."""

    values: dict[str, object]
    is_whole: bool


_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:[.’' ]\d{3})+|\d+)(?:,(?P<cents>\d{1,2}|-+|–))?\s*"
    r"(?P<times>tsd\.?|t€|teur|tausend|mio\.?|millionen)?\s*(?P<unit>€|euro|eur)?",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"(?:/|pro|je|im|per|p\.?)\s*(?:jahr|a\.?(?!\w)|anno)|jährlich|jaehrlich|/a\b|p\.\s?a\.?|laufend",
    re.IGNORECASE,
)
_ONCE = re.compile(r"einmalig|anschaffung|investition", re.IGNORECASE)
_SPAN = re.compile(r"\d\s*(?:€|euro)?\s*(?:-|–|bis)\s*\d", re.IGNORECASE)
"""“10–20.000 €”: neither of both is what it costs."""
_NOTHING = re.compile(
    r"(?:keine?(?: (?:kosten|zusätzlichen kosten|weiteren kosten|mehrkosten))?|kostenneutral|"
    r"0(?:,00)?\s*(?:€|euro)?|–|-|entfällt)\.?",
    re.IGNORECASE,
)


def cost_in(text: str, *, at: str = "") -> Read:
    """“ca. 12.000 €/Jahr” → yearly, not whole; `at` says which of both costs it is, if known."""
    told = text.strip()
    if _NOTHING.fullmatch(told):
        return Read({at or "cost_once": 0}, is_whole=True)
    values: dict[str, object] = {}
    rest = told
    for part in re.split(r"[;\n]|\bund\b|\bplus\b|(?<=[a-zäöü€]),\s", told):
        amounts = [
            m for m in _AMOUNT.finditer(part) if m["unit"] or m["times"] or _is_bare(part, m)
        ]
        if len(amounts) != 1 or _SPAN.search(part):
            continue
        euros = _euros(amounts[0])
        if euros is None or euros > MOST_EUROS or part.strip().startswith(("-", "−")):
            continue
        named = "cost_yearly" if _YEARLY.search(part) else "cost_once"
        if at and not _YEARLY.search(part) and not _ONCE.search(part):
            named = at
        if named in values:
            return Read({}, is_whole=False)  # two amounts of one sort: which of them counts?
        values[named] = euros
        rest = rest.replace(amounts[0][0], " ", 1)
    rest = _ONCE.sub(" ", _YEARLY.sub(" ", rest))
    left = re.sub(r"\b(?:kosten|und|plus|e|en)\b|[^\w]+", " ", rest, flags=re.IGNORECASE)
    return Read(values, is_whole=bool(values) and not left.strip())


def _is_bare(part: str, found: re.Match[str]) -> bool:
    """A number alone is money in a column of money; a year within a sentence is none."""
    bare = _ONCE.sub("", _YEARLY.sub("", part)).replace("ca.", "").strip(" :()/")
    return bare == found[0].strip()


def _euros(found: re.Match[str]) -> int | None:
    try:
        number = Decimal(re.sub(r"[.’' ]", "", found["number"]))
        cents = found["cents"] or ""
        if cents.isdecimal():
            number += Decimal(cents) / 10 ** len(cents)
    except InvalidOperation:
        return None
    times = (found["times"] or "").lower()
    if times.startswith("mi"):
        number *= 1_000_000
    elif times:
        number *= 1_000
    return int(number) if number == int(number) else None  # cents stay in words


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jan", "februar feb", "märz mrz", "april apr", "mai", "juni jun", "juli jul",
         "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez"), 1
    )
    for name in names.split()
}  # fmt: skip
_POINT = (
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{2}-\d{2}|(?:"
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")\.?\s+\d{4}|(?:[1-4]\.?\s?quartal|q[1-4]|[12]\.?\s?halbjahr|anfang|mitte|ende|frühjahr|"
    r"herbst|sommer)\s+\d{4}|\d{1,2}[/.]\d{4}|\d{4})"
)
_RANGE = re.compile(
    rf"(?:von\s+)?(?P<a>{_POINT})\s*(?:–|—|-|bis(?:\s+ende)?)\s*(?P<b>{_POINT})", re.IGNORECASE
)
_FROM = re.compile(
    rf"(?:ab|seit|beginn:?|start:?|von)\s+(?P<a>{_POINT})(?:\s*(?:laufend|fortlaufend|dauerhaft))?",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:bis|spätestens|ende:?)\s+(?:zum\s+|ende\s+)?(?P<b>{_POINT})", re.IGNORECASE
)
_AT = re.compile(rf"(?:in\s+|im\s+|im jahr\s+)?(?P<a>{_POINT})", re.IGNORECASE)
_HORIZONS = (
    (Horizon.SHORT, re.compile(r"kurzfristig|sofort|umgehend", re.IGNORECASE)),
    (Horizon.MEDIUM, re.compile(r"mittelfristig", re.IGNORECASE)),
    (Horizon.LONG, re.compile(r"langfristig", re.IGNORECASE)),
)


def period_in(text: str, *, at: str = "") -> Read:
    """“2021–2023”, “ab 2026”, “kurzfristig”; `at` says that it is only a start or an end."""
    told = " ".join(text.split())
    if at:
        day = _day(told, last=at == "ends")
        return Read(
            {at: day} if day else {}, is_whole=day is not None and _AT.fullmatch(told) is not None
        )
    values: dict[str, object] = {}
    if re.search(r"(?:kurz|mittel|lang)-", told, re.IGNORECASE):
        return Read({}, is_whole=False)  # “kurz- bis mittelfristig” is neither
    rest = told
    for horizon, word in _HORIZONS:
        if word.search(rest):
            if "horizon" in values:
                return Read({}, is_whole=False)  # “kurz- bis mittelfristig”
            values["horizon"] = horizon.value
            rest = word.sub(" ", rest)
    for pattern in (_RANGE, _FROM, _UNTIL, _AT):
        if (found := pattern.search(rest)) is None:
            continue
        named = found.groupdict()
        starts = _day(named["a"], last=False) if named.get("a") else None
        ends = _day(named["b"], last=True) if named.get("b") else None
        if pattern is _AT and starts and found["a"]:
            ends = _day(found["a"], last=True)
        if starts and ends and ends < starts:
            return Read({}, is_whole=False)
        values |= {name: d for name, d in (("starts", starts), ("ends", ends)) if d}
        rest = rest[: found.start()] + " " + rest[found.end() :]
        break
    return Read(values, is_whole=bool(values) and not re.sub(r"[^\w]+", "", rest))


def _day(text: str, *, last: bool) -> date | None:
    """The first or the last day that a date, a month, a quarter or a year names."""
    told = text.strip().lower()
    if (exact := day_in(told)) is not None and not told.isdigit():
        return exact if 1990 <= exact.year <= 2100 else None
    year_found = re.search(r"(\d{4})$", told)
    if year_found is None or not 1990 <= int(year_found[1]) <= 2100:
        return None
    year = int(year_found[1])
    word = told[: year_found.start()].strip(" ./")
    first, months = 1, 12
    if word.isdigit():
        first, months = int(word), 1
    elif word.rstrip(".") in _MONTHS:
        first, months = _MONTHS[word.rstrip(".")], 1
    elif "quartal" in word or word.startswith("q"):
        digit = re.search(r"[1-4]", word)
        first, months = 3 * int(digit[0]) - 2 if digit else 1, 3
    elif "halbjahr" in word:
        first, months = (1 if word.startswith("1") else 7), 6
    elif word in _SEASONS:
        first, months = _SEASONS[word]
    elif word:
        return None
    if not 1 <= first <= 12:
        return None
    if not last:
        return date(year, first, 1)
    after = first + months
    return date(year + (after > 12), (after - 1) % 12 + 1, 1).replace(day=1) - date.resolution


_SEASONS = {"anfang": (1, 4), "mitte": (5, 4), "ende": (9, 4), "frühjahr": (3, 3),
            "sommer": (6, 3), "herbst": (9, 3)}  # fmt: skip
_FUNDING = (
    (Funding.SUBJECT_TO_BUDGET, re.compile(r"haushaltsvorbehalt|vorbehaltlich|vorbehalt", re.I)),
    (Funding.APPLIED_FOR, re.compile(r"beantrag|antrag (?:gestellt|läuft)", re.I)),
    (Funding.SECURED, re.compile(
        r"(?<!nicht )gesichert|gedeckt|vorhanden|im haushalt (?:eingestellt|enthalten)|bewilligt",
        re.I,
    )),
    (Funding.OPEN, re.compile(
        r"\boffen\b|ungeklärt|nicht gesichert|noch zu klären|zu klären|noch nicht|fehlt", re.I
    )),
)  # fmt: skip


def funding_in(text: str) -> Read:
    """How safe the money is, and where it comes from: the words are the source, as they stand."""
    told = " ".join(text.split())
    found = [state for state, words in _FUNDING if words.search(told)]
    values: dict[str, object] = {}
    if len(found) == 1:
        values["funding"] = found[0].value
    if len(told) <= 200:
        values["funding_source"] = told
    return Read(values, is_whole=len(told) <= 200)


_POSTS = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?:vzä|vza|vollzeitstellen?|vollzeitäquivalente?|stellen?)?"
    r"(?:\s*(?:stellen?|vzä))?",
    re.IGNORECASE,
)


def staff_in(text: str) -> Read:
    """“0,5 Stelle”, “1 VZÄ”."""
    found = _POSTS.fullmatch(text.strip().rstrip("."))
    if found is None:
        return Read({}, is_whole=False)
    number = Decimal(found["number"].replace(",", "."))
    if number >= 1000 or number.as_tuple().exponent < -2:  # type: ignore[operator]  # no NaN here
        return Read({}, is_whole=False)
    return Read({"staff_need": f"{number.normalize():f}"}, is_whole=True)


def novelty_in(text: str) -> Read:
    told = text.strip().lower().rstrip(".")
    for novelty, words in (
        (Novelty.NEW, {"neu", "neue maßnahme", "new"}),
        (Novelty.EXTENDED, {"ausbau", "erweiterung", "wird ausgebaut", "weiterentwicklung"}),
        (Novelty.EXISTING, {"bestehend", "fortführung", "laufend", "vorhanden", "läuft"}),
    ):
        if told in words:
            return Read({"novelty": novelty.value}, is_whole=True)
    return Read({}, is_whole=False)


def priority_in(text: str) -> Read:
    """“Schlüsselmaßnahme” and “Quick Win” are known; “hoch” alone is only words here."""
    told = text.lower()
    values: dict[str, object] = {}
    if "schlüssel" in told or "leuchtturm" in told:
        values["is_key"] = True
    if re.search(r"quick.?win|sofortma(?:ß|ss)nahme", told):
        values["is_quick_win"] = True
    bare = re.sub(r"schlüssel\w*|leuchtturm\w*|quick.?wins?|sofortma(?:ß|ss)nahme|\W", "", told)
    return Read(values, is_whole=bool(values) and not bare)
