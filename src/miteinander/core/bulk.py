"""Many things at once: Django's own `bulk_create` refuses rows that lie in two tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connections, router, transaction

from miteinander.core.models import StageThing, Thing
from miteinander.core.search.keep import AT_ONCE, keep

__all__ = ["AT_ONCE", "create_all"]

T = TypeVar("T", bound=StageThing)


def create_all(model: type[T], rows: Sequence[T]) -> list[T]:
    """Write new things of one kind with a few queries, and let them be found.

    Their `save` is not called and no event is recorded: the action that brings so many says once
    what it did.
    """
    using = router.db_for_write(model)
    shared = [f for f in Thing._meta.concrete_fields if not f.primary_key]
    own = list(model._meta.local_concrete_fields)
    with transaction.atomic(using=using):
        parents = Thing.objects.bulk_create(
            [
                Thing(**{f.attname: getattr(row, f.attname) for f in shared} | {"kind": model.KIND})
                for row in rows
            ],
            batch_size=AT_ONCE,
        )
        for row, parent in zip(rows, parents, strict=True):
            row.pk, row.id, row.kind = parent.pk, parent.pk, model.KIND
            row._state.adding, row._state.db = False, using
        most = connections[using].ops.bulk_batch_size([f.name for f in own], list(rows))
        size = max(1, min(most, AT_ONCE))
        insert: Any = model._base_manager.get_queryset()
        for start in range(0, len(rows), size):
            insert._insert(list(rows[start : start + size]), fields=own, using=using)
        keep(parent.pk for parent in parents)
    return list(rows)
