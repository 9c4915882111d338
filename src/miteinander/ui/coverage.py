"""How often measures of each field take up each cross-cutting theme, put into words.

The pages and the document draw the same grid from different sources (living records, frozen
text); what it shows is said here once.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Grid = Sequence[tuple[str, Sequence[tuple[str, int]]]]
"""Each theme with the number of its measures in each field."""
NAMED_GAPS = 2
"""So many gaps are named one by one; more are counted."""


def said(grid: Grid) -> str:
    """Say which theme comes up most, and where one does not come up at all."""
    sums = [(sum(count for _field, count in row), theme) for theme, row in grid]
    most, theme = max(sums, key=lambda one: one[0], default=(0, ""))
    if not most:
        return _("No measure takes up a cross-cutting theme yet.")
    told = [
        ngettext(
            "“%(theme)s” comes up most: in %(n)s measure.",
            "“%(theme)s” comes up most: in %(n)s measures.",
            most,
        )
        % {"theme": theme, "n": most}
    ]
    gaps = [(theme, field) for theme, row in grid for field, count in row if not count]
    if not gaps:
        told.append(_("Every theme comes up in every field of action."))
    elif len(gaps) <= NAMED_GAPS:
        told += [
            _("In “%(field)s” no measure takes up “%(theme)s” yet.")
            % {"field": field, "theme": theme}
            for theme, field in gaps
        ]
    else:
        told.append(
            _("In %(gaps)s of %(all)s places there is no measure yet.")
            % {"gaps": len(gaps), "all": sum(len(row) for _theme, row in grid)}
        )
    return " ".join(told)
