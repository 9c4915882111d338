"""The outcome of a vote on a budget in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from miteinander.analysis.budget.outcome import Group, Outcome, Variant
from miteinander.analysis.privacy import THRESHOLD
from miteinander.analysis.text import Text, counted, listing, number, percent

PROJECT = (Text("Projekt", "project"), Text("Projekte", "projects"))
MANY_NAMES = 12
LONGEST = 60


def sentences(outcome: Outcome, language: str = "de", *, threshold: int = THRESHOLD) -> list[str]:
    """What was chosen, what it cost, who is left out, how it was computed and how sure it is."""
    parts = [
        *_chosen(outcome, language),
        *_people(outcome, language, threshold),
        *_other(outcome, language, threshold),
        *_ties(outcome, language),
        _variant(outcome.variant, language),
        *_certainty(outcome, language),
    ]
    return [*parts, *(note.spoken(language) for note in outcome.election.notes)]


def group_sentences(outcome: Outcome, found: Sequence[Group], language: str = "de") -> list[str]:
    """How the money spreads over groups of voters; small groups are not named with numbers."""
    spent = sum(group.money for group in found if group.money is not None)
    parts = []
    for group in found:
        if group.voters is None or group.money is None or not spent:
            continue
        parts.append(
            _said(
                "„{name}“: {voters} der Abstimmenden, {money} des Geldes, das Anteile bezahlten.",
                "“{name}”: {voters} of the voters, {money} of the money paid from shares.",
                language,
                name=group.name,
                voters=percent(group.voters / outcome.election.voters, language),
                money=percent(group.money / float(outcome.costs[0]), language),
            )
        )
    if any(group.voters is None for group in found):
        parts.append(
            _said(
                "Kleine Gruppen stehen nicht da, damit niemand zu erkennen ist.",
                "Small groups are not shown, so that nobody can be recognised.",
                language,
            )
        )
    return parts


def _said(de: str, en: str, language: str, **words: object) -> str:
    return Text(de, en).filled(**words).spoken(language)


def amount(value: Fraction | float, language: str) -> str:
    """An amount with cents only where there are any."""
    rounded = round(float(value), 2)
    return number(rounded, language, digits=0 if rounded == int(rounded) else 2)


def _money(outcome: Outcome, value: Fraction | float, language: str) -> str:
    currency = outcome.election.currency
    written = amount(value, language)
    return f"{written}\u00a0{currency}" if currency else written


def _names(outcome: Outcome, projects: tuple[int, ...], language: str) -> str:
    names = [
        f"„{t}“" if language.startswith("de") else f"“{t}”" for t in _titles(outcome, projects)
    ]
    if len(names) > MANY_NAMES:
        more = len(names) - MANY_NAMES
        names = [*names[:MANY_NAMES], _said("{n} weitere", "{n} more", language, n=more)]
    return listing(names, language)


def _titles(outcome: Outcome, projects: tuple[int, ...]) -> list[str]:
    names = [outcome.election.titles[p].strip() or outcome.election.projects[p] for p in projects]
    return [name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…" for name in names]


def _chosen(outcome: Outcome, language: str) -> list[str]:
    election = outcome.election
    budget = election.limits[0].amount
    if not outcome.selected:
        return [_why_nothing(outcome).spoken(language)]
    parts = [
        _said(
            "{count} von {all} sind gewählt. Sie kosten zusammen {cost} von {budget}.",
            "{count} of {all} are chosen. Together they cost {cost} of {budget}.",
            language,
            count=counted(len(outcome.selected), *PROJECT, language),
            all=number(len(election.projects), language),
            cost=_money(outcome, outcome.costs[0], language),
            budget=_money(outcome, budget, language),
        ),
        _said(
            "In der Reihenfolge der Wahl: {names}.",
            "In the order they were chosen: {names}.",
            language,
            names=_names(outcome, outcome.selected, language),
        ),
    ]
    parts += [
        _said(
            "Von „{name}“ sind {used} von {there} gebunden.",
            "Of “{name}”, {used} of {there} are taken.",
            language,
            name=limit.name,
            used=amount(used, language),
            there=amount(limit.amount, language),
        )
        for limit, used in list(zip(election.limits, outcome.costs, strict=True))[1:]
    ]
    if outcome.still_fits:
        parts.append(
            _said(
                "Vom Rest ließe sich noch bezahlen, je für sich: {names}. Die Regel gibt das Geld "
                "dafür nicht aus, weil die, die es wollen, ihren Anteil schon ausgegeben haben.",
                "What is left would still pay for any one of: {names}. The rule does not spend it, "
                "because those who want it have spent their share already.",
                language,
                names=_names(outcome, outcome.still_fits, language),
            )
        )
    return parts


def _why_nothing(outcome: Outcome) -> Text:
    election = outcome.election
    if not election.projects:
        return Text("Es gibt keine Projekte, also ist nichts gewählt.", "There are no projects.")
    if not election.voters:
        return Text(
            "Niemand hat abgestimmt, also ist nichts gewählt.",
            "Nobody has voted, so nothing is chosen.",
        )
    if not election.limits[0].amount:
        return Text(
            "Das Budget ist 0, also kann nichts bezahlt werden.",
            "The budget is 0, so nothing can be paid for.",
        )
    if not len(election.weights):
        return Text(
            "Alle Stimmzettel sind leer, also ist nichts gewählt.",
            "All ballots are empty, so nothing is chosen.",
        )
    return Text(
        "Kein Projekt können die bezahlen, die es wollen: Jedes kostet mehr, als ihre Anteile "
        "zusammen ausmachen.",
        "No project can be paid for by those who want it: each costs more than their shares "
        "together.",
    )


def _people(outcome: Outcome, language: str, threshold: int) -> list[str]:
    voters = outcome.election.voters
    if not voters or not outcome.selected:
        return []
    parts = []
    if outcome.left_out == 0:
        parts.append(
            _said(
                "Für alle, die abgestimmt haben, ist mindestens ein Wunsch dabei.",
                "For everybody who voted, at least one wish is among them.",
                language,
            )
        )
    elif outcome.left_out < threshold:
        parts.append(
            _said(
                "Weniger als {least} Menschen gehen leer aus: Von ihren Wünschen ist keiner dabei.",
                "Fewer than {least} people are left out: none of their wishes is among them.",
                language,
                least=threshold,
            )
        )
    elif outcome.left_out == 1:
        parts.append(
            _said(
                "Eine Person von {all} geht leer aus: Von ihren Wünschen ist keiner dabei.",
                "One of {all} voters is left out: none of their wishes is among them.",
                language,
                all=number(voters, language),
            )
        )
    elif voters - outcome.left_out >= threshold:
        parts.append(
            _said(
                "{count} der {all} Abstimmenden ({share}) gehen leer aus: Von ihren Wünschen ist "
                "keiner dabei.",
                "{count} of {all} voters ({share}) are left out: none of their wishes is among "
                "them.",
                language,
                count=number(outcome.left_out, language),
                all=number(voters, language),
                share=percent(outcome.left_out / voters, language),
            )
        )
    prices = [p.share for p in outcome.purchases if p.share]
    points = outcome.election.vote_type not in {"approval", "choose-1"}
    if prices:
        parts.append(
            _said(
                "Wer genug übrig hatte, zahlte aus dem eigenen Anteil von {share} je Projekt "
                "zwischen {low} und {high}{unit}.",
                "Those with enough left paid, from their own share of {share}, between {low} and "
                "{high} for a project{unit}.",
                language,
                share=_money(outcome, outcome.share[0], language),
                low=_money(outcome, min(prices), language),
                high=_money(outcome, max(prices), language),
                unit=Text(" für jeden Punkt", " for each point") if points else "",
            )
        )
    return parts


def _other(outcome: Outcome, language: str, threshold: int) -> list[str]:
    mine, theirs = set(outcome.selected), set(outcome.other)
    greedy = outcome.variant.rule == "equal-shares"
    name = (
        Text(
            "Nach der üblichen Regel (die meisten Stimmen zuerst)",
            "By the usual rule (most votes first)",
        )
        if greedy
        else Text("Nach der Regel der gleichen Anteile", "By the Method of Equal Shares")
    )
    if not mine and not theirs:
        return []
    if mine == theirs:
        return [
            _said("{name} wären es dieselben.", "{name} it would be the same.", language, name=name)
        ]
    election = outcome.election
    count = outcome.other_left_out
    words = _said(
        "{name} wären es {count}, davon {new} andere.",
        "{name} it would be {count}, {new} of them others.",
        language,
        name=name,
        count=counted(len(theirs), *PROJECT, language),
        new=number(len(theirs - mine), language),
    )
    if count >= threshold and election.voters - count >= threshold:
        words += " " + _said(
            "Leer gingen dann {share} aus.",
            "Then {share} would be left out.",
            language,
            share=percent(count / election.voters, language),
        )
    return [words]


def _ties(outcome: Outcome, language: str) -> list[str]:
    decisive = outcome.decisive_ties
    parts = [
        _said(
            "Gleichstand: {names} hatten genau denselben Anspruch. Genommen wurde {first}, "
            "weil {why}. Nicht alle davon sind am Ende dabei: Das sollten Menschen entscheiden.",
            "A tie: {names} had exactly the same claim. {first} was taken because {why}. Not all "
            "of them are among the chosen in the end: people should decide that.",
            language,
            names=_names(outcome, tie.projects, language),
            first=_names(outcome, tie.projects[:1], language),
            why=_order(outcome.variant),
        )
        for tie in decisive
    ]
    harmless = len(outcome.ties) - len(decisive)
    if harmless:
        parts.append(
            _said(
                "Weitere Gleichstände ({count}) änderten nichts: Alle Beteiligten sind gewählt.",
                "Further ties ({count}) changed nothing: all projects in them are chosen.",
                language,
                count=harmless,
            )
        )
    return parts


def _order(variant: Variant) -> Text:
    if variant.priority:
        return Text("es in der vereinbarten Reihenfolge vorn steht", "it comes first as agreed")
    said = {
        "votes": Text("es mehr Stimmen hat", "it has more votes"),
        "cheaper": Text("es weniger kostet", "it costs less"),
        "dearer": Text("es mehr kostet", "it costs more"),
    }
    words = [said[rule] for rule in variant.ties]
    words.append(Text("es in der Datei weiter oben steht", "it comes first in the file"))
    return Text(
        ", sonst weil ".join(w.de for w in words), ", else because ".join(w.en for w in words)
    )


def _variant(variant: Variant, language: str) -> str:
    if variant.rule == "greedy":
        return _said(
            "Gerechnet nach der Regel „die meisten {what} zuerst, solange das Geld reicht“.",
            "Computed by the rule “most {what} first, as long as the money lasts”.",
            language,
            what=Text("Stimmen", "votes")
            if variant.utility == "cost"
            else Text("Stimmen je Kosten", "votes per cost"),
        )
    completion = {
        "none": Text("Was übrig ist, bleibt übrig", "What is left over stays left over"),
        "add1": Text(
            "Die Anteile wurden schrittweise erhöht, bis es nicht mehr reichte",
            "The shares were raised step by step until the money no longer sufficed",
        ),
        "add1u": Text(
            "Die Anteile wurden schrittweise erhöht, der Rest ging an die meisten Stimmen",
            "The shares were raised step by step, the rest went to the most votes",
        ),
        "utilitarian": Text(
            "Der Rest ging an die meisten Stimmen", "The rest went to the most votes"
        ),
    }[variant.completion]
    stop = Text("", "")
    if variant.completion in {"add1", "add1u"} and variant.exhaustive:
        stop = Text(" oder nichts mehr hineinpasste", " or until nothing more fitted")
    return _said(
        "Gerechnet nach der Regel der gleichen Anteile; ein Projekt nützt {utility}. "
        "{completion}{stop}.",
        "Computed by the Method of Equal Shares; a project is worth {utility}. {completion}{stop}.",
        language,
        utility=Text("so viel, wie es kostet", "what it costs")
        if variant.utility == "cost"
        else Text("allen gleich viel", "the same, whatever it costs"),
        completion=completion,
        stop=stop,
    )


def _certainty(outcome: Outcome, language: str) -> list[str]:
    if outcome.corrected:
        return [
            _said(
                "Zwei Preise lagen so nah beieinander, dass nur die Rechnung mit Brüchen sie "
                "trennt; das Ergebnis ist das der genauen Rechnung.",
                "Two prices were so close that only fractions tell them apart; the result is that "
                "of the exact computation.",
                language,
            )
        ]
    if outcome.audited:
        return [
            _said(
                "Nachgerechnet mit Brüchen, ohne Rundung: dasselbe Ergebnis, und jedes Projekt ist "
                "auf den Cent genau bezahlt.",
                "Checked with fractions, without rounding: the same result, and every project is "
                "paid for to the cent.",
                language,
            )
        ]
    return []
