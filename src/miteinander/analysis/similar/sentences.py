"""What was found, in sentences: how many, how sure, and which languages could not be compared."""

from __future__ import annotations

from miteinander.analysis.similar.index import Matches
from miteinander.analysis.text import Text, counted, listing, number

LETTERS = Text(
    "Verglichen wurden nur die Buchstaben: Dasselbe in einer anderen Sprache oder in ganz anderen "
    "Worten wird so nicht gefunden. Das kann das Zusatzpaket „languages“.",
    "Only the letters were compared: the same in another language or in quite different words is "
    "not found this way. The extra “languages” can do that.",
)
SENSE = Text(
    "Verglichen wurden Buchstaben und Sinn, auch zwischen Sprachen (erkannt: {languages}).",
    "Letters and sense were compared, between languages too (recognised: {languages}).",
)
SUGGESTION = Text(
    "Das sind Vorschläge: Ob zwei Texte dasselbe meinen, entscheidet, wer sie liest. Von den als "
    "„vermutlich dasselbe“ gezeigten ist etwa jeder zehnte ein anderer.",
    "These are suggestions: whether two texts mean the same is decided by whoever reads them. Of "
    "those shown as “probably the same”, about one in ten is another.",
)
TEXTS = (Text("Text", "text"), Text("Texte", "texts"))


def sentences(result: Matches, language: str = "de") -> list[str]:
    """The result in plain words, for people who did not ask for numbers."""
    if not result.size:
        return [Text("Die Sammlung ist leer.", "The collection is empty.").spoken(language)]
    asked = len(result.neighbours)
    if not asked:
        return [Text("Es gibt nichts zu vergleichen.", "Nothing was asked.").spoken(language)]
    best = [found[0].verdict if found else "different" for found in result.neighbours]
    said = [
        Text(
            "Verglichen: {asked} mit {size}.",
            "Compared: {asked} with {size}.",
        )
        .filled(
            asked=counted(asked, *TEXTS, language),
            size=counted(result.size, TEXTS[0], Text("Texten", "texts"), language),
        )
        .spoken(language),
        Text(
            "Vermutlich dasselbe steht schon da: {same}. Nur Verwandtes: {related}. "
            "Nichts Ähnliches: {different}.",
            "Probably there already: {same}. Only related: {related}. Nothing alike: {different}.",
        )
        .filled(
            same=number(best.count("same"), language),
            related=number(best.count("related"), language),
            different=number(best.count("different"), language),
        )
        .spoken(language),
    ]
    if result.silent:
        said.append(
            Text("Ohne Worte: {silent}.", "Without words: {silent}.")
            .filled(silent=counted(result.silent, *TEXTS, language))
            .spoken(language)
        )
    if result.encoders:
        known = listing([code for code in result.languages if code != "und"], language)
        said.append(SENSE.filled(languages=known or "–").spoken(language))
    else:
        said.append(LETTERS.spoken(language))
    return [*said, SUGGESTION.spoken(language)]
