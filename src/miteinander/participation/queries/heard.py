"""In which languages and by which ways people answered: counts, for the radar."""

from __future__ import annotations

from django.db.models import Count

from miteinander.participation.models import Call, Contribution


def heard_in(call: Call) -> list[tuple[str, str, int]]:
    """Language, way and number of the contributions that are worked with: one query.

    Parts that were cut out of a contribution are not counted again.
    """
    rows = Contribution.objects.filter(call=call, is_counted=True, is_part=False)
    return list(
        rows.order_by("language", "channel")
        .values_list("language", "channel")
        .annotate(n=Count("pk"))
    )
