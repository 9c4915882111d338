"""Kept pages against the same server's static files of the same size, and against making them.

python benchmarks/bench_cache.py
"""

from __future__ import annotations

import os
import statistics
import time

import brotli

from common import Verdicts, start_django
from serving import Client, Connection, per_second, request_for, served

ROUNDS, COUNT = 200, 200


def main() -> None:
    folder = start_django(MITEINANDER_LANGUAGES="de,en")
    from django.utils import timezone
    from django.utils.translation import override

    from miteinander.core.models import Thing
    from miteinander.example.load import load

    load(at=timezone.now())
    with override("de"):
        things = Thing.objects.filter(is_public=True).order_by("pk")
        pages = {
            "home": "/de/",
            "field (30 measures)": things.get(
                kind="field", title="Sprache und Bildung"
            ).get_absolute_url(),
            "implementation (70 measures)": "/de/umsetzung/",
        }
    static = folder / "bench-static"
    static.mkdir()
    os.environ |= {"BENCH_STATIC": str(static), "DJANGO_SETTINGS_MODULE": "bench_settings"}

    verdicts = Verdicts("Brotli: size and time of the largest page, by quality")
    with served(folder) as port:
        found = {name: fetched(port, path) for name, path in pages.items()}
    largest = max((brotli.decompress(body) for _headers, body in found.values()), key=len)
    for quality in (1, 4, 5, 6, 9, 11):
        began = time.perf_counter()
        for _time in range(5):
            size = len(brotli.compress(largest, quality=quality))
        spent = (time.perf_counter() - began) / 5 * 1000
        verdicts.figure(f"quality {quality}", f"{size:6d} bytes {spent:8.2f} ms")

    print("Kept pages against a static file of as many bytes, answers per second (half of rounds)")
    for body in (body for _headers, body in found.values()):
        # With compressed copies beside it, as our own have them: so both are asked which encoding
        # is wanted, and both say so in `Vary`.
        for name, more in (("", 2), (".gz", 1), (".br", 0)):
            (static / f"{len(body)}.css{name}").write_bytes(os.urandom(len(body) + more))
    with served(folder) as port:
        for name, path in pages.items():
            # The new files have changed the digest in the page, and so its size by some bytes.
            size = len(found[name][1])
            headers, body = fetched(port, path)
            assert abs(len(body) - size) < size / 50
            compare(verdicts, port, name, path, f"/static/{size}.css", headers)
    with served(folder) as port, served(folder, MITEINANDER_PAGE_CACHE_MB="0") as without:
        for name, path in pages.items():
            kept = per_second(port, request_for(path), count=2000, status=200)
            made = per_second(without, request_for(path), count=80, status=200)
            verdicts.figure(
                f"{name}: kept against made", f"{kept:8.0f} / {made:5.0f} = {kept / made:.0f} ×"
            )
    verdicts.end()


def fetched(port: int, path: str) -> tuple[dict[str, str], bytes]:
    with Connection(port) as connection:
        connection.send(request_for(path))
        status, headers, body, _wire = connection.receive()
    assert status == 200, (path, status)
    return headers, body


def compare(  # noqa: PLR0917 -- all of them belong to one comparison
    verdicts: Verdicts, port: int, name: str, page: str, file: str, headers: dict[str, str]
) -> None:
    """Short rounds in turn, so that what slows the machine slows both; the median of the ratios."""
    tag = fetched(port, file)[0]["etag"]
    for label, of_page, of_file, status in (
        ("", request_for(page), request_for(file), 200),
        (
            ", 304",
            request_for(page, If_None_Match=headers["etag"]),
            request_for(file, If_None_Match=tag),
            304,
        ),
    ):
        with Client(port) as client:
            taken = client.in_turn(of_page, of_file, count=COUNT, rounds=ROUNDS, status=status)
        kept, plain = (1 / statistics.median(each) for each in zip(*taken, strict=True))
        ratios = sorted(file / page for page, file in taken)
        low, high = (ratios[int(len(ratios) * part)] for part in (0.25, 0.75))
        verdicts.ratio(
            f"{name}{label}: {kept:.0f} against {plain:.0f} ({low:.2f} to {high:.2f})",
            statistics.median(ratios),
            least=1.0,
        )


if __name__ == "__main__":
    main()
