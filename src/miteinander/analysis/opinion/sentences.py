"""What was found, in sentences: first what unites, then what divides, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.opinion.findings import Findings, findings
from miteinander.analysis.opinion.readings import differing
from miteinander.analysis.text import Text, counted, listing, number, percent

if TYPE_CHECKING:
    from miteinander.analysis.opinion.result import OpinionMap

PERSON = Text("Person", "person"), Text("Personen", "people")
STATEMENT = Text("These", "statement"), Text("Thesen", "statements")
QUOTED = 140
"""Characters of a statement that are quoted."""
NAMED = 3
"""Statements that are named under each heading; the tables hold all of them."""
WHY = {
    "few": Text(
        "Gruppen lassen sich nicht bilden: Zu wenige Menschen haben oft genug abgestimmt.",
        "No groups can be formed: too few people have voted often enough.",
    ),
    "alike": Text(
        "Gruppen zeichnen sich nicht ab: Alle haben gleich abgestimmt.",
        "No groups stand out: everybody has voted alike.",
    ),
    "small": Text(
        "Gruppen lassen sich nicht zeigen: Mindestens eine wäre so klein, dass man einzelne "
        "Menschen erkennen könnte.",
        "No groups can be shown: at least one would be so small that people could be recognised.",
    ),
    "none given": Text(
        "Keine der Personen, die abgestimmt haben, gehört zu einer der angegebenen Gruppen.",
        "Nobody who has voted belongs to any of the groups that were given.",
    ),
}
RELIABLE = {
    "tentative": Text(
        "Die Einteilung ist vorläufig: Mit der einen Hälfte der Thesen gebildet, sehen die "
        "Gruppen anders aus als mit der anderen (Übereinstimmung {ari} von 1). Bitte nicht von "
        "„Lagern“ sprechen.",
        "The grouping is tentative: formed from one half of the statements, the groups look "
        "different than from the other (agreement {ari} out of 1). Please do not speak of “camps”.",
    ),
    "fair": Text(
        "Die Einteilung hält einigermaßen: Aus zwei Hälften der Thesen gebildet, stimmen die "
        "Gruppen überwiegend überein ({ari} von 1).",
        "The grouping holds fairly well: formed from two halves of the statements, the groups "
        "mostly agree ({ari} out of 1).",
    ),
    "stable": Text(
        "Die Einteilung ist stabil: Aus zwei Hälften der Thesen gebildet, stimmen die Gruppen "
        "weitgehend überein ({ari} von 1).",
        "The grouping is stable: formed from two halves of the statements, the groups largely "
        "agree ({ari} out of 1).",
    ),
    "unknown": Text(
        "Wie verlässlich die Einteilung ist, wurde nicht geprüft oder ließ sich nicht prüfen.",
        "How reliable the grouping is was not judged, or could not be.",
    ),
}
READING = {
    "institutions": Text("mit einer Stimme je Einrichtung", "with one voice for each institution"),
    "perspectives": Text(
        "mit gleichem Gewicht je Perspektive", "with the same weight for each perspective"
    ),
}


def sentences(found: OpinionMap, language: str = "de") -> list[str]:
    """The finding in plain sentences, the most important ones first."""
    return [each for part in told(found, language).values() for each in part]


def told(found: OpinionMap, language: str = "de") -> dict[str, list[str]]:
    """The same by what it is about, in the order of importance; for pages with headings."""
    if not len(found.votes):
        nobody = Text(
            "Niemand hat abgestimmt. Ein Bild entsteht, sobald Stimmen eingehen.",
            "Nobody has voted. A picture appears as soon as votes arrive.",
        )
        return {"extent": [nobody.spoken(language)]}
    noted = findings(found)
    return {
        "extent": [_extent(found, language)],
        "uniting": _uniting(found, noted, language),
        "groups": _groups(found, language),
        "distinguishing": _distinguishing(found, noted, language),
        "dividing": _dividing(found, noted, language),
        "readings": _differing(found, language),
        "open": _uncertain(found, noted, language),
        "withheld": _withheld(found, language),
    }


def quoted(found: OpinionMap, row: int, language: str) -> str:
    """A statement by its wording, else by its name, in the quotation marks of the language."""
    name = found.votes.statements[row]
    text = " ".join(found.votes.texts.get(name, "").split())
    if not text:
        return Text(f"These {name}", f"statement {name}").spoken(language)
    short = text if len(text) <= QUOTED else f"{text[:QUOTED].rsplit(' ', 1)[0]} …"
    return Text(f"„{short}“", f"“{short}”").spoken(language)


def _extent(found: OpinionMap, language: str) -> str:
    seen = np.diff(found.votes.starts)
    voted = int((seen > 0).sum())
    people = counted(voted, *PERSON, language)
    columns = counted(len(found.votes.statements), *STATEMENT, language)
    have = Text("hat", "has") if voted == 1 else Text("haben", "have")
    mean = number(float(seen[seen > 0].mean()), language, digits=0)
    return (
        Text(
            "{people} {have} über {columns} abgestimmt, im Mittel über {mean}.",
            "{people} {have} voted on {columns}, on {mean} each on average.",
        )
        .filled(people=people, have=have, columns=columns, mean=mean)
        .spoken(language)
    )


def _uniting(found: OpinionMap, noted: Findings, language: str) -> list[str]:
    if not noted.uniting:
        if found.k < 2:
            return []
        return [
            Text(
                "Keine These findet in allen Gruppen eine sichere Mehrheit.",
                "No statement finds a safe majority in every group.",
            ).spoken(language)
        ]
    told = []
    for row, share, agrees in noted.uniting[:NAMED]:
        verb = Text("zu", "agree") if agrees else Text("nicht zu", "disagree")
        where = Text("in jeder Gruppe", "in every group") if found.k > 1 else Text("", "")
        sentence = Text(
            "Das verbindet: {statement} Dem stimmen {where} mindestens {share} {verb}.",
            "This unites: {statement} At least {share} {where} {verb}.",
        ).filled(
            statement=quoted(found, row, language),
            where=where,
            share=percent(share, language),
            verb=verb,
        )
        told.append(" ".join(sentence.spoken(language).split(" ")).replace("  ", " "))
    return told


def _groups(found: OpinionMap, language: str) -> list[str]:
    if found.k < 2:
        return [WHY[found.why_no_groups].spoken(language)] if found.why_no_groups else []
    sizes = [
        Text(
            f"{name} ({number(size, language) if is_large else 'ohne Angaben'})",
            f"{name} ({number(size, language) if is_large else 'no figures'})",
        ).spoken(language)
        for name, size, is_large in zip(found.names, found.sizes, found.is_large, strict=True)
    ]
    listed = listing(sizes, language)
    if found.is_given:
        return [
            Text(f"Verglichen werden: {listed}.", f"These are compared: {listed}.").spoken(language)
        ]
    left = int((found.member < 0).sum())
    told = [
        Text(
            f"Im Bild zeichnen sich {found.k} Gruppen ab: {listed}.",
            f"{found.k} groups stand out in the picture: {listed}.",
        ).spoken(language)
    ]
    if left:
        who = counted(left, *PERSON, language)
        told.append(
            Text(
                f"{who} haben zu wenig abgestimmt, um sie einzuordnen." if left > 1
                else f"{who} hat zu wenig abgestimmt, um sie einzuordnen.",
                f"{who} voted too little to be placed.",
            ).spoken(language)
        )  # fmt: skip
    ari = found.reliability.split_half_ari
    told.append(
        RELIABLE[found.reliability.label]
        .filled(ari=number(ari or 0, language, digits=2))
        .spoken(language)
    )
    return told


def _distinguishing(found: OpinionMap, noted: Findings, language: str) -> list[str]:
    told = []
    for at, rows in noted.distinguishing:
        parts = []
        for row, share, others, agrees in rows[:NAMED]:
            verb = Text("stimmen zu", "agree") if agrees else Text("lehnen ab", "disagree")
            parts.append(
                Text(
                    "{statement} ({share} {verb}, sonst {others})",
                    "{statement} ({share} {verb}, {others} elsewhere)",
                )
                .filled(
                    statement=quoted(found, row, language),
                    share=percent(share, language),
                    verb=verb,
                    others=percent(others, language),
                )
                .spoken(language)
            )
        name = found.names[at]
        start = (
            Text(f"{name} unterscheidet sich: ", f"{name} differs: ")
            if found.is_given
            else Text(f"Gruppe {name} unterscheidet sich: ", f"Group {name} differs: ")
        )
        told.append(f"{start.spoken(language)}{'; '.join(parts)}.")
    return told


def _dividing(found: OpinionMap, noted: Findings, language: str) -> list[str]:
    if not noted.dividing:
        return []
    row, agree, disagree = noted.dividing[0]
    return [
        Text(
            "Am stärksten gehen die Meinungen auseinander bei {statement}: "
            "{agree} stimmen zu, {disagree} lehnen ab.",
            "Opinions differ most on {statement}: {agree} agree, {disagree} disagree.",
        )
        .filled(
            statement=quoted(found, row, language),
            agree=percent(agree, language),
            disagree=percent(disagree, language),
        )
        .spoken(language)
    ]


def _differing(found: OpinionMap, language: str) -> list[str]:
    if len(found.readings) < 2:
        return []
    different = differing(found.readings)
    if not different:
        return [
            Text(
                "Ob man nach Menschen, Einrichtungen oder Perspektiven zählt, ändert kein Ergebnis "
                "wesentlich.",
                "Whether one counts people, institutions or perspectives changes no result much.",
            ).spoken(language)
        ]
    return [
        Text(
            "Hier kommt es darauf an, wie man zählt: {statement} Nach Menschen stimmen {one} zu, "
            "{how} {two}.",
            "Here it matters how one counts: {statement} By people {one} agree, {how} {two}.",
        )
        .filled(
            statement=quoted(found, row, language),
            one=percent(one, language),
            how=READING[name],
            two=percent(two, language),
        )
        .spoken(language)
        for row, one, two, name in different[:NAMED]
    ]


def _uncertain(found: OpinionMap, noted: Findings, language: str) -> list[str]:
    if not noted.uncertain:
        return []
    count = counted(len(noted.uncertain), *STATEMENT, language)
    return [
        Text(
            f"Noch offen: Zu {count} wissen wir zu wenig, weil wenige abgestimmt oder viele sich "
            "enthalten haben.",
            f"Still open: on {count} too little is known, because few have voted or many passed.",
        ).spoken(language)
    ]


def _withheld(found: OpinionMap, language: str) -> list[str]:
    hidden = int((~found.statistics.is_shown).sum())
    if not hidden or found.k < 1:
        return []
    return [
        Text(
            f"Angaben über weniger als {found.threshold} Menschen zeigen wir nicht.",
            f"Figures about fewer than {found.threshold} people are not shown.",
        ).spoken(language)
    ]
