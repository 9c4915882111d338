"""Receipts: how somebody without an account finds their contribution again.

How codes are made, and why so, says :mod:`miteinander.core.codes`. Somebody who tries a thousand
codes a second against 100,000 contributions finds one in some 360 years.
"""

from __future__ import annotations

from datetime import datetime

from miteinander.core import codes

SALT = "miteinander.contribute"


def fresh_form_key(*, at: datetime) -> str:
    """A signed random value for the hidden field of a form."""
    return codes.fresh_form_key(SALT, at=at)


def receipt_code(form_key: str, *parts: str) -> str:
    """The code of one form with one content, such as ``M4RK-7TZW-0QHA``.

    `parts` is what was typed: whoever goes back and sends a changed text has made a second
    contribution, and nothing of it is dropped.
    """
    return codes.code_from("receipt.code", form_key, *parts)
