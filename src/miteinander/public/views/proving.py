"""The proof of work at the door of forms without an account: asked, checked, asked again.

:func:`~miteinander.public.views.sending.sent_once` asks every form that goes through it. Whoever
says something for the first time by a single press (a vote, support for an idea) has no form with
a proof yet: for them stands one page in between, which sends the same once more, by itself where
there is JavaScript.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

from django import forms
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from miteinander.core import proof
from miteinander.core.codes import FormKey, fresh_form_key, read_form_key
from miteinander.core.errors import LinkRefused, Refusal

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.ui.requests import SiteRequest

SALT = "miteinander.one_moment"
NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "proof", "homepage"}
"""Fields that are ours: they are new each time, and no part of what somebody says."""


class OneMoment(Refusal):
    """Somebody new presses once, without a proof: answered by a page that sends it again.

    With a number of its own (“precondition required”), so that a script which swaps a part of a
    page never takes this whole page for the part.
    """

    status = 428

    def __init__(self, about: Thing, because: Refusal | None = None) -> None:
        super().__init__(because.what if because else _("One moment, please."))
        self.about, self.because = about, because


def scope_of(request: SiteRequest, about: Thing | None) -> str:
    """What a rush is counted for; in protected mode the town, so that no call tells when."""
    if about is None or getattr(about, "is_protected", False):
        return f"town:{request.municipality.pk}"
    return f"{about.kind}:{about.pk}"


def proven_key(request: SiteRequest, salt: str, about: Thing | None) -> str:
    """A fresh key for a form, with the work that it is worth at this moment signed into it."""
    at = request.standing.at
    return fresh_form_key(salt, at=at, bits=proof.bits_now(scope_of(request, about), at=at))


def proof_field(key: FormKey, *, at_once: bool = False) -> forms.CharField:
    """The hidden field that the browser fills in while one types; `at_once`: and sends."""
    attrs = {
        "data-proof": proof.seed_of(key),
        "data-proof-bits": proof.bits_of_a_part(key.bits),
        "data-proof-parts": proof.PARTS,
        "data-proof-late": _("One moment. Your device does a sum that keeps robots away."),
        "autocomplete": "off",
    }
    if at_once:
        attrs["data-proof-send"] = ""
    return forms.CharField(required=False, max_length=200, widget=forms.HiddenInput(attrs))


def admitted(request: SiteRequest, key: FormKey, about: Thing | None) -> bool:
    """Whether this form comes in for the first time; refused without proof (`Unproven`)."""
    is_first = proof.admit(
        key,
        request.POST.get("proof", ""),
        scope=scope_of(request, about),
        content=_typed(request),
        at=request.standing.at,
    )
    request.proven = proof.Proven(key.value, is_first)
    return is_first


def require_proof(request: SiteRequest, about: Thing) -> proof.Proven | None:
    """For somebody new: the proof of the form before, or of the page in between."""
    if (proven := getattr(request, "proven", None)) is not None or not proof.is_on():
        return proven
    try:
        key = read_form_key(SALT, request.POST.get("form_key", ""), at=request.standing.at)
        admitted(request, key, about)
    except LinkRefused:
        raise OneMoment(about) from None
    except proof.Unproven as problem:
        raise OneMoment(about, problem) from problem
    return request.proven


def newcomers_fields(request: SiteRequest, about: Thing) -> forms.Form | None:
    """Hidden fields with which the first press of a newcomer goes straight through."""
    if not proof.is_on():
        return None
    key = proven_key(request, SALT, about)
    form = forms.Form(initial={"form_key": key})
    form.fields["form_key"] = forms.CharField(widget=forms.HiddenInput)
    form.fields["proof"] = proof_field(read_form_key(SALT, key, at=request.standing.at))
    return form


def one_moment(request: SiteRequest, problem: OneMoment) -> HttpResponse:
    """The page in between: everything that was sent, a sum to do, and a button."""
    at = request.standing.at
    if request.htmx:
        # A part of a page cannot take this page; loaded anew, it has fresh fields of its own.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    # A form without the sum keeps its age: what counts is how long somebody has waited.
    keeps = isinstance(problem.because, proof.TooSoon | proof.TooMany)
    key = request.POST["form_key"] if keeps else proven_key(request, SALT, problem.about)
    read = read_form_key(SALT, key, at=at)
    form = forms.Form(initial={"form_key": key})
    form.fields["form_key"] = forms.CharField(widget=forms.HiddenInput)
    for name, values in _kept(request):
        form.fields[name] = forms.Field(widget=forms.MultipleHiddenInput, initial=values)
    # Where the sum was of no use, it is not tried again and again by itself.
    form.fields["proof"] = proof_field(read, at_once=problem.because is None)
    context = {
        "title": _("One moment, please."),
        "form": form,
        "refusal": problem.because,
        "seconds": max(math.ceil(read.made + proof.wait_seconds() - at.timestamp()), 1),
        "action": request.get_full_path(),
    }
    response = render(request, "public/one_moment.html", context, status=problem.status)
    response["Cache-Control"] = "no-store, private"
    return response


def _kept(request: SiteRequest) -> list[tuple[str, list[str]]]:
    lists = request.POST.lists()
    return [(name, [str(v) for v in values]) for name, values in lists if name not in NOT_TYPED]


def _typed(request: SiteRequest) -> str:
    """All that was typed and chosen, in one line that is the same when it is sent again."""
    files = []
    for name, file in request.FILES.items():
        assert isinstance(file, File), "the stubs know lists of files, which we do not ask for"
        taken = hashlib.sha256()
        for piece in file.chunks():
            taken.update(piece)
        file.seek(0)
        files.append((name, taken.hexdigest()))
    return repr([request.path, sorted(_kept(request)), sorted(files)])
