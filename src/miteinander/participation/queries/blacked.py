"""How a text reads with parts blacked out, and which parts may be worth it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from miteinander.participation.models import Contribution
from miteinander.participation.queries.reading import TELLING

IN_ITS_PLACE = {"de": "[geschwärzt]", "en": "[blacked out]"}
LEFT_OUT = "[…]"
"""In all other languages: it is understood, and every font of ours has it."""
LAST_LATIN = "\u024f"


def instead(language: str) -> str:
    """What stands where something was blacked out; as long for a short word as for a long one."""
    return IN_ITS_PLACE.get(language.split("-", maxsplit=1)[0], LEFT_OUT)


def blacked(text: str, words: Iterable[str], *, language: str) -> str:
    """The text without these words.

    >>> blacked("Frau Yılmaz sagt, Yılmaz' Tel.: 0831 25 25.", ["Yılmaz", "0831 25"], language="de")
    "Frau [geschwärzt] sagt, [geschwärzt]' Tel.: [geschwärzt] 25."

    What begins with such a word goes as a whole, so that its endings do not tell it: “Müllers”.
    Where two of them overlap, all that either of them covers goes.
    """
    found = sorted(match.span() for word in set(words) for match in _pattern(word).finditer(text))
    said, end = [], 0
    for first, last in found:
        if first >= end:
            said += [text[end:first], instead(language)]
        end = max(end, last)
    return "".join([*said, text[end:]])


@dataclass(frozen=True, slots=True)
class Written:
    """All that somebody wrote in their own words: what they say, and beside it."""

    text: str
    proposal: str = ""
    """Another wording, where it is about a passage of a draft."""
    place: str = ""

    @property
    def whole(self) -> str:
        """One below the other; what only proposes a wording says it once."""
        return "\n\n".join(dict.fromkeys(filter(None, (self.text, self.proposal, self.place))))

    def without(self, words: Sequence[str], *, language: str) -> Written:
        texts = (self.text, self.proposal, self.place)
        return Written(*(blacked(text, words, language=language) for text in texts))


def written_in(contribution: Contribution) -> Written:
    """As its author wrote it, whatever is blacked out; reads what stands beside it."""
    if (kept := getattr(contribution, "blacked_out", None)) is not None:
        return Written(kept.text, kept.proposal, kept.place)
    about = getattr(contribution, "passage_comment", None)
    place = getattr(contribution, "place", None)
    return Written(contribution.text, about.proposal if about else "", place.words if place else "")


def not_found(text: str, words: Iterable[str]) -> list[str]:
    """Those of the words that are not in the text."""
    return [word for word in words if not _pattern(word).search(text)]


def telling_parts(text: str) -> list[str]:
    """What the office may want to black out, in the order of the text. It decides nothing."""
    found = {
        match.start(): " ".join(match.group().split())
        for pattern, _label in TELLING
        for match in pattern.finditer(text)
    }
    return list(dict.fromkeys(found[start] for start in sorted(found)))


def lines_of(written: str) -> list[str]:
    """What was typed one on each line, cleaned like the texts in which it is looked for."""
    lines = unicodedata.normalize("NFC", written).splitlines()
    return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _pattern(word: str) -> re.Pattern[str]:
    parts: Sequence[str] = [re.escape(part) for part in word.split()]
    inner = r"\s+".join(parts)
    first = word[0]
    # Scripts that write prefixes or whole sentences together have no beginnings of words to see.
    before = r"(?<!\w)" if first.isalnum() and first <= LAST_LATIN else ""
    after = r"\w*" if word[-1].isalnum() else ""
    return re.compile(before + inner + after, re.IGNORECASE)
