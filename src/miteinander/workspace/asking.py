"""What every form of the workspace shares: ask, refuse without losing a word, go on.

A form is shown (200), refused with everything that was typed (422, 409), or done (303), so that
a reload never sends it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from miteinander.core.errors import Conflict, Invalid, NotThere, Refusal
from miteinander.core.rights import require
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django import forms
    from django.db.models import QuerySet

    from miteinander.core.errors import Text
    from miteinander.core.models import Thing
    from miteinander.ui.requests import MemberRequest
    from miteinander.workspace.merging import Offer, TwoEditors


T = TypeVar("T", bound="Thing")


class SeeOther(HttpResponseRedirect):
    """After a POST: look there, with a GET."""

    status_code = 303


@dataclass(frozen=True, slots=True)
class Question:
    """A page with one form on it."""

    title: Text
    submit: Text
    crumbs: Sequence[Link]
    """From *Today* to here; the one before the last is where "cancel" leads."""
    done: Text
    """What is said after it has worked."""
    intro: Text = ""
    missing: Sequence[Link] = ()
    """What has to be there first, with where to enter it."""
    further: Sequence[Link] = ()
    """What belongs to it and has a page of its own."""
    nothing: Text = ""
    """Why there is nothing to fill in; shown instead of the form."""
    autosave: str = ""
    editors: TwoEditors[Any] | None = None
    """How the form meets somebody who saved the same draft meanwhile."""
    undo: Callable[[], str] | None = None
    """Where what was done can be undone; asked after it has worked."""

    @property
    def back(self) -> Link:
        """Where one came from, by its own name."""
        return self.crumbs[-2]

    @property
    def cancel(self) -> Link:
        return Link(_("Cancel"), self.crumbs[-2].url)


def enter(request: MemberRequest, right: str, thing: object = None) -> None:
    """Let nobody in who is not a member here (404), and nobody do what they may not (403)."""
    if not request.standing.is_member:
        raise NotThere
    require(request.standing, right, thing)


def sought(request: MemberRequest, rows: QuerySet[T], identifier: str) -> T:
    """Find what an address of the workspace names, among what this member may see; else 404."""
    if not request.standing.is_member:
        raise NotThere
    return get_object_or_404(rows, identifier=identifier)


def ask(
    request: MemberRequest,
    form: forms.Form,
    question: Question,
    *,
    act: Callable[[], str],
    template: str = "workspace/asking.html",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show a form or act on it; `act` uses ``form.cleaned_data`` and says where to go on.

    Sent with the button "preview", it is only shown again, as typed.

    A page that shows something beside its form has a `template` of its own and `more` for it.
    """
    refusal: Refusal | None = None
    offer: Offer | None = None
    status = 200
    if request.method == "POST" and "preview" not in request.POST:
        status = 422
        if form.is_valid():
            try:
                address = act()
            except Invalid as problem:
                blame(form, problem)
            except Refusal as problem:
                refusal, status = problem, problem.status
                if isinstance(problem, Conflict):
                    offer = question.editors.meet(form, problem) if question.editors else None
                    base_on(form, problem.revision)
            else:
                undo = question.undo() if question.undo else ""
                messages.success(request, str(question.done), extra_tags=undo)
                return SeeOther(address)
    context = {
        "question": question,
        "title": question.title,
        "crumbs": question.crumbs,
        "form": form,
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "offer": offer,
        **(more or {}),
    }
    return render(request, template, context, status=status)


def press(
    request: MemberRequest,
    act: Callable[[], object],
    *,
    done: str,
    then: str,
    refused: Callable[[Refusal], HttpResponse],
) -> HttpResponse:
    """Do what a button says and go on; a refusal is shown on the page that the button stands on."""
    try:
        act()
    except Refusal as refusal:
        return refused(refusal)
    messages.success(request, done)
    return SeeOther(then)


def blame(form: forms.Form, refusal: Invalid) -> None:
    """Put each sentence of a refusal beside the field that it is about."""
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def typed(request: MemberRequest) -> QueryDict | None:
    """Return what was sent, also when every field was left empty; None before that."""
    return request.POST if request.method == "POST" else None


def base_on(form: forms.Form, revision: int) -> None:
    """After a conflict the editor has seen the other text: the next save is based on it."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[form.add_prefix("seen")] = str(revision)
    form.data = data
