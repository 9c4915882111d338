"""What everybody may see of what people say, and what stays among those who were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.process.models import Process


def appears_to_all(process: Process, call: Call | None) -> bool:
    """Whether what is published in this call is public: in feeds, search, lists and caches.

    What is said in a call to members, to a body or by code is published to those to whom the
    call is put (see the rule `is_said_among_them`), and never public.
    """
    return process.is_public and (call is None or call.is_public)
