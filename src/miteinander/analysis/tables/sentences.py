"""What a seating gives and what it costs, in plain sentences."""

from __future__ import annotations

from miteinander.analysis.privacy import THRESHOLD
from miteinander.analysis.tables.group import MOST_OF_ONE
from miteinander.analysis.tables.plan import Plan, Seating
from miteinander.analysis.text import Text, number

LEANING = {
    "balanced": Text("ausgewogen", "balanced"),
    "wishes": Text("Wünsche zuerst", "wishes first"),
    "mixing": Text("Mischung zuerst", "mixing first"),
}


def sentences(seating: Seating, language: str = "de") -> list[str]:
    """The chosen plan, the two beside it, and what none of them can do."""
    group, plan = seating.group, seating.plan
    parts = [
        Text(
            "{people} Menschen an {tables} Tischen, {size} an jedem. Gewählt: {leaning}.",
            "{people} people at {tables} tables, {size} at each. Chosen: {leaning}.",
        ).filled(
            people=_number(len(group.ids)),
            tables=_number(group.tables),
            size=_range(group.smallest_table, group.largest_table),
            leaning=LEANING[plan.leaning],
        )
    ]
    parts += _mixing(seating, plan) + _wishes(seating, plan) + _limits(seating, plan)
    for other in seating.plans[1:]:
        parts.append(_beside(seating, other))
    parts.append(
        Text(
            "Die Pläne sind gesucht, nicht bewiesen: Ein noch besserer ist möglich. Wer etwas "
            "tauscht, sollte neu rechnen lassen, was sich dadurch ändert.",
            "The plans were searched for, not proven: a better one may exist. Whoever swaps "
            "people should have the figures computed again.",
        )
    )
    return [part.spoken(language) for part in parts]


def _mixing(seating: Seating, plan: Plan) -> list[Text]:
    if not seating.group.mix:
        return []
    if plan.deviation == 0:
        return [
            Text(
                "Jeder Tisch spiegelt die ganze Runde, so genau es geht.",
                "Every table mirrors the whole group as exactly as possible.",
            )
        ]
    return [
        Text(
            "Die Tische spiegeln die ganze Runde fast: An {off} Stellen ist an einem Tisch ein "
            "Mensch mit einem Merkmal zu viel oder zu wenig.",
            "The tables nearly mirror the whole group: in {off} places a table has one person "
            "with a feature too many or too few.",
        ).filled(off=_number(plan.deviation))
    ]


def _wishes(seating: Seating, plan: Plan) -> list[Text]:
    if not (seating.group.wishes >= 0).any():
        return []
    return [
        Text(
            "Den stärksten Wunsch bekommen {first}, den zweiten {second}, einen weiteren {third} "
            "Menschen; keinen ihrer Wünsche {none}.",
            "{first} people get their strongest wish, {second} their second, {third} a further "
            "one; none of their wishes: {none}.",
        ).filled(
            first=_few(plan.first),
            second=_few(plan.second),
            third=_few(plan.third),
            none=_few(plan.without_wish),
        )
    ]


def _limits(seating: Seating, plan: Plan) -> list[Text]:
    group, parts = seating.group, []
    if (group.apart >= 0).any():
        parts.append(
            Text(
                f"Nirgends sitzen mehr als {MOST_OF_ONE} aus einer Einrichtung zusammen.",
                f"Nowhere do more than {MOST_OF_ONE} of one institution sit together.",
            )
            if not plan.apart_broken
            else Text(
                f"Mehr als {MOST_OF_ONE} aus einer Einrichtung an einem Tisch lassen sich nicht "
                "überall vermeiden.",
                f"More than {MOST_OF_ONE} of one institution at a table could not be avoided "
                "everywhere.",
            )
        )
    if group.needs.any():
        parts.append(
            Text(
                "Wer Übersetzung braucht, sitzt mit jemandem zusammen, der übersetzt.",
                "Everybody who needs interpreting sits with somebody who interprets.",
            )
            if not plan.alone
            else Text(
                "Nicht alle, die Übersetzung brauchen, haben jemanden am Tisch: Es fehlen "
                "Menschen, die übersetzen.",
                "Not everybody who needs interpreting has somebody at the table: there are too "
                "few who interpret.",
            )
        )
    if len(plan.seatings) > 1:
        parts.append(
            Text(
                "Niemand trifft jemanden zweimal.",
                "Nobody meets anybody twice.",
            )
            if not plan.repeats
            else Text(
                "{many} Mal sitzen zwei Menschen ein weiteres Mal zusammen.",
                "{many} times two people sit together once more.",
            ).filled(many=_number(plan.repeats))
        )
    return parts


def _beside(seating: Seating, plan: Plan) -> Text:
    chosen = seating.plan
    changes = []
    if seating.group.mix:
        changes.append(
            Text("Abweichung {a} statt {b}", "deviation {a} instead of {b}").filled(
                a=_number(plan.deviation), b=_number(chosen.deviation)
            )
        )
    if (seating.group.wishes >= 0).any():
        changes.append(
            Text("stärkster Wunsch {a} statt {b}", "strongest wish {a} instead of {b}").filled(
                a=_few(plan.first), b=_few(chosen.first)
            )
        )
        changes.append(
            Text("ohne Wunsch {a} statt {b}", "without a wish {a} instead of {b}").filled(
                a=_few(plan.without_wish), b=_few(chosen.without_wish)
            )
        )
    if len(plan.seatings) > 1:
        changes.append(
            Text("Wiedersehen {a} statt {b}", "meeting again {a} instead of {b}").filled(
                a=_number(plan.repeats), b=_number(chosen.repeats)
            )
        )
    if not changes:
        changes = [Text("kein Unterschied", "no difference")]
    return Text(
        "Daneben „{name}“: {changes}.",
        "Beside it “{name}”: {changes}.",
    ).filled(
        name=LEANING[plan.leaning],
        changes=Text("; ".join(c.de for c in changes), "; ".join(c.en for c in changes)),
    )


def _few(count: int) -> Text:
    """A number of people; small ones only as such, so that nobody is pointed at."""
    if 0 < count < THRESHOLD:
        return Text(f"weniger als {THRESHOLD}", f"fewer than {THRESHOLD}")
    return Text("niemand", "nobody") if count == 0 else _number(count)


def _number(count: int) -> Text:
    return Text(number(count, "de"), number(count, "en"))


def _range(low: int, high: int) -> Text:
    if low == high:
        return _number(low)
    return Text(f"{low} bis {high}", f"{low} to {high}")
