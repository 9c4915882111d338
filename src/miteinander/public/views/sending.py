"""Forms of people without an account: taken in once, kept nowhere else, nothing typed is lost."""

from __future__ import annotations

from contextlib import ExitStack
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from miteinander.core import proof
from miteinander.core.codes import fresh_form_key, opened_form_key, read_form_key
from miteinander.core.errors import Closed, Invalid, LinkRefused, Refusal
from miteinander.core.proof import MoreWork, SentAlready, Unproven, release
from miteinander.public.views.proving import admitted, proof_field, proven_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.forms import Form

    from miteinander.core.models import Thing
    from miteinander.ui.requests import SiteRequest

F = TypeVar("F", bound="Form")


def confidential(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages that only whoever holds the code may see: kept nowhere, told to nobody."""

    @wraps(view)
    def careful(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        # Not "no-referrer": browsers would then send "Origin: null" with the forms of these
        # pages, and their protection would refuse what somebody wrote.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ["Cookie"])
        return response

    return careful


def see(name: str, *keys: str) -> HttpResponse:
    """Where a form leads once it is taken in: a reload there sends nothing twice."""
    response = HttpResponseRedirect(reverse(f"public:{name}", args=keys))
    response.status_code = 303
    return response


def sent_once(
    request: SiteRequest,
    kind: Callable[..., F],
    salt: str,
    initial: dict[str, Any],
    act: Callable[[dict[str, Any], str], HttpResponse],
    *,
    about: Thing | None = None,
    is_exempt: bool = False,
) -> tuple[F, Refusal | None, HttpResponse | None]:
    """A form that is taken in once: shown, refused with everything typed, or done.

    `act` gets what was typed and the key of the form, which is the same when it is sent again.
    The form asks for a proof of work (:mod:`miteinander.core.proof`) unless it `is_exempt`, as
    for participants who have given one before; `about` is what a rush is counted for.
    """
    at = request.standing.at
    if request.method != "POST":
        return (
            fresh_form(request, kind, salt, initial, about=about, is_exempt=is_exempt),
            None,
            None,
        )
    form = kind(request.POST, request.FILES)
    refusal: Refusal | None = None
    is_spent = False
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        try:
            read = read_form_key(salt, form.cleaned_data["form_key"], at=at)
            request.proven = proof.Proven(read.value, is_first=True)
            with ExitStack() as otherwise:
                if not is_exempt and admitted(request, read, about):
                    otherwise.callback(release, read)
                answer = act(data, read.value)
                otherwise.pop_all()  # taken in: the proof is spent
            return form, None, answer
        except LinkRefused:
            refusal = Refusal(
                _("This form is more than a day old, or it was not complete."),
                do=_("What you typed is kept. Please send it again."),
            )
        except Invalid as problem:
            for name, sentence in problem.fields.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        except Unproven as problem:
            is_spent = isinstance(problem, MoreWork | SentAlready)
            refusal = problem
        except Closed as problem:
            refusal = problem
        else:
            return form, None, answer
    return drawn_again(request, form, salt, about, new=is_spent, is_exempt=is_exempt), refusal, None


def fresh_form(
    request: SiteRequest,
    kind: Callable[..., F],
    salt: str,
    initial: dict[str, Any],
    *,
    about: Thing | None = None,
    is_exempt: bool = False,
) -> F:
    """A form that nobody has sent yet, with its key; :func:`sent_once` takes it in.

    A key that comes along and still holds stays: whoever comes back to the form from a page beside
    it does not begin to wait anew.
    """
    at = request.standing.at
    key = initial.get("form_key", "")
    if not _holds(salt, key, at):
        key = _fresh_key(request, salt, about, is_exempt=is_exempt)
    form = kind(initial={**initial, "form_key": key})
    return _asking(form, salt, key, at, is_exempt=is_exempt)


def drawn_again(
    request: SiteRequest,
    form: F,
    salt: str,
    about: Thing | None,
    *,
    new: bool = False,
    is_exempt: bool = False,
) -> F:
    """The same form with everything typed; a key that still holds stays, so a resend is one.

    The trap is emptied: a person whom a browser led into it can send the form once more.
    """
    at = request.standing.at
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, always
    data["homepage"] = ""
    if new or not _holds(salt, data.get("form_key", ""), at):
        data["form_key"] = _fresh_key(request, salt, about, is_exempt=is_exempt)
        data["proof"] = ""
    form.data = data
    return _asking(form, salt, data["form_key"], at, is_exempt=is_exempt)


def _holds(salt: str, key: str, at: datetime) -> bool:
    try:
        opened_form_key(salt, key, at=at)
    except LinkRefused:
        return False
    return True


def _fresh_key(request: SiteRequest, salt: str, about: Thing | None, *, is_exempt: bool) -> str:
    if is_exempt:
        return fresh_form_key(salt, at=request.standing.at)
    return proven_key(request, salt, about)


def _asking(form: F, salt: str, key: str, at: datetime, *, is_exempt: bool) -> F:
    if proof.is_on() and not is_exempt:
        form.fields["proof"] = proof_field(read_form_key(salt, key, at=at))
    return form
