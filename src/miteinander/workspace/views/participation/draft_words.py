"""A draft in a further language: twenty passages on a page, each below its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import CallMethod
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.participation.rooms import (
    address_of,
    call_of,
    crumbs,
    facts,
    form_view,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import MemberRequest

AT_ONCE = 20


def words_rooms(call: Call) -> list[Link]:
    """Where the draft is written in each further language of the installation."""
    return [
        Link(
            _("Draft in another language: %(language)s")
            % {"language": settings.LANGUAGE_NAMES.get(code, code)},
            _address(call, code, 1),
        )
        for code, _name in settings.LANGUAGES
        if code != call.language
    ]


@form_view
def draft_words(request: MemberRequest, identifier: str, language: str, page: int) -> HttpResponse:
    """What is left empty is read in the original; saving leads to the next passages."""
    call = call_of(request, identifier)
    passages = queries.passages_of(call)
    here = passages[(page - 1) * AT_ONCE : page * AT_ONCE]
    if call.method != CallMethod.REVIEW or page < 1 or (page > 1 and not here):
        raise NotThere
    if language == call.language or language not in dict(settings.LANGUAGES):
        raise NotThere
    queries.in_language(here, call, language)
    form = forms.DraftWordsForm(typed(request), passages=here)
    last = -(-len(passages) // AT_ONCE)

    def act() -> str:
        actions.translate_draft(call, form.texts, language=language, **facts(request))
        return _address(call, language, page + 1) if page < last else address_of("call", call)

    name = settings.LANGUAGE_NAMES.get(language, language)
    question = Question(
        title=_("The draft in %(language)s") % {"language": name},
        intro=_(
            "What you leave empty, people read in the original. Comments quote the original: it "
            "stands beside every translation."
        ),
        submit=_("Save and go on") if page < last else _("Save"),
        done=_("The translation has been saved."),
        missing=[]
        if passages
        else [Link(_("Draft"), reverse("workspace:call_draft", args=[call.identifier]))],
        further=[
            Link(
                _("Passages %(first)s to %(last)s")
                % {
                    "first": (number - 1) * AT_ONCE + 1,
                    "last": min(number * AT_ONCE, len(passages)),
                },
                _address(call, language, number),
            )
            for number in range(1, last + 1)
            if number != page
        ],
        crumbs=crumbs(Link(call.title, address_of("call", call)), Link(name)),
        autosave=f"draft-{call.identifier}-{language}-{page}",
    )
    return ask(request, form, question, act=act)


def _address(call: Call, language: str, page: int) -> str:
    return reverse("workspace:draft_words", args=[call.identifier, language, page])
