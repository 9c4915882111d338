"""What `miteinander check` says about an installation before people use it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning


@register(deploy=True)
def no_demo_in_public(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a demo, where one may sign in as anybody, that answers to the world."""
    if settings.DEMO and (settings.HTTPS or set(settings.ALLOWED_HOSTS) - LOCAL):
        return [
            Error(
                "This data folder is a demo: everybody may sign in as anybody.",
                hint="Use an empty folder (MITEINANDER_DATA) for a real installation.",
                id="miteinander.E001",
            )
        ]
    return []


LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(deploy=True)
def mail_can_be_sent(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMO and not settings.MAIL_ADDRESS:
        return [
            CheckWarning(
                "No mail server is set: sign-in codes are written to files instead of sent.",
                hint="Set MITEINANDER_MAIL to host:port.",
                id="miteinander.W001",
            )
        ]
    return []


@register(deploy=True)
def served_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMO and not settings.HTTPS:
        return [
            CheckWarning(
                "The installation does not know that it is served over https.",
                hint="Set MITEINANDER_HTTPS=1 behind the proxy that ends TLS.",
                id="miteinander.W002",
            )
        ]
    return []
