"""Forms of people without an account: taken in once, kept nowhere else, nothing typed is lost."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from miteinander.core.codes import fresh_form_key, opened_form_key
from miteinander.core.errors import Closed, Invalid, LinkRefused, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.forms import Form

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
) -> tuple[F, Refusal | None, HttpResponse | None]:
    """A form that is taken in once: shown, refused with everything typed, or done.

    `act` gets what was typed and the key of the form, which is the same when it is sent again.
    """
    at = request.standing.at
    if request.method != "POST":
        form = kind(initial={**initial, "form_key": fresh_form_key(salt, at=at)})
        return form, None, None
    form = kind(request.POST)
    refusal: Refusal | None = None
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        try:
            key = opened_form_key(salt, form.cleaned_data["form_key"], at=at)
            return form, None, act(data, key)
        except LinkRefused:
            refusal = Refusal(
                _("This form is more than a day old, or it was not complete."),
                do=_("What you typed is kept. Please send it again."),
            )
        except Invalid as problem:
            for name, sentence in problem.fields.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        except Closed as problem:
            refusal = problem
    return _with_fresh_key(form, salt, at), refusal, None


def _with_fresh_key(form: F, salt: str, at: datetime) -> F:
    """The same form with everything typed; a key that still holds stays, so a resend is one.

    The trap is emptied: a person whom a browser led into it can send the form once more.
    """
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, always
    data["homepage"] = ""
    try:
        opened_form_key(salt, data.get("form_key", ""), at=at)
    except LinkRefused:
        data["form_key"] = fresh_form_key(salt, at=at)
    form.data = data
    return form
