"""What the register's pages share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.ui.shapes import Link

SEE, CHANGE = "community.see_register", "community.change_register"


PER_PAGE = 50


form_view = require_http_methods(["GET", "HEAD", "POST"])


def register_crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Municipality"), reverse("workspace:community")),
        *more,
    ]


def edit_address(name: str, key: object, *, may_change: bool) -> str:
    return reverse(f"workspace:{name}_edit", args=[key]) if may_change else ""
