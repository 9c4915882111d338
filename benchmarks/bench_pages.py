"""Public pages without a cache: queries, CPU against an empty page, 100,000 rows against 100.

python benchmarks/bench_pages.py
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from common import Verdicts, add_links, add_things, cpu_ms, start_django

LIMIT_QUERIES = 8
LIMIT_CPU = 2.5
LIMIT_GROWTH = 1.2


def main() -> None:
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
        }
    verdicts = Verdicts("Public pages: CPU against an empty page with the same frame")
    empty = cpu_ms(lambda: fetch("/de/leer/"))
    verdicts.figure("empty page", f"{empty:.2f} ms CPU")
    few = {}
    for name, path in pages.items():
        with CaptureQueriesContext(connection) as queries:
            fetch(path)
        few[name] = cpu_ms(lambda p=path: fetch(p))
        verdicts.ratio(f"{name}: {few[name]:.1f} ms, to empty", few[name] / empty, most=LIMIT_CPU)
        verdicts.ratio(f"{name}: queries", len(queries), most=LIMIT_QUERIES)

    print("Lists and threads: 100,000 contributions against what the example holds")
    day = timezone.localdate() - dt.timedelta(days=2)
    rows = add_things(
        Contribution,
        100_000,
        municipality_id=town.pk,
        title=lambda n: f"Stimme {n}",
        is_public=True,
        happened_on=day,
        process_id=call.process_id,
        call_id=call.pk,
        theme_id=theme.pk,
        text=lambda n: f"Im Norden fehlt ein Treffpunkt, Stimme {n}.",
        state="published",
        receipt_hash=lambda n: f"bench-{n}",
    )
    from miteinander.core.models import Link, Tally

    Tally.objects.filter(thing_id=theme.pk, incoming=True, kind="contribution").delete()
    add_links(rows, theme, "gathered_in", day)
    for scope in (call.process_id, call.pk, theme.pk):
        Count.objects.update_or_create(
            scope_id=scope, state="published", is_answered=False, is_part=False,
            defaults={"count": len(rows)},
        )  # fmt: skip
    connection.cursor().execute("ANALYZE")
    assert Link.objects.count() > len(rows)
    for name in ("home", "calls", "call", "contributions", "contribution", "theme", "goal"):
        path = pages[name]
        many = cpu_ms(lambda p=path: fetch(p))
        verdicts.ratio(f"{name}: {many:.1f} ms with 100,000", many / few[name], most=LIMIT_GROWTH)
    verdicts.end()


if __name__ == "__main__":
    main()
