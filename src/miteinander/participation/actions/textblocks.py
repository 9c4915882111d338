"""Keeping the wordings that answers often need."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Municipality
from miteinander.participation.actions.words import cleaned
from miteinander.participation.models import TextBlock
from miteinander.participation.states import Outcome


def starting_blocks() -> list[tuple[str, str, Outcome | str]]:
    """A first set for a town without any, in the language of the page: name, text, outcome."""
    return [
        (
            _("Taken up"),
            _(
                "Thank you. We take this up: it goes into the work on “[theme]”. "
                "You can follow here what becomes of it."
            ),
            Outcome.TAKEN_UP,
        ),
        (
            _("Taken up in part"),
            _(
                "Thank you. We take up one part of it. The other part we cannot do at present. "
                "The reason is: …"
            ),
            Outcome.PARTLY,
        ),
        (
            _("Not taken up: no money"),
            _(
                "Thank you. We understand the wish. There is no money for it in the next two "
                "years. We will look at it again when the next budget is made."
            ),
            Outcome.NOT_TAKEN_UP,
        ),
        (
            _("Not taken up: the law"),
            _("Thank you. We may not decide this ourselves. A law rules it: …"),
            Outcome.NOT_TAKEN_UP,
        ),
        (
            _("Somebody else decides"),
            _("Thank you. We have passed your contribution on, because others decide about it."),
            Outcome.ELSEWHERE,
        ),
        (
            _("Exists already"),
            _("Thank you. This exists already. You find it here: …"),
            Outcome.TAKEN_UP,
        ),
    ]


@transaction.atomic
def take_starting_blocks(municipality: Municipality, *, language: str) -> int:
    """Write the first set; what stands there under the same name stays. Return how many came."""
    mine = TextBlock.objects.filter(municipality=municipality, language=language, retired_on=None)
    there = set(mine.values_list("title", flat=True))
    new = [
        TextBlock(
            municipality=municipality, title=title, text=text, outcome=outcome, language=language
        )
        for title, text, outcome in starting_blocks()
        if title not in there
    ]
    TextBlock.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def write_text_block(
    municipality: Municipality,
    *,
    title: str,
    text: str,
    outcome: str = "",
    language: str = "de",
    block: TextBlock | None = None,
) -> TextBlock:
    """Add a block, or change one; two of one name in one language would only confuse."""
    text = cleaned(text)
    if block is None:
        block = TextBlock(municipality=municipality)
    else:
        block = TextBlock.objects.select_for_update().get(pk=block.pk)
        if block.retired_on:
            raise Closed(
                _("This text block was given up meanwhile."),
                do=_("Please add a new one. What you typed is kept below."),
            )
    block.title, block.text, block.outcome, block.language = title.strip(), text, outcome, language
    same = TextBlock.objects.filter(
        municipality=municipality, title=block.title, language=language, retired_on=None
    ).exclude(pk=block.pk)
    if block.pk is None and (twin := same.filter(text=text, outcome=outcome).first()):
        return twin  # sent twice
    taken = {"title": _("Another text block has this name. Please choose a different one.")}
    if same.exists():
        raise Invalid(taken)
    try:
        with transaction.atomic():
            block.save()
    except IntegrityError:
        raise Invalid(taken) from None
    return block


@transaction.atomic
def retire_text_block(block: TextBlock, *, at: datetime) -> None:
    """It is offered no longer; answers in which it was used stay as they are."""
    TextBlock.objects.filter(pk=block.pk, retired_on=None).update(retired_on=localdate(at))
