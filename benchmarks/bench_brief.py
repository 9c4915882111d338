"""The brief of the steering group and the load map, of 50 and of 500 measures: queries and time.

python benchmarks/bench_brief.py

Whole pages through the real views, asked for by somebody with a seat in the steering group. The
edition has partners, indicators, dependencies, objections, overlaps and events in proportion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from common import Verdicts, cpu_ms, start_django

MOST_QUERIES = 8
PAGES = {"brief": "the brief", "load": "the load map"}
HOSTS = {50: "127.0.0.1", 500: "localhost"}


def asked(count: int) -> dict[str, Callable[[], object]]:
    """An edition of so many measures, and its two pages."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone
    from tests import factories as make

    from miteinander.core.models import Event

    town = make.MunicipalityFactory(host=HOSTS[count])
    concept = make.ConceptFactory(process=make.PhaseFactory(process__municipality=town).process)
    fields = [make.FieldOfActionFactory(concept=concept, position=n + 1) for n in range(8)]
    goals = [make.GoalFactory(field=fields[n % 8], position=n // 8 + 1) for n in range(40)]
    leads = [make.OrganisationFactory(municipality=town) for _ in range(30)]
    now = timezone.now()
    measures = []
    for n in range(count):
        measure = make.MeasureFactory(
            goal=goals[n % 40], position=n // 40 + 1, number=f"{n // 40 + 1}.{n % 40 + 1}",
            title=f"Maßnahme {n} im Stadtteil", summary="Ein Satz für Eilige. " * 5,
            text="Was geschieht, und warum. " * 40, state="submitted", lead=leads[n % 30],
            cost_once=1_000 * (n % 9), cost_yearly=500 * n, target_groups="Eltern, Kinder",
            starts=dt.date(2027, 1 + n % 12, 1), municipality=town,
        )  # fmt: skip
        measure.partners.set(leads[n % 5 : n % 5 + 2])
        make.IndicatorFactory(measure=measure)
        if n % 3 == 0 and measures:
            measure.depends_on.set(measures[-1:])
        if n % 10 == 0:
            make.ObjectionFactory(measure=measure, reason="Dafür fehlt der Platz. " * 20)
        if n % 5 == 1:
            make.OverlapFactory(concept=concept, first=measures[-1], second=measure)
        measures.append(measure)
    Event.objects.bulk_create(
        Event(municipality=town, thing=m, kind="measure.submitted", at=now - dt.timedelta(hours=2))
        for m in measures
    )
    client = Client(headers={"host": town.host})
    user = make.sign_in(client, town)
    body = make.BodyFactory(municipality=town, body_kind="steering_group")
    make.SeatFactory(body=body, holder=user.people.get())

    def page(name: str) -> Callable[[], object]:
        path = reverse(f"workspace:{name}", args=[concept.identifier])

        def get() -> None:
            assert client.get(path).status_code == 200

        return get

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its autovacuum would do by itself within a minute
    return {name: page(name) for name in PAGES}


def main() -> None:
    start_django()
    from django.db import connection
    from django.db.models import F
    from django.test.utils import CaptureQueriesContext

    from miteinander.strategy.models import BriefLook

    verdicts = Verdicts("Brief and load map: 500 measures against 50")
    pages = {count: asked(count) for count in HOSTS}
    for name, label in PAGES.items():
        few, many = pages[50][name], pages[500][name]
        many()  # somebody looks for the first time, and the frame of all pages is read
        BriefLook.objects.update(looked_at=F("looked_at") - dt.timedelta(days=1))
        with CaptureQueriesContext(connection) as first:
            many()
        with CaptureQueriesContext(connection) as again:
            many()
        counted = f"{len(first)}, within the hour {len(again)}"
        verdicts.figure(f"{label}, queries of 500 measures on another day", counted)
        verdicts.ratio(f"{label}, queries", max(len(first), len(again)), most=MOST_QUERIES)
        short, long = (cpu_ms(get, times=5, rounds=5) for get in (few, many))
        verdicts.figure(f"{label}, 50 and 500 measures", f"{short:.0f} and {long:.0f} ms CPU")
        verdicts.ratio(f"{label}, 500 : 50", long / short, most=12)
    verdicts.end()


if __name__ == "__main__":
    main()
