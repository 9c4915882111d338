"""The mails that Miteinander writes, and which of them use the town's own words."""

from __future__ import annotations

from dataclasses import dataclass

from miteinander.core.mailtexts import Letters, MailKind, as_typed, mail_kinds
from miteinander.core.models import MailText, Municipality


@dataclass(frozen=True, slots=True)
class MailLine:
    """A kind of mail, and the languages in which the town has words of its own for it."""

    kind: MailKind
    languages: tuple[str, ...]


def mail_lines(municipality: Municipality) -> list[MailLine]:
    """All kinds by what they are called: one query."""
    own: dict[str, list[str]] = {}
    texts = MailText.objects.filter(municipality=municipality).order_by("language")
    for name, language in texts.values_list("mail", "language"):
        own.setdefault(name, []).append(language)
    lines = [MailLine(kind, tuple(own.get(kind.name, ()))) for kind in mail_kinds()]
    return sorted(lines, key=lambda line: str(line.kind.label).casefold())


def mail_text_typed(municipality: Municipality, kind: MailKind, language: str) -> tuple[str, str]:
    """Subject and text that go out in a language, as people type them."""
    letters = Letters(kind, municipality)
    subject, body = letters.text(letters.language_for(language))
    return as_typed(kind, subject), as_typed(kind, body)
