"""The one refusal of the analysis.

Raised when a file or a question cannot be worked with: it says what is wrong, where, and what
to do. A result that is merely empty is no error; it says itself why it is empty.
"""

from __future__ import annotations

from miteinander.analysis.text import Text

NOTHING = Text("", "")


class Unusable(Exception):
    """What is wrong, where, and what to do, in German and English.

    `details` are further keys for programs that read the refusal as JSON.
    """

    def __init__(
        self,
        what: Text,
        *,
        where: Text | str = NOTHING,
        do: Text = NOTHING,
        details: dict[str, object] | None = None,
    ) -> None:
        super().__init__(what.en)
        self.what = what
        self.where = Text(where, where) if isinstance(where, str) else where
        self.do = do
        self.details = details or {}

    def lines(self, language: str) -> list[str]:
        """The sentences of the refusal that have something to say."""
        spoken = (part.spoken(language) for part in (self.what, self.where, self.do))
        return [line for line in spoken if line]

    def as_json(self, language: str) -> dict[str, object]:
        """``{"error": {"what", "where", "do"}}`` and the details beside it."""
        error = {
            "what": self.what.spoken(language),
            "where": self.where.spoken(language),
            "do": self.do.spoken(language),
        }
        return {"error": error, **self.details}


def place(file: str, *, row: int | None = None, column: str | None = None) -> Text:
    """A place in a file: its name, the line as an editor counts it, the name of the column."""
    de, en = [file], [file]
    if row is not None:
        de.append(f"Zeile {row}")
        en.append(f"line {row}")
    if column is not None:
        de.append(f"Spalte „{column}“")
        en.append(f"column “{column}”")
    return Text(", ".join(de), ", ".join(en))
