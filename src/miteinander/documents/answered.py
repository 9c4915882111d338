"""Answers on paper: letters to those without mail, and a sheet to hang up where cards were given.

Letters know no names: the office fills in the address for one print, or by hand behind the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import Way, way_to
from miteinander.documents.papers import Letter, Letters, Passage
from miteinander.documents.shapes import Document, Listing, Paragraph, Remark, Run, Section
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.community.models import Office
    from miteinander.core.models import Municipality, Thing
    from miteinander.participation.models import Answer, Call, Contribution
    from miteinander.participation.queries import Told

LINES = 6
"""In the address field of DIN 5008."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A contribution with what is written to its author."""

    contribution: Contribution
    answers: Sequence[Answer]
    """As `participation.queries.answers_to` gives them, in the language of the contribution."""
    address: str = ""
    """Typed for this print; kept nowhere."""


def answer_letters(
    answered: Sequence[Answered],
    *,
    town: Municipality,
    about: Thing,
    sender: Office | None,
    today: date,
    language: str,
) -> Letters:
    """One letter for each contribution; `about` is where one can read on."""
    with override(language):
        head = _lines_of(sender) if sender else []
        return Letters(
            title=_("Answers to contributions"),
            language=language,
            publisher=town.name,
            accent=town.accent,
            day=today,
            way=way_to(about),
            sender=(town.name, *head),
            returned_to=" · ".join(head or [town.name]),
            letters=tuple(_letter(each, town, sender, today) for each in answered),
        )


def _lines_of(office: Office) -> list[str]:
    place = " ".join(part for part in (office.postcode, office.place) if part)
    return [line for line in (office.organisation.title, office.street, place) if line]


def _letter(each: Answered, town: Municipality, sender: Office | None, today: date) -> Letter:
    said = each.contribution
    known = dict(settings.LANGUAGES)
    with override(said.language if said.language in known else settings.LANGUAGE_CODE):
        came = written_day(said.happened_on, said.precision) if said.happened_on else ""
        information = (
            (_("Sending office"), sender.organisation.title if sender else town.name),
            (_("Phone"), sender.phone if sender else ""),
            (_("E-mail"), sender.email if sender else ""),
            (_("Your contribution"), on_paper(said.identifier)),
            (_("Received"), came),
            (_("Date"), written_day(today)),
        )
        lines = [line.strip() for line in each.address.splitlines() if line.strip()]
        return Letter(
            language=said.language if said.language in known else settings.LANGUAGE_CODE,
            recipient=tuple(lines[:LINES]),
            day_written=written_day(today),
            information=tuple(pair for pair in information if pair[1]),
            subject=_("Our answer to your contribution"),
            paragraphs=(
                _("Good day,"),
                _("Thank you for your contribution. Everybody gets an answer; this is yours."),
            ),
            passages=(
                Passage(_("You said"), said.text, said.language),
                *(part for answer in each.answers for part in _passages(answer)),
            ),
            closing=(_("Kind regards"), sender.organisation.title if sender else town.name),
            scan=_("Read on here. Open it with the camera of your phone, or type it in:"),
            page=_("Page {page} of {pages}"),
        )


def _passages(answer: Answer) -> Iterable[Passage]:
    title = _("Our answer: %(outcome)s") % {"outcome": answer.get_outcome_display()}
    yield from _told(answer.told, title)  # type: ignore[attr-defined]  # attached by the query
    if whose := _whose(answer):
        yield Passage(_("Who is in charge"), whose, answer.language)
    for added in answer.added:  # type: ignore[attr-defined]  # as above
        day = written_day(added.added_at)
        yield from _told(added.told, _("Supplement of %(day)s") % {"day": day})


def _told(told: Told, title: str) -> Iterable[Passage]:
    if told.is_reliable:
        yield Passage(title, told.translated, told.translated_language)
        yield Passage(_("The original, which counts"), told.original, told.language)
    elif told.original:
        yield Passage(title, told.original, told.language)


def _whose(answer: Answer) -> str:
    """Whose business it is, with what the register says openly."""
    if not (answer.organisation and answer.organisation.is_public):
        return answer.business_of
    organisation = answer.organisation
    open_to_all = [organisation.phone, organisation.address] if organisation.shows_contact else []
    return ", ".join(part for part in (organisation.title, *open_to_all) if part)


# --- to hang up ----------------------------------------------------------------------------------


def answers_document(
    call: Call, answers: Sequence[Answer], *, still_open: int, today: date, language: str
) -> Document:
    """“What became of your contributions”: by theme, the same answer once with all its voices.

    `answers` come in the order of their themes, each with its contribution; only what everybody
    may read.
    """
    with override(language):
        way: Way = way_to(call)
        themes: dict[str, list[Answer]] = {}
        for answer in answers:
            themes.setdefault(_theme_of(answer), []).append(answer)
        number = len(answers)
        said = ngettext(
            "%(number)s contribution has an answer.",
            "%(number)s contributions have an answer.",
            number,
        ) % {"number": number}
        waits = ngettext(
            "%(number)s still waits for one.", "%(number)s still wait for one.", still_open
        ) % {"number": still_open}
        return Document(
            title=_("What became of your contributions"),
            subtitle=call.question,
            language=language,
            blocks=(Paragraph(f"{said} {waits}" if still_open else said, lead=True),),
            sections=tuple(_theme(title, mine) for title, mine in themes.items()),
            closing=(Paragraph(_("Read on: %(address)s") % {"address": way.address}),),
            publisher=call.municipality.name,
            day=today,
            day_written=written_day(today),
            accent=call.municipality.accent,
            identifier=way.address,
        )


def _theme_of(answer: Answer) -> str:
    theme = answer.contribution.theme
    return theme.title if theme and theme.is_public else _("In no theme")


def _theme(title: str, answers: list[Answer]) -> Section:
    same: dict[tuple[str, str, str], list[Answer]] = {}
    for answer in answers:
        same.setdefault((answer.outcome, answer.reason, _whose(answer)), []).append(answer)
    return Section(
        title=title,
        sections=tuple(_same(mine) for mine in same.values()),
    )


def _same(answers: list[Answer]) -> Section:
    """One answer, and everybody who got it."""
    first = answers[0]
    voices = tuple(
        (Run(answer.contribution.text, language=answer.contribution.language),)
        for answer in answers
    )
    added = {s.wording: s for answer in answers for s in answer.supplements.all()}
    whose = _whose(first)
    return Section(
        title=str(first.get_outcome_display()),
        unlisted=True,
        blocks=(
            Listing(voices),
            Remark(
                title=_("Our answer"), text=first.reason, language=first.language, kind="answer"
            ),
            *((Paragraph(_("Who is in charge: %(whose)s") % {"whose": whose}),) if whose else ()),
            *(
                Remark(
                    title=_("Supplement of %(day)s") % {"day": written_day(each.added_at)},
                    text=each.text,
                    language=each.language,
                    kind="answer",
                )
                for each in added.values()
            ),
        ),
    )
