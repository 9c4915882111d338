"""Public pages without a cache: queries, CPU against an empty page, 100,000 rows against 100.

python benchmarks/bench_pages.py
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from common import Verdicts, add_links, add_things, side_by_side, start_django

LIMIT_QUERIES = 8
LIMIT_CPU = 2.5
LIMIT_GROWTH = 1.2


def main() -> None:  # noqa: PLR0915 -- a script, read from top to bottom
    start_django(MITEINANDER_LANGUAGES="de,en")
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from miteinander.core.models import Thing
    from miteinander.example.load import load
    from miteinander.participation.models import Call, Contribution, Theme
    from miteinander.participation.models import ContributionCount as Count

    settings.ROOT_URLCONF = "bench_urls"
    settings.DEBUG = False
    town = load(at=timezone.now())
    application = get_wsgi_application()

    def fetch(path: str) -> int:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path.split("?", maxsplit=1)[0],
            "QUERY_STRING": path.partition("?")[2], "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }  # fmt: skip
        status: list[str] = []
        body = b"".join(application(environ, lambda line, _headers: status.append(line)))
        assert status[0].startswith("200"), (path, status, body[:200])
        return len(body)

    def address(kind: str, **which: Any) -> str:
        found = Thing.objects.filter(kind=kind, is_public=True, **which).order_by("pk")
        return found[0].get_absolute_url()

    from django.utils.translation import override

    with override("de"):
        call = Call.objects.order_by("pk")[0]
        theme = Theme.objects.order_by("pk")[0]
        pages = {
            "home": "/de/",
            "process": address("process"),
            "dates": "/de/termine/",
            "meeting": address("meeting"),
            "body": address("body"),
            "resolution": address("resolution"),
            "calls": "/de/mitreden/",
            "call": call.get_absolute_url(),
            "contributions": "/de/beitraege/",
            "contribution": address("contribution"),
            "theme": theme.get_absolute_url(),
            "concept": address("concept"),
            "field (30 measures)": address("field", title="Sprache und Bildung"),
            "goal": address("goal"),
            "measure 2.4": address("measure", number="2.4"),
            "implementation (70 measures)": "/de/umsetzung/",
            "report": address("report"),
            "organisation": address("organisation"),
            "documents": "/de/dokumente/",
            "news": "/de/aktuelles/",
        }
    verdicts = Verdicts("Public pages: CPU against an empty page with the same frame")
    for name, path in pages.items():
        fetch(path)  # what is remembered per process is remembered
        with CaptureQueriesContext(connection) as queries:
            fetch(path)
            asked = len(queries)
        empty, page = side_by_side(lambda: fetch("/de/leer/"), lambda p=path: fetch(p))
        label = f"{name}: {page:.1f} ms, empty {empty:.1f} ms"
        verdicts.ratio(label, page / empty, most=LIMIT_CPU)
        verdicts.ratio(f"{name}: queries", asked, most=LIMIT_QUERIES)

    print("Lists and threads: 100,000 contributions against 100, both shown twenty at a time")
    from miteinander.core.models import Link, Tally

    day = timezone.localdate() - dt.timedelta(days=2)
    example = {"municipality_id": town.pk, "is_public": True, "process_id": call.process_id}

    def ask(title: str) -> tuple[Any, Any]:
        named = {"title": title, "happened_on": day}
        (asked,) = add_things(
            Call, 1, **example, **named, phase_id=call.phase_id, question="Was fehlt?", text="",
            opens_at=call.opens_at, closes_at=call.closes_at, answer_by=call.answer_by,
            ways=call.ways,
        )  # fmt: skip
        (about,) = add_things(Theme, 1, **example, **named, text="Worum es geht.")
        return asked, about

    def contribute(asked: Any, about: Any, count: int) -> dict[str, str]:
        """Add so many contributions to a call and a theme; the pages that show them."""
        rows = add_things(
            Contribution,
            count,
            **example,
            title=lambda n: f"Stimme {n}",
            happened_on=day,
            call_id=asked.pk,
            theme_id=about.pk,
            text=lambda n: f"Im Norden fehlt ein Treffpunkt, Stimme {n}.",
            state="published",
            receipt_hash=lambda n: f"bench-{asked.pk}-{count}-{n}",
        )
        Tally.objects.filter(thing_id=about.pk, incoming=True, kind="contribution").delete()
        add_links(rows, about, "gathered_in", day)
        Tally.objects.filter(thing_id=about.pk, incoming=True).update(
            count=Link.objects.filter(target_id=about.pk).count()
        )
        for scope in (asked.pk, about.pk, call.process_id):
            kept, _made = Count.objects.get_or_create(
                scope_id=scope, state="published", is_answered=False, is_part=False,
                defaults={"count": 0},
            )  # fmt: skip
            kept.count += count
            kept.save()
        connection.cursor().execute("ANALYZE")
        with override("de"):
            return {
                "call": asked.get_absolute_url(),
                "contributions of a call": f"/de/beitraege/?of=call.{asked.identifier}",
                "theme with its thread": about.get_absolute_url(),
                "contribution with its thread": rows[0].get_absolute_url(),
            }

    def to_empty(path: str) -> float:
        empty, page = side_by_side(lambda: fetch("/de/leer/"), lambda: fetch(path))
        return page / empty

    # Pages that name no call or theme are compared with themselves, each against an empty page
    # of the same moment: between the two measurements lie minutes.
    everywhere = ("home", "calls", "process", "contributions", "goal")
    few, many = ask("Mit hundert Stimmen"), ask("Mit hunderttausend Stimmen")
    small = contribute(*few, 100)
    contribute(*many, 100)
    before = {name: to_empty(pages[name]) for name in everywhere}
    large = contribute(*many, 99_900)
    for name in large:
        few_ms, many_ms = side_by_side(
            lambda n=name: fetch(small[n]), lambda n=name: fetch(large[n])
        )
        verdicts.ratio(f"{name}: {many_ms:.1f} ms", many_ms / few_ms, most=LIMIT_GROWTH)
    for name in everywhere:
        after = to_empty(pages[name])
        verdicts.ratio(f"{name}: after against before", after / before[name], most=LIMIT_GROWTH)
    verdicts.end()


if __name__ == "__main__":
    main()
