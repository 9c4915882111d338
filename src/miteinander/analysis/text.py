"""Sentences in the two languages of the analysis, and numbers as their readers write them.

The analysis knows no catalogue of messages: each sentence stands in both languages where it is
made, so that nobody can write one and forget the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Language = Literal["de", "en"]


class Text(NamedTuple):
    """The same words in German and in English."""

    de: str
    en: str

    def spoken(self, language: str) -> str:
        return self.de if language.startswith("de") else self.en

    def filled(self, **words: object) -> Text:
        """Fill the gaps ``{name}`` of both; a gap filled with a Text takes its own language."""
        return Text(
            *(
                getattr(self, language).format(
                    **{
                        name: word.spoken(language) if isinstance(word, Text) else word
                        for name, word in words.items()
                    }
                )
                for language in ("de", "en")
            )
        )


def number(value: float, language: str, *, digits: int = 0) -> str:
    """``1.234,5`` in German, ``1,234.5`` in English; a minus is a minus, never a hyphen."""
    written = f"{value:,.{digits}f}".replace("-", "−")
    if not any(c in "123456789" for c in written):
        written = written.lstrip("−")  # nothing is less than nothing
    if language.startswith("de"):
        return written.translate(str.maketrans(",.", ".,"))
    return written


def percent(share: float, language: str, *, digits: int = 0) -> str:
    """A share between 0 and 1 as ``71 %`` in German (no-break space), ``71%`` in English."""
    written = number(100 * share, language, digits=digits)
    return f"{written}\u00a0%" if language.startswith("de") else f"{written}%"


def listing(words: Sequence[str], language: str) -> str:
    """``a, b und c``."""
    if len(words) < 2:
        return "".join(words)
    joint = "und" if language.startswith("de") else "and"
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def counted(count: int, one: Text, many: Text, language: str) -> str:
    """``1 Person``, ``12 Personen``."""
    return f"{number(count, language)} {(one if count == 1 else many).spoken(language)}"
