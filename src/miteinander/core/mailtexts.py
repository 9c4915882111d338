"""What mails say: our words in the languages of the pages, and the town's own instead.

Each stage declares the kinds of mail that it writes, with the words that are filled in. People
see and type these as ``{what they are called}``, so that nobody has to know our names for them;
kept and filled they are ``%(name)s``, as everywhere in Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Invalid, filled
from miteinander.core.models.mailtexts import MailText

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.models import Municipality

LONGEST = 5000
KEPT = re.compile(r"%\((\w+)\)s|%%")
TYPED = re.compile(r"\{([^{}]*)\}")
_KINDS: dict[str, MailKind] = {}


@dataclass(frozen=True, slots=True)
class Word:
    """Something that is filled in: what people call it, and an example of it."""

    label: Text
    sample: Text


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail, such as ``person.invited``.

    `needed` are the words without which a mail would be of no use, such as its link: a text
    that leaves one out is refused. What `always` says stands below any words, also the town's
    own: what keeps people safe is not for a town to leave out.
    """

    name: str
    label: Text
    subject: Text
    body: Text
    words: Mapping[str, Word]
    needed: frozenset[str] = frozenset()
    always: Text = ""

    def __post_init__(self) -> None:
        if self.name in _KINDS:
            raise ValueError(f"mail kind {self.name} is declared twice")
        _KINDS[self.name] = self


@dataclass(frozen=True, slots=True)
class Wording:
    """A mail as it goes out."""

    language: str
    subject: str
    body: str


def speaking(language: str) -> override:
    """For what is filled in: days, addresses and our own sentences, while a mail is written.

    A town may have words of its own in a language that has no pages; what surrounds them is then
    in the language of the installation.
    """
    return override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def mail_kinds() -> tuple[MailKind, ...]:
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def mail_kind(name: str) -> MailKind | None:
    return _KINDS.get(name)


class Letters:
    """All letters of one kind that a town writes: its own texts are read once.

    >>> Letters(PERSON_INVITED, town).write("tr", {"link": …})      # doctest: +SKIP
    """

    def __init__(self, kind: MailKind, municipality: Municipality | int) -> None:
        self.kind = kind
        own = MailText.objects.filter(municipality=municipality, mail=kind.name)
        self.own = {text.language: text for text in own}

    def language_for(self, language: str) -> str:
        """The language in which somebody is written to who reads `language`.

        The town may have words in a language that has no pages; else a language with pages.
        """
        if language in self.own or language in dict(settings.LANGUAGES):
            return language
        return settings.LANGUAGE_CODE

    def write(self, language: str, words: Mapping[str, object]) -> Wording:
        language = self.language_for(language)
        subject, body = self.text(language)
        with speaking(language):
            always = str(self.kind.always)
        text = "\n\n".join(filter(None, ((body % words).strip(), always)))
        return Wording(language, " ".join((subject % words).split()), text + "\n")

    def text(self, language: str) -> tuple[str, str]:
        """Subject and text as they are kept, before anything is filled in."""
        if (own := self.own.get(language)) is not None:
            return own.subject, own.body
        with override(language):
            return str(self.kind.subject), str(self.kind.body)


def as_typed(kind: MailKind, text: str) -> str:
    """Show a kept text to people: ``%(link)s`` becomes ``{link to answer}``."""
    return KEPT.sub(lambda found: _typed_word(kind, found), text)


def _typed_word(kind: MailKind, found: re.Match[str]) -> str:
    return "%" if found[1] is None else f"{{{kind.words[found[1]].label}}}"


def as_kept(kind: MailKind, *, subject: str, body: str) -> tuple[str, str]:
    """Turn what people typed into what is kept; `Invalid` names what cannot be filled in."""
    fields: dict[str, Text] = {}
    names = {str(word.label).casefold(): name for name, word in kind.words.items()}
    kept: dict[str, str] = {}
    for field, text in (("subject", subject.strip()), ("body", body.strip())):
        unknown = [w for w in TYPED.findall(text) if w.strip().casefold() not in names]
        if not text:
            fields[field] = _("Please write something here.")
        elif len(text) > LONGEST:
            fields[field] = filled(_("A mail may have %(most)s characters."), most=LONGEST)
        elif unknown:
            fields[field] = filled(
                _("This cannot be filled in: %(words)s. Possible are: %(possible)s."),
                words=", ".join(f"{{{word}}}" for word in unknown),
                possible=", ".join(f"{{{word.label}}}" for word in kind.words.values()),
            )
        kept[field] = TYPED.sub(
            lambda found: f"%({names.get(found[1].strip().casefold(), '')})s",
            text.replace("%", "%%"),
        )
    used = set(KEPT.findall(kept["body"]))
    if "body" not in fields and (lacking := sorted(kind.needed - used)):
        fields["body"] = filled(
            _("The mail would be of no use without: %(words)s."),
            words=", ".join(f"{{{kind.words[name].label}}}" for name in lacking),
        )
    if fields:
        raise Invalid(fields)
    return kept["subject"], kept["body"]


def sample_of(kind: MailKind, subject: str, body: str) -> Wording:
    """A mail with examples filled in, for the preview; `subject` and `body` as they are kept."""
    words = {name: str(word.sample) for name, word in kind.words.items()}
    text = "\n\n".join(filter(None, (body % words, str(kind.always))))
    return Wording("", subject % words, text)
