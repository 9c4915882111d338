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
from collections.abc import Callable, Hashable, Sequence
from functools import wraps
from operator import itemgetter
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connections, models
from django.db.models.base import ModelState
from django.db.models.expressions import Value
from django.db.models.query import ModelIterable, ValuesIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from miteinander.core.errors import NotThere

T = TypeVar("T")
_Converter = tuple[int, Callable[[Any, Any, Any], Any], Any]
MOST_SHAPES = 64
"""Per query; a shape with a page number in it must not fill the memory."""


class Slot(Value):
    """Where a value goes; known by its name, typed by a field."""

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class _Kept:
    """The SQL of one shape, and how its rows become objects."""

    def __init__(self, found: models.QuerySet[Any]) -> None:
        self.using = found.db
        self.compiler = found.query.get_compiler(using=found.db)
        self.sql, self.params = self.compiler.as_sql()
        self.read = _reader(found, self.compiler)
        # How the database's values become Python's: by connection, which belongs to its thread.
        self.converters: WeakKeyDictionary[Any, list[_Converter]] = WeakKeyDictionary()

    def ask(self, values: dict[Hashable, Any]) -> list[Any]:
        connection = connections[self.using]
        params = [
            p.output_field.get_db_prep_value(values[p.value], connection)
            if isinstance(p, Slot)
            else p
            for p in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            # What stands behind the columns only served to sort.
            rows = [list(row[: self.compiler.col_count]) for row in cursor.fetchall()]
        for at, convert, expression in self._converters_of(connection):
            for row in rows:
                row[at] = convert(row[at], expression, connection)
        return self.read(rows)

    def _converters_of(self, connection: Any) -> list[_Converter]:
        if connection not in self.converters:
            compiler: SQLCompiler = copy.copy(self.compiler)
            compiler.connection = connection
            columns = [column for column, _sql, _name in compiler.select[: compiler.col_count]]
            self.converters[connection] = [
                (at, convert, expression)
                for at, (converts, expression) in compiler.get_converters(columns).items()
                for convert in converts
            ]
        return self.converters[connection]


def _reader(
    found: models.QuerySet[Any], compiler: SQLCompiler
) -> Callable[[list[list[Any]]], list[Any]]:
    """How rows become what the queryset would have given: objects, dicts or tuples."""
    shape = found._iterable_class
    if shape is ValuesListIterable:
        return lambda rows: [tuple(row) for row in rows]
    if shape is ValuesIterable:
        names = list(found.query.selected or ())
        return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
    if shape is not ModelIterable:
        raise TypeError("A prepared query gives objects, values or a list of values.")
    whole = _Part(compiler.klass_info, compiler.select, found.db)
    annotated = tuple(compiler.annotation_col_map.items())

    def read(rows: list[list[Any]]) -> list[Any]:
        objects: list[Any] = []
        known: dict[Any, Any] = {}
        for row in rows:
            one = whole.made_of(row, known)
            for name, at in annotated:
                setattr(one, name, row[at])
            objects.append(one)
        return objects

    return read


class _Part:
    """One model of a row: the columns that are its own, and what `select_related` hangs on it.

    Django works this out at each question; here it is worked out once per shape. What is the same
    row of the same table is the same object: thirty measures of a town share their town.
    """

    def __init__(self, info: Any, select: Sequence[Any], using: str) -> None:
        self.model, self.using = info["model"], using
        columns = {select[at][0].target.attname: at for at in info["select_fields"]}
        # Parents' columns may stand in another order than the model wants them.
        self.names = [f.attname for f in self.model._meta.concrete_fields if f.attname in columns]
        self.columns = itemgetter(*(columns[name] for name in self.names))
        self.key = columns[self.model._meta.pk.attname]
        self.join, self.join_back = info.get("local_setter"), info.get("remote_setter")
        below = info.get("related_klass_infos", ())
        self.parts = [_Part(each, select, using) for each in below]

    def made_of(self, row: list[Any], known: dict[Any, Any]) -> Any:
        # What `Model.from_db` leaves behind, without the signals that nothing of ours listens to.
        one = self.model.__new__(self.model)
        one.__dict__.update(zip(self.names, self.columns(row), strict=True))
        one._state = ModelState()
        one._state.adding, one._state.db = False, self.using
        for part in self.parts:
            other = part.found_in(row, known)
            part.join(one, other)
            if other is not None:
                part.join_back(other, one)
        return one

    def found_in(self, row: list[Any], known: dict[Any, Any]) -> Any:
        """The related object of a row; None where the relation leads nowhere."""
        if row[self.key] is None:
            return None
        key = (self, row[self.key])
        if key not in known:
            known[key] = self.made_of(row, known)
        return known[key]


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
