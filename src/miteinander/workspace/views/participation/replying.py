"""What every page on which somebody answers has: the form, and the wordings that help."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from miteinander.community.queries import organisations_visible_to
from miteinander.participation import actions, forms, queries
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.states import Outcome
from miteinander.workspace.asking import typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miteinander.participation.models import Contribution
    from miteinander.ui.requests import MemberRequest

PREFIX = "addition-"


@dataclass(frozen=True, slots=True)
class Replying:
    form: forms.AnswerForm
    blocks: forms.BlockChoiceForm
    is_preview: bool
    """Asked to be shown what its readers will read."""


def replying(request: MemberRequest, *, theme: str = "", call: str = "") -> Replying:
    """The form as it was sent; with the button "insert" with the chosen block put in.

    Two queries. Inserting shows the page again and loses nothing that was typed.
    """
    town, standing = request.municipality, request.standing
    organisations = [
        o for o in organisations_visible_to(town, standing) if o.is_public and not o.retired_on
    ]
    blocks = forms.BlockChoiceForm(
        blocks=list(queries.text_blocks_visible_to(town, standing)),
        fill=partial(queries.filled_block, theme=theme, call=call),
    )
    pressed = request.POST.get("preview", "")
    if pressed != "insert":
        form = forms.AnswerForm(typed(request), organisations=organisations)
        return Replying(form, blocks, is_preview=pressed == "show")
    written = request.POST.dict()
    text, outcome = blocks.texts.get(written.get("block", ""), ("", ""))
    reason = str(written.get("reason", "")).rstrip()
    written["reason"] = f"{reason}\n\n{text}".strip() if text else reason
    written["outcome"] = written.get("outcome") or outcome
    return Replying(
        forms.AnswerForm(initial=written, organisations=organisations), blocks, is_preview=False
    )


def preview(reply: Replying) -> dict[str, Any]:
    """What is read of it, once it says everything that it has to."""
    if not (reply.is_preview and reply.form.is_valid()):
        return {}
    data = reply.form.cleaned_data
    return {"preview": data, "preview_outcome": Outcome(data["outcome"]).label}


def language_of(words: str, contributions: Iterable[Contribution]) -> str:
    """That of the page, unless it was written in the language of somebody who is answered.

    Outside of a transaction, and only where it matters: the first time a model is loaded.
    """
    page = get_language() or "de"
    theirs = {row.language for row in contributions} - {page}
    if not theirs:
        return page
    found = actions.recognised(words, otherwise=page)
    return found if found in theirs else page


def additions_in(request: MemberRequest, rows: Iterable[Contribution]) -> dict[int, str]:
    """What was typed for some of the contributions on the page, by their keys."""
    found = {
        row.pk: str(request.POST.get(f"{PREFIX}{row.identifier}", "")).strip()[:LONGEST]
        for row in rows
    }
    return {pk: text for pk, text in found.items() if text}
