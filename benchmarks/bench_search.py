"""Search among 100 contributions and among 100,000: what does a question cost?

    python benchmarks/bench_search.py [CONTRIBUTIONS]

Texts are drawn from 60,000 made-up words with the frequencies of a natural language, German
compounds among them, so that common words stand in half of all texts and most words in a few.
CPU time of the whole page, the database included (SQLite runs in the process).
"""

from __future__ import annotations

import random
import sys
import time

from common import Verdicts, add_things, cpu_ms, start_django

start_django()

from django.test import Client  # noqa: E402
from tests import factories as make  # noqa: E402

from miteinander.core.search import keep  # noqa: E402
from miteinander.core.search.find import search  # noqa: E402
from miteinander.participation.models import Contribution  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
FEW = 100
LOT = random.Random(19)
HEADS = ("Sprach", "Eltern", "Schul", "Jugend", "Stadt", "Arbeits", "Kinder", "Wohn", "Begegnungs")
TAILS = ("kurs", "treff", "raum", "amt", "projekt", "beratung", "angebot", "hilfe", "platz")
SYLLABLES = ("ba", "del", "kor", "mi", "na", "pen", "ras", "ti", "ul", "ver", "zan", "schu", "lo")
QUERIES = {
    "a common word": "Sprachkurs",
    "a part of many words": "Kurs",
    "two words": "Elterntreff Stadtplatz",
    "a rare word": "",  # filled below
    "a typing error": "Sprachkrus",
    "nothing": "Quarzsandgrube",
    "a number": "2.4",
}


def vocabulary() -> list[str]:
    compounds = [head + tail for head in HEADS for tail in TAILS]
    made = {"".join(LOT.choices(SYLLABLES, k=LOT.randint(2, 6))) for _ in range(60_000)}
    return [*compounds, *sorted(made, key=lambda w: (len(w), w))]


def main() -> None:
    verdicts = Verdicts(f"Search among {FEW} and among {MANY} contributions")
    town = make.MunicipalityFactory(host=None)
    process = make.ProcessFactory(municipality=town)
    known = vocabulary()
    weights = [1 / (rank + 8) for rank in range(len(known))]
    QUERIES["a rare word"] = known[-5]

    def text(_number: int) -> str:
        return " ".join(LOT.choices(known, weights, k=25))

    def fill(count: int) -> float:
        things = add_things(
            Contribution, count, municipality=town, process=process, text=text, title="Beitrag",
            state="published", is_public=True, language="de",
        )  # fmt: skip
        began = time.process_time()
        keep.keep(thing.pk for thing in things)
        return (time.process_time() - began) / count * 1000

    def costs() -> dict[str, float]:
        return {
            label: cpu_ms(lambda typed=typed: search(town, typed), times=6, rounds=3)
            for label, typed in QUERIES.items()
        }

    fill(FEW)
    few = costs()
    verdicts.figure("indexing, CPU ms a contribution", f"{fill(MANY - FEW):8.2f}")
    many = costs()
    for label, cost in many.items():
        found = search(town, QUERIES[label]).total
        verdicts.figure(
            f"{label}: {found} found",
            f"{cost:8.1f} ms, {cost / few[label]:.1f} × {few[label]:.1f} ms",
        )
    client = Client()  # the town answers under every name that is not another's
    page = cpu_ms(lambda: client.get("/de/suche/", {"q": "Kurs"}), times=4, rounds=3)
    verdicts.figure("the whole page for the dearest question", f"{page:8.1f} ms")
    middle = sorted(many.values())[len(many) // 2]
    verdicts.ratio("the median question, in requests of 100 ms", middle / 100, most=1)
    verdicts.end()


if __name__ == "__main__":
    main()
