"""How django-allauth behaves here: invited people only, codes by mail, mail through the outbox."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from miteinander.community.queries import sign_in_letter
from miteinander.core import outbox


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue instead of send. The key repeats only for the same code to the same address."""
        town = getattr(self.request, "municipality", None)
        letter = sign_in_letter(template_prefix, town, get_language() or "de", context)
        digest = hashlib.sha256(f"{email}\n{letter.body}\n{timezone.now():%Y%m%d%H%M}".encode())
        outbox.queue(
            key=f"account:{digest.hexdigest()[:32]}",
            to=email,
            subject=letter.subject,
            body=letter.body,
            at=timezone.now(),
            language=letter.language,
            municipality=town,
        )
