"""The result of a systemic consensing in plain sentences."""

from __future__ import annotations

from miteinander.analysis.consensus.consensing import Consensing, Option
from miteinander.analysis.consensus.readings import NAMES
from miteinander.analysis.consensus.words import (
    named,
    people,
    quoted,
    rounded,
    said,
    same_everywhere,
)
from miteinander.analysis.text import Text, number, percent


def consensing_sentences(result: Consensing, language: str = "de") -> list[str]:
    """What meets the least resistance, how sure that is, and whom to ask."""
    if result.empty is not None:
        return [result.empty.spoken(language)]
    best = [o for o in result.options if o.rank == 1]
    parts = [_first(result, best, language)]
    parts += _against_passive(result, best, language)
    parts += _unsure(result, best, language)
    parts += [_spread(option, language) for option in best]
    parts += _ask(result, best, language)
    parts += _worst(best, language)
    parts += same_everywhere(
        [
            (r.name, tuple(o.name for o, k in zip(result.options, r.ranks, strict=True) if k == 1))
            for r in result.readings
            if any(r.ranks)
        ],
        NAMES,
        language,
    )
    parts += _limits(result, language)
    return [part for part in parts if part]


def _first(result: Consensing, best: list[Option], language: str) -> str:
    names = [o.name for o in best]
    if len(best) > 1:
        return said(
            "Gleichstand: {names} treffen auf gleich wenig Widerstand ({mean} von 10 im Mittel). "
            "Zwischen ihnen muss die Runde selbst entscheiden.",
            "A tie: {names} meet equally little resistance ({mean} of 10 on average). The group "
            "itself has to decide between them.",
            language,
            names=named(names, language),
            mean=rounded(best[0].mean or 0.0, language),
        )
    return said(
        "Auf den geringsten Widerstand trifft {name}: im Mittel {mean} von 10, das entspricht "
        "{acceptance} Annahme. {people} haben bewertet.",
        "The least resistance meets {name}: {mean} of 10 on average, that is {acceptance} "
        "acceptance. {people} gave marks.",
        language,
        name=quoted(names[0], language),
        mean=rounded(best[0].mean or 0.0, language),
        acceptance=percent((best[0].acceptance or 0.0) / 100, language),
        people=people(result.people, language),
    )


def _against_passive(result: Consensing, best: list[Option], language: str) -> list[str]:
    if any(o.name == result.passive for o in best):
        return [
            said(
                "Das ist die Passivlösung: Nichts zu ändern stößt auf den geringsten Widerstand. "
                "Die Vorschläge brauchen noch Arbeit.",
                "That is the passive solution: changing nothing meets the least resistance. The "
                "proposals need more work.",
                language,
            )
        ]
    if result.options[0].rank is None:
        return []
    near = {frozenset(pair) for pair in result.inseparable}
    if any(frozenset({o.name, result.passive}) in near for o in best):
        return [
            said(
                "Ob das besser ist als die Passivlösung {passive}, lässt sich nicht sicher sagen.",
                "Whether that is better than the passive solution {passive} cannot be said for "
                "certain.",
                language,
                passive=quoted(result.passive, language),
            )
        ]
    return [
        said(
            "Das ist klar weniger Widerstand als bei der Passivlösung {passive} ({mean}).",
            "That is clearly less resistance than for the passive solution {passive} ({mean}).",
            language,
            passive=quoted(result.passive, language),
            mean=rounded(result.options[0].mean or 0.0, language),
        )
    ]


def _unsure(result: Consensing, best: list[Option], language: str) -> list[str]:
    rivals = sorted(
        {
            name
            for pair in result.inseparable
            for name in pair
            if any(o.name in pair and o.name != name for o in best)
            and all(o.name != name for o in best)
        },
        key=[o.name for o in result.options].index,
    )
    parts = []
    if rivals:
        parts.append(
            said(
                "Nicht sicher dahinter liegen {rivals}: Der Unterschied kann Zufall sein.",
                "Not certainly behind are {rivals}: the difference may be chance.",
                language,
                rivals=named(rivals, language),
            )
            if len(rivals) > 1
            else said(
                "Nicht sicher dahinter liegt {rivals}: Der Unterschied kann Zufall sein.",
                "Not certainly behind is {rivals}: the difference may be chance.",
                language,
                rivals=named(rivals, language),
            )
        )
    if len(best) == 1 and best[0].p_first is not None:
        parts.append(
            said(
                "Fragte man ähnliche Menschen noch einmal, läge {name} in etwa {share} der Fälle "
                "wieder vorn.",
                "Asking similar people again, {name} would come first again in about {share} of "
                "cases.",
                language,
                name=quoted(best[0].name, language),
                share=percent(best[0].p_first, language),
            )
        )
    return parts


def _spread(option: Option, language: str) -> str:
    if option.low is None or option.middle is None or option.high is None:
        return ""
    return said(
        "{name}: {low} geben 0–2, {middle} 3–7, {high} 8–10.",
        "{name}: {low} give 0–2, {middle} 3–7, {high} 8–10.",
        language,
        name=quoted(option.name, language),
        low=number(option.low, language),
        middle=number(option.middle, language),
        high=number(option.high, language),
    )


def _ask(result: Consensing, best: list[Option], language: str) -> list[str]:
    return [
        said(
            "Gegen {name} gibt es {how} starken Widerstand (8 oder mehr). Fragen Sie diese "
            "Menschen vor dem Beschluss, was ihn verringern würde.",
            "Against {name} there is {how} strong resistance (8 or more). Before deciding, ask "
            "these people what would lower it.",
            language,
            name=quoted(o.name, language),
            how=Text("vereinzelt", "some")
            if o.high is None
            else Text(f"von {people(o.high, 'de')}", f"from {people(o.high, 'en')}"),
        )
        for o in best
        if o.ask
    ]


def _worst(best: list[Option], language: str) -> list[str]:
    return [
        said(
            "Am schwersten fällt {name} der Perspektive {group} ({mean} im Mittel).",
            "{name} is hardest for the perspective {group} ({mean} on average).",
            language,
            name=quoted(o.name, language),
            group=quoted(o.worst[0], language),
            mean=rounded(o.worst[1], language),
        )
        for o in best
        if o.worst is not None
    ]


def _limits(result: Consensing, language: str) -> list[str]:
    parts = []
    if result.gaps:
        parts.append(
            said(
                "Nicht alle haben alles bewertet. Eine fehlende Angabe zählt nicht als 0; "
                "verglichen wird über die, die beides bewertet haben.",
                "Not everybody marked everything. A missing mark does not count as 0; options are "
                "compared over those who marked both.",
                language,
            )
        )
    if not result.connected:
        parts.append(
            said(
                "Manche Optionen hat niemand gemeinsam bewertet; zwischen ihnen sagt die "
                "Reihenfolge nichts.",
                "Some options were not marked by the same people at all; between them the order "
                "says nothing.",
                language,
            )
        )
    few = [o.name for o in result.options if o.rank is None]
    if few:
        parts.append(
            said(
                "{names}: von weniger als {least} Menschen bewertet, darum ohne Zahl und Platz.",
                "{names}: marked by fewer than {least} people, hence without number and place.",
                language,
                names=named(few, language),
                least=result.threshold,
            )
        )
    return parts
