"""Asking the rules. 404 for what one may not see, 403 for what one may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from miteinander.core.errors import NotAllowed

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


def allowed(standing: Standing, right: str, thing: object = None) -> bool:
    """Whether a rule named like ``"strategy.submit_measure"`` says yes; unknown names fail."""
    if not rules.perm_exists(right):
        raise KeyError(right)
    return bool(rules.has_perm(right, standing, thing))


def require(standing: Standing, right: str, thing: object = None) -> None:
    if not allowed(standing, right, thing):
        raise NotAllowed
