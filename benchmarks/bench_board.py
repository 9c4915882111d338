"""The list, the search and the board among 100 and among 100,000 contributions; similar ones.

    python benchmarks/bench_board.py [CONTRIBUTIONS]

CPU time of whole pages in this process, the database included on SQLite; with
``MITEINANDER_DATABASE`` of a PostgreSQL it is the time on the clock, because its server works
elsewhere. Texts are made-up German sentences whose words are as frequent as in a language, so that
some words stand in most texts and most in a few.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable

from common import Verdicts, add_things, start_django

start_django()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from tests import factories as make  # noqa: E402

from miteinander.core.search import keep  # noqa: E402
from miteinander.participation import queries  # noqa: E402
from miteinander.participation.models import Contribution, ContributionCount  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
FEW = 100
LOT = random.Random(23)
HEADS = ("Sprach", "Eltern", "Schul", "Jugend", "Stadt", "Arbeits", "Kinder", "Wohn", "Begegnungs")
TAILS = ("kurs", "treff", "raum", "amt", "projekt", "beratung", "angebot", "hilfe", "platz")
SYLLABLES = ("ba", "del", "kor", "mi", "na", "pen", "ras", "ti", "ul", "ver", "zan", "schu", "lo")
clock: Callable[[], float] = (
    time.process_time if connection.vendor == "sqlite" else time.perf_counter
)


def vocabulary() -> list[str]:
    compounds = [head + tail for head in HEADS for tail in TAILS]
    made = {"".join(LOT.choices(SYLLABLES, k=LOT.randint(2, 6))) for _ in range(60_000)}
    return [*compounds, *sorted(made, key=lambda w: (len(w), w))]


def cost_ms(action: Callable[[], object], *, rounds: int = 11) -> float:
    """The median of single calls, warmed up: somebody else's work moves it least."""
    taken = []
    for number in range(rounds + 3):
        began = clock()
        action()
        if number >= 3:
            taken.append((clock() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    verdicts = Verdicts(f"List, search, board and similar: {FEW} and {MANY} contributions")
    town = make.MunicipalityFactory(host="testserver")
    process = make.ProcessFactory(municipality=town, is_public=True)
    call = make.CallFactory(process=process)
    for number in range(12):
        make.ThemeFactory(process=process, title=f"Thema {number}", is_public=True)
    known = vocabulary()
    weights = [1 / (rank + 8) for rank in range(len(known))]

    def text(number: int) -> str:
        """Every other one holds the word that is searched: enough for a whole slice of hits."""
        words = LOT.choices(known, weights, k=25)
        return " ".join([*words, "Sprachkurs"] if number % 2 else words)

    def fill(count: int) -> None:
        things = add_things(
            Contribution, count, municipality=town, process=process, call=call, text=text,
            title="Beitrag", state="published", is_public=True, language="de", channel="online",
        )  # fmt: skip
        keep.keep(thing.pk for thing in things)
        ContributionCount.objects.update_or_create(
            scope=process, state="published", is_answered=False, is_part=False,
            defaults={"count": Contribution.objects.count()},
        )  # fmt: skip
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    office = Client()
    make.sign_in(office, town)
    visitor = Client()
    board = reverse("workspace:board", args=[process.identifier])
    asked = (
        "Der Sprachkurs und der Elterntreff am Stadtplatz brauchen einen Schulraum, sonst nichts"
    )

    def get(client: Client, path: str, **values: str) -> Callable[[], object]:
        def action() -> None:
            assert client.get(path, values).status_code == 200

        return action

    pages = {
        "the list in the office": get(office, board, show="all"),
        "the board": get(office, board),
        "the board, searched: a common word": get(office, board, q="Sprachkurs", show="all"),
        "the board, searched: a part of words": get(office, board, q="Kurs", show="all"),
        "the board, searched: a typing error": get(office, board, q="Sprachkrus", show="all"),
    }
    counter = iter(range(10**9, 10**10))

    def fresh_list() -> None:
        """A slice that nobody has asked for yet: the beginning, under another address."""
        path = f"/de/beitraege/?call={call.identifier}&older={next(counter)}"
        assert visitor.get(path).status_code == 200

    pages["the open list, not from the cache"] = fresh_list
    similar = {
        "similar while writing": lambda: queries.published_near(process, asked, language="de"),
        "similar, a text of its own": lambda: queries.published_near(
            process, text(0), language="de"
        ),
    }

    fill(FEW)
    few = {label: cost_ms(page) for label, page in pages.items()}
    fill(MANY - FEW)
    many = {label: cost_ms(page) for label, page in pages.items()}
    for label, cost in many.items():
        verdicts.figure(f"{label}: {few[label]:.1f} ms at {FEW}", f"{cost:8.1f} ms")
        verdicts.ratio(f"{label}: {MANY} against {FEW}", cost / few[label], most=1.2)
    for label, action in similar.items():
        cost = cost_ms(action)
        verdicts.figure(label, f"{cost:8.1f} ms")
        verdicts.ratio(f"{label}, in 50 ms", cost / 50, most=1)
    verdicts.end()


if __name__ == "__main__":
    main()
