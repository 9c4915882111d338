"""Themes in sentences: what was proposed, how weak a proposal is, what people should do next."""

from __future__ import annotations

from miteinander.analysis.text import Text, counted, listing, number, percent
from miteinander.analysis.themes.clusters import Proposal
from miteinander.analysis.themes.sorting import FEW, Sorted

TEXTS = (Text("Text", "text"), Text("Texte", "texts"))
DATIVE = (Text("Text", "text"), Text("Texten", "texts"))
WEAK = Text(
    "Das ist ein Vorschlag nach Wörtern, nicht nach Bedeutung: Themen, wie Menschen sie bilden "
    "würden, trifft er nur zum kleineren Teil. Bitte lesen, benennen, verschieben; danach kann "
    "der Rest sortiert werden.",
    "This is a proposal by words, not by meaning: it meets only a smaller part of the themes that "
    "people would form. Please read, name and move; then the rest can be sorted.",
)
CHECK = Text(
    "Auch eine sichere Zuordnung ist ein Vorschlag. Die Ablage „unsicher“ liest ein Mensch.",
    "A sure label is a suggestion too. The tray “unsure” is read by a person.",
)


def sentences(result: Proposal | Sorted, language: str = "de") -> list[str]:
    """The result in plain words, for people who did not ask for numbers."""
    if isinstance(result, Proposal):
        return proposal_sentences(result, language)
    return sorted_sentences(result, language)


def proposal_sentences(result: Proposal, language: str = "de") -> list[str]:
    said = [result.reason.spoken(language)] if result.reason else []
    if result.clusters and not result.reason:
        unsure = sum(len(cluster.unsure) for cluster in result.clusters)
        said += [
            Text("Vorgeschlagen: {themes} aus {texts}.", "Proposed: {themes} from {texts}.")
            .filled(
                themes=counted(
                    len(result.clusters), Text("Thema", "theme"), Text("Themen", "themes"), language
                ),
                texts=counted(result.size - len(result.silent), *DATIVE, language),
            )
            .spoken(language),
            *(
                f"{cluster.id}. {listing(cluster.words, language)}: "
                f"{counted(len(cluster.rows), *TEXTS, language)}"
                for cluster in result.clusters
            ),
            Text(
                "Nicht eindeutig und in die Ablage „unsicher“ gelegt: {unsure}.",
                "Not clear and put into the tray “unsure”: {unsure}.",
            )
            .filled(unsure=counted(unsure, *TEXTS, language))
            .spoken(language),
            WEAK.spoken(language),
        ]
    if result.silent:
        said.append(
            Text("Ohne Worte: {count}.", "Without words: {count}.")
            .filled(count=counted(len(result.silent), *TEXTS, language))
            .spoken(language)
        )
    return said


def sorted_sentences(result: Sorted, language: str = "de") -> list[str]:
    said = [result.reason.spoken(language)] if result.reason else []
    if not result.predictions:
        return said
    unsure = sum(prediction.unsure for prediction in result.predictions)
    said.append(
        Text(
            "Gelernt aus {labelled} mit {themes} Themen. Zugeordnet: {sure}; unsicher, bitte "
            "lesen: {unsure}.",
            "Learnt from {labelled} with {themes} themes. Sorted: {sure}; unsure, please read: "
            "{unsure}.",
        )
        .filled(
            labelled=counted(result.labelled, *DATIVE, language),
            themes=number(len(result.labels), language),
            sure=counted(len(result.predictions) - unsure, *TEXTS, language),
            unsure=counted(unsure, *TEXTS, language),
        )
        .spoken(language)
    )
    if result.right is None:
        said.append(
            Text(
                "Es sind zu wenige Texte zugeordnet, um zu sagen, wie oft das stimmt: weniger als "
                "{few}. Deshalb gilt noch keine Zuordnung als sicher.",
                "Too few texts have a theme to say how often this is right: fewer than {few}. "
                "So no label counts as sure yet.",
            )
            .filled(few=number(FEW, language))
            .spoken(language)
        )
    else:
        said.append(
            Text(
                "Geprüft an den zugeordneten Texten, ohne sie anzusehen: richtig bei {right}",
                "Checked on the labelled texts without looking at them: right for {right}",
            )
            .filled(right=percent(result.right, language))
            .spoken(language)
            + (
                Text("; unter den sicheren bei {sure}.", "; among the sure ones for {sure}.")
                .filled(sure=percent(result.sure_right, language))
                .spoken(language)
                if result.sure_right is not None
                else "."
            )
        )
    return [*said, CHECK.spoken(language)]
