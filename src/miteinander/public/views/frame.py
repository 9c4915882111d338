"""Home, contact, and the one door for signed links."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET


@require_GET
def home(request): return HttpResponse("")
@require_GET
def contact(request): return HttpResponse("")
def signed_link(request, token): return HttpResponse("")
