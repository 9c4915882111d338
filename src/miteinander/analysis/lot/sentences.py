"""What the lottery means for the people in the pool, in plain sentences."""

from __future__ import annotations

from miteinander.analysis.lot.pool import Quota
from miteinander.analysis.lot.replacements import Replaced
from miteinander.analysis.lot.result import Drawn, Lot
from miteinander.analysis.privacy import THRESHOLD
from miteinander.analysis.text import Text, listing, number, percent


def sentences(lot: Lot, drawn: Drawn | None = None, language: str = "de") -> list[str]:
    """How fair the lottery is, how it is drawn and checked, what it cannot do."""
    parts = [_opening(lot), *_chances(lot, language), *_lists(lot, language)]
    if drawn is not None:
        parts += _drawing(lot, drawn)
    parts.append(
        Text(
            "Ausgelost wird nur unter denen, die sich gemeldet haben. Wer sich nicht meldet, "
            "kommt nicht vor; daran ändern auch Quoten nichts.",
            "Only people who volunteered can be drawn. Those who did not are missing, and "
            "quotas do not change that.",
        )
    )
    return [part.spoken(language) for part in parts]


def _opening(lot: Lot) -> Text:
    pool = lot.pool
    home = Text("", "")
    if pool.limit == 1:
        home = Text(
            " Aus einem Haushalt kommt höchstens ein Mensch.",
            " No household sends more than one person.",
        )
    elif pool.limit:
        home = Text(
            f" Aus einem Haushalt kommen höchstens {pool.limit} Menschen.",
            f" No household sends more than {pool.limit} people.",
        )
    return Text(
        "{size} Plätze werden unter {people} Menschen verlost. Jede mögliche Auslosung hält alle "
        "Vorgaben ein.{home}",
        "{size} seats are drawn among {people} people. Every possible draw meets all "
        "requirements.{home}",
    ).filled(size=_both(pool.size), people=_both(len(pool.ids)), home=home)


def _chances(lot: Lot, language: str) -> list[Text]:
    never = int((lot.probabilities < 1e-7).sum())
    able = lot.probabilities[lot.probabilities >= 1e-7]
    low, high = (float(able.min()), float(able.max())) if len(able) else (0.0, 0.0)
    equal = lot.pool.size / len(lot.pool.ids)
    parts = []
    if high - low < 1e-6:
        parts.append(
            Text(
                "Alle, die gezogen werden können, haben dieselbe Chance: "
                f"{percent(low, 'de', digits=1)}.",
                f"Everybody who can be drawn has the same chance: {percent(low, 'en', digits=1)}.",
            )
        )
    else:
        parts.append(
            Text(
                f"Die kleinste Chance, gezogen zu werden, ist {percent(low, 'de', digits=1)}, "
                f"die größte {percent(high, 'de', digits=1)}. Ohne Vorgaben wären es für "
                f"alle {percent(equal, 'de', digits=1)}. Der Unterschied kommt allein von den "
                "Vorgaben: Wo sich wenige gemeldet haben, ist die Chance größer.",
                f"The smallest chance of being drawn is {percent(low, 'en', digits=1)}, "
                f"the largest {percent(high, 'en', digits=1)}. Without requirements it would be "
                f"{percent(equal, 'en', digits=1)} for everybody. The difference comes from the "
                "requirements alone: where few volunteered, the chance is larger.",
            )
        )
    if never:
        many = never if never >= THRESHOLD else None
        parts.append(
            Text(
                f"{'Einige' if many is None else number(many, 'de')} Menschen können wegen der "
                "Vorgaben nicht gezogen werden. Das sollte man ihnen sagen oder die Vorgaben "
                "ändern.",
                f"{'Some' if many is None else number(many, 'en')} people cannot be drawn because "
                "of the requirements. Tell them, or change the requirements.",
            )
        )
    parts.append(_proof(lot))
    return parts


def _proof(lot: Lot) -> Text:
    if lot.shortfall <= 1e-4:
        return Text(
            "Fairer geht es nicht: Kein Verfahren, das die Vorgaben einhält, gibt denen mit der "
            "kleinsten Chance mehr. Das ist bewiesen, nicht geschätzt.",
            "It cannot be fairer: no method that meets the requirements gives more to those with "
            "the smallest chance. This is proven, not estimated.",
        )
    return Text(
        f"Bewiesen ist: Besser als {percent(lot.upper_bound, 'de', digits=2)} für die kleinste "
        f"Chance geht nicht. Erreicht sind {percent(lot.smallest, 'de', digits=2)}.",
        f"It is proven that the smallest chance cannot exceed "
        f"{percent(lot.upper_bound, 'en', digits=2)}; reached are "
        f"{percent(lot.smallest, 'en', digits=2)}.",
    )


def _lists(lot: Lot, language: str) -> list[Text]:
    count = _both(len(lot.panels))
    off = Text(*(number(100 * lot.deviation, tongue, digits=2) for tongue in ("de", "en")))
    return [
        Text(
            "Die Auslosung ist eine Liste von {count} nummerierten Besetzungen; gezogen wird eine "
            "Nummer, jede ist gleich wahrscheinlich. Wer nachzählt, wie oft jemand auf der Liste "
            "steht, kennt die Chance; sie weicht höchstens {off} Prozentpunkte vom Ziel ab.",
            "The lottery is a list of {count} numbered panels; one number is drawn, each equally "
            "likely. Counting how often somebody is on the list gives their chance; it is at "
            "most {off} percentage points off the target.",
        ).filled(count=count, off=off)
    ]


def _drawing(lot: Lot, drawn: Drawn) -> list[Text]:
    return [
        Text(
            f"Gezogen ist Nummer {drawn.number} (gezählt ab 0).",
            f"Number {drawn.number} was drawn (counted from 0).",
        ),
        Text(
            f"Nachrechnen: SHA-256 von „{drawn.seed}:{lot.digest}“ als Zahl, geteilt durch "
            f"{len(lot.panels)}; der Rest ist die Nummer. Der zweite Teil ist die Prüfsumme der "
            "Liste, die vorher veröffentlicht wurde.",
            f"To verify: SHA-256 of “{drawn.seed}:{lot.digest}” as a number, divided by "
            f"{len(lot.panels)}; the remainder is the number. The second part is the checksum of "
            "the list published before.",
        ),
    ]


def replacement_sentences(lot: Lot, replaced: Replaced, language: str = "de") -> list[str]:
    """Who moves up for whom, and what that means for the requirements."""
    ids = lot.pool.ids
    parts = []
    for one in replaced.replacements:
        if one.new is None:
            part = Text(
                f"Für {ids[one.gone]} rückt niemand nach: Es ist niemand mehr da.",
                f"Nobody moves up for {ids[one.gone]}: nobody is left.",
            )
        elif one.same_type:
            part = Text(
                f"Für {ids[one.gone]} rückt {ids[one.new]} nach, mit denselben Merkmalen.",
                f"{ids[one.new]} moves up for {ids[one.gone]}, with the same features.",
            )
        else:
            part = Text(
                f"Für {ids[one.gone]} rückt {ids[one.new]} nach; mit denselben Merkmalen war "
                "niemand frei.",
                f"{ids[one.new]} moves up for {ids[one.gone]}; nobody with the same features was "
                "free.",
            )
        parts.append(part)
    if replaced.missed:
        named = {
            tongue: listing(
                [_missed(q, n).spoken(tongue) for q, n in replaced.missed],
                tongue,
            )
            for tongue in ("de", "en")
        }
        parts.append(
            Text(
                f"Danach sind nicht mehr alle Vorgaben erfüllt: {named['de']}.",
                f"Afterwards not all requirements are met: {named['en']}.",
            )
        )
    else:
        parts.append(Text("Alle Vorgaben bleiben erfüllt.", "All requirements are still met."))
    return [part.spoken(language) for part in parts]


def _missed(quota: Quota, has: int) -> Text:
    q = quota
    return Text(
        f"„{q.feature}“ ({q.category}): {has} statt {_range(q.low, q.high, 'bis')}",
        f"“{q.feature}” ({q.category}): {has} instead of {_range(q.low, q.high, 'to')}",
    )


def _range(low: int, high: int, joint: str) -> str:
    return str(low) if low == high else f"{low} {joint} {high}"


def _both(value: int) -> Text:
    return Text(number(value, "de"), number(value, "en"))
