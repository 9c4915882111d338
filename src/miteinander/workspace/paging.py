"""Pages of long lists, each with one question to the database: the rows, and how many there are."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet, Window

T = TypeVar("T", bound=Model)


def page_of(rows: QuerySet[T], wanted: Any, *, per_page: int) -> Page[T]:
    """The wanted page of some rows; whoever asks for one that is not there gets the nearest.

    Every row brings along how many there are in all. Only a page behind the last one is asked for
    again.
    """
    number = int(wanted) if str(wanted or "").isdecimal() and len(str(wanted)) < 7 else 1
    counted = rows.annotate(of_all=Window(Count("pk")))
    start = (max(number, 1) - 1) * per_page
    found: list[Any] = list(counted[start : start + per_page])
    if not found and start:
        return Paginator(rows, per_page).get_page(number)
    paginator: Paginator[T] = Paginator(rows, per_page)
    paginator.count = found[0].of_all if found else 0  # a cached property: not asked any more
    return Page(found, max(number, 1), paginator)
