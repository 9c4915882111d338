"""What people type: cleaned without changing what it says, and its language recognised."""

from __future__ import annotations

import textwrap
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LONGEST = 5_000
"""Characters: two printed pages. Longer texts belong in a mail with an attachment."""
SHORTEST_RECOGNISED = 12
"""Letters. “Hallo” is taken for Italian; the language of the page is the better guess."""
CERTAIN_FROM = 0.75
LAST_LATIN = "\u024f"

# Invisible, and of no use in any script: zero-width spaces, byte-order marks, soft hyphens,
# and the overrides that make text read differently from what it is. Joiners and the marks of
# direction stay: Persian, Hindi and Arabic need them.
INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0xFEFF, *range(0x2060, 0x2065), *range(0x202A, 0x202F)])


def cleaned(text: str, *, field: str = "text") -> str:
    """Return the text without what nobody sees; refuse empty, too long and broken ones."""
    if "\x00" in text:
        raise Invalid({field: _("The text holds a character that cannot be stored.")})
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(INVISIBLE)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    text = text.strip()
    if not any(unicodedata.category(c)[0] in "LNPS" for c in text):
        raise Invalid({field: _("Please write a sentence. One is enough.")})
    if len(text) > LONGEST:
        raise Invalid(
            {
                field: _(
                    "The text has %(have)s characters, %(most)s are possible. Please shorten it, "
                    "or hand it in as several contributions."
                )
                % {"have": len(text), "most": LONGEST}
            }
        )
    return text


def beginning(text: str) -> str:
    """The first words, for lists and headings."""
    return textwrap.shorten(text, 90, placeholder=" …")


def recognised(text: str, *, otherwise: str) -> str:
    """The language of a text; for short and doubtful ones what the page was in.

    The first call in a process loads a model (about a second), so nobody may call this
    inside a transaction: on SQLite all other writers would wait.
    """
    letters = [c for c in text if c.isalpha()]
    latin = sum(c <= LAST_LATIN for c in letters) * 2 >= len(letters)
    if len(letters) < SHORTEST_RECOGNISED and latin:
        return otherwise
    language, certainty = _model().classify(text)
    # What is written in another script is hardly in the page's language: better a guess.
    return str(language) if certainty >= CERTAIN_FROM or not latin else otherwise


@cache
def _model() -> LanguageIdentifier:
    # deferred: 80 MB that a process which never takes in a contribution does not need
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
