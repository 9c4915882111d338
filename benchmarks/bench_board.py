"""The list, the search and the board among 100 and among 100,000 contributions; similar ones.

    python benchmarks/bench_board.py [CONTRIBUTIONS]

Two installations are filled, one with 100 contributions and one with many, and their pages are
asked for in turn: what else the machine does then slows both alike. (Asked one after the other,
the same page cost between 1.0 and 3 times as much, by what ran beside it.) Each is a process with
a database of its own: a SQLite file, or with ``MITEINANDER_DATABASE`` of a PostgreSQL a database
on that server, dropped afterwards.

What is counted is CPU time of whole pages through the real view, the database included: on SQLite
it works in the same process; of PostgreSQL the CPU time of the connection's own process is added,
as the kernel tells it, and where the server runs elsewhere it is the time on the clock. Texts are
made-up German sentences whose words are as frequent as in a language, so that some words stand in
most texts and most in a few.
"""

from __future__ import annotations

import contextlib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from common import Verdicts, add_things, start_django

MANY = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else 100_000
FEW = 100
ROUNDS = 15
READY = "ready"
LOT = random.Random(23)
HEADS = ("Sprach", "Eltern", "Schul", "Jugend", "Stadt", "Arbeits", "Kinder", "Wohn", "Begegnungs")
TAILS = ("kurs", "treff", "raum", "amt", "projekt", "beratung", "angebot", "hilfe", "platz")
SYLLABLES = ("ba", "del", "kor", "mi", "na", "pen", "ras", "ti", "ul", "ver", "zan", "schu", "lo")
ASKED = "Der Sprachkurs und der Elterntreff am Stadtplatz brauchen einen Schulraum, sonst nichts"
SEARCHED = {
    "a common word": "Sprachkurs",
    "a part of words": "Kurs",
    "a typing error": "Sprachkrus",
    "a rare word": "Quarzsandgrube",
}
SIMILAR = ("similar while writing", "similar, a text of its own")


def vocabulary() -> list[str]:
    compounds = [head + tail for head in HEADS for tail in TAILS]
    made = {"".join(LOT.choices(SYLLABLES, k=LOT.randint(2, 6))) for _ in range(60_000)}
    return [*compounds, *sorted(made, key=lambda w: (len(w), w))]


# --- one installation ----------------------------------------------------------------------------


def installation(count: int) -> None:
    """Fill a database; then ask for the page that each line of the input names, say its cost."""
    start_django()
    from django.db import connection  # deferred: an installation is a process of its own

    actions = filled(count)
    server = Path("/nowhere")
    if connection.vendor == "postgresql":
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def clock() -> float:
        """Seconds of CPU time, of the database as well; of a server elsewhere those that pass."""
        if connection.vendor == "sqlite":
            return time.process_time()
        if not server.exists():
            return time.perf_counter()
        return time.process_time() + int(server.read_text().split()[0]) / 1e9

    print(READY, flush=True)
    for line in sys.stdin:
        began = clock()
        actions[line.strip()]()
        print((clock() - began) * 1000, flush=True)


def filled(count: int) -> dict[str, Callable[[], object]]:
    """A town with so many contributions, and what can be asked of it."""
    from django.db import connection  # deferred: as above
    from django.test import Client
    from django.urls import reverse
    from tests import factories as make

    from miteinander.core.search import keep
    from miteinander.participation import queries
    from miteinander.participation.models import Contribution, ContributionCount

    town = make.MunicipalityFactory(host="testserver")
    process = make.ProcessFactory(municipality=town, is_public=True)
    call = make.CallFactory(process=process)
    for number in range(12):
        make.ThemeFactory(process=process, title=f"Thema {number}", is_public=True)
    known = vocabulary()
    weights = [1 / (rank + 8) for rank in range(len(known))]

    def text(number: int) -> str:
        """Every other one holds the word that is searched: enough for a whole slice of hits.

        The rare one stands in the ten oldest, which are found last by whoever begins at the end.
        """
        words = LOT.choices(known, weights, k=25) + ["Quarzsandgrube"] * (number < 10)
        return " ".join([*words, "Sprachkurs"] if number % 2 else words)

    things = add_things(
        Contribution, count, municipality=town, process=process, call=call, text=text,
        title="Beitrag", state="published", is_public=True, language="de", channel="online",
    )  # fmt: skip
    keep.keep(thing.pk for thing in things)
    ContributionCount.objects.create(
        scope=process, state="published", is_answered=False, is_part=False, count=count
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its autovacuum would do by itself within a minute

    office, visitor = Client(), Client()
    make.sign_in(office, town)
    board = reverse("workspace:board", args=[process.identifier])
    counter = iter(range(10**9, 10**10))
    own = text(FEW)

    def get(client: Client, path: str, **values: str) -> Callable[[], object]:
        def action() -> None:
            assert client.get(path, values).status_code == 200

        return action

    def fresh_list() -> None:
        """A slice that nobody has asked for yet: the beginning, under another address."""
        path = f"/de/beitraege/?call={call.identifier}&older={next(counter)}"
        assert visitor.get(path).status_code == 200

    return {
        "the list in the office": get(office, board, show="all"),
        "the board": get(office, board),
        **{
            f"the board, searched: {what}": get(office, board, q=typed, show="all")
            for what, typed in SEARCHED.items()
        },
        "the open list, not from the cache": fresh_list,
        **{
            f"the search for all, {what}": get(visitor, "/de/suche/", q=typed)
            for what, typed in SEARCHED.items()
        },
        **{
            f"the search in a call, {what}": get(
                visitor, "/de/suche/", q=typed, **{"in": f"call.{call.identifier}"}
            )
            for what, typed in SEARCHED.items()
        },
        **{
            label: lambda said=said: queries.published_near(process, said, language="de")
            for label, said in zip(SIMILAR, (ASKED, own), strict=True)
        },
    }


# --- asking two of them in turn ------------------------------------------------------------------


class Installation:
    def __init__(self, count: int, database: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "installation", str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | ({"MITEINANDER_DATABASE": database} if database else {}),
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def cost_ms(self, label: str) -> float:
        assert self.process.stdin is not None
        print(label, file=self.process.stdin, flush=True)
        return float(self.line())

    def end(self) -> None:
        self.process.communicate()


@contextlib.contextmanager
def databases() -> Iterator[tuple[str, str]]:
    """Where the two lie: in a file of their own, or on the server that the environment names."""
    server = os.environ.get("MITEINANDER_DATABASE", "")
    if not server.startswith("postgres"):
        yield "", ""
        return
    import psycopg  # deferred: only for one of the two databases

    names = [f"bench_board_{os.getpid()}_{which}" for which in ("few", "many")]
    path, mark, options = server.partition("?")
    before = path.rpartition("/")[0]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{before}/{names[0]}{mark}{options}", f"{before}/{names[1]}{mark}{options}"
        finally:
            for name in names:
                connection.execute(f"DROP DATABASE {name}")


def main() -> None:
    verdicts = Verdicts(f"List, search, board and similar: {FEW} and {MANY} contributions")
    with databases() as (small, large):
        few, many = Installation(FEW, small), Installation(MANY, large)
        try:
            assert few.line() == many.line() == READY
            measure(few, many, verdicts)
        finally:
            few.end()
            many.end()
    verdicts.end()


def measure(few: Installation, many: Installation, verdicts: Verdicts) -> None:
    pages = [
        "the list in the office",
        "the board",
        *(f"the board, searched: {what}" for what in SEARCHED),
        "the open list, not from the cache",
        *(f"the search for all, {what}" for what in SEARCHED),
        *(f"the search in a call, {what}" for what in SEARCHED),
    ]
    for label in pages:
        costs = [(few.cost_ms(label), many.cost_ms(label)) for _round in range(ROUNDS + 3)][3:]
        one, other = (statistics.median(each) for each in zip(*costs, strict=True))
        verdicts.figure(f"{label}: {one:.1f} ms at {FEW}", f"{other:8.1f} ms")
        verdicts.ratio(f"{label}: {MANY} against {FEW}", other / one, most=1.2)
    for label in SIMILAR:
        cost = statistics.median([many.cost_ms(label) for _round in range(ROUNDS + 3)][3:])
        verdicts.figure(label, f"{cost:8.1f} ms")
        verdicts.ratio(f"{label}, in 50 ms", cost / 50, most=1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["installation"]:
        installation(int(sys.argv[2]))
    else:
        main()
