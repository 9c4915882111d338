"""The thread through a goal whose theme holds 100 or 100,000 contributions: same cost.

python benchmarks/bench_thread.py
"""

from __future__ import annotations

import datetime as dt

from common import Verdicts, add_links, add_things, cpu_ms, start_django


def main() -> None:
    start_django()
    from django.utils import timezone
    from tests.factories import (
        GoalFactory,
        MeasureFactory,
        MunicipalityFactory,
        ProcessFactory,
        ThemeFactory,
    )

    from miteinander.core.lineage.thread import thread_of
    from miteinander.participation.models import Contribution

    verdicts = Verdicts("Thread: cost at 100,000 contributions against 100")
    town = MunicipalityFactory()
    process = ProcessFactory(municipality=town)
    day = timezone.localdate() - dt.timedelta(days=3)
    measures = {}
    for count in (100, 100_000):
        theme = ThemeFactory(process=process)
        rows = add_things(
            Contribution,
            count,
            municipality_id=town.pk,
            title=lambda n: f"Stimme {n}",
            is_public=True,
            happened_on=day,
            process_id=process.pk,
            theme_id=theme.pk,
            text=lambda n: f"Im Norden fehlt ein Treffpunkt, Stimme {n}.",
            state="published",
            receipt_hash=lambda n, count=count: f"{count}-{n}",
        )
        add_links(rows, theme, "gathered_in", day)
        goal = GoalFactory(municipality=town)
        add_links([theme], goal, "grew_into", day)
        measure = MeasureFactory(goal=goal)
        add_links([goal], measure, "grew_into", day)
        measures[count] = measure
    few, many = (
        cpu_ms(lambda m=measures[n]: thread_of(m, public_only=True)) for n in (100, 100_000)
    )
    verdicts.figure("thread of a measure over 100 contributions", f"{few:.2f} ms CPU")
    verdicts.figure("thread of a measure over 100,000 contributions", f"{many:.2f} ms CPU")
    verdicts.ratio("100,000 : 100", many / few, most=1.2)
    verdicts.end()


if __name__ == "__main__":
    main()
