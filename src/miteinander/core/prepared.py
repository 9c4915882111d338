"""Queries that are written once and asked often.

Django works out the SQL of a queryset anew each time, which costs more than asking the database.
A page that asks eight times spends most of its time on that. `prepared` keeps the SQL: the
queryset is built once per shape, with `Slot`s where the values belong, and afterwards only the
values are bound. The rows are the same objects that the queryset would have given.

    @prepared(goal=BigIntegerField())
    def _measures_of(*, goal: Any, public_only: bool) -> QuerySet[Measure]:
        found = Measure.objects.filter(goal=goal).select_related("lead")
        return found.filter(is_public=True) if public_only else found

    measures = _measures_of(goal=7, public_only=True)

What is declared as a slot is bound; everything else belongs to the shape and is part of the key,
so it should be few and small (a bool, a kind). A list may be bound for ``column__id__in``: it is
filled up to a power of two by repeating its last value, so that there are few shapes. (The
``__id`` matters: Django compares relations themselves with plain values only.)

The answer is a list: what was prepared cannot be filtered further, and a queryset that silently
ignored a filter would be a trap.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connections, models
from django.db.models.expressions import Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from miteinander.core.errors import NotThere

T = TypeVar("T")
MOST_SHAPES = 64
"""Per query; a shape with a page number in it must not fill the memory."""


class Slot(Value):
    """Where a value goes; known by its name, typed by a field."""

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class _Kept:
    """The SQL of one shape, and the queryset that turns rows into objects."""

    def __init__(self, found: models.QuerySet[Any]) -> None:
        self.found = found
        self.compiler = found.query.get_compiler(using=found.db)
        self.sql, self.params = self.compiler.as_sql()
        # How the database's values become Python's: by connection, which belongs to its thread.
        self.converters: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    def ask(self, values: dict[Hashable, Any]) -> list[Any]:
        asked = self.found._chain()  # type: ignore[attr-defined]  # Django's own way to copy
        asked.query.__class__ = _bound(type(asked.query))
        asked.query.kept, asked.query.values_bound = self, values
        return list(asked)

    def bound(self, values: dict[Hashable, Any]) -> SQLCompiler:
        """The compiler as it was after its work, with these values: cheap, and per question."""
        compiler: SQLCompiler = copy.copy(self.compiler)
        compiler.connection = connections[self.found.db]  # connections belong to threads
        params = tuple(
            p.output_field.get_db_prep_value(values[p.value], compiler.connection)
            if isinstance(p, Slot)
            else p
            for p in self.params
        )
        converters = self.converters.get(compiler.connection)
        if converters is None:
            columns = [column for column, _sql, _name in compiler.select[: compiler.col_count]]
            converters = self.converters[compiler.connection] = compiler.get_converters(columns)
        compiler.get_converters = lambda expressions: converters  # type: ignore[method-assign]  # of this copy alone
        compiler.as_sql = lambda *_args, **_named: (self.sql, params)  # type: ignore[method-assign]  # of this copy alone
        return compiler


_BOUND: dict[type[Query], type[Query]] = {}


def _bound(kind: type[Query]) -> type[Query]:
    if kind not in _BOUND:
        _BOUND[kind] = type(
            f"Bound{kind.__name__}",
            (kind,),
            {"get_compiler": lambda self, *_a, **_n: self.kept.bound(self.values_bound)},
        )
    return _BOUND[kind]


def _slots(fields: dict[str, models.Field[Any, Any]], lengths: dict[str, int]) -> dict[str, Any]:
    """A slot for each value, and as many as it takes for each list."""
    return {
        name: [Slot((name, at), output_field=field) for at in range(lengths[name])]
        if name in lengths
        else Slot(name, output_field=field)
        for name, field in fields.items()
    }


def prepared(
    **slots: models.Field[Any, Any],
) -> Callable[[Callable[..., models.QuerySet[Any]]], Callable[..., list[Any]]]:
    """Keep the SQL of a queryset; see the module."""

    def keep(build: Callable[..., models.QuerySet[Any]]) -> Callable[..., list[Any]]:
        shapes: dict[Hashable, _Kept] = {}

        @wraps(build)
        def ask(**named: Any) -> list[Any]:
            values: dict[Hashable, Any] = {}
            lengths = {}
            for name in slots:
                value = named[name]
                if isinstance(value, list):
                    if not value:
                        return []
                    lengths[name] = length = 1 << (len(value) - 1).bit_length()
                    filled_up = value + value[-1:] * (length - len(value))
                    values |= {(name, at): each for at, each in enumerate(filled_up)}
                else:
                    values[name] = value
            shape = {name: value for name, value in named.items() if name not in slots}
            key = (tuple(lengths.items()), tuple(sorted(shape.items())))
            if key not in shapes:
                if len(shapes) >= MOST_SHAPES:
                    shapes.clear()
                shapes[key] = _Kept(build(**_slots(slots, lengths), **shape))
            return shapes[key].ask(values)

        return ask

    return keep


def there(found: list[T]) -> T:
    """The one row that an address names; without one the page does not exist."""
    if not found:
        raise NotThere
    return found[0]


def fill(thing: models.Model, name: str, rows: list[Any]) -> None:
    """Say what ``thing.<name>.all()`` holds, as Django's own prefetching does.

    For rows that a prepared query brought along: `prefetch_related` would work out its own
    query each time.
    """
    related: Any = type(thing)._meta.get_field(name).related_model
    known = related._default_manager.all()
    known._result_cache, known._prefetch_done = rows, True
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known
