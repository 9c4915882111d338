"""What every benchmark needs: a data folder of its own, many rows fast, medians, CPU time."""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def start_django(**settings: str) -> Path:
    """A fresh, migrated installation in a temporary folder; gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="miteinander-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(
        MITEINANDER_DATA=str(folder),
        MITEINANDER_SECRET_KEY="a key for measurements only",
        MITEINANDER_HOSTS="localhost,127.0.0.1,testserver",
        MITEINANDER_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="miteinander.config.settings",
        **settings,
    )
    import logging

    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)  # one line per request is not what is measured here
    call_command("migrate", verbosity=0)
    return folder


def insert(model: Any, rows: list[Any]) -> None:
    """Insert the child rows of things in bulk (Django's own bulk_create refuses children)."""
    from django.db import connection, models

    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    size = max(1, 900 // len(fields)) if connection.vendor == "sqlite" else 1000
    for start in range(0, len(rows), size):
        query = models.sql.InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def add_things(model: Any, count: int, **values: Any) -> list[Any]:
    """`count` rows of a stage's model under one municipality; callables get the number."""
    from django.db import transaction

    from miteinander.core.models import Thing

    shared = {name for f in Thing._meta.concrete_fields for name in (f.name, f.attname)}

    def of(number: int, names: Iterable[str]) -> dict[str, Any]:
        return {n: values[n](number) if callable(values[n]) else values[n] for n in names}

    with transaction.atomic():
        parents = Thing.objects.bulk_create(
            [
                Thing(kind=model.KIND, **of(n, [k for k in values if k in shared]))
                for n in range(count)
            ],
            batch_size=2000,
        )
        rows = []
        for n, parent in enumerate(parents):
            row = model(**of(n, [k for k in values if k not in shared]))
            row.thing_ptr_id = parent.pk
            rows.append(row)
        insert(model, rows)
    return parents


def add_links(sources: list[Any], target: Any, relation: str, day: Any) -> None:
    """Links with their tallies, as the operations would have written them."""
    from miteinander.core.models import Link, Tally

    Link.objects.bulk_create(
        [
            Link(
                source_id=s.pk, target_id=target.pk, relation=relation, source_kind=s.kind,
                target_kind=target.kind, happened_on=day,
            )
            for s in sources
        ],
        batch_size=2000,
    )  # fmt: skip
    Tally.objects.bulk_create(
        [
            Tally(thing_id=s.pk, incoming=False, relation=relation, kind=target.kind, count=1)
            for s in sources
        ],
        batch_size=2000,
    )
    Tally.objects.create(
        thing_id=target.pk, incoming=True, relation=relation, kind=sources[0].kind,
        count=len(sources),
    )  # fmt: skip


def cpu_ms(action: Callable[[], object], *, times: int = 40, rounds: int = 5) -> float:
    """Median over rounds of the CPU milliseconds of one call (process time, warmed up)."""
    for _ in range(5):
        action()
    medians = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(times):
            action()
        medians.append((time.process_time() - began) / times * 1000)
    return statistics.median(medians)


def side_by_side(
    one: Callable[[], object], other: Callable[[], object], *, times: int = 60
) -> tuple[float, float]:
    """CPU milliseconds of two calls, taken in turn: what slows the machine slows both alike.

    The mean of the faster half of each, so that a pause in between counts for neither.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(times + 5):
        for call, kept in zip((one, other), taken, strict=True):
            began = time.process_time()
            call()
            if number >= 5:  # warmed up
                kept.append((time.process_time() - began) * 1000)
    first, second = (statistics.mean(sorted(kept)[: times // 2]) for kept in taken)
    return first, second


class Verdicts:
    """Collects ratios, prints them beside their limits, and ends the run with what fell short."""

    def __init__(self, title: str) -> None:
        self.short: list[str] = []
        print(title)

    def ratio(self, label: str, value: float, *, most: float = 0, least: float = 0) -> None:
        limit = f"≤ {most:g}" if most else f"≥ {least:g}"
        good = value <= most if most else value >= least
        print(f"  {label:<58} {value:8.2f}   {limit:<8} {'good' if good else 'FALLS SHORT'}")
        if not good:
            self.short.append(label)

    def figure(self, label: str, value: str) -> None:
        print(f"  {label:<58} {value}")

    def end(self) -> None:
        if self.short:
            sys.exit(f"falls short: {', '.join(self.short)}")
