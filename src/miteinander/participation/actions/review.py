"""A draft is laid out, and people comment on its passages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.receiving import submit_contribution
from miteinander.participation.actions.words import cleaned, recognised
from miteinander.participation.models import Call, Contribution, Passage, PassageComment
from miteinander.participation.states import CallMethod

if TYPE_CHECKING:
    from miteinander.participation.readers import Part


@transaction.atomic
def lay_out_draft(call: Call, parts: Sequence[Part], *, by: Standing, at: datetime) -> Call:
    """Put the draft where people can comment on it, in the place of what stood there.

    Refused as soon as somebody has commented: their words would stand beside others than those
    that they are about. The same draft once more changes nothing.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.method != CallMethod.REVIEW:
        raise Closed(
            _("This call does not ask for comments on a draft."),
            do=_("Open a call with the method “comments on a draft”."),
        )
    stored = [(p.level, p.mark, p.text) for p in call.passages.order_by("number")]
    if stored == [(part.level, part.mark, part.text) for part in parts]:
        return call
    if PassageComment.objects.filter(passage__call=call).exists():
        raise Closed(
            _("People have commented on this draft, so its wording stays as it is."),
            do=_("Put a corrected edition into a call of its own; this one keeps its comments."),
        )
    call.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(call=call, number=number, level=part.level, mark=part.mark, text=part.text)
        for number, part in enumerate(parts, start=1)
    )
    record("call.draft_laid_out", call, by=by, at=at, data={"passages": len(parts)})
    return call


def comment_on_passage(
    passage: Passage,
    *,
    text: str,
    may_publish: bool,
    form_key: str,
    by: Standing,
    at: datetime,
    quote: str = "",
    proposal: str = "",
    language: str = "",
    page_language: str = "de",
    is_example: bool = False,
) -> tuple[Contribution, str]:
    """Take in what somebody says about a passage; a contribution like every other.

    Either a remark or another wording is enough. Words that are quoted must stand there.
    """
    quote, proposal = quoted(passage, quote), proposed(passage, proposal)
    if not text.strip():
        if not proposal:
            raise Invalid(
                {"text": _("Please write what you want to say, or propose another wording.")}
            )
        text = proposal
    text = cleaned(text)
    # Outside the transaction: recognising may load a model, and SQLite has one writer.
    language = language or recognised(text, otherwise=page_language)
    with transaction.atomic():
        _still_there(passage)
        contribution, code = submit_contribution(
            passage.call,
            text=text,
            may_publish=may_publish,
            # What belongs to the passage is part of what was sent: changed, it is another one.
            form_key="\x1f".join((form_key, str(passage.number), quote, proposal)),
            language=language,
            by=by,
            at=at,
            is_example=is_example,
        )
        PassageComment.objects.get_or_create(
            contribution=contribution,
            defaults={"passage": passage, "quote": quote, "proposal": proposal},
        )
    return contribution, code


def _still_there(passage: Passage) -> None:
    """Kept from being replaced until the comment is stored; reads what is stored now."""
    stored = Passage.objects.select_for_update(of=("self",)).filter(pk=passage.pk)
    if [row.text for row in stored] != [passage.text]:
        raise Closed(
            _("The draft was changed while you were writing."),
            do=_("Please read the new wording. What you typed is kept below."),
        )


def quoted(passage: Passage, quote: str) -> str:
    """The quoted words as they stand in the passage; refused where they do not."""
    wanted, words = " ".join(quote.split()).strip('„“”»«"'), " ".join(passage.text.split())
    if not wanted:
        return ""
    start = words.casefold().find(wanted.casefold())
    if start < 0:
        raise Invalid(
            {
                "quote": _(
                    "These words do not stand in the passage. Please copy them from it, or leave "
                    "the field empty."
                )
            }
        )
    if len(words.casefold()) != len(words):
        return wanted  # “ß” is two letters then: the places do not fit
    return words[start : start + len(wanted.casefold())]


def proposed(passage: Passage, proposal: str) -> str:
    """Another wording; empty where nothing was changed in what the form had filled in."""
    if not proposal.strip():
        return ""
    proposal = cleaned(proposal, field="proposal")
    return "" if proposal.split() == passage.text.split() else proposal
